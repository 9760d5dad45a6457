"""What every format gives to the stages after it."""

from dataclasses import dataclass

from ancam.engines.reading.tables import Table


@dataclass(frozen=True, slots=True)
class Extract:
    """The lines of a file in reading order, blank ones kept.

    margins: lines of page headers, footers and stamps, read only for a secrecy stamp.
    guessed: the encoding was a guess. tables: their cells' spans count lines.
    ocr: some of the lines were recognised from a picture. unclear: the pages, from 1, where that went badly.
    unsure: the numbers that may have been recognised wrongly.
    """

    lines: tuple[str, ...]
    encoding: str = "utf-8"
    pages: int | None = None
    margins: tuple[str, ...] = ()
    guessed: bool = False
    ocr: bool = False
    unclear: tuple[int, ...] = ()
    unsure: frozenset[str] = frozenset()
    tables: tuple[Table, ...] = ()
