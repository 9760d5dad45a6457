"""A table of tasks → its rows: which cell says what is to be done, who leads, who helps and by when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ancam.engines.reading.actors import starts_list
from ancam.engines.reading.columns import Role, role_of
from ancam.engines.reading.model import Span
from ancam.engines.reading.script import Script
from ancam.engines.reading.tables import Cell, Table

_DITTO = re.compile(r"\W*(?:nt|n\.t|như trên|\"|''|”|“|〃|″|//)\W*")
_NOTHING = re.compile(r"[\s\-–—_.…]*(?:không(?: có)?)?[\s\-–—_.…]*")
_LEADS_HERE = re.compile(r"(?:ct|c|chủ trì|x|✓|✔|v|\+|●|•|đầu mối)\W*")
_HELPS_HERE = re.compile(r"(?:ph|p|phối hợp)\W*")
_NUMBER = re.compile(r"\W*(?P<number>\d{1,3}(?:\.\d{1,3}){0,3}|[IVX]{1,5}|[A-HĐa-hđ]|[-–+])(?:\s*[.)/:–-]+)?\s*$")
_BEFORE_TITLE = re.compile(r"\W{0,2}(?P<number>[IVX]{1,5}|[A-H]|\d{1,2}(?:\.\d{1,2})?)\s*[.)/:–-]+\s+(?=\S)")
_IN_TITLE = re.compile(r"\D{0,30}?(?P<number>\d{1,3})\W*$")
_COUNTED = re.compile(r"\W*[\dA-H]{1,2}\W*")
_LAST_HEADER_ROW = 4


@dataclass(slots=True)
class TaskRow:
    """One task of a table.

    number: its numbering (`1.2`), restored from its place where the cell is empty, with that of the group above when
    numbers begin again in each. marker: where the number stands. group: the cells of the titles above it.
    columns: what the table has a column for, so that an empty cell is known from an absent one.
    """

    number: str
    marker: Span
    task: Cell
    leads: list[Cell] = field(default_factory=list)
    supports: list[Cell] = field(default_factory=list)
    due: Cell | None = None
    result: Cell | None = None
    group: str = ""
    title: Cell | None = None
    columns: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class _Head:
    """The columns of a table. rows: how many rows from the top only say what the columns hold."""

    rows: int
    roles: tuple[Role | None, ...]
    bodies: dict[int, Cell]

    def columns_of(self, role: Role) -> list[int]:
        return [number for number, one in enumerate(self.roles) if one == role]


def task_rows(script: Script, table: Table) -> list[TaskRow]:
    """Return the tasks of a table in the order of its rows; none when it is not a table of tasks.

    It may stand row by row, a column for each body, as a card for each task, or as a matrix of bodies with marks.
    """
    if cards := list(_cards(script, table)):
        return cards
    ways = [(head, way) for way in (table, table.turned()) if (head := _head(script, way))]
    if not ways:
        return []
    head, way = max(ways, key=lambda found: len({*found[0].roles} - {None}))
    return _Rows(script, way, head).read()


def _low(script: Script, cell: Cell | None) -> str:
    return " ".join(script.low[slice(*cell.span)].split()) if cell else ""


def _cards(script: Script, table: Table) -> Iterator[TaskRow]:
    """Yield the tasks of a table of two columns whose first holds the heads, again for each task."""
    roles: list[Role | None] = [role_of(_low(script, table.at(row, 0))) for row in range(table.rows)]
    if table.columns != 2 or "task" not in roles or len({*roles} - {None, "number"}) < 2:
        return
    if role_of(_low(script, table.at(0, 1))) is not None and table.at(0, 1) != table.at(0, 0):
        return
    columns: frozenset[Role] = frozenset(role for role in roles if role)
    count = 0
    for title, values in _each_card(table, roles):
        if "task" not in values:
            continue
        count += 1
        number = _card_number(script, values.get("number") or title) or str(count)
        at = values["task"].span[0]
        marker = title.span if title else (at, at)
        one = TaskRow(number, marker, values["task"], columns=columns)
        for role, cell in values.items():
            if not _NOTHING.fullmatch(_low(script, cell)):
                _add(one, role, cell)
        yield one


def _each_card(table: Table, roles: Sequence[Role | None]) -> Iterator[tuple[Cell | None, dict[Role, Cell]]]:
    """Yield the title and the cells of each card; one begins at a title, or where a head comes again."""
    title: Cell | None = None
    values: dict[Role, Cell] = {}
    for row, role in enumerate(roles):
        label, value = table.at(row, 0), table.at(row, 1)
        if label is None or value is None:
            continue
        if role is None or label == value or role in values:
            yield title, values
            title, values = None, {}
        if role is None or label == value:
            title = label
        else:
            values[role] = value
    yield title, values


def _card_number(script: Script, cell: Cell | None) -> str | None:
    found = _IN_TITLE.match(script.text[slice(*cell.span)]) if cell else None
    return found["number"].lstrip("0") or None if found else None


def _add(one: TaskRow, role: Role, cell: Cell) -> None:
    if role == "lead":
        one.leads.append(cell)
    elif role == "support":
        one.supports.append(cell)
    elif role == "due":
        one.due = one.due or cell
    elif role == "result":
        one.result = one.result or cell


def _head(script: Script, table: Table) -> _Head | None:
    """Return the columns by the first rows whose cells say what a table of tasks says; None when none does."""
    if table.roles:
        return _Head(0, table.roles, {})
    for first in range(min(_LAST_HEADER_ROW, table.rows - 1)):
        cells = table.row(first)
        own = [role_of(_low(script, cell)) for cell in cells]
        known = {role for role in own if role}
        if "task" not in known or len(known) < 2 or len(own) - own.count(None) < len(known):
            continue
        if own.count("task") > 1 and len(cells) > 2 * len(known):
            continue
        rows = _header_rows(script, table, first)
        return _with_bodies(script, table, rows, first)
    return None


def _header_rows(script: Script, table: Table, first: int) -> int:
    """Return how many rows the head takes: as many as its merged cells, one more below a cell over several columns."""
    cells = table.row(first)
    rows = first + max(cell.rows for cell in cells)
    if rows == first + 1 and rows < table.rows and any(cell.columns > 1 for cell in cells):
        rows += 1
    if rows < table.rows and all(_COUNTED.fullmatch(_low(script, cell)) for cell in table.row(rows)):
        rows += 1  # `(1) (2) (3)`: the columns counted
    return min(rows, table.rows - 1)


def _with_bodies(script: Script, table: Table, rows: int, first: int) -> _Head:
    roles: list[Role | None] = []
    bodies: dict[int, Cell] = {}
    for column in range(table.columns):
        heads = list(dict.fromkeys(cell for row in range(first, rows) if (cell := table.at(row, column))))
        role: Role | None = next(filter(None, (role_of(_low(script, cell)) for cell in reversed(heads))), None)
        marks = {_low(script, table.at(row, column)) for row in range(rows, table.rows)} - {""}
        lowest = [cell for cell in heads if cell.columns == 1][-1:]
        if lowest and marks and role in (None, "lead") and all(map(_is_mark, marks)):
            bodies[column] = lowest[0]
            role = None
        roles.append(role)
    return _Head(rows, tuple(roles), bodies)


def _is_mark(words: str) -> bool:
    return bool(_LEADS_HERE.fullmatch(words) or _HELPS_HERE.fullmatch(words))


class _Rows:
    """Reads the rows below the head, one after the other."""

    def __init__(self, script: Script, table: Table, head: _Head) -> None:
        self._script = script
        self._table = table
        self._head = head
        self._task = head.columns_of("task")[0]
        self._numbers = head.columns_of("number")[:1] or self._unnamed_numbers()
        found: set[Role] = {"lead"} if head.bodies else set()
        found.update(role for role in head.roles if role)
        self._columns: frozenset[Role] = frozenset(found)
        self._group = ""
        self._title: Cell | None = None
        self._above: dict[int, Cell] = {}
        self._rows: list[TaskRow] = []
        self._given: list[str | None] = []

    def _unnamed_numbers(self) -> list[int]:
        """Return the first column when its head is empty and its cells are numbers."""
        if self._head.roles[0] is not None or 0 in self._head.bodies:
            return []
        said = [_low(self._script, self._table.at(row, 0)) for row in range(self._head.rows, self._table.rows)]
        return [0] if said and all(not words or len(words) <= 6 for words in said) else []

    def read(self) -> list[TaskRow]:
        for row in range(self._head.rows, self._table.rows):
            self._read(row)
        self._number_again()
        return self._rows

    def _read(self, row: int) -> None:
        task = self._table.at(row, self._task)
        if task is None or self._is_header_again(row):
            return
        number = self._number(row)
        if title := self._title_of(row, task, number):
            said = _BEFORE_TITLE.match(self._script.text, *title.span)
            self._group = number or (said["number"] if said else self._group_below(row))
            self._title = title
            return
        if _NOTHING.fullmatch(self._script.text, *task.span):
            self._add_to_last(row)
            return
        numbered = self._table.at(row, self._numbers[0]) if self._numbers else None
        marker = numbered.span if numbered and number else (task.span[0], task.span[0])
        one = TaskRow(number or "", marker, task, group=self._group, title=self._title, columns=self._columns)
        for column, role in enumerate(self._head.roles):
            if role in ("lead", "support", "due", "result") and (cell := self._cell(row, column)):
                _add(one, role, cell)
        for column, body in self._head.bodies.items():
            said_here = _low(self._script, self._table.at(row, column))
            if _HELPS_HERE.fullmatch(said_here):
                one.supports.append(body)
            elif said_here:
                one.leads.append(body)
        self._rows.append(one)

    def _cell(self, row: int, column: int) -> Cell | None:
        """Return the cell of a row, for a ditto mark the one it stands for; None for an empty one."""
        cell = self._table.at(row, column)
        words = _low(self._script, cell)
        if cell is None or _NOTHING.fullmatch(words):
            return None
        if _DITTO.fullmatch(words):
            return self._above.get(column)
        self._above[column] = cell
        return cell

    def _number(self, row: int) -> str | None:
        cell = self._table.at(row, self._numbers[0]) if self._numbers else None
        found = _NUMBER.match(self._script.text[slice(*cell.span)]) if cell else None
        if not found:
            return None
        number = found["number"]
        return ".".join(part.lstrip("0") or part for part in number.split(".")) if number[0].isdigit() else number

    def _is_header_again(self, row: int) -> bool:
        """Return whether a row repeats the head, as at the top of a further page."""
        top = [_low(self._script, cell) for cell in self._table.row(self._head.rows - 1)] if self._head.rows else []
        return any(top) and [_low(self._script, cell) for cell in self._table.row(row)] == top

    def _title_of(self, row: int, task: Cell, number: str | None) -> Cell | None:
        """Return the title of a group of rows: merged over the row, or alone in it with a number of another kind."""
        cells = [cell for cell in self._table.row(row) if self._script.words(cell.span)]
        others = [cell for cell in cells if cell is not task and cell.column not in self._numbers]
        if task.columns > 1 and task.columns >= self._table.columns - 2 and task.rows == 1 and not others:
            return task
        if not cells or [cell for cell in cells if cell.column not in self._numbers and cell is not task]:
            return self._wide_title(row, cells)
        words = self._script.words(task.span)
        if not words:
            return self._wide_title(row, cells)
        if number is None:
            return task if words.isupper() or self._group_below(row) else None
        below = self._number(row + 1) or ""
        return task if number.isupper() or below.startswith(f"{number}.") or words.isupper() else None

    def _group_below(self, row: int) -> str:
        """Return the number of the group that a row without one opens: `1` before the row `1.1`."""
        group, _, first = (self._number(row + 1) or "").rpartition(".")
        return group if first == "1" else ""

    def _wide_title(self, row: int, cells: Sequence[Cell]) -> Cell | None:
        """Return a title that stands alone in its row before the column of tasks: `I. Nhóm nhiệm vụ …`."""
        if len(cells) != 1 or cells[0].row != row:
            return None
        return cells[0] if cells[0].column < self._task and len(self._script.words(cells[0].span)) > 6 else None

    def _add_to_last(self, row: int) -> None:
        """Add what a row without a task of its own says to the one before it."""
        if not self._rows or self._rows[-1].title is not self._title:
            return
        for column, role in enumerate(self._head.roles):
            if role in ("lead", "support") and (cell := self._cell(row, column)):
                _add(self._rows[-1], role, cell)

    def _number_again(self) -> None:
        """Give each row its whole number: one restored where it is lost, the group's before one that returns."""
        last, group, dashes = "", "", 0
        for one in self._rows:
            last = "" if one.group != group and one.group and not one.number else last
            dashes = dashes + 1 if one.group == group else 1
            group = one.group
            one.number = f"-{dashes}" if one.number and one.number in "-–+" else one.number or _next(last, group)
            last = one.number
        places = {(one.number, one.marker) for one in self._rows}
        again = len({number for number, _ in places}) < len(places)
        for one in self._rows:
            inside = one.number.startswith(f"{one.group}.")
            if one.group and not inside and (again or not one.number[0].isdigit()):
                one.number = f"{one.group}.{one.number}"


def _next(last: str, group: str) -> str:
    """Return the number that follows in its place."""
    if not last:
        return f"{group}.1" if group.replace(".", "").isdigit() else "1"
    head, _, tail = last.rpartition(".")
    if tail.lstrip("-").isdigit():
        own = f"-{int(tail[1:]) + 1}" if tail[0] == "-" else str(int(tail) + 1)
    else:
        own = chr(ord(tail[-1]) + 1)
    return f"{head}.{own}" if head else own


def title_as_lead(script: Script, one: TaskRow) -> Cell | None:
    """Return the title above a row when it names bodies and the table has no column for them; None otherwise."""
    if one.title is None or "lead" in one.columns:
        return None
    said = _BEFORE_TITLE.match(script.text, *one.title.span)
    start = said.end() if said else one.title.span[0]
    if not starts_list(script, start):
        return None
    return replace(one.title, span=(start, one.title.span[1]))
