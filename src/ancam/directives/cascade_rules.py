"""What a letter's duties became in the letters that carry it out: passed on, changed, not seen, added. Pure.

Duties are matched by kind first, then by who does them and by words. What is not seen is not said to be missing:
a person must look, and only where the one who issued the letter has someone below it to do the duty.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import pairwise

from ancam.kit.folding import fold

ALIKE = 0.6
"""From this share of its words a duty is found in another, whoever does it. A figure of our own."""
ALIKE_OF_THE_SAME = 0.5
"""The same, where the kind or the actors agree too."""
ALIKE_OF_A_BRANCH = 0.25
"""The same, for a duty of a near kind that the same bodies do."""
ALIKE_OF_NO_KIND = 0.7
"""The same, for a duty whose kind is not known."""
ALIKE_ALONE = 0.2
"""The same, for the only duty of its kind above."""
OTHER = "other"

_WORD = re.compile(r"[a-z0-9]+")
_RANKS = {"central": 4, "province": 3, "district": 2, "commune": 1}
Key = int | str
Words = frozenset[tuple[str, str]]


class Outcome(Enum):
    """What became of a duty in a letter below."""

    PASSED = "passed"
    CHANGED = "changed"
    NOT_SEEN = "not_seen"
    UNCLEAR = "unclear"
    NOT_ITS = "not_its"


class ChangeKind(Enum):
    """In what a duty below differs; `EARLIER` and `SET` are stricter than what was asked."""

    LATER = "later"
    EARLIER = "earlier"
    NO_DAY = "no_day"
    SET = "set"
    NARROWER = "narrower"
    CONDITION = "condition"


class Ground(Enum):
    """Why a duty is expected in a letter below, or is not."""

    EVERYONE = "everyone"
    ITSELF = "itself"
    BELOW = "below"
    NAMED = "named"
    NOT_BELOW = "not_below"
    NOT_LOCAL = "not_local"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Body:
    """A body as its letter names it, and the id of its kind in `reference/agencies.yaml`, None when unknown."""

    text: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of a letter. Duties of one `clause` may be one sentence that was read as several.

    due_words: how the letter says when. is_local: false for a duty that no body outside the ministries is given.
    """

    key: Key
    clause: str
    kind: str
    action: str
    leads: tuple[Body, ...] = ()
    supports: tuple[Body, ...] = ()
    also_kinds: tuple[str, ...] = ()
    last_day: date | None = None
    due_words: str = ""
    condition: str = ""
    is_local: bool = True

    @property
    def wording(self) -> str:
        """Return everything by which the duty may be known again."""
        return f"{self.action} {self.condition} {self.due_words}"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued a letter below: its kind and tier as far as they are known; when; the kinds that the letter names."""

    kind: str | None
    tier: str
    on: date | None = None
    named: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Branch:
    """Bodies of one line (công an, báo đài): `tiers` of issuers that have some below them."""

    id: str
    name: str
    kinds: frozenset[str]
    tiers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Field:
    """The words of the field: `reference/duty-cascade.yaml` and what `agencies.yaml` says of kinds.

    successors: for a kind, those that took its work over, and since when.
    """

    branches: tuple[Branch, ...]
    tiers: Mapping[str, str]
    groups: frozenset[str]
    successors: Mapping[str, Mapping[str, date]]
    committees: frozenset[str]
    everyone: frozenset[str]
    gathered: frozenset[str]
    near: tuple[frozenset[str], ...] = ()

    def branch_of(self, kind: str | None) -> Branch | None:
        """Return the line that a kind of body belongs to."""
        return next((branch for branch in self.branches if kind in branch.kinds), None)

    def are_near(self, kind: str, other: str) -> bool:
        """Tell whether letters write the two kinds of duty for one another."""
        return any({kind, other} <= kinds for kinds in self.near)

    def stands_for(self, kind: str, other: str) -> bool:
        """Tell whether naming one kind of body names the other too."""
        if kind == other or kind in self.everyone:
            return True
        if {kind, other} <= self.committees or other in self.successors.get(kind, ()):
            return True
        if kind in self.successors.get(other, ()):
            return True
        if kind in self.gathered:
            return self.tiers.get(kind) == self.tiers.get(other)
        branch = self.branch_of(kind)
        return (
            branch is not None
            and other in branch.kinds
            and (kind in self.groups or self.tiers.get(kind) != self.tiers.get(other))
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `above`, `below`: the last days; `words`: the bodies left out, the condition, the deadline."""

    kind: ChangeKind
    above: date | None = None
    below: date | None = None
    words: tuple[str, ...] = ()

    @property
    def is_told_only(self) -> bool:
        """Whether it leaves the duty as it was asked: a day where none was asked."""
        return self.kind is ChangeKind.SET


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of one duty in one letter below: `found` are its duties there, the nearest first."""

    outcome: Outcome
    found: tuple[Duty, ...] = ()
    changes: tuple[Change, ...] = ()
    ground: Ground = Ground.UNKNOWN
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of each duty above, by its key, and the duties below that match none."""

    cells: Mapping[Key, Cell]
    added: tuple[Duty, ...]


class Above:
    """The duties of a letter, ready to be looked for below: a word counts less the more of them hold it."""

    def __init__(self, duties: Iterable[Duty]) -> None:
        self.duties = tuple(duties)
        self._words = {duty.key: pairs_of(duty.wording) for duty in self.duties}
        counted = Counter(pair for words in self._words.values() for pair in words)
        self._weights = {pair: 1 / count for pair, count in counted.items()}

    def share_in(self, duty: Duty, words: Words) -> float:
        """Return which share of a duty's words is among these, 0 to 1."""
        own = self._words[duty.key]
        whole = sum(self._weights[pair] for pair in own)
        return sum(self._weights[pair] for pair in own & words) / whole if whole else 0.0


def pairs_of(text: str) -> Words:
    """Return the neighbouring syllables of a text, without diacritics: single ones say little in Vietnamese."""
    words = _WORD.findall(fold(text))
    return frozenset(pairwise(words))


def compare(above: Above, below: Sequence[Duty], issuer: Issuer, words: Field) -> Comparison:
    """Return what became of the duties above in one letter below. Costs a few milliseconds for 30 duties in 30."""
    found = _matched(above, below, words)
    cells = {duty.key: _cell(duty, found[number], issuer, words) for number, duty in enumerate(above.duties)}
    seen = {id(duty) for duties in found for duty in duties}
    return Comparison(cells, tuple(duty for duty in below if id(duty) not in seen))


@dataclass(frozen=True, slots=True)
class _Pair:
    """A duty above and one below, by their places, and how near they are."""

    nearness: float
    above: int
    below: int
    share: float
    agreed: float
    same_kind: bool


def _matched(above: Above, below: Sequence[Duty], words: Field) -> list[list[Duty]]:
    """Return for each duty above its duties below, nearest first.

    Each is first given at most one of its own, the nearest pairs before the others; what is left below joins the one
    it is nearest to; a duty above that is left shares one below that says it in so many words.
    """
    pairs = _pairs(above, below, words)
    own: dict[int, int] = {}
    taken: set[int] = set()
    for pair in pairs:
        if pair.above not in own and pair.below not in taken:
            own[pair.above] = pair.below
            taken.add(pair.below)
    found = [[below[own[at]]] if at in own else [] for at in range(len(above.duties))]
    for pair in pairs:
        if pair.below not in taken:
            taken.add(pair.below)
            found[pair.above].append(below[pair.below])
    for pair in pairs:
        if pair.above not in own and pair.below in taken and _is_shared(pair):
            own[pair.above] = pair.below
            found[pair.above].append(below[pair.below])
    return found


def _is_shared(pair: _Pair) -> bool:
    return pair.share >= (ALIKE_OF_THE_SAME if pair.same_kind and pair.agreed else ALIKE)


def _pairs(above: Above, below: Sequence[Duty], words: Field) -> list[_Pair]:
    """Return the pairs that may be one duty, the nearest first."""
    of_kind = Counter(duty.kind for duty in above.duties)
    own_words = [pairs_of(duty.wording) for duty in below]
    by_clause: dict[str, Words] = {}
    for duty, said in zip(below, own_words, strict=True):
        by_clause[duty.clause] = by_clause.get(duty.clause, frozenset()) | said
    pairs = []
    for number, duty in enumerate(above.duties):
        for at, other in enumerate(below):
            same = duty.kind == other.kind
            if not same and not _are_related(duty, other, words):
                continue
            said = by_clause[other.clause] if same else own_words[at]
            share, agreed = above.share_in(duty, said), _agreed(duty, other, words)
            if _may_be(share, agreed, duty, alone=same and of_kind[duty.kind] == 1, same=same):
                pairs.append(_Pair(_nearness(share, agreed, same), number, at, share, agreed, same))
    return sorted(pairs, key=lambda pair: (-pair.nearness, pair.above, pair.below))


def _nearness(share: float, agreed: float, same: bool) -> float:
    return share + agreed / 2 + (1.0 if same else 0.4)


def _are_related(duty: Duty, other: Duty, words: Field) -> bool:
    if OTHER in (duty.kind, other.kind):
        return duty.kind == OTHER
    return duty.kind in other.also_kinds or other.kind in duty.also_kinds or words.are_near(duty.kind, other.kind)


def _may_be(share: float, agreed: float, duty: Duty, *, alone: bool, same: bool) -> bool:
    if duty.kind == OTHER:
        return share >= ALIKE_OF_NO_KIND
    if same:
        return agreed > 0 or share >= (ALIKE_ALONE if alone else ALIKE)
    return share >= ALIKE or (agreed == 1 and share >= ALIKE_OF_A_BRANCH)


def _agreed(duty: Duty, other: Duty, words: Field) -> float:
    """Return how far those who do the two duties agree: 1 the same bodies of one line, 0 bodies of other lines."""
    own, others = ({words.branch_of(body.kind) for body in one.leads} or {None} for one in (duty, other))
    if not own & others:
        return 0.0
    return 0.5 if own & others == {None} else 1.0


def _cell(duty: Duty, found: Sequence[Duty], issuer: Issuer, words: Field) -> Cell:
    ground, bodies = expected(duty, issuer, words)
    if not found:
        return Cell(_not_found(ground), (), (), ground, bodies)
    changes = tuple(_changes(duty, found, issuer, words))
    changed = any(not change.is_told_only for change in changes)
    return Cell(Outcome.CHANGED if changed else Outcome.PASSED, tuple(found), changes, ground, bodies)


def _not_found(ground: Ground) -> Outcome:
    if ground is Ground.UNKNOWN:
        return Outcome.UNCLEAR
    return Outcome.NOT_ITS if ground in (Ground.NOT_BELOW, Ground.NOT_LOCAL) else Outcome.NOT_SEEN


def expected(duty: Duty, issuer: Issuer, words: Field) -> tuple[Ground, tuple[str, ...]]:
    """Return on what ground the duty is expected in a letter of this issuer, or is not, and for which bodies."""
    if not duty.is_local:
        return Ground.NOT_LOCAL, ()
    grounds = [(_expected_of(body.kind, issuer, words), body.text) for body in duty.leads]
    for ground in (Ground.EVERYONE, Ground.ITSELF, Ground.NAMED, Ground.BELOW, Ground.UNKNOWN, Ground.NOT_BELOW):
        bodies = tuple(text for one, text in grounds if one is ground)
        if bodies:
            return ground, bodies
    return Ground.UNKNOWN, ()


def _expected_of(kind: str | None, issuer: Issuer, words: Field) -> Ground:
    """Return the ground for one body; a committee answers for what stands below it."""
    if kind is None:
        return Ground.UNKNOWN
    if kind in words.everyone:
        return Ground.EVERYONE
    if issuer.kind is None:
        return Ground.NAMED if kind in issuer.named else Ground.UNKNOWN
    if _is_meant(kind, issuer.kind, issuer, words):
        return Ground.ITSELF
    if kind in issuer.named:
        return Ground.NAMED
    is_below = issuer.kind in words.committees and _has_below(kind, issuer, words)
    return Ground.BELOW if is_below else Ground.NOT_BELOW


def _is_meant(kind: str, own: str, issuer: Issuer, words: Field) -> bool:
    """Tell whether a kind of body is the issuer itself, which may have taken its work over by then."""
    since = words.successors.get(kind, {}).get(own)
    if kind == own or (since is not None and issuer.on is not None and since <= issuer.on):
        return True
    return kind in words.gathered and own not in words.committees and words.tiers.get(kind) == issuer.tier


def _has_below(kind: str, issuer: Issuer, words: Field) -> bool:
    branch = words.branch_of(kind)
    if branch is not None:
        return issuer.tier in branch.tiers
    if kind in words.committees:
        return True
    return 0 < _RANKS.get(words.tiers.get(kind, ""), 0) <= _RANKS.get(issuer.tier, 0)


def _changes(duty: Duty, found: Sequence[Duty], issuer: Issuer, words: Field) -> Iterable[Change]:
    nearest = found[0]
    # A task said twice, in the body and in an appendix, may have its day in one of them only.
    yield from _of_days(duty, next((other for other in found if other.last_day), nearest))
    if left_out := _left_out(duty, found, issuer, words):
        yield Change(ChangeKind.NARROWER, words=left_out)
    if nearest.condition and _is_new(nearest.condition, duty):
        yield Change(ChangeKind.CONDITION, words=(nearest.condition,))


def _of_days(duty: Duty, nearest: Duty) -> Iterable[Change]:
    above, below = duty.last_day, nearest.last_day
    if above is None:
        if below is not None:
            yield Change(ChangeKind.SET, below=below)
    elif below is None:
        yield Change(ChangeKind.NO_DAY, above=above, words=(nearest.due_words,) if nearest.due_words else ())
    elif below != above:
        yield Change(ChangeKind.LATER if below > above else ChangeKind.EARLIER, above, below)


def _left_out(duty: Duty, found: Sequence[Duty], issuer: Issuer, words: Field) -> tuple[str, ...]:
    """Return the bodies that were given the duty above and are not named below, where both speak of the same bodies."""
    named = {body.kind for other in found for body in (*other.leads, *other.supports)}
    known = [kind for kind in named if kind is not None]
    if None in named:
        return ()
    absent = [
        body
        for body in duty.leads
        if body.kind is not None and not any(words.stands_for(kind, body.kind) for kind in known)
    ]
    if len(absent) == sum(body.kind is not None for body in duty.leads):
        return ()
    wanted = (Ground.BELOW, Ground.NAMED, Ground.ITSELF)
    return tuple(body.text for body in absent if _expected_of(body.kind, issuer, words) in wanted)


def _is_new(condition: str, duty: Duty) -> bool:
    """Tell whether most of a condition's words are not in the duty above."""
    said = pairs_of(condition)
    return len(said & pairs_of(duty.wording)) < len(said) / 2
