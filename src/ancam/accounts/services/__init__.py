"""The door for changes to agencies, people and roles."""

from ancam.accounts.services.agencies import AgencyFacts, add_agency, change_agency
from ancam.accounts.services.beginning import register_instance
from ancam.accounts.services.links import (
    LINK_LIVES,
    first_administrator_link,
    issue_link,
    note_password_change,
    set_first_password,
)
from ancam.accounts.services.people import PersonFacts, add_person, add_role, remove_role
from ancam.accounts.services.places import add_place_alias, remove_place_alias

__all__ = [
    "LINK_LIVES",
    "AgencyFacts",
    "PersonFacts",
    "add_agency",
    "add_person",
    "add_place_alias",
    "add_role",
    "change_agency",
    "first_administrator_link",
    "issue_link",
    "note_password_change",
    "register_instance",
    "remove_place_alias",
    "remove_role",
    "set_first_password",
]
