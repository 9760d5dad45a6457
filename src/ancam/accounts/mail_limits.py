"""How many mails signed-in people may have sent to one person."""

from datetime import datetime

from django.conf import settings

from ancam.accounts.models import Person
from ancam.web.rate_limits import Limit, count


def count_mail(person: Person, at: datetime) -> None:
    """Count one more mail to this person. Raises `TooOften`: nobody's mailbox is filled from our pages."""
    count(Limit("mail", *settings.RATE_LIMITS["mail"]), f"person {person.pk}", at)
