"""Signing in by another house: who of ours its person is, bound once, and unbound by themselves or for them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts import selectors
from ancam.accounts.errors import LastWayIn, NobodyOfOurs, NothingToUnbind
from ancam.accounts.models import ExternalIdentity, Person
from ancam.accounts.selectors.security import KEY
from ancam.accounts.services.devices import end_devices
from ancam.accounts.services.guards import locked_person, require_administrator_of_all
from ancam.audit.services import Action, record

BIND_IDENTITY = Action("accounts.bind_identity", "Gắn tài khoản đăng nhập một lần")
UNBIND_IDENTITY = Action("accounts.unbind_identity", "Bỏ gắn tài khoản đăng nhập một lần")
CLEAR_IDENTITIES = Action("accounts.clear_identities", "Bỏ gắn tài khoản đăng nhập một lần của người dùng")


@transaction.atomic
def person_of_identity(*, issuer: str, subject: str, email: str, at: datetime) -> Person:
    """Return who of ours this is: whom the subject was bound to, else the active person of the verified e-mail.

    The second is bound by it from then on, whatever becomes of the e-mail. Nobody is added. Raises `NobodyOfOurs`,
    also when the person of the e-mail is bound to another subject there: an address may be given to a successor.
    """
    bound = ExternalIdentity.objects.select_related("person").filter(issuer=issuer, subject=subject).first()
    if bound is not None:
        return bound.person
    found = Person.objects.filter(email=Person.objects.normalize_email(email), is_active=True).first()
    if found is None:
        raise NobodyOfOurs()
    person = locked_person(found)
    if person.external_identities.filter(issuer=issuer).exists():
        raise NobodyOfOurs()
    ExternalIdentity.objects.create(person=person, issuer=issuer, subject=subject, bound_at=at)
    change = {"issuer": issuer}
    record(by=person.as_actor(), action=BIND_IDENTITY, subject=person.as_subject(), change=change, at=at)
    return person


@transaction.atomic
def unbind_identity(*, identity: ExternalIdentity, at: datetime) -> None:
    """Forget as whom another house knows a person. Raises `LastWayIn` when they could not sign in without it."""
    person = locked_person(identity.person)
    if not person.has_usable_password() and not selectors.second_factors(person).filter(type=KEY).exists():
        raise LastWayIn()
    change = {"issuer": identity.issuer}
    identity.delete()
    record(by=person.as_actor(), action=UNBIND_IDENTITY, subject=person.as_subject(), change=change, at=at)


@transaction.atomic
def clear_identities(*, person: Person, by: Person, at: datetime) -> None:
    """Forget as whom other houses know a person, and end their sessions: one may be of whoever was bound by mistake.

    Only who administers every agency of the person may. Raises `Forbidden`, or `NothingToUnbind`.
    """
    person = locked_person(person)
    actor = require_administrator_of_all(by, person, _("bỏ gắn tài khoản đăng nhập một lần"))
    issuers = list(person.external_identities.order_by("issuer").values_list("issuer", flat=True))
    if not issuers:
        raise NothingToUnbind(person=person.full_name)
    person.external_identities.all().delete()
    change = {"issuers": issuers, "sessions_ended": end_devices(person.devices.all())}
    record(by=actor, action=CLEAR_IDENTITIES, subject=person.as_subject(), change=change, at=at)
