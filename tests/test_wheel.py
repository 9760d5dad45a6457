"""The built wheel: whole, lean, and running where no package registry is reached."""

import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from running_ancam import RunningAnCam

ROOT = Path(__file__).resolve().parent.parent

pytestmark = [pytest.mark.slow, pytest.mark.network]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    """The wheel's content in a folder of its own, built from the tree as it stands."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = Path(sys.executable).parent / "uv"
    command = [uv, "build", "--quiet", "--wheel", "--no-build-isolation", "--out-dir", folder, ROOT]
    subprocess.run(command, check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "content")
    return folder / "content"


def test_it_carries_what_pages_need_and_no_tests(unpacked):
    names = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}

    assert "ancam/site/static/vendor/tabler/tabler.min.css" in names
    assert "ancam/site/static/vendor/tabler-icons/fonts/tabler-icons.woff2" in names
    assert "ancam/site/locale/en/LC_MESSAGES/django.mo" in names
    assert "ancam/reference/legal-instruments.yaml" in names
    assert "ancam/directives/templates/directives/review.html" in names
    assert not [name for name in names if "/tests/" in name]


def test_it_runs_where_no_registry_is_reached(unpacked, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(unpacked))
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.chdir(tmp_path)
    with RunningAnCam(tmp_path / "data") as ancam:
        style = f"{ancam.address}static/vendor/tabler/tabler.min.css"
        with urllib.request.urlopen(style, timeout=10) as answer:
            status = answer.status
        found = ancam.python("import ancam; print(ancam.__file__)")

    assert status == 200
    assert found.startswith(str(unpacked))
