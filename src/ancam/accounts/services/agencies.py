"""Agencies: adding and correcting them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.errors import AgencyExists
from ancam.accounts.models import Agency, Person
from ancam.accounts.models.agency import AgencyQuerySet
from ancam.accounts.services.guards import require_administrator, require_administrator_above
from ancam.audit.services import Action, record
from ancam.kit.folding import sort_key, squeeze

ADD_AGENCY = Action("accounts.add_agency", "Thêm cơ quan")
CHANGE_AGENCY = Action("accounts.change_agency", "Sửa cơ quan")


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What a person enters of an agency."""

    name: str
    kind: str
    tier: str
    place: str
    symbol: str = ""


@transaction.atomic
def add_agency(*, parent: Agency, facts: AgencyFacts, by: Person, at: datetime) -> Agency:
    """Add an agency under `parent`. Raises `Forbidden`, or `AgencyExists` for a name the parent already has."""
    actor = require_administrator(by, parent, _("thêm cơ quan"))
    # The parent's row holds back a second writer of the same children: the tree's paths are counted from them.
    parent = Agency.objects.select_for_update().get(pk=parent.pk)
    _require_new_name(facts.name, parent, parent.children)
    agency: Agency = Agency.objects.add_child(parent, agency_columns(facts))
    change = {"parent": parent.name, **agency_columns(facts)}
    record(by=actor, action=ADD_AGENCY, subject=agency.as_subject(), change=change, at=at)
    return agency


@transaction.atomic
def change_agency(*, agency: Agency, facts: AgencyFacts, by: Person, at: datetime) -> Agency:
    """Correct what is known of an agency; its kind and tier only from above.

    Raises `Forbidden`, or `AgencyExists` when a sibling has the name.
    """
    actor = require_administrator(by, agency, _("sửa cơ quan"))
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    parent = agency.parent
    if (facts.kind, facts.tier) != (agency.kind, agency.tier):
        actor = require_administrator_above(by, agency, parent)
    if parent:
        _require_new_name(facts.name, parent, parent.children.exclude(pk=agency.pk))
    before = {name: getattr(agency, name) for name in agency_columns(facts)}
    for name, value in agency_columns(facts).items():
        setattr(agency, name, value)
    agency.save()
    change = {"before": before, "after": agency_columns(facts)}
    record(by=actor, action=CHANGE_AGENCY, subject=agency.as_subject(), change=change, at=at)
    return agency


def agency_columns(facts: AgencyFacts) -> dict[str, str]:
    names = ("name", "kind", "tier", "place", "symbol")
    return {name: squeeze(getattr(facts, name)) for name in names}


def _require_new_name(name: str, parent: Agency, siblings: AgencyQuerySet) -> None:
    """Raise `AgencyExists` for a name that differs from a sibling's in letter case and spaces alone.

    Not in diacritics: xã Tân Thành and xã Tân Thạnh are two communes.
    """
    if siblings.filter(sort_key=sort_key(name)).exists():
        raise AgencyExists(name=squeeze(name), parent=parent.name)
