"""Each difference and each ground as a person reads it."""

from datetime import date

import pytest

from ancam.directives.cascade_rules import Cell, Change, ChangeKind, Ground, Outcome
from ancam.directives.cascade_words import OUTCOME_MARKS, OUTCOME_WORDS, change_in_words, ground_in_words, reasons

FIRST, LAST = date(2026, 11, 30), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(ChangeKind.LATER, FIRST, LAST), "muộn hơn 31 ngày: 31/12/2026 (cấp trên: 30/11/2026)"),
        (Change(ChangeKind.EARLIER, LAST, FIRST), "sớm hơn 31 ngày: 30/11/2026 (cấp trên: 31/12/2026)"),
        (Change(ChangeKind.LATER, date(2023, 3, 31), FIRST), "muộn hơn 1.340 ngày: 30/11/2026 (cấp trên: 31/03/2023)"),
        (Change(ChangeKind.NO_DAY, FIRST), "không ghi thời hạn (cấp trên: 30/11/2026)"),
        (
            Change(ChangeKind.NO_DAY, FIRST, words=("theo tiến độ",)),
            "không ghi ngày mà ghi “theo tiến độ” (cấp trên: 30/11/2026)",
        ),
        (Change(ChangeKind.SET, below=FIRST), "đặt thêm thời hạn: 30/11/2026"),
        (Change(ChangeKind.NARROWER, words=("Báo tỉnh", "Đài tỉnh")), "không nêu Báo tỉnh; Đài tỉnh"),
        (Change(ChangeKind.CONDITION, words=("nếu có",)), "thêm điều kiện “nếu có”"),
    ],
)
def test_a_difference_is_told_with_its_days_and_words(change, words):
    assert change_in_words(change) == words


@pytest.mark.parametrize("ground", Ground)
def test_every_ground_is_told_and_none_accuses(ground):
    words = ground_in_words(ground, ("Báo tỉnh",))

    assert words and "%(" not in words
    assert not any(harsh in words for harsh in ("thiếu", "bỏ sót", "vi phạm"))


def test_every_outcome_has_a_sign_of_its_own_and_words():
    assert set(OUTCOME_WORDS) == set(OUTCOME_MARKS) == set(Outcome)
    assert len(set(OUTCOME_MARKS.values())) == len(Outcome)


def test_what_was_not_found_tells_its_ground():
    assert reasons(Cell(Outcome.NOT_ITS, ground=Ground.NOT_LOCAL)) == ["không giao cơ quan nào ở địa phương"]
