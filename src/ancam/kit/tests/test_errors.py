import copy
import pickle

import pytest

from ancam.kit.bounds import TooLarge
from ancam.kit.errors import AnCamError, Explanation


class AppraisalRefused(AnCamError):
    """An example with all three parts. Values: `unit`, `clause`."""

    what = "Chưa mở được thẩm định: {unit} cũng đang vận hành hệ thống"
    ground = "{clause}"
    next_step = "Đề nghị giao đơn vị khác"


def test_an_error_is_told_in_three_parts_filled_with_its_values():
    refusal = AppraisalRefused(unit="Sở Y tế", clause="Điều 18 khoản 4")

    assert refusal.explain() == Explanation(
        what="Chưa mở được thẩm định: Sở Y tế cũng đang vận hành hệ thống",
        ground="Điều 18 khoản 4",
        next_step="Đề nghị giao đơn vị khác",
    )
    assert str(refusal) == (
        "Chưa mở được thẩm định: Sở Y tế cũng đang vận hành hệ thống (Điều 18 khoản 4). Đề nghị giao đơn vị khác."
    )


@pytest.mark.parametrize(
    ("explanation", "told"),
    [
        (Explanation("Chưa lưu được", "", ""), "Chưa lưu được."),
        (Explanation("Chưa lưu được", "", "Đề nghị thử lại"), "Chưa lưu được. Đề nghị thử lại."),
        (Explanation("Chưa lưu được", "Điều 1", ""), "Chưa lưu được (Điều 1)."),
    ],
)
def test_an_empty_part_leaves_no_trace(explanation, told):
    assert str(explanation) == told


def test_the_base_error_has_words_too():
    assert str(AnCamError()) == "Chưa thực hiện được."


def test_the_values_of_an_error_are_its_attributes():
    refusal = AppraisalRefused(unit="Sở Y tế", clause="Điều 18 khoản 4")

    assert refusal.clause == "Điều 18 khoản 4"
    assert refusal.values == {"unit": "Sở Y tế", "clause": "Điều 18 khoản 4"}


def test_a_value_that_was_not_given_is_no_attribute():
    with pytest.raises(AttributeError, match="field"):
        _ = AnCamError(clause="1.a").field


def test_braces_in_a_value_are_text():
    assert "{unit}" in str(AppraisalRefused(unit="{unit}", clause="{0}"))


def through_pickle(error):
    return pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes


@pytest.mark.parametrize("again", [copy.copy, through_pickle])
@pytest.mark.parametrize("error", [AppraisalRefused(unit="Sở Y tế", clause="1.a"), TooLarge(limit_bytes=5_000_000)])
def test_an_error_crosses_to_another_process_whole(error, again):
    other = again(error)

    assert type(other) is type(error)
    assert other.values == error.values
    assert str(other) == str(error)
