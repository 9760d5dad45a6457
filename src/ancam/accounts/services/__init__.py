"""The door for changes to agencies, people and roles."""

from ancam.accounts.services.agencies import AgencyFacts, add_agency, change_agency
from ancam.accounts.services.beginning import register_instance
from ancam.accounts.services.delegations import DelegationFacts, delegate, end_delegation, may_end
from ancam.accounts.services.imports import apply_import, leave_import, receive_import
from ancam.accounts.services.ledger import (
    note_ledger_export,
    note_people_export,
    note_person_read,
    request_check,
)
from ancam.accounts.services.links import (
    LINK_LIVES,
    first_administrator_link,
    issue_link,
    note_password_change,
    set_first_password,
)
from ancam.accounts.services.people import PersonFacts, add_person, add_role, choose_language, remove_role
from ancam.accounts.services.places import add_place_alias, remove_place_alias, require_may_name
from ancam.accounts.services.standing import restart_account, stop_account

__all__ = [
    "LINK_LIVES",
    "AgencyFacts",
    "DelegationFacts",
    "PersonFacts",
    "add_agency",
    "add_person",
    "add_place_alias",
    "add_role",
    "apply_import",
    "change_agency",
    "choose_language",
    "delegate",
    "end_delegation",
    "first_administrator_link",
    "issue_link",
    "leave_import",
    "may_end",
    "note_ledger_export",
    "note_password_change",
    "note_people_export",
    "note_person_read",
    "receive_import",
    "register_instance",
    "remove_place_alias",
    "remove_role",
    "request_check",
    "require_may_name",
    "restart_account",
    "set_first_password",
    "stop_account",
]
