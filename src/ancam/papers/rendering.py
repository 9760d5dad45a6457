"""A .docx as PDF, by LibreOffice where it is installed: bounded in time, with a profile of its own."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

PROGRAMS = ("soffice", "libreoffice")
TIME_LIMIT_S = 45
MOST_BYTES = 50_000_000


class PdfNotMade(Exception):
    """The program gave no PDF. `why`: `time`, `failed`, `size`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def can_make_pdf() -> bool:
    """Tell whether this machine has LibreOffice."""
    return _program() is not None


def as_pdf(content: bytes, *, time_limit_s: float = TIME_LIMIT_S) -> bytes:
    """Return the .docx as PDF; raise `PdfNotMade`. The program is killed with all it started when time is up.

    Its profile is made for this run and removed, so that two at once, or a broken one of the account, do no harm.
    """
    program = _program()
    if program is None:
        raise PdfNotMade("failed")
    with tempfile.TemporaryDirectory(prefix="ancam-pdf-") as folder:
        source, made = Path(folder, "paper.docx"), Path(folder, "paper.pdf")
        source.write_bytes(content)
        _run(program, folder, source, time_limit_s)
        if not made.is_file():
            raise PdfNotMade("failed")
        if made.stat().st_size > MOST_BYTES:
            raise PdfNotMade("size")
        return made.read_bytes()


def _run(program: str, folder: str, source: Path, time_limit_s: float) -> None:
    options = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "pdf:writer_pdf_Export")
    profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    # A session of its own: soffice is a script that starts others, and all of them end together.
    process = subprocess.Popen(  # noqa: S603 - a program found by its name; the file is one that we wrote
        [program, profile, *options, "--outdir", folder, str(source)],
        cwd=folder,
        env={**environment, "HOME": folder, "TMPDIR": folder},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(time_limit_s)
    except subprocess.TimeoutExpired as exc:
        raise PdfNotMade("time") from exc
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the program and everything it started, also what outlived it; then let go of it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _program() -> str | None:
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)
