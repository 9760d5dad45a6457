"""How much of a table the reader takes in before it refuses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file. Sizes are in bytes as unpacked; `max_cell` and `max_characters` count characters."""

    max_rows: int = 20_000
    max_columns: int = 60
    max_cell: int = 1_000
    max_characters: int = 20_000_000
    max_parts: int = 1_000
    max_unpacked_bytes: int = 60_000_000
    max_elements: int = 3_000_000
    max_sheets: int = 30
