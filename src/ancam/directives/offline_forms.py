"""What people enter of workbooks for agencies without an account, and how those there are are shown."""

from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import urlencode

import django_filters
import django_tables2
from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ancam.accounts.models import Agency, Tier
from ancam.directives.forms import RowsField
from ancam.directives.models import OfflineWorkbook
from ancam.kit.file_names import LONGEST
from ancam.web import clock
from ancam.web.days import DayField
from ancam.web.forms import NeededField
from ancam.web.tables import Table, WordsFilter
from ancam.web.uploads import upload_refusal


class HolderForm(forms.Form):
    """For letters of which holder; asked only when there are several."""

    holder = forms.ModelChoiceField(Agency.objects.none(), label=_("Văn bản do cơ quan nào giữ"), empty_label=None)

    def __init__(self, *args: Any, holders: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Agency]", self.fields["holder"])
        field.queryset = Agency.objects.filter(pk__in=[one.pk for one in holders]).order_by("depth", "sort_key")


class IssueForm(forms.Form):
    """Which agencies, or all that are shown, and until when their workbooks are taken back."""

    agencies = RowsField(Agency.objects.none(), required=False)
    every = forms.BooleanField(required=False)
    expires_on = DayField(label=_("Nhận lại đến hết ngày"))

    def __init__(self, *args: Any, agencies: Any, shown: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelMultipleChoiceField[Agency]", self.fields["agencies"]).queryset = agencies
        self._shown = shown

    def clean(self) -> dict[str, Any]:
        """Ask for one agency at least."""
        values = super().clean() or {}
        if "agencies" not in self.errors and not self.chosen():
            self.add_error("agencies", _("Chưa chọn cơ quan nào."))
        return values

    def chosen(self) -> list[Agency]:
        """Return the agencies that were chosen."""
        values = self.cleaned_data
        return list(self._shown if values.get("every") else values.get("agencies", ()))


class IssueFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """Words and tier of the agency, and whether it has a workbook that is still taken back; of one holder's letters."""

    words = WordsFilter("search_key", label=_("Cơ quan"))
    tier = django_filters.ChoiceFilter(label=_("Cấp"), empty_label=_("Mọi cấp"), choices=Tier.choices)
    workbook = django_filters.ChoiceFilter(
        label=_("Tệp đã phát"),
        empty_label=_("Có hoặc chưa có"),
        choices=[("none", _("Chưa có tệp còn nhận lại")), ("out", _("Đang có tệp còn nhận lại"))],
        method="by_workbook",
    )
    holder = django_filters.NumberFilter(widget=forms.HiddenInput, method="kept_for_holder")

    def by_workbook(self, queryset: Any, name: str, value: str) -> Any:
        """Keep those that have one, or have none."""
        return queryset.filter(has_workbook=value == "out")

    def kept_for_holder(self, queryset: Any, name: str, value: Any) -> Any:
        """Keep everything: it only says whose letters are meant."""
        return queryset

    @property
    def cleared(self) -> str:
        """Return the address of this page without conditions, for the same holder."""
        holder = self.data.get("holder", "")
        return f"?{urlencode({'holder': holder})}" if holder else ""


class ReturnForm(forms.Form):
    """A workbook that came back, and who signed for it."""

    file = forms.FileField(
        label=_("Tệp gửi lại (.xlsx)"),
        max_length=LONGEST,
        allow_empty_file=True,
        error_messages={"required": _("Đề nghị chọn tệp.")},
        help_text=_("Chưa ghi gì vào hệ thống: bước sau cho xem từng dòng sẽ làm gì."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    signed_by = NeededField(
        label=_("Người ký chịu trách nhiệm"),
        help_text=_("Họ tên, chức vụ, văn bản kèm theo: Trần Văn Bình, Chủ tịch UBND xã, CV 12/UBND."),
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


class OfflineFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """Words of the agency."""

    words = WordsFilter("agency__search_key", label=_("Cơ quan"))


class OfflineTable(Table):
    """The workbooks issued, newest first."""

    caption = _("Các tệp ngoại tuyến đã phát")
    empty = _("Không có tệp nào khớp điều kiện lọc.")
    heading = "agency"
    phone = ("state", "issued_at", "came_back")

    agency = django_tables2.Column(_("Cơ quan"), order_by=("agency__sort_key", "pk"))
    holder = django_tables2.Column(_("Nơi phát"), order_by=("holder__sort_key", "pk"))
    issued_at = django_tables2.Column(_("Phát lúc"), order_by=("issued_at", "pk"))
    expires_on = django_tables2.Column(_("Nhận lại đến"), order_by=("expires_on", "pk"))
    state = django_tables2.Column(_("Tình trạng"), empty_values=(), orderable=False)
    came_back = django_tables2.Column(_("Lần gửi lại"), orderable=False, attrs={"cell": {"class": "number"}})

    def render_agency(self, record: OfflineWorkbook) -> str:
        return format_html('<a href="{}">{}</a>', reverse("offline_workbook", args=[record.pk]), record.agency.name)

    def value_agency(self, record: OfflineWorkbook) -> str:
        return record.agency.name

    def render_holder(self, record: OfflineWorkbook) -> str:
        return record.holder.name

    def render_state(self, record: OfflineWorkbook) -> str:
        return state_in_words(record)


def state_in_words(workbook: OfflineWorkbook) -> str:
    """Return whether a workbook is still taken back."""
    if workbook.revoked_at is not None:
        return _now("Đã thu hồi")
    return _now("Còn nhận lại") if workbook.is_good_on(clock.today()) else _now("Quá hạn nhận")
