"""The times that stand bare in a table's column of deadlines."""

import datetime as dt

import pytest

from ancam.engines.reading.cell_dues import dues_of_cell
from ancam.engines.reading.due import Due, Known
from ancam.engines.reading.script import Script


def read(cell: str) -> tuple[list[Due], str]:
    """Read a cell of a letter of 5 March 2024."""
    script = Script.of(cell.split("\n"))
    return dues_of_cell(script, (0, len(script.text)), Known(dt.date(2024, 3, 5), []))


@pytest.mark.parametrize(
    ("cell", "operator", "last_day"),
    [
        ("15/8/2026", "by", "2026-08-15"),
        ("Ngày 15 tháng 8 năm 2026", "by", "2026-08-15"),
        ("17h00 ngày 15/8/2026", "by", "2026-08-15"),
        ("Trước 25/12/2024", "before", "2024-12-24"),
        ("Quý IV/2026", "within", "2026-12-31"),
        ("Quý II và quý III/2024", "within", "2024-09-30"),
        ("Tháng 10 - 11/2024", "within", "2024-11-30"),
        ("Trong tháng 10, 11/2024", "within", "2024-11-30"),
        ("9/2024", "within", "2024-09-30"),
        ("Năm 2026", "within", "2026-12-31"),
        ("Hoàn thành trong tháng 8 năm 2024", "within", "2024-08-31"),
        ("Từ 01/3 đến 30/6/2024", "by", "2024-06-30"),
        ("Tháng 9", "within", "2024-09-30"),
        ("25/12", "by", "2024-12-25"),
        ("Tháng 1", "within", "2025-01-31"),
    ],
)
def test_a_bare_time_is_a_deadline(cell: str, operator: str, last_day: str) -> None:
    (due,), cadence = read(cell)

    assert (due.deadline.operator, str(due.deadline.last_day)) == (operator, last_day)
    assert cadence == "none"


@pytest.mark.parametrize("cell", ["25/12", "Tháng 1"])
def test_a_year_that_is_not_said_is_a_guess(cell: str) -> None:
    assert read(cell)[0][0].guessed


@pytest.mark.parametrize(("cell", "raw"), [("31/9/2024", "31/9/2024"), ("Tháng 10 - 13/2024", "Tháng 10 - 13/2024")])
def test_a_time_that_does_not_exist_is_kept_as_written(cell: str, raw: str) -> None:
    deadline = read(cell)[0][0].deadline

    assert (deadline.date, deadline.raw) == (None, raw)


@pytest.mark.parametrize(
    ("cell", "operator", "cadence"),
    [
        ("Hằng tháng, trước ngày 10", "before", "monthly"),
        ("Ngày 25 hằng tháng", "by", "monthly"),
        ("Hằng quý\n(trước ngày 15 của tháng cuối quý)", "before", "quarterly"),
    ],
)
def test_a_day_of_each_month_has_no_date(cell: str, operator: str, cadence: str) -> None:
    (due,), found = read(cell)

    assert (due.deadline.operator, due.deadline.date, found) == (operator, None, cadence)


@pytest.mark.parametrize(
    ("cell", "cadence"),
    [
        ("Thường xuyên", "continuous"), ("Hằng năm", "yearly"), ("6 tháng/lần", "periodic"),
        ("Mỗi quý 01 lần", "quarterly"),
        ("Theo kế hoạch", "none"), ("Tuần đầu tháng 9 - 10/2024", "none"), ("Tuần 2 tháng 9", "none"), ("", "none"),
    ],
)  # fmt: skip
def test_what_sets_no_day_gives_none(cell: str, cadence: str) -> None:
    assert read(cell) == ([], cadence)


def test_a_time_that_returns_has_no_year_of_the_letter() -> None:
    (due,), cadence = read("Quý IV hằng năm")

    assert (due.deadline.date, cadence) == (None, "yearly")
