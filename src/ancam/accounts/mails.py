"""Mails of this room, in the language of who reads them."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ancam.accounts.models import Person
from ancam.accounts.services import RESET_LIVES


def send_reset_mail(person: Person, token: str, address: str) -> None:
    """Send the link for a new password. Raises `OSError` when the mail server does not take it."""
    with translation.override(person.language):
        link = address.rstrip("/") + reverse("password_reset", args=[token])
        values = {"person": person, "link": link, "minutes": int(RESET_LIVES.total_seconds() // 60)}
        words = render_to_string("accounts/mail/password_reset.txt", values)
        send_mail(_("Đặt lại mật khẩu AnCam"), words, None, [person.email])
