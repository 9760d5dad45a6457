"""The door for reading agencies and people, limited to what the caller may see."""

from ancam.accounts.selectors.agencies import administered_agencies, agencies, people_count, root_agency
from ancam.accounts.selectors.delegations import delegable_memberships, delegations, stand_ins
from ancam.accounts.selectors.devices import devices_in_words, live_devices, reset_holder
from ancam.accounts.selectors.email_changes import email_change_of, waiting_email
from ancam.accounts.selectors.functions import (
    Function,
    function_names,
    function_of_duties,
    transferable_functions,
    transfers_of,
)
from ancam.accounts.selectors.history import visible_history
from ancam.accounts.selectors.imports import import_rows, imports, tree_for
from ancam.accounts.selectors.kinds import AgencyKind, agency_kinds, ended_kinds, kind_names, province_names
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
from ancam.accounts.selectors.reorganisations import (
    answering_today,
    missing_points,
    openable,
    preview,
    reorganisable_owners,
    reorganisations,
    successions_of,
    units_under,
)
from ancam.accounts.selectors.security import (
    Passkey,
    Security,
    lacks_second_factor,
    passkeys,
    second_factor_demanded,
    second_factors,
    security_of,
)

__all__ = [
    "MOST_PLACES",
    "AgencyKind",
    "Function",
    "Lookup",
    "Passkey",
    "Security",
    "acted_within",
    "administered_agencies",
    "agencies",
    "agencies_in_places",
    "agency_kinds",
    "answering_today",
    "at_places",
    "delegable_memberships",
    "delegations",
    "devices_in_words",
    "email_change_of",
    "ended_kinds",
    "function_names",
    "function_of_duties",
    "gazetteer",
    "import_rows",
    "imports",
    "instance_has_people",
    "is_at",
    "kind_names",
    "lacks_second_factor",
    "ledger_lines",
    "link_holder",
    "live_devices",
    "look_up",
    "memberships_at",
    "memberships_of",
    "merged_names",
    "missing_points",
    "openable",
    "own_lines",
    "passkeys",
    "people",
    "people_count",
    "place_aliases",
    "place_of",
    "places_of",
    "preview",
    "province_names",
    "reorganisable_owners",
    "reorganisations",
    "reset_holder",
    "root_agency",
    "second_factor_demanded",
    "second_factors",
    "security_of",
    "stand_ins",
    "successions_of",
    "transferable_functions",
    "transfers_of",
    "tree_for",
    "units_under",
    "visible_checks",
    "visible_history",
    "waiting_email",
]
