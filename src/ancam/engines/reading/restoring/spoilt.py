"""How far a text is spoilt: by a recognition that did not know Vietnamese, or by lost diacritics."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from unicodedata import normalize

from ancam.engines.reading.restoring.dust import specks
from ancam.engines.reading.restoring.speech import speech
from ancam.engines.reading.script import bared, lowered
from ancam.engines.reading.syllables import is_syllable

_WORD = re.compile(r"[^\W\d_]+")
# Letters that only Vietnamese writes; a model of English never reads them.
_OWN = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]")
# Of the words of whole letters this share has such a letter.
_USUAL = 0.54
# A whole letter has less than one strange word in a hundred.
_STRANGE, _FEWEST_STRANGE = 0.015, 4
_SHORTEST = 25
_RARE = 4
# Of spoilt Vietnamese three words in five are, but for their marks, syllables that letters use; of English two.
_FAMILIAR = 0.55
# A stained page on which nearly every word was read well.
_LITTLE, _FEWEST_STAINS = 0.05, 3
_LEAST, _MOST = 0.08, 0.95


def looks_vietnamese(bare: str) -> bool:
    """Return whether the words of a text without diacritics are mostly syllables of letters without theirs."""
    words = _WORD.findall(bare)
    return sum(word in _familiar() for word in words) >= _FAMILIAR * max(1, len(words))


@cache
def _familiar() -> frozenset[str]:
    return frozenset(bared(word) for word, count in speech().vocabulary.items() if count >= _RARE and word.isalpha())


def share_spoilt(lines: Sequence[str]) -> float:
    """Return about which share of the words is spoilt; 0 when the text is whole or too short to tell."""
    text = lowered("\n".join(lines))
    words = _WORD.findall(text)
    if len(words) < _SHORTEST:
        return 0.0
    strange = sum(_is_strange(word) for line in lines for word in line.split() if word.islower())
    misread = _misread(words)
    stains = specks(lines)
    is_stained = stains > 0 and stains + strange + misread >= _FEWEST_STAINS
    strange += 2 * misread if misread >= _FEWEST_STRANGE else 0
    if strange < max(_FEWEST_STRANGE, _STRANGE * len(words)):
        return _LITTLE if is_stained else 0.0
    own = sum(bool(_OWN.search(word)) for word in words) / len(words)
    return min(_MOST, max(_LEAST, 1 - own / _USUAL, 2 * strange / len(words)))


def _misread(words: Sequence[str]) -> int:
    """Return how many words never follow the one before them, but would with a hook in place of their acute."""
    heard = speech()
    return sum(
        hooked != word and not heard.follows(word, before) and heard.follows(hooked, before)
        for before, word, hooked in ((before, word, _hooked(word)) for before, word in pairwise(words))
    )


def _hooked(word: str) -> str:
    return word if word.isascii() else normalize("NFC", normalize("NFD", word).replace("\u0301", "\u0309"))


def _is_strange(token: str) -> bool:
    """Return whether a token in small letters can be no word of a letter: not spelt as one, or bare of its marks."""
    word = token.strip(".,;:()\"“”'’…?/-–")
    if len(word) < 2 or "/" in word or "@" in word or any(c.isdigit() for c in word):
        return False
    known = speech().vocabulary.get(lowered(word), 0)
    return known < _RARE and (not is_syllable(word) or bared(word) == word)
