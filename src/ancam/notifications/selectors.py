"""The door for reading: a person's own notices, how they hear of each kind, whose calendar a token opens."""

from django.db.models import QuerySet

from ancam.accounts.models import Person
from ancam.accounts.tokens import token_digest
from ancam.notifications.models import CalendarFeed, Notice, NoticeKind, Preference
from ancam.notifications.rules import USUAL


def notices(person: Person) -> QuerySet[Notice]:
    """Return what the person was told, newest first."""
    found: QuerySet[Notice] = Notice.objects.all().visible_to(person)
    return found


def unread_count(person: Person, most: int | None = None) -> int:
    """Return how many notices the person has not read, counting no further than `most`. One query."""
    return notices(person).filter(read_at=None).order_by()[:most].count()


def feed_of_token(token: str) -> CalendarFeed | None:
    """Return the calendar address that this token is of, with its person, while their account stands. One query."""
    found = CalendarFeed.objects.select_related("person").filter(person__is_active=True)
    return found.filter(digest=token_digest(token)).first()


def calendar_feed(person: Person) -> CalendarFeed | None:
    """Return the person's calendar address, or None. One query."""
    return CalendarFeed.objects.filter(person=person).first()


def channels_of(person: Person) -> dict[str, str]:
    """Return by kind how the person hears of it: as they said, else as usual. One query."""
    said = dict(Preference.objects.filter(person=person).values_list("kind", "channel"))
    return {kind: said.get(kind, USUAL[kind]) for kind in NoticeKind.values}
