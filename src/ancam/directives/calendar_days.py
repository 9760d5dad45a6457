"""What is due, for people's calendars."""

from collections.abc import Iterator
from datetime import date
from typing import cast

from django.urls import reverse

from ancam.accounts.models import Person
from ancam.directives.models import WORKING
from ancam.directives.selectors import due_periods
from ancam.directives.selectors.people import answered_by, holding_agencies
from ancam.notifications.calendars import Day

CHUNK = 500


def due_days(person: Person, since: date, on: date) -> Iterator[Day]:
    """Yield the last days, from a day on, of what the agencies for which the person acts `on` a day have left to do.

    In the order of their days. Three queries.
    """
    mine = answered_by(holding_agencies(person), on, "assignment__")
    found = due_periods(person).filter(mine, state__in=WORKING, due_on__gte=since)
    for period in found.order_by("due_on", "pk").iterator(chunk_size=CHUNK):
        obligation = period.assignment.obligation
        title = f"{obligation.document.short_title} · {obligation.label}"
        about = (period.label, period.assignment.named_agency, period.assignment.task)
        text = " · ".join(part for part in about if part)
        due_on = cast(date, period.due_on)  # there, or the filter had left it out
        yield Day(f"period-{period.pk}", due_on, title, text, reverse("period", args=[period.pk]))
