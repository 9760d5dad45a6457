"""Who writes which template: rooms that know the values register here, so that this one can write what it froze."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from ancam.accounts.models import Person
from ancam.papers.errors import TemplateChanged
from ancam.papers.models import Paper

Inputs = Mapping[str, Any]
_writers: dict[str, "Writer"] = {}


@dataclass(frozen=True, slots=True)
class Writer:
    """What a room gives for a template and its version.

    write: the inputs as the .docx, with number and day once the paper is issued; equal values give equal bytes.
    renew: the inputs as they would be made today for the same paper, by a person who may draft it.
    edit_address: the page on which the paper's words are changed and it is drafted anew.
    """

    template: str
    label: Any
    write: Callable[[Inputs, int | None, date | None], bytes]
    renew: Callable[[Paper, Person], Inputs]
    edit_address: Callable[[Paper], str]


def register(writer: Writer) -> None:
    """Tell of one more template; a room calls this when it starts. A name is registered once."""
    if writer.template in _writers:
        raise ImproperlyConfigured(f"the template {writer.template!r} is registered twice")
    _writers[writer.template] = writer


def writer_of(template: str) -> Writer | None:
    """Return who writes this version of the template, None when the platform no longer holds it."""
    return _writers.get(template)


def require_writer(template: str) -> Writer:
    """Return who writes this version of the template; raise `TemplateChanged` when the platform no longer holds it."""
    if template not in _writers:
        raise TemplateChanged()
    return _writers[template]
