"""Where a command's bytes go: a new file, whole or not at all, or the standard output when it is no terminal."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from ancam.cli.language import phrase
from ancam.keeping.errors import FileTrouble, WouldOverwrite

STANDARD_OUTPUT = "-"


def require_free(name: str) -> None:
    """Refuse a name to write under before any work is done. Raises `FileTrouble`, `WouldOverwrite`."""
    if name == STANDARD_OUTPUT:
        if sys.stdout.isatty():
            raise FileTrouble(name="-", reason=phrase("màn hình không nhận tệp nhị phân", "a terminal takes no bytes"))
    elif Path(name).exists():
        raise WouldOverwrite(name=name)


@contextmanager
def sink(name: str) -> Iterator[BinaryIO]:
    """Give what to write into; `-` is the standard output. Raises as `require_free` does, and `FileTrouble`."""
    require_free(name)
    if name == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with _whole_or_not_at_all(Path(name)) as file:
            yield file
    except OSError as exc:
        raise FileTrouble(name=exc.filename or name, reason=exc.strerror or str(exc)) from exc


@contextmanager
def _whole_or_not_at_all(path: Path) -> Iterator[BinaryIO]:
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield cast("BinaryIO", file)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(temporary).unlink()
