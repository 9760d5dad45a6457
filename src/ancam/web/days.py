"""A day as offices write it, `20/11/2026`; a browser's own date field speaks the browser's language and order."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    """A line to type a day in."""

    def __init__(self) -> None:
        super().__init__(format="%d/%m/%Y", attrs={"placeholder": _("ngày/tháng/năm"), "autocomplete": "off"})


class DayField(forms.DateField):
    """A day that is typed."""

    widget = DayInput
    default_error_messages = {
        "required": _("Chưa ghi ngày."),
        "invalid": _("Ngày này không có hoặc ghi chưa đúng; đề nghị ghi như 20/11/2026."),
    }
