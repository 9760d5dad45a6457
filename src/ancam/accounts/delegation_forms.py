"""What is entered of a delegation, and how their list is narrowed."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ancam.accounts import selectors
from ancam.accounts.forms import NOT_OFFERED
from ancam.accounts.models import Delegation, Membership, Person
from ancam.accounts.services import DelegationFacts
from ancam.web import clock
from ancam.web.days import DayField
from ancam.web.pickers import PickerField
from ancam.web.tables import WordsFilter, every_word


class MembershipChoice(PickerField):
    """A role at an agency, with who holds it; found by the name or e-mail of that person."""

    search = "person__search_key"

    def label_from_instance(self, membership: Any) -> str:
        return f"{membership.person.full_name} – {membership.get_role_display()}, {membership.agency.name}"


class StandInChoice(PickerField):
    """One of those who may stand in, with where they work."""

    def note_of(self, person: Any) -> str:
        return person.works_at or ""


class DelegationForm(forms.Form):
    """Which role, who stands in, from which day to which day."""

    membership = MembershipChoice(
        label=_("Vai trò được làm thay"),
        queryset=Membership.objects.none(),
        empty_label="—",
        error_messages=NOT_OFFERED,
        source="pick_delegable_role",
    )
    stand_in = StandInChoice(
        label=_("Người làm thay"),
        queryset=Person.objects.none(),
        empty_label="—",
        source="pick_stand_in",
        error_messages=NOT_OFFERED,
        help_text=_("Người có vai trò tại chính cơ quan đó."),
    )
    begins_on = DayField(label=_("Từ ngày"))
    ends_on = DayField(label=_("Đến hết ngày"), help_text=_("Hết ngày này việc làm thay tự chấm dứt."))
    reason = forms.CharField(
        label=_("Lý do"), required=False, max_length=300, help_text=_("Ví dụ: nghỉ phép, đi công tác. Có thể để trống.")
    )

    def __init__(self, *args: Any, by: Person, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["begins_on"].initial = today
        roles = selectors.delegable_memberships(by)
        self.fields["membership"].queryset = roles  # type: ignore[attr-defined]
        own = roles.filter(person=by).values_list("pk", flat=True)[:2]
        self.fields["membership"].initial = own[0] if len(own) == 1 else None
        self.fields["stand_in"].queryset = selectors.stand_ins(by)  # type: ignore[attr-defined]

    def facts(self) -> DelegationFacts:
        """Return what was entered."""
        values = self.cleaned_data
        return DelegationFacts(values["stand_in"], values["begins_on"], values["ends_on"], values["reason"])


class NamesFilter(WordsFilter):
    """Words of the name or e-mail of who gave the role or of who stands in."""

    def filter(self, qs: Any, value: str) -> Any:
        words = value or ""
        return qs.filter(every_word("giver__search_key", words) | every_word("stand_in__search_key", words))


class DelegationFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """Names; whether they count today."""

    words = NamesFilter("giver__search_key", label=_("Họ tên hoặc thư điện tử"))
    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"),
        empty_label=_("Mọi tình trạng"),
        choices=[("live", _("Đang thay")), ("coming", _("Chưa đến ngày")), ("over", _("Đã hết hoặc chấm dứt"))],
        method="in_state",
    )

    def in_state(self, queryset: Any, name: str, value: str) -> Any:
        """Keep those in the chosen state today."""
        today = clock.today()
        over = Q(ends_on__lt=today) | ~Q(ended_at=None)
        if value == "over":
            return queryset.filter(over)
        standing = queryset.exclude(over)
        return standing.filter(begins_on__lte=today) if value == "live" else standing.filter(begins_on__gt=today)

    class Meta:
        model = Delegation
        fields: tuple[str, ...] = ()
