"""What an answer to a figure means, and what answers come to."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.directives.errors import (
    FigureNotDay,
    FigureNotNumber,
    FigureNotOffered,
    FigureRequired,
    FigureTooEarly,
    FigureTooGreat,
    FigureTooLate,
    FigureTooLong,
    FigureTooPrecise,
    FigureTooSmall,
)
from ancam.directives.figure_rules import (
    Answer,
    Figure,
    answer_of,
    as_typed,
    figure_of,
    figures_told,
    kept_answer,
    kept_figure,
    read_answer,
    read_number,
    total_of,
    with_keys,
)

CAMERAS = Figure("s1", "Số camera", "number", "chiếc", Decimal(0), Decimal(5000), required=True)
SHARE = Figure("s2", "Tỷ lệ", "number", "%", decimals=2)
LEVEL = Figure("s3", "Cấp độ", "choice", options=("Cấp 1", "Cấp 2", "Chưa xác định"))
CHECKED = Figure("s4", "Kiểm tra ngày", "date", minimum=date(2026, 1, 1), maximum=date(2026, 12, 31))
NOTE = Figure("s5", "Ghi chú", "text")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1250", "1250"),
        ("1.250", "1250"),
        ("1.250.000", "1250000"),
        ("1.250,50", "1250.5"),
        ("0,75", "0.75"),
        ("12.5", "12.5"),
        ("1 250", "1250"),
        ("-3", "-3"),
        ("100,0", "100"),
    ],
)
def test_numbers_are_read_as_offices_and_as_machines_write_them(text, number):
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "x", "1e9", "=1+1", "1,2,3", "12 chiếc", "1.25.0", "٣", "NaN", "-"])
def test_what_is_no_number_is_none(text):
    assert read_number(text) is None


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_written_with_a_comma_is_read_as_itself(number):
    assert read_number(f"{number:f}".replace(".", ",")) == number
    assert read_number(as_typed(number)) == number


@pytest.mark.parametrize(
    ("figure", "text", "refusal"),
    [
        (CAMERAS, "", FigureRequired),
        (CAMERAS, "nhiều", FigureNotNumber),
        (CAMERAS, "9" * 16, FigureNotNumber),
        (CAMERAS, "12,5", FigureTooPrecise),
        (CAMERAS, "-1", FigureTooSmall),
        (CAMERAS, "5.001", FigureTooGreat),
        (LEVEL, "Cấp 9", FigureNotOffered),
        (CHECKED, "31/02/2026", FigureNotDay),
        (CHECKED, "31/12/2025", FigureTooEarly),
        (CHECKED, "01/01/2027", FigureTooLate),
        (NOTE, "x" * 501, FigureTooLong),
    ],
)
def test_what_is_no_answer_is_refused_beside_its_field(figure, text, refusal):
    with pytest.raises(refusal) as refused:
        read_answer(figure, text)

    assert refused.value.field == figure.field
    assert figure.label in str(refused.value)


def test_a_refusal_names_the_bound_as_offices_write_it():
    with pytest.raises(FigureTooGreat) as refused:
        read_answer(CAMERAS, "6000")

    assert "5.000" in str(refused.value)


def test_a_sum_is_written_without_places_that_say_nothing():
    assert as_typed(Decimal("12.50") + Decimal("12.50")) == "25"
    assert as_typed(Decimal("1250.50")) == "1.250,5"


def test_a_cell_that_may_mean_two_numbers_is_refused():
    with pytest.raises(FigureNotNumber):
        read_answer(CAMERAS, "1.250", typed=False)

    assert read_answer(CAMERAS, "1250", typed=False).value == 1250
    assert read_answer(SHARE, "12.25", typed=False).value == Decimal("12.25")


@pytest.mark.parametrize(
    ("figure", "text", "value"),
    [
        (CAMERAS, "1.250", Decimal(1250)),
        (SHARE, "", None),
        (SHARE, "98,75", Decimal("98.75")),
        (LEVEL, "cap 2", "Cấp 2"),
        (CHECKED, "20/11/2026", date(2026, 11, 20)),
        (NOTE, "  đã   xong ", "đã xong"),
    ],
)
def test_an_answer_carries_the_words_of_the_day(figure, text, value):
    answer = read_answer(figure, text)

    assert (answer and answer.value) == value
    assert answer is None or (answer.label, answer.unit) == (figure.label, figure.unit)


@pytest.mark.parametrize("figure", [CAMERAS, SHARE, LEVEL, CHECKED, NOTE])
def test_what_is_kept_comes_back_as_it_was(figure):
    assert figure_of(kept_figure(figure)) == figure


@pytest.mark.parametrize("value", [Decimal("1250.5"), date(2026, 11, 20), "Cấp 1"])
def test_a_kept_answer_comes_back_as_it_was(value):
    kind = {Decimal: "number", date: "date", str: "choice"}[type(value)]
    answer = Answer("s1", "Số camera", kind, "chiếc", value)

    assert answer_of(kept_answer(answer)) == answer


def test_answers_come_to_sums_counts_and_days():
    assert total_of(CAMERAS, [Decimal("0.1"), Decimal("0.2")]).sum == Decimal("0.3")
    assert total_of(CAMERAS, []).sum is None
    assert total_of(LEVEL, ["Cấp 2", "Cấp 2", "Cấp cũ"]).counts == (
        ("Cấp 1", 0),
        ("Cấp 2", 2),
        ("Chưa xác định", 0),
        ("Cấp cũ", 1),
    )
    days = total_of(CHECKED, [date(2026, 5, 1), date(2026, 2, 1)])
    assert (days.earliest, days.latest, days.reported) == (date(2026, 2, 1), date(2026, 5, 1), 2)
    assert total_of(CHECKED, []).earliest is None
    assert total_of(NOTE, ["a", "b"]).reported == 2


def test_a_summary_still_tells_what_was_answered_before_the_form_changed():
    old = Answer("s9", "Số đầu ghi", "number", "chiếc", Decimal(3))

    told = figures_told([CAMERAS], [old, Answer("s1", "Tên cũ", "number", "chiếc", Decimal(1))])

    assert [figure.label for figure in told] == ["Số camera", "Số đầu ghi"]


def test_a_figure_keeps_its_key_while_it_counts_the_same():
    before = [CAMERAS, SHARE]
    renamed = Figure("s1", "Tổng số camera", "number", "chiếc")
    other_unit = Figure("s2", "Tỷ lệ", "number", "phần nghìn")
    forged = Figure("s1", "Trùng", "number", "chiếc")
    new = Figure("", "Mới", "text")

    keyed = with_keys([renamed, other_unit, forged, new], before, ["s1", "s2", "s7"])

    assert [figure.key for figure in keyed] == ["s1", "s8", "s9", "s10"]
