"""Agencies: adding and correcting them, moving them under another."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.agency_rules import DEEPEST, kept_code, takes_unit
from ancam.accounts.errors import (
    AgencyCycle,
    AgencyDaysRefused,
    AgencyExists,
    CodeTaken,
    RootStays,
    TreeTooDeep,
)
from ancam.accounts.models import Agency, Person
from ancam.accounts.models.agency import AgencyQuerySet
from ancam.accounts.services.guards import require_administrator, require_administrator_above, require_not_ended
from ancam.audit.services import Action, record
from ancam.kit.folding import sort_key, squeeze
from ancam.web.clock import day_of

ADD_AGENCY = Action("accounts.add_agency", "Thêm cơ quan")
CHANGE_AGENCY = Action("accounts.change_agency", "Sửa cơ quan")
MOVE_AGENCY = Action("accounts.move_agency", "Chuyển cơ quan trực thuộc")


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What a person enters of an agency; an empty day is not known, or not yet."""

    name: str
    kind: str
    tier: str
    place: str
    symbol: str = ""
    code: str = ""
    begins_on: date | None = None
    ends_on: date | None = None


@transaction.atomic
def add_agency(*, parent: Agency, facts: AgencyFacts, by: Person, at: datetime) -> Agency:
    """Add an agency under `parent`.

    Raises `Forbidden`, `AgencyExists` for a name the parent already has, `CodeTaken`, `AgencyDaysRefused`,
    `AgencyEnded` when the parent ended before it, `TreeTooDeep`.
    """
    # Paths are counted from the parent's, which another may be moving: it is read only once the tree is held.
    lock_tree()
    parent = Agency.objects.get(pk=parent.pk)
    actor = require_administrator(by, parent, _("thêm cơ quan"))
    today = day_of(at)
    if not takes_unit(parent.ends_on, facts.ends_on, today=today):
        require_not_ended(parent, today, "name")
    agency = make_under(parent, facts, parent.children)
    change = {"parent": parent.name, **in_words(agency_columns(facts))}
    record(by=actor, action=ADD_AGENCY, subject=agency.as_subject(), change=change, at=at)
    return agency


@transaction.atomic
def change_agency(*, agency: Agency, facts: AgencyFacts, by: Person, at: datetime) -> Agency:
    """Correct what is known of an agency; its kind and tier only from above.

    Raises `Forbidden`, `AgencyExists` when a sibling has the name, `CodeTaken`, `AgencyDaysRefused`, and `RootStays`
    for an end of the root.
    """
    actor = require_administrator(by, agency, _("sửa cơ quan"))
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    parent = agency.parent
    if (facts.kind, facts.tier) != (agency.kind, agency.tier):
        actor = require_administrator_above(by, agency, parent, _("đổi loại cơ quan"))
    if parent:
        require_new_name(facts, parent, parent.children.exclude(pk=agency.pk))
    elif facts.ends_on:
        raise RootStays(field="ends_on", name=agency.name)
    _check_days_and_code(facts, Agency.objects.exclude(pk=agency.pk))
    before = {name: getattr(agency, name) for name in agency_columns(facts)}
    for name, value in agency_columns(facts).items():
        setattr(agency, name, value)
    agency.save()
    change = {"before": in_words(before), "after": in_words(agency_columns(facts))}
    record(by=actor, action=CHANGE_AGENCY, subject=agency.as_subject(), change=change, at=at)
    return agency


@transaction.atomic
def move_agency(*, agency: Agency, parent: Agency, by: Person, at: datetime) -> Agency:
    """Let an agency, with all that is under it, hang from another. Does nothing when it does already.

    By who administers from above the agency, and the new parent too: what each sees follows the tree. Raises
    `Forbidden`, `RootStays`, `AgencyCycle`, `AgencyEnded`, `AgencyExists`, `TreeTooDeep`. Rewrites every path below.
    """
    lock_tree()
    agency, parent = Agency.objects.get(pk=agency.pk), Agency.objects.get(pk=parent.pk)
    above = agency.parent
    if above is None:
        raise RootStays(field="parent", name=agency.name)
    require_administrator_above(by, agency, above, _("chuyển cơ quan"))
    actor = require_administrator(by, parent, _("chuyển cơ quan"))
    if above.pk == parent.pk:
        return agency
    require_not_ended(parent, day_of(at), "parent")
    require_new_name(facts_of(agency), parent, parent.children, field="parent")
    place_under(agency, parent)
    change = {"before": {"parent": above.name}, "after": {"parent": parent.name}}
    record(by=actor, action=MOVE_AGENCY, subject=agency.as_subject(above), change=change, at=at)
    return agency


def lock_tree() -> None:
    """Hold the root's row: one writer of the tree at a time, because a move rewrites whole branches."""
    Agency.objects.select_for_update().get(depth=1)


def make_under(parent: Agency, facts: AgencyFacts, siblings: AgencyQuerySet) -> Agency:
    """Make an agency under the parent, where it must be told from `siblings`.

    The caller has locked the tree. Raises `AgencyExists`, `AgencyDaysRefused`, `CodeTaken`, `TreeTooDeep`.
    """
    require_new_name(facts, parent, siblings)
    _check_days_and_code(facts, Agency.objects.all())
    _require_tiers(parent.depth + 1, "name")
    made: Agency = Agency.objects.add_child(parent, agency_columns(facts))
    return made


def place_under(agency: Agency, parent: Agency) -> None:
    """Hang an agency, with all that is under it, from another, last of its children.

    The caller has locked the tree. Raises `AgencyCycle`, `TreeTooDeep`.
    """
    if parent.path.startswith(agency.path):
        raise AgencyCycle(field="parent", name=agency.name, parent=parent.name)
    deepest = Agency.objects.filter(agency.subtree()).order_by("-depth").values_list("depth", flat=True)[0]
    _require_tiers(parent.depth + 1 + deepest - agency.depth, "parent")
    Agency.objects.move(agency, parent, pos="last-child")
    agency.refresh_from_db()


def agency_columns(facts: AgencyFacts) -> dict[str, Any]:
    """Return the columns that the facts fill, squeezed; the identifier in capitals."""
    texts = ("name", "kind", "tier", "place", "symbol", "code")
    columns: dict[str, Any] = {name: squeeze(getattr(facts, name)) for name in texts}
    columns["code"] = kept_code(facts.code)
    return {**columns, "begins_on": facts.begins_on, "ends_on": facts.ends_on}


def in_words(columns: dict[str, Any]) -> dict[str, Any]:
    """Return columns as a line of the ledger keeps them: days as their ISO text, without what is not known."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in columns.items() if value}


def require_new_name(facts: AgencyFacts, parent: Agency, siblings: AgencyQuerySet, field: str = "name") -> None:
    """Raise `AgencyExists` for a name that differs from a sibling's in letter case and spaces alone.

    Not in diacritics: xã Tân Thành and xã Tân Thạnh are two communes. Nor for a sibling of another time: the xã An
    Bình of today is not that of before.
    """
    if facts.begins_on:
        siblings = siblings.not_ended_on(facts.begins_on)
    if facts.ends_on:
        siblings = siblings.exclude(begins_on__gt=facts.ends_on)
    if siblings.filter(sort_key=sort_key(facts.name)).exists():
        raise AgencyExists(field=field, name=squeeze(facts.name), parent=parent.name)


def facts_of(agency: Agency) -> AgencyFacts:
    """Return what is known of an agency as a person would enter it."""
    return AgencyFacts(**{field.name: getattr(agency, field.name) for field in fields(AgencyFacts)})


def _require_tiers(depth: int, field: str) -> None:
    if depth > DEEPEST:
        raise TreeTooDeep(field=field, most=DEEPEST)


def _check_days_and_code(facts: AgencyFacts, others: AgencyQuerySet) -> None:
    if facts.begins_on and facts.ends_on and facts.ends_on < facts.begins_on:
        raise AgencyDaysRefused(field="ends_on")
    code = kept_code(facts.code)
    if code and others.filter(code__iexact=code).exists():
        raise CodeTaken(field="code", code=code)
