from datetime import date

import pytest

from ancam.engines.drafting.errors import (
    DraftingError,
    FieldEmpty,
    FigureOutOfRange,
    FiguresDisagree,
    PaperRefused,
    PeriodReversed,
    TooManyRows,
)
from ancam.engines.drafting.progress_report import MAX_ROWS, Figures, write_progress_report
from ancam.engines.drafting.tests.makers import make_report, make_row
from ancam.kit.errors import AnCamError


def refusal_of(report) -> PaperRefused:
    with pytest.raises(PaperRefused) as refusal:
        write_progress_report(report)
    return refusal.value


def test_every_refusal_is_of_the_one_family():
    assert issubclass(PaperRefused, DraftingError)
    assert issubclass(DraftingError, AnCamError)


@pytest.mark.parametrize("field", ["agency", "place", "symbol", "directive_title"])
@pytest.mark.parametrize("nothing", ["", "   ", "\x00"])
def test_a_text_the_layout_needs_cannot_be_empty(field, nothing):
    refusal = refusal_of(make_report(**{field: nothing}))

    assert isinstance(refusal, FieldEmpty)
    assert refusal.field == field
    assert refusal.label in str(refusal)


def test_a_period_cannot_end_before_it_begins():
    refusal = refusal_of(make_report(period_from=date(2026, 10, 31), period_to=date(2026, 10, 1)))

    assert isinstance(refusal, PeriodReversed)
    assert "01/10/2026, trước ngày bắt đầu 31/10/2026" in str(refusal)


def test_more_tasks_than_the_bound_are_refused_with_both_numbers():
    refusal = refusal_of(make_report(rows=(make_row(),) * (MAX_ROWS + 1)))

    assert isinstance(refusal, TooManyRows)
    assert (refusal.rows, refusal.limit) == (MAX_ROWS + 1, MAX_ROWS)


def test_a_task_without_words_is_refused_and_its_place_named():
    refusal = refusal_of(make_report(rows=(make_row(), make_row(task=" "))))

    assert refusal.field == "rows[1].task"
    assert "dòng 2" in str(refusal)


@pytest.mark.parametrize("percentage", [-1, 101])
def test_a_percentage_outside_nought_to_a_hundred_is_refused(percentage):
    refusal = refusal_of(make_report(rows=(make_row(percentage=percentage),)))

    assert isinstance(refusal, FigureOutOfRange)
    assert refusal.found == percentage


def test_a_negative_figure_is_refused():
    refusal = refusal_of(make_report(figures=Figures(overdue=-1, in_progress=1)))

    assert isinstance(refusal, FigureOutOfRange)
    assert "quá hạn là -1" in str(refusal)


def test_figures_that_do_not_add_up_to_the_rows_are_refused():
    refusal = refusal_of(make_report(rows=(make_row(),), figures=Figures(overdue=2)))

    assert isinstance(refusal, FiguresDisagree)
    assert (refusal.counted, refusal.rows) == (2, 1)
