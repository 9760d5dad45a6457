"""What a written name of a place stands for today: one place, several that are possible, or unknown."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import chain, product

from ancam.kit.places.gazetteer import Era, Gazetteer, Level, Place
from ancam.kit.places.spelling import blind, exact, has_diacritics, words_of

MOST_CHARACTERS = 200
MOST_WORDS = 20
MOST_PIECES = 5
_LONGEST_NAME = 6

# What may stand before a name, and the kinds of place it then can be.
_PREFIXES = {
    "xã": {"Xã"},
    "x": {"Xã"},
    "phường": {"Phường"},
    "p": {"Phường"},
    "f": {"Phường"},
    "thị trấn": {"Thị trấn"},
    "tt": {"Thị trấn"},
    "đặc khu": {"Đặc khu"},
    "đk": {"Đặc khu"},
    "huyện": {"Huyện"},
    "huyện đảo": {"Huyện"},
    "h": {"Huyện"},
    "quận": {"Quận"},
    "q": {"Quận"},
    "thị xã": {"Thị xã"},
    "tx": {"Thị xã"},
    "thành phố": {"Thành phố"},
    "tp": {"Thành phố"},
    "thủ đô": {"Thành phố"},
    "tỉnh": {"Tỉnh"},
    "t": {"Tỉnh"},
}
_BLIND_PREFIXES = {blind(prefix.split()): (exact(prefix.split()), kinds) for prefix, kinds in _PREFIXES.items()}
_HEIGHT = {Level.COMMUNE: 0, Level.DISTRICT: 1, Level.PROVINCE: 2}


class Verdict(Enum):
    """How far a name is settled."""

    PRESENT = "present"
    SUCCESSOR = "successor"
    CANDIDATES = "candidates"
    UNKNOWN = "unknown"


class Reason(Enum):
    """Why the verdict is what it is."""

    OF_TODAY = "of_today"
    MERGED = "merged"
    DIVIDED = "divided"
    DISTRICT_ENDED = "district_ended"
    NAMESAKES = "namesakes"
    SOURCE_UNSURE = "source_unsure"
    NOT_FOUND = "not_found"
    TOO_LONG = "too_long"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a name stands for.

    places: of today; one for PRESENT and SUCCESSOR, several for CANDIDATES, none for UNKNOWN.
    meant: the places of either era that bear the name; more than one when namesakes are not told apart.
    ignored: pieces before the place that name none, such as a street.
    spelled_otherwise: the diacritics that were written fit no place, so they were left out of account.
    """

    verdict: Verdict
    reason: Reason
    places: tuple[Place, ...] = ()
    meant: tuple[Place, ...] = ()
    ignored: tuple[str, ...] = ()
    spelled_otherwise: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """A prefix's kinds (any kind when empty) and the words of a name."""

    kinds: frozenset[str]
    words: tuple[str, ...]

    def matches(self, gazetteer: Gazetteer) -> tuple[list[Place], bool]:
        """Return the places so named, and whether written diacritics had to be left out of account."""
        words = list(self.words)
        near = self._of_kind(gazetteer.named(words))
        if not has_diacritics(words):
            return near, False
        spelled = self._of_kind(gazetteer.spelled(words))
        return (spelled, False) if spelled else (near, bool(near))

    def _of_kind(self, places: list[Place]) -> list[Place]:
        return [place for place in places if not self.kinds or place.kind in self.kinds]


def resolve(text: str, gazetteer: Gazetteer, province: Place | None = None) -> Answer:
    """Return what `text` stands for today: a name with or without prefixes, diacritics and what it lies in.

    Diacritics decide when they were written. A divided commune and a district give candidates, never one answer,
    unless all of a district went to one place. `province`, of today, leaves out what lies elsewhere.
    """
    pieces = [words for piece in re.split(r"[,;\n]", text[: MOST_CHARACTERS + 1]) if (words := words_of(piece))]
    if not pieces:
        return Answer(Verdict.UNKNOWN, Reason.EMPTY)
    if len(text) > MOST_CHARACTERS or len(pieces) > MOST_PIECES or sum(map(len, pieces)) > MOST_WORDS:
        return Answer(Verdict.UNKNOWN, Reason.TOO_LONG)
    ignored: list[str] = []
    meant, otherwise = _meant(pieces, gazetteer, province)
    while not meant and len(pieces) > 1 and not _has_prefix(pieces[0]):
        ignored.append(" ".join(pieces.pop(0)))
        meant, otherwise = _meant(pieces, gazetteer, province)
    return _answer(meant, gazetteer, tuple(ignored), otherwise)


def _meant(pieces: list[list[str]], gazetteer: Gazetteer, province: Place | None) -> tuple[list[Place], bool]:
    """Return the places that fit the pieces, by the reading with the fewest parts under which any does."""
    readings = [_readings(piece, gazetteer) for piece in pieces]
    whole = sorted((tuple(chain.from_iterable(reading)) for reading in product(*readings)), key=len)
    for parts in whole:
        found, otherwise = parts[0].matches(gazetteer)
        fitting = [place for place in found if _lies_in(place, parts[1:], gazetteer) and _in_province(place, province)]
        if fitting:
            return fitting, otherwise
    return [], False


def _readings(words: list[str], gazetteer: Gazetteer) -> list[tuple[_Part, ...]]:
    """Return the ways to cut the words into at most three parts that each name some place."""
    found: list[tuple[_Part, ...]] = [(part,) for part in _parts(words, gazetteer)]
    for cut in range(1, len(words)):
        rests = _two_at_most(words[cut:], gazetteer) if _parts(words[:cut], gazetteer) else []
        found += [(first, *rest) for first in _parts(words[:cut], gazetteer) for rest in rests]
    return found


def _two_at_most(words: list[str], gazetteer: Gazetteer) -> list[tuple[_Part, ...]]:
    found: list[tuple[_Part, ...]] = [(part,) for part in _parts(words, gazetteer)]
    for cut in range(1, len(words)):
        lasts = _parts(words[cut:], gazetteer)
        found += [(first, last) for first in _parts(words[:cut], gazetteer) for last in lasts]
    return found


def _parts(words: list[str], gazetteer: Gazetteer) -> list[_Part]:
    """Return the words as a prefix and a name, and as a name alone, where such a place exists."""
    if len(words) > _LONGEST_NAME + 2:
        return []
    ways = [_Part(frozenset(), tuple(words))]
    for length, kinds in _prefixes(words):
        ways.append(_Part(frozenset(kinds), tuple(words[length:])))
    return [part for part in ways if part.matches(gazetteer)[0]]


def _prefixes(words: list[str]) -> Iterator[tuple[int, set[str]]]:
    """Yield (number of words, kinds) of each prefix that begins the words and leaves a name."""
    for length in (1, 2):
        beginning = words[:length]
        spelling, kinds = _BLIND_PREFIXES.get(blind(beginning), ("", set()))
        if kinds and len(words) > length and (exact(beginning) == spelling or not has_diacritics(beginning)):
            yield length, kinds


def _has_prefix(words: list[str]) -> bool:
    return any(True for _ in _prefixes(words))


def _lies_in(place: Place, parts: Iterable[_Part], gazetteer: Gazetteer) -> bool:
    """Tell whether every part names something that the place lies in, each one higher than the one before."""
    height = _HEIGHT[place.level]
    for part in parts:
        named = part.matches(gazetteer)[0]
        above = [around for around in _around(place) if around in named and _HEIGHT[around.level] > height]
        if not above:
            return False
        height = min(_HEIGHT[around.level] for around in above)
    return True


def _around(place: Place) -> set[Place]:
    """Return what a place lay in and lies in: people write an old commune with the province of today, and reversely."""
    near = set(place.around())
    near |= {around for present in place.went_to for around in present.around()}
    if place.era is Era.PRESENT and place.inside:
        near |= {around for old in place.came_from for around in old.around() if around.level is Level.PROVINCE}
    return near | {province for around in near for province in around.went_to}


def _in_province(place: Place, province: Place | None) -> bool:
    return province is None or province in {place, *place.went_to, *_around(place)}


def _answer(meant: list[Place], gazetteer: Gazetteer, ignored: tuple[str, ...], otherwise: bool) -> Answer:
    """Return the verdict for the places that bear the name."""
    present = [place for place in meant if place.era is Era.PRESENT]
    reached = {place: _today(place, gazetteer) for place in meant}
    places = tuple(dict.fromkeys([*present, *(today for all_today in reached.values() for today in all_today)]))
    details = {"places": places, "meant": tuple(meant), "ignored": ignored, "spelled_otherwise": otherwise}
    if not places:
        return Answer(Verdict.UNKNOWN, Reason.NOT_FOUND, **details)  # type: ignore[arg-type]  # named by field
    if len(places) == 1:
        verdict, reason = (Verdict.PRESENT, Reason.OF_TODAY) if present else (Verdict.SUCCESSOR, Reason.MERGED)
    else:
        verdict, reason = Verdict.CANDIDATES, _why_several(meant)
    return Answer(verdict, reason, **details)  # type: ignore[arg-type]


def _today(place: Place, gazetteer: Gazetteer) -> list[Place]:
    """Return the places of today that stand for a place; of a district, those of all its communes."""
    if place.era is Era.PRESENT:
        return [place]
    if place.level is not Level.DISTRICT:
        return list(place.went_to)
    return list(dict.fromkeys(today for commune in gazetteer.communes_in(place) for today in commune.went_to))


def _why_several(meant: list[Place]) -> Reason:
    if len(meant) > 1:
        return Reason.NAMESAKES
    if meant[0].level is Level.DISTRICT:
        return Reason.DISTRICT_ENDED
    return Reason.SOURCE_UNSURE if meant[0].unsure else Reason.DIVIDED
