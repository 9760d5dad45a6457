"""What this room does by itself."""

from django.conf import settings

from ancam.notifications import services
from ancam.web import clock


def send_mails() -> None:
    """Make the mails that are due and send those that wait; without a mail server, notices stay in the system."""
    now = clock.now()
    services.forget_old(now)
    if settings.SENDS_MAIL:
        services.make_mails(now)
        services.send_waiting(now)
