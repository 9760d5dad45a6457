"""What agencies answered to figures, as a list and as a workbook."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ancam.directives.figure_rules import CHOICE, DATE, NUMBER, Figure, Total, as_typed
from ancam.directives.models import DuePeriod
from ancam.directives.selectors import answers_told, told_report, totals_of
from ancam.engines.tables.model import Column
from ancam.engines.tables.write import Page, write_workbook
from ancam.web.clock import day_of
from ancam.web.tables import Table


class _FigureColumn(django_tables2.Column):  # type: ignore[misc]  # the library is untyped
    """One figure. Answers are read from the row, which has them with its report."""

    def __init__(self, figure: Figure) -> None:
        attrs = {"cell": {"class": "number"}} if figure.kind == NUMBER else {}
        super().__init__(figure.name, empty_values=(), orderable=False, attrs=attrs)
        self._key = figure.key

    def render(self, record: DuePeriod) -> str:
        answer = answers_told(record).get(self._key)
        return as_typed(answer.value) if answer else "–"

    def value(self, record: DuePeriod) -> Any:
        answer = answers_told(record).get(self._key)
        return answer.value if answer else ""


class _AgencyFigures(Table):
    """What every figure list has: the agency, and when and by whom it was told."""

    caption = _("Số liệu của từng cơ quan")
    empty = _("Không có cơ quan nào khớp điều kiện lọc.")
    heading = "agency"

    agency = django_tables2.Column(
        _("Cơ quan"),
        empty_values=(),
        order_by=("assignment__agency__sort_key", "pk"),
        attrs={"cell": {"class": "agency-cell"}},
    )
    told_at = django_tables2.Column(_("Báo cáo lúc"), empty_values=(), orderable=False)

    def render_agency(self, record: DuePeriod) -> str:
        return format_html('<a href="{}">{}</a>', reverse("period", args=[record.pk]), _named(record))

    def value_agency(self, record: DuePeriod) -> str:
        return _named(record)

    def render_told_at(self, record: DuePeriod) -> Any:
        report = told_report(record)
        if report is None:
            return _now("Chưa báo cáo")
        return _now("Không áp dụng") if report.not_applicable else report.at

    def value_told_at(self, record: DuePeriod) -> Any:
        return self.render_told_at(record)


def _named(row: DuePeriod) -> str:
    """Return the agency, and of whose work its own is a part: there the totals count its figures."""
    assignment = row.assignment
    if assignment.parent is None:
        return assignment.named_agency
    values = {"agency": assignment.named_agency, "giver": assignment.parent.acting_agency.name}
    return _now("%(agency)s (phần việc của %(giver)s)") % values


def figure_table(figures: Sequence[Figure]) -> type[Table]:
    """Return the list of agencies with a column for each of these figures."""
    columns = {figure.field: _FigureColumn(figure) for figure in figures}
    told = ("told_at", *columns)
    return type("FigureTable", (_AgencyFigures,), {**columns, "__module__": __name__, "phone": told})


def figure_workbook(figures: Sequence[Figure], rows: Sequence[DuePeriod]) -> bytes:
    """Return the list as a workbook whose numbers and days are such, and what they come to on lines below."""
    columns = [Column("agency", _now("Cơ quan"), required=True), Column("told_at", _now("Báo cáo lúc"))]
    columns += [Column(figure.field, figure.name) for figure in figures]
    table = figure_table(figures)(rows)
    lines = [_line(table, figures, row) for row in rows]
    return write_workbook(Page(_now("Số liệu"), columns, [*lines, *_total_lines(totals_of(figures, rows))]))


def _line(table: Any, figures: Iterable[Figure], row: DuePeriod) -> dict[str, Any]:
    told = told_report(row)
    at = f"{day_of(told.at):%d/%m/%Y}" if told and not told.not_applicable else str(table.value_told_at(row))
    answers = answers_told(row)
    values = {figure.field: answers[figure.key].value for figure in figures if figure.key in answers}
    return {"agency": _named(row), "told_at": at, **values}


def _total_lines(totals: Sequence[Total]) -> list[dict[str, Any]]:
    """Return the lines below the list: how many answered, and the sum, counts or days."""
    reported = {total.figure.field: Decimal(total.reported) for total in totals}
    sums: dict[str, Any] = {}
    for total in totals:
        if total.figure.kind == NUMBER and total.sum is not None:
            sums[total.figure.field] = total.sum
        elif total.figure.kind == CHOICE:
            sums[total.figure.field] = "; ".join(f"{option}: {count}" for option, count in total.counts)
        elif total.figure.kind == DATE and total.earliest and total.latest:
            sums[total.figure.field] = _days(total.earliest, total.latest)
    return [
        {"agency": _now("Số cơ quan có số liệu"), **reported},
        {"agency": _now("Tổng hợp"), **sums},
    ]


def _days(earliest: date, latest: date) -> str:
    return _now("từ %(first)s đến %(last)s") % {"first": f"{earliest:%d/%m/%Y}", "last": f"{latest:%d/%m/%Y}"}
