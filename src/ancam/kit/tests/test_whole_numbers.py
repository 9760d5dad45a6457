import pytest

from ancam.kit.whole_numbers import is_key, whole_number


def test_plain_digits_are_a_number():
    assert [whole_number(text) for text in ("0", "007", "9" * 18)] == [0, 7, 10**18 - 1]


@pytest.mark.parametrize("text", ["", " 1", "-1", "+1", "1.0", "1_000", "²", "١", "1a", "\0", "9" * 19, "9" * 5000])
def test_nothing_else_is(text):
    assert whole_number(text) is None
    assert not is_key(text)


def test_a_number_may_be_bounded_further():
    assert whole_number("12345", most_digits=5) == 12345
    assert whole_number("123456", most_digits=5) is None
