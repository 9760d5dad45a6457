"""Whether a text is Vietnamese."""

import re

from ancam.engines.reading.restoring.spoilt import looks_vietnamese
from ancam.engines.reading.script import bared

_WORD = re.compile(r"[^\W\d_]+")
# Common words whose diacritics no other language writes so.
_MARKED = frozenset({
    "và", "của", "các", "về", "được", "có", "không", "là", "với", "những", "này", "để", "tại", "đến", "hoặc", "trên",
    "thực", "hiện", "ngày", "tháng", "năm", "số", "định", "báo", "cáo", "đơn", "vị", "cơ", "tỉnh", "xã", "sở",
})  # fmt: skip
# What is left of them without diacritics, but for what is also English.
_BARE = frozenset(bared(word) for word in _MARKED) - {"la", "co", "so", "den", "don", "bao"}
_SAMPLE_WORDS = 3000
_FEWEST = 0.1
_FEWEST_BARE = 0.04


def is_vietnamese(low: str) -> bool:
    """Return whether enough of the words, in lower case, are common Vietnamese ones."""
    return _share(low, _MARKED) >= _FEWEST


def is_spoilt_vietnamese(bare: str) -> bool:
    """Return whether the words would be Vietnamese if their diacritics, which are taken off here, had been right."""
    return _share(bare, _BARE) >= _FEWEST_BARE and looks_vietnamese(bare)


def _share(text: str, known: frozenset[str]) -> float:
    words = [found.group() for _, found in zip(range(_SAMPLE_WORDS), _WORD.finditer(text), strict=False)]
    return sum(word in known for word in words) / len(words) if words else 0.0
