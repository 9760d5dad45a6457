"""People are reminded of what their agencies must do; a leader hears of what is two weeks late."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ancam.accounts.models import Delegation, Membership, Person
from ancam.accounts.rules import FOLLOWING, LEADER
from ancam.directives.models import WORKING, DuePeriod
from ancam.directives.reminder_rules import DAYS_BEFORE, ESCALATED_AFTER, escalates_on, stage_on
from ancam.directives.services.guards import public_calendar
from ancam.kit.working_days import WorkingCalendar
from ancam.notifications.models import NoticeKind
from ancam.notifications.services import Told, tell
from ancam.web.clock import day_of

LOOK_AHEAD = timedelta(days=max(DAYS_BEFORE) + 15)
"""How far ahead a last day may be of which somebody is reminded today: the longest rest before it included."""

BATCH = 500


def remind(*, at: datetime) -> None:
    """Tell who follows each agency's duties the reminder that has fallen due, and its leaders what is two weeks late.

    Those who stand in for one of them hear it too. Nothing on days of rest. Idempotent: each is told once.
    """
    on, calendar = day_of(at), public_calendar()
    if not calendar.is_working_day(on):
        return
    followers = _followers(on)
    batch: list[tuple[Person, Told]] = []
    for period in _open(on).iterator(chunk_size=BATCH):
        batch += _told_of(period, followers, on, calendar)
        if len(batch) >= BATCH:
            tell(batch, at)
            batch = []
    tell(batch, at)


def _open(on: date) -> QuerySet[DuePeriod]:
    found = DuePeriod.objects.all().followed().filter(state__in=WORKING, due_on__lte=on + LOOK_AHEAD)
    related = ("assignment__agency", "assignment__answering_agency", "assignment__obligation__document")
    heavy = ("assignment__obligation__document__text", "assignment__obligation__document__clauses")
    return found.select_related(*related).defer(*heavy).order_by("pk")


def _followers(on: date) -> Mapping[tuple[int, str], list[Person]]:
    """Return who holds each role of following at each agency, with those who stand in for them. Two queries."""
    found: dict[tuple[int, str], list[Person]] = defaultdict(list)
    held = Membership.objects.filter(role__in=FOLLOWING, person__is_active=True).select_related("person")
    for membership in held.order_by("pk"):
        found[membership.agency_id, membership.role].append(membership.person)
    standing = Delegation.objects.all().live_on(on).filter(role__in=FOLLOWING, stand_in__is_active=True)
    for delegation in standing.select_related("stand_in").order_by("pk"):
        found[delegation.agency_id, delegation.role].append(delegation.stand_in)
    return found


def _told_of(
    period: DuePeriod, followers: Mapping[tuple[int, str], list[Person]], on: date, calendar: WorkingCalendar
) -> Iterator[tuple[Person, Told]]:
    due_on, agency = period.due_on, period.assignment.acting_agency_id
    if due_on is None:
        return
    opened_on = max(period.begins_on, day_of(period.assignment.assigned_at))
    stage = stage_on(due_on, opened_on, on, calendar)
    named = f"period:{period.pk}:{due_on:%Y-%m-%d}"
    address = reverse("period", args=[period.pk])
    if stage is not None:
        kind = NoticeKind.LATE if stage.name.startswith("late") else NoticeKind.REMINDER
        told = Told(f"{named}:{stage.name}", kind, address, partial(_words, period, on))
        for role in FOLLOWING:
            yield from ((person, told) for person in followers.get((agency, role), ()))
    if on - due_on >= ESCALATED_AFTER and on >= escalates_on(due_on, calendar):
        told = Told(f"{named}:escalated", NoticeKind.ESCALATION, address, partial(_words, period, on))
        yield from ((person, told) for person in followers.get((agency, LEADER), ()))


def _words(period: DuePeriod, on: date) -> tuple[str, str]:
    """Return title and text of a reminder in the language that is on."""
    due_on = period.due_on or on
    values = {"day": f"{due_on:%d/%m/%Y}", "n": abs((due_on - on).days)}
    if due_on < on:
        title = _("Quá hạn %(n)d ngày (hạn %(day)s)") % values
    elif due_on == on:
        title = _("Hạn hôm nay, %(day)s") % values
    else:
        title = _("Còn %(n)d ngày, hạn %(day)s") % values
    obligation = period.assignment.obligation
    parts = (obligation.document.title, period.label, period.assignment.agency.name, obligation.action)
    return title, " · ".join(part for part in parts if part)
