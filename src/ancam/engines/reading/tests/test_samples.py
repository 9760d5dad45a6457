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
