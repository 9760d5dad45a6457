"""Tables of this room."""

from ancam.accounts.models.agency import Agency, Tier
from ancam.accounts.models.delegation import Delegation
from ancam.accounts.models.person import Language, Membership, OneTimeLink, Person, Role
from ancam.accounts.models.place_alias import PlaceAlias
from ancam.accounts.models.sign_in import Device, ExternalIdentity, PasswordReset

__all__ = [
    "Agency",
    "Delegation",
    "Device",
    "ExternalIdentity",
    "Language",
    "Membership",
    "OneTimeLink",
    "PasswordReset",
    "Person",
    "PlaceAlias",
    "Role",
    "Tier",
]
