"""Whole numbers as they come from outside: in addresses, forms, headers and files."""

MOST_DIGITS = 18
"""So many digits fit every database; a text of thousands would not even become a number."""


def whole_number(text: str, most_digits: int = MOST_DIGITS) -> int | None:
    """Return the number that the text writes in plain digits; None for anything else, and for more digits."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= most_digits else None


def is_key(text: str) -> bool:
    """Tell whether a text can be a row's key: digits that every database can look up."""
    return whole_number(text) is not None
