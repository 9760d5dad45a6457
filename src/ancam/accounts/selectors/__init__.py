"""The door for reading agencies and people, limited to what the caller may see."""

from ancam.accounts.selectors.agencies import administered_agencies, agencies, root_agency
from ancam.accounts.selectors.history import visible_history
from ancam.accounts.selectors.kinds import AgencyKind, agency_kinds, kind_names, province_names
from ancam.accounts.selectors.ledger import acted_within, ledger_lines, own_lines, visible_checks
from ancam.accounts.selectors.people import instance_has_people, link_holder, memberships_at, memberships_of, people

__all__ = [
    "AgencyKind",
    "acted_within",
    "administered_agencies",
    "agencies",
    "agency_kinds",
    "instance_has_people",
    "kind_names",
    "ledger_lines",
    "link_holder",
    "memberships_at",
    "memberships_of",
    "own_lines",
    "people",
    "province_names",
    "root_agency",
    "visible_checks",
    "visible_history",
]
