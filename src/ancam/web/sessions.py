"""Sessions that have ended are forgotten."""

from django.contrib.sessions.models import Session

from ancam.web import clock


def forget_ended_sessions() -> int:
    """Delete the sessions whose time is over; return how many."""
    deleted, _ = Session.objects.filter(expire_date__lt=clock.now()).delete()
    return int(deleted)
