"""The messages of the product, from its code to its catalogue: `make messages`.

A message is what the templates translate, what Python hands to gettext, and the three templates of every error of
ours. The catalogue of English is written by hand; here it is brought up to the code, nothing lost.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/ancam"
ENGLISH = SOURCE / "site/locale/en/LC_MESSAGES/django.po"
KEYWORDS = {
    "_": None,
    "Wording": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
TOLD = {"what", "ground", "next_step"}
HEADER = r"""# AnCam in English. The Vietnamese sentence is the source; `make messages` brings this file up to the code.
msgid ""
msgstr ""
"Language: en\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


def messages_of_the_product() -> Catalog:
    """Return every message of the code, each with the files that hold it."""
    found = Catalog(locale="en", fuzzy=False)
    for path in _sources():
        place = [(path.relative_to(SOURCE).as_posix(), None)]
        for message, context in _messages_in(path):
            found.add(message, locations=place, context=context)
    return found


def english() -> Catalog:
    """Return the catalogue as it is kept."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def _sources() -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and not {"tests", "vendor", "migrations"} & set(path.parts):
            yield path


def _messages_in(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from _extracted(text)
        yield from ((told, None) for told in _told_by_errors(text))
    elif "templates" in path.parts:
        # What Django makes of a template reads as Python, but for the indentation.
        yield from _extracted("\n".join(line.strip() for line in templatize(text).splitlines()))


def _extracted(code: str) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    for _line, function, messages, _comments in extract_python(io.BytesIO(code.encode()), KEYWORDS, [], {}):
        if messages is None:  # a phrase that is marked where it is written
            continue
        parts = [messages] if isinstance(messages, str) else list(messages)
        context = parts.pop(0) if function in {"pgettext", "pgettext_lazy", "npgettext"} else None
        if parts and parts[0]:
            yield (parts[0], parts[1]) if "ngettext" in function or "npgettext" in function else parts[0], context


def _told_by_errors(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                name = getattr(line.targets[0], "id", "") if isinstance(line, ast.Assign) else ""
                if name in TOLD and isinstance(line.value, ast.Constant) and line.value.value:
                    yield line.value.value


def main() -> int:
    """Bring the catalogue up to the code and say what waits for a translation."""
    found = messages_of_the_product()
    kept = english() if ENGLISH.exists() else Catalog(locale="en")
    fresh = Catalog(locale="en", fuzzy=False)
    for message in found:
        if message.id:
            old = kept.get(message.id, message.context)
            string = old.string if old and old.pluralizable == message.pluralizable else ""
            fresh.add(message.id, string, locations=message.locations, context=message.context)
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, fresh, width=120, sort_output=True, include_lineno=False, omit_header=True)
    waiting = [message for message in fresh if message.id and not any(as_strings(message.string))]
    print(f"{len(fresh)} messages, {len(waiting)} without English")
    return 0


def as_strings(string: str | tuple[str, ...] | list[str]) -> list[str]:
    """Return the forms of a translation, one for a message without a plural."""
    return [string] if isinstance(string, str) else list(string)


if __name__ == "__main__":
    sys.exit(main())
