"""Tables of this room."""

from ancam.accounts.models.agency import Agency, Tier
from ancam.accounts.models.person import Membership, OneTimeLink, Person, Role

__all__ = ["Agency", "Membership", "OneTimeLink", "Person", "Role", "Tier"]
