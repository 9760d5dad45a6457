"""Short names that a letter gives to bodies stand for those bodies."""

import pytest

from ancam.engines.reading.model import Obligation
from ancam.engines.reading.read import read_document


def _read(preamble: str, point: str) -> Obligation:
    head = "UBND TỈNH ĐÔNG SƠN\nSỞ Y TẾ\nV/v camera\nKính gửi: Các phòng; Các bệnh viện; Các trạm y tế.\n"
    letter = f"{head}{preamble}\n1. {point}\n"
    [one] = read_document(letter.encode(), "thu.txt").obligations
    return one


@pytest.mark.parametrize(
    ("preamble", "point", "leads"),
    [
        ("Sở Y tế (sau đây gọi tắt là Sở) yêu cầu:", "Sở thẩm định hồ sơ cấp độ.", ["Sở Y tế"]),
        ("Yêu cầu các bệnh viện, các trạm y tế (sau đây gọi chung là các đơn vị) thực hiện:",
         "Các đơn vị xây dựng quy chế khai thác camera.", ["các bệnh viện", "các trạm y tế"]),
        ("Theo kế hoạch đã định, các bệnh viện (dưới đây viết tắt là “Bên A”) thực hiện:",
         "Bên A xây dựng quy chế khai thác camera.", ["các bệnh viện"]),
        ("Chỉ thị số 23/CT-TTg (sau đây gọi tắt là Bên A) giao:",
         "Bên A xây dựng quy chế khai thác camera.", ["Bên A"]),
    ],
)  # fmt: skip
def test_a_short_name_stands_for_the_bodies_it_was_given_to(preamble: str, point: str, leads: list[str]) -> None:
    assert [one.text for one in _read(preamble, point).leads] == leads
