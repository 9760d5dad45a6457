"""What is asked of a person on the way of a paper."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ancam.accounts.models import Agency
from ancam.kit.file_names import LONGEST
from ancam.papers.models import Paper
from ancam.papers.services.register import HIGHEST
from ancam.web.days import DayField
from ancam.web.forms import NeededField
from ancam.web.uploads import upload_refusal

_NUMBER_WORDS = {
    "required": _("Chưa ghi số."),
    "invalid": _("Số văn bản là số nguyên dương."),
}


def _reason(help_text: Any) -> NeededField:
    return NeededField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), help_text=help_text)


class ReturnForm(forms.Form):
    """Why a draft goes back."""

    reason = _reason(_("Người lập dự thảo đọc lý do này để sửa."))


class WithdrawForm(forms.Form):
    """Why an issued paper counts no more."""

    reason = _reason(_("Văn bản vẫn được giữ nguyên, với số đã cấp và lý do này."))


class IssueForm(forms.Form):
    """Number and day; a reason when the number is out of turn."""

    number = forms.IntegerField(label=_("Số"), min_value=1, max_value=HIGHEST, error_messages=_NUMBER_WORDS)
    issued_on = DayField(label=_("Ngày ban hành"))
    reason = forms.CharField(
        label=_("Lý do nếu số không kế tiếp"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Chỉ cần khi số bỏ cách, thấp hơn số đã cấp, hoặc ngày không theo thứ tự số."),
    )


class PaperChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in its stubs alone
    """One of a few papers, by number and title."""

    def label_from_instance(self, obj: Paper) -> str:
        return f"{obj}: {obj.title}"


class SupersedeForm(forms.Form):
    """Which paper takes this one's place."""

    successor = PaperChoice(Paper.objects.none(), label=_("Văn bản thay thế"), empty_label=_("Chọn văn bản"))
    reason = forms.CharField(label=_("Lý do"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, successors: QuerySet[Paper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Paper]", self.fields["successor"]).queryset = successors


class HoldForm(forms.Form):
    """Numbers that were given outside the platform."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Cơ quan"), empty_label=None)
    symbol = forms.CharField(label=_("Ký hiệu"), max_length=60, help_text=_("Như trên văn bản: BC-UBND."))
    year = forms.IntegerField(label=_("Năm"), min_value=1990, max_value=2100)
    first = forms.IntegerField(label=_("Từ số"), min_value=1, max_value=HIGHEST, error_messages=_NUMBER_WORDS)
    last = forms.IntegerField(
        label=_("Đến số"),
        min_value=1,
        max_value=HIGHEST,
        required=False,
        help_text=_("Để trống nếu chỉ một số."),
        error_messages=_NUMBER_WORDS,
    )
    dated_on = DayField(
        label=_("Ngày trên văn bản"), required=False, help_text=_("Để trống nếu nhiều ngày hoặc giữ số trước.")
    )
    reason = _reason(_("Ví dụ: cấp trên sổ giấy của văn thư từ đầu năm."))

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Agency]", self.fields["agency"])
        field.queryset = Agency.objects.filter(pk__in=[agency.pk for agency in agencies])
        if len(agencies) < 2:
            field.widget = forms.HiddenInput()


class SignedCopyForm(forms.Form):
    """The signed file or the scan."""

    file = forms.FileField(
        label=_("Tệp đã ký số (.pdf) hoặc bản quét (.pdf, .jpg, .png)"),
        max_length=LONGEST,
        allow_empty_file=True,
        error_messages={"required": _("Đề nghị chọn tệp.")},
        help_text=_("Chữ ký số được kiểm tra ngay; tệp bị sửa sau khi ký không được nhận."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._request = request

    def clean(self) -> dict[str, Any]:
        refused = upload_refusal(self._request)
        if refused is not None:
            self.errors.pop("file", None)
            self.add_error("file", str(refused))
        return super().clean() or {}
