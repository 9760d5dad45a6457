"""Counting what is followed: by sign, lateness, agency, kind and day; over periods that were filtered already."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, Max, Min, Q, QuerySet, Value, When
from django.db.models.functions import TruncMonth, TruncQuarter

from ancam.accounts.models import Agency
from ancam.directives.models import WORKING, DuePeriod, DutyKind, Obligation, PeriodState, Sign
from ancam.directives.rules import DUE_NEXT_DAYS, DUE_SOON_DAYS
from ancam.directives.selectors.people import ACTING
from ancam.directives.tally import Tally

GIVEN, ANSWERING = "assignment__agency__", "assignment__answering_agency__"
"""Where the agency of a period stands: to which the duty was given, and who a person confirmed answers for it now."""

_SENT = (PeriodState.SUBMITTED, PeriodState.ACCEPTED)
_APPLIES = ~Q(state=PeriodState.NOT_APPLICABLE)
_LATE_DONE = Q(state__in=_SENT, done_on__gt=F("due_on"))


def _late_by(first: int, last: int | None) -> Callable[[date], Q]:
    def condition(on: date) -> Q:
        late = Q(state__in=WORKING, due_on__lte=on - timedelta(days=first))
        return late if last is None else late & Q(due_on__gte=on - timedelta(days=last))

    return condition


def _due_in(first: int, last: int | None) -> Callable[[date], Q]:
    def condition(on: date) -> Q:
        ahead = Q(state__in=WORKING, due_on__gte=on + timedelta(days=first))
        return ahead if last is None else ahead & Q(due_on__lte=on + timedelta(days=last))

    return condition


_OVERDUE = _late_by(1, None)

LATENESS: dict[str, Callable[[date], Q]] = {
    "late_month": _late_by(31, None),
    "late_weeks": _late_by(15, 30),
    "late_fortnight": _late_by(8, 14),
    "late_week": _late_by(1, 7),
    "soon": _due_in(0, DUE_SOON_DAYS),
    "within_30": _due_in(DUE_SOON_DAYS + 1, DUE_NEXT_DAYS),
    "ahead": _due_in(DUE_NEXT_DAYS + 1, None),
    "undated": lambda on: Q(state__in=WORKING, due_on=None),
    "waiting": lambda on: Q(state=PeriodState.SUBMITTED),
    "done_late": lambda on: Q(state=PeriodState.ACCEPTED) & _LATE_DONE,
    "done_on_time": lambda on: Q(state=PeriodState.ACCEPTED) & ~Q(due_on__isnull=False, done_on__gt=F("due_on")),
    "not_applicable": lambda on: Q(state=PeriodState.NOT_APPLICABLE),
}
"""How late or how near, each period in exactly one: the condition on a day."""


def not_overdue(on: date) -> Q:
    """Return the condition that nothing is past its last day with work left."""
    return ~Q(state__in=WORKING) | Q(due_on=None) | Q(due_on__gte=on)


def by_acting(found: QuerySet[DuePeriod]) -> Iterable[tuple[QuerySet[DuePeriod], str]]:
    """Yield the periods in two parts, each with where its answering agency stands.

    In two, because a path that is one or the other has no index.
    """
    yield found.filter(assignment__answering_agency=None), GIVEN
    yield found.filter(assignment__answering_agency__isnull=False), ANSWERING


def with_sign(found: QuerySet[DuePeriod], on: date) -> QuerySet[Any]:
    """Return the periods in no order, each with its `sign` on a day."""
    sign = Case(When(_OVERDUE(on), then=Value(Sign.OVERDUE.value)), default=F("state"))
    signed: QuerySet[Any] = found.order_by().annotate(sign=sign)
    return signed


def counted(signed: QuerySet[Any], *by: str) -> QuerySet[Any]:
    """Return a row for each value of `by` and each sign: what a `Tally` adds up."""
    late = Count("pk", filter=_LATE_DONE)
    rows: QuerySet[Any] = signed.values(*by, "sign")
    rows = rows.annotate(n=Count("pk"), late=late, one=Max("pk"), declared=Min("percentage", filter=_APPLIES))
    return rows


def tallies(found: QuerySet[DuePeriod], by: str, on: date) -> dict[Any, Tally]:
    """Return how the periods stand on a day for each value of a column. One query."""
    made: dict[Any, Tally] = {}
    for row in counted(with_sign(found, on), by):
        made.setdefault(row[by], Tally()).add(row)
    return made


def sign_counts(on: date) -> dict[str, Count]:
    """Return the counts of a grouped list: one column for each sign, and their `total`."""
    conditions = {state.value: Q(state=state.value) & not_overdue(on) for state in PeriodState}
    conditions[Sign.OVERDUE.value] = _OVERDUE(on)
    return {**{name: Count("pk", filter=condition) for name, condition in conditions.items()}, "total": Count("pk")}


def by_agency(found: QuerySet[DuePeriod], on: date) -> list[dict[str, Any]]:
    """Return a row of counts for each agency that answers, the most overdue first. Two queries."""
    periods: QuerySet[Any] = found.order_by().annotate(agency=ACTING)
    rows = list(periods.values("agency").annotate(**sign_counts(on)))
    named = Agency.objects.in_bulk([row["agency"] for row in rows])
    return sorted(
        ({**row, "agency": named[row["agency"]]} for row in rows),
        key=lambda row: (-row["overdue"], row["agency"].sort_key, row["agency"].pk),
    )


def by_kind(found: QuerySet[DuePeriod], on: date) -> list[dict[str, Any]]:
    """Return a row of counts for each kind of duty, the most overdue first. One query."""
    kind = {"kind": F("assignment__obligation__kind")}
    periods: QuerySet[Any] = found.order_by().annotate(**kind)
    rows = periods.values("kind").annotate(**sign_counts(on))
    return sorted(rows, key=lambda row: (-row["overdue"], DutyKind.values.index(row["kind"])))


def lateness_counts(found: QuerySet[DuePeriod], on: date) -> dict[str, int]:
    """Return how many periods are as late, or as near, as each name of `LATENESS` says. One query."""
    return found.order_by().aggregate(**{name: Count("pk", filter=of(on)) for name, of in LATENESS.items()})


def by_month(found: QuerySet[DuePeriod], on: date) -> dict[date | None, Tally]:
    """Return how the periods stand, by the first day of the month of their last day; None for those without one."""
    return tallies(found.annotate(since=TruncMonth("due_on")), "since", on)


def by_quarter(found: QuerySet[DuePeriod], on: date) -> dict[date | None, Tally]:
    """Return how the periods stand, by the first day of the quarter of their last day; None for those without one."""
    return tallies(found.annotate(since=TruncQuarter("due_on")), "since", on)


def duties_by_day(found: QuerySet[DuePeriod], first: date, last: date, on: date) -> list[dict[str, Any]]:
    """Return, of the last days from `first` to `last`, each duty with how many periods it has and how many are open.

    The most pressing of a day first. Two queries.
    """
    duty: dict[str, Any] = {"duty": F("assignment__obligation")}
    of_days = found.order_by().filter(due_on__range=(first, last)).annotate(**duty).values("due_on", *duty)
    rows = of_days.annotate(
        n=Count("pk"), left=Count("pk", filter=Q(state__in=WORKING)), overdue=Count("pk", filter=_OVERDUE(on))
    )
    counted_days = list(rows.order_by("due_on", "-overdue", "-left", "duty"))
    known = Obligation.objects.select_related("document").defer("document__text", "document__clauses")
    named = known.in_bulk({row["duty"] for row in counted_days})
    return [{**row, "duty": named[row["duty"]]} for row in counted_days]
