"""Small makers of what people are told."""

from datetime import datetime

from ancam.accounts.models import Person
from ancam.notifications.models import NoticeKind
from ancam.notifications.services import Told, tell


def told(key: str = "thing:1", kind: NoticeKind = NoticeKind.REMINDER, **values: bool) -> Told:
    """Return a reminder, or something of another kind."""
    return Told(key, kind, "/ky-han/1/", lambda: ("Còn 7 ngày", "Công văn 2146/UBND-NC"), **values)


def tell_some(person: Person, count: int, at: datetime, kind: NoticeKind = NoticeKind.REMINDER) -> None:
    """Tell a person so many things of a kind."""
    tell([(person, told(f"{kind}:{number}", kind)) for number in range(count)], at)
