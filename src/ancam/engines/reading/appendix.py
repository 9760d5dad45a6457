"""The appendices of a letter and the tables of tasks in it: what of them is duties, and under which clauses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ancam.engines.reading.drafts import Draft, Scope
from ancam.engines.reading.due import Known
from ancam.engines.reading.duties import read_duties
from ancam.engines.reading.model import Clause, Location, Span
from ancam.engines.reading.points import CLOSING, Point, read_points
from ancam.engines.reading.script import Script
from ancam.engines.reading.tables import Table
from ancam.engines.reading.task_duties import duties_of
from ancam.engines.reading.task_rows import TaskRow, task_rows, title_as_lead

PREFIX = "PL"
_NUMBERED = re.compile(r"(?i:phụ lục)(?:\s+số)?\s*(?P<number>[IVX]{1,5}|\d{1,2}|[A-H])?(?!\w)")
_HEADING = re.compile(
    r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s*)?(?:[IVX]+|\d+|[A-H]))?\s*(?:[:.–-].*)?$|PHỤ LỤC\b"
    r"|(?:Mẫu|Biểu|MẪU|BIỂU)\s+(?:số|SỐ)"
)
# Papers to be filled in or to be followed in writing: they tell how, not what is to be done.
_FORM = re.compile(
    r"(?<!\w)(?:mẫu|biểu(?! đồ)|đề cương|phiếu(?! giao| phân)|bảng (?:kê|tổng hợp|hỏi)|tờ khai|danh sách)(?!\w)"
)
_TASKS = re.compile(
    r"nhiệm vụ|phân công|công việc|(?:giao|phân|chia|phần|đầu) việc|trách nhiệm|lộ trình"
    r"|nội dung (?:thực hiện|triển khai)"
)
_LONGEST_TITLE = 400


@dataclass(slots=True)
class _Part:
    """An appendix. number: as it counts itself, empty for the only one. title: in small letters."""

    number: str = ""
    title: str = ""
    paragraphs: list[Span] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def is_form(self) -> bool:
        return bool(_FORM.search(self.title))

    @property
    def gives_tasks(self) -> bool:
        return bool(_TASKS.search(self.title))


@dataclass(frozen=True, slots=True)
class Appended:
    """What tables and appendices add to a letter: duties, and their clauses for showing them."""

    drafts: tuple[Draft, ...]
    clauses: tuple[Clause, ...]


def appended_duties(
    script: Script, appendix: Sequence[Span], body_end: int, points: Sequence[Point], scope: Scope, known: Known
) -> Appended:
    """Return the duties of the tables in the body and of the appendices.

    body_end: where the letter's foot or, without one, its appendix begins. points: those of the body.
    """
    drafts: list[Draft] = []
    clauses: list[Clause] = []

    def add(row: TaskRow, prefix: str, location: Location) -> None:
        label = f"{prefix}.{row.number}" if prefix else row.number
        drafts.extend(duties_of(script, row, label, location, scope, known))
        clauses.append(Clause(label, row.marker, row.task.span))

    for table in script.tables:
        if table.span[0] < body_end:
            for row in _tasks(script, table, sure=False):
                add(row, _label_above(points, table.span[0]), "body")
    parts = [part for part in _parts(script, appendix, body_end) if not part.is_form]
    read = [(part, _rows(script, part)) for part in parts]
    several = sum(bool(rows) for _, rows in read) > 1
    for part, rows in read:
        prefix = f"{PREFIX}.{part.number}" if several and part.number else PREFIX
        for row in rows:
            add(row, prefix, "appendix")
        if not rows and part.gives_tasks:
            roots = _relabelled(read_points(script, part.paragraphs), prefix)
            found = read_duties(script, roots, scope, known, leadless=True)
            for one in found:
                one.location = "appendix"
            drafts.extend(found)
            clauses.extend(Clause(p.label, p.marker, p.span) for root in roots for p in root.walk())
    return Appended(tuple(drafts), tuple(clauses))


def _rows(script: Script, part: _Part) -> list[TaskRow]:
    """Return the tasks of an appendix; cards that count anew from one stand each for itself."""
    rows = [row for table in part.tables for row in _tasks(script, table, sure=part.gives_tasks)]
    cards = len(rows) == len(part.tables) > 1
    if cards and len({row.number for row in rows}) == 1:
        for number, row in enumerate(rows, start=1):
            row.number = str(number)
    return rows


def _tasks(script: Script, table: Table, *, sure: bool) -> list[TaskRow]:
    """Return the rows of a table that gives tasks: somebody has them or some time is set; not a form to fill in."""
    rows = task_rows(script, table)
    told = [row for row in rows if row.leads or row.due or row.supports or title_as_lead(script, row)]
    return rows if told or sure else []


def _label_above(points: Sequence[Point], at: int) -> str:
    above = [point for point in points if point.marker[0] < at and point.label != CLOSING]
    return above[-1].label if above else ""


def _relabelled(roots: Sequence[Point], prefix: str) -> list[Point]:
    kept = [root for root in roots if root.label != CLOSING]
    for root in kept:
        for point in root.walk():
            point.label = f"{prefix}.{point.label}"
    return kept


def _parts(script: Script, paragraphs: Sequence[Span], body_end: int) -> Iterator[_Part]:
    """Yield the appendices with what stands in each; tables behind the foot belong to one even without a heading."""
    tables = [table for table in script.tables if table.span[0] >= body_end]
    part = _Part()
    in_title = True
    for item in sorted([*paragraphs, *(table.span for table in tables)]):
        table = next((one for one in tables if one.span == item), None)
        if table:
            part.tables.append(table)
            in_title = False
            continue
        words = script.words(item)
        if _HEADING.match(words) and (part.tables or part.paragraphs or words.lower().startswith("phụ lục")):
            yield part
            part, in_title = _Part(), True
        if not part.number and (counted := _NUMBERED.match(words)):
            part.number = counted["number"] or ""
        if in_title and (_is_title(words) or not part.title):
            part.title += "" if words.startswith("(") else f" {script.low[slice(*item)]}"
        else:
            in_title = False
            part.paragraphs.append(item)
    yield part


def _is_title(words: str) -> bool:
    bracketed = words.startswith("(") and words.endswith(")")
    return len(words) < _LONGEST_TITLE and (words.isupper() or bracketed or bool(_HEADING.match(words)))
