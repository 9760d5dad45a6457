"""Tables of this room."""

from ancam.accounts.models.agency import Agency, Tier
from ancam.accounts.models.delegation import Delegation
from ancam.accounts.models.import_batch import ImportBatch, ImportKind, ImportRow, ImportState, RowVerdict
from ancam.accounts.models.person import Language, Membership, OneTimeLink, Person, Role
from ancam.accounts.models.place_alias import PlaceAlias

__all__ = [
    "Agency",
    "Delegation",
    "ImportBatch",
    "ImportKind",
    "ImportRow",
    "ImportState",
    "Language",
    "Membership",
    "OneTimeLink",
    "Person",
    "PlaceAlias",
    "Role",
    "RowVerdict",
    "Tier",
]
