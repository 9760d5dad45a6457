"""Which words can be Vietnamese syllables: what tells a text that was decoded rightly from one that was not."""

import re
import unicodedata
from functools import lru_cache

_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")
_SHARP_OR_HEAVY = (["\u0301"], ["\u0323"])
_STOPPED = ("c", "ch", "p", "t")
WORD = re.compile(r"[^\W\d_]+")

# Rimes without their tone. After `qu` the glide is part of the onset.
_PLAIN = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt
    ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
"""
_GLIDED = """
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet
    uân uâng uât uây uê uêch uênh uêt uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt
"""
_AFTER_QU = """
    a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây e en eo et ê êch ên ênh êt
    i ich in inh it y ych ynh yt yên yêt ơ ôc
"""
_RIMES = frozenset(f"{_PLAIN} {_GLIDED}".split())
_RIMES_AFTER_QU = frozenset(_AFTER_QU.split())
_FRONT = ("e", "ê", "i", "y")
_ONSETS = ("ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch", *"bcdđghklmnprstvx", "")
_BEFORE_FRONT_ONLY = frozenset({"k", "gh", "ngh"})
_NEVER_BEFORE_FRONT = frozenset({"c", "g", "ng"})


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Return whether a word is spelt as Vietnamese syllables are, whatever its case: onset, rime and tone agree."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    toneless = unicodedata.normalize("NFC", decomposed.translate(_TONES))
    tones = [mark for mark in decomposed if mark in "\u0300\u0301\u0303\u0309\u0323"]
    if len(tones) > 1:
        return False
    return any(_fits(onset, toneless[len(onset) :], tones) for onset in _ONSETS if toneless.startswith(onset))


def rightness(text: str) -> int:
    """Return how far the marked words of a text are Vietnamese: one for each that is, less one for each that is not.

    Marked are the words with a letter beyond ASCII: those that a wrong table of letters spoils.
    """
    return sum(1 if is_syllable(word) else -1 for word in WORD.findall(text) if not word.isascii())


def _fits(onset: str, rime: str, tones: list[str]) -> bool:
    if onset == "qu":
        known = rime in _RIMES_AFTER_QU
    elif onset == "gi":
        # The two letters meet: `gì`, `giếng`.
        known = rime == "" or rime in _RIMES or f"i{rime}" in _RIMES
    else:
        is_front = rime.startswith(_FRONT)
        known = rime in _RIMES and not (is_front and onset in _NEVER_BEFORE_FRONT)
        known = known and (is_front or onset not in _BEFORE_FRONT_ONLY)
    return known and (not rime.endswith(_STOPPED) or tones in _SHARP_OR_HEAVY)
