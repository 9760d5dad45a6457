"""What the templates of this room say of its things."""

from typing import Any

from django import template

from ancam.accounts.models import Succession

register = template.Library()


@register.filter
def handed(succession: Succession, function_names: dict[str, str]) -> Any:
    """Return in words what is handed on."""
    return succession.what(function_names)
