"""The forms in which offices number their points."""

import pytest

from ancam.engines.reading.points import read_points
from ancam.engines.reading.script import Script


def labels(*paragraphs: str) -> list[str]:
    script, spans, begin = Script.of(list(paragraphs)), [], 0
    for paragraph in paragraphs:
        begin = script.text.index(paragraph, begin)
        spans.append((begin, begin + len(paragraph)))
    return [point.label for root in read_points(script, spans) for point in root.walk()]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (("Một là, rà soát camera;", "Hai là: báo cáo;", "MƯỜI LÀ, tổng kết."), ["1", "2", "10"]),
        (("Thứ nhất, rà soát camera.", "Thứ hai là, báo cáo.", "thứ tư: kiểm tra."), ["1", "2", "4"]),
        (("(1) Các sở rà soát.", "(2) Công an tỉnh:", "(a) kiểm tra;", "(ii) báo cáo."), ["1", "2", "2.a", "2.ii"]),
        (("1- Các sở:", "+ Rà soát;", "2 – Công an tỉnh kiểm tra."), ["1", "1.+1", "2"]),
        (("Việc 1 - Rà soát.", "Nhiệm vụ 2: Báo cáo."), ["1", "2"]),
        (("1. Các sở:", "Một là, rà soát.", "(1) camera trong nhà;", "2. Công an."), ["1", "1.1", "1.1.1", "2"]),
    ],
)
def test_points_are_known_by_their_numbers(paragraphs: tuple[str, ...], expected: list[str]) -> None:
    assert labels(*paragraphs) == expected


@pytest.mark.parametrize(
    "paragraph",
    [
        "Thứ Hai, ngày 23/3/2026, các đơn vị họp.",
        "20 - 25 camera mỗi xã.",
        "Hai lần mỗi năm báo cáo.",
        "(2026) năm đầu.",
    ],
)
def test_what_only_looks_like_a_number_opens_no_point(paragraph: str) -> None:
    assert labels(paragraph) == ["kết"]
