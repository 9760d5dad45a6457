"""Short names that a letter gives to bodies: `… (sau đây gọi tắt là Sở)`, `… (sau đây gọi chung là các đơn vị)`."""

import re
from collections.abc import Mapping, Sequence

from ancam.engines.reading.actors import list_end, members, starts_list
from ancam.engines.reading.model import Actor, Span
from ancam.engines.reading.script import Script

_GIVES = re.compile(
    r"\s*\((?:(?:sau đây|dưới đây)\s+)?(?:được\s+)?(?:(?:gọi|viết)(?:\s+(?:tắt|chung))?)\s+là\s*:?\s*"
    r"[\"“]?(?P<short>[^()\"”\n]{2,60}?)[\"”]?\)"
)
_WORD = re.compile(r"(?<!\w)\w")
_FARTHEST = 400


def find_short_names(script: Script, paragraphs: Sequence[Span]) -> dict[str, tuple[Actor, ...]]:
    """Return the bodies that each short name of the letter means, by the name in small letters."""
    return {
        script.low[slice(*given.span("short"))]: bodies
        for paragraph in paragraphs
        for given in script.matches(_GIVES, paragraph)
        if (bodies := _before(script, (paragraph[0], given.start())))
    }


def in_full(bodies: Sequence[Actor], short_names: Mapping[str, tuple[Actor, ...]]) -> tuple[Actor, ...]:
    """Return bodies with the short names among them exchanged for those they mean."""
    return tuple(one for body in bodies for one in short_names.get(body.text.lower(), (body,)))


def _before(script: Script, span: Span) -> tuple[Actor, ...]:
    """Return the bodies of the longest list that ends a span."""
    start = max(span[0], span[1] - _FARTHEST)
    for word in script.matches(_WORD, (start, span[1])):
        if starts_list(script, word.start(), ordered=True):
            end, ended = list_end(script, (word.start(), span[1]))
            if not ended and end == span[1]:
                return members(script, (word.start(), end))
    return ()
