"""Changing the encryption key: every sealed value, of whatever room, closed anew with the newest key."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from ancam.audit.selectors import instance_as_subject
from ancam.audit.services import SYSTEM, Action, record
from ancam.web.secrets import SealedPlace, key_number, sealed_places

RESEAL_SECRETS = Action("keeping.reseal_secrets", "Mã hóa lại các bí mật bằng khóa mới nhất")
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Sealed:
    """How many values each key closes, in the order of the keys, and how many no key opens."""

    by_key: tuple[int, ...]
    closed: int

    @property
    def older(self) -> int:
        """Return how many values wait for the newest key."""
        return sum(self.by_key[1:])

    @property
    def total(self) -> int:
        """Return how many values there are."""
        return sum(self.by_key) + self.closed


def count_sealed() -> Sealed:
    """Return with which keys the values are closed. Reads every row of every declared place, 500 at a time."""
    numbers: Counter[int | None] = Counter()
    for place in sealed_places():
        for rows in _batches(place):
            values = (sealed for row in rows for sealed in place.sealed_in(getattr(row, place.column)))
            numbers.update(map(key_number, values))
    by_key = tuple(numbers[number] for number in range(1, len(settings.ENCRYPTION_KEYS) + 1))
    return Sealed(by_key, numbers[None])


def reseal_secrets(*, at: datetime, told: Callable[[int], None] = lambda done: None) -> Sealed:
    """Close every value with the newest key and return how the values stand then.

    Killed halfway it leaves each value closed with one key or the other: run it again. The line, with the count of what
    waited, is written before the first value changes; no line when none waits. What no key opens is left as it is.
    `told` is called with how many values have been gone through. Each 500 rows are locked, changed and committed alone,
    so that people can go on signing in.
    """
    found = count_sealed()
    if not found.older:
        return found
    with transaction.atomic():
        change = {"older": found.older, "total": found.total, "closed": found.closed}
        record(by=SYSTEM, action=RESEAL_SECRETS, subject=instance_as_subject(), change=change, at=at)
    done = 0
    for place in sealed_places():
        after = None
        while (last := _reseal_after(place, after)) is not None:
            after, done = last[0], done + last[1]
            told(done)
    return count_sealed()


@transaction.atomic
def _reseal_after(place: SealedPlace, after: Any) -> tuple[Any, int] | None:
    """Reseal the next rows; return the last one's key and how many values they hold, None when there are no more."""
    rows = list(_rows_after(place, after).select_for_update())
    if not rows:
        return None
    changed, values = [], 0
    for row in rows:
        held = list(place.sealed_in(getattr(row, place.column)))
        values += len(held)
        if any(key_number(sealed) not in (1, None) for sealed in held):
            setattr(row, place.column, place.resealed_in(getattr(row, place.column)))
            changed.append(row)
    place.table()._base_manager.bulk_update(changed, [place.column])
    return rows[-1].pk, values


def _batches(place: SealedPlace) -> Iterator[list[Model]]:
    after = None
    while rows := list(_rows_after(place, after)):
        yield rows
        after = rows[-1].pk


def _rows_after(place: SealedPlace, after: Any) -> Any:
    rows = place.table()._base_manager.only("pk", place.column).order_by("pk")
    return (rows if after is None else rows.filter(pk__gt=after))[:AT_ONCE]
