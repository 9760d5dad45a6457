"""The run's own ledger: a line for every connection, datagram and request, each sealed to the one before it."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from ancam.engines.probing.errors import RunDamaged
from ancam.kit.whole_files import write_all

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
        self.count, self.head = 0, FIRST
        self._descriptor = open_behind(path, self._take_back)

    def _take_back(self, line: bytes, number: int) -> None:
        _event(line, number, self.head, self.path)
        self.count, self.head = number, hashlib.sha256(line[:-1]).hexdigest()

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


def open_behind(path: Path, take: Callable[[bytes, int], None]) -> int:
    """Return a descriptor that writes on behind the whole lines of a file, new or not; a torn last line is cut off.

    `take` gets each line with its end, and its number from 1.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    kept = 0
    try:
        with os.fdopen(os.dup(descriptor), "rb") as file:
            for number, line in enumerate(file, start=1):
                if not line.endswith(b"\n"):
                    break
                take(line, number)
                kept += len(line)
    except BaseException:
        os.close(descriptor)
        raise
    os.ftruncate(descriptor, kept)
    os.lseek(descriptor, kept, os.SEEK_SET)
    return descriptor


def write_whole(descriptor: int, data: bytes) -> None:
    """Write all of it or raise NotKept."""
    try:
        write_all(descriptor, data)
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


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
