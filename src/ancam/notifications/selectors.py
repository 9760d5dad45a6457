"""The door for reading: a person's own notices, and how they hear of each kind."""

from django.db.models import QuerySet

from ancam.accounts.models import Person
from ancam.accounts.tokens import token_digest
from ancam.notifications.models import CalendarFeed, Notice, NoticeKind, Preference
from ancam.notifications.rules import USUAL


def notices(person: Person) -> QuerySet[Notice]:
    """Return what the person was told, newest first."""
    found: QuerySet[Notice] = Notice.objects.all().visible_to(person)
    return found


def unread_count(person: Person) -> int:
    """Return how many notices the person has not read. One query."""
    return notices(person).filter(read_at=None).count()


def calendar_reader(token: str) -> Person | None:
    """Return whose calendar this token opens, while their account stands; else None. One query."""
    feed = CalendarFeed.objects.select_related("person").filter(digest=token_digest(token)).first()
    return feed.person if feed and feed.person.is_active else None


def calendar_feed(person: Person) -> CalendarFeed | None:
    """Return the person's calendar address, or None. One query."""
    return CalendarFeed.objects.filter(person=person).first()


def channels_of(person: Person) -> dict[str, str]:
    """Return by kind how the person hears of it: as they said, else as usual. One query."""
    said = dict(Preference.objects.filter(person=person).values_list("kind", "channel"))
    return {kind: said.get(kind, USUAL[kind]) for kind in NoticeKind.values}
