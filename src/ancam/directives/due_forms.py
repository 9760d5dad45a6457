"""What people enter of when a duty is due: its schedule, its event, more time, and what was done before."""

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ancam.accounts.forms import NOT_OFFERED
from ancam.directives.due_rules import due_day
from ancam.directives.due_words import read_due_day, write_due_day
from ancam.directives.forms import RowsField
from ancam.directives.models import Assignment, Document, DuePeriod, Obligation
from ancam.directives.models.schedule import LONGEST_INTERVAL_MONTHS
from ancam.directives.services import DoneBefore, EventFacts, ScheduleFacts
from ancam.directives.services.due import schedule_by_letter
from ancam.web.days import DayField
from ancam.web.forms import NeededField
from ancam.web.pickers import PickerField

OTHER = "other"
INTERVALS = [
    ("", _("Một lần")),
    ("1", _("Hằng tháng")),
    ("3", _("Hằng quý")),
    ("6", _("6 tháng một lần")),
    ("12", _("Hằng năm")),
    (OTHER, _("Số tháng khác")),
]


class DocumentChoice(PickerField):
    """A letter, found by its number, its subject or its issuer."""

    def note_of(self, row: Document) -> str:
        """Return the beginning of its subject."""
        return row.subject[:120]


class ScheduleForm(forms.Form):
    """How often a duty returns, from when, and by which days."""

    every = forms.ChoiceField(label=_("Lặp lại"), choices=INTERVALS, required=False, error_messages=NOT_OFFERED)
    other_months = forms.IntegerField(
        label=_("Số tháng giữa hai kỳ"),
        required=False,
        widget=forms.NumberInput(attrs={"min": 1, "max": LONGEST_INTERVAL_MONTHS, "inputmode": "numeric"}),
        help_text=_("Chỉ ghi khi chọn “Số tháng khác”."),
        error_messages={"invalid": _("Số tháng là số nguyên.")},
    )
    due_days = forms.CharField(
        label=_("Hạn trong kỳ"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Mỗi dòng một hạn. Một lần: trước 20/12/2026. Hằng tháng: trước 25. Hằng năm: trước 22/3. "
            "Kỳ khác: trước 20 tháng thứ 3. Để trống thì hạn là ngày cuối kỳ."
        ),
    )
    begins_on = DayField(
        label=_("Theo dõi từ ngày"),
        required=False,
        help_text=_("Để trống thì theo dõi từ ngày giao cho từng cơ quan; kỳ trước đó không mở."),
    )
    ends_on = DayField(label=_("Đến hết ngày"), required=False)
    later_document = DocumentChoice(
        Document.objects.none(),
        label=_("Theo văn bản sau"),
        required=False,
        empty_label=_("Không, hoặc chưa có trong hệ thống"),
        help_text=_("Khi một văn bản ban hành sau đổi hạn của văn bản này."),
        source="pick_document",
        error_messages=NOT_OFFERED,
    )
    ground = forms.CharField(
        label=_("Căn cứ khác"),
        required=False,
        help_text=_("Cần khi hạn khác với văn bản mà không chọn văn bản sau."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, later_documents: QuerySet[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(DocumentChoice, self.fields["later_document"]).queryset = later_documents

    def clean(self) -> dict[str, Any]:
        """Read the interval and the due days, each refused beside its field."""
        values = super().clean() or {}
        if values.get("every") == OTHER and "other_months" not in self.errors and not values.get("other_months"):
            self.add_error("other_months", _("Chưa ghi số tháng."))
        if self.errors:
            return values
        lines = [line for line in values["due_days"].splitlines() if line.strip()]
        read = [(line, read_due_day(line, self._every_months())) for line in lines]
        for line, due in read:
            if due is None:
                self.add_error("due_days", _("Chưa hiểu hạn “%(line)s”. Đề nghị ghi như ví dụ.") % {"line": line[:60]})
        self._due_days = tuple(due for _line, due in read if due is not None)
        return values

    def facts(self) -> ScheduleFacts:
        """Return what was entered."""
        values = self.cleaned_data
        return ScheduleFacts(
            self._every_months(),
            values["begins_on"],
            values["ends_on"],
            self._due_days,
            values["later_document"],
            values["ground"],
        )

    def _every_months(self) -> int | None:
        every: str = self.cleaned_data["every"]
        months: int | None = self.cleaned_data["other_months"] if every == OTHER else (int(every) if every else None)
        return months


def schedule_as_entered(obligation: Obligation) -> dict[str, Any]:
    """Return the schedule that holds today, as the form shows it: a person's, else the letter's."""
    said = getattr(obligation, "schedule", None)
    letter = schedule_by_letter(obligation, date.min)
    months = said.every_months if said else letter.every_months
    days = [due_day(values) for values in said.due_days] if said else letter.due_days
    known = not months or str(months) in dict(INTERVALS)
    return {
        "every": str(months or "") if known else OTHER,
        "other_months": None if known else months,
        "due_days": "\n".join(write_due_day(day, months) for day in days),
        "begins_on": said and said.begins_on,
        "ends_on": said and said.ends_on,
        "later_document": said and said.later_document_id,
        "ground": said.ground if said else "",
        "version": obligation.version,
    }


def schedule_in_words(obligation: Obligation) -> str:
    """Return the schedule that a person set, as `Hằng năm: trước 22/3; trước 20/9`; empty when the letter's holds."""
    said = getattr(obligation, "schedule", None)
    if said is None:
        return ""
    known = dict(INTERVALS).get(str(said.every_months or ""))
    every = str(known or _("%(n)d tháng một lần") % {"n": said.every_months})
    days = "; ".join(write_due_day(due_day(values), said.every_months) for values in said.due_days)
    return f"{every}: {days}" if days else every


class EventForm(forms.Form):
    """That the event has come from which the deadline runs."""

    assignment = forms.ModelChoiceField(
        Assignment.objects.none(),
        label=_("Cơ quan"),
        required=False,
        empty_label=_("Mọi cơ quan được giao nhiệm vụ này"),
    )
    happened_on = DayField(label=_("Ngày xảy ra"))
    days = forms.IntegerField(
        label=_("Số ngày kể từ sau ngày đó"),
        widget=forms.NumberInput(attrs={"min": 0, "inputmode": "numeric"}),
        error_messages={"required": _("Chưa ghi số ngày."), "invalid": _("Số ngày là số nguyên.")},
    )
    working_days = forms.BooleanField(label=_("Tính ngày làm việc"), required=False)
    ground = NeededField(label=_("Căn cứ"), help_text=_("Số, ký hiệu, ngày của văn bản cho biết sự kiện đã xảy ra."))

    def __init__(self, *args: Any, assignments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Assignment]", self.fields["assignment"])
        field.queryset = assignments
        field.label_from_instance = lambda one: one.named_agency  # type: ignore[method-assign, assignment]

    def facts(self) -> EventFacts:
        """Return what was entered."""
        values = self.cleaned_data
        return EventFacts(values["happened_on"], values["days"], values["working_days"], values["ground"])


class ExtensionForm(forms.Form):
    """More time, and why."""

    wanted_to = DayField(label=_("Đề nghị gia hạn đến ngày"))
    reason = NeededField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}))


class ExtensionAnswerForm(forms.Form):
    """The holder's answer to who asks for more time."""

    granted_to = DayField(label=_("Gia hạn đến ngày"), required=False)
    answer = forms.CharField(
        label=_("Ý kiến trả lời"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Không đồng ý thì ghi lý do."),
    )


class DoneBeforeForm(forms.Form):
    """Periods that were done before the system was there."""

    periods = RowsField(DuePeriod.objects.none(), required=False)
    whole = forms.BooleanField(required=False)
    done_on = DayField(label=_("Hoàn thành ngày"))
    ground = NeededField(label=_("Căn cứ"), help_text=_("Số, ký hiệu, ngày của văn bản chứng minh đã hoàn thành."))
    text = forms.CharField(label=_("Kết quả"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, periods: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelMultipleChoiceField[DuePeriod]", self.fields["periods"]).queryset = periods

    def clean(self) -> dict[str, Any]:
        """Ask for one period at least, or for all that are filtered."""
        values = super().clean() or {}
        if "periods" not in self.errors and not values.get("whole") and not values["periods"]:
            self.add_error("periods", _("Chưa chọn việc nào."))
        return values

    def facts(self) -> DoneBefore:
        """Return what was entered."""
        return DoneBefore(self.cleaned_data["done_on"], self.cleaned_data["ground"], self.cleaned_data["text"])
