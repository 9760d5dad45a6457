"""A workbook to fill in: what is locked, what the open cells take, what nobody sees."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from ancam.engines.tables.answer_sheet import AnswerRow, AnswerSheet, Check, write_answer_workbook
from ancam.engines.tables.model import Column

COLUMNS = (Column("code", "Mã"), Column("duty", "Việc"), Column("answer", "Trả lời", required=True))


def written(*checks, value="", duty="Phổ biến", hidden=frozenset({"code"})):
    rows = [AnswerRow({"code": "1.x", "duty": duty, "answer": value}, {"answer": check}) for check in checks]
    page = AnswerSheet("Tiến độ", ("Phiếu", "Nơi phát"), COLUMNS, rows, {"duty": 40}, hidden)
    content = write_answer_workbook([page], [("Cách điền", "Ô vàng")], "Hướng dẫn")
    return openpyxl.load_workbook(io.BytesIO(content))


def rule_of(book):
    return book["Tiến độ"].data_validations.dataValidation[0]


def test_only_the_answers_are_open_and_the_first_sheet_to_fill_in_opens():
    book = written(Check("text", "Tối đa 9", most=9))
    page = book["Tiến độ"]

    assert [page.cell(4, at).protection.locked for at in (1, 2, 3)] == [True, True, False]
    assert page.protection.sheet
    assert book.active.title == "Tiến độ"
    assert page.column_dimensions["A"].hidden
    assert page.cell(1, 2).value == "Phiếu"
    assert book.sheetnames == ["Hướng dẫn", "Tiến độ"]


def test_choices_stand_once_on_a_hidden_sheet():
    book = written(
        Check("choice", choices=("Có", "Không")), Check("choice", choices=("Có", "Không")), hidden=frozenset()
    )

    lists = book["Danh mục"]
    assert lists.sheet_state == "hidden"
    assert [cell.value for cell in lists["A"]] == ["Có", "Không"]
    assert lists.max_column == 1


def test_a_choice_in_digits_stays_a_text_as_it_is_typed():
    book = written(Check("choice", choices=("99", "100")))

    assert [cell.value for cell in book["Danh mục"]["A"]] == ["99", "100"]
    assert book["Tiến độ"].cell(4, 3).number_format == "@"


@pytest.mark.parametrize(
    ("check", "kind", "operator"),
    [
        (Check("whole", least=Decimal(0), most=Decimal(9)), "whole", "between"),
        (Check("number", least=Decimal("0.5")), "decimal", "greaterThanOrEqual"),
        (Check("day", least=date(2026, 1, 1), most=date(2026, 12, 31)), "date", "between"),
        (Check("text", most=500), "textLength", "lessThanOrEqual"),
    ],
)
def test_an_open_cell_takes_what_is_asked(check, kind, operator):
    rule = rule_of(written(check))

    assert (rule.type, rule.operator or "between") == (kind, operator)


def test_a_cell_without_bounds_takes_anything():
    assert not written(Check("number"))["Tiến độ"].data_validations.dataValidation


@pytest.mark.parametrize("value", [date(2026, 11, 20), Decimal("1.5"), "đã có"])
def test_what_is_known_already_stands_in_the_cell(value):
    kind = "day" if isinstance(value, date) else "text"
    shown = written(Check(kind), value=value)["Tiến độ"].cell(4, 3).value

    assert (shown.date() if isinstance(value, date) else shown) == value


def test_words_that_begin_like_a_formula_stay_words():
    cell = written(Check("text", most=9), duty="=1+1")["Tiến độ"].cell(4, 2)

    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
