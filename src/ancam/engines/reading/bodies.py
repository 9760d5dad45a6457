"""Where a known name ends: by the names of `reference/agencies.yaml` and by those the letter is addressed to."""

import re
from functools import lru_cache

from ancam.engines.reading.agencies import known_names
from ancam.engines.reading.script import Script, bared
from ancam.engines.reading.vocabulary import CAPITALS, PLACES

_FEWEST_WORDS, _MOST_WORDS = 2, 14
# `tỉnh Đông Sơn`, `- Xã hội`, `số 4`: what follows a known name and still belongs to it.
_PLACE = re.compile(
    rf"(?:\s+(?:{PLACES})(?!\w)(?!\s*,\s*(?:{PLACES})(?!\w)))*(?:\s+[-–]?\s*[{CAPITALS}][^\W\d_]*|\s+số\s\d+)*"
)

# `Chủ tịch UBND …`: who heads a body is named with it.
_OFFICE = re.compile(
    r"(?:đồng chí )?(?:phó )?(?:tổng )?(?:giám đốc|chủ tịch|trưởng|chánh|thủ trưởng|người đứng đầu|lãnh đạo|bí thư)\s+"
)


def own_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names a letter gives to those it addresses, as they are looked for in its sentences."""
    folded = (_key(name) for name in names)
    return tuple(sorted({name for name in folded if _FEWEST_WORDS <= len(name.split()) <= _MOST_WORDS}))


def opens_with_own(script: Script, at: int) -> bool:
    """Return whether one of those the letter is addressed to is named at an offset, in capitals or not."""
    return bool(script.own_names) and bool(_pattern(script.own_names).match(script.bare, at))


def known_end(script: Script, at: int, limit: int) -> int | None:
    """Return where the known name at an offset ends, its place included; None when no known name stands there.

    The name that reaches furthest wins, be it of the reference or of the letter's own addressees.
    """
    if office := _OFFICE.match(script.low, at, limit):
        at = office.end()
    own = _pattern(script.own_names).match(script.bare, at, limit) if script.own_names else None
    known = _pattern(known_names()).match(script.bare, at, limit)
    ends = [_with_place(script, found.end(), limit) for found in (own, known) if found]
    return max(ends, default=None)


def _with_place(script: Script, end: int, limit: int) -> int:
    placed = _PLACE.match(script.text, end, limit)
    return placed.end() if placed else end


@lru_cache(maxsize=64)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    wordings = (r"\s+".join(map(_word, name.split())) for name in longest_first)
    return re.compile("(?:" + "|".join(wordings) + r")(?!\w)")


def _word(word: str) -> str:
    return "[-–]" if word in "-–" else re.escape(word)


def _key(name: str) -> str:
    return " ".join(bared(name).split()).strip(" .,;:-")
