"""The door for changes to agencies, people and roles."""

from ancam.accounts.services.agencies import AgencyFacts, add_agency, change_agency
from ancam.accounts.services.beginning import register_instance
from ancam.accounts.services.delegations import DelegationFacts, delegate, end_delegation, may_end
from ancam.accounts.services.devices import end_device, end_other_devices
from ancam.accounts.services.identities import person_of_identity, unbind_identity
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
from ancam.accounts.services.password_resets import (
    RESET_LIVES,
    begin_password_reset,
    reset_password,
    withdraw_password_reset,
)
from ancam.accounts.services.people import PersonFacts, add_person, add_role, choose_language, remove_role
from ancam.accounts.services.places import add_place_alias, remove_place_alias, require_may_name
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
    "PersonFacts",
    "accept_code",
    "add_agency",
    "add_passkey",
    "add_person",
    "add_place_alias",
    "add_role",
    "add_totp",
    "begin_password_reset",
    "change_agency",
    "choose_language",
    "clear_second_factors",
    "delegate",
    "end_delegation",
    "end_device",
    "end_other_devices",
    "first_administrator_link",
    "issue_link",
    "may_end",
    "note_ledger_export",
    "note_password_change",
    "note_people_export",
    "note_person_read",
    "person_of_identity",
    "register_instance",
    "remove_passkey",
    "remove_place_alias",
    "remove_role",
    "remove_totp",
    "rename_passkey",
    "renew_recovery_codes",
    "request_check",
    "require_may_name",
    "reset_password",
    "restart_account",
    "set_first_password",
    "stop_account",
    "unbind_identity",
    "withdraw_password_reset",
]
