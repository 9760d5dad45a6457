"""Rows as lines of JSON that read the same on every database: exact to the microsecond, no bytes, no local time."""

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, models

from ancam.keeping.contents import PART_BYTES
from ancam.keeping.errors import BackupDamaged

READ_AT_ONCE = 500


def columns_of(model: type[models.Model]) -> list[str]:
    """Return the names of the columns of a table, in their order."""
    return [field.attname for field in model._meta.local_concrete_fields]


def parts_of(model: type[models.Model]) -> Iterator[tuple[int, bytes]]:
    """Yield a table's rows in the order of their keys, as (rows, lines) of about a megabyte each."""
    rows = model._base_manager.order_by("pk").values_list(*columns_of(model))
    lines, size = [], 0
    for row in rows.iterator(chunk_size=READ_AT_ONCE):
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_plain).encode() + b"\n"
        lines.append(line)
        size += len(line)
        if size >= PART_BYTES:
            yield len(lines), b"".join(lines)
            lines, size = [], 0
    if lines:
        yield len(lines), b"".join(lines)


def rows_in(part: bytes, columns: Sequence[str]) -> list[list[Any]]:
    """Return the rows of one part. Raises `BackupDamaged` for what is not rows of so many columns."""
    try:
        rows = [json.loads(line) for line in part.splitlines()]
    except ValueError as exc:
        raise BackupDamaged(reason="một dòng dữ liệu không đọc được") from exc
    if any(not isinstance(row, list) or len(row) != len(columns) for row in rows):
        raise BackupDamaged(reason="một dòng dữ liệu không đúng số cột")
    return rows


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add the rows as they are: no signal, no clock of ours, no default of today.

    `model` may be one of an older state of the schema. Raises `BackupDamaged` for a column it has not, or a value of
    the wrong kind.
    """
    fields = _fields(model, columns)
    made = [_row(model, fields, row) for row in rows]
    at_once = max(1, connection.ops.bulk_batch_size(fields, made))
    for start in range(0, len(made), at_once):
        # `raw` keeps every value as it is given, as Django's own loading of fixtures does.
        model._base_manager.all()._insert(made[start : start + at_once], fields=fields, raw=True)  # type: ignore[attr-defined]


def _fields(model: type[models.Model], columns: Sequence[str]) -> list[Any]:
    known = {field.attname: field for field in model._meta.local_concrete_fields}
    if set(known) != set(columns):
        raise BackupDamaged(reason=f"các cột của {model._meta.label_lower} không đúng phiên bản đã ghi")
    return [known[name] for name in columns]


def _row(model: type[models.Model], fields: Sequence[Any], values: Sequence[Any]) -> models.Model:
    try:
        read = {f.attname: f.to_python(v) for f, v in zip(fields, values, strict=True)}
    except (ValidationError, ValueError, TypeError) as exc:
        raise BackupDamaged(reason=f"một giá trị của {model._meta.label_lower} không đúng dạng") from exc
    return model(**read)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.days} {timedelta(seconds=value.seconds, microseconds=value.microseconds)}"
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    raise TypeError(f"no neutral form for {type(value).__name__}")
