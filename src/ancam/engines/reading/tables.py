"""Tables as cells in rows and columns, merged areas kept, and where the words of each cell stand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from ancam.engines.reading.columns import Role
from ancam.engines.reading.model import Span

MOST_COLUMNS = 60
MOST_ROWS = 3_000
MOST_CELLS = 20_000
_HIGHEST = 300


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, or a merged area: its upper left place, how many rows and columns it takes, from 0 and at least 1.

    span: where its words stand: lines of the extract, then paragraphs, then offsets into the text.
    unsure: its words were put together from lines of several columns.
    """

    row: int
    column: int
    rows: int
    columns: int
    span: Span
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table in reading order. `span` runs from the first word of the first cell to the last.

    roles: what its columns hold, when it has no head of its own that says so.
    """

    cells: tuple[Cell, ...]
    roles: tuple[Role, ...] = ()
    _places: dict[tuple[int, int], Cell] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places = {
            (cell.row + down, cell.column + right): cell
            for cell in self.cells
            for down in range(cell.rows)
            for right in range(cell.columns)
        }
        object.__setattr__(self, "_places", places)

    @property
    def span(self) -> Span:
        """Where the words of the whole table stand."""
        return self.cells[0].span[0], max(cell.span[1] for cell in self.cells)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return max(cell.row + cell.rows for cell in self.cells)

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return max(cell.column + cell.columns for cell in self.cells)

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a place; None where a row is shorter than others."""
        return self._places.get((row, column))

    def row(self, row: int) -> list[Cell]:
        """Return the different cells that a row touches, from left to right."""
        found = (self.at(row, column) for column in range(self.columns))
        return list(dict.fromkeys(cell for cell in found if cell is not None))

    def turned(self) -> "Table":
        """Return the table with rows and columns exchanged."""
        turned = (replace(c, row=c.column, column=c.row, rows=c.columns, columns=c.rows) for c in self.cells)
        return Table(tuple(sorted(turned, key=lambda cell: (cell.row, cell.column))))

    def moved(self, to: Callable[[Span], Span]) -> "Table":
        """Return the table with the span of each cell moved."""
        return Table(tuple(replace(cell, span=to(cell.span)) for cell in self.cells), self.roles)


class TableMaker:
    """Puts cells in their places as a file gives them: row by row, past the places that merged areas take.

    Widths and heights beyond the bounds are cut; a file may claim any number of them.
    """

    def __init__(self) -> None:
        self._cells: list[Cell] = []
        self._taken: dict[tuple[int, int], int] = {}
        self._row = -1
        self._column = 0

    def begin_row(self, skipped: int = 0) -> None:
        """Begin the next row; `skipped`: how many columns it leaves free at its left."""
        self._row += 1
        self._column = max(0, min(skipped, MOST_COLUMNS))

    def put(self, span: Span, rows: int = 1, columns: int = 1) -> None:
        """Put the next cell of the row."""
        if self._row < 0:
            self.begin_row()
        while (self._row, self._column) in self._taken:
            self._column += 1
        if not self._fits():
            return
        rows, columns = max(1, min(rows, _HIGHEST)), max(1, min(columns, MOST_COLUMNS - self._column))
        self._cells.append(Cell(self._row, self._column, rows, columns, span))
        self._take(len(self._cells) - 1, self._row, rows)
        self._column += columns

    def go_on(self, span: Span, columns: int = 1) -> None:
        """Let the cell above take this place too; where none stands above, put one."""
        above = self._taken.get((self._row - 1, self._column))
        if above is None:
            self.put(span, columns=columns)
            return
        cell = self._cells[above]
        self._cells[above] = replace(cell, rows=self._row - cell.row + 1)
        self._take(above, self._row, 1)
        self._column = cell.column + cell.columns

    def _fits(self) -> bool:
        fits = self._column < MOST_COLUMNS and self._row < MOST_ROWS and len(self._cells) < MOST_CELLS
        return fits and len(self._taken) < 2 * MOST_CELLS

    def _take(self, index: int, row: int, rows: int) -> None:
        cell = self._cells[index]
        for down in range(rows):
            for right in range(cell.columns):
                self._taken[row + down, cell.column + right] = index

    def made(self) -> Table | None:
        """Return the table; None for one of fewer than two rows or columns, which only frames its words."""
        rows = self._row + 1
        cells = tuple(replace(cell, rows=min(cell.rows, rows - cell.row)) for cell in self._cells)
        if rows < 2 or not cells:
            return None
        table = Table(cells)
        return table if table.columns > 1 else None


class TableCollector:
    """Gathers the tables of a file while its lines go by one after the other.

    found: those that have ended, but for the ones that only frame others.
    """

    def __init__(self) -> None:
        self.found: list[Table] = []
        self._open: list[TableMaker] = []
        self._cells: list[Span] = []
        self._lines = 0

    @property
    def is_open(self) -> bool:
        """Whether what goes by stands in a table; only then it has rows and cells."""
        return bool(self._open)

    def count(self, lines: int) -> None:
        """Take note of lines that go by: they stand in the cells that are open."""
        self._lines += lines

    @contextmanager
    def table(self) -> Iterator[None]:
        """Open a table until the end of the block."""
        known = len(self.found)
        self._open.append(TableMaker())
        yield
        made = self._open.pop().made()
        if made and len(self.found) == known:
            self.found.append(made.moved(lambda cell: self._cells[cell[0]]))

    def begin_row(self, skipped: int = 0) -> None:
        """Begin a row of the innermost table; `skipped`: how many columns it leaves free at its left."""
        self._open[-1].begin_row(skipped)

    @contextmanager
    def cell(self, rows: int = 1, columns: int = 1, *, goes_on: bool = False) -> Iterator[None]:
        """Open a cell of the innermost table until the end of the block; `goes_on`: a further part of the one above."""
        number, first = len(self._cells), self._lines
        # Until its lines have gone by, its number stands for them.
        if goes_on:
            self._open[-1].go_on((number, number + 1), columns)
        else:
            self._open[-1].put((number, number + 1), rows, columns)
        self._cells.append((first, first))
        yield
        self._cells[number] = (first, self._lines)
