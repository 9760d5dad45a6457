"""A planned reorganisation is put on the calendar, applied when its day has come, or given up before it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.errors import (
    AccountsError,
    EndsAndReceives,
    ReorganisationClosed,
    ReorganisationIncomplete,
    TooLateToUndo,
)
from ancam.accounts.models import (
    Agency,
    Extent,
    Membership,
    Person,
    Predecessor,
    Reorganisation,
    ReorganisationState,
)
from ancam.accounts.selectors.delegations import delegations_at
from ancam.accounts.selectors.functions import function_names
from ancam.accounts.selectors.reorganisations import missing_points
from ancam.accounts.services.agencies import lock_tree, place_under
from ancam.accounts.services.delegations import end_delegations
from ancam.accounts.services.departures import keep_ended_role
from ancam.accounts.services.guards import require_administrator
from ancam.accounts.services.reorganisations import let_go, locked, opened, require_standing, require_under
from ancam.audit.services import SYSTEM, Action, Actor, record
from ancam.web.clock import day_of
from ancam.web.replies import Forbidden

SCHEDULE = Action("accounts.schedule_reorganisation", "Lên lịch tổ chức lại")
APPLY = Action("accounts.apply_reorganisation", "Thực hiện tổ chức lại")
REOPEN = Action("accounts.reopen_reorganisation", "Đưa việc tổ chức lại về đang soạn")
UNDO = Action("accounts.undo_reorganisation", "Hủy việc tổ chức lại")
END_AGENCY = Action("accounts.end_agency", "Cơ quan kết thúc do tổ chức lại")
RECEIVE = Action("accounts.receive_duties", "Nhận nhiệm vụ do tổ chức lại")
FOLLOW = Action("accounts.role_follows", "Vai trò chuyển theo tổ chức lại")

# Stored in lines, so in one language.
HANDED = {Extent.WHOLE.value: "toàn bộ, trừ phần ghi riêng", Extent.AREA.value: "một phần địa bàn"}


@transaction.atomic
def schedule_reorganisation(*, reorganisation: Reorganisation, by: Person, at: datetime) -> Reorganisation:
    """Put a whole plan on the calendar; when its day has come already, apply it at once.

    Raises `Forbidden`, `ReorganisationClosed`, `ReorganisationIncomplete`, and what no longer fits: `NotStanding`,
    `NotUnderOwner`, `EndsAndReceives`, `AgencyCycle`, `TreeTooDeep`.
    """
    current, actor = opened(reorganisation, by, _("thực hiện việc tổ chức lại"))
    _check_plan(current)
    current.state = ReorganisationState.SCHEDULED
    current.settled_by, current.settled_at = by, at
    current.save()
    change = {"effective_on": current.effective_on.isoformat()}
    record(by=actor, action=SCHEDULE, subject=current.as_subject(), change=change, at=at)
    if current.effective_on <= day_of(at):
        _apply(current, actor, at)
    return current


@transaction.atomic
def reopen_reorganisation(*, reorganisation: Reorganisation, by: Person, at: datetime) -> Reorganisation:
    """Take a scheduled reorganisation back into a draft, to correct it before its day, or once it was refused.

    Raises `Forbidden`, `ReorganisationClosed`, `TooLateToUndo`.
    """
    current, actor = _undoable(reorganisation, by, at, _("sửa việc tổ chức lại"))
    current.state, current.problem = ReorganisationState.DRAFT, ""
    current.save()
    record(by=actor, action=REOPEN, subject=current.as_subject(), at=at)
    return current


@transaction.atomic
def undo_reorganisation(*, reorganisation: Reorganisation, by: Person, at: datetime) -> Reorganisation:
    """Give up a reorganisation before its day; agencies made for it go, unless people or work hang from them.

    Raises `Forbidden`, `ReorganisationClosed`, `TooLateToUndo`.
    """
    current, actor = _undoable(reorganisation, by, at, _("hủy việc tổ chức lại"))
    new = list(current.successors.filter(is_new=True).select_related("agency"))
    kept = [row.agency.name for row in new if not let_go(row)]
    current.state, current.problem = ReorganisationState.UNDONE, ""
    current.settled_by, current.settled_at = by, at
    current.save()
    record(by=actor, action=UNDO, subject=current.as_subject(), change={"agencies_kept": kept}, at=at)
    return current


def apply_due_reorganisations(*, at: datetime) -> int:
    """Apply every scheduled reorganisation whose day has come, each in a transaction of its own; return how many.

    One that no longer fits stays scheduled with the reason, for a person to correct; it is tried again each time.
    """
    day = day_of(at)
    due = Reorganisation.objects.filter(state=ReorganisationState.SCHEDULED, effective_on__lte=day)
    return sum(_apply_alone(pk, at) for pk in due.order_by("effective_on", "pk").values_list("pk", flat=True))


def _apply_alone(pk: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            rows = Reorganisation.objects.select_for_update(of=("self",)).select_related("owner", "settled_by")
            current = rows.get(pk=pk)
            if current.state != ReorganisationState.SCHEDULED:
                return False
            _require_still_led(current)
            _check_plan(current)
            _apply(current, SYSTEM, at)
    except (AccountsError, Forbidden) as refused:
        Reorganisation.objects.filter(pk=pk, state=ReorganisationState.SCHEDULED).update(problem=str(refused))
        return False
    return True


def _undoable(reorganisation: Reorganisation, by: Person, at: datetime, act: str) -> tuple[Reorganisation, Actor]:
    current, actor = locked(reorganisation, by, act)
    if current.may_be_undone_on(day_of(at)):
        return current, actor
    if current.state == ReorganisationState.UNDONE:
        raise ReorganisationClosed(title=current.title, state=current.get_state_display())
    raise TooLateToUndo(title=current.title, on=current.effective_on)


def _require_still_led(current: Reorganisation) -> None:
    """Raise `Forbidden` when whoever scheduled it may do so no longer: nobody stands behind the plan then."""
    settled_by = current.settled_by
    if settled_by is None or not settled_by.is_active:
        raise Forbidden(act=_("thực hiện việc tổ chức lại"), who=_("quản trị của cơ quan chủ trì"))
    require_administrator(settled_by, current.owner, _("thực hiện việc tổ chức lại"))


def _check_plan(current: Reorganisation) -> None:
    """Raise when something is missing, or when the agencies no longer are what the plan needs."""
    if missing := missing_points(current):
        raise ReorganisationIncomplete(title=current.title, count=len(missing))
    receiving = set(current.successors.values_list("agency_id", flat=True))
    for predecessor in current.predecessors.select_related("agency"):
        require_under(current, predecessor.agency)
        require_standing(predecessor.agency, current.eve, "agency")
        if predecessor.ends and predecessor.agency_id in receiving:
            raise EndsAndReceives(field="agency", agency=predecessor.agency.name)
    for successor in current.successors.select_related("agency"):
        require_under(current, successor.agency)
        require_standing(successor.agency, current.effective_on, "agency")


def _apply(current: Reorganisation, actor: Actor, at: datetime) -> None:
    """Do what the plan says: successors rise, units and roles go where they are to, the ended hang from their keeper.

    The caller has checked the plan and holds its row. The tree is rewritten in a few statements for each agency moved.
    """
    lock_tree()
    ending = list(current.predecessors.filter(ends=True).select_related("agency", "keeper"))
    ended = {row.agency_id for row in ending}
    _raise_successors(current, ended)
    for row in ending:
        moved = _move_units(current, row, ended)
        followed = _move_roles(current, row, actor, at)
        _end(current, row)
        change = {
            "label": f"hồ sơ do {row.keeper.name} giữ" if row.keeper else "",
            "reorganisation": current.title,
            "ends_on": current.eve.isoformat(),
            "keeper": row.keeper.name if row.keeper else "",
            "units": moved,
            "roles": followed,
        }
        record(by=actor, action=END_AGENCY, subject=row.agency.as_subject(), change=change, at=at)
    for row in ending:
        _hang(row.agency_id, row.keeper_id)
    _tell_successors(current, actor, at)
    current.state, current.problem = ReorganisationState.DONE, ""
    current.settled_at = at
    current.save()
    record(by=actor, action=APPLY, subject=current.as_subject(), change=_counts(current), at=at)


def _raise_successors(current: Reorganisation, ended: set[int]) -> None:
    """Take successors out from under what ends: they hang from the nearest agency above that goes on."""
    for successor in current.successors.select_related("agency"):
        agency = Agency.objects.get(pk=successor.agency_id)
        above = list(Agency.objects.get_ancestors(agency).order_by("depth"))
        topmost = next((one for one in above if one.pk in ended), None)
        if topmost is not None:
            place_under(agency, above[above.index(topmost) - 1])


def _move_units(current: Reorganisation, row: Predecessor, ended: set[int]) -> list[str]:
    placed = dict(current.placements.filter(unit__isnull=False).values_list("unit_id", "successor_id"))
    agency = Agency.objects.get(pk=row.agency_id)
    units = [unit for unit in agency.children if unit.pk not in ended]
    for unit in units:
        _hang(unit.pk, placed.get(unit.pk, row.keeper_id))
    return [unit.name for unit in units]


def _move_roles(current: Reorganisation, row: Predecessor, actor: Actor, at: datetime) -> list[str]:
    """Let each role go where it is placed, each with a line on its person's page; who stood in stands in no more."""
    rows = current.placements.filter(membership__agency=row.agency)
    placed = dict(rows.values_list("membership_id", "successor_id"))
    held = list(row.agency.memberships.select_related("person").order_by("pk"))
    names = dict(Agency.objects.filter(pk__in={row.keeper_id, *placed.values()} - {None}).values_list("pk", "name"))
    end_delegations(delegations_at([row.agency_id], day_of(at)), actor, at)
    for membership in held:
        to = placed.get(membership.pk, row.keeper_id)
        ended = _carry(membership, to, current, actor, at)
        change = {
            "before": {"agency": row.agency.name},
            "after": {"agency": names.get(to, "")},
            "role": membership.role,
            **ended,
        }
        record(by=actor, action=FOLLOW, subject=membership.person.as_subject(), change=change, at=at)
    return [membership.person.full_name for membership in held]


def _carry(
    membership: Membership, to: int | None, current: Reorganisation, actor: Actor, at: datetime
) -> dict[str, Any]:
    """Move a role to an agency; it ends when it has no place there, or when the person holds it there already.

    A role that the person was to hand over is handed over there. Returns what more the line tells.
    """
    person = membership.person
    same = Membership.objects.filter(person=person, agency=to, role=membership.role).first()
    if to is None:
        Membership.objects.filter(pk=membership.pk).delete()
        last_day = current.eve
        return keep_ended_role(membership, last_day, current.title, actor, at)
    if same is None:
        Membership.objects.filter(pk=membership.pk).update(agency=to)
    else:
        membership.handovers.update(membership=same)
        Membership.objects.filter(pk=membership.pk).delete()
    return {}


def _end(current: Reorganisation, row: Predecessor) -> None:
    row.agency.refresh_from_db()
    row.agency.ends_on = current.eve
    row.agency.save(update_fields=["ends_on"])


def _hang(agency_id: int, parent_id: int | None) -> None:
    place_under(Agency.objects.get(pk=agency_id), Agency.objects.get(pk=parent_id))


def _tell_successors(current: Reorganisation, actor: Actor, at: datetime) -> None:
    """Leave a line on each successor's page that says what it received from whom."""
    received: dict[Agency, list[str]] = {}
    for succession in current.successions.select_related("predecessor", "successor"):
        what = HANDED.get(succession.extent) or function_names().get(succession.function, succession.function)
        received.setdefault(succession.successor, []).append(f"{succession.predecessor.name}: {what}")
    for agency, words in received.items():
        change = {"label": current.title, "received": words}
        record(by=actor, action=RECEIVE, subject=agency.as_subject(), change=change, at=at)


def _counts(current: Reorganisation) -> dict[str, Any]:
    return {
        "effective_on": current.effective_on.isoformat(),
        "predecessors": [row.agency.name for row in current.predecessors.select_related("agency")],
        "successors": [row.agency.name for row in current.successors.select_related("agency")],
    }
