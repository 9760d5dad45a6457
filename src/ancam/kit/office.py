"""LibreOffice, where it is installed: a document of one kind made into another."""

import tempfile
from pathlib import Path

from ancam.kit.programs import ProgramFailed, find_program, output_of

PROGRAMS = ("soffice", "libreoffice")
_OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--nodefault")
# No macro of a document runs, and nothing that it points to is fetched.
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)


class NotConverted(Exception):
    """The program gave no document. `why`: `time`, `failed`, `size`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def has_office() -> bool:
    """Tell whether this machine has LibreOffice."""
    return find_program(*PROGRAMS) is not None


def converted(content: bytes, source: str, target: str, *, time_limit_s: float, most_bytes: int) -> bytes:
    """Return a document in another form; raise `NotConverted`. The program is killed with all it started in time.

    source: the ending of the content's kind (`doc`). target: the ending wanted with the name of its filter, as
    LibreOffice writes them (`pdf:writer_pdf_Export`). Its profile is made for this run and removed, so that two at
    once, or a broken one of the account, do no harm.
    """
    program = find_program(*PROGRAMS)
    if program is None:
        raise NotConverted("failed")
    with tempfile.TemporaryDirectory(prefix="ancam-office-") as name:
        folder = Path(name)
        given, made = folder / f"paper.{source}", folder / f"paper.{target.partition(':')[0]}"
        given.write_bytes(content)
        words = [program, f"-env:UserInstallation={_profile(folder).as_uri()}", *_OPTIONS, "--convert-to", target]
        try:
            output_of([*words, "--outdir", name, str(given)], time_limit_s=time_limit_s, folder=folder)
        except ProgramFailed as exc:
            raise NotConverted(exc.why) from exc
        if not made.is_file():
            raise NotConverted("failed")
        if made.stat().st_size > most_bytes:
            raise NotConverted("size")
        return made.read_bytes()


def _profile(folder: Path) -> Path:
    profile = folder / "profile"
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>', encoding="utf-8"
    )
    return profile
