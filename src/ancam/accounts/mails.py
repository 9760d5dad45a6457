"""Mails of this room, in the language of who reads them."""

from datetime import timedelta

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancam.accounts.models import EmailChange, Person
from ancam.accounts.services import EMAIL_CHANGE_LIVES, LINK_LIVES, RESET_LIVES
from ancam.web.addresses import public_address


def send_reset_mail(person: Person, token: str) -> None:
    """Send the link for a new password. Raises `OSError` when the mail server does not take it."""
    values = {
        "link": public_address(reverse("password_reset", args=[token])),
        "minutes": RESET_LIVES // timedelta(minutes=1),
    }
    _send(person, person.email, _("Đặt lại mật khẩu AnCam"), "password_reset", values)


def send_link(person: Person, token: str) -> None:
    """Send the one-time link with which a person sets a password. Raises `OSError` as above."""
    values = {"link": public_address(reverse("welcome", args=[token])), "days": LINK_LIVES.days}
    _send(person, person.email, _("Đặt mật khẩu đăng nhập AnCam"), "one_time_link", values)


def send_email_change(change: EmailChange, token: str) -> None:
    """Send the new address the link that confirms it. Raises `OSError` as above."""
    link = public_address(reverse("email_confirm", args=[token]))
    values = {"change": change, "link": link, "hours": EMAIL_CHANGE_LIVES // timedelta(hours=1)}
    _send(change.person, change.new_email, _("Xác nhận thư điện tử đăng nhập AnCam"), "email_change", values)


def send_email_change_notice(change: EmailChange) -> None:
    """Tell the old address of the change, and how to object. Raises `OSError` as above."""
    values = {
        "change": change,
        "profile": public_address(reverse("profile")),
        "hours": EMAIL_CHANGE_LIVES // timedelta(hours=1),
    }
    _send(change.person, change.old_email, _("Đổi thư điện tử đăng nhập AnCam"), "email_change_notice", values)


def _send(person: Person, to: str, title: Promise, template: str, values: dict[str, object]) -> None:
    with translation.override(person.language):
        words = render_to_string(f"accounts/mail/{template}.txt", {"person": person, **values})
        send_mail(str(title), words, None, [to])
