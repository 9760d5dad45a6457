"""The number last given out in each table, so that a thing restored never takes the number of one that is gone.

The ledger names things by number: a number used twice would mix two histories.
"""

from collections.abc import Mapping

from django.db import connection, models

from ancam.keeping.contents import carried_models, label_of


def sequences() -> dict[str, int]:
    """Return the last number given out in each table that counts its rows. One or two queries for each table."""
    return {label_of(model): _last_given(model) for model in carried_models() if model._meta.auto_field}


def set_sequences(last_given: Mapping[str, int]) -> None:
    """Let every table that counts go on after its last number and after its rows."""
    for model in carried_models():
        if model._meta.auto_field:
            highest = model._base_manager.aggregate(highest=models.Max("pk"))["highest"] or 0
            _go_on_after(model, max(highest, last_given.get(label_of(model), 0)))


def _last_given(model: type[models.Model]) -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)", _column(model))
        else:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        row = cursor.fetchone()
    return int(row[0]) if row and row[0] is not None else 0


def _go_on_after(model: type[models.Model], last: int) -> None:
    if not last:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [*_column(model), last])
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [model._meta.db_table, last])


def _column(model: type[models.Model]) -> list[str]:
    return [connection.ops.quote_name(model._meta.db_table), str(model._meta.pk.column)]
