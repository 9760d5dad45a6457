"""The lists of this room."""

from datetime import date, datetime
from typing import Any

import django_tables2
from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ancam.directives.example_words import value_in_words
from ancam.directives.models import Document, DuePeriod, Instrument, Obligation, ReadingExample
from ancam.directives.selectors import status_names
from ancam.directives.templatetags.directives import called, done_bar, state_of_period, time_left
from ancam.web import clock
from ancam.web.clock import VIETNAM
from ancam.web.tables import Table

SHOWN_WORDS = 20


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


class PeriodTable(Table):
    """Periods of assignments, the first due first."""

    caption = _("Các phân công")
    empty = _("Không có phân công nào khớp điều kiện lọc.")
    heading = "obligation"
    phone = ("agency", "due_on", "state")

    obligation = django_tables2.Column(
        _("Nhiệm vụ"), accessor="assignment__obligation", order_by=("assignment__obligation__position", "pk")
    )
    document = django_tables2.Column(_("Văn bản"), accessor="assignment__obligation__document", orderable=False)
    agency = django_tables2.Column(
        _("Cơ quan"), accessor="assignment__agency", order_by=("assignment__agency__sort_key", "pk")
    )
    part = django_tables2.Column(_("Vai trò"), accessor="assignment__part")
    label = django_tables2.Column(_("Kỳ"), order_by=("begins_on", "code", "pk"), default="")
    due_on = django_tables2.Column(_("Hạn"), empty_values=(), order_by=("due_on", "pk"))
    state = django_tables2.Column(_("Tình trạng (theo khai báo)"))
    percentage = django_tables2.Column(_("Tỷ lệ"))

    @property
    def today(self) -> date:
        """Return the day from which time left is counted."""
        return clock.today()

    def render_obligation(self, record: DuePeriod, value: Obligation) -> str:
        link = format_html('<a href="{}">{}</a>', reverse("period", args=[record.pk]), called(value))
        return format_html('{}<div class="row-note">{}</div>', link, value.action)

    def value_obligation(self, value: Obligation) -> str:
        return f"{called(value)}: {value.action}"

    def render_agency(self, record: DuePeriod) -> str:
        return record.assignment.named_agency

    def render_document(self, value: Document) -> str:
        return format_html('<a href="{}">{}</a>', reverse("document", args=[value.pk]), value.short_title)

    def value_document(self, value: Document) -> str:
        return value.title

    def render_due_on(self, record: DuePeriod) -> str:
        if record.due_on is None:
            return record.assignment.obligation.relative_text or _now("Không ghi ngày")
        left = "" if record.state == "accepted" else time_left(record.due_on, self.today)
        return format_html("{} {}", f"{record.due_on:%d/%m/%Y}", left)

    def value_due_on(self, record: DuePeriod) -> str:
        return f"{record.due_on:%d/%m/%Y}" if record.due_on else record.assignment.obligation.relative_text

    def order_due_on(self, queryset: Any, is_descending: bool) -> tuple[Any, bool]:
        due = F("due_on")
        return queryset.order_by(due.desc(nulls_last=True) if is_descending else due.asc(nulls_last=True), "pk"), True

    def render_state(self, record: DuePeriod) -> str:
        return state_of_period(record, self.today)

    def value_state(self, record: DuePeriod) -> str:
        return record.get_state_display()

    def render_percentage(self, value: int) -> str:
        return done_bar(value)

    def value_percentage(self, value: int) -> int:
        return value


class LetterPeriodTable(PeriodTable):
    """Periods of the assignments of one letter."""

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


class ExampleTable(Table):
    """Labelled examples, the newest first."""

    caption = _("Các ví dụ đọc văn bản đã gắn nhãn")
    empty = _("Không có ví dụ nào khớp điều kiện lọc.")
    heading = "passage"
    phone = ("field", "verdict", "said")

    passage = django_tables2.Column(_("Lời văn"), orderable=False)
    field = django_tables2.Column(_("Trường"), order_by=("field", "pk"))
    verdict = django_tables2.Column(_("Kết quả"), order_by=("verdict", "pk"))
    read = django_tables2.Column(_("Máy đọc"), orderable=False, empty_values=())
    said = django_tables2.Column(_("Người xác định"), orderable=False, empty_values=())
    reasons = django_tables2.Column(_("Vì sao chưa chắc"), orderable=False, empty_values=())
    confidence = django_tables2.Column(
        _("Chắc chắn"), order_by=("confidence", "pk"), attrs={"cell": {"class": "number"}}
    )
    # On the page the letter stands below the words; a file has it in a column of its own.
    document = django_tables2.Column(
        _("Văn bản"), accessor="obligation__document", orderable=False, attrs={"cell": {"class": "d-none"}}
    )
    at = django_tables2.Column(_("Ngày"), order_by=("at", "pk"))

    def render_passage(self, record: ReadingExample) -> str:
        where = f"{reverse('obligation', args=[record.obligation_id])}"
        words = Truncator(record.passage).words(SHOWN_WORDS)
        letter = record.obligation.document
        return format_html(
            '<a href="{}">{}: {}</a><div class="quiet row-note"><a href="{}">{}</a></div>',
            where,
            called(record.obligation),
            words,
            reverse("document", args=[letter.pk]),
            letter.short_title,
        )

    def value_passage(self, value: str) -> str:
        return value

    def render_read(self, record: ReadingExample) -> str:
        return value_in_words(record.field, record.read)

    def render_said(self, record: ReadingExample) -> str:
        return value_in_words(record.field, record.said)

    def render_reasons(self, record: ReadingExample) -> str:
        return "; ".join(record.reasons)

    def render_confidence(self, value: float) -> str:
        return f"{round(value * 100)}%"

    def value_document(self, value: Document) -> str:
        return value.title

    def render_at(self, value: datetime) -> str:
        return f"{value.astimezone(VIETNAM):%d/%m/%Y}"
