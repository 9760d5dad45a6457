"""Labelled examples as people read them and as programs do: words, a workbook, labels."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ancam.directives.errors import TooManyExamples
from ancam.directives.models import (
    DatePrecision,
    Document,
    ExampleField,
    Obligation,
    ObligationState,
    Operator,
    ReadingExample,
)
from ancam.directives.templatetags.directives import as_words
from ancam.engines.tables.sheets import Cell, LongSheet, write_sheets
from ancam.web.clock import VIETNAM

SCHEMA = "ancam/reading-examples/1"
MOST_EXAMPLES = 20_000
_AT_ONCE = 500


def reading_of(obligation: Obligation) -> dict[ExampleField, Any]:
    """Return the obligation's fields in the terms of a label: names of bodies, the deadline as one value."""
    return {
        ExampleField.CLAUSE: obligation.clause,
        ExampleField.LEADS: obligation.lead_names,
        ExampleField.SUPPORTS: obligation.support_names,
        ExampleField.KIND: str(obligation.kind),
        ExampleField.DEADLINE: {
            "operator": str(obligation.deadline_operator),
            "date": obligation.deadline_on and obligation.deadline_on.isoformat(),
            "raw": None if obligation.deadline_decided else obligation.deadline_raw or None,
            "last_day": obligation.last_day and obligation.last_day.isoformat(),
        },
        ExampleField.CADENCE: str(obligation.cadence),
        ExampleField.ACTION: obligation.action,
        ExampleField.CONDITION: obligation.condition or None,
        ExampleField.REPORT_TO: list(obligation.report_to),
    }


def value_in_words(field: str, value: Any) -> str:
    """Return a label's value as a person reads it."""
    if field != ExampleField.DEADLINE:
        return str(as_words(value))
    words = [str(Operator(value["operator"]).label)]
    if value["date"]:
        words.append(f"{date.fromisoformat(value['date']):%d/%m/%Y}")
    elif value["raw"]:
        words.append(f"“{value['raw']}”")
    return " ".join(words)


def examples_workbook(found: QuerySet[ReadingExample]) -> IO[bytes]:
    """Return the examples as a workbook, one in a row; nobody is named. Raises `TooManyExamples`."""
    _bounded(found)
    return write_sheets([LongSheet(_("Ví dụ"), _rows(found), fixed=1, widths=(60, 16, 12, 40, 40, 50, 10, 30, 12, 68))])


def _rows(found: QuerySet[ReadingExample]) -> Iterator[Sequence[Cell]]:
    yield [
        _("Lời văn"),
        _("Trường"),
        _("Kết quả"),
        _("Máy đọc"),
        _("Người xác định"),
        _("Vì sao chưa chắc"),
        _("Độ chắc chắn (%)"),
        _("Văn bản"),
        _("Ngày"),
        _("SHA-256 của tệp"),
    ]
    for one in found.iterator(_AT_ONCE):
        document = one.obligation.document
        yield [
            one.passage,
            one.get_field_display(),
            one.get_verdict_display(),
            value_in_words(one.field, one.read),
            value_in_words(one.field, one.said),
            "; ".join(one.reasons),
            round(one.confidence * 100),
            document.title,
            one.at.astimezone(VIETNAM).date(),
            document.file_digest,
        ]


def example_labels(found: QuerySet[ReadingExample]) -> dict[str, Any]:
    """Return the examples letter by letter, each duty as a label of `bench/reading` with what was judged of it.

    A field that is not under `judged` is as it was read, unless `confirmed` says that a person stood behind the whole.
    Nobody is named: neither who judged nor who signed. Raises `TooManyExamples`.
    """
    _bounded(found)
    rows = found.order_by("obligation__document_id", "obligation__position", "obligation_id", "field").iterator(
        _AT_ONCE
    )
    letters = [
        _letter(document, list(ones)) for document, ones in groupby(rows, key=lambda one: one.obligation.document)
    ]
    return {"schema": SCHEMA, "letters": letters}


def _letter(document: Document, examples: list[ReadingExample]) -> dict[str, Any]:
    precise = document.signed_precision == DatePrecision.DAY
    return {
        "sha256": document.file_digest,
        "document": {
            "number": document.number or None,
            "symbol": document.symbol or None,
            "date": document.signed_on
            and (f"{document.signed_on:%Y-%m-%d}" if precise else f"{document.signed_on:%Y-%m}"),
            "kind": document.kind or None,
            "issuer": document.issuer or None,
            "place": document.place or None,
            "implements": document.implements,
        },
        "obligations": [_label(duty, ones) for duty, ones in groupby(examples, key=lambda one: one.obligation)],
    }


def _label(duty: Obligation, examples: Iterable[ReadingExample]) -> dict[str, Any]:
    judged = list(examples)
    said = {field.value: value for field, value in reading_of(duty).items()}
    return {
        "id": duty.code,
        "location": duty.location,
        **said,
        "also_kinds": duty.also_kinds,
        "anomalies": sorted(duty.anomaly_codes),
        "words": judged[0].passage,
        "confirmed": duty.state == ObligationState.CONFIRMED,
        "judged": [
            {
                "field": one.field,
                "verdict": one.verdict,
                "read": one.read,
                "said": one.said,
                "confidence": one.confidence,
                "reasons": one.reasons,
                "on": f"{one.at.astimezone(VIETNAM):%Y-%m-%d}",
            }
            for one in judged
        ],
    }


def _bounded(found: QuerySet[ReadingExample]) -> None:
    if found.count() > MOST_EXAMPLES:
        raise TooManyExamples(most=MOST_EXAMPLES)
