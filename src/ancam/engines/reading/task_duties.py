"""The rows of tables of tasks → duties: who, what and by when from the cells."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ancam.engines.reading.actors import members, starts_list
from ancam.engines.reading.cadence import find_cadence
from ancam.engines.reading.cell_dues import dues_of_cell
from ancam.engines.reading.deadlines import find_dues
from ancam.engines.reading.drafts import Draft, Scope
from ancam.engines.reading.due import Due, Known
from ancam.engines.reading.kinds import OTHER, Verdict, kind_of_duty
from ancam.engines.reading.likely_kinds import likely_kind
from ancam.engines.reading.model import Actor, Anomaly, Cadence, Doubt, DoubtField, Location, Span
from ancam.engines.reading.openings import read_opening
from ancam.engines.reading.points import Point
from ancam.engines.reading.reports import find_condition, find_report_to
from ancam.engines.reading.script import Script
from ancam.engines.reading.statements import statements
from ancam.engines.reading.tables import Cell
from ancam.engines.reading.task_rows import TaskRow, title_as_lead

_EDGES = " \n,;:-–.+"
_MARKED = re.compile(r"[\s\-–+•*]*(?:\d{1,2}[.)]\s+|[a-zđ]\)\s+)?")
_LEADING = re.compile(r"\W*(?:(?:cơ quan|đơn vị)\s+)?(?:chủ trì|đầu mối|thực hiện)\s*:\s*")
_HELPING = re.compile(r"\W*(?:(?:cơ quan|đơn vị)\s+)?phối hợp(?:\s+với)?\s*:\s*")
_HELPERS = re.compile(r"[;,\n]?\s*(?=(?:(?:cơ quan|đơn vị)\s+)?phối hợp(?:\s+với)?\s*:)")
_MOST_ALSO = 3
_RANK = 3


def duties_of(script: Script, row: TaskRow, label: str, location: Location, scope: Scope, known: Known) -> list[Draft]:
    """Return the duties of a row: one, or one for each of the turns that its deadline names.

    scope: who the letter speaks to, for a table that has no column of those who lead. What an empty or an unclear
    cell says stays unknown, with a word on it among what is odd about the draft.
    """
    if not any(letter.isalpha() for letter in script.words(row.task.span)):
        return []
    leads, supports, start = _who(script, row, scope)
    action = script.trimmed((start, row.task.span[1]), _EDGES)
    action = action if action[1] > action[0] else row.task.span  # a cell of bodies alone
    dues, cadence = _times(script, row, known)
    turns: list[Due | None] = [*dues] or [None]
    doubts = list(_doubts(script, row, leads, turns[0], cadence))
    return [
        Draft(
            point=Point(label, "row", _RANK, row.marker, [row.task.span]),
            spans=[script.trimmed(row.task.span, _EDGES)],
            action=action,
            leads=leads,
            supports=supports,
            named=bool(leads) and leads is not scope.leads,
            verdict=_verdict(script, action, {*(lead.kind for lead in leads), known.house}, cadence),
            due=due,
            cadence=cadence,
            report_to=find_report_to(script, row.task.span),
            condition=find_condition(script, row.task.span),
            extra=[cell.span for cell in (*row.leads, *row.supports, *([row.due] if row.due else []))],
            location=location,
            odd=_damages(doubts),
            doubts=doubts,
        )
        for due in turns
    ]


def _who(script: Script, row: TaskRow, scope: Scope) -> tuple[tuple[Actor, ...], tuple[Actor, ...], int]:
    """Return who leads, who helps and where the task begins.

    Without a column or a title for those who lead, the task itself may open with them, or they are whom the letter
    speaks to.
    """
    leads, supports = _bodies(script, row)
    if leads or "lead" in row.columns:
        return leads, supports, row.task.span[0]
    opening = read_opening(script, row.task.span)
    start = opening.action if opening.leads else row.task.span[0]
    return opening.leads or scope.leads, supports or opening.supports, start


def _verdict(script: Script, action: Span, kinds: set[str | None], cadence: Cadence) -> Verdict:
    """Return the kind of the first thing a row says, and those of all the others as further kinds."""
    whole = kind_of_duty(script, action, kinds)
    parts = [kind_of_duty(script, part, kinds) for part in statements(script, action, frozenset(kinds))]
    first = next((part for part in parts if part.kind != OTHER), whole)
    others = [kind for part in (*parts, whole) for kind in (part.kind, *part.also)]
    also = tuple(dict.fromkeys(kind for kind in others if kind not in (OTHER, first.kind)))
    return replace(first, also=also[:_MOST_ALSO], likely=likely_kind(script, action, kinds, cadence))


def _bodies(script: Script, row: TaskRow) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return those who lead and those who help, by the cells of a row or by the title above it."""
    title = title_as_lead(script, row)
    leads: list[Actor] = []
    supports: list[Actor] = []
    for cell in row.leads or ([title] if title else []):
        cut = _HELPERS.search(script.low, cell.span[0] + 1, cell.span[1])
        end = cut.start() if cut else cell.span[1]
        leads += _named(script, (cell.span[0], end))
        supports += _named(script, (end, cell.span[1]))
    for cell in row.supports:
        supports += _named(script, cell.span)
    return tuple(dict.fromkeys(leads)), tuple(dict.fromkeys(supports))


def _named(script: Script, span: Span) -> list[Actor]:
    """Return the bodies of a cell. A line that begins none goes on with the name before it."""
    parts: list[Span] = []
    for line in script.lines(span):
        start = _after_label(script, line)
        if parts and start == line[0] and not starts_list(script, start, ordered=True):
            parts[-1] = (parts[-1][0], line[1])
        else:
            parts.append((start, line[1]))
    return [one for part in parts for one in members(script, part) if any(c.isalpha() for c in one.text)]


def _after_label(script: Script, line: Span) -> int:
    """Return where the names of a line begin, past its dash, its number or `Chủ trì:`."""
    marked = _MARKED.match(script.low, *line)
    start = marked.end() if marked else line[0]
    label = _LEADING.match(script.low, start, line[1]) or _HELPING.match(script.low, start, line[1])
    return label.end() if label else start


def _times(script: Script, row: TaskRow, known: Known) -> tuple[list[Due], Cadence]:
    """Return the deadlines and how often: by the cell, by the task itself where the cell says nothing."""
    if row.due:
        dues, cadence = dues_of_cell(script, row.due.span, known)
        if dues or cadence != "none":
            return dues, cadence
        return [], "none"
    cadence = find_cadence(script, row.task.span)
    return find_dues(script, row.task.span, cadence, known)[:1], cadence


def _doubts(script: Script, row: TaskRow, leads: Sequence[Actor], due: Due | None, cadence: Cadence) -> Iterator[Doubt]:
    """Yield what the cells of a row leave unsure, each with the cell; of an empty one with the task beside it."""
    cells: dict[DoubtField, Sequence[Cell]] = {
        "leads": row.leads,
        "supports": row.supports,
        "deadline": [row.due] if row.due else [],
    }
    for field, here in cells.items():
        if torn := tuple(cell.span for cell in here if cell.unsure):
            yield Doubt(field, "Bảng bị vỡ dòng: ô ghép lại từ các dòng rời, cần soát", torn)
    if row.leads and not leads:
        yield _not_understood(script, "leads", "đơn vị chủ trì", row.leads[0])
    if due is None and cadence == "none":
        if row.due:
            yield _not_understood(script, "deadline", "thời hạn", row.due)
        elif "due" in row.columns:
            yield Doubt("deadline", "Ô thời hạn để trống", (row.task.span,))


def _not_understood(script: Script, field: DoubtField, column: str, cell: Cell) -> Doubt:
    return Doubt(field, f"Ô {column} ghi “{script.words(cell.span)}”, chưa hiểu được", (cell.span,))


def _damages(doubts: Iterable[Doubt]) -> list[Anomaly]:
    """Return the anomalies that the doubts about cells are; one for each reason, whatever the fields."""
    spans: dict[str, tuple[Span, ...]] = {}
    for doubt in doubts:
        spans[doubt.reason] = (*spans.get(doubt.reason, ()), *doubt.spans)
    return [Anomaly("table_damaged", reason, places) for reason, places in spans.items()]
