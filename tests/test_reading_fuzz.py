"""A thousand letters gone wrong and files made to do harm: each is read or refused, and nothing is made up."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import hostile
import pytest
from fuzz import case_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from labelled import letters_of

from ancam.engines.reading.errors import ReadingRefused
from ancam.engines.reading.read import read_document

# A minute of one core; the reader's own tests reach every branch without it.
pytestmark = pytest.mark.slow

FUZZ = Path(hostile.__file__).with_name("fuzz.py")
NEVER_TOO_SLOW = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@settings(NEVER_TOO_SLOW, max_examples=900)
@given(st.randoms(use_true_random=True))
def test_whatever_comes_is_read_or_refused_and_nothing_is_made_up(dice: Random) -> None:
    case = hostile.hostile(dice)
    try:
        reading = read_document(case.data, case.name)
    except ReadingRefused as refusal:
        assert str(refusal).endswith(".")
        return

    assert hostile.faults(reading) == []


@settings(NEVER_TOO_SLOW, max_examples=100)
@given(st.binary(max_size=2000), st.sampled_from([*hostile.ENDINGS, "doc", "rtf", "jpg", "exe", ""]))
def test_bytes_of_no_meaning_are_refused_in_a_sentence_under_any_ending(data: bytes, ending: str) -> None:
    try:
        reading = read_document(data, f"thu.{ending}")
    except ReadingRefused as refusal:
        assert str(refusal).endswith(".")
    else:
        assert hostile.faults(reading) == []


@given(st.integers(0, 2**20))
@settings(NEVER_TOO_SLOW, max_examples=10)
def test_the_same_number_makes_the_same_case(number: int) -> None:
    assert case_of(1, number) == case_of(1, number)


def test_a_date_that_nobody_wrote_is_seen() -> None:
    reading = read_document(letters_of()[0].data, "thu.txt")
    dated = next(one for one in reading.obligations if one.deadline.date)
    without = replace(reading, text=reading.text.replace(dated.deadline.text or "", "sớm"))

    assert hostile.faults(reading) == []
    assert any(fault.startswith(f"{dated.id}: thời hạn") for fault in hostile.faults(without))


@pytest.mark.parametrize("first", [0, 500])
def test_the_long_run_writes_and_starts_nothing_and_can_be_repeated(first: int) -> None:
    words = [sys.executable, str(FUZZ), "--seed", "5", "--from", str(first), "--cases", "40", "--at-most-s", "30"]
    environment = {**os.environ, "PYTHONHASHSEED": str(first)}

    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"ca {first}–{first + 39}: 40 ca" in done.stdout
