"""How the lists of this room are narrowed."""

from typing import Any

import django_filters
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ancam.accounts import selectors
from ancam.accounts.forms import AgencyChoice, kind_choices_with_ended
from ancam.accounts.models import Agency, Membership, Role, Tier
from ancam.accounts.person_states import STATES, in_state
from ancam.accounts.sign_in import signed_in
from ancam.web import clock
from ancam.web.selects import LongSelect
from ancam.web.tables import WordsFilter, every_word


def visible_agencies(request: HttpRequest) -> Any:
    """Return the agencies that a filter may offer to who is signed in."""
    return selectors.agencies(signed_in(request))


def every_kind() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the kinds that a filter may offer, grouped by tier, those that have ended last."""
    return kind_choices_with_ended({kind.id: kind.tier for kind in selectors.agency_kinds()})


class AgencyFilter(django_filters.ModelChoiceFilter):  # type: ignore[misc]  # the library is untyped
    """One of the agencies that the person may see."""

    field_class = AgencyChoice


class AgencyWordsFilter(WordsFilter):
    """Words of the name or place; the name of an old commune also finds the agencies at what it went to."""

    def filter(self, qs: Any, value: str) -> Any:
        return qs.filter(agencies_named(value or ""))


def agencies_named(text: str) -> Q:
    """Return the condition that an agency holds every word, or is at a place that an old commune so named went to."""
    named = every_word("search_key", text)
    old = selectors.merged_names(text)
    return named | selectors.at_places(selectors.places_of(old)) if old else named


class AgencyFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """Words of the name or place, kind, tier, whether it exists today."""

    words = AgencyWordsFilter("search_key", label=_("Tên hoặc địa danh, cũ hoặc mới"))
    kind = django_filters.ChoiceFilter(
        label=_("Loại cơ quan"), empty_label=_("Mọi loại"), choices=every_kind, widget=LongSelect
    )
    tier = django_filters.ChoiceFilter(label=_("Cấp"), empty_label=_("Mọi cấp"), choices=Tier.choices)
    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"),
        empty_label=_("Mọi tình trạng"),
        choices=[("standing", _("Đang hoạt động")), ("ended", _("Đã kết thúc")), ("coming", _("Chưa hoạt động"))],
        method="in_state",
    )

    def in_state(self, queryset: Any, name: str, value: str) -> Any:
        """Keep those in the chosen state today."""
        today = clock.today()
        if value == "standing":
            return queryset.existing_on(today)
        return queryset.filter(ends_on__lt=today) if value == "ended" else queryset.filter(begins_on__gt=today)


class PeopleFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """Words of the name or e-mail; a role, an agency with what is under it, or both at once; a state."""

    words = WordsFilter("search_key", label=_("Họ tên hoặc thư điện tử"))
    role = django_filters.ChoiceFilter(label=_("Vai trò"), empty_label=_("Mọi vai trò"), choices=Role.choices)
    agency = AgencyFilter(label=_("Cơ quan, gồm trực thuộc"), empty_label=_("Mọi cơ quan"), queryset=visible_agencies)
    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"),
        empty_label=_("Mọi tình trạng"),
        choices=list(STATES.items()),
    )

    def filter_queryset(self, queryset: Any) -> Any:
        """Keep those who hold the role at the agency; roles that the asker may not see do not count."""
        chosen = self.form.cleaned_data
        held = Membership.objects.filter(signed_in(self.request).scope("agency__path"))
        if chosen["role"]:
            held = held.filter(role=chosen["role"])
        if isinstance(chosen["agency"], Agency):
            held = held.filter(chosen["agency"].subtree("agency__path"))
        if chosen["role"] or chosen["agency"]:
            queryset = queryset.filter(pk__in=held.values("person"))
        if chosen["state"]:
            queryset = queryset.filter(in_state(chosen["state"], clock.now()))
        return self.filters["words"].filter(queryset, chosen["words"])
