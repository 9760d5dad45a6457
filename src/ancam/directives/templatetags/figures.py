"""Figures in the words of an office."""

from datetime import date
from decimal import Decimal

from django import template

from ancam.directives.figure_rules import as_typed

register = template.Library()


@register.filter
def figure_value(value: Decimal | date | str | None) -> str:
    """Return an answer as it is typed, in every language: a form that reads 1.250 must not be shown 1,250."""
    return as_typed(value)
