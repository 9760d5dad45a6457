"""The numbers and fixed words of the official layout, read from `reference/official-layout`."""

from functools import cache
from typing import Any

from ancam.reference import reference


@cache
def _items() -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in reference("official-layout")["items"]}


def measure(item_id: str) -> float:
    """Return the value in use of a number of the layout, in the unit its item names (mm, pt, line)."""
    return float(_items()[item_id]["use"])


def fixed_words(item_id: str) -> str:
    """Return the words of the layout that never vary, such as the motto."""
    return str(_items()[item_id]["text"])
