"""The door for reading agencies and people, limited to what the caller may see."""

from ancam.accounts.selectors.agencies import administered_agencies, agencies, root_agency
from ancam.accounts.selectors.history import visible_history
from ancam.accounts.selectors.kinds import AgencyKind, agency_kinds, kind_names, province_names
from ancam.accounts.selectors.people import instance_has_people, link_holder, memberships_at, memberships_of, people

__all__ = [
    "AgencyKind",
    "administered_agencies",
    "agencies",
    "agency_kinds",
    "instance_has_people",
    "kind_names",
    "link_holder",
    "memberships_at",
    "memberships_of",
    "people",
    "province_names",
    "root_agency",
    "visible_history",
]
