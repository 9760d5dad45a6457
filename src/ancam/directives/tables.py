"""The lists of this room."""

from datetime import date
from typing import Any

import django_tables2
from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ancam.directives.models import Assignment, Document, Instrument
from ancam.directives.selectors import status_names
from ancam.directives.templatetags.directives import called, done_bar, state_of_assignment, time_left
from ancam.web import clock
from ancam.web.tables import Table


class DocumentTable(Table):
    """Letters, the newest first."""

    caption = _("Các văn bản chỉ đạo")
    empty = _("Không có văn bản nào khớp điều kiện lọc.")
    heading = "title"
    phone = ("state", "signed_on")

    title = django_tables2.Column(_("Văn bản"), empty_values=(), order_by=("number", "pk"))
    signed_on = django_tables2.Column(_("Ngày ban hành"), order_by=("signed_on", "pk"))
    holder = django_tables2.Column(_("Nơi giữ"), order_by=("holder__sort_key", "pk"))
    regime = django_tables2.Column(_("Khung"), empty_values=(), orderable=False)
    state = django_tables2.Column(_("Trạng thái"))
    done = django_tables2.Column(_("Hoàn thành (theo khai báo)"), orderable=False, attrs={"cell": {"class": "number"}})

    def render_title(self, record: Document) -> str:
        link = format_html('<a href="{}">{}</a>', reverse("document", args=[record.pk]), record.title)
        return format_html('{}<div class="quiet row-note">{}</div>', link, record.subject) if record.subject else link

    def value_title(self, record: Document) -> str:
        return f"{record.title} {record.subject}".strip()

    def render_signed_on(self, record: Document) -> str:
        return record.signed_in_words

    def render_regime(self, record: Document) -> str:
        return record.regime.code.removeprefix("R") if record.regime else _now("Chưa chọn")

    def render_done(self, record: Any) -> str:
        return f"{record.done}/{record.given}" if record.given else _now("Chưa giao")


class AssignmentTable(Table):
    """Assignments, the first due first."""

    caption = _("Các phân công")
    empty = _("Không có phân công nào khớp điều kiện lọc.")
    heading = "obligation"
    phone = ("agency", "due_on", "state")

    obligation = django_tables2.Column(_("Nhiệm vụ"), order_by=("obligation__position", "pk"))
    document = django_tables2.Column(_("Văn bản"), accessor="obligation__document", orderable=False)
    agency = django_tables2.Column(_("Cơ quan"), order_by=("agency__sort_key", "pk"))
    part = django_tables2.Column(_("Vai trò"))
    due_on = django_tables2.Column(_("Hạn"), empty_values=(), order_by=("due_on", "pk"))
    state = django_tables2.Column(_("Tình trạng (theo khai báo)"))
    percentage = django_tables2.Column(_("Tỷ lệ"))

    @property
    def today(self) -> date:
        """Return the day from which time left is counted."""
        return clock.today()

    def render_obligation(self, record: Assignment) -> str:
        obligation = record.obligation
        link = format_html('<a href="{}">{}</a>', reverse("assignment", args=[record.pk]), called(obligation))
        return format_html('{}<div class="row-note">{}</div>', link, obligation.action)

    def value_obligation(self, record: Assignment) -> str:
        return f"{called(record.obligation)}: {record.obligation.action}"

    def render_agency(self, record: Assignment) -> str:
        return record.named_agency

    def render_document(self, record: Assignment) -> str:
        document = record.obligation.document
        return format_html(
            '<a href="{}">{}</a>', reverse("document", args=[document.pk]), document.full_number or document.title
        )

    def value_document(self, record: Assignment) -> str:
        return record.obligation.document.title

    def render_due_on(self, record: Assignment) -> str:
        if record.due_on is None:
            return record.obligation.relative_text or _now("Không ghi ngày")
        left = "" if record.state == "accepted" else time_left(record.due_on, self.today)
        return format_html("{} {}", f"{record.due_on:%d/%m/%Y}", left)

    def value_due_on(self, record: Assignment) -> str:
        return f"{record.due_on:%d/%m/%Y}" if record.due_on else record.obligation.relative_text

    def order_due_on(self, queryset: Any, is_descending: bool) -> tuple[Any, bool]:
        due = F("due_on")
        return queryset.order_by(due.desc(nulls_last=True) if is_descending else due.asc(nulls_last=True), "pk"), True

    def render_state(self, record: Assignment) -> str:
        return state_of_assignment(record, self.today)

    def value_state(self, record: Assignment) -> str:
        return record.get_state_display()

    def render_percentage(self, value: int) -> str:
        return done_bar(value)

    def value_percentage(self, value: int) -> int:
        return value


class LetterAssignmentTable(AssignmentTable):
    """Assignments of one letter."""

    document = None
    caption = _("Các phân công của văn bản")
    empty = _("Chưa có phân công nào.")


class InstrumentTable(Table):
    """Instruments, the newest first."""

    caption = _("Các văn bản pháp luật")
    empty = _("Không có văn bản nào khớp điều kiện lọc.")
    heading = "number"
    phone = ("title", "status")

    number = django_tables2.Column(_("Số hiệu"), empty_values=())
    title = django_tables2.Column(_("Tên"), orderable=False)
    issued_on = django_tables2.Column(_("Ban hành"))
    in_force_from = django_tables2.Column(_("Hiệu lực từ"))
    in_force_to = django_tables2.Column(_("Đến"))
    status = django_tables2.Column(_("Tình trạng"), orderable=False)

    def render_number(self, record: Instrument) -> str:
        words = record.number or record.code
        return format_html('<a href="{}">{}</a>', reverse("instrument", args=[record.code]), words)

    def value_number(self, record: Instrument) -> str:
        return record.number or record.code

    def render_status(self, value: str) -> str:
        return status_names().get(value, value)
