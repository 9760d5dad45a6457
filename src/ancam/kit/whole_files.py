"""Files that are there whole or not at all, whatever happens while they are written."""

import os
from pathlib import Path


def replace_file(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write a file beside its place and put it there in one act; what was there stays until then. Raises OSError.

    Who writes the same file from two processes holds a lock: both would write beside it under one name, so that what a
    kill leaves behind is known (`beside`) and written over the next time.
    """
    descriptor = os.open(beside(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, mode)
    try:
        os.fchmod(descriptor, mode)
        write_all(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    beside(path).replace(path)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of it or raise OSError: a disk that fills up takes a part without complaint.

    Not through a buffer: what a full disk refuses would be tried again when the program ends.
    """
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def beside(path: Path) -> Path:
    """Return where a file is written before it takes its place."""
    return path.with_name(f"{path.name}.new")
