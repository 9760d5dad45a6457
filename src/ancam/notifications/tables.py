"""The list of notices."""

import django_tables2
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ancam.notifications.models import Notice
from ancam.web.clock import VIETNAM
from ancam.web.tables import Table


class NoticeTable(Table):
    """What the person was told, newest first."""

    caption = _("Thông báo")
    empty = _("Không có thông báo nào khớp điều kiện lọc.")
    heading = "title"
    phone = ("made_at", "state")

    title = django_tables2.Column(_("Thông báo"), orderable=False)
    kind = django_tables2.Column(_("Loại"), orderable=False)
    made_at = django_tables2.Column(_("Lúc"), order_by=("made_at", "pk"))
    state = django_tables2.Column(_("Tình trạng"), empty_values=(), orderable=False)

    def render_title(self, record: Notice) -> str:
        return format_html(
            '<a href="{}">{}</a><div class="row-note">{}</div>', record.address, record.title, record.text
        )

    def value_title(self, record: Notice) -> str:
        return f"{record.title}: {record.text}" if record.text else record.title

    def render_made_at(self, record: Notice) -> str:
        return f"{record.made_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"

    def render_state(self, record: Notice) -> str:
        return _now("Đã đọc") if record.read_at else _now("Chưa đọc")
