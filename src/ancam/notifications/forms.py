"""How the list of notices is narrowed, and how a person wants to hear of each kind."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from ancam.accounts.models import Person
from ancam.notifications.models import Channel, NoticeKind
from ancam.notifications.selectors import channels_of


class NoticeFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """The kind, and whether it was read."""

    kind = django_filters.ChoiceFilter(label=_("Loại"), empty_label=_("Mọi loại"), choices=NoticeKind.choices)
    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"),
        empty_label=_("Mọi tình trạng"),
        choices=[("unread", _("Chưa đọc")), ("read", _("Đã đọc"))],
        method="in_state",
    )

    def in_state(self, queryset: Any, name: str, value: str) -> Any:
        """Keep those that were read, or were not."""
        return queryset.filter(read_at__isnull=value == "unread")


class PreferencesForm(forms.Form):
    """A channel for each kind of notice."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = channels_of(person)
        for kind in NoticeKind:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label, choices=Channel.choices, initial=chosen[kind.value]
            )
