"""The one set of conditions by which duties are followed, in lists, matrix, timeline and calendar alike."""

from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.forms import HiddenInput
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ancam.accounts.forms import AgencyChoice
from ancam.accounts.models import Agency, Tier
from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors
from ancam.directives.filters import PeriodFilters
from ancam.directives.models import Assignment, Obligation
from ancam.directives.selectors.following import LATENESS, not_overdue
from ancam.directives.selectors.matrix import reach
from ancam.web import clock
from ancam.web.days import DayField
from ancam.web.pickers import WORDS
from ancam.web.tables import filters_in_words

LATENESS_WORDS = {
    "late_month": _("Quá hạn trên 30 ngày"),
    "late_weeks": _("Quá hạn 15 đến 30 ngày"),
    "late_fortnight": _("Quá hạn 8 đến 14 ngày"),
    "late_week": _("Quá hạn 1 đến 7 ngày"),
    "soon": _("Còn đến 7 ngày"),
    "within_30": _("Còn 8 đến 30 ngày"),
    "ahead": _("Còn trên 30 ngày"),
    "undated": _("Chưa xong, không ghi ngày"),
    "waiting": _("Đã gửi, chờ xác nhận"),
    "done_late": _("Hoàn thành muộn"),
    "done_on_time": _("Hoàn thành đúng hạn"),
    "not_applicable": _("Không áp dụng"),
}
FOLLOWING = "following"
"""The name under which the filters of these views are kept."""

NO_FILTER = "loc=khong"
NOT_OVERDUE, NO_DAY = "open", "no_day"
_DUE = [
    ("overdue", _("Quá hạn")),
    (NOT_OVERDUE, _("Chưa quá hạn")),
    ("next", _("Trong 30 ngày")),
    ("later", _("Sau 30 ngày hoặc không ghi ngày")),
    (NO_DAY, _("Không ghi ngày đến hạn")),
    *LATENESS_WORDS.items(),
]


def followed_agencies(request: HttpRequest) -> Any:
    """Return the agencies to which the lists may be narrowed: one's own and below; for the office of a committee also
    those of the committee that have work the person may see."""
    me = signed_in(request)
    within = Q(pk__in=[])
    for path in reach(me):
        within |= Agency(path=path).subtree()
    if any(agency.is_root() for agency in me.agencies_as()):
        return Agency.objects.filter(within)
    given = Assignment.objects.all().visible_to(me).order_by().filter(agency=OuterRef("pk"))
    return Agency.objects.filter(me.scope("path") | (within & Q(Exists(given))))


def visible_duties(request: HttpRequest) -> Any:
    """Return the duties to which the lists may be narrowed."""
    return Obligation.objects.all().visible_to(signed_in(request))


class FollowedAgencyFilter(django_filters.ModelChoiceFilter):  # type: ignore[misc]  # the library is untyped
    """One of the agencies whose work the person may see."""

    field_class = AgencyChoice


class DayFilter(django_filters.Filter):  # type: ignore[misc]  # the library is untyped
    """A day as offices write it."""

    field_class = DayField


class FollowingFilters(PeriodFilters):
    """Words, letter, kind; agency with what is under it, tier; state, lateness, last day from a day to a day.

    duty and own are what the numbers of other views lead to: one duty; the agency alone, without what is under it.
    """

    agency = FollowedAgencyFilter(
        label=_("Cơ quan, gồm trực thuộc"),
        empty_label=_("Mọi cơ quan"),
        queryset=followed_agencies,
        source="pick_followed_agency",
        method="by_agency",
    )
    tier = django_filters.ChoiceFilter(label=_("Cấp"), empty_label=_("Mọi cấp"), choices=Tier.choices, method="by_tier")
    due = django_filters.ChoiceFilter(
        label=_("Mức trễ, thời hạn"), empty_label=_("Mọi thời hạn"), choices=_DUE, method="by_due"
    )
    since = DayFilter("due_on", "gte", label=_("Hạn từ ngày"))
    until = DayFilter("due_on", "lte", label=_("Hạn đến ngày"))
    duty = django_filters.ModelChoiceFilter("assignment__obligation", queryset=visible_duties, widget=HiddenInput)
    own = django_filters.BooleanFilter(widget=HiddenInput, method="kept_for_agency")

    def by_agency(self, queryset: Any, name: str, agency: Agency) -> Any:
        """Keep what the agency answers for, or what is under it does too."""
        if self.form.cleaned_data.get("own"):
            return queryset.filter(selectors.acting([agency]))
        given = Q(assignment__answering_agency=None) & agency.subtree("assignment__agency__path")
        return queryset.filter(given | agency.subtree("assignment__answering_agency__path"))

    def by_tier(self, queryset: Any, name: str, tier: str) -> Any:
        """Keep what agencies of this tier answer for."""
        given = Q(assignment__answering_agency=None, assignment__agency__tier=tier)
        return queryset.filter(given | Q(assignment__answering_agency__tier=tier))

    def by_due(self, queryset: Any, name: str, value: str) -> Any:
        """Keep what is as late, or as near, as was chosen."""
        if value == NOT_OVERDUE:
            return queryset.filter(not_overdue(clock.today()))
        if value == NO_DAY:
            return queryset.filter(due_on=None)
        if value in LATENESS:
            return queryset.filter(LATENESS[value](clock.today()))
        return super().by_due(queryset, name, value)

    def kept_for_agency(self, queryset: Any, name: str, value: bool) -> Any:
        """Keep everything: it only says how the agency is meant."""
        return queryset

    @property
    def kept(self) -> str:
        """Return the conditions as the part of an address behind its `?`, the same whatever view they came from."""
        names = [found for name in self.filters for found in (name, f"{name}{WORDS}")]
        return urlencode([(name, self.data[name]) for name in names if self.data.get(name)])

    @property
    def carried(self) -> str:
        """Return what goes along to another view: the conditions, or that none are wanted."""
        return self.kept or NO_FILTER

    @property
    def cleared(self) -> str:
        """Return the address of this view without conditions, the ones it opens with left out too."""
        return f"?{NO_FILTER}"

    @property
    def within(self) -> Agency | None:
        """Return the agency to which all is narrowed, with what is under it."""
        agency = self.form.cleaned_data.get("agency") if self.form.is_valid() else None
        return agency if isinstance(agency, Agency) else None

    @property
    def in_words(self) -> str:
        """Return what is kept, in one line, as a person chose it."""
        return filters_in_words(self.form)

    @property
    def narrowed_to(self) -> Obligation | None:
        """Return the one duty that a number of another view led to."""
        duty = self.form.cleaned_data.get("duty") if self.form.is_valid() else None
        return duty if isinstance(duty, Obligation) else None
