"""Files, keys and what the assessor keeps, laid beside until the backup has proved whole, then put in place."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from ancam.engines.probing.permission.trust import TrustPutBack, put_back_trust
from ancam.engines.probing.recording.logins import join_ledger
from ancam.keeping.errors import KeyDiffers
from ancam.kit.data_folder import ASSESS_FOLDER, TRUST_FILE
from ancam.kit.errors import AnCamError

_FOLDER = "restoring"
LEAST_KEY = 32
"""What the settings ask of a key that is kept in the data folder."""


@dataclass(frozen=True, slots=True)
class PutBack:
    """What became of what the assessor keeps; `trust` None when the backup holds none.

    `guesses`: the lines that the ledger of guessed logins did not have.
    """

    trust: TrustPutBack | None
    guesses: int

    def as_values(self) -> dict[str, Any]:
        """Return what `--json` prints."""
        return {"trust": self.trust.as_values() if self.trust else None, "guesses_added": self.guesses}


class Staging:
    """Files and keys that are not in place yet.

    What is put in place harms neither instance, so it may be done before the database changes hands: a file is named
    by its digest, of several encryption keys each still opens what it closed, and of trusted keys and guessed logins
    what is there stays.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._keys: dict[str, str] = {}
        self._trust = self._guesses = b""
        self._placed: list[Path] = []
        self._kept: dict[Path, bytes | None] = {}

    def file(self, digest: str, pieces: Iterator[bytes]) -> None:
        """Lay a stored file beside, unless the store has it already; its bytes are read in any case."""
        place = Path(settings.STORE_FOLDER) / digest[:2] / digest
        if place.exists():
            for _ in pieces:
                pass
            return
        laid = self._folder / digest[:2] / digest
        laid.parent.mkdir(exist_ok=True)
        with laid.open("wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())

    def key(self, name: str, value: str) -> None:
        """Hold a key. Raises `KeyDiffers` for an encryption key that the environment's own would leave out."""
        given = _is_given(f"ANCAM_{name.upper()}_KEY")
        if name == "encryption" and given and not set(value.split()) <= set(settings.ENCRYPTION_KEYS):
            raise KeyDiffers()
        if not given:
            self._keys[name] = value

    def trust(self, data: bytes) -> None:
        """Hold the file of enrolled keys."""
        self._trust = data

    def guesses(self, ledger: bytes) -> None:
        """Hold the ledger of guessed logins."""
        self._guesses = ledger

    def put_in_place(self, *, keep_secret: bool) -> PutBack:
        """Move the files into the store, add the keys, join what the assessor keeps.

        `keep_secret`: the instance's own signing key stays.
        """
        for part in sorted(self._folder.iterdir()):
            target = Path(settings.STORE_FOLDER) / part.name
            target.mkdir(mode=0o700, exist_ok=True)
            for laid in part.iterdir():
                laid.rename(target / laid.name)
                self._placed.append(target / laid.name)
        if encryption := self._keys.get("encryption"):
            both = dict.fromkeys([*encryption.split(), *settings.ENCRYPTION_KEYS])
            self._write_key("encryption", "\n".join(both))
        secret = self._keys.get("secret", "")
        if len(secret) >= LEAST_KEY and not keep_secret:
            self._write_key("secret", secret)
        trust = self._put_back_trust() if self._trust else None
        guesses = join_ledger(Path(settings.DATA_FOLDER) / ASSESS_FOLDER, self._guesses) if self._guesses else 0
        return PutBack(trust, guesses)

    def _put_back_trust(self) -> TrustPutBack:
        path = Path(settings.DATA_FOLDER) / TRUST_FILE
        put_back = put_back_trust(path, self._trust)
        if put_back.is_new:
            self._placed.append(path)
        return put_back

    def take_back(self) -> None:
        """Undo `put_in_place`, but for what only forbids: a key once revoked stays so, and a guess once made."""
        for path in self._placed:
            path.unlink(missing_ok=True)
        for path, content in self._kept.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                _write_whole(path, content)

    def _write_key(self, name: str, value: str) -> None:
        path = Path(settings.DATA_FOLDER) / f"{name}.key"
        self._kept[path] = path.read_bytes() if path.exists() else None
        _write_whole(path, value.encode())


@contextmanager
def staging() -> Iterator[Staging]:
    """Give a place beside for files and keys; when the block raises, nothing of them stays."""
    folder = Path(settings.DATA_FOLDER) / _FOLDER
    shutil.rmtree(folder, ignore_errors=True)  # what a killed restore left
    folder.mkdir(mode=0o700)
    laid = Staging(folder)
    try:
        yield laid
    except (OSError, AnCamError):
        # Not for the rest: when the database went away while it committed, the new instance may be the one that stays.
        laid.take_back()
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_given(name: str) -> bool:
    return bool(os.environ.get(name, "").strip() or os.environ.get(f"{name}_FILE", "").strip())


def _write_whole(path: Path, content: bytes) -> None:
    """Write a key whole or not at all, closed to others."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
