"""The mail server of a test: there, or away; and the link in what it was sent."""

import re
import smtplib

from django.core import mail

SERVER_THERE = "django.core.mail.backends.locmem.EmailBackend"
SERVER_AWAY = f"{__name__}.MailServerAway"


class MailServerAway:
    """A mail backend whose server does not answer."""

    def __init__(self, **kwargs: object) -> None:
        pass

    def send_messages(self, messages: list[object]) -> int:
        raise smtplib.SMTPServerDisconnected("nobody there")


def link_in(message: mail.EmailMessage) -> str:
    """Return the path of the first link in a mail, wherever the instance is."""
    found = re.search(r"https?://[^/\s]+(/\S+)", str(message.body))
    assert found
    return found.group(1)


def link_in_mail() -> str:
    """Return the path of the link in the newest mail."""
    return link_in(mail.outbox[-1])
