"""The mail that carries notices, in the language of who reads it."""

from datetime import date
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ancam.notifications.models import Mail, Notice, NoticeKind
from ancam.reference.working_days import public_calendar
from ancam.web.addresses import public_address
from ancam.web.clock import VIETNAM, day_of

MOST_SHOWN = 100
_ORDER = [
    NoticeKind.ESCALATION,
    NoticeKind.LATE,
    NoticeKind.REMINDER,
    NoticeKind.WAITING,
    NoticeKind.ANSWERED,
    NoticeKind.ASSIGNED,
]


def send_notices(mail: Mail, connection: BaseEmailBackend) -> None:
    """Send the notices of a mail to its person, the first hundred with their words; always under one Message-ID.

    Raises `OSError` when the mail server does not take it.
    """
    with translation.override(mail.person.language):
        found = sorted(mail.notices.order_by("made_at", "pk"), key=lambda notice: _ORDER.index(notice.kind))
        values = {
            "person": mail.person,
            "groups": _groups(found[:MOST_SHOWN], day_of(mail.made_at)),
            "more": len(found) - MOST_SHOWN,
            "is_uncertain": public_calendar().certainty(day_of(mail.made_at)) != "official",
            "list": public_address(reverse("notices")),
            "preferences": public_address(reverse("notification_preferences")),
        }
        words = render_to_string("notifications/mail/notices.txt", values)
        title = _title(found, mail)
    # The same at each attempt: by it mail systems know a repetition.
    headers = {"Message-ID": f"<ancam-{mail.pk}-{mail.made_at:%Y%m%d%H%M%S}@{_domain()}>"}
    EmailMessage(title, words, None, [mail.person.email], headers=headers, connection=connection).send()


def _groups(notices: list[Notice], on: date) -> list[tuple[str, list[tuple[Notice, date | None, str]]]]:
    by_kind = groupby(notices, key=lambda notice: notice.kind)
    return [(str(NoticeKind(kind).label), [_row(one, on) for one in rows]) for kind, rows in by_kind]


def _row(notice: Notice, on: date) -> tuple[Notice, date | None, str]:
    """Return a notice, the day of its words where they are of another than the mail's, and its address."""
    day = day_of(notice.made_at)
    return notice, day if day != on else None, public_address(notice.address)


def _title(notices: list[Notice], mail: Mail) -> str:
    if len(notices) == 1:
        return _("AnCam: %(title)s") % {"title": notices[0].title}
    day = f"{mail.made_at.astimezone(VIETNAM):%d/%m/%Y}"
    return _("AnCam: %(n)d thông báo ngày %(day)s") % {"n": len(notices), "day": day}


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"
