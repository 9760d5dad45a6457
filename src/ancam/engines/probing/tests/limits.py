"""What this machine does not allow a process for a while."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def full_disk(most_bytes: int = 0) -> Iterator[None]:
    """No file may grow beyond this."""
    with _limited(resource.RLIMIT_FSIZE, most_bytes):
        yield


@contextmanager
def no_more_files() -> Iterator[None]:
    """This process may open no file and no socket."""
    with _limited(resource.RLIMIT_NOFILE, 3):
        yield


@contextmanager
def _limited(what: int, most: int) -> Iterator[None]:
    before = resource.getrlimit(what)
    resource.setrlimit(what, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(what, before)
