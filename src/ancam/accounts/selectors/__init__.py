"""The door for reading agencies and people, limited to what the caller may see."""

from ancam.accounts.selectors.agencies import administered_agencies, agencies, people_count, root_agency
from ancam.accounts.selectors.delegations import delegable_memberships, delegations, stand_ins
from ancam.accounts.selectors.history import visible_history
from ancam.accounts.selectors.imports import import_rows, imports, tree_for
from ancam.accounts.selectors.kinds import AgencyKind, agency_kinds, kind_names, province_names
from ancam.accounts.selectors.ledger import acted_within, ledger_lines, own_lines, visible_checks
from ancam.accounts.selectors.people import instance_has_people, link_holder, memberships_at, memberships_of, people
from ancam.accounts.selectors.places import (
    MOST_PLACES,
    Lookup,
    agencies_in_places,
    at_places,
    gazetteer,
    is_at,
    look_up,
    merged_names,
    place_aliases,
    place_of,
    places_of,
)

__all__ = [
    "MOST_PLACES",
    "AgencyKind",
    "Lookup",
    "acted_within",
    "administered_agencies",
    "agencies",
    "agencies_in_places",
    "agency_kinds",
    "at_places",
    "delegable_memberships",
    "delegations",
    "gazetteer",
    "import_rows",
    "imports",
    "instance_has_people",
    "is_at",
    "kind_names",
    "ledger_lines",
    "link_holder",
    "look_up",
    "memberships_at",
    "memberships_of",
    "merged_names",
    "own_lines",
    "people",
    "people_count",
    "place_aliases",
    "place_of",
    "places_of",
    "province_names",
    "root_agency",
    "stand_ins",
    "tree_for",
    "visible_checks",
    "visible_history",
]
