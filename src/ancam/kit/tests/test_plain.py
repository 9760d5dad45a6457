from dataclasses import dataclass
from datetime import date

import pytest

from ancam.kit.plain import as_plain, from_plain


@dataclass(frozen=True)
class Row:
    task: str
    due_on: date | None = None


@dataclass(frozen=True)
class Report:
    number: int
    lines: tuple[str, ...]
    rows: tuple[Row, ...] = ()


REPORT = Report(7, ("một", "hai"), (Row("a", date(2026, 11, 20)), Row("b")))
PLAIN = {
    "number": 7,
    "lines": ["một", "hai"],
    "rows": [{"task": "a", "due_on": "2026-11-20"}, {"task": "b", "due_on": None}],
}


def test_a_value_comes_back_as_it_went():
    assert as_plain(REPORT) == PLAIN
    assert from_plain(Report, PLAIN) == REPORT


def test_a_shape_with_more_or_fewer_names_still_reads():
    assert from_plain(Report, {"number": 1, "lines": [], "forgotten": "x"}) == Report(1, ())


def test_a_missing_value_is_told():
    with pytest.raises(TypeError):
        from_plain(Report, {"number": 1})
