"""Whether a person can sign in, and whether who never could has a link to begin with: in words, and as a condition."""

from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ancam.accounts.models import Person

# `invited` is every one of those who have set no password; a person is in one of the others.
STATES = {
    "active": _("Đang dùng"),
    "invited": _("Chờ đặt mật khẩu"),
    "link_waiting": _("Chờ đặt mật khẩu, đường dẫn còn hạn"),
    "link_over": _("Chờ đặt mật khẩu, không còn đường dẫn"),
    "stopped": _("Đã ngừng"),
}

_ACTIVE = Q(is_active=True)
_INVITED = _ACTIVE & Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def state_of(person: Person, at: datetime) -> Any:
    """Return in words the state of a person at this instant."""
    if not person.is_active:
        return STATES["stopped"]
    if person.has_usable_password():
        return STATES["active"]
    return STATES["link_waiting" if person.live_link(at) else "link_over"]


def in_state(state: str, at: datetime) -> Q:
    """Return the condition that a person is in this state at this instant."""
    link_waits = Q(one_time_link__expires_at__gt=at)
    conditions = {
        "active": _ACTIVE & ~_INVITED,
        "invited": _INVITED,
        "link_waiting": _INVITED & link_waits,
        "link_over": _INVITED & ~link_waits,
        "stopped": ~_ACTIVE,
    }
    return conditions[state]
