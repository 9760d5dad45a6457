"""Who may open the data folder, the keys and the files."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from ancam.cli.checks.finding import Finding, fault, good
from ancam.cli.language import phrase

FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def permissions(data_folder: Path, key_file: str) -> Iterator[Finding]:
    """Yield a fault for each folder, database or key that other accounts of the machine may open."""
    name = phrase("quyền của tệp", "permissions")
    paths = [path for path in (data_folder, *sorted(data_folder.iterdir())) if not path.is_symlink()]
    faults = [found for path in paths for found in _faults(name, path)]
    if key_file:
        faults += _faults(name, Path(key_file))
    yield from faults
    if not faults:
        yield good(
            name, phrase(f"{data_folder} chỉ tài khoản này mở được", f"{data_folder} opens to this account alone")
        )


def _faults(name: str, path: Path) -> Iterator[Finding]:
    found = path.stat()
    if found.st_mode & FOR_OTHERS:
        told = phrase(f"{path} mở được với tài khoản khác trên máy", f"{path} opens to other accounts of the machine")
        yield fault(name, told, f"chmod {'700' if path.is_dir() else '600'} {path}")
    if found.st_uid != os.getuid():
        told = phrase(f"{path} thuộc tài khoản khác", f"{path} belongs to another account")
        yield fault(name, told, f"sudo chown {os.getuid()} {path}")
