"""What a table is asked for, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a table may have: the name by which its cells come back, its heading, other spellings of that.

    Headings are met in any letter case, without diacritics and punctuation.
    """

    name: str
    heading: str
    synonyms: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A rectangle of texts with the name of its sheet; row 1 of the file comes first, whether it holds anything."""

    name: str
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the spreadsheet numbers it, with the text of each known column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows under the header that hold anything, and the names of the columns that the header has."""

    columns: frozenset[str]
    rows: list[Row]
