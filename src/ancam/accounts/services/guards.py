"""Who may act, and as whom the ledger names them."""

from datetime import date

from django.utils.translation import gettext as _

from ancam.accounts.errors import AgencyEnded
from ancam.accounts.models import Agency, Person
from ancam.audit.services import Actor
from ancam.web.replies import Forbidden


def require_administrator(person: Person, agency: Agency, act: str) -> Actor:
    """Return the person as administrator of `agency` or of the nearest above it; raise `Forbidden` for others."""
    if not person.has_perm("accounts.administer", agency):
        raise Forbidden(act=act, who=_("quản trị của cơ quan hoặc của cơ quan cấp trên"))
    return person.as_actor(person.administering(agency))


def require_administrator_above(person: Person, agency: Agency, parent: Agency | None, act: str) -> Actor:
    """Return the person as administrator above `agency`, at the root of the root itself; else raise `Forbidden`."""
    if not person.has_perm("accounts.reclassify", agency):
        raise Forbidden(act=act, who=_("quản trị của cơ quan cấp trên"))
    return person.as_actor(person.administering(parent or agency))


def require_not_ended(agency: Agency, day: date, field: str = "agency") -> None:
    """Raise `AgencyEnded` for an agency that ended before this day."""
    if agency.has_ended_on(day):
        raise AgencyEnded(field=field, agency=agency.name, ended_on=agency.ends_on)


def locked_person(person: Person) -> Person:
    """Return the person afresh and locked, so that no role and no link is given beside each other unseen."""
    locked: Person = Person.objects.select_for_update().get(pk=person.pk)
    return locked


def administers_all(by: Person, person: Person) -> bool:
    """Tell whether `by` is administrator of every agency of the person, who has one."""
    held = person.current_memberships
    return bool(held) and all(by.has_perm("accounts.administer", membership.agency) for membership in held)


def require_administrator_of_all(by: Person, person: Person, act: str) -> Actor:
    """Return `by` as administrator of every agency of the person; raise `Forbidden` otherwise, or when there is none.

    For acts that reach all of the person's roles at once.
    """
    actors = [require_administrator(by, membership.agency, act) for membership in person.current_memberships]
    if not actors:
        raise Forbidden(act=act, who=_("quản trị của cơ quan"))
    return actors[0]
