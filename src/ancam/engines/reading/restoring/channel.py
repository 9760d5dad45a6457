"""Which words a spoilt word may have been, and how dear each guess is."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from heapq import heappop, heappush
from importlib.resources import files
from math import log

from ancam.engines.reading.restoring.speech import speech
from ancam.engines.reading.restoring.words import NUMBER
from ancam.engines.reading.script import bared

# What an edit costs that was never seen: a letter lost, a sign too many, one letter for another.
_LOST, _TOO_MANY, _OTHER, _SAME_BASE, _KEPT = 7.0, 7.0, 7.5, 3.0, 3.0
# So many words are found by their look; of these so many go on, the common ones before the rare.
_MOST_FOUND, _MOST = 20, 9
_COMMON = 0.4
_WIDEST = 5.0
# How far the search goes: further only when nothing was found nearer.
_REACHES = (6.0, 10.0, 13.5)
_MOST_STEPS = 700
_LONGEST = 10


@dataclass(slots=True)
class _Node:
    """A beginning of words. edits: what the letter that leads here is read as, with costs; pairs: it and the next."""

    prefix: str
    letter: str
    base: str
    edits: dict[str, float]
    pairs: dict[str, dict[str, float]]
    below: "dict[str, _Node]" = field(default_factory=dict)
    ends: bool = False


class Channel:
    """Costs of edits between letters that were meant and signs that were read, and a tree of the words there are."""

    def __init__(self, table: str, words: dict[str, int]) -> None:
        total = sum(words.values())
        self._rarity = {word: -_COMMON * log(count / total) for word, count in words.items()}
        edits, _, whole = table.partition("\n\n")
        self._edits: dict[str, dict[str, float]] = defaultdict(dict)
        self._whole: dict[str, dict[str, float]] = defaultdict(dict)
        for line in edits.splitlines():
            meant, read, cost = line.split("\t")
            self._edits[meant][read] = float(cost)
        for line in whole.splitlines():
            meant, read, cost = line.split("\t")
            if meant in words:
                self._whole[read][meant] = float(cost)
        self._tree = _Node("", "", "", {}, {})
        for word in sorted(words):
            self._plant(word)

    def _plant(self, word: str) -> None:
        node = self._tree
        for letter in word:
            if letter not in node.below:
                pairs = {
                    second: edits for pair, edits in self._edits.items() if len(pair) == 2 and pair[0] == letter
                    for second in pair[1]
                }  # fmt: skip
                edits = self._edits.get(letter, {})
                node.below[letter] = _Node(node.prefix + letter, letter, bared(letter), edits, pairs)
            node = node.below[letter]
        node.ends = True

    def meant(self, read: str, reaches: Sequence[float] = _REACHES) -> dict[str, float]:
        """Return the likeliest words behind what was read, each with its cost; none when nothing comes near."""
        found = dict(self._whole.get(read, {}))
        nearer: dict[str, float] = {}
        if len(read) <= _LONGEST:
            for reach in reaches:
                if nearer := self._searched(read, reach):
                    break
        for word, cost in nearer.items():
            found[word] = min(cost, found.get(word, cost))
        cheapest = min(found.values(), default=0.0)
        near = [word for word in found if found[word] <= cheapest + _WIDEST]
        kept = sorted(near, key=lambda word: (found[word] + self._rarity[word], word))
        return {word: found[word] for word in kept[:_MOST]}

    def _searched(self, read: str, reach: float) -> dict[str, float]:
        """Walk the tree of words by rising cost, from the first sign to the last; return at most so many words."""
        found: dict[str, float] = {}
        bases = bared(read)
        queue: list[tuple[float, int, int, _Node]] = [(0.0, 0, 0, self._tree)]
        done: set[tuple[str, int]] = set()
        pushed = 0
        while queue and len(found) < _MOST_FOUND and len(done) < _MOST_STEPS:
            cost, _, at, node = heappop(queue)
            if (node.prefix, at) in done:
                continue
            done.add((node.prefix, at))
            if node.ends and at == len(read):
                found[node.prefix] = cost
                reach = min(reach, cost + _WIDEST)
            for step, length, below in self._steps(read, bases, at, node, reach - cost):
                pushed += 1
                heappush(queue, (cost + step, pushed, at + length, below))
        return found

    def _steps(self, read: str, bases: str, at: int, node: _Node, left: float) -> Iterator[tuple[float, int, _Node]]:
        """Yield the edits that may come next and cost no more than is left: cost, signs read, where it leads."""
        ahead = [(length, read[at : at + length]) for length in range(1, min(3, len(read) - at) + 1)]
        if ahead and (cost := self._edits[""].get(ahead[0][1], _TOO_MANY)) <= left:
            yield cost, 1, node
        for letter, below in node.below.items():
            edits = below.edits
            if (cost := edits.get("", _LOST)) <= left:
                yield cost, 0, below
            for length, signs in ahead:
                known = edits.get(signs)
                if known is None and length == 1:
                    known = _KEPT if signs == letter else _SAME_BASE if bases[at] == below.base else _OTHER
                if known is not None and known <= left:
                    yield known, length, below
            for second, both in below.pairs.items():
                if (further := below.below.get(second)) is not None:
                    for length, signs in ahead:
                        if (known := both.get(signs)) is not None and known <= left:
                            yield known, length, further


@cache
def channel() -> Channel:
    """Return the channel that comes with the reader, over the words of its speech."""
    table = files("ancam.engines.reading.restoring").joinpath("noise.txt").read_text(encoding="utf-8")
    return Channel(table, {word: count for word, count in speech().vocabulary.items() if word not in ("", NUMBER)})


@lru_cache(maxsize=20_000)
def meant_by(read: str) -> dict[str, float]:
    """Return what `Channel.meant` does, for the channel that comes with the reader; kept for the next time."""
    return channel().meant(read)


@lru_cache(maxsize=20_000)
def nearly(read: str) -> dict[str, float]:
    """Return the words that come near what was read, for parts of words, of which there are many to try."""
    return channel().meant(read, _REACHES[:1])
