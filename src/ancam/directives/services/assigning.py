"""Giving obligations to agencies, and taking them back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.errors import AgencyEnded
from ancam.accounts.models import Agency, Person
from ancam.audit.services import Action, record
from ancam.directives.errors import NotAssignable, NotTracked, TooManyPairs, WrongState
from ancam.directives.models import (
    Assignment,
    AssignmentState,
    Document,
    DocumentState,
    DuePeriod,
    Obligation,
    ObligationState,
    Part,
    PeriodState,
)
from ancam.directives.rules import may_follow, may_withdraw
from ancam.directives.selectors.people import assignable_agencies, suggested_agencies
from ancam.directives.services.due import open_periods
from ancam.directives.services.guards import MAX_TEXT, bounded, locked_document, record_on, require_holder, shortened
from ancam.web.clock import day_of

ASSIGN = Action("directives.assign", "Giao nhiệm vụ")
GIVE = Action("directives.give_obligations", "Giao nhiệm vụ cho cơ quan")
WITHDRAW_ASSIGNMENT = Action("directives.withdraw_assignment", "Thu hồi phân công")
MOST_PAIRS = 3_000


@transaction.atomic
def assign(
    *,
    document: Document,
    obligations: Sequence[Obligation],
    agencies: Sequence[Agency],
    part: Part,
    by: Person,
    at: datetime,
) -> list[Assignment]:
    """Give each of the obligations to each of the agencies; pairs that stand already are left as they are.

    Raises `Forbidden`, `NotTracked`, `NotAssignable`, `TooManyPairs`, `WrongState` for an obligation not confirmed.
    """
    document = _locked_for_giving(document, by)
    made = _give(document, obligations, agencies, part, by, at)
    if made:
        labels, names = [row.label for row in obligations], [agency.name for agency in agencies]
        change = {
            "obligations": labels,
            "agencies": names,
            "part": part.value,
            "count": len(made),
            "label": shortened(f"{', '.join(labels)} → {', '.join(names)}"),
        }
        _tell_agencies(document, made, by, at)
        record_on(document, ASSIGN, by=by, at=at, change=change)
    return made


@transaction.atomic
def assign_as_suggested(
    *, document: Document, obligations: Sequence[Obligation], by: Person, at: datetime
) -> list[Assignment]:
    """Give each of the obligations to the agencies that its own lead and supporting bodies mean, as a person has seen.

    One act and one line of the ledger, which names every pair. Raises as `assign` does.
    """
    document = _locked_for_giving(document, by)
    reachable = list(assignable_agencies(document.holder, day_of(at)))
    made: list[Assignment] = []
    for part in Part:
        meant = suggested_agencies(obligations, reachable, part)
        for obligation in obligations:
            if agencies := meant[obligation.pk]:
                made += _give(document, [obligation], agencies, part, by, at)
    if made:
        pairs = [f"{one.obligation.label} → {one.agency.name} ({one.get_part_display().lower()})" for one in made]
        change = {"pairs": pairs, "count": len(made), "label": shortened(", ".join(pairs))}
        _tell_agencies(document, made, by, at)
        record_on(document, ASSIGN, by=by, at=at, change=change)
    return made


@transaction.atomic
def withdraw_assignment(*, assignment: Assignment, reason: str, by: Person, at: datetime) -> Assignment:
    """Take an assignment back; what was reported on it stays. The agency no longer sees it.

    Raises `Forbidden`, `FieldRequired` without a reason, `WrongState` for a finished one.
    """
    assignment = locked_assignment(assignment)
    holder = assignment.obligation.document.holder
    require_holder(by, holder, _("thu hồi phân công"))
    why = bounded(reason, field="reason", label=_("Lý do"), most=MAX_TEXT, required=True)
    require_standing(assignment, _("thu hồi"))
    if not may_withdraw(assignment.periods.values_list("state", flat=True)):
        raise WrongState(act=_("thu hồi"), state=_("đã kết thúc"))
    before = assignment.state
    assignment.state = AssignmentState.WITHDRAWN
    assignment.save()
    change = {"before": before, "after": assignment.state, "reason": why}
    record(by=by.as_actor(holder), action=WITHDRAW_ASSIGNMENT, subject=assignment.as_subject(), change=change, at=at)
    return assignment


def locked_assignment(assignment: Assignment) -> Assignment:
    """Return the assignment as it stands now, locked, with its obligation, letter and agencies."""
    related = ("agency", "answering_agency", "obligation__document__holder")
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(*related)
    current: Assignment = rows.get(pk=assignment.pk)
    return current


def locked_period(period: DuePeriod) -> DuePeriod:
    """Return the period as it stands now, locked together with its assignment. Three queries."""
    assignment = locked_assignment(period.assignment)
    current: DuePeriod = DuePeriod.objects.select_for_update().get(pk=period.pk)
    current.assignment = assignment
    return current


def require_standing(assignment: Assignment, act: str) -> None:
    """Raise `WrongState` for an assignment that was taken back."""
    if assignment.state != AssignmentState.STANDING:
        raise WrongState(act=act, state=assignment.get_state_display())


def require_next(period: DuePeriod, state: PeriodState, act: str) -> None:
    """Raise `WrongState` unless the period's assignment stands and the period may go to this state."""
    require_standing(period.assignment, act)
    if not may_follow(period.state, state):
        raise WrongState(act=act, state=period.get_state_display())


def _locked_for_giving(document: Document, by: Person) -> Document:
    document = locked_document(document)
    require_holder(by, document.holder, _("giao nhiệm vụ"))
    if document.state != DocumentState.TRACKED:
        raise NotTracked(title=document.title)
    return document


def _give(
    document: Document,
    obligations: Sequence[Obligation],
    agencies: Sequence[Agency],
    part: Part,
    by: Person,
    at: datetime,
) -> list[Assignment]:
    """Make the assignments that do not stand already and return them; the caller records them."""
    if len(obligations) * len(agencies) > MOST_PAIRS:
        raise TooManyPairs(most=MOST_PAIRS)
    rows = _confirmed(document, obligations)
    _require_assignable(document.holder, agencies, day_of(at))
    standing = set(
        Assignment.objects.all().standing().filter(obligation__in=rows).values_list("obligation_id", "agency_id")
    )
    made = Assignment.objects.bulk_create(
        Assignment(obligation=row, agency=agency, part=part, assigned_by=by, assigned_at=at)
        for row in rows
        for agency in agencies
        if (row.pk, agency.pk) not in standing
    )
    open_periods(made, day_of(at))
    return made


def _tell_agencies(document: Document, made: Sequence[Assignment], by: Person, at: datetime) -> None:
    """Record for each agency what it was given: the letter's own line names them all, and not each may read of others.

    Four queries for each agency.
    """
    given: dict[Agency, list[str]] = {}
    for one in made:
        given.setdefault(one.agency, []).append(f"{one.obligation.label} ({one.get_part_display().lower()})")
    for agency, labels in given.items():
        change = {"label": shortened(f"{document.title}: {', '.join(labels)}"), "count": len(labels)}
        record(by=by.as_actor(document.holder), action=GIVE, subject=agency.as_subject(), change=change, at=at)


def _confirmed(document: Document, obligations: Sequence[Obligation]) -> list[Obligation]:
    chosen = {obligation.pk for obligation in obligations}
    rows = list(document.obligations.filter(pk__in=chosen))
    for row in rows:
        if row.state != ObligationState.CONFIRMED:
            raise WrongState(act=f"giao {row.label.lower()}", state=row.get_state_display())
    return rows


def _require_assignable(holder: Agency, agencies: Sequence[Agency], on: date) -> None:
    reachable = set(assignable_agencies(holder, on).values_list("pk", flat=True))
    for agency in agencies:
        if agency.has_ended_on(on):
            raise AgencyEnded(agency=agency.name, ended_on=agency.ends_on)
        if agency.pk not in reachable:
            raise NotAssignable(agency=agency.name, holder=holder.name)
