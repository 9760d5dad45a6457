"""The duties counted by agency, kind and lateness, along the months, and day by day."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ancam.accounts.forms import AgencyChoice
from ancam.accounts.models import Agency
from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors
from ancam.directives.due_calendar import month_of, weeks_of
from ancam.directives.following_filters import LATENESS_WORDS, NO_DAY, FollowingFilters, followed_agencies
from ancam.directives.following_tables import AgencyCountTable, KindCountTable
from ancam.directives.period_words import period_in_words
from ancam.directives.selectors import following
from ancam.directives.templatetags.matrix import narrowed
from ancam.directives.views.own_filter import opens_with_own_filter
from ancam.kit.periods import month_after
from ancam.reference.working_days import public_calendar
from ancam.web import clock
from ancam.web.pickers import hits_reply
from ancam.web.tables import kept_rows, list_reply

MOST_SPANS = 120
_DAY = timedelta(days=1)
_BY_STATE = {
    "waiting": {"state": "submitted"},
    "done_on_time": {"state": "accepted"},
    "not_applicable": {"state": "not_applicable"},
}
"""The degrees of lateness that a state says too, so that a last day can be asked beside them."""


class AgencyCounts(FollowingFilters):
    """The conditions, and what meets them counted by agency."""

    def filter_queryset(self, queryset: Any) -> Any:
        rows = following.by_agency(super().filter_queryset(queryset), clock.today())
        return [{**row, "kept": self._kept_for(row["agency"])} for row in rows]

    def _kept_for(self, agency: Agency) -> str:
        return narrowed(self.kept, agency=agency.pk, agency_words="", own="true")


class KindCounts(FollowingFilters):
    """The conditions, and what meets them counted by kind."""

    def filter_queryset(self, queryset: Any) -> Any:
        rows = following.by_kind(super().filter_queryset(queryset), clock.today())
        return [{**row, "kept": narrowed(self.kept, kind=row["kind"])} for row in rows]


@require_safe
@opens_with_own_filter
def agencies(request: HttpRequest) -> HttpResponseBase:
    """Count by agency."""
    return list_reply(
        request,
        template="directives/following_counts.html",
        filters=AgencyCounts(request.GET, queryset=_visible(request), request=request),
        table_class=AgencyCountTable,
        file_name="theo-doi-co-quan",
        context={"name": _("Theo cơ quan")},
    )


@require_safe
@opens_with_own_filter
def kinds(request: HttpRequest) -> HttpResponseBase:
    """Count by kind of duty."""
    return list_reply(
        request,
        template="directives/following_counts.html",
        filters=KindCounts(request.GET, queryset=_visible(request), request=request),
        table_class=KindCountTable,
        file_name="theo-doi-loai",
        context={"name": _("Theo loại nhiệm vụ")},
    )


@require_safe
@opens_with_own_filter
def lateness(request: HttpRequest) -> HttpResponse:
    """Count by how late, or how near."""
    filters = _filters(request)
    counts = following.lateness_counts(kept_rows(filters), clock.today())
    rows = [(words, counts[name] or 0, _of_degree(filters, name)) for name, words in LATENESS_WORDS.items()]
    context = {"filters": filters, "rows": rows, "total": sum(counts.values())}
    return render(request, "directives/following_lateness.html", context, status=_status(filters))


def _of_degree(filters: FollowingFilters, degree: str) -> str:
    """Return the conditions that keep what is counted under a degree, beside those chosen."""
    chosen = filters.data.get("due", "")
    by_state = degree in _BY_STATE and (degree != "done_on_time" or chosen == NO_DAY)
    return narrowed(filters.kept, None, **(_BY_STATE[degree] if by_state else {"due": degree}))


def _undated(filters: FollowingFilters) -> str:
    """Return the conditions that keep what has no last day, beside those chosen."""
    chosen = filters.data.get("due", "")
    if chosen in ("later", "undated"):
        return narrowed(filters.kept, None, due="undated")
    return narrowed(filters.kept, None, due=NO_DAY, **_BY_STATE.get(chosen, {}))


@require_safe
@opens_with_own_filter
def timeline(request: HttpRequest) -> HttpResponse:
    """Count the last days along the months, or the quarters."""
    filters, quarters = _filters(request), request.GET.get("theo") == "quy"
    counted = following.by_quarter if quarters else following.by_month
    spans = counted(kept_rows(filters), clock.today())
    undated = spans.pop(None, None)
    shown = sorted((since, tally) for since, tally in spans.items() if since)[-MOST_SPANS:]
    months = 3 if quarters else 1
    rows = [_span(since, tally, months, filters) for since, tally in shown]
    context = {
        "filters": filters,
        "rows": rows,
        "undated": undated,
        "kept_undated": _undated(filters),
        "quarters": quarters,
        "left_out": len(spans) - len(shown),
        "most": max((tally.total for tally in spans.values()), default=0),
        "today": clock.today(),
    }
    return render(request, "directives/timeline.html", context, status=_status(filters))


def _span(since: date, tally: Any, months: int, filters: FollowingFilters) -> dict[str, Any]:
    """Return a month or quarter; what it leads to keeps the chosen days that cut it."""
    until = month_after(since, months) - _DAY
    words = period_in_words("-", since, until)
    chosen = filters.form.cleaned_data
    first, last = max(since, chosen["since"] or since), min(until, chosen["until"] or until)
    kept = narrowed(filters.kept, since=f"{first:%d/%m/%Y}", until=f"{last:%d/%m/%Y}")
    return {"words": words, "since": since, "until": until, "tally": tally, "kept": kept}


@require_safe
@opens_with_own_filter
def due_calendar(request: HttpRequest) -> HttpResponse:
    """Show a month with its last days, holidays and working days in exchange."""
    filters, today = _filters(request), clock.today()
    first = month_of(request.GET.get("thang", ""), today)
    last = month_after(first, 1) - _DAY
    rows = following.duties_by_day(kept_rows(filters), first, last, today)
    context = {
        "filters": filters,
        "first": first,
        "words": period_in_words("-", first, last),
        "weeks": weeks_of(first, rows, public_calendar()),
        "total": sum(row["n"] for row in rows),
        "previous": month_after(first, -1),
        "next": month_after(first, 1),
        "today": today,
    }
    return render(request, "directives/due_calendar.html", context, status=_status(filters))


@require_safe
def pick_followed_agency(request: HttpRequest) -> HttpResponse:
    """Find one of the agencies to which the views may be narrowed."""
    return hits_reply(request, AgencyChoice(queryset=followed_agencies(request)))


def _visible(request: HttpRequest) -> Any:
    return selectors.due_periods(signed_in(request))


def _filters(request: HttpRequest) -> FollowingFilters:
    return FollowingFilters(request.GET, queryset=_visible(request), request=request)


def _status(filters: FollowingFilters) -> int:
    return 200 if filters.is_valid() else 422
