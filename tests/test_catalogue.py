"""Every word of a page can be read in Vietnamese and in English, and none was forgotten."""

import ast
import re

import pytest
from django.template.base import Lexer, TokenType

from catalogue import SOURCE, TOLD, as_strings, english, messages_of_the_product

VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+[^}]*\}")
TEMPLATES = [path for path in SOURCE.rglob("*.html") if "vendor" not in path.parts]
# Where Vietnamese is what is written or stored, not what is said to the reader of a page.
ROOMS_THAT_WRITE = {"tests", "migrations", "models", "engines", "cli", "keeping", "reference", "samples", "kit"}
FILES_THAT_WRITE = {
    "accounts/bulk/columns.py",  # headings of a file
    "accounts/device_words.py",  # the name of a browser
    "accounts/services/import_checks.py",  # words kept with a row
    "accounts/services/reorganisations.py",  # labels kept in the ledger
    "accounts/services/reorganising.py",  # labels kept in the ledger
    "accounts/workbooks.py",  # the words of a template file
    "audit/services.py",  # the ledger's own name for the system
    "directives/due_words.py",  # how people write a day, in Vietnamese whatever the page's language
    "directives/offline_rules.py",  # the words of a workbook
    "directives/offline_sheets.py",  # the words of a workbook
    "directives/paper_words.py",  # the words of papers
    "directives/selectors/letters.py",  # the words of papers
    "directives/services/due.py",  # labels kept in the ledger
    "directives/services/giving.py",  # labels kept in the ledger
    "directives/services/giving_runs.py",  # labels kept in the ledger
    "directives/services/letter_papers.py",  # the titles of papers
    "directives/services/obligations.py",  # labels kept in the ledger, doubts kept with a duty
    "directives/services/paper_heads.py",  # the words of papers
    "directives/services/reporting.py",  # the words of a paper
    "directives/services/structure.py",  # labels kept in the ledger
    "papers/selectors.py",  # names a paper in the stored result of a check
    "site/environment.py",  # told to operators by the command line
}
NAMES_OF_COLUMNS = {"models.py", "apps.py", "settings.py"}
PAGES = [
    path
    for path in SOURCE.rglob("*.py")
    if not ROOMS_THAT_WRITE & set(path.parts)
    and path.name not in NAMES_OF_COLUMNS
    and path.relative_to(SOURCE).as_posix() not in FILES_THAT_WRITE
]
# What these name is stored in the ledger, and stays as it was written.
STORED = {"Action", "ProtectedReading", "Subject"}
SAYING = {"_", "_lazy", "_now", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "pgettext", "pgettext_lazy"}
SAYING |= {"Wording"} | STORED


def test_every_message_has_its_english():
    kept = english()

    waiting = [
        message.id
        for message in messages_of_the_product()
        if message.id
        and not ((found := kept.get(message.id, message.context)) and all(as_strings(found.string)) and not found.fuzzy)
    ]

    assert waiting == [], f"{len(waiting)} messages wait for English; run `make messages`"


def test_the_catalogue_holds_nothing_that_the_product_no_longer_says():
    said = messages_of_the_product()

    left_over = [message.id for message in english() if message.id and said.get(message.id, message.context) is None]

    assert left_over == []


def test_a_translation_fills_the_same_places():
    wrong = []
    for message in english():
        ids = list(message.id) if isinstance(message.id, tuple) else [message.id]
        places = set(PLACEHOLDER.findall(ids[-1]))
        wrong += [
            text for text in as_strings(message.string) if message.id and set(PLACEHOLDER.findall(text)) != places
        ]

    assert wrong == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_template_says_nothing_past_the_catalogue(path):
    outside, translated = [], False
    for token in Lexer(path.read_text(encoding="utf-8")).tokenize():
        words = token.contents.split()
        if token.token_type == TokenType.BLOCK and words[0] in {"blocktranslate", "endblocktranslate"}:
            translated = words[0] == "blocktranslate"
        elif token.token_type == TokenType.TEXT and not translated:
            outside.append(token.contents)
        elif token.token_type == TokenType.VAR or (token.token_type == TokenType.BLOCK and words[0] != "translate"):
            outside.append(re.sub(r"_\([^)]*\)", "", token.contents))

    # A language is offered under its own name.
    said = [text.strip() for text in outside if VIETNAMESE.search(text.replace("Tiếng Việt", ""))]
    assert said == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_what_views_and_refusals_say_goes_through_the_catalogue(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert [text for text in _plain_strings(tree) if VIETNAMESE.search(text)] == []


def _plain_strings(tree: ast.Module) -> list[str]:
    """Return the strings of a module that are neither said through the catalogue nor told by an error."""
    apart: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYING:
            apart |= {id(part) for part in ast.walk(node)}
        if isinstance(node, ast.Expr):  # a docstring
            apart.add(id(node.value))
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in TOLD:
            apart |= {id(part) for part in ast.walk(node)}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in apart]
    return [node.value for node in constants if isinstance(node.value, str)]
