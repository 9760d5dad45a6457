"""How the list of papers is narrowed."""

import django_filters
from django.utils.translation import gettext_lazy as _

from ancam.accounts.filters import AgencyFilter, visible_agencies
from ancam.web.days import DayInput
from ancam.web.tables import WordsFilter


class PaperFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """Words of the number or title, the agency that issued, the first and the last day."""

    words = WordsFilter("search_key", label=_("Số, ký hiệu hoặc trích yếu"))
    agency = AgencyFilter(label=_("Cơ quan ban hành"), empty_label=_("Mọi cơ quan"), queryset=visible_agencies)
    since = django_filters.DateFilter("issued_on", "gte", label=_("Từ ngày"), widget=DayInput())
    until = django_filters.DateFilter("issued_on", "lte", label=_("Đến ngày"), widget=DayInput())
