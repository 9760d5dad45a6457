"""The door for changes to agencies, people and roles."""

from ancam.accounts.services.agencies import AgencyFacts, add_agency, change_agency, move_agency
from ancam.accounts.services.beginning import register_instance
from ancam.accounts.services.delegations import DelegationFacts, delegate, end_delegation, may_end
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
from ancam.accounts.services.reorganisations import (
    ReorganisationFacts,
    Settlement,
    add_new_successor,
    add_predecessor,
    add_successor,
    edit_reorganisation,
    propose_reorganisation,
    remove_predecessor,
    remove_successor,
    settle_predecessor,
)
from ancam.accounts.services.reorganising import (
    apply_due_reorganisations,
    reopen_reorganisation,
    schedule_reorganisation,
    undo_reorganisation,
)
from ancam.accounts.services.standing import restart_account, stop_account

__all__ = [
    "LINK_LIVES",
    "AgencyFacts",
    "DelegationFacts",
    "PersonFacts",
    "ReorganisationFacts",
    "Settlement",
    "add_agency",
    "add_new_successor",
    "add_person",
    "add_place_alias",
    "add_predecessor",
    "add_role",
    "add_successor",
    "apply_due_reorganisations",
    "change_agency",
    "choose_language",
    "delegate",
    "edit_reorganisation",
    "end_delegation",
    "first_administrator_link",
    "issue_link",
    "may_end",
    "move_agency",
    "note_ledger_export",
    "note_password_change",
    "note_people_export",
    "note_person_read",
    "propose_reorganisation",
    "register_instance",
    "remove_place_alias",
    "remove_predecessor",
    "remove_role",
    "remove_successor",
    "reopen_reorganisation",
    "request_check",
    "require_may_name",
    "restart_account",
    "schedule_reorganisation",
    "set_first_password",
    "settle_predecessor",
    "stop_account",
    "undo_reorganisation",
]
