"""The lines drawn on a page → the boxes of tables, merged ones whole. Lengths are in points, y upwards."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ancam.engines.reading.tables import MOST_COLUMNS

_NEAR = 3.0
_SHORTEST = 8.0
_COVERED = 0.6
_MOST_RULES = 3_000
_MOST_ROWS = 300


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: at `at` of the other axis, from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Box:
    """A cell on the page, by its place in the grid."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table. xs: the edges of its columns from the left; ys: those of its rows from the top, falling."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]

    def box_at(self, x: float, y: float) -> Box | None:
        """Return the box around a point; None outside the table."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right([-edge for edge in self.ys], -y) - 1
        if not (0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1):
            return None
        return next((b for b in self.boxes if _holds(b, row, column)), None)

    def width(self, box: Box) -> float:
        """Return how wide a box is."""
        return self.xs[box.column + box.columns] - self.xs[box.column]


def _holds(box: Box, row: int, column: int) -> bool:
    return box.row <= row < box.row + box.rows and box.column <= column < box.column + box.columns


def grids(horizontals: Sequence[Rule], verticals: Sequence[Rule]) -> list[Grid]:
    """Return the tables that lines make, from the top of the page; a frame around words is none."""
    across = [rule for rule in horizontals if rule.end - rule.start >= _SHORTEST]
    down = [rule for rule in verticals if rule.end - rule.start >= _SHORTEST]
    if not (across and down) or len(across) + len(down) > _MOST_RULES:
        return []
    found = [_grid(*group) for group in _touching(across, down)]
    return sorted((grid for grid in found if grid), key=lambda grid: -grid.ys[0])


def _touching(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the groups of lines that meet one another, each with those across and those down."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    free_across, free_down = list(across), list(down)
    while free_down:
        mine_down, mine_across = [free_down.pop()], list[Rule]()
        grown = True
        while grown:
            met = [r for r in free_across if any(_meet(r, d) for d in mine_down)]
            mine_across += met
            free_across = [r for r in free_across if r not in met]
            met = [d for d in free_down if any(_meet(r, d) for r in mine_across)]
            mine_down += met
            free_down = [d for d in free_down if d not in met]
            grown = bool(met)
        groups.append((mine_across, mine_down))
    return groups


def _meet(across: Rule, down: Rule) -> bool:
    in_width = across.start - _NEAR <= down.at <= across.end + _NEAR
    return in_width and down.start - _NEAR <= across.at <= down.end + _NEAR


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> Grid | None:
    xs, ys = _edges(rule.at for rule in down), _edges(rule.at for rule in across)
    if not (2 < len(xs) <= MOST_COLUMNS and 2 < len(ys) <= _MOST_ROWS):
        return None
    ys.reverse()
    walls = {(row, column) for row in range(len(ys) - 1) for column in range(1, len(xs) - 1)
             if _covers(down, xs[column], ys[row + 1], ys[row])}  # fmt: skip
    floors = {(row, column) for row in range(1, len(ys) - 1) for column in range(len(xs) - 1)
              if _covers(across, ys[row], xs[column], xs[column + 1])}  # fmt: skip
    return Grid(tuple(xs), tuple(ys), tuple(_boxes(len(ys) - 1, len(xs) - 1, walls, floors)))


def _edges(places: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return edges


def _covers(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    """Return whether lines at a place draw most of the stretch between two edges."""
    drawn = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= _NEAR)
    return drawn >= _COVERED * (end - start)


def _boxes(rows: int, columns: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]) -> list[Box]:
    """Return the boxes: from each free place as far right, then as far down, as no line parts it."""
    taken: set[tuple[int, int]] = set()
    boxes: list[Box] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            right, low = column + 1, row + 1
            while right < columns and (row, right) not in walls and (row, right) not in taken:
                right += 1
            while low < rows and not any((low, c) in floors or (low, c) in taken for c in range(column, right)):
                low += 1
            taken.update((r, c) for r in range(row, low) for c in range(column, right))
            boxes.append(Box(row, column, low - row, right - column))
    return boxes
