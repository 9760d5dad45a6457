"""What a person enters of an official paper on a letter's duties."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancam.directives.services import LetterFacts, LetterKind
from ancam.web.days import DayField
from ancam.web.forms import NeededField


class LetterPaperForm(forms.Form):
    """What a person enters of an official paper on a letter's duties, as far as its kind asks for it."""

    finish_by = DayField(label=_("Đề nghị xong trước hết ngày"), help_text=_("Không thay thời hạn đã giao."))
    form = forms.ChoiceField(
        label=_("Hình thức"), choices=[("official_letter", _("Công văn")), ("plan", _("Kế hoạch"))], required=False
    )
    period_from = DayField(label=_("Hạn từ ngày"))
    period_to = DayField(label=_("Hạn đến ngày"))
    report_to = forms.CharField(label=_("Báo cáo gửi về"), error_messages={"required": _("Chưa ghi nơi nhận báo cáo.")})
    contact = forms.CharField(
        label=_("Đầu mối liên hệ"), required=False, help_text=_("Tên, điện thoại; có thể bỏ trống.")
    )
    difficulties = forms.CharField(
        label=_("Tồn tại, khó khăn"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    recommendations = forms.CharField(
        label=_("Kiến nghị, đề xuất"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    addressees = forms.CharField(
        label=_("Kính gửi"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi nơi một dòng."),
    )
    signer_role = NeededField(
        label=_("Chức vụ người ký"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi dòng như trên văn bản: TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH."),
    )
    signer_name = NeededField(label=_("Họ tên người ký"))
    symbol = NeededField(label=_("Ký hiệu"))

    def __init__(self, *args: Any, kind: LetterKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {*kind.asks, "addressees", "signer_role", "signer_name", "symbol"}
        for name in [name for name in self.fields if name not in asked]:
            del self.fields[name]
        if not kind.begins:  # a report has no agencies of its own to go to
            self.fields["addressees"].help_text = _("Mỗi nơi một dòng. Để trống thì gửi các cơ quan có tên bên trong.")

    def facts(self) -> LetterFacts:
        """Return what was entered."""
        return LetterFacts(**self.cleaned_data)
