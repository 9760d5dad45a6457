"""Cells as text, and the bounds on them."""

from collections.abc import Iterable
from datetime import date, datetime

from ancam.engines.tables.errors import LongCell, TooManyColumns, TooManyRows, TooMuchText
from ancam.engines.tables.headers import HEADER_WITHIN, column_letters
from ancam.engines.tables.limits import Limits


class Meter:
    """Lets rows through while they keep within the bounds."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._characters = 0

    def row(self, number: int, cells: Iterable[object]) -> list[str]:
        """Return the cells of a row as texts without space at their ends, nothing behind the last that holds any.

        Raises `TooManyRows`, `TooManyColumns`, `LongCell`, `TooMuchText`.
        """
        texts = [cell_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            self._require_within(number, texts)
        return texts

    def _require_within(self, number: int, texts: list[str]) -> None:
        if number > self._limits.max_rows + HEADER_WITHIN:
            raise TooManyRows(name=self._name, limit=self._limits.max_rows)
        if len(texts) > self._limits.max_columns:
            raise TooManyColumns(name=self._name, limit=self._limits.max_columns)
        longest = max(range(len(texts)), key=lambda at: len(texts[at]))
        if len(texts[longest]) > self._limits.max_cell:
            cell = f"{column_letters(longest + 1)}{number}"
            raise LongCell(name=self._name, cell=cell, limit=self._limits.max_cell)
        self._characters += sum(map(len, texts))
        if self._characters > self._limits.max_characters:
            raise TooMuchText(name=self._name, limit=self._limits.max_characters)


def cell_text(value: object) -> str:
    """Return what stands in a cell as an official would type it: days day first, whole numbers without a point."""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
