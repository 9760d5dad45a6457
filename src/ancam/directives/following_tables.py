"""Counts of what is followed, by agency and by kind: each number leads to the list of what it counts."""

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ancam.directives.models import DutyKind, Sign
from ancam.directives.templatetags.matrix import narrowed
from ancam.web.tables import Table


class CountColumn(django_tables2.Column):  # type: ignore[misc]  # the library is untyped
    """How many periods stand under a sign, or under any; the row's `kept` are the conditions under which they do."""

    def __init__(self, label: Any, sign: Sign | None = None) -> None:
        super().__init__(label, attrs={"cell": {"class": "number"}})
        self.sign = sign

    def render(self, record: dict[str, Any], value: int) -> Any:
        if not value:
            return "0"
        address = f"{reverse('assignments')}?{narrowed(record['kept'], self.sign)}"
        return format_html('<a href="{}">{}</a>', address, value)

    def value(self, value: int) -> int:
        return value


class CountTable(Table):
    """A row of counts for each agency or kind."""

    caption = _("Số kỳ theo tình hình")
    empty = _("Không có nhiệm vụ nào khớp điều kiện lọc.")
    heading = "by"
    phone = ("total", "overdue", "submitted", "accepted")

    by = django_tables2.Column("", orderable=False)
    total = CountColumn(_("Tất cả"))
    overdue = CountColumn(Sign.OVERDUE.label, Sign.OVERDUE)
    returned = CountColumn(Sign.RETURNED.label, Sign.RETURNED)
    submitted = CountColumn(Sign.SUBMITTED.label, Sign.SUBMITTED)
    in_progress = CountColumn(Sign.IN_PROGRESS.label, Sign.IN_PROGRESS)
    not_started = CountColumn(Sign.NOT_STARTED.label, Sign.NOT_STARTED)
    accepted = CountColumn(Sign.ACCEPTED.label, Sign.ACCEPTED)
    not_applicable = CountColumn(Sign.NOT_APPLICABLE.label, Sign.NOT_APPLICABLE)


class AgencyCountTable(CountTable):
    """A row for each agency, the most overdue first."""

    by = django_tables2.Column(_("Cơ quan"), accessor="agency__name", order_by=("agency__sort_key",))


class KindCountTable(CountTable):
    """A row for each kind of duty, the most overdue first."""

    by = django_tables2.Column(_("Loại nhiệm vụ"), accessor="kind")

    def render_by(self, value: str) -> Any:
        return DutyKind(value).label
