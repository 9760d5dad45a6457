"""The invented letters of `letters/` and the sample letters shown in the demo, each read against its label."""

import json
from pathlib import Path
from typing import Any

import pytest

from ancam import samples
from ancam.engines.reading.contract import to_json
from ancam.engines.reading.read import read_document

LETTERS = Path(__file__).parent / "letters"
SAMPLES = Path(samples.__file__).parent / "letters"
LABELS = sorted(LETTERS.glob("*.json"))
JUDGED = {
    "impossible_date",
    "past_deadline",
    "deadline_on_rest_day",
    "deadline_by_reference",
    "conflict_within",
}


def _pair(label: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    truth = json.loads(label.read_text(encoding="utf-8"))
    if "letter" in truth:
        source = SAMPLES / truth["letter"]
    else:
        source = next(p for p in LETTERS.glob(f"{label.stem}.*") if p.suffix != ".json")
    return to_json(read_document(source.read_bytes(), source.name)), truth


def _duty(one: dict[str, Any]) -> dict[str, Any]:
    names = [[a if isinstance(a, str) else a["text"] for a in one[role]] for role in ("leads", "supports")]
    deadline = {key: one["deadline"][key] for key in ("operator", "date", "raw", "last_day")}
    return {
        "clause": one["clause"], "kind": one["kind"], "leads": names[0], "supports": names[1],
        "deadline": deadline, "cadence": one["cadence"], "report_to": one["report_to"],
    }  # fmt: skip


@pytest.mark.parametrize("label", LABELS, ids=lambda path: path.stem)
def test_every_duty_of_the_letter_is_read_and_none_is_invented(label: Path) -> None:
    reading, truth = _pair(label)

    assert [_duty(one) for one in reading["obligations"]] == [_duty(one) for one in truth["obligations"]]


@pytest.mark.parametrize("label", LABELS, ids=lambda path: path.stem)
def test_the_letters_own_particulars_are_read(label: Path) -> None:
    reading, truth = _pair(label)

    assert {key: reading["document"][key] for key in truth["document"]} == truth["document"]


@pytest.mark.parametrize("label", LABELS, ids=lambda path: path.stem)
def test_doubtful_deadlines_are_flagged_and_relative_ones_counted(label: Path) -> None:
    reading, truth = _pair(label)

    for one, expected in zip(reading["obligations"], truth["obligations"], strict=True):
        assert sorted({a["code"] for a in one["anomalies"]} & JUDGED) == expected["anomalies"], one["id"]
        if "relative" in expected:
            assert {key: one["relative"][key] for key in expected["relative"]} == expected["relative"]


@pytest.mark.parametrize("label", LABELS, ids=lambda path: path.stem)
def test_every_span_is_the_wording_the_duty_came_from(label: Path) -> None:
    reading, _ = _pair(label)

    for one in reading["obligations"]:
        wording = " ".join(reading["text"][start:end] for start, end in one["spans"])
        assert one["action"][1:25].split(",")[0] in wording.replace("\n", " ")
        assert (one["deadline"]["text"] or "").split("\n")[0] in wording.replace("\n", " ")
