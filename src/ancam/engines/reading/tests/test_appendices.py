"""Appendices without tables, and what of an appendix is no duty."""

import pytest

from ancam.engines.reading.model import Reading
from ancam.engines.reading.read import read_document
from ancam.engines.reading.tests.conftest import FOOT, HEAD
from ancam.engines.reading.tests.table_letters import rows_of


def read_appendix(text: str) -> Reading:
    return read_document(f"{HEAD}Phần việc cụ thể tại Phụ lục.\n{FOOT}{text}".encode(), "thu.txt")


def test_the_points_of_an_appendix_of_tasks_are_duties() -> None:
    reading = read_appendix(
        "PHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n(Kèm theo Công văn số 10/UBND-NC)\n"
        "1. Sở Nội vụ rà soát camera công cộng, hoàn thành trước ngày 30/6/2024.\n"
        "2. Sở Y tế:\na) Đổi mật khẩu camera bệnh viện.\nb) Báo cáo UBND tỉnh trước ngày 30/7/2024.\n"
        "Nơi gửi báo cáo: UBND tỉnh.\n"
    )

    assert rows_of(reading) == [
        ("PL.1", ["Sở Nội vụ"], [], "2024-06-29"),
        ("PL.2.a", ["Sở Y tế"], [], None),
        ("PL.2.b", ["Sở Y tế"], [], "2024-07-29"),
    ]
    assert [c.label for c in reading.clauses if c.label.startswith("PL")] == ["PL.1", "PL.2", "PL.2.a", "PL.2.b"]


@pytest.mark.parametrize(
    "title",
    [
        "PHỤ LỤC\nĐỀ CƯƠNG BÁO CÁO",
        "PHỤ LỤC\nMẪU PHÂN CÔNG NHIỆM VỤ",
        "Mẫu số 01\nPHÂN CÔNG",
        "PHỤ LỤC\nNỘI DUNG TUYÊN TRUYỀN",
    ],
)
def test_forms_and_texts_to_be_spread_are_no_duties(title: str) -> None:
    reading = read_appendix(f"{title}\n1. Sở Nội vụ báo cáo số camera đã rà soát.\n2. Công an tỉnh kiểm tra camera.\n")

    assert rows_of(reading) == []


def test_a_form_behind_the_tasks_is_left_out() -> None:
    reading = read_appendix(
        "Phụ lục I\nNHIỆM VỤ\n1. Sở Nội vụ rà soát camera công cộng.\n"
        "Phụ lục II\nMẪU BÁO CÁO\n1. Sở Y tế báo cáo UBND tỉnh.\n"
    )

    assert [one[0] for one in rows_of(reading)] == ["PL.1"]
