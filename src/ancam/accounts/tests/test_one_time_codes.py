"""The codes of an authenticator app, against the vectors of the standards."""

import base64
from datetime import UTC, datetime

import pytest

from ancam.accounts.one_time_codes import app_address, code_of, new_secret, step_at, step_of

# RFC 6238, appendix B: its eight digits end with our six.
SECRET = base64.b32encode(b"12345678901234567890").decode()
VECTORS = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert code_of(SECRET, step_at(datetime.fromtimestamp(seconds, UTC))) == code


@pytest.mark.parametrize(("aside", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_aside(aside: int, taken: bool) -> None:
    at = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    step = step_at(at) + aside

    assert step_of(SECRET, code_of(SECRET, step), at=at) == (step if taken else None)


def test_a_step_that_was_taken_is_not_taken_again_nor_any_before_it() -> None:
    at = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    now = step_at(at)

    assert step_of(SECRET, code_of(SECRET, now), at=at, after=now) is None
    assert step_of(SECRET, code_of(SECRET, now - 1), at=at, after=now) is None
    assert step_of(SECRET, code_of(SECRET, now + 1), at=at, after=now) == now + 1


def test_letters_that_are_no_code_are_no_code() -> None:
    assert step_of(SECRET, "sáu số", at=datetime(2026, 11, 20, tzinfo=UTC)) is None


def test_every_secret_is_new_and_long_enough() -> None:
    assert len({new_secret() for _ in range(20)}) == 20
    assert len(base64.b32decode(new_secret())) == 20


def test_an_app_is_told_whose_account_it_is() -> None:
    address = app_address("ABC", issuer="AnCam Ủy ban", name="an@dongson.example")

    assert address.startswith("otpauth://totp/AnCam%20%E1%BB%A6y%20ban%3Aan%40dongson.example?secret=ABC&issuer=AnCam")
