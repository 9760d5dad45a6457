"""What is carried, what is left out, and that a value comes back exactly."""

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models

from ancam.keeping.contents import LEFT_OUT, Head, carried_models, label_of
from ancam.keeping.errors import BackupDamaged
from ancam.keeping.rows import _plain, rows_in


def test_every_table_left_out_exists():
    known = {label_of(model) for model in apps.get_models(include_auto_created=True)}

    assert set(LEFT_OUT) <= known


def test_nothing_carried_refers_to_what_is_left_out():
    references = [
        (label_of(model), label_of(field.related_model))
        for model in carried_models()
        for field in model._meta.local_concrete_fields
        if field.related_model
    ]

    assert not [pair for pair in references if pair[1] in LEFT_OUT]


def test_no_session_and_no_waiting_job_is_carried():
    carried = {label_of(model) for model in carried_models()}

    assert {"audit.entry", "accounts.person", "account.emailaddress", "axes.accesslog"} <= carried
    assert not {"sessions.session", "django_q.ormq"} & carried


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (models.DateTimeField(), datetime(2026, 11, 21, 3, 4, 5, 678901, tzinfo=UTC)),
        (models.DateField(), date(2026, 11, 21)),
        (models.TimeField(), time(3, 4, 5, 6)),
        (models.DurationField(), timedelta(days=-3, seconds=5, microseconds=7)),
        (models.DecimalField(), Decimal("12345678901234567890.123456789")),
        (models.UUIDField(), UUID(int=7)),
        (models.FloatField(), 0.1 + 0.2),
        (models.BinaryField(), b"\x00\xff"),
        (models.JSONField(), {"b": [1, None, "ế"], "a": 0.5}),
        (models.TextField(), "dòng một\r\ndòng hai\u2028\x1f"),
        (models.BooleanField(), False),
    ],
)
def test_a_value_comes_back_exactly(field, value):
    line = json.dumps([value], ensure_ascii=False, default=_plain).encode() + b"\n"

    read = field.to_python(rows_in(line, ["x"])[0][0])

    assert bytes(read) == value if isinstance(value, bytes) else read == value


@pytest.mark.parametrize("part", [b"[1]\n", b"[1,2\n", b'{"a":1}\n', b"\xff\n", b"null\n"])
def test_lines_that_are_no_rows_are_refused(part):
    with pytest.raises(BackupDamaged):
        rows_in(part, ["a", "b"])


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"format": "1"}'])
def test_a_head_that_is_none_is_refused(data):
    with pytest.raises(BackupDamaged):
        Head.from_json(data)
