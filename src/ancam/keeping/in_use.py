"""Who works on an instance: many may, a restore only alone. The lock ends with the process, however that ends."""

import fcntl
import os
from pathlib import Path

from django.conf import settings

from ancam.keeping.errors import InstanceInUse, RestoreUnderWay

_held: list[int] = []
"""Open descriptors: a lock lasts as long as the last process that has its descriptor."""


def work_on_instance() -> None:
    """Say, until this process and those it forks end, that somebody works here. Raises `RestoreUnderWay`."""
    if not _held and not _lock(fcntl.LOCK_SH):
        raise RestoreUnderWay(where=settings.DATA_FOLDER)


def be_alone_on_instance() -> None:
    """Keep everybody else out until this process ends. Raises `InstanceInUse`."""
    if not _lock(fcntl.LOCK_EX):
        raise InstanceInUse(where=settings.DATA_FOLDER)


def _lock(kind: int) -> bool:
    descriptor = os.open(Path(settings.DATA_FOLDER) / "instance.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return False
    _held.append(descriptor)
    return True
