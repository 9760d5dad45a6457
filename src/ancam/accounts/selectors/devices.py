"""Where a person is signed in, and who holds a link for a new password."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from ancam.accounts.device_words import words_for
from ancam.accounts.models import Device, PasswordReset, Person
from ancam.accounts.tokens import token_digest


def live_devices(person: Person, at: datetime) -> QuerySet[Any]:
    """Return the person's own devices whose session lives, the one used last first."""
    live = Session.objects.filter(expire_date__gt=at).values("session_key")
    devices: QuerySet[Any] = Device.objects.filter(person=person, session_key__in=live)
    return devices.order_by("-seen_at", "-pk")


def devices_in_words(person: Person, this: str, at: datetime) -> list[dict[str, Any]]:
    """Return the devices as their owner knows them; `is_this` marks the one whose session key is `this`. One query."""
    return [
        {"device": one, "words": words_for(one.agent), "is_this": one.session_key == this}
        for one in live_devices(person, at)[:50]
    ]


def reset_holder(token: str, at: datetime) -> Person | None:
    """Return who may set a new password with this token now; None when nobody. One query."""
    links = PasswordReset.objects.select_related("person").filter(digest=token_digest(token), expires_at__gt=at)
    found = links.filter(person__is_active=True).first()
    return found.person if found else None
