"""The likeliest kind of a wording, by how often its words stand in labelled duties of each kind: `kind_words.txt`."""

import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from ancam.engines.reading.model import Cadence, Span
from ancam.engines.reading.script import Script
from ancam.reference import reference

_WORD = re.compile(r"(?P<number>\d[\d./-]*)|[^\W\d_]+|[,;]")
_NUMBER = "#"
_COMMAS = frozenset(",;")
# The act stands among the first words.
_FIRST_WORDS = 6
_UNSEEN = 0.2
"""What a sign counts for that no duty of a kind bears."""


@dataclass(frozen=True, slots=True)
class Likely:
    """A kind, and how much likelier it is than the next: the natural logarithm of the odds, far too sure of itself."""

    kind: str
    margin: float


class KindWords:
    """How many duties of each kind bear a sign.

    table: a line of the kinds, two at least, then one for each sign: `sign⇥place of the kind:duties …`. A sign is a
    word, two that follow each other, `<` a word among the first, `^` the very first, `@` the kind of a body that
    leads (`@` alone: none with a trade of its own), `~` how often; words without diacritics, `#` for a number.
    """

    def __init__(self, table: str) -> None:
        first, *lines = table.splitlines()
        self._kinds = first.split(" ")
        self._rows = {sign: _counts(row) for sign, _, row in (line.partition("\t") for line in lines)}
        self._signs_of = [sum(row.get(kind, 0) for row in self._rows.values()) for kind in range(len(self._kinds))]
        self._all = sum(self._signs_of)
        self._gains: dict[str, list[float]] = {}

    def likely(self, signs: Collection[str]) -> Likely:
        """Return the kind that these signs speak for most, against all other kinds (complement naive Bayes)."""
        gains = [self._gains.get(sign) or self._learnt(sign) for sign in signs if sign in self._rows]
        sums = map(sum, zip([0.0] * len(self._kinds), *gains, strict=True))
        (most, kind), (next_most, _) = sorted(zip(sums, self._kinds, strict=True), reverse=True)[:2]
        return Likely(kind, most - next_most)

    def _learnt(self, sign: str) -> list[float]:
        """Return by how much a sign speaks for each kind: the logarithm of its share there over that elsewhere."""
        row, unseen = self._rows[sign], _UNSEEN * len(self._rows)
        borne = sum(row.values())
        self._gains[sign] = [
            math.log((row.get(kind, 0) + _UNSEEN) / (here + unseen))
            - math.log((borne - row.get(kind, 0) + _UNSEEN) / (self._all - here + unseen))
            for kind, here in enumerate(self._signs_of)
        ]
        return self._gains[sign]


def _counts(row: str) -> dict[int, int]:
    return {int(kind): int(count) for kind, _, count in (cell.partition(":") for cell in row.split(" "))}


def signs_of(script: Script, span: Span, leads: Collection[str | None], cadence: Cadence) -> tuple[str, ...]:
    """Return what of a wording, of the kinds of the bodies that lead and of its rhythm tells its kind, each once."""
    words = [_NUMBER if found["number"] else found.group() for found in _WORD.finditer(script.bare, *span)]
    said = [word for word in words if word not in _COMMAS]
    found = (
        *said,
        *(f"{one} {other}" for one, other in pairwise(words) if not _COMMAS & {one, other}),
        *(f"<{word}" for word in said[:_FIRST_WORDS]),
        *(f"^{' '.join(said[:count])}" for count in (1, 2) if len(said) > 1),
        *sorted(f"@{lead}" for lead in leads if lead),
        *(() if _with_a_trade().intersection(leads) else ("@",)),
        *(() if cadence == "none" else (f"~{cadence}",)),
    )
    return tuple(dict.fromkeys(found))


def likely_kind(script: Script, span: Span, leads: Collection[str | None], cadence: Cadence) -> Likely:
    """Return the likeliest kind of a wording, given the kinds of the bodies that lead it and its rhythm."""
    return kind_words().likely(signs_of(script, span, leads, cadence))


@cache
def _with_a_trade() -> frozenset[str]:
    """Return the kinds of bodies that have duties of their own: the police, customs, telecom enterprises, the press."""
    kinds = reference("duty-kinds")["kinds"]
    return frozenset(lead for kind in kinds for trigger in kind["triggers"] for lead in trigger.get("leads", ()))


@cache
def kind_words() -> KindWords:
    """Return the counts that come with the reader."""
    return KindWords(files("ancam.engines.reading").joinpath("kind_words.txt").read_text(encoding="utf-8"))
