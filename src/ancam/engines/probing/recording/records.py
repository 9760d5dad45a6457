"""The folder of a run: a row for each device as it is finished, and what proves that nothing was altered since."""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from ancam.engines.probing.errors import NothingToResume, OtherRun, RunDamaged, RunFolderTaken, RunInUse
from ancam.engines.probing.recording.journal import NotKept, bring_to_disk, open_behind, write_whole
from ancam.kit.whole_files import beside, replace_file

HOSTS = "hosts.jsonl"
EVENTS = "events.jsonl"
SUMMARY = "summary.json"
MANIFEST = "manifest.json"
_LOCK = ".lock"
SCHEMA = "ancam/run/1"
STOPPED = "stopped"  # how `cut_short` begins when the run was stopped
# What must be the same when a run goes on.
_KEPT = (("authorization", "văn bản cho phép"), ("targets", "mục tiêu"))


class Records:
    """The rows of a run. A row that was kept is there after a kill; a torn one is cut off when the run goes on."""

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        self.folder = folder
        self.manifest = manifest
        self._rows: dict[str, dict[str, Any]] = {}
        self._lock = _locked(folder)
        self._descriptor = open_behind(folder / HOSTS, self._take_back)

    @property
    def is_finished(self) -> bool:
        """Whether the run came to its end before."""
        return bool(self.manifest.get("finished_at"))

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows so far in the order of their addresses."""
        return [self._rows[ip] for ip in sorted(self._rows, key=_order)]

    def has(self, address: str) -> bool:
        """Whether an address has been assessed; not when its visit ended because the run was stopped."""
        row = self._rows.get(address)
        return row is not None and not row["cut_short"].startswith(STOPPED)

    def keep(self, row: dict[str, Any]) -> None:
        """Keep a row; it replaces an earlier, incomplete one of its address. Raises NotKept when the disk is full."""
        write_whole(self._descriptor, _line(row))
        self._rows[row["ip"]] = row

    def sync(self) -> None:
        """Bring the rows to the disk."""
        bring_to_disk(self._descriptor)

    def finish(self, rows: Iterable[dict[str, Any]], summary: dict[str, Any], ending: dict[str, Any]) -> None:
        """Write the rows in the order of their addresses, the summary, and the manifest with all digests."""
        written = sorted(rows, key=lambda row: _order(row["ip"]))
        self._rows = {row["ip"]: row for row in written}
        replace(self.folder / HOSTS, b"".join(map(_line, written)))
        self.conclude(summary, ending)

    def conclude(self, summary: dict[str, Any], ending: dict[str, Any]) -> None:
        """Write the summary and the manifest over the rows as they are."""
        replace(self.folder / SUMMARY, _page(summary))
        names = (HOSTS, EVENTS, SUMMARY)
        digests = {name: digest_of(self.folder / name) for name in names if (self.folder / name).exists()}
        self.manifest = {**self.manifest, **ending, "digests": digests}
        replace(self.folder / MANIFEST, _page(self.manifest))

    def close(self) -> None:
        """Let another process have the folder."""
        os.close(self._descriptor)
        os.close(self._lock)

    def _take_back(self, line: bytes, number: int) -> None:
        row = _row(line, number)
        self._rows[row["ip"]] = row


def begin(folder: Path, manifest: dict[str, Any]) -> Records:
    """Begin a run in a folder that is new or empty; raises RunFolderTaken.

    A start that was killed, or found the disk full, before its manifest was in place has left nothing to keep.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if {entry.name for entry in folder.iterdir()} - {beside(folder / MANIFEST).name, _LOCK}:
        raise RunFolderTaken(folder=str(folder))
    replace(folder / MANIFEST, _page({"schema": SCHEMA, **manifest}))
    return Records(folder, {"schema": SCHEMA, **manifest})


def resume(folder: Path, manifest: dict[str, Any]) -> Records:
    """Go on with the run in a folder; raises NothingToResume, OtherRun, RunInUse, RunDamaged."""
    try:
        before = json.loads((folder / MANIFEST).read_bytes())
    except FileNotFoundError as exc:
        raise NothingToResume(folder=str(folder)) from exc
    except ValueError as exc:
        raise RunDamaged(file=MANIFEST, line=1) from exc
    if not isinstance(before, dict) or set(manifest) - set(before):
        raise RunDamaged(file=MANIFEST, line=1)
    for key, difference in _KEPT:
        if before.get(key) != manifest[key]:
            raise OtherRun(folder=str(folder), difference=difference)
    return Records(folder, before)


def replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, closed to other users; raises NotKept."""
    try:
        replace_file(path, data)
    except OSError as exc:
        raise NotKept(str(exc)) from exc


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _locked(folder: Path) -> int:
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as exc:
        os.close(descriptor)
        raise RunInUse(folder=str(folder)) from exc
    return descriptor


def _row(line: bytes, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
        ip_address(row["ip"])
        if not isinstance(row["cut_short"], str):
            raise TypeError
    except (ValueError, KeyError, TypeError) as exc:
        raise RunDamaged(file=HOSTS, line=number) from exc
    return dict(row)


def _order(ip: str) -> tuple[int, int]:
    address = ip_address(ip)
    return address.version, int(address)


def _line(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def _page(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"
