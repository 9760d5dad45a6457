"""The labelled sample letters, which are kept outside the repository."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ancam.engines.reading.contract import to_json
from ancam.engines.reading.read import read_document


def _shared() -> Path | None:
    """Return the folder `shared` beside the root of the repository, None when there is none."""
    for folder in Path(__file__).resolve().parents:
        if (folder / "pyproject.toml").exists():
            shared = folder.parent / "shared"
            return shared if (shared / "samples" / "truth").is_dir() else None
    return None


SHARED = _shared()
LABELS = sorted((SHARED / "samples" / "truth").glob("*.json")) if SHARED else []
needs_samples = pytest.mark.skipif(SHARED is None, reason="không có thư mục shared/samples cạnh kho mã")


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    assert SHARED
    spec = importlib.util.spec_from_file_location("score_reading", SHARED / "tools" / "score_reading.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _sample(name: str) -> dict[str, Any]:
    assert SHARED
    path = SHARED / "samples" / name
    return to_json(read_document(path.read_bytes(), path.name))


@needs_samples
@pytest.mark.parametrize("label", LABELS, ids=lambda path: path.name[:3])
def test_the_sample_is_read_as_labelled(label: Path, scorer: ModuleType) -> None:
    truth = json.loads(label.read_text(encoding="utf-8"))["obligations"]
    duties = _sample(label.name.removesuffix(".json"))["obligations"]

    pairs = scorer.match(duties, truth)

    assert len(pairs) == len(truth) == len(duties)
    for i, j in pairs:
        assert scorer.pred_deadline(duties[i])[1] == scorer.truth_deadline(truth[j])[1]
        assert duties[i]["kind"] == truth[j]["action_kind"]


@needs_samples
def test_the_directive_of_thanh_hoa_keeps_its_impossible_date_and_its_topics_apart() -> None:
    duties = _sample("001_2915579710d2bf2a.txt")["obligations"]

    by_clause = {one["clause"]: one for one in duties}
    impossible = by_clause["2.c"]["deadline"]
    assert (impossible["date"], impossible["raw"], impossible["last_day"]) == (None, "30/02/2023", None)
    assert {"5.a", "5.b"}.isdisjoint(by_clause)
    assert by_clause["7"]["kind"] == "other"
    assert by_clause["1.a"]["deadline"]["last_day"] == "2023-09-09"
    assert [a["text"] for a in by_clause["4"]["supports"]] == ["Cục Quản lý thị trường Thanh Hóa"]
    assert len(duties) == 25


@needs_samples
def test_the_letter_of_hai_phong_is_read_though_its_words_are_spoilt() -> None:
    reading = _sample("003_ee163df37d4b73d3.txt")

    by_clause: dict[str, list[Any]] = {}
    for one in reading["obligations"]:
        by_clause.setdefault(one["clause"], []).append(one)
    assert {"1.-1", "1.-2", "1.-3", "1.-4", "1.-5", "1.-6", "2.-1", "2.-2", "2.-3", "3", "4", "5", "6"} <= set(
        by_clause
    )
    assert [one["deadline"]["date"] for one in by_clause["1.-1"]] == [None, "2023-08-31"]
    assert [one["deadline"]["date"] for one in by_clause["2.-2"]][-1] == "2023-09-30"
    assert by_clause["4"][0]["kind"] == "market_control"
    assert by_clause["3"][0]["leads"][0]["text"] == "Công an thành phố"
    assert (reading["document"]["number"], reading["document"]["date"]) == ("944", None)
    assert reading["document"]["date_text"] == "ngay 24 thcingl-l nam 2023"
    assert "ocr_noise" in {anomaly["code"] for anomaly in reading["anomalies"]}


# By hand: which statement of the body and which row of the appendix are one task.
ONE_TASK = {
    ("1.-1/1", "PL.1.1/1"),
    ("1.-1/2", "PL.1.3/1"),
    ("1.-2/1", "PL.2/1"),
    ("1.-2/2", "PL.2/1"),
    ("1.-3/1", "PL.2/1"),
    ("1.-4/1", "PL.3/1"),
    ("1.-4/2", "PL.3/1"),
    ("1.-5/1", "PL.4/1"),
    ("1.-6/1", "PL.5/1"),
    ("2.-1/1", "PL.6/1"),
    ("2.-1/2", "PL.6/1"),
    ("2.-2/2", "PL.1.2/1"),
    ("2.-3/1", "PL.8/1"),
    ("3/1", "PL.9/1"),
    ("4/1", "PL.14/1"),
    ("5/1", "PL.16/1"),
    ("5/2", "PL.18/1"),
    ("6/1", "PL.20/1"),
}
NOT_TOLD_APART = {("1.-4/1", "PL.12/1")}
"""Row 12 asks others for nearly the same; of the cell that names them nothing can be read."""


@needs_samples
def test_hai_phong_says_most_tasks_twice_and_of_one_two_days() -> None:
    duties = _sample("003_ee163df37d4b73d3.txt")["obligations"]

    rows = [one["clause"] for one in duties if one["location"] == "appendix"]
    assert rows == ["PL.1.1", "PL.1.2", "PL.1.3", *(f"PL.{number}" for number in range(2, 21))]
    assert len([one for one in duties if one["location"] == "body" and one["clause"] != "kết"]) == 20
    joined = _pairs(duties, "same_task")
    assert joined - ONE_TASK <= NOT_TOLD_APART
    assert len(joined & ONE_TASK) >= 15
    assert _pairs(duties, "conflict") == {("1.-1/2", "PL.1.3/1")}
    days = {one["id"]: one["deadline"]["last_day"] for one in duties}
    assert (days["1.-1/2"], days["PL.1.3/1"]) == ("2023-08-31", "2023-09-30")


@needs_samples
def test_what_the_torn_table_of_hai_phong_lost_is_doubted_and_not_guessed() -> None:
    duties = _sample("003_ee163df37d4b73d3.txt")["obligations"]

    rows = {one["clause"]: one for one in duties if one["location"] == "appendix"}
    for one in rows.values():
        assert one["confidence"] < 0.8
        assert "table_damaged" in {anomaly["code"] for anomaly in one["anomalies"]}
    # By hand: the times that can still be read; of 5, 10, 15 and 19 they cannot.
    august, september = ("2023-08-31", "none"), ("2023-09-30", "none")
    assert {clause: _time(one) for clause, one in rows.items() if _time(one) != (None, "none")} == {
        **{"PL.1.1": august, "PL.1.3": september, "PL.3": august, "PL.4": august, "PL.2": (None, "continuous")},
        **{f"PL.{row}": (None, "yearly") for row in (6, 7, 8, 9, 11, 12, 13, 14)},
        **{f"PL.{row}": (None, "monthly") for row in (16, 17, 18, 20)},
    }
    assert rows["PL.1.2"]["relative"]["days"] == 15


def _pairs(duties: list[Any], how: str) -> set[tuple[str, str]]:
    """Return the ids of the statements of the body and the rows of the appendix that are so linked."""
    body = [one for one in duties if one["location"] == "body"]
    return {(one["id"], link["id"]) for one in body for link in one["links"] if link["type"] == how}


def _time(one: Any) -> tuple[str | None, str]:
    return one["deadline"]["last_day"], one["cadence"]
