"""What people enter in this room; bounds and meaning are checked by the services."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ancam.accounts.models import Agency, Person
from ancam.directives import selectors
from ancam.directives.cascade_reference import directive_code, directive_title
from ancam.directives.errors import PercentageRefused
from ancam.directives.figure_forms import add_answer_fields, answers_initial, read_answers
from ancam.directives.figure_rules import Figure
from ancam.directives.models import (
    Cadence,
    Document,
    DutyKind,
    ExampleField,
    Obligation,
    Operator,
    ProgressReport,
    Regime,
)
from ancam.directives.services import ObligationFacts, Particulars, ProgressFacts, ReportFacts
from ancam.directives.services.progress import MEDIA_TYPES
from ancam.kit.bounds import size_in_words
from ancam.kit.whole_numbers import is_key
from ancam.web.days import DayField
from ancam.web.forms import NeededField


class MultipleFileInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of uploads, possibly empty."""

    def __init__(self, **options: Any) -> None:
        attrs = {"accept": ",".join(MEDIA_TYPES)}
        super().__init__(widget=MultipleFileInput(attrs=attrs), required=False, allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return every upload as it came; the service looks into them."""
        return [super(FilesField, self).clean(one, initial) for one in data or [] if one]


class UploadForm(forms.Form):
    """A letter, and the agency that receives it."""

    file = forms.FileField(
        label=_("Tệp văn bản"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx,.doc,.odt,.pdf,.txt,.md,.png,.jpg,.jpeg,.tif,.tiff"}),
        help_text=format_lazy(
            _(
                "Nhận .docx, .doc, .odt, .pdf, .txt, .md, ảnh .png, .jpg, .tif; tối đa {most}."
                " Bản quét, ảnh, .doc và văn bản dài đọc lâu hơn, có trang theo dõi; có thể rời đi, đọc xong sẽ báo."
                " Không tải văn bản đóng dấu độ mật."
            ),
            most=size_in_words(settings.MAX_UPLOAD_BYTES),
        ),
        error_messages={"required": _("Chưa chọn tệp. Đề nghị chọn tệp văn bản rồi gửi lại.")},
    )
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Cơ quan tiếp nhận"), empty_label=None)
    keep_own_copy = forms.BooleanField(
        label=_("Cơ quan tôi giữ bản riêng để giao cho các đơn vị trực thuộc"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [agency.pk for agency in selectors.holding_agencies(person)]
        field = cast("forms.ModelChoiceField[Agency]", self.fields["agency"])
        field.queryset = Agency.objects.filter(pk__in=held)
        field.initial = held[0] if held else None
        if len(held) < 2:
            field.widget = forms.HiddenInput()

    def offer_own_copy(self) -> None:
        """Let the person choose to keep a copy of a letter that another agency holds."""
        self.fields["keep_own_copy"].widget = forms.CheckboxInput()


class ParticularsForm(forms.Form):
    """What the letter says of itself."""

    number = forms.CharField(label=_("Số"), required=False, help_text=_("Để trống nếu văn bản không ghi số."))
    symbol = forms.CharField(label=_("Ký hiệu"), required=False)
    signed_on = DayField(label=_("Ngày ban hành"), required=False)
    kind = forms.CharField(label=_("Loại văn bản"), required=False)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), required=False)
    subject = forms.CharField(label=_("Trích yếu"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def facts(self) -> Particulars:
        """Return what was entered."""
        return Particulars(**self.cleaned_data)


class RegimeForm(forms.Form):
    """Under which law the letter stands."""

    regime = forms.ModelChoiceField(Regime.objects.none(), label=_("Khung pháp lý"), empty_label=_("Chưa chọn"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Regime]", self.fields["regime"])
        field.queryset = selectors.current_regimes()


class ParentForm(forms.Form):
    """Which letter this one carries out, or which directive of the reference data."""

    parent = forms.ModelChoiceField(
        Document.objects.none(), label=_("Văn bản cấp trên"), required=False, empty_label=_("Không có trong hệ thống")
    )

    directive = forms.ChoiceField(
        label=_("Hoặc chỉ thị có sẵn"),
        required=False,
        help_text=_("Khi văn bản thực hiện thẳng một chỉ thị mà chưa ai tải tệp lên."),
    )

    def __init__(self, *args: Any, document: Document, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Document]", self.fields["parent"])
        field.queryset = selectors.possible_parents(document, person)
        choice = cast("forms.ChoiceField", self.fields["directive"])
        choice.choices = [("", _("Không chọn")), (directive_code(), directive_title())]

    def clean_directive(self) -> str:
        """Refuse two things to carry out at once."""
        chosen: str = self.cleaned_data["directive"]
        if chosen and self.cleaned_data.get("parent"):
            raise forms.ValidationError(_("Chỉ chọn một: văn bản trong hệ thống hoặc chỉ thị có sẵn."))
        return chosen


class ObligationForm(forms.Form):
    """One obligation. Bodies stand one on each line."""

    action = NeededField(label=_("Nội dung nhiệm vụ"), widget=forms.Textarea(attrs={"rows": 4}))
    clause = forms.CharField(label=_("Điều khoản"), required=False, help_text=_("Như văn bản đánh số: 1.b, 2.đ."))
    kind = forms.ChoiceField(label=_("Loại nhiệm vụ"), choices=DutyKind.choices, initial=DutyKind.OTHER)
    leads = forms.CharField(
        label=_("Chủ trì"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi cơ quan một dòng, đúng tên trong văn bản."),
    )
    supports = forms.CharField(label=_("Phối hợp"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    deadline_operator = forms.ChoiceField(label=_("Thời hạn"), choices=Operator.choices, initial=Operator.NONE)
    deadline_on = DayField(
        label=_("Ngày"),
        required=False,
        help_text=_("Với “trước ngày”, ngày cuối cùng là ngày liền trước."),
    )
    deadline_text = forms.CharField(label=_("Lời văn về thời hạn"), required=False)
    cadence = forms.ChoiceField(label=_("Lặp lại"), choices=Cadence.choices, initial=Cadence.NONE)
    report_to = forms.CharField(label=_("Báo cáo về"), required=False, widget=forms.Textarea(attrs={"rows": 1}))
    condition = forms.CharField(label=_("Điều kiện"), required=False, widget=forms.Textarea(attrs={"rows": 1}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, obligation: Obligation) -> "ObligationForm":
        """Return the form filled with an obligation as it stands."""
        names = (
            "action",
            "clause",
            "kind",
            "deadline_operator",
            "deadline_on",
            "deadline_text",
            "cadence",
            "condition",
        )
        lists = {
            "leads": obligation.lead_names,
            "supports": obligation.support_names,
            "report_to": obligation.report_to,
            "version": obligation.version,
        }
        values = {name: getattr(obligation, name) for name in names}
        lines = {name: "\n".join(value) if isinstance(value, list) else value for name, value in lists.items()}
        return cls(initial={**values, **lines}, auto_id=f"id_%s_{obligation.pk}")

    def facts(self) -> ObligationFacts:
        """Return what was entered."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        for name in ("leads", "supports", "report_to"):
            values[name] = values[name].splitlines()
        values["kind"], values["cadence"] = DutyKind(values["kind"]), Cadence(values["cadence"])
        values["deadline_operator"] = Operator(values["deadline_operator"])
        return ObligationFacts(**values)


COLUMNS_OF = {
    ExampleField.CLAUSE: ("clause",),
    ExampleField.LEADS: ("leads",),
    ExampleField.SUPPORTS: ("supports",),
    ExampleField.KIND: ("kind",),
    ExampleField.DEADLINE: ("deadline_operator", "deadline_on", "deadline_text"),
    ExampleField.CADENCE: ("cadence",),
}
"""The fields that the reader may doubt, and what a person enters of each."""


class FieldForm(ObligationForm):
    """One field of an obligation; all else stays as it stands."""

    def __init__(self, *args: Any, field: ExampleField, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {*COLUMNS_OF[field], "version"}:
            del self.fields[name]

    @classmethod
    def about(cls, obligation: Obligation, field: ExampleField, data: Any = None) -> "FieldForm":
        """Return the form of one field, filled with the obligation as it stands, or with what was sent."""
        initial = ObligationForm.of(obligation).initial
        return cls(data, initial=initial, field=field, auto_id=f"id_%s_{obligation.pk}")

    def facts(self) -> ObligationFacts:
        """Return the whole obligation with what was entered."""
        self.cleaned_data = {**self.initial, **self.cleaned_data}
        return super().facts()


class SplitForm(forms.Form):
    """The parts, each a paragraph."""

    parts = NeededField(
        label=_("Các phần"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Mỗi phần một đoạn, cách nhau một dòng trống. Thời hạn và cơ quan được giữ cho từng phần."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def part_texts(self) -> list[str]:
        """Return the paragraphs."""
        text = self.cleaned_data["parts"].replace("\r\n", "\n")
        return [part for part in text.split("\n\n") if part.strip()]


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # of any model
    """Rows by their keys; what cannot be a key is refused before a database is asked."""

    def clean(self, value: Any) -> Any:
        for key in value or []:
            if not is_key(str(key)):
                raise forms.ValidationError(_("Lựa chọn không có trong danh sách; đề nghị tải lại trang."))
        return super().clean(value)


class ProgressForm(forms.Form):
    """How far an agency is."""

    percentage = forms.IntegerField(
        label=_("Tỷ lệ hoàn thành (%)"),
        widget=forms.NumberInput(attrs={"min": 0, "max": 100, "inputmode": "numeric"}),
        error_messages={"required": _("Chưa ghi tỷ lệ."), "invalid": _("Tỷ lệ là số nguyên từ 0 đến 100.")},
        help_text=_("Ghi 100 khi đã xong: báo cáo sẽ chờ nơi giao việc xác nhận."),
    )
    text = NeededField(
        label=_("Kết quả"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Đã làm gì, số liệu, vướng mắc nếu có."),
    )
    not_applicable = forms.BooleanField(
        label=_("Nhiệm vụ không áp dụng với cơ quan tôi"),
        required=False,
        help_text=_("Ghi lý do ở ô Kết quả; nơi giao việc xác nhận."),
    )
    done_on = DayField(
        label=_("Hoàn thành từ ngày"),
        required=False,
        help_text=_("Chỉ ghi khi đã xong từ trước, có văn bản chứng minh."),
    )
    ground = forms.CharField(label=_("Văn bản chứng minh"), required=False, help_text=_("Số, ký hiệu, ngày."))
    attachments = FilesField(
        label=_("Tệp minh chứng"),
        help_text=_("Tối đa 10 tệp .pdf, .docx, .xlsx, ảnh. Không gửi văn bản đóng dấu độ mật."),
    )

    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)
    figures_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, figures: Sequence[Figure] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._figures = figures
        add_answer_fields(self, figures, needed=not self.data.get("not_applicable"))
        self._answers: dict[str, str] = {}

    @classmethod
    def of(
        cls, latest: ProgressReport | None, percentage: int, version: int, figures: Sequence[Figure], text: str = ""
    ) -> "ProgressForm":
        """Return the form over the latest report: its answers stand in the fields already, and a text to go on from."""
        answers = answers_initial(latest.answers if latest else [], figures)
        marks = {"based_on": latest.pk if latest else 0, "figures_version": version}
        return cls(initial={"percentage": percentage, "text": text, **marks, **answers}, figures=figures)

    def clean(self) -> dict[str, Any]:
        """Look at the percentage and the figures, so that all that is wrong is said at once."""
        values: dict[str, Any] = super().clean() or {}
        if not values.get("not_applicable"):
            if not 0 <= values.get("percentage", 0) <= 100:
                self.add_error("percentage", str(PercentageRefused()))
            self._answers = read_answers(self, self._figures)
        return values

    def figure_fields(self) -> list[forms.BoundField]:
        """Return the fields of the figures."""
        return [self[figure.field] for figure in self._figures]

    def says_more(self) -> bool:
        """Tell whether one of the rarer fields was filled in, so that they are shown again."""
        return any(self.data.get(name) for name in ("not_applicable", "done_on", "ground"))

    def facts(self) -> ProgressFacts:
        """Return what was entered."""
        values = self.cleaned_data
        names = ("percentage", "text", "not_applicable", "done_on", "ground", "based_on", "figures_version")
        return ProgressFacts(**{name: values[name] for name in names}, figures=self._answers)


class ReasonForm(forms.Form):
    """Why something is returned or taken back."""

    reason = NeededField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}))


class ReportForm(forms.Form):
    """The period and the words of a progress report."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Cơ quan báo cáo"), empty_label=None)
    period_from = DayField(label=_("Từ ngày"))
    period_to = DayField(label=_("Đến ngày"))
    addressees = forms.CharField(
        label=_("Kính gửi"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Mỗi nơi một dòng.")
    )
    difficulties = forms.CharField(
        label=_("Tồn tại, khó khăn"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_steps = forms.CharField(
        label=_("Nhiệm vụ thời gian tới"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    recommendations = forms.CharField(
        label=_("Kiến nghị, đề xuất"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    signer_role = NeededField(
        label=_("Chức vụ người ký"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi dòng như trên văn bản: TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH."),
    )
    signer_name = NeededField(label=_("Họ tên người ký"))
    symbol = NeededField(label=_("Ký hiệu"))

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Agency]", self.fields["agency"])
        field.queryset = Agency.objects.filter(pk__in=[agency.pk for agency in agencies])
        if len(agencies) < 2:
            field.widget = forms.HiddenInput()

    def facts(self) -> ReportFacts:
        """Return what the report is made of."""
        return ReportFacts(**{name: value for name, value in self.cleaned_data.items() if name != "agency"})


class AnsweringForm(forms.Form):
    """Who answers today, among those who are offered; the only one is chosen already. No query."""

    agency = forms.TypedChoiceField(label=_("Cơ quan nay trả lời"))

    def __init__(self, *args: Any, offered: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_key = {str(agency.pk): agency for agency in offered}
        none = [("", "—")] if len(by_key) != 1 else []
        field: Any = self.fields["agency"]
        field.choices = [*none, *((key, agency.name) for key, agency in by_key.items())]
        field.coerce = by_key.__getitem__
