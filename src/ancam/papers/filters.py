"""How the lists of this room are narrowed."""

from typing import Any

import django_filters
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ancam.accounts.filters import AgencyFilter, visible_agencies
from ancam.accounts.sign_in import signed_in
from ancam.papers.models import PaperState
from ancam.papers.selectors import symbols, years
from ancam.web.days import DayInput
from ancam.web.tables import WordsFilter


def seen_symbols(request: HttpRequest | None) -> list[tuple[str, str]]:
    """Return the symbols that a filter may offer to who is signed in."""
    return [(symbol, symbol) for symbol in symbols(signed_in(request))] if request else []


def seen_years(request: HttpRequest | None) -> list[tuple[int, str]]:
    """Return the years that a filter may offer to who is signed in."""
    return [(year, str(year)) for year in years(signed_in(request))] if request else []


class _Offered(django_filters.ChoiceFilter):  # type: ignore[misc]  # the library is untyped
    """One of what the person may see; `offered` is asked once for each request."""

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered = offered

    @property
    def field(self) -> Any:
        self.extra["choices"] = self._offered(self.parent.request)
        return super().field


class PaperFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """Words of the number or title, the state, the agency, symbol and year, the first and the last day."""

    words = WordsFilter("search_key", label=_("Số, ký hiệu hoặc trích yếu"))
    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"), empty_label=_("Mọi trạng thái"), choices=PaperState.choices
    )
    agency = AgencyFilter(label=_("Cơ quan ban hành"), empty_label=_("Mọi cơ quan"), queryset=visible_agencies)
    symbol = _Offered(label=_("Ký hiệu"), empty_label=_("Mọi ký hiệu"), offered=seen_symbols)
    year = _Offered("issued_on__year", label=_("Năm"), empty_label=_("Mọi năm"), offered=seen_years)
    since = django_filters.DateFilter("issued_on", "gte", label=_("Từ ngày"), widget=DayInput())
    until = django_filters.DateFilter("issued_on", "lte", label=_("Đến ngày"), widget=DayInput())


class RegisterFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """The agency, symbol and year of the register; whether a paper has the number."""

    agency = AgencyFilter(label=_("Cơ quan"), empty_label=_("Mọi cơ quan"), queryset=visible_agencies)
    symbol = django_filters.CharFilter(label=_("Ký hiệu"), max_length=60)
    year = django_filters.NumberFilter(label=_("Năm"), min_value=1990, max_value=2100, decimal_places=0)
    by_hand = django_filters.BooleanFilter("paper", "isnull", label=_("Chỉ số ghi tay"))
