"""What a person says of a field as it was read: kept as a labelled example, in the transaction of the change."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ancam.accounts.models import Person
from ancam.directives.example_words import reading_of
from ancam.directives.models import ExampleField, Obligation, Origin, ReadingExample, Verdict
from ancam.kit.folding import fold

_DEADLINE = ("deadline_operator", "deadline_on", "deadline_text")
FIELD_OF_COLUMN = {name: ExampleField.DEADLINE for name in _DEADLINE} | {
    field.value: field for field in ExampleField if field != ExampleField.DEADLINE
}


def judge(
    obligation: Obligation,
    fields: Iterable[ExampleField],
    before: Mapping[ExampleField, Any],
    by: Person,
    at: datetime,
) -> None:
    """Settle the doubts about these fields and keep an example of each; the caller saves the obligation.

    What the reader said stays as it was first kept, however often people change their mind. What a person added was
    never read, and makes no example.
    """
    judged = list(dict.fromkeys(fields))
    reasons = {field: [d["reason"] for d in obligation.doubts if d["field"] == field] for field in judged}
    names = {field.value for field in judged}
    obligation.doubts = [d | {"settled": True} if d["field"] in names else d for d in obligation.doubts]
    if obligation.origin == Origin.ADDED:
        return
    after = reading_of(obligation)
    kept = {example.field: example for example in obligation.examples.filter(field__in=judged)}
    for field in judged:
        example = kept.get(field) or ReadingExample(obligation=obligation, field=field, read=before[field])
        example.said, example.by, example.at = after[field], by, at
        example.verdict = Verdict.CONFIRMED if example.read == example.said else Verdict.CORRECTED
        example.reasons, example.confidence = reasons[field], obligation.confidence
        example.passage = passage_of(obligation)
        example.search_key = fold(f"{example.passage} {obligation.clause}")
        example.save()


def passage_of(obligation: Obligation) -> str:
    """Return the words of the letter from which the obligation was read, as one line; its own when it has none."""
    text = obligation.document.text
    words = " ".join(text[start:end] for start, end in obligation.spans)
    return " ".join(words.split()) or obligation.action
