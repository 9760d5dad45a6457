"""The door for changes to agencies, people and roles."""

from ancam.accounts.services.agencies import AgencyFacts, add_agency, change_agency, move_agency
from ancam.accounts.services.beginning import register_instance
from ancam.accounts.services.delegations import DelegationFacts, delegate, end_delegation, may_end
from ancam.accounts.services.departures import (
    DepartureFacts,
    carry_out_departures,
    plan_departure,
    take_back,
    withdraw_departure,
)
from ancam.accounts.services.devices import end_device, end_other_devices
from ancam.accounts.services.identities import person_of_identity, unbind_identity
from ancam.accounts.services.imports import apply_import, leave_import, receive_import
from ancam.accounts.services.ledger import (
    note_import_export,
    note_ledger_export,
    note_people_export,
    note_person_read,
    request_check,
    require_overseer,
)
from ancam.accounts.services.links import (
    LINK_LIVES,
    first_administrator_link,
    issue_link,
    note_password_change,
    set_first_password,
)
from ancam.accounts.services.password_resets import (
    RESET_LIVES,
    begin_password_reset,
    reset_password,
    withdraw_password_reset,
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
from ancam.accounts.services.second_factors import (
    MOST_PASSKEYS,
    accept_code,
    add_passkey,
    add_totp,
    clear_second_factors,
    remove_passkey,
    remove_totp,
    rename_passkey,
    renew_recovery_codes,
)
from ancam.accounts.services.standing import restart_account, stop_account

__all__ = [
    "LINK_LIVES",
    "MOST_PASSKEYS",
    "RESET_LIVES",
    "AgencyFacts",
    "DelegationFacts",
    "DepartureFacts",
    "PersonFacts",
    "ReorganisationFacts",
    "Settlement",
    "accept_code",
    "add_agency",
    "add_new_successor",
    "add_passkey",
    "add_person",
    "add_place_alias",
    "add_predecessor",
    "add_role",
    "add_successor",
    "add_totp",
    "apply_due_reorganisations",
    "apply_import",
    "begin_password_reset",
    "carry_out_departures",
    "change_agency",
    "choose_language",
    "clear_second_factors",
    "delegate",
    "edit_reorganisation",
    "end_delegation",
    "end_device",
    "end_other_devices",
    "first_administrator_link",
    "issue_link",
    "leave_import",
    "may_end",
    "move_agency",
    "note_import_export",
    "note_ledger_export",
    "note_password_change",
    "note_people_export",
    "note_person_read",
    "person_of_identity",
    "plan_departure",
    "propose_reorganisation",
    "receive_import",
    "register_instance",
    "remove_passkey",
    "remove_place_alias",
    "remove_predecessor",
    "remove_role",
    "remove_successor",
    "remove_totp",
    "rename_passkey",
    "renew_recovery_codes",
    "reopen_reorganisation",
    "request_check",
    "require_may_name",
    "require_overseer",
    "reset_password",
    "restart_account",
    "schedule_reorganisation",
    "set_first_password",
    "settle_predecessor",
    "stop_account",
    "take_back",
    "unbind_identity",
    "undo_reorganisation",
    "withdraw_departure",
    "withdraw_password_reset",
]
