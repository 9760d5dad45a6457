"""The run's own ledger: a line for every connection, datagram and request, each sealed to the one before it."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from ancam.engines.probing.errors import RunDamaged

FIRST = "0" * 64
_LONGEST_REQUEST = 300


class Journal:
    """Writes `events.jsonl`. Each line is in the file before what it tells of is sent.

    A line is `{"n", "at", "what", …, "prev"}`; `prev` is the SHA-256 of the line before, without its line end.
    What was written before is read and checked, and a torn last line is cut off. Raises NotKept when the disk is full.
    """

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self.path = path
        self._now = now
        self.count, self.head, kept = _read_back(path)
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        os.ftruncate(self._descriptor, kept)
        os.lseek(self._descriptor, kept, os.SEEK_SET)

    def connecting(self, address: str, port: int) -> None:
        """Keep that a connection is begun."""
        self._write(f'"what":"connect","ip":"{address}","port":{port}')

    def sending(self, address: str, port: int, size_bytes: int) -> None:
        """Keep that a datagram is about to be sent."""
        self._write(f'"what":"datagram","ip":"{address}","port":{port},"out":{size_bytes}')

    def asked(self, address: str, port: int, line: str) -> None:
        """Keep the first line of a request."""
        self._write(f'"what":"request","ip":"{address}","port":{port},"line":{_quoted(line[:_LONGEST_REQUEST])}')

    def closed(self, address: str, port: int, received: int, sent: int) -> None:
        """Keep that a connection ended, with the bytes that came and went."""
        self._write(f'"what":"close","ip":"{address}","port":{port},"in":{received},"out":{sent}')

    def refused(self, address: str, port: int, reason: str) -> None:
        """Keep that the gate let nothing through to an address or port, and why."""
        self.told("refused", ip=address, port=port, reason=reason)

    def told(self, what: str, **values: Any) -> None:
        """Keep anything else that happened in the run: its start, its end."""
        told = {"what": what, **values}
        self._write(",".join(f"{_quoted(name)}:{_quoted(value)}" for name, value in told.items()))

    def _write(self, inner: str) -> None:
        at = self._now().isoformat(timespec="milliseconds")
        line = f'{{"n":{self.count + 1},"at":"{at}",{inner},"prev":"{self.head}"}}'.encode()
        write_whole(self._descriptor, line + b"\n")
        self.count += 1
        self.head = hashlib.sha256(line).hexdigest()

    def sync(self) -> None:
        """Bring what was written to the disk; raises NotKept."""
        bring_to_disk(self._descriptor)

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)


class NotKept(Exception):
    """What happened could not be written down: the disk is full, or broken. Nothing more may be sent."""


def write_whole(descriptor: int, data: bytes) -> None:
    """Write all of it or raise NotKept: a disk that fills up takes a part without complaint."""
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(descriptor, view) :]
    except OSError as exc:
        raise NotKept(str(exc)) from exc


def bring_to_disk(descriptor: int) -> None:
    """Wait until what was written is on the disk; raises NotKept."""
    try:
        os.fsync(descriptor)
    except OSError as exc:
        raise NotKept(str(exc)) from exc


def verified(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the events of a finished journal in their order; raises RunDamaged at the first that does not follow."""
    prev = FIRST
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            event = _event(line, number, prev, path)
            prev = hashlib.sha256(line.rstrip(b"\n")).hexdigest()
            yield event


def _event(line: bytes, number: int, prev: str, path: Path) -> dict[str, Any]:
    try:
        event = json.loads(line)
    except ValueError as exc:
        raise RunDamaged(file=path.name, line=number) from exc
    if not isinstance(event, dict) or event.get("n") != number or event.get("prev") != prev:
        raise RunDamaged(file=path.name, line=number)
    return event


def _read_back(path: Path) -> tuple[int, str, int]:
    """Return the number of whole lines, the last one's digest and the bytes they take."""
    count, head, kept = 0, FIRST, 0
    if not path.exists():
        return count, head, kept
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                break
            _event(line, count + 1, head, path)
            count, head, kept = count + 1, hashlib.sha256(line[:-1]).hexdigest(), kept + len(line)
    return count, head, kept


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
