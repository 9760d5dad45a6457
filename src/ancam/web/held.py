"""Uploads that wait for a job to read them, in a corner of the holding folder: closed to others, outside the store."""

import os
import re
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

FORGOTTEN_AFTER = timedelta(hours=1)
_TOKEN = re.compile(r"[0-9a-f]{32}")


def hold(content: bytes) -> str:
    """Keep the bytes until they are let go; return the token by which they are had again."""
    token = secrets.token_hex(16)
    place = _place_of(token)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return token


def held_bytes(token: str) -> bytes:
    """Return what is held; raise `FileNotFoundError` when it is gone."""
    return _place_of(token).read_bytes()


def let_go(token: str) -> None:
    """Unlink what is held, if it still is."""
    if token:
        _place_of(token).unlink(missing_ok=True)


def sweep_held(in_use: Collection[str], at: datetime) -> int:
    """Unlink what has been held for an hour and that nobody names; return how many."""
    limit = (at - FORGOTTEN_AFTER).timestamp()
    forgotten = [path for path in _folder().glob("*") if path.name not in in_use and path.stat().st_mtime < limit]
    for path in forgotten:
        path.unlink(missing_ok=True)
    return len(forgotten)


def _folder() -> Path:
    return Path(settings.HOLDING_FOLDER) / "waiting"


def _place_of(token: str) -> Path:
    if not _TOKEN.fullmatch(token):
        raise FileNotFoundError(token)
    return _folder() / token
