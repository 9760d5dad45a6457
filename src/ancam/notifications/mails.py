"""The mail that carries notices, in the language of who reads it."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext

from ancam.notifications.models import Mail
from ancam.web.addresses import public_address


def send_notices(mail: Mail) -> None:
    """Send the notices of a mail to its person; every time under the same Message-ID.

    Raises `OSError` when the mail server does not take it.
    """
    notices = list(mail.notices.order_by("made_at", "pk"))
    if not notices:
        return
    with translation.override(mail.person.language):
        count = len(notices)
        title = notices[0].title if count == 1 else ngettext("%(n)d thông báo", "%(n)d thông báo", count) % {"n": count}
        rows = [(notice, public_address(notice.address)) for notice in notices]
        values = {"person": mail.person, "rows": rows, "settings": public_address("/ho-so/thong-bao/")}
        words = render_to_string("notifications/mail/notices.txt", values)
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
        headers = {"Message-ID": f"<ancam-{mail.pk}-{mail.made_at:%Y%m%d%H%M%S}@{host}>"}
        EmailMessage(title, words, None, [mail.person.email], headers=headers).send()
