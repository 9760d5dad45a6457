"""Taking assignments back, and what every act on one asks first: the row, locked, and that it stands."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Person
from ancam.audit.services import Act, Action, record_all
from ancam.directives.errors import ChildrenUndecided, WrongState
from ancam.directives.models import Assignment, AssignmentState, DuePeriod, PeriodState
from ancam.directives.rules import may_follow
from ancam.directives.services.due import is_over
from ancam.directives.services.guards import MAX_TEXT, bounded, require_giver
from ancam.web.clock import day_of

WITHDRAW_ASSIGNMENT = Action("directives.withdraw_assignment", "Thu hồi phân công")
LIFT_ASSIGNMENT = Action("directives.lift_assignment", "Đưa phân công về nơi giao phía trên")
_RELATED = ("agency", "answering_agency", "parent__agency", "parent__answering_agency", "obligation__document__holder")


class ChildrenFate(Enum):
    """What becomes of the parts that an agency gave on, when its own assignment ends: taken back too, or kept.

    What is kept answers from then on to who gave the whole.
    """

    WITHDRAW = "withdraw"
    LIFT = "lift"


@transaction.atomic
def withdraw_assignment(
    *, assignment: Assignment, reason: str, children: ChildrenFate | None = None, by: Person, at: datetime
) -> Assignment:
    """Take an assignment back; what was reported on it stays. The agency no longer sees it.

    Raises `Forbidden`, `FieldRequired` without a reason, `WrongState` for a finished one, `ChildrenUndecided` when
    parts of it were given on and nothing is said of them.
    """
    assignment = locked_assignment(assignment)
    require_giver(by, assignment, _("thu hồi phân công"))
    why = bounded(reason, field="reason", label=_("Lý do"), most=MAX_TEXT, required=True)
    require_standing(assignment, _("thu hồi"))
    if is_over(assignment, day_of(at)):
        raise WrongState(act=_("thu hồi"), state=_("đã kết thúc"))
    settle_children(assignment, children, why, by, at)
    _withdraw([assignment], why, by, at)
    return assignment


def settle_children(assignment: Assignment, fate: ChildrenFate | None, reason: str, by: Person, at: datetime) -> None:
    """Take back the unfinished parts that were given on, with all below them, or give them to who gave the whole.

    Raises `ChildrenUndecided` when there are some and nothing is said. Finished parts stay as they are. Four queries
    for each level below.
    """
    level = _unfinished_children([assignment], day_of(at))
    if level and fate is None:
        raise ChildrenUndecided(count=len(level))
    if fate is ChildrenFate.LIFT:
        _lift(assignment, level, reason, by, at)
        return
    while level:
        below = _unfinished_children(level, day_of(at))
        _withdraw(level, reason, by, at)
        level = below


def has_unfinished_children(assignment: Assignment, on: date) -> bool:
    """Tell whether a part that was given on has something left to do: its fate must then be said. Three queries."""
    return bool(_unfinished_children([assignment], on))


def _unfinished_children(given: Iterable[Assignment], on: date) -> list[Assignment]:
    """Return the standing parts of these assignments in which something is left to do after a day. Three queries.

    A part that returns is one of them for as long as its periods go on opening, also between two of them.
    """
    rows = Assignment.objects.all().standing().filter(parent__in=[one.pk for one in given])
    rows = rows.select_related(*_RELATED, "obligation__schedule").prefetch_related("periods", "obligation__events")
    return [one for one in rows.order_by("pk") if not is_over(one, on)]


def _withdraw(given: list[Assignment], reason: str, by: Person, at: datetime) -> None:
    Assignment.objects.filter(pk__in=[one.pk for one in given]).update(state=AssignmentState.WITHDRAWN)
    change = {"before": AssignmentState.STANDING.value, "after": AssignmentState.WITHDRAWN.value, "reason": reason}
    acts = [Act(by.as_actor(one.giver), WITHDRAW_ASSIGNMENT, one.as_subject(), change) for one in given]
    for one in given:
        one.state = AssignmentState.WITHDRAWN
    record_all(acts, at=at)


def _lift(assignment: Assignment, children: list[Assignment], reason: str, by: Person, at: datetime) -> None:
    Assignment.objects.filter(pk__in=[one.pk for one in children]).update(parent=assignment.parent)
    change = {"from": assignment.acting_agency.name, "into": assignment.giver.name, "reason": reason}
    actor = by.as_actor(assignment.giver)
    record_all([Act(actor, LIFT_ASSIGNMENT, one.as_subject(), change) for one in children], at=at)


def locked_assignment(assignment: Assignment) -> Assignment:
    """Return the assignment as it stands now, locked, with its obligation, letter and agencies. Two queries.

    Locked first and then read: one that waited for the lock would come with the agencies of before it waited.
    """
    Assignment.objects.select_for_update().only("pk").get(pk=assignment.pk)
    current: Assignment = Assignment.objects.select_related(*_RELATED).get(pk=assignment.pk)
    return current


def locked_period(period: DuePeriod) -> DuePeriod:
    """Return the period as it stands now, locked together with its assignment. Four queries."""
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
