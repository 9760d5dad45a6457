"""A day that a sentence of several tasks sets once: of which of them it is meant is not always said."""

import re
from collections.abc import Iterable, Sequence

from ancam.engines.reading.drafts import Draft
from ancam.engines.reading.model import Doubt, Span
from ancam.engines.reading.script import Script
from ancam.engines.reading.statements import sentences

# `…, hoàn thành trước ngày …` at a sentence's end may close its last task or all of them.
_CLOSES = re.compile(r"[,;]\s*(?:và\s+)?(?:tất cả\s+)?(?:phải\s+)?(?:hoàn thành|làm xong|thực hiện xong)(?!\w)")
_EDGE = re.compile(r"\W*")
_UNCLEAR = "Câu này ghi một mốc thời gian cho việc khác; chưa rõ mốc đó có áp dụng cho việc này không"


def doubt_days(script: Script, pieces: Iterable[Span], drafts: Sequence[Draft]) -> None:
    """Doubt the missing deadline of tasks whose sentence opens, or closes, with the day of another task in it.

    pieces: the words of a point. drafts: its duties, once all that describes them has been read.
    """
    for piece in pieces:
        for sentence in sentences(script, piece):
            inside = [one for one in drafts if sentence[0] <= one.spans[0][0] < sentence[1]]
            shared = next(
                (one.due for one in inside if one.due and _may_be_of_all(script, sentence, one.due.span)), None
            )
            if shared is None:
                continue
            for one in inside:
                if one.due is None and one.cadence == "none":
                    one.doubts.append(Doubt("deadline", _UNCLEAR, (shared.span,)))


def _may_be_of_all(script: Script, sentence: Span, day: Span) -> bool:
    if not sentence[0] <= day[0] < day[1] <= sentence[1]:
        return False
    if _EDGE.fullmatch(script.low, sentence[0], day[0]):
        return True
    closed = any(
        found.start() < day[0] and _EDGE.fullmatch(script.low, min(found.end(), day[0]), day[0])
        for found in script.matches(_CLOSES, sentence)
    )
    return closed and bool(_EDGE.fullmatch(script.low, day[1], sentence[1]))
