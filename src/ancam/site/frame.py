"""What every page's frame shows: the instance, the menu for the person's roles, the regime in force."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from ancam.accounts.models import Agency, Person, Role
from ancam.accounts.selectors import root_agency
from ancam.notifications.selectors import unread_count
from ancam.reference import reference
from ancam.site.navigation import MenuItem, address_of, menu_for
from ancam.web import clock


class Frame:
    """The frame's values, each computed when a template asks: a fragment without a frame costs nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def person(self) -> Person | None:
        """Return who is signed in."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def root(self) -> Agency | None:
        """Return the agency that runs this instance."""
        return root_agency()

    @cached_property
    def menu(self) -> list[MenuItem]:
        """Return the lines of the left menu."""
        roles = {membership.role for membership in self.person.current_memberships} if self.person else set()
        return list(menu_for(self.request, frozenset(roles)))

    @cached_property
    def role_names(self) -> list[str]:
        """Return the person's roles in words, each once, the first held first."""
        held = self.person.current_memberships if self.person else []
        return list(dict.fromkeys(str(Role(membership.role).label) for membership in held))

    @cached_property
    def unread(self) -> str:
        """Return how many notices the person has not read, `99+` beyond; empty for none."""
        count = unread_count(self.person, most=100) if self.person else 0
        return "99+" if count > 99 else str(count or "")

    @cached_property
    def reads_ledger(self) -> bool:
        """Tell whether a thing's history may lead on to the ledger's page."""
        return self.person is not None and self.person.has_perm("accounts.read_ledger")

    @cached_property
    def regime(self) -> str:
        """Return the regime in force today in one word, `2026`; empty when the reference names none."""
        today = clock.today()
        begun = [r for r in reference("legal-instruments")["regimes"] if r["in_force_from"] <= today]
        return max(begun, key=lambda regime: regime["in_force_from"])["id"].lstrip("R") if begun else ""

    @cached_property
    def regime_url(self) -> str:
        """Return the address of the page that lists the instruments of the regime."""
        return address_of("instruments")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the values that the base template needs."""
    return {"frame": Frame(request)}
