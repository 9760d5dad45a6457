"""Changes of e-mail that wait to be confirmed."""

from datetime import datetime

from ancam.accounts.models import EmailChange, Person
from ancam.accounts.tokens import token_digest


def waiting_email(person: Person, at: datetime) -> EmailChange | None:
    """Return the person's change of e-mail that can still be confirmed, with who asked, or None. One query."""
    waiting = EmailChange.objects.waiting(at).filter(person=person)
    return waiting.select_related("asked_by").first()


def email_change_of(token: str, at: datetime) -> EmailChange | None:
    """Return the change that this token confirms now, of someone whose account is not stopped. One query."""
    waiting = EmailChange.objects.waiting(at).filter(digest=token_digest(token), person__is_active=True)
    return waiting.select_related("person").first()
