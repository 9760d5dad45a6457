"""The lists whose conditions people may keep: rooms tell them here when they start."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class SavedList:
    """A list, or several views of one: its name in the store, what people call it, the page that opens it."""

    page: str
    label: Any
    url_name: str


_lists: dict[str, SavedList] = {}


def register(saved: SavedList) -> None:
    """Let people keep the conditions of a list; a second list of one name stops the start."""
    if saved.page in _lists:
        raise ImproperlyConfigured(f"two lists are called {saved.page}")
    _lists[saved.page] = saved


def require_list(page: str) -> SavedList:
    """Return the list of this name; raise `KeyError` when no room has told it."""
    return _lists[page]


def saved_list(page: str) -> SavedList | None:
    """Return the list of this name, None when no room has told it."""
    return _lists.get(page)
