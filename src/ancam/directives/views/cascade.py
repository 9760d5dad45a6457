"""What a letter's duties became in the letters that carry it out: the table and its workbook."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancam.accounts.sign_in import signed_in
from ancam.directives.cascade_filters import CascadeFilters, Row
from ancam.directives.cascade_reference import directive_code, directive_title
from ancam.directives.cascade_rules import Outcome
from ancam.directives.cascade_words import OUTCOME_MARKS, OUTCOME_WORDS
from ancam.directives.cascade_workbook import cascade_workbook
from ancam.directives.selectors.cascade import (
    MOST_CHILDREN,
    Cascade,
    LetterBelow,
    cascade_of,
    directive_cascade,
)
from ancam.directives.views.matrix import number
from ancam.directives.views.seen import seen_document
from ancam.web import clock
from ancam.web.downloads import XLSX, stream_download
from ancam.web.tables import ROWS_TO_A_PAGE

COLUMNS_AT_ONCE = 4


@require_safe
def document_cascade(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show what became of a letter's duties in the letters below."""
    document = seen_document(request, pk)
    cascade = cascade_of(document, signed_in(request))
    return _reply(request, cascade, document.title, {"document": document})


@require_safe
def directive_cascade_page(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show what became of the duties of the reference data's directive in the letters that carry it out."""
    if code != directive_code():
        raise Http404
    return _reply(request, directive_cascade(signed_in(request)), directive_title(), {"code": code})


@dataclass(frozen=True, slots=True)
class Columns:
    """Which letters below are shown at once, of how many; the numbers of the pages beside, 0 for none."""

    shown: tuple[LetterBelow, ...]
    first: int
    last: int
    all: int
    previous: int
    next: int


def _columns(letters: tuple[LetterBelow, ...], wanted: int) -> Columns:
    pages = max(0, len(letters) - 1) // COLUMNS_AT_ONCE + 1
    page = min(max(1, wanted), pages)
    first = (page - 1) * COLUMNS_AT_ONCE
    shown = letters[first : first + COLUMNS_AT_ONCE]
    return Columns(shown, first + 1, first + len(shown), len(letters), page - 1, page + 1 if page < pages else 0)


def _reply(request: HttpRequest, cascade: Cascade, title: str, of: dict[str, Any]) -> HttpResponseBase:
    filters = CascadeFilters(request.GET, cascade)
    rows = filters.rows()
    if request.GET.get("xuat") == "xlsx" and filters.is_valid():
        return _workbook(filters, rows, title)
    columns = _columns(filters.letters, number(request, "cot"))
    page = Paginator(rows, ROWS_TO_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **of,
        "cascade": cascade,
        "title_above": title,
        "filters": filters,
        "columns": columns,
        "page": page,
        "rows": filters.only(columns.shown, list(page.object_list)),
        "totals": {row.above.duty.key: row for row in page.object_list},
        "counts": _counts(rows),
        "most": MOST_CHILDREN,
    }
    return render(request, "directives/cascade.html", context, status=200 if filters.is_valid() else 422)


def _counts(rows: list[Row]) -> list[tuple[str, str, Any, int]]:
    """Return how many cells came out so, with the sign and the words, for each outcome that there is."""
    counted = Counter(cell.outcome for row in rows for _letter, cell in row.cells)
    return [
        (outcome.value, OUTCOME_MARKS[outcome], OUTCOME_WORDS[outcome], counted[outcome])
        for outcome in Outcome
        if counted[outcome]
    ]


def _workbook(filters: CascadeFilters, rows: list[Row], title: str) -> HttpResponse | HttpResponseBase:
    on = clock.today()
    said = _("Triển khai %(title)s xuống cấp dưới. %(narrowed)s") % {"title": title, "narrowed": filters.in_words}
    file = cascade_workbook(rows, filters.letters, said.strip(), on, tells_added=filters.cascade.tells_added)
    return stream_download(file, f"trien-khai-{on:%Y-%m-%d}.xlsx", XLSX)
