"""Of what people were told of duties, what is done, answered or not theirs to see by the time its mail is made."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from ancam.accounts.models import Person
from ancam.directives.models import (
    WORKING,
    Assignment,
    AssignmentState,
    Document,
    DuePeriod,
    Extension,
    PeriodState,
    ProgressReport,
    ScopeQuestion,
)
from ancam.papers.models import Paper, PaperState


def settled(person: Person, keys: Sequence[str]) -> set[str]:
    """Return those of a person's keys, oldest first, that a mail would bring too late.

    Reminders of what is done, taken back or has another last day, and all but the latest of each last day; what
    waited and was answered; what was given of a letter that the person does not see. A query for each kind at hand.
    """
    by_kind: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        by_kind[key.partition(":")[0]].append(key)
    late = _reminders(person, by_kind["period"])
    for kind, standing in _STANDING.items():
        if of_kind := by_kind[kind]:
            found = standing(person).filter(pk__in={_pk(key) for key in of_kind}).order_by()
            left = set(found.values_list("pk", flat=True))
            late |= {key for key in of_kind if _pk(key) not in left}
    return late


def _pk(key: str) -> int:
    return int(key.split(":")[1])


def _reminders(person: Person, keys: Sequence[str]) -> set[str]:
    if not keys:
        return set()
    pks = {_pk(key) for key in keys}
    left = _periods(person).filter(assignment__state=AssignmentState.STANDING, state__in=WORKING, pk__in=pks)
    due_on = dict(left.values_list("pk", "due_on"))
    latest: dict[tuple[int, bool], str] = {}
    for key in keys:
        _kind, pk, day, stage = key.split(":")
        if due_on.get(int(pk)) == date.fromisoformat(day):
            latest[int(pk), stage == "escalated"] = key
    return set(keys) - set(latest.values())


def _periods(person: Person) -> QuerySet[DuePeriod]:
    found: QuerySet[DuePeriod] = DuePeriod.objects.all().visible_to(person).order_by()
    return found


def _given(person: Person) -> QuerySet[Assignment]:
    seen = Document.objects.all().visible_to(person).order_by()
    return Assignment.objects.filter(obligation__document__in=seen.values("pk"))


def _parts_given(person: Person) -> QuerySet[Assignment]:
    below: QuerySet[Assignment] = Assignment.objects.all().visible_to(person).order_by()
    return Assignment.objects.filter(pk__in=below.exclude(parent=None).values("parent"))


def _reports_waiting(person: Person) -> QuerySet[ProgressReport]:
    found = _periods(person).filter(state=PeriodState.SUBMITTED)
    return ProgressReport.objects.filter(decision="", period__in=found.values("pk"))


def _extensions_waiting(person: Person) -> QuerySet[Extension]:
    return Extension.objects.filter(decision="", period__in=_periods(person).values("pk"))


def _questions_waiting(person: Person) -> QuerySet[ScopeQuestion]:
    found: QuerySet[ScopeQuestion] = ScopeQuestion.objects.all().visible_to(person).waiting()
    return found


def _papers_waiting(person: Person) -> QuerySet[Paper]:
    found: QuerySet[Paper] = Paper.objects.all().visible_to(person).filter(state=PaperState.SUBMITTED)
    return found


def _urging(person: Person) -> QuerySet[Document]:
    found: QuerySet[Document] = Document.objects.all().visible_to(person)
    return found


_STANDING: Mapping[str, Callable[[Person], QuerySet[Any]]] = {
    "given": _given,
    "urged": _urging,
    "urged-part": _parts_given,
    "waiting-report": _reports_waiting,
    "waiting-extension": _extensions_waiting,
    "waiting-question": _questions_waiting,
    "waiting-paper": _papers_waiting,
}
"""By the kind of a key: the things that its number names, and of which a person is still to hear."""
