"""What is entered of someone who leaves, and how their list is narrowed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from ancam.accounts import selectors
from ancam.accounts.forms import NOT_OFFERED, LineField
from ancam.accounts.models import Departure, Membership, Person
from ancam.accounts.services import DepartureFacts
from ancam.web.days import DayField
from ancam.web.selects import LongSelect
from ancam.web.tables import WordsFilter


class DepartureForm(forms.Form):
    """The last day, and for each role whether it ends and who takes it over."""

    last_day = DayField(
        label=_("Ngày làm việc cuối"),
        help_text=_("Vai trò kết thúc khi hết ngày này. Ngày đã qua thì kết thúc ngay."),
    )
    reason = LineField(
        label=_("Lý do"),
        required=False,
        max_length=300,
        help_text=_("Ví dụ: nghỉ hưu, chuyển công tác, số quyết định."),
    )

    def __init__(self, *args: Any, roles: Sequence[Membership], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = roles
        self.fields["last_day"].initial = today
        for role in roles:
            label = f"{role.get_role_display()} – {role.agency.name}"
            self.fields[f"ends_{role.pk}"] = forms.BooleanField(label=label, required=False, initial=True)
            self.fields[f"receiver_{role.pk}"] = forms.ModelChoiceField(
                label=_("Người nhận bàn giao"),
                queryset=selectors.receivers_at(role),
                required=False,
                empty_label=_("Chưa có người nhận"),
                widget=LongSelect,
                error_messages=NOT_OFFERED,
            )

    @property
    def role_fields(self) -> list[tuple[BoundField, BoundField]]:
        """Return for each role the box that ends it and the select of its receiver."""
        return [(self[f"ends_{role.pk}"], self[f"receiver_{role.pk}"]) for role in self.roles]

    def facts(self) -> DepartureFacts:
        """Return the day and the reason."""
        return DepartureFacts(self.cleaned_data["last_day"], self.cleaned_data["reason"])

    def handovers(self) -> dict[Membership, Person | None]:
        """Return the roles that end, each with its receiver."""
        chosen = [role for role in self.roles if self.cleaned_data[f"ends_{role.pk}"]]
        return {role: self.cleaned_data[f"receiver_{role.pk}"] for role in chosen}


class DepartureFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """Words of the name or e-mail; how the departure stands."""

    words = WordsFilter("person__search_key", label=_("Họ tên hoặc thư điện tử"))
    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"),
        empty_label=_("Mọi tình trạng"),
        choices=[("planned", _("Sắp rời")), ("left", _("Đã rời")), ("withdrawn", _("Đã rút lại"))],
        method="in_state",
    )

    def in_state(self, queryset: Any, name: str, value: str) -> Any:
        """Keep those in the chosen state."""
        if value == "planned":
            return queryset.planned()
        return queryset.exclude(Q(carried_out_at=None) if value == "left" else Q(withdrawn_at=None))

    class Meta:
        model = Departure
        fields: tuple[str, ...] = ()
