"""People are reminded of what their agencies must do; a leader hears of what is two weeks late."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancam.accounts.models import Person
from ancam.accounts.rules import FOLLOWING, LEADER
from ancam.directives.models import WORKING, DuePeriod
from ancam.directives.reminder_rules import DAYS_BEFORE, escalates, stage_on
from ancam.directives.services.telling import Followers, acting_paths, followers_on, joined, to_each
from ancam.kit.working_days import WorkingCalendar
from ancam.notifications.models import NoticeKind
from ancam.notifications.services import Told, tell
from ancam.reference.working_days import public_calendar
from ancam.web.clock import day_of

LOOK_AHEAD = timedelta(days=max(DAYS_BEFORE) + 15)
"""How far ahead a last day may be of which somebody is reminded today: the longest rest before it included."""

AT_ONCE = 2_000
"""How many periods one job looks at."""


def remind_some(*, at: datetime, after: int = 0) -> int | None:
    """Tell who follows each agency's duties the reminder that has fallen due, and its leaders what is two weeks late.

    Who stands in for one of them hears it too, and by mail alone does; the people of the agency that keeps the records
    of one that ended hear what it had to do. Nothing on days of rest. Idempotent: each is told once. Looks at 2,000
    periods after the one of this id, in their order; returns the last one's id, None when there are no more.
    """
    on, calendar = day_of(at), public_calendar()
    if not calendar.is_working_day(on):
        return None
    periods = list(_open(on).filter(pk__gt=after)[:AT_ONCE])
    followers = followers_on(on) if periods else {}
    tell((one for period in periods for one in _told_of(period, followers, on, calendar)), at)
    return periods[-1].pk if len(periods) == AT_ONCE else None


def _open(on: date) -> QuerySet[DuePeriod]:
    found = DuePeriod.objects.all().followed().filter(state__in=WORKING, due_on__lte=on + LOOK_AHEAD)
    related = ("assignment__agency", "assignment__answering_agency", "assignment__obligation__document")
    heavy = ("assignment__obligation__document__text", "assignment__obligation__document__clauses")
    return found.select_related(*related).defer(*heavy).order_by("pk")


def _told_of(
    period: DuePeriod, followers: Followers, on: date, calendar: WorkingCalendar
) -> Iterator[tuple[Person, Told]]:
    due_on = period.due_on
    if due_on is None:
        return
    paths = acting_paths(period.assignment.acting_agency, on)
    opened_on = max(period.begins_on, day_of(period.assignment.assigned_at))
    named, address = f"period:{period.pk}:{due_on:%Y-%m-%d}", reverse("period", args=[period.pk])
    words = partial(_words, period, on)
    if stage := stage_on(due_on, opened_on, on, calendar):
        kind = NoticeKind.LATE if due_on < on else NoticeKind.REMINDER
        yield from to_each(Told(f"{named}:{stage.name}", kind, address, words), paths, FOLLOWING, followers)
    if escalates(due_on, opened_on, on, calendar):
        told = Told(f"{named}:escalated", NoticeKind.ESCALATION, address, words)
        yield from to_each(told, paths, (LEADER,), followers)


def _words(period: DuePeriod, on: date) -> tuple[str, str]:
    """Return title and text of a reminder in the language that is on."""
    due_on = period.due_on or on
    days = abs((due_on - on).days)
    values = {"day": f"{due_on:%d/%m/%Y}", "n": days}
    if due_on < on:
        title = ngettext("Quá hạn %(n)d ngày (hạn %(day)s)", "Quá hạn %(n)d ngày (hạn %(day)s)", days) % values
    elif due_on == on:
        title = _("Hạn hôm nay, %(day)s") % values
    else:
        title = ngettext("Còn %(n)d ngày, hạn %(day)s", "Còn %(n)d ngày, hạn %(day)s", days) % values
    assignment = period.assignment
    return title, joined(assignment.obligation.document.title, period.label, assignment.agency.name, assignment.task)
