"""A deadline with its place, and what the whole letter gives to the reading of its dates."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ancam.engines.reading.citations import Mention
from ancam.engines.reading.model import Actor, Deadline, Relative, Span


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline with its place.

    guessed: its year was taken from the letter's date. by_reference: it stands in another document.
    """

    span: Span
    deadline: Deadline
    relative: Relative | None = None
    guessed: bool = False
    by_reference: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the letter as a whole gives to the reading of its dates: its own date and the documents it names.

    house: the kind of the issuer when its units are spoken to as itself, as within an enterprise.
    trade: the kind of an issuer with one field of its own, such as the police, for its own unnamed units.
    short_names: the bodies that the letter says it will call by a short name.
    """

    written_on: dt.date | None
    mentions: Sequence[Mention]
    house: str | None = None
    trade: str | None = None
    short_names: Mapping[str, tuple[Actor, ...]] = field(default_factory=dict)

    def mentions_in(self, span: Span) -> Sequence[Mention]:
        """Return the documents whose names begin in a span; the mentions are in the order of the text."""
        first = bisect_left(self.mentions, span[0], key=_start)
        return self.mentions[first : bisect_left(self.mentions, span[1], key=_start)]


def _start(mention: Mention) -> int:
    return mention.span[0]
