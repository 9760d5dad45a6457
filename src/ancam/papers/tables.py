"""The lists of this room."""

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ancam.papers.models import Paper, RegisterEntry
from ancam.web.tables import Table


class PaperTable(Table):
    """Papers, those without a number first, then the newest."""

    caption = _("Văn bản phát hành")
    empty = _("Không có văn bản nào khớp điều kiện lọc.")
    heading = "full_number"
    phone = ("title", "state", "issued_on")

    full_number = django_tables2.Column(_("Số, ký hiệu"), order_by=("symbol", "number", "pk"))
    issued_on = django_tables2.Column(_("Ngày ban hành"), order_by=("issued_on", "pk"), default="")
    title = django_tables2.Column(_("Trích yếu"), orderable=False)
    state = django_tables2.Column(_("Trạng thái"), order_by=("state", "pk"))
    agency = django_tables2.Column(_("Cơ quan ban hành"), order_by=("agency__sort_key", "pk"))

    def render_full_number(self, record: Paper) -> str:
        return format_html('<a href="{}">{}</a>', reverse("paper", args=[record.pk]), record.full_number)

    def value_full_number(self, record: Paper) -> str:
        return record.full_number


class RegisterTable(Table):
    """Lines of registers, the highest number of the newest year first."""

    caption = _("Sổ văn bản đi")
    empty = _("Chưa có số nào trong sổ khớp điều kiện lọc.")
    heading = "full_number"
    phone = ("dated_on", "what")

    full_number = django_tables2.Column(_("Số, ký hiệu"), order_by=("year", "symbol", "number"))
    dated_on = django_tables2.Column(_("Ngày"), order_by=("dated_on", "pk"), default="")
    year = django_tables2.Column(_("Năm"), order_by=("year", "symbol", "number"))
    what = django_tables2.Column(_("Văn bản hoặc lý do"), empty_values=(), orderable=False)
    entered_by = django_tables2.Column(_("Người ghi"), orderable=False)
    agency = django_tables2.Column(_("Cơ quan"), order_by=("agency__sort_key", "pk"))

    def render_year(self, value: int) -> str:
        return str(value)

    def render_full_number(self, record: RegisterEntry) -> str:
        if record.paper_id:
            return format_html('<a href="{}">{}</a>', reverse("paper", args=[record.paper_id]), record.full_number)
        return format_html('<a href="{}">{}</a>', reverse("register_release", args=[record.pk]), record.full_number)

    def value_full_number(self, record: RegisterEntry) -> str:
        return record.full_number

    def render_what(self, record: RegisterEntry) -> str:
        return record.paper.title if record.paper else record.reason

    def value_what(self, record: RegisterEntry) -> str:
        return self.render_what(record)
