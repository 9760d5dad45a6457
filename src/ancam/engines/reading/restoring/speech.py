"""How Vietnamese letters speak: how likely a word is after the two before it."""

import math
from functools import cache
from importlib.resources import files

# Of each count; a word heard once in a letter counts three times.
_DISCOUNT = 2.4
_UNHEARD = 0.5
"""What a syllable that no text of ours holds counts for, in a total of some hundred thousand."""


class Speech:
    """Counts of words after one and after two words.

    vocabulary: the words with how often each was counted; the empty word stands for the end of a sentence.
    """

    def __init__(self, table: str) -> None:
        self._after: dict[str, dict[str, int]] = {}
        self._totals: dict[str, int] = {}
        self.vocabulary: dict[str, int] = {}
        for line in table.splitlines():
            context, _, row = line.partition("\t")
            counts = {word: int(count) for word, _, count in (cell.rpartition(":") for cell in row.split(" "))}
            self._after[context] = counts
            self._totals[context] = sum(counts.values())
            if " " not in context:
                for word, count in counts.items():
                    self.vocabulary[word] = self.vocabulary.get(word, 0) + count
        self._all = sum(self.vocabulary.values())

    def cost(self, word: str, before: str, earlier: str) -> float:
        """Return -log of the chance of a word after `earlier before`."""
        chance = self.vocabulary.get(word, _UNHEARD) / self._all
        for context in (before, f"{earlier} {before}"):
            if counts := self._after.get(context):
                total = self._totals[context]
                held_back = _DISCOUNT * len(counts) / total
                chance = max(counts.get(word, 0) - _DISCOUNT, 0.0) / total + held_back * chance
        return -math.log(chance)

    def follows(self, word: str, before: str) -> bool:
        """Return whether a word was ever counted right after another."""
        return word in self._after.get(before, {})


@cache
def speech() -> Speech:
    """Return the counts that come with the reader."""
    return Speech(files("ancam.engines.reading.restoring").joinpath("speech.txt").read_text(encoding="utf-8"))
