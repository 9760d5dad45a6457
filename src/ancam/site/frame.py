"""What every page's frame shows: the instance, the menu for the person's roles, the regime in force."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the values that the base template needs."""
    return {}
