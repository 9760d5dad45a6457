"""Where a restored database is made, and the one step by which it takes the place of the old.

On both databases that step is a single act of the system, so that a process killed at any time leaves the old instance
whole or the new one whole: on SQLite a file made beside takes the name of the old one, on PostgreSQL one transaction
commits.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from ancam.keeping.errors import ForeignTables, InstanceInUse, InstanceNotEmpty
from ancam.web import clock, jobs
from ancam.web.set_aside import ASIDE

_SIDES = ("", "-wal", "-shm", "-journal")


def database_name() -> str:
    """Return where the database is, without the name and password by which it is entered."""
    named = connection.settings_dict
    return f"{named['HOST']}:{named['PORT']}/{named['NAME']}" if named["HOST"] else str(named["NAME"])


def require_free_place(*, replace: bool) -> bool:
    """Return whether an instance with agencies of its own is there to be set aside.

    Raises `InstanceNotEmpty` for one when it is not to be replaced, `InstanceInUse` when a worker's heart beats there,
    `ForeignTables` when the database is not AnCam's alone. Changes nothing.
    """
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return False
    try:
        present = set(connection.introspection.table_names())
    except DatabaseError as exc:
        raise ForeignTables(where=database_name(), names=str(exc)) from exc
    if foreign := present - _our_tables():
        raise ForeignTables(where=database_name(), names=", ".join(sorted(foreign)[:10]))
    if "web_workerheartbeat" in present and jobs.jobs_are_running(clock.now()):
        raise InstanceInUse(where=database_name())
    in_use = "accounts_agency" in present and _has_rows("accounts_agency")
    if in_use and not replace:
        raise InstanceNotEmpty(where=database_name())
    return in_use


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 - a name of ours
        return cursor.fetchone() is not None


def _our_tables() -> set[str]:
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table for model in models} | {MigrationRecorder.Migration._meta.db_table}


@contextmanager
def new_database(aside: str, *, keep_old: bool) -> Iterator[None]:
    """Let every query inside reach a new, empty database, which takes the old one's place when the block ends well.

    With `keep_old` the old one is kept under the name `aside`. When the block raises, nothing has changed.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic():
            _clear_postgresql(aside, keep_old=keep_old)
            yield
        return
    path = Path(connection.settings_dict["NAME"])
    with _new_sqlite(path) as new:
        yield
        _finish_sqlite(new)
        _switch_sqlite(new, path, path.with_name(f"{aside}{path.suffix}") if keep_old else None)


@contextmanager
def _new_sqlite(path: Path) -> Iterator[Path]:
    new = path.with_name(f"{path.name}.restoring")
    connection.close()
    _forget_killed(new, path)
    if path.exists():
        _settle(path)
    connection.settings_dict["NAME"] = str(new)
    try:
        yield new
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(path)
        _remove_sqlite(new)


def _forget_killed(new: Path, path: Path) -> None:
    """Remove what a killed restore left: its half-made file, and a second name it gave to the old one."""
    _remove_sqlite(new)
    for other in path.parent.glob(f"{ASIDE}*"):
        if path.exists() and other.samefile(path):
            other.unlink()


def _finish_sqlite(new: Path) -> None:
    """Bring everything into the one file and onto the disk."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    _sync(new)


def _switch_sqlite(new: Path, path: Path, aside: Path | None) -> None:
    if path.exists():
        _settle(path)
        if aside:
            aside.hardlink_to(path)
    new.replace(path)
    with contextlib.suppress(OSError):  # the new instance is in place, whether the folder says so at once or not
        _sync(path.parent)


def _settle(path: Path) -> None:
    """Bring the old database's waiting writes into its file: a journal left beside would be taken for the new one's."""
    old = sqlite3.connect(path, timeout=5)
    try:
        mode = old.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError:
        mode = ""
    finally:
        old.close()
    if mode != "delete":
        raise InstanceInUse(where=path)


def _remove_sqlite(path: Path) -> None:
    for side in _SIDES:
        path.with_name(path.name + side).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _clear_postgresql(aside: str, *, keep_old: bool) -> None:
    """Move our tables, and the functions that guard them, into a schema of their own; drop it unless it is to stay.

    Part of the one transaction, so that others see the old tables until it commits.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        tables = [table for table in connection.introspection.table_names(cursor) if table in _our_tables()]
        schema = connection.ops.quote_name(aside)
        cursor.execute(f"CREATE SCHEMA {schema}")
        cursor.execute(_GUARDS, [tables])
        for (guard,) in cursor.fetchall():
            cursor.execute(f"ALTER FUNCTION {guard} SET SCHEMA {schema}")
        for table in tables:
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} SET SCHEMA {schema}")
        if not keep_old:
            cursor.execute(f"DROP SCHEMA {schema} CASCADE")


_GUARDS = """
SELECT DISTINCT guard.oid::regprocedure::text
FROM pg_trigger, pg_class, pg_proc guard
WHERE pg_trigger.tgrelid = pg_class.oid AND guard.oid = pg_trigger.tgfoid AND NOT pg_trigger.tgisinternal
  AND pg_class.relnamespace = current_schema()::regnamespace AND guard.pronamespace = pg_class.relnamespace
  AND pg_class.relname = ANY(%s)
"""
