"""What is asked of a list that comes by file, and how its lists are narrowed and shown."""

from typing import Any

import django_filters
import django_tables2
from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ancam.accounts.bulk.columns import heading_of
from ancam.accounts.bulk.outcomes import refusals_of
from ancam.accounts.models import ImportBatch, ImportKind, ImportRow, ImportState, RowVerdict
from ancam.kit.file_names import LONGEST
from ancam.web.tables import Table, WordsFilter
from ancam.web.uploads import upload_refusal

_SIGNS = {RowVerdict.NEW: "+", RowVerdict.CHANGED: "±", RowVerdict.SAME: "=", RowVerdict.REFUSED: "×"}


class ImportForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("Tệp danh sách (.xlsx hoặc .csv)"),
        max_length=LONGEST,
        allow_empty_file=True,
        error_messages={"required": _("Đề nghị chọn tệp.")},
        help_text=_("Chưa ghi gì vào hệ thống: bước sau cho xem từng dòng sẽ làm gì."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
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


class ApplyForm(forms.Form):
    """The word of the person that the refused rows are left out; asked only when there are any."""

    without_refused = forms.BooleanField(required=False)

    def __init__(self, *args: Any, refused: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if refused:
            label = _("Áp dụng các dòng đúng, bỏ qua %(refused)s dòng bị từ chối") % {"refused": refused}
            self.fields["without_refused"].label = label
        else:
            del self.fields["without_refused"]


class ImportFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """Of what, and how far it has come."""

    kind = django_filters.ChoiceFilter(label=_("Danh sách"), empty_label=_("Mọi danh sách"), choices=ImportKind.choices)
    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"), empty_label=_("Mọi tình trạng"), choices=ImportState.choices
    )


class ImportTable(Table):
    """The files that came, newest first."""

    caption = _("Các lần nhập danh sách")
    empty = _("Chưa có lần nhập nào. Đề nghị tải tệp mẫu, điền rồi gửi lên.")
    heading = "file_name"
    phone = ("kind", "state", "received_at")

    file_name = django_tables2.Column(_("Tệp"), orderable=False)
    kind = django_tables2.Column(_("Danh sách"), orderable=False)
    state = django_tables2.Column(_("Tình trạng"), orderable=False)
    received_at = django_tables2.Column(_("Gửi lúc"), order_by=("received_at", "pk"))
    by = django_tables2.Column(_("Người gửi"), orderable=False)
    total = django_tables2.Column(_("Số dòng"), orderable=False, attrs={"cell": {"class": "number"}})

    def render_file_name(self, record: ImportBatch) -> str:
        return format_html('<a href="{}">{}</a>', reverse("import", args=[record.pk]), record.file_name)

    def value_file_name(self, record: ImportBatch) -> str:
        return record.file_name

    def render_by(self, record: ImportBatch) -> str:
        return record.by.full_name


class ImportRowFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """Words of the row, its verdict, and whether it came out otherwise than before."""

    words = WordsFilter("search_key", label=_("Tên, thư điện tử hoặc mã"))
    verdict = django_filters.ChoiceFilter(label=_("Kết quả"), empty_label=_("Mọi kết quả"), choices=RowVerdict.choices)
    is_stale = django_filters.ChoiceFilter(
        label=_("Lần kiểm tra trước"), empty_label=_("Mọi dòng"), choices=[("True", _("Đã khác lần trước"))]
    )


class ImportRowTable(Table):
    """The rows of a file in its order, with what each does."""

    caption = _("Các dòng của tệp")
    empty = _("Không có dòng nào khớp điều kiện lọc.")
    heading = "label"
    phone = ("number", "verdict", "details")

    number = django_tables2.Column(_("Dòng"), attrs={"cell": {"class": "number"}})
    label = django_tables2.Column(_("Tên"), orderable=False, empty_values=())
    verdict = django_tables2.Column(_("Kết quả"), orderable=False)
    details = django_tables2.Column(_("Cụ thể"), orderable=False, empty_values=())

    def render_label(self, record: ImportRow) -> str:
        return record.label or gettext("(chưa có tên)")

    def render_verdict(self, record: ImportRow) -> str:
        words = record.get_verdict_display()
        sign = _SIGNS[RowVerdict(record.verdict)]
        return format_html('<span class="verdict verdict-{}">{} {}</span>', record.verdict, sign, words)

    def value_verdict(self, record: ImportRow) -> str:
        return record.get_verdict_display()

    def render_details(self, record: ImportRow) -> str:
        lines = details_of(record)
        return format_html_join("", "<div>{}</div>", ((line,) for line in lines))

    def value_details(self, record: ImportRow) -> str:
        return "\n".join(details_of(record))


def details_of(row: ImportRow) -> list[str]:
    """Return what a row does, or why it is refused, a line for each."""
    said = [gettext("Đã khác so với lần kiểm tra trước.")] if row.is_stale else []
    if row.verdict == RowVerdict.REFUSED:
        return said + [str(refusal) for refusal in refusals_of(row.refusals)]
    if row.verdict == RowVerdict.NEW:
        names = [name for name in ("kind", "parent", "email", "role", "agency", "other_roles") if row.cells.get(name)]
        return said + [f"{gettext(heading_of(name))}: {row.cells[name]}" for name in names]
    return said + [_change_words(*change) for change in row.changes]


def _change_words(field: str, before: str, after: str) -> str:
    name = gettext(heading_of(field))
    return f"{name}: {before} → {after}" if before else f"{name}: + {after}"
