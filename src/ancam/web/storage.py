"""The file store: each file once, named by its digest, closed to other users of the machine."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from ancam.kit.bounds import limited


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the store: its SHA-256 in hex, and its size."""

    digest: str
    size_bytes: int


def store_file(chunks: Iterable[bytes]) -> StoredFile:
    """Keep the bytes and return their digest; raise `TooLarge` past the upload limit.

    The same bytes are kept once. The file appears whole or not at all: it is written in the holding folder, synced,
    then moved; what a killed process leaves there is swept with the abandoned uploads.
    """
    for folder in (settings.STORE_FOLDER, settings.HOLDING_FOLDER):
        Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size_bytes = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=settings.HOLDING_FOLDER)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in limited(chunks, settings.MAX_UPLOAD_BYTES):
                digest.update(chunk)
                size_bytes += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        place = _place_of(digest.hexdigest())
        place.parent.mkdir(mode=0o700, exist_ok=True)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return StoredFile(digest.hexdigest(), size_bytes)


def open_stored(digest: str) -> BinaryIO:
    """Open a stored file for reading; raise `FileNotFoundError` when the store does not hold it."""
    return _place_of(digest).open("rb")


def stored_bytes(digest: str) -> bytes:
    """Return a stored file's bytes; raise `FileNotFoundError` when they are gone or no longer have this digest."""
    with open_stored(digest) as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() != digest:
        raise FileNotFoundError(digest)
    return content


def _place_of(digest: str) -> Path:
    return Path(settings.STORE_FOLDER) / digest[:2] / digest
