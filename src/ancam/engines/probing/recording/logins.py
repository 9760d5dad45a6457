"""The ledger of guessed logins: each device gets one, ever; it is written down before it is sent."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ancam.engines.probing.errors import StateUnreadable
from ancam.engines.probing.facts import LoginResult
from ancam.engines.probing.recording.journal import bring_to_disk, write_whole

LEDGER = "guessed-logins.jsonl"


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
        try:
            entry = json.loads(line)
            device = DeviceIdentity(**entry["device"])
            result = LoginResult(entry["result"]) if entry["phase"] == "ended" else None
            check = "" if result else str(entry["check"])
        except (ValueError, KeyError, TypeError) as exc:
            raise StateUnreadable(file=str(self._path), line=number) from exc
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
