"""Tables of this room."""

from ancam.accounts.models.agency import Agency, Tier
from ancam.accounts.models.delegation import Delegation
from ancam.accounts.models.departure import Departure, Handover
from ancam.accounts.models.email_change import EmailChange
from ancam.accounts.models.import_batch import ImportBatch, ImportKind, ImportRow, ImportState, RowVerdict
from ancam.accounts.models.person import Language, Membership, OneTimeLink, Person, Role
from ancam.accounts.models.place_alias import PlaceAlias
from ancam.accounts.models.reorganisation import (
    Extent,
    Placement,
    Predecessor,
    Reorganisation,
    ReorganisationState,
    Succession,
    Successor,
)
from ancam.accounts.models.saved_filter import SavedFilter
from ancam.accounts.models.sign_in import Device, ExternalIdentity, PasswordReset

__all__ = [
    "Agency",
    "Delegation",
    "Departure",
    "Device",
    "EmailChange",
    "Extent",
    "ExternalIdentity",
    "Handover",
    "ImportBatch",
    "ImportKind",
    "ImportRow",
    "ImportState",
    "Language",
    "Membership",
    "OneTimeLink",
    "PasswordReset",
    "Person",
    "PlaceAlias",
    "Placement",
    "Predecessor",
    "Reorganisation",
    "ReorganisationState",
    "Role",
    "RowVerdict",
    "SavedFilter",
    "Succession",
    "Successor",
    "Tier",
]
