"""How the ledger's page is narrowed, and what a check of it may be asked for."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ancam.accounts import selectors
from ancam.accounts.forms import AgencyChoice
from ancam.accounts.models import Agency, Person
from ancam.audit.errors import AuditError
from ancam.audit.exports import check_export
from ancam.audit.models import Entry
from ancam.audit.selectors import lines_in
from ancam.audit.services import declared_acts
from ancam.audit.words import thing_names
from ancam.kit.folding import fold
from ancam.web.days import DayField
from ancam.web.tables import MOST_CHARACTERS, every_word, few_words
from ancam.web.uploads import upload_refusal, uploaded_bytes


class LedgerFilters(forms.Form):
    """Kind of thing, act, person, agency with what is under it, days; one thing, by the link on its own page."""

    kind = forms.ChoiceField(label=_("Loại đối tượng"), required=False)
    act = forms.ChoiceField(label=_("Việc"), required=False)
    person = forms.CharField(
        label=_("Họ tên người làm"), required=False, max_length=MOST_CHARACTERS, validators=[few_words]
    )
    agency = AgencyChoice(label=_("Thuộc cơ quan"), queryset=Agency.objects.none(), required=False)
    since = DayField(label=_("Từ ngày"), required=False)
    until = DayField(label=_("Đến ngày"), required=False)
    thing = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, reader: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = sorted(declared_acts().items(), key=lambda act: fold(act[1]))
        kinds = sorted(thing_names().items(), key=lambda kind: fold(str(kind[1])))
        self.fields["kind"].choices = [("", _("Mọi loại")), *kinds]  # type: ignore[attr-defined]
        self.fields["act"].choices = [("", _("Mọi việc")), *acts]  # type: ignore[attr-defined]
        self.fields["agency"].queryset = selectors.agencies(reader)  # type: ignore[attr-defined]
        self.fields["agency"].empty_label = _("Mọi cơ quan")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", _("Ngày cuối phải từ ngày đầu trở đi."))
        if values.get("thing") and not values.get("kind"):
            self.add_error("kind", _("Chưa chọn loại đối tượng."))
        return values

    def narrow(self, lines: QuerySet[Entry]) -> QuerySet[Entry]:
        """Return the lines that fit what was entered; without any that fit when it was refused."""
        if not self.is_valid():
            return lines.none()
        entered = self.cleaned_data
        named = {"object_type": entered["kind"], "action": entered["act"], "object_id": entered["thing"]}
        lines = lines.filter(**{field: value for field, value in named.items() if value})
        if entered["agency"]:
            lines = lines.filter(selectors.within(entered["agency"]))
        if fold(entered["person"]):
            named_so = Person.objects.filter(every_word("search_key", entered["person"]))
            lines = lines.filter(actor_id__in=selectors.ids_as_text(named_so))
        return lines_in(lines, entered["since"], entered["until"])

    def in_words(self) -> str:
        """Return what was entered in one line, as an export and its own line of the ledger say it."""
        shown = []
        for name in self.changed_data:
            value: Any = self.cleaned_data[name]
            if name in ("kind", "act"):
                value = dict(self.fields[name].choices)[value]  # type: ignore[attr-defined]
            value = f"{value:%d/%m/%Y}" if isinstance(value, date) else value
            shown.append(f"{self.fields[name].label or _('Mã đối tượng')}: {value}")
        return "; ".join(shown)


class CheckForm(forms.Form):
    """A head that was kept elsewhere, or an export that was; both may be left out."""

    kept_head = forms.CharField(
        label=_("Mốc đã giữ"),
        required=False,
        max_length=90,
        help_text=_("Dạng SỐ:MÃ, ví dụ mốc ghi trên văn bản đã phát hành. Để trống nếu chỉ kiểm tra sổ."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "mono"}),
    )
    export = forms.FileField(
        label=_("Hoặc bản xuất kiểm chứng đã giữ (.jsonl)"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".jsonl"}),
    )

    def __init__(self, *args: Any, request: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._request = request

    def clean_export(self) -> Any:
        """Check the file by itself; its last line's head is what the ledger must still hold."""
        refused = upload_refusal(self._request)
        if refused is not None:
            raise forms.ValidationError(str(refused))
        upload = self.cleaned_data["export"]
        if not upload:
            return ""
        try:
            rows = uploaded_bytes(upload).decode().rstrip("\n").split("\n")
            found = check_export(rows, name=upload.name)
        except UnicodeDecodeError as exc:
            raise forms.ValidationError(_("Tệp này không phải bản xuất sổ nhật ký (.jsonl).")) from exc
        except AuditError as broken:
            raise forms.ValidationError(str(broken)) from broken
        if not found.lines:
            raise forms.ValidationError(_("Bản xuất này không có dòng nhật ký nào để đối chiếu."))
        return found.head

    def head(self) -> str:
        """Return the head to look for, or an empty string."""
        return str(self.cleaned_data["kept_head"] or self.cleaned_data["export"])
