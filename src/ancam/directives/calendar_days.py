"""What is due, for people's calendars."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from ancam.accounts.models import Person
from ancam.directives.models import WORKING
from ancam.directives.selectors import due_periods
from ancam.directives.selectors.people import answered_by, holding_agencies
from ancam.notifications.calendars import Day


def due_days(person: Person, since: date) -> Iterator[Day]:
    """Yield the last days, from a day on, of what the agencies for which the person acts have left to do."""
    mine = answered_by(holding_agencies(person), since, "assignment__")
    for period in due_periods(person).filter(mine, state__in=WORKING, due_on__gte=since):
        obligation = period.assignment.obligation
        title = f"{obligation.document.full_number or obligation.document.title} · {obligation.label}"
        about = (period.label, period.assignment.named_agency, obligation.action)
        text = " · ".join(part for part in about if part)
        yield Day(f"period-{period.pk}", period.due_on, title, text, reverse("period", args=[period.pk]))
