"""The ledger of guessed logins: each device gets one, ever; it is written down before it is sent."""

import fcntl
import io
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ancam.engines.probing.errors import StateTooLarge, StateUnreadable
from ancam.engines.probing.facts import LoginResult
from ancam.engines.probing.recording.journal import bring_to_disk, write_whole
from ancam.kit.whole_files import write_all

LEDGER = "guessed-logins.jsonl"
MOST_LEDGER_BYTES = 256_000_000
"""Some half a million devices, each with its guess and how it ended."""


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """What tells one device from another, strongest first; `key` is the digest of its TLS or SSH key."""

    serial: str
    mac: str
    key: str
    address: str

    def is_same(self, other: "DeviceIdentity") -> bool:
        """Whether two are one device, judged by the strongest sign that both have."""
        for mine, theirs in ((self.serial, other.serial), (self.mac, other.mac), (self.key, other.key)):
            if mine and theirs:
                return mine == theirs
        return self.address == other.address


@dataclass(frozen=True, slots=True)
class EarlierGuess:
    """The guess that a device has had: the check that it went to, and what it gave."""

    check: str
    result: LoginResult


@dataclass(slots=True)
class _Guess:
    device: DeviceIdentity
    check: str
    result: LoginResult | None


class GuessedLogins:
    """Who was guessed at, in this run and all before. Several runs may share the file; each looks before it writes."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = folder / LEDGER
        self._now = now
        # By each sign of a device, so that a fleet of thousands is not gone through for each of its members.
        self._guesses: dict[tuple[str, str], list[_Guess]] = {}
        self._read = 0
        with self._locked() as descriptor:
            self._catch_up(descriptor)

    def spend(self, device: DeviceIdentity, check: str) -> EarlierGuess | None:
        """Take the one guess of a device: None when it may be sent now, and it is then on the disk that it was.

        Otherwise the earlier guess, which may have gone to another check; ALREADY_SPENT when what it gave was never
        learnt.
        """
        with self._locked() as descriptor:
            self._catch_up(descriptor)
            for guess in self._candidates(device):
                if guess.device.is_same(device):
                    return EarlierGuess(guess.check, guess.result or LoginResult.ALREADY_SPENT)
            self._append(descriptor, {"phase": "sent", "check": check, "device": asdict(device)})
            return None

    def learn(self, device: DeviceIdentity, result: LoginResult) -> None:
        """Keep how a guess ended, so that a run that goes on need not, and cannot, repeat it."""
        with self._locked() as descriptor:
            self._catch_up(descriptor)
            self._append(descriptor, {"phase": "ended", "device": asdict(device), "result": result.value})

    def _append(self, descriptor: int, entry: dict[str, Any]) -> None:
        line = json.dumps({"at": self._now().isoformat(), **entry}, ensure_ascii=False).encode() + b"\n"
        os.lseek(descriptor, self._read, os.SEEK_SET)
        write_whole(descriptor, line)
        bring_to_disk(descriptor)
        self._take(line, 0)
        self._read += len(line)

    def _catch_up(self, descriptor: int) -> None:
        """Take in what was written since; a torn last line told of nothing that was sent, and is overwritten."""
        os.lseek(descriptor, self._read, os.SEEK_SET)
        with os.fdopen(os.dup(descriptor), "rb") as file:
            for number, line in enumerate(file, start=1):
                if not line.endswith(b"\n"):
                    os.ftruncate(descriptor, self._read)
                    break
                self._take(line, number)
                self._read += len(line)

    def _take(self, line: bytes, number: int) -> None:
        device, check, result = _told_in(line, str(self._path), number)
        if result is None:
            guess = _Guess(device, check, None)
            for sign in _signs(device):
                self._guesses.setdefault(sign, []).append(guess)
        for guess in self._candidates(device):
            if result is not None and guess.device == device:
                guess.result = result

    def _candidates(self, device: DeviceIdentity) -> Iterator[_Guess]:
        return (guess for sign in _signs(device) for guess in self._guesses.get(sign, ()))

    def _locked(self) -> "_Locked":
        return _Locked(self._path)


def _signs(device: DeviceIdentity) -> list[tuple[str, str]]:
    return [(name, value) for name, value in asdict(device).items() if value]


def ledger_to_keep(folder: Path) -> bytes:
    """Return the whole lines of the ledger in a folder as they stand now, none when there is no ledger.

    A run may go on writing: a line is only ever added. A torn last line is left out. Raises `StateUnreadable`,
    `StateTooLarge`, OSError.
    """
    path = folder / LEDGER
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return b""
    with file:
        fcntl.flock(file, fcntl.LOCK_SH)
        if os.fstat(file.fileno()).st_size > MOST_LEDGER_BYTES:
            raise StateTooLarge(file=str(path), most_bytes=MOST_LEDGER_BYTES)
        data = file.read()
    whole = data[: data.rfind(b"\n") + 1]
    count_lines(whole, str(path))
    return whole


def count_lines(ledger: bytes, name: str) -> int:
    """Return how many lines a ledger has. Raises `StateUnreadable` for one that tells of no guess or has no end."""
    number = 0
    for number, line in enumerate(io.BytesIO(ledger), start=1):
        _told_in(line, name, number)
        if not line.endswith(b"\n"):
            raise StateUnreadable(file=name, line=number)
    return number


def join_ledger(folder: Path, ledger: bytes) -> int:
    """Add the lines of another ledger that this folder's does not have, and return how many they were.

    What is here stays as it is, line by line, even a line that cannot be read: no guess is ever forgotten. The lines
    are added behind it and not put in its place, since a run may hold it open. A kill leaves a part of them, and
    joining again adds the rest. Raises OSError.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _Locked(folder / LEDGER) as descriptor:
        known, end = set(), 0
        with os.fdopen(os.dup(descriptor), "rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    known.add(line)
                    end += len(line)
        further = [line for line in dict.fromkeys(io.BytesIO(ledger)) if line not in known]
        os.ftruncate(descriptor, end)
        os.lseek(descriptor, end, os.SEEK_SET)
        write_all(descriptor, b"".join(further))
        os.fsync(descriptor)
    return len(further)


def _told_in(line: bytes, file: str, number: int) -> tuple[DeviceIdentity, str, LoginResult | None]:
    """Return whose guess a line tells of, and the check it went to or how it ended. Raises `StateUnreadable`."""
    try:
        entry = json.loads(line)
        device = DeviceIdentity(**entry["device"])
        if entry["phase"] == "ended":
            return device, "", LoginResult(entry["result"])
        return device, str(entry["check"]), None
    except (ValueError, KeyError, TypeError) as exc:
        raise StateUnreadable(file=file, line=number) from exc


class _Locked:
    """The ledger's descriptor while no other process has it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> int:
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        return self._descriptor

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)
