"""What the templates of this room say of its things."""

from typing import Any

from django import template

from ancam.accounts.models import Succession
from ancam.accounts.selectors import saved_filters
from ancam.accounts.sign_in import signed_in

register = template.Library()


@register.inclusion_tag("accounts/_saved_filters.html", takes_context=True)
def kept_filters(context: template.Context, page: str, kept: str) -> dict[str, Any]:
    """Draw the filters that who is signed in keeps for a list, with a way to keep the conditions at hand. One query."""
    return {"saved": saved_filters(signed_in(context["request"]), page), "page": page, "kept": kept}


@register.filter
def handed(succession: Succession, function_names: dict[str, str]) -> Any:
    """Return in words what is handed on."""
    return succession.what(function_names)
