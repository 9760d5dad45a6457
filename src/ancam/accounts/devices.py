"""Keeps the list of where people are signed in, as they sign in, go on and sign out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from ancam.accounts.models import Device, Person
from ancam.web import clock
from ancam.web.addresses import client_address

SEEN_EVERY = timedelta(minutes=5)
# What the session remembers of its device: the key under which it was noted, and when.
NOTED = "device"


class DeviceMiddleware:
    """Note where a person is signed in: at most every five minutes, and when the session's key has changed.

    No query in between. A session that began before there were devices is noted when it is next used.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Person):
            noted = request.session.get(NOTED, {})
            is_fresh = clock.now().timestamp() - noted.get("at", 0) < SEEN_EVERY.total_seconds()
            if not is_fresh or noted.get("key") != request.session.session_key:
                note_device(request, request.user)
        return self.get_response(request)


def note_device(request: HttpRequest, person: Person) -> None:
    """Write down that the person uses this browser now, in place of what was written of it before."""
    at, key = clock.now(), request.session.session_key
    if not key:
        return
    before = request.session.get(NOTED, {}).get("key", key)
    seen = {"agent": request.META.get("HTTP_USER_AGENT", "")[:300], "address": client_address(request), "seen_at": at}
    known = Device.objects.filter(person=person, session_key__in={before, key}).order_by("-seen_at").first()
    if known is None:
        Device.objects.create(person=person, session_key=key, signed_in_at=at, **seen)
    else:
        Device.objects.filter(pk=known.pk).update(session_key=key, **seen)
    request.session[NOTED] = {"key": key, "at": at.timestamp()}


@receiver(user_logged_in)
def on_sign_in(sender: object, request: HttpRequest, user: Person, **kwargs: Any) -> None:
    request.session.pop(NOTED, None)
    note_device(request, user)


@receiver(user_logged_out)
def on_sign_out(sender: object, request: HttpRequest, user: Person | None, **kwargs: Any) -> None:
    if request.session.session_key:
        Device.objects.filter(session_key=request.session.session_key).delete()
