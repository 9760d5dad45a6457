"""Where a person is signed in: seen, and ended."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from ancam.accounts.device_words import words_for
from ancam.accounts.models import Device, Person
from ancam.audit.services import Action, record

END_DEVICE = Action("accounts.end_device", "Kết thúc phiên trên thiết bị")
END_OTHER_DEVICES = Action("accounts.end_other_devices", "Kết thúc phiên trên các thiết bị khác")


@transaction.atomic
def end_device(*, device: Device, by: Person, at: datetime) -> None:
    """Sign the person out of this browser. For one's own devices only: the caller has limited them to `by`."""
    change = {"device": words_for(device.agent)}
    end_devices(Device.objects.filter(pk=device.pk))
    record(by=by.as_actor(), action=END_DEVICE, subject=by.as_subject(), change=change, at=at)


@transaction.atomic
def end_other_devices(*, person: Person, kept: str, at: datetime) -> int:
    """Sign the person out everywhere but in the session `kept`; return of how many browsers. No line when of none."""
    ended = end_devices(person.devices.exclude(session_key=kept))
    if ended:
        change = {"sessions_ended": ended}
        record(by=person.as_actor(), action=END_OTHER_DEVICES, subject=person.as_subject(), change=change, at=at)
    return ended


def end_devices(devices: QuerySet[Any]) -> int:
    """Delete these devices with their sessions, and return how many sessions were live until now."""
    ended, _ = Session.objects.filter(pk__in=list(devices.values_list("session_key", flat=True))).delete()
    devices.delete()
    return ended
