"""What was told and is settled by the time its mail is made: the room that told it says so."""

from collections.abc import Callable, Collection, Sequence

from django.core.exceptions import ImproperlyConfigured

from ancam.accounts.models import Person

Settled = Callable[[Person, Sequence[str]], Collection[str]]
_rooms: dict[str, Settled] = {}


def register(name: str, settled: Settled) -> None:
    """Let a room say which keys, of those that wait for one person, oldest first, are not to be mailed any more."""
    if name in _rooms:
        raise ImproperlyConfigured(f"{name} says twice what is settled")
    _rooms[name] = settled


def settled_keys(person: Person, keys: Sequence[str]) -> set[str]:
    """Return those of a person's keys, oldest first, of which a mail would come too late. Costs what the rooms ask."""
    return {key for settled in _rooms.values() for key in settled(person, keys)}
