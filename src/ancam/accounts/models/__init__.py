"""Tables of this room."""

from ancam.accounts.models.agency import Agency, Tier
from ancam.accounts.models.person import Language, Membership, OneTimeLink, Person, Role

__all__ = ["Agency", "Language", "Membership", "OneTimeLink", "Person", "Role", "Tier"]
