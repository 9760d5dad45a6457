"""What holds for every file of the package, whoever wrote it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from importlib import resources
from typing import Any

import pytest

from ancam.reference import reference, reference_bytes

CONFIDENCES = {"high", "medium", "low"}
NAMES = sorted(
    entry.name.removesuffix(".yaml")
    for entry in resources.files("ancam.reference").iterdir()
    if entry.name.endswith(".yaml")
)
# Words that speak of how a file was put together, not of the law.
WORKING_WORDS = re.compile(r"\b(recall|seed|OCR|GitHub|theo hiểu biết|LLM)\b", re.IGNORECASE)

every_file = pytest.mark.parametrize("name", NAMES)


def item_lists(name: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield (key, items) for each list of mappings at the top of a file."""
    for key, value in reference(name).items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield key, value


def mappings(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every mapping of a tree, at any depth."""
    if isinstance(node, dict):
        yield node
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        yield from mappings(child)


def as_date(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


@every_file
def test_a_file_is_a_mapping_that_says_its_day_and_holds_items(name):
    assert as_date(reference(name)["as_of"])
    assert list(item_lists(name))


@every_file
def test_every_item_has_a_name_a_source_and_a_confidence(name):
    lacking = [
        (key, item.get("id", item.get("name")))
        for key, items in item_lists(name)
        for item in items
        if not ((item.get("id") or item.get("name")) and item.get("source") and item.get("confidence") in CONFIDENCES)
    ]

    assert lacking == []


@every_file
def test_confidence_is_one_of_three_words_at_any_depth(name):
    used = {node["confidence"] for node in mappings(reference(name)) if "confidence" in node}

    assert used <= CONFIDENCES


@every_file
def test_what_was_not_checked_against_a_text_is_never_of_high_confidence(name):
    too_sure = [
        node.get("id", node.get("date"))
        for node in mappings(reference(name))
        if node.get("source") == "chưa đối chiếu" and node["confidence"] == "high"
    ]

    assert too_sure == []


@every_file
def test_no_two_items_of_a_list_share_an_id(name):
    for _, items in item_lists(name):
        counts = Counter(item.get("id", item.get("name")) for item in items)

        assert [key for key, count in counts.items() if count > 1] == []


@every_file
def test_no_period_ends_before_it_begins(name):
    inverted = [
        node.get("id", node.get("name"))
        for node in mappings(reference(name))
        if node.get("in_force_from")
        and node.get("in_force_to")
        and as_date(node["in_force_from"]) > as_date(node["in_force_to"])
    ]

    assert inverted == []


@every_file
def test_what_replaces_and_is_replaced_is_in_the_same_list(name):
    for _, items in item_lists(name):
        ids = {item.get("id") for item in items}
        named = {other for item in items for key in ("replaces", "replaced_by") for other in item.get(key) or ()}

        assert named <= ids


@every_file
def test_a_file_speaks_of_the_law_and_not_of_how_it_was_put_together(name):
    text = reference_bytes(name).decode()

    assert WORKING_WORDS.findall(text) == []
    assert unicodedata.is_normalized("NFC", text)


def test_a_file_is_read_once():
    assert reference("public-holidays") is reference("public-holidays")


def test_a_file_that_is_not_a_mapping_is_refused(monkeypatch):
    monkeypatch.setattr("ancam.reference.reference_bytes", lambda name: b"- one\n- two\n")

    with pytest.raises(TypeError, match=r"a-list\.yaml"):
        reference("a-list")
