"""The list of notices."""

import django_tables2
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ancam.notifications.models import Notice
from ancam.web.clock import VIETNAM
from ancam.web.tables import Table


class NoticeTable(Table):
    """What the person was told, newest first; what is unread stands out and can be marked as read from its row."""

    caption = _("Thông báo")
    empty = _("Không có thông báo nào khớp điều kiện lọc.")
    heading = "title"
    phone = ("made_at", "state")

    title = django_tables2.Column(_("Thông báo"), orderable=False)
    kind = django_tables2.Column(_("Loại"), order_by=("kind", "-made_at", "-pk"))
    made_at = django_tables2.Column(_("Lúc"), order_by=("made_at", "pk"))
    state = django_tables2.Column(_("Tình trạng"), empty_values=(), orderable=False)

    def render_title(self, record: Notice) -> str:
        title = record.title if record.read_at else format_html("<strong>{}</strong>", record.title)
        text = format_html('<div class="notice-text">{}</div>', record.text) if record.text else ""
        return format_html('<a href="{}">{}</a>{}', reverse("notice", args=[record.pk]), title, text)

    def value_title(self, record: Notice) -> str:
        return f"{record.title}: {record.text}" if record.text else record.title

    def render_made_at(self, record: Notice) -> str:
        return f"{record.made_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"

    def render_state(self, record: Notice) -> str:
        if record.read_at:
            return _now("Đã đọc")
        return format_html(
            '{} <form class="notice-act" method="post" action="{}?{}">'
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
            '<button class="btn" type="submit" aria-label="{}">{}</button></form>',
            _now("Chưa đọc"),
            reverse("notice_read", args=[record.pk]),
            self.request.GET.urlencode(),
            get_token(self.request),
            _now("Đánh dấu đã đọc: %(title)s") % {"title": record.title},
            _now("Đánh dấu đã đọc"),
        )

    def value_state(self, record: Notice) -> str:
        return _now("Đã đọc") if record.read_at else _now("Chưa đọc")
