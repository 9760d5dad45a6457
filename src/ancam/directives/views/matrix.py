"""The matrix of agencies and duties: the page, its further rows, its totals."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ancam.accounts.models import Agency
from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors
from ancam.directives.following_filters import FollowingFilters
from ancam.directives.following_workbook import following_workbook
from ancam.directives.matrix_cells import Drawing, sum_words
from ancam.directives.measured_marks import differing
from ancam.directives.models import DuePeriod, Obligation
from ancam.directives.selectors import matrix as cells
from ancam.directives.tally import Tally
from ancam.directives.templatetags.directives import clause_or_name
from ancam.directives.templatetags.matrix import narrowed
from ancam.directives.views.own_filter import opens_with_own_filter
from ancam.kit.whole_numbers import whole_number
from ancam.web import clock
from ancam.web.downloads import XLSX, stream_download
from ancam.web.tables import kept_rows

_LONGEST_NUMBER = 9


@dataclass
class Grid:
    """What one request asks of the matrix: the periods that count, where rows begin, which columns are shown."""

    request: HttpRequest
    filters: FollowingFilters

    @cached_property
    def found(self) -> QuerySet[DuePeriod]:
        """Return the periods that count, none while a condition is refused."""
        periods: QuerySet[DuePeriod] = kept_rows(self.filters)
        return periods

    @cached_property
    def tops(self) -> list[str]:
        """Return the paths at which the rows begin: a row above the chosen agency would lead to more than it counts."""
        if self.filters.within:
            return [self.filters.within.path]
        return cells.tops(self.found, signed_in(self.request))

    @cached_property
    def parent(self) -> Agency | None:
        """Return the agency under which rows are shown; None where several stand at the top."""
        chosen = cells.row_agency(self.found, self.tops, number(self.request, "duoi"))
        if chosen or len(self.tops) != 1:
            return chosen
        top: Agency | None = Agency.objects.filter(path=self.tops[0]).first()
        return top

    @cached_property
    def every_duty(self) -> list[Obligation]:
        """Return the duty of each column there is."""
        within = [self.parent.path] if self.parent else self.tops
        return cells.columns(self.found, within, narrowed=bool(self.filters.kept))

    @property
    def column_page(self) -> int:
        """Return which columns are shown; past the last ones, the last."""
        last = max(0, len(self.every_duty) - 1) // cells.COLUMNS_AT_ONCE + 1
        return min(max(1, number(self.request, "cot")), last)

    @property
    def duties(self) -> list[Obligation]:
        """Return the duties of the columns that are shown."""
        first = self.first_column - 1
        return self.every_duty[first : first + cells.COLUMNS_AT_ONCE]

    @property
    def first_column(self) -> int:
        """Return the number of the first column that is shown."""
        return (self.column_page - 1) * cells.COLUMNS_AT_ONCE + 1

    @property
    def last_column(self) -> int:
        """Return the number of the last column that is shown."""
        return self.first_column + len(self.duties) - 1

    @property
    def previous_columns(self) -> int:
        """Return the columns before these, 0 for none."""
        return self.column_page - 1

    @property
    def next_columns(self) -> int:
        """Return the columns after these, 0 for none."""
        return self.column_page + 1 if self.last_column < len(self.every_duty) else 0

    def window(self, start: int) -> cells.Window:
        """Return the rows from one on."""
        on = clock.today()
        if self.parent:
            return cells.level_under(self.found, self.parent, start, on)
        return cells.level_at(self.found, self.tops, start, on)

    def drawing(self, rows: Sequence[cells.Row] = ()) -> Drawing:
        """Return what the cells have in common."""
        short = {duty.pk: clause_or_name(duty) for duty in self.duties}
        return Drawing(self.duties, short, self.filters.kept, differing(rows, self.duties, clock.today()))


@require_safe
@opens_with_own_filter
def matrix(request: HttpRequest) -> HttpResponseBase:
    """Show the matrix: its columns, its first rows."""
    grid = _grid(request)
    if request.GET.get("xuat") == "xlsx" and grid.filters.is_valid():
        return workbook_reply(request, grid.filters)
    window = grid.window(number(request, "tu"))
    drawing = grid.drawing(window.rows)
    context = {
        "filters": grid.filters,
        "grid": grid,
        "kinds": _groups(grid.duties, lambda duty: duty.get_kind_display()),
        "letters": _groups(grid.duties, lambda duty: duty.document),
        **_rows(grid, window, drawing),
    }
    return render(request, "directives/matrix.html", context, status=200 if grid.filters.is_valid() else 422)


@require_safe
def matrix_rows(request: HttpRequest) -> HttpResponse:
    """Show further rows: those that follow, those under an agency, or an agency folded."""
    grid = _grid(request)
    folded = cells.row_agency(grid.found, grid.tops, number(request, "gap"))
    window = cells.folded_row(grid.found, folded, clock.today()) if folded else grid.window(number(request, "tu"))
    return render(request, "directives/_matrix_rows.html", _rows(grid, window, grid.drawing(window.rows)))


@require_safe
def matrix_totals(request: HttpRequest) -> HttpResponse:
    """Show the row in which every agency is counted."""
    grid = _grid(request)
    within = [grid.parent.path] if grid.parent else grid.tops
    totals = cells.column_totals(grid.found, within, clock.today())
    drawing = grid.drawing()
    agency = grid.parent.pk if grid.parent and grid.parent.path not in grid.tops else None
    in_all = Tally()
    for tally in totals.values():
        in_all.merge(tally)
    kept = grid.filters.carried if agency is None else narrowed(drawing.kept, agency=agency, agency_words="", own="")
    context = {"kept": kept, "cells": drawing.cells(totals, agency, {}), "sums": sum_words(in_all)}
    return render(request, "directives/_matrix_totals.html", context)


def workbook_reply(request: HttpRequest, filters: FollowingFilters) -> HttpResponseBase:
    """Return the workbook of exactly what the conditions keep."""
    person, on = signed_in(request), clock.today()
    file = following_workbook(filters.qs, cells.tops(filters.qs, person), filters.in_words, on)
    return stream_download(file, f"theo-doi-{on:%Y-%m-%d}.xlsx", XLSX)


def _grid(request: HttpRequest) -> Grid:
    visible = selectors.due_periods(signed_in(request))
    return Grid(request, FollowingFilters(request.GET, queryset=visible, request=request))


def _rows(grid: Grid, window: cells.Window, drawing: Drawing) -> dict[str, Any]:
    drawn = [(row, sum_words(row.in_all), drawing.cells_of(row) if row.is_counted else "") for row in window.rows]
    return {"grid": grid, "window": window, "rows": drawn, "kept": drawing.kept}


def _groups(duties: Sequence[Obligation], of: Any) -> list[tuple[Any, int]]:
    return [(key, len(list(group))) for key, group in groupby(duties, of)]


def number(request: HttpRequest, name: str) -> int:
    """Return a number that the address gives, 0 for none and for nonsense."""
    return whole_number(request.GET.get(name, ""), _LONGEST_NUMBER) or 0
