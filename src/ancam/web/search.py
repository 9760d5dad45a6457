"""The registry behind the search in the top bar: each room says at start-up what it lets people find."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from ancam.kit.folding import fold
from ancam.web.tables import MOST_CHARACTERS, MOST_WORDS

HITS_SHOWN = 6
FEWEST_CHARACTERS = 2
_sections: dict[str, "Section"] = {}


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of a result: what it is called, where it opens, what tells it from its like."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of thing that can be found.

    rows: the things that hold every word of a text, as far as the person may see them, best first; sliced in SQL.
    hit: a thing as a line. all_url: the address of the list that shows every row for the text.
    open_to: whether the person may look for this at all; it costs no query.
    """

    name: str
    label: Any
    icon: str
    place: int
    rows: Callable[[Any, str], Any]
    hit: Callable[[Any], Hit]
    all_url: Callable[[str], str]
    open_to: Callable[[Any], bool] = lambda person: True


@dataclass(frozen=True, slots=True)
class Found:
    """What one section found: at most six lines, and whether its list has more."""

    section: Section
    hits: list[Hit]
    has_more: bool
    all_url: str


def register(section: Section) -> None:
    """Let people find one more kind of thing; a room calls this when it starts. A name is registered once."""
    if section.name in _sections:
        raise ImproperlyConfigured(f"the search section {section.name!r} is registered twice")
    _sections[section.name] = section


def refusal_of(text: str) -> str:
    """Return in words why the text cannot be searched for; empty when it can."""
    if len(text) > MOST_CHARACTERS:
        return _("Nội dung tìm dài quá %(most)s ký tự. Đề nghị rút gọn.") % {"most": MOST_CHARACTERS}
    words = fold(text).split()
    if len(words) > MOST_WORDS:
        return _("Tìm tối đa %(most)s từ một lần. Đề nghị bớt từ.") % {"most": MOST_WORDS}
    if len("".join(words)) < FEWEST_CHARACTERS:
        return _("Đề nghị nhập ít nhất %(fewest)s ký tự.") % {"fewest": FEWEST_CHARACTERS}
    return ""


def find(person: Any, text: str) -> list[Found]:
    """Return the sections that found something for a text that `refusal_of` lets pass. One query or two for each."""
    return list(_found(person, text, sorted(_sections.values(), key=lambda section: section.place)))


def _found(person: Any, text: str, sections: Iterable[Section]) -> Iterator[Found]:
    for section in sections:
        rows = list(section.rows(person, text)[: HITS_SHOWN + 1]) if section.open_to(person) else []
        if rows:
            hits = [section.hit(row) for row in rows[:HITS_SHOWN]]
            yield Found(section, hits, len(rows) > HITS_SHOWN, section.all_url(text))
