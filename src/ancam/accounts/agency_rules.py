"""What must hold of every agency, whether it is entered on a page or comes in a list. Pure."""

import re
from datetime import date

from ancam.kit.folding import squeeze

DEEPEST = 20
"""How many levels the tree may have."""

CODE = re.compile(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*")
"""The form of an identifier."""


def kept_code(text: str) -> str:
    """Return an identifier in capitals, as state systems exchange it."""
    return squeeze(text).upper()


def takes_unit(parent_ends_on: date | None, ends_on: date | None, *, today: date) -> bool:
    """Tell whether an agency can be written down under another: what has ended takes only what ended with it."""
    if parent_ends_on is None or parent_ends_on >= today:
        return True
    return ends_on is not None and ends_on <= parent_ends_on


def exist_together(
    begins_on: date | None, ends_on: date | None, other_begins_on: date | None, other_ends_on: date | None
) -> bool:
    """Tell whether two periods can share a day; a day that is not known leaves that side open."""
    before = begins_on is not None and other_ends_on is not None and other_ends_on < begins_on
    after = ends_on is not None and other_begins_on is not None and other_begins_on > ends_on
    return not before and not after
