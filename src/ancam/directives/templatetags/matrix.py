"""What the views that follow the duties say of their counts."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import template

from ancam.directives.models import Sign
from ancam.directives.selectors.matrix import Row
from ancam.directives.sign_words import MARKS, narrowing
from ancam.directives.tally import Tally
from ancam.directives.templatetags.directives import WEEKDAYS

register = template.Library()


@register.filter
def signs(tally: Tally) -> Iterable[tuple[Sign, str, int]]:
    """Return each sign under which anything stands, with its mark and its number."""
    return [(sign, MARKS[sign], tally.of(sign)) for sign in Sign if tally.of(sign)]


@register.simple_tag
def legend() -> list[tuple[Sign, str]]:
    """Return every sign with its mark."""
    return list(MARKS.items())


@register.simple_tag
def weekdays() -> tuple[Any, ...]:
    """Return the days of the week, from Monday."""
    return WEEKDAYS


@register.simple_tag
def narrowed(kept: str, sign: Sign | None = None, **also: Any) -> str:
    """Return the conditions with those of a sign, and others that take the place of what was chosen."""
    parts = dict(parse_qsl(kept))
    if sign is not None:
        parts.update(narrowing(sign, parts.get("due", "")))
    parts.update({name: str(value) for name, value in also.items()})
    return urlencode({name: value for name, value in parts.items() if value})


@register.simple_tag
def of_agency(row: Row, kept: str) -> str:
    """Return the conditions that keep what a row counts."""
    own = "" if row.is_folded else "true"
    return narrowed(kept, agency=row.agency.pk, agency_words="", own=own)
