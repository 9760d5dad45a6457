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
from ancam.accounts.services.people import PersonFacts, add_person, add_role, choose_language, remove_role
from ancam.accounts.services.standing import restart_account, stop_account

__all__ = [
    "LINK_LIVES",
    "AgencyFacts",
    "PersonFacts",
    "add_agency",
    "add_person",
    "add_role",
    "change_agency",
    "choose_language",
    "first_administrator_link",
    "issue_link",
    "note_password_change",
    "register_instance",
    "remove_role",
    "restart_account",
    "set_first_password",
    "stop_account",
]
