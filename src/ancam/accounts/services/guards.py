"""Who may act, and as whom the ledger names them."""

from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils.translation import gettext as _

from ancam.accounts.errors import AgencyEnded, LastAdministrator
from ancam.accounts.models import Agency, Membership, Person, Role
from ancam.audit.services import Actor
from ancam.web import clock
from ancam.web.replies import Forbidden


def require_administrator(person: Person, agency: Agency, act: str) -> Actor:
    """Return the person as administrator of `agency` or of the nearest above it; raise `Forbidden` for others."""
    if not person.has_perm("accounts.administer", agency):
        raise Forbidden(act=act, who=_("quản trị của cơ quan hoặc của cơ quan cấp trên"))
    return person.as_actor(person.administering(agency))


def require_administrator_above(person: Person, agency: Agency, parent: Agency | None, act: str) -> Actor:
    """Return the person as administrator above `agency`, at the root of the root itself; else raise `Forbidden`."""
    above = parent or agency
    if not person.has_perm("accounts.administer", above):
        raise Forbidden(act=act, who=_("quản trị của cơ quan cấp trên"))
    return person.as_actor(person.administering(above))


def require_administrator_somewhere(person: Person, act: str) -> None:
    """Raise `Forbidden` for who administers no agency."""
    if not person.has_perm("accounts.administer_any"):
        raise Forbidden(act=act, who=_("quản trị của cơ quan"))


def require_not_ended(agency: Agency, day: date, field: str = "agency") -> None:
    """Raise `AgencyEnded` for an agency that ended before this day."""
    if agency.has_ended_on(day):
        raise AgencyEnded(field=field, agency=agency.name, ended_on=agency.ends_on)


def locked_person(person: Person) -> Person:
    """Return the person afresh and locked, so that no role and no link is given beside each other unseen."""
    locked: Person = Person.objects.select_for_update().get(pk=person.pk)
    return locked


def administers_all(by: Person, person: Person) -> bool:
    """Tell whether `by` is administrator of every agency of the person, of the root for who holds no role."""
    return all(by.has_perm("accounts.administer", agency) for agency in _agencies_reached(person))


def require_administrator_of_all(by: Person, person: Person, act: str) -> Actor:
    """Return `by` as administrator of every agency of the person, of the root for who holds no role; else raise.

    For acts that reach all of the person's roles at once. Raises `Forbidden`.
    """
    actors = [require_administrator(by, agency, act) for agency in _agencies_reached(person)]
    return actors[0]


def _agencies_reached(person: Person) -> list[Agency]:
    """Return where the person works or stands in for others, also from a day to come; else the root."""
    received = person.delegations_received.not_over_on(clock.today()).select_related("agency")
    return [one.agency for one in (*person.own_memberships, *received)] or [Agency.objects.get(depth=1)]


def require_other_root_administrator(membership: Membership) -> None:
    """Raise `LastAdministrator` when this role ends and nobody else who can sign in administers the root.

    Holds the root's row, so that two do not end each other's beside each other.
    """
    if membership.role != Role.ADMINISTRATOR or not membership.agency.is_root():
        return
    # The root's row first: locks on the roles alone would not show a second writer that the first stopped an account.
    Agency.objects.select_for_update().get(pk=membership.agency_id)
    held = Membership.objects.filter(role=Role.ADMINISTRATOR, agency__depth=1, person__is_active=True)
    able = held.exclude(person__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    if not able.exclude(person=membership.person_id).exists():
        raise LastAdministrator(person=membership.person.full_name)
