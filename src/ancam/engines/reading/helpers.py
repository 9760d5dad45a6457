"""Bodies that help with a task, wherever its sentence names them."""

import re

from ancam.engines.reading.actors import list_end, members, starts_list
from ancam.engines.reading.model import Actor, Span
from ancam.engines.reading.script import Script

_WITH = re.compile(r"(?<!\w)(?:phối hợp(?: chặt chẽ)?\s+(?:với|cùng(?: với)?|có)|sự phối hợp của)\s+")
# `…, Sở Nội vụ phối hợp`, `… có Hội Nông dân phối hợp`.
_BESIDE = re.compile(r"(?:[,;]|(?<!\w)(?:có|cùng))\s+(?=\w)")
_HELPS = re.compile(r"\s*(?:cùng )?phối hợp(?!\s+(?:với|cùng|có))(?!\w)")
_LONGEST_NAMES = 120


def find_helpers(script: Script, span: Span) -> tuple[Actor, ...]:
    """Return the bodies that a wording names as helping, in order; none when it names none."""
    for found in script.matches(_WITH, span):
        if starts_list(script, found.end(), ordered=True):
            end, ended = list_end(script, (found.end(), span[1]))
            if ended or end - found.end() <= _LONGEST_NAMES:
                return members(script, (found.end(), end))
    for found in script.matches(_BESIDE, span):
        if starts_list(script, found.end(), ordered=True):
            end, ended = list_end(script, (found.end(), span[1]))
            if ended and _HELPS.match(script.low, end, span[1]):
                return members(script, (found.end(), end))
    return ()
