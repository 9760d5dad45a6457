"""Lines with tables among them → paragraphs: those of each cell apart, so that no sentence runs from cell to cell."""

import re
from collections.abc import Sequence

from ancam.engines.reading.model import Span
from ancam.engines.reading.paragraphs import joined
from ancam.engines.reading.tables import Table
from ancam.engines.reading.tidy import tidy
from ancam.engines.reading.torn import mended, worded

# A table that only sets the head, the foot or the addressees of a letter side by side.
_FRAMING = re.compile(
    r"cộng h(?:òa|oà) xã hội chủ nghĩa|độc lập\s*[-–—]\s*tự do|nơi nhận\s*:|kính gửi\s*:"
    r"|^[^\w\n]*(?:(?:tm|kt|tl|tuq)\.|số\s*:[\s._…]*+\d*+[\s._…]*+/[a-zđ])",
    re.IGNORECASE | re.MULTILINE,
)


def laid_out(lines: Sequence[str], tables: Sequence[Table]) -> tuple[list[str], list[Table]]:
    """Return the paragraphs, and the tables of data with their cells' spans as ranges of paragraphs.

    The cells of a table that only frames the letter's head or foot are lines like others. Without any table of the
    file's own, those that came apart into lines are looked for.
    """
    if not tables:
        placed_anew, tables = mended(tidy(lines, of_cell=True))
        lines = [worded(line) for line in placed_anew] if tables else lines
    paragraphs: list[str] = []
    placed: list[Table] = []
    at = 0
    for table in sorted(tables, key=lambda one: one.span):
        start, end = table.span
        if start < at or _FRAMING.search("\n".join(lines[start:end])):
            continue
        paragraphs += joined(tidy(lines[at:start]))
        placed.append(_placed(table, lines, paragraphs))
        at = end
    paragraphs += joined(tidy(lines[at:]))
    return paragraphs, [table for table in placed if table.span[1] > table.span[0]]


def _placed(table: Table, lines: Sequence[str], paragraphs: list[str]) -> Table:
    """Return the table over the paragraphs of its cells, which are put after those before them."""
    spans: dict[Span, Span] = {}
    for cell in table.cells:
        first = len(paragraphs)
        paragraphs += joined(tidy(lines[slice(*cell.span)], of_cell=True))
        spans[cell.span] = (first, len(paragraphs))
    return table.moved(lambda span: spans[span])
