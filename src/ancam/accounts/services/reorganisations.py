"""Planning a reorganisation: what it is, who hands on, who receives, what goes where. Nothing changes yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from ancam.accounts.errors import (
    EndsAndReceives,
    NotAReceiver,
    NotStanding,
    NotUnderOwner,
    ReorganisationClosed,
    ReorganisationDayRefused,
    TooManyParties,
)
from ancam.accounts.models import Agency, Extent, Person, Predecessor, Reorganisation, Successor
from ancam.accounts.selectors.functions import transferable_functions
from ancam.accounts.services.agencies import AgencyFacts, agency_columns, in_words, lock_tree, make_under
from ancam.accounts.services.guards import require_administrator
from ancam.audit.services import Action, Actor, record

PROPOSE = Action("accounts.propose_reorganisation", "Lập việc tổ chức lại")
EDIT = Action("accounts.edit_reorganisation", "Sửa việc tổ chức lại")
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_PARTIES = 200


@dataclass(frozen=True, slots=True)
class ReorganisationFacts:
    """What a person enters of a reorganisation: its name, its first day, the decision it rests on."""

    title: str
    effective_on: date
    decision_number: str = ""
    decision_on: date | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What goes where from one agency.

    whole: who receives all that has no other place. functions: a function's successor by its id. areas: who receives a
    part of the area. units and roles: where a unit under the agency, or a role held at it, goes, by the id of each;
    what is not named goes to the keeper, and a role that goes to None ends.
    """

    ends: bool
    keeper: Agency | None = None
    whole: Agency | None = None
    functions: Mapping[str, Agency] = field(default_factory=dict)
    areas: Sequence[Agency] = ()
    units: Mapping[int, Agency] = field(default_factory=dict)
    roles: Mapping[int, Agency | None] = field(default_factory=dict)

    @property
    def receivers(self) -> set[Agency]:
        """Return every agency to which something goes."""
        single = [self.keeper, self.whole, *self.units.values(), *self.roles.values()]
        return {agency for agency in (*single, *self.functions.values(), *self.areas) if agency is not None}


@transaction.atomic
def propose_reorganisation(*, owner: Agency, facts: ReorganisationFacts, by: Person, at: datetime) -> Reorganisation:
    """Begin a draft, led by an agency that stands above all that it will touch.

    Raises `Forbidden`, `ReorganisationDayRefused`.
    """
    actor = require_administrator(by, owner, _("lập việc tổ chức lại"))
    _check_days(facts)
    made = Reorganisation.objects.create(owner=owner, made_by=by, made_at=at, **_columns(facts))
    change = {"owner": owner.name, **in_words(_columns(facts))}
    record(by=actor, action=PROPOSE, subject=made.as_subject(), change=change, at=at)
    return made


@transaction.atomic
def edit_reorganisation(
    *, reorganisation: Reorganisation, facts: ReorganisationFacts, by: Person, at: datetime
) -> Reorganisation:
    """Correct a draft's name, day and decision; agencies that begin with it begin on its day.

    Raises `Forbidden`, `ReorganisationClosed`, `ReorganisationDayRefused`, `NotStanding`.
    """
    current, actor = opened(reorganisation, by, _("sửa việc tổ chức lại"))
    _check_days(facts)
    columns = _columns(facts)
    before = {name: getattr(current, name) for name in columns}
    for name, value in columns.items():
        setattr(current, name, value)
    current.save()
    new = current.successors.filter(is_new=True).values("agency")
    Agency.objects.filter(pk__in=new).update(begins_on=facts.effective_on)
    for predecessor in current.predecessors.select_related("agency"):
        require_standing(predecessor.agency, current.eve, "effective_on")
    for successor in current.successors.select_related("agency"):
        require_standing(successor.agency, facts.effective_on, "effective_on")
    change = {"before": in_words(before), "after": in_words(columns)}
    record(by=actor, action=EDIT, subject=current.as_subject(), change=change, at=at)
    return current


@transaction.atomic
def add_predecessor(*, reorganisation: Reorganisation, agency: Agency, by: Person, at: datetime) -> Predecessor:
    """Let an agency hand something on; adding it twice does nothing.

    One that receives too goes on; any other ends, until something else is settled. Raises `Forbidden`,
    `ReorganisationClosed`, `NotUnderOwner`, `NotStanding`, `TooManyParties`.
    """
    current, actor = opened(reorganisation, by, _("sửa việc tổ chức lại"))
    require_under(current, agency)
    require_standing(agency, current.eve, "agency")
    _require_room(current.predecessors.count())
    receives = current.successors.filter(agency=agency).exists()
    made, new = Predecessor.objects.get_or_create(
        reorganisation=current, agency=agency, defaults={"ends": not receives}
    )
    if new:
        _record(current, actor, at, {"label": f"thêm cơ quan chuyển {agency.name}"})
    return made


@transaction.atomic
def remove_predecessor(*, reorganisation: Reorganisation, agency: Agency, by: Person, at: datetime) -> None:
    """Leave an agency out again, with all that was settled for it. Raises `Forbidden`, `ReorganisationClosed`."""
    current, actor = opened(reorganisation, by, _("sửa việc tổ chức lại"))
    _forget(current, agency)
    if current.predecessors.filter(agency=agency).delete()[0]:
        _record(current, actor, at, {"label": f"bỏ cơ quan chuyển {agency.name}"})


@transaction.atomic
def add_successor(*, reorganisation: Reorganisation, agency: Agency, by: Person, at: datetime) -> Successor:
    """Let an agency of the tree receive; adding it twice does nothing.

    Raises `Forbidden`, `ReorganisationClosed`, `NotUnderOwner`, `NotStanding`, `EndsAndReceives`, `TooManyParties`.
    """
    current, actor = opened(reorganisation, by, _("sửa việc tổ chức lại"))
    require_under(current, agency)
    require_standing(agency, current.effective_on, "agency")
    _require_room(current.successors.count())
    if current.predecessors.filter(agency=agency, ends=True).exists():
        raise EndsAndReceives(field="agency", agency=agency.name)
    made, new = Successor.objects.get_or_create(reorganisation=current, agency=agency)
    if new:
        _record(current, actor, at, {"label": f"thêm cơ quan nhận {agency.name}"})
    return made


@transaction.atomic
def add_new_successor(
    *, reorganisation: Reorganisation, parent: Agency, facts: AgencyFacts, by: Person, at: datetime
) -> Successor:
    """Make an agency that begins with the reorganisation, and let it receive.

    It may bear the name of one that ends by it. Raises as `add_successor` does, and `AgencyExists`, `CodeTaken`,
    `TreeTooDeep`.
    """
    current, actor = opened(reorganisation, by, _("sửa việc tổ chức lại"))
    lock_tree()
    parent = Agency.objects.get(pk=parent.pk)
    if parent.pk != current.owner_id:
        require_under(current, parent, "parent")
    require_standing(parent, current.effective_on, "parent")
    _require_room(current.successors.count())
    facts = replace(facts, begins_on=current.effective_on, ends_on=None)
    ending = current.predecessors.filter(ends=True).values("agency")
    agency = make_under(parent, facts, parent.children.exclude(pk__in=ending))
    made = Successor.objects.create(reorganisation=current, agency=agency, is_new=True)
    change = {"label": f"thêm cơ quan mới {agency.name}", "parent": parent.name, **in_words(agency_columns(facts))}
    _record(current, actor, at, change)
    return made


@transaction.atomic
def remove_successor(*, reorganisation: Reorganisation, agency: Agency, by: Person, at: datetime) -> None:
    """Let an agency receive nothing again; one made for this reorganisation goes, unless people or work hang from it.

    Raises `Forbidden`, `ReorganisationClosed`.
    """
    current, actor = opened(reorganisation, by, _("sửa việc tổ chức lại"))
    row = current.successors.filter(agency=agency).select_related("agency").first()
    if row is not None:
        _record(current, actor, at, {"label": f"bỏ cơ quan nhận {agency.name}", "agency_removed": let_go(row)})


@transaction.atomic
def settle_predecessor(
    *, reorganisation: Reorganisation, agency: Agency, settlement: Settlement, by: Person, at: datetime
) -> Predecessor:
    """Say what goes where from one of the agencies that hand something on, in place of what was said before.

    Raises `Forbidden`, `ReorganisationClosed`, `EndsAndReceives`, `NotAReceiver`.
    """
    current, actor = opened(reorganisation, by, _("sửa việc tổ chức lại"))
    predecessor = current.predecessors.select_for_update().get(agency=agency)
    receiving = set(current.successors.values_list("agency_id", flat=True))
    if settlement.ends and agency.pk in receiving:
        raise EndsAndReceives(field="ends", agency=agency.name)
    for receiver in settlement.receivers:
        if receiver.pk not in receiving or receiver.pk == agency.pk:
            raise NotAReceiver(field="keeper", agency=receiver.name)
    _forget(current, agency)
    predecessor.ends = settlement.ends
    predecessor.keeper = settlement.keeper if settlement.ends else None
    predecessor.save()
    _write_successions(current, agency, settlement)
    if settlement.ends:
        _write_placements(current, agency, settlement)
    _record(current, actor, at, _settled_in_words(agency, settlement))
    return predecessor


def opened(reorganisation: Reorganisation, by: Person, act: str) -> tuple[Reorganisation, Actor]:
    """Return the draft afresh and locked, and who acts on it. Raises `Forbidden`, `ReorganisationClosed`."""
    current, actor = locked(reorganisation, by, act)
    if not current.is_draft:
        raise ReorganisationClosed(title=current.title, state=current.get_state_display())
    return current, actor


def locked(reorganisation: Reorganisation, by: Person, act: str) -> tuple[Reorganisation, Actor]:
    """Return the reorganisation afresh and locked, and the administrator of its owner who acts on it."""
    rows = Reorganisation.objects.select_for_update(of=("self",)).select_related("owner")
    current: Reorganisation = rows.get(pk=reorganisation.pk)
    return current, require_administrator(by, current.owner, act)


def require_standing(agency: Agency, on: date, field: str) -> None:
    """Raise `NotStanding` for an agency that does not exist on a day."""
    if not agency.exists_on(on):
        raise NotStanding(field=field, agency=agency.name, on=on)


def require_under(reorganisation: Reorganisation, agency: Agency, field: str = "agency") -> None:
    """Raise `NotUnderOwner` for an agency that the owner does not stand above."""
    owner = reorganisation.owner
    if agency.pk == owner.pk or not agency.path.startswith(owner.path):
        raise NotUnderOwner(field=field, agency=agency.name, owner=owner.name)


def let_go(row: Successor) -> bool:
    """Let an agency receive nothing any more; tell whether it is gone.

    One that was made for the reorganisation goes, unless something hangs from it.
    """
    current, agency = row.reorganisation, row.agency
    current.successions.filter(successor=agency).delete()
    current.placements.filter(successor=agency).delete()
    current.predecessors.filter(keeper=agency).update(keeper=None)
    row.delete()
    return row.is_new and _taken_back(agency)


def _taken_back(agency: Agency) -> bool:
    if Agency.objects.get(pk=agency.pk).numchild:
        return False
    try:
        with transaction.atomic():
            Agency.objects.filter(pk=agency.pk).delete()
    except ProtectedError:
        return False
    return True


def _columns(facts: ReorganisationFacts) -> dict[str, Any]:
    names = ("title", "effective_on", "decision_number", "decision_on")
    return {name: getattr(facts, name) for name in names}


def _check_days(facts: ReorganisationFacts) -> None:
    for name in ("effective_on", "decision_on"):
        day = getattr(facts, name)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ReorganisationDayRefused(field=name)


def _require_room(count: int) -> None:
    if count >= MOST_PARTIES:
        raise TooManyParties(field="agency", most=MOST_PARTIES)


def _forget(reorganisation: Reorganisation, agency: Agency) -> None:
    reorganisation.successions.filter(predecessor=agency).delete()
    reorganisation.placements.filter(unit__in=agency.children.order_by()).delete()
    reorganisation.placements.filter(membership__agency=agency).delete()


def _write_successions(reorganisation: Reorganisation, agency: Agency, settlement: Settlement) -> None:
    known = {function.id for function in transferable_functions()}
    rows = [(Extent.FUNCTION, to, function) for function, to in settlement.functions.items() if function in known]
    if settlement.ends:
        rows += [(Extent.WHOLE, settlement.whole, "")] if settlement.whole else []
        rows += [(Extent.AREA, area, "") for area in dict.fromkeys(settlement.areas)]
    for extent, successor, function in rows:
        reorganisation.successions.create(predecessor=agency, successor=successor, extent=extent, function=function)


def _write_placements(reorganisation: Reorganisation, agency: Agency, settlement: Settlement) -> None:
    """Keep where units and roles go, but for those that go where the rest does."""
    for unit in agency.children.filter(pk__in=settlement.units):
        if settlement.units[unit.pk] != settlement.keeper:
            reorganisation.placements.create(unit=unit, successor=settlement.units[unit.pk])
    for membership in agency.memberships.filter(pk__in=settlement.roles):
        if settlement.roles[membership.pk] != settlement.keeper:
            reorganisation.placements.create(membership=membership, successor=settlement.roles[membership.pk])


def _settled_in_words(agency: Agency, settlement: Settlement) -> dict[str, Any]:
    return {
        "label": f"phần chuyển của {agency.name}",
        "ends": settlement.ends,
        "keeper": settlement.keeper.name if settlement.keeper else "",
        "whole": settlement.whole.name if settlement.whole else "",
        "functions": [f"{function} → {to.name}" for function, to in settlement.functions.items()],
        "areas": [area.name for area in settlement.areas],
    }


def _record(reorganisation: Reorganisation, actor: Actor, at: datetime, change: dict[str, Any]) -> None:
    record(by=actor, action=EDIT, subject=reorganisation.as_subject(), change=change, at=at)
