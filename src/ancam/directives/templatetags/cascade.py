"""The cells of the page that compares a letter with those below it."""

from django import template

from ancam.directives.cascade_filters import Row
from ancam.directives.cascade_rules import Cell
from ancam.directives.cascade_words import OUTCOME_MARKS, OUTCOME_WORDS, reasons
from ancam.directives.models import Obligation
from ancam.directives.selectors.cascade import LetterBelow

register = template.Library()


@register.filter
def sign(cell: Cell) -> str:
    """Return the sign of what became of the duty."""
    return OUTCOME_MARKS[cell.outcome]


@register.filter
def outcome_words(cell: Cell) -> str:
    """Return what became of the duty, in words."""
    return str(OUTCOME_WORDS[cell.outcome])


@register.filter
def why(cell: Cell) -> list[str]:
    """Return the reasons, a line each."""
    return reasons(cell)


@register.filter
def found_in(cell: Cell, letter: LetterBelow) -> list[Obligation]:
    """Return the duties of the letter below that carry this one out."""
    return [letter.obligations[duty.key] for duty in cell.found]


@register.filter
def total_of(totals: dict[int | str, Row], key: int | str) -> Row:
    """Return the row over all letters, of which a page may show some."""
    return totals[key]
