"""The list of papers."""

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ancam.papers.models import Paper
from ancam.web.tables import Table


class PaperTable(Table):
    """Issued papers, newest first."""

    caption = _("Văn bản phát hành")
    empty = _("Chưa có văn bản phát hành nào khớp điều kiện lọc.")
    heading = "full_number"
    phone = ("title", "issued_on")

    full_number = django_tables2.Column(_("Số, ký hiệu"), order_by=("symbol", "number", "pk"))
    issued_on = django_tables2.Column(_("Ngày ban hành"), order_by=("issued_on", "pk"))
    title = django_tables2.Column(_("Trích yếu"), orderable=False)
    agency = django_tables2.Column(_("Cơ quan ban hành"), order_by=("agency__sort_key", "pk"))

    def render_full_number(self, record: Paper) -> str:
        return format_html('<a href="{}">{}</a>', reverse("paper", args=[record.pk]), record.full_number)

    def value_full_number(self, record: Paper) -> str:
        return record.full_number
