"""What people enter when work is given out, given on, transferred or asked about."""

from datetime import date
from functools import cached_property
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ancam.accounts.forms import AgencyChoice
from ancam.accounts.models import Agency
from ancam.directives import selectors
from ancam.directives.forms import RowsField
from ancam.directives.group_rules import Directory, Group
from ancam.directives.group_words import group_in_words
from ancam.directives.models import Document, Obligation, Part
from ancam.directives.selectors import Wanted
from ancam.directives.services import BelowFacts, ChildrenFate
from ancam.kit.whole_numbers import is_key
from ancam.web.days import DayField
from ancam.web.forms import NeededField
from ancam.web.selects import LongSelect
from ancam.web.tables import MOST_CHARACTERS, every_word

MOST_LISTED = 200
"""So many agencies are listed to choose from; beyond, they are found by words."""

_COLUMNS = ("name", "kind", "tier", "path", "depth", "sort_key", "begins_on", "ends_on")


class KeysField(forms.Field):
    """Keys of rows that are looked up later; what cannot be a key is left out."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> frozenset[int]:
        return frozenset(int(key) for key in value or () if is_key(key))


class GivingForm(forms.Form):
    """Which duties go to whom: to the groups and agencies that were chosen, or as each duty's own words suggest."""

    obligations = RowsField(Obligation.objects.none(), error_messages={"required": _("Chưa chọn nhiệm vụ nào.")})
    within = AgencyChoice(
        queryset=Agency.objects.none(),
        label=_("Trong phạm vi"),
        required=False,
        empty_label=_("Mọi nơi"),
        widget=LongSelect,
        source="",
    )
    words = forms.CharField(label=_("Tên cơ quan"), required=False, max_length=MOST_CHARACTERS)
    groups = forms.MultipleChoiceField(required=False)
    agencies = RowsField(Agency.objects.none(), required=False)
    part = forms.ChoiceField(label=_("Vai trò"), choices=Part.choices, initial=Part.LEAD, required=False)
    as_suggested = forms.BooleanField(required=False)
    without = KeysField(required=False)

    def __init__(self, *args: Any, document: Document, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reachable = selectors.assignable_agencies(document.holder, on)
        self.duties = selectors.givable_obligations(document)
        self._rows("obligations").queryset = self.duties
        self._rows("agencies").queryset = self.reachable
        self._rows("within").queryset = self.reachable.filter(numchild__gt=0)
        offered = [(group.code, words) for group, words in self.groups_offered]
        cast(forms.MultipleChoiceField, self.fields["groups"]).choices = offered

    def _rows(self, name: str) -> Any:
        return self.fields[name]

    @cached_property
    def narrowed(self) -> Any:
        """Return the agencies among which groups are made: those at or under the chosen one, else all."""
        key = str(self.data.get("within") or "")
        top = self._rows("within").queryset.filter(pk=key).first() if is_key(key) else None
        return self.reachable.filter(top.subtree()) if top else self.reachable

    @cached_property
    def directory(self) -> Directory[Agency]:
        """Return these agencies as found by what letters call them. One query."""
        return selectors.directory_of(self.narrowed.only(*_COLUMNS))

    @cached_property
    def groups_offered(self) -> list[tuple[Group[Agency], str]]:
        """Return the groups that can be chosen, with their words."""
        return [(group, group_in_words(group)) for group in self.directory.groups()]

    @property
    def listed(self) -> list[Agency]:
        """Return the single agencies to choose from: those that hold the words, and those chosen already. One query."""
        words = str(self.data.get("words") or "").replace("\0", "")[:MOST_CHARACTERS]
        chosen = [key for key in self._chosen("agencies") if is_key(key)]
        found = self.narrowed.filter(every_word("search_key", words)) if words.strip() else self.narrowed
        rows = list(found.only(*_COLUMNS)[: MOST_LISTED + 1])
        if chosen:
            seen = {agency.pk for agency in rows}
            rows = [*(one for one in self.reachable.filter(pk__in=chosen[:MOST_LISTED]) if one.pk not in seen), *rows]
        return rows

    def _chosen(self, name: str) -> list[str]:
        getlist = getattr(self.data, "getlist", None)
        return list(getlist(name)) if getlist else []

    @property
    def chosen(self) -> dict[str, list[str]]:
        """Return what was ticked, as it was sent."""
        return {name: self._chosen(name) for name in ("obligations", "groups", "agencies", "without")}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not values["as_suggested"] and not values["groups"] and not values["agencies"]:
            self.add_error("agencies", _("Chưa chọn nhóm hoặc cơ quan nào."))
        return values

    def wanted(self) -> list[Wanted]:
        """Return what was chosen, duty by duty; nobody when no agency is left."""
        values = self.cleaned_data
        duties, without = list(values["obligations"]), values["without"]
        if values["as_suggested"]:
            return selectors.wanted_as_suggested(duties, self.directory, without)
        groups = {group.code: group for group, _words in self.groups_offered}
        found = dict.fromkeys(agency for code in values["groups"] for agency in groups[code].agencies)
        found |= dict.fromkeys(values["agencies"])
        agencies = tuple(agency for agency in found if agency.pk not in without)
        part = Part(values["part"] or Part.LEAD)
        return [Wanted(duty, part, agencies) for duty in duties] if agencies else []


class FateForm(forms.Form):
    """What becomes of the parts that were given on; asked only where there are some."""

    children = forms.ChoiceField(
        label=_("Các phần đã giao tiếp"),
        choices=[
            (ChildrenFate.WITHDRAW.value, _("Thu hồi luôn")),
            (ChildrenFate.LIFT.value, _("Giữ lại, báo cáo thẳng nơi giao")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, has_children: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_children:
            del self.fields["children"]

    def fate(self) -> ChildrenFate | None:
        """Return what was said of the parts, None when nothing was."""
        said = self.cleaned_data.get("children")
        return ChildrenFate(said) if said else None


class ChildrenForm(FateForm):
    """Why an assignment is taken from its agency, and what becomes of the parts that were given on."""

    reason = NeededField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}))
    field_order: tuple[str, ...] = ("reason", "children")


class TransferForm(ChildrenForm):
    """To whom an assignment goes, from which day, and why."""

    agency = AgencyChoice(queryset=Agency.objects.none(), label=_("Cơ quan nhận"), source="")
    moved_on = DayField(label=_("Từ ngày"), help_text=_("Không muộn hơn hôm nay."))
    field_order = ("agency", "moved_on", "reason", "children")

    def __init__(self, *args: Any, receivers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(AgencyChoice, self.fields["agency"])
        field.queryset = receivers


class GiveBelowForm(forms.Form):
    """Who below gets the duty or which part of it, and by when."""

    agencies = RowsField(Agency.objects.none(), error_messages={"required": _("Chưa chọn đơn vị nào.")})
    part = forms.ChoiceField(label=_("Vai trò"), choices=Part.choices, initial=Part.LEAD)
    words = forms.CharField(
        label=_("Phần việc"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Để trống nếu giao nguyên nhiệm vụ."),
    )
    due_on = DayField(label=_("Hạn riêng"), required=False, help_text=_("Không muộn hơn hạn của cơ quan mình."))
    days_earlier = forms.IntegerField(
        label=_("Báo cáo sớm hơn hạn chung, ngày"),
        required=False,
        min_value=0,
        widget=forms.NumberInput(attrs={"min": 0, "inputmode": "numeric"}),
        help_text=_("Tính cho mỗi kỳ; để trống nếu theo hạn chung."),
    )

    def __init__(self, *args: Any, agencies: Any, returns: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(RowsField, self.fields["agencies"]).queryset = agencies
        del self.fields["due_on" if returns else "days_earlier"]

    def facts(self) -> BelowFacts:
        """Return what was entered."""
        values = self.cleaned_data
        return BelowFacts(Part(values["part"]), values["words"], values.get("due_on"), values.get("days_earlier") or 0)


class QuestionForm(forms.Form):
    """A question on the scope of an assignment."""

    text = NeededField(
        label=_("Câu hỏi"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ví dụ: nhiệm vụ này có áp dụng cho hệ thống do đơn vị khác vận hành không?"),
    )


class AnswerForm(FateForm):
    """The answer to a question, whether the duty is taken back for it, and what then becomes of its parts."""

    answer = NeededField(label=_("Trả lời"), widget=forms.Textarea(attrs={"rows": 3}))
    withdraws = forms.BooleanField(
        label=_("Thu hồi phân công này: nhiệm vụ không áp dụng"),
        required=False,
        help_text=_("Câu trả lời được ghi làm lý do thu hồi."),
    )
    field_order = ("answer", "withdraws", "children")
