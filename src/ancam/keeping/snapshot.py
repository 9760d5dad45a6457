"""One moment of the database, held still while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Let every query inside see the database as it stands now. Writers are not held up, on either database."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        # Not `atomic`: on SQLite that takes the lock of writers. The first read fixes the moment.
        cursor.execute("BEGIN DEFERRED")
        cursor.execute("SELECT COUNT(*) FROM django_migrations")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
