"""The Vietnamese texts of the repository as lines of words: what the restoring of spoilt letters is learnt from.

The letters of `bench/reading` are not among them: they measure the reader.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from babel.messages.pofile import read_po

from ancam.engines.reading import vocabulary
from ancam.engines.reading.restoring.words import NUMBER
from ancam.engines.reading.script import lowered

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "ancam"
LETTERS = SOURCE / "engines" / "reading" / "tests" / "letters"
PHRASES = ROOT / "bench" / "restoring" / "phrases"
_REFERENCE = (
    "agencies", "directive-23", "duty-assignees", "duty-kinds", "functions", "legal-instruments", "official-layout",
    "public-holidays",
)  # fmt: skip
# Letters and the law speak as letters do; screens and manuals speak of other things.
LETTER_WEIGHT, OTHER_WEIGHT = 3, 1
_FRAGMENT = re.compile(r"[^\W\d_]+(?:,? [^\W\d_]+)*")
_PLACES = re.compile(r"^=\S+ \S+ [hqxp] (?P<name>[^>?\n]+)$|^  name: (?P<province>.+)$", re.MULTILINE)
_SPOKEN = re.compile(r"[^\W\d_]+|\d[\w./:%\-]*")
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+|\S+\.(?:vn|com|org|yaml|md|docx?|xlsx|pdf|html?|txt|py)\b\S*|\w+_\w+")
_MARKED = re.compile(r"[ăâđêôơưà-ỹ]", re.IGNORECASE)


def letter_lines() -> Iterator[str]:
    """Yield the lines of the invented letters and of the field's reference texts."""
    for folder in (LETTERS, SOURCE / "samples" / "letters", PHRASES):
        for path in sorted(folder.iterdir()):
            if path.suffix in (".txt", ".md"):
                yield from path.read_text(encoding="utf-8").splitlines()
    for name in _REFERENCE:
        content = yaml.safe_load((SOURCE / "reference" / f"{name}.yaml").read_text(encoding="utf-8"))
        for text in filter(_MARKED.search, _strings(content)):
            yield from _fragments(text) if name == "duty-kinds" else [text]


def other_lines() -> Iterator[str]:
    """Yield the Vietnamese lines of the screens, of the manuals, of the reader's own word lists, and place names."""
    with (SOURCE / "site" / "locale" / "en" / "LC_MESSAGES" / "django.po").open("rb") as catalogue:
        for message in read_po(catalogue):
            yield from _marked(message.id if isinstance(message.id, str) else "\n".join(message.id))
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        yield from _marked(path.read_text(encoding="utf-8"))
    for words in (vocabulary.HEADS, vocabulary.VERBS, vocabulary.ACTS, vocabulary.GROUPED, vocabulary.SMALL_HEADS):
        yield from _fragments(words)
    places = (SOURCE / "reference" / "places.yaml").read_text(encoding="utf-8")
    for found in _PLACES.finditer(places):
        yield (found["name"] or found["province"]).strip()


def sentences_of(lines: Iterator[str]) -> Iterator[list[str]]:
    """Yield the words of each sentence, in small letters."""
    for line in lines:
        line = _ADDRESS.sub(" ", line)
        for part in re.split(r"[.;:!?…]\s|[.;:!?…]$|\s[-–]\s", line):
            if words := _spoken(part):
                yield words


def _spoken(text: str) -> list[str]:
    return [NUMBER if word[0].isdigit() else word for word in _SPOKEN.findall(lowered(text))]


def _marked(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if len(_MARKED.findall(line)) >= 0.1 * len(line) > 0:
            yield re.sub(r"%\(\w+\)s|\{[^}]*\}|[*`_]", " ", line)


def _fragments(text: str) -> Iterator[str]:
    for part in re.split(r"[()|…]|\(\?[:!<=]+", text):
        if (found := _FRAGMENT.fullmatch(part.strip())) is not None:
            yield found.group()


def _strings(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield from content.splitlines()
    elif isinstance(content, dict):
        for item in content.values():
            yield from _strings(item)
    elif isinstance(content, list):
        for item in content:
            yield from _strings(item)
