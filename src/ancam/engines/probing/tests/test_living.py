"""Who answered is visited once: those with something open first, those that only refuse last."""

import pytest

from ancam.engines.probing.facts import PortState
from ancam.engines.probing.looking.living import Living
from ancam.engines.probing.looking.sweep import Question

SADP = Question("sadp", 37020, b"", lambda _: None)


@pytest.fixture
def living() -> Living:
    return Living()


def test_who_is_open_comes_before_who_refuses(living):
    living.knocked("10.0.0.1", 80, PortState.CLOSED, 0.01)
    living.knocked("10.0.0.2", 80, PortState.OPEN, 0.01)

    assert [living.next().ip, living.next().ip, living.next()] == ["10.0.0.2", "10.0.0.1", None]
    assert living.found == 1


def test_silence_is_no_sign_of_life(living):
    living.knocked("10.0.0.1", 80, PortState.SILENT, 0.01)

    assert not living.lives("10.0.0.1")
    assert living.next() is None


def test_what_is_known_goes_with_the_visit(living):
    living.knocked("10.0.0.1", 80, PortState.CLOSED, 0.01)
    living.told("10.0.0.1", SADP, {"model": "DS-1"})
    living.knocked("10.0.0.1", 554, PortState.OPEN, 0.01)
    facts = living.next()
    living.knocked("10.0.0.1", 443, PortState.CLOSED, 0.01)

    assert facts.tcp == {80: PortState.CLOSED, 554: PortState.OPEN, 443: PortState.CLOSED}
    assert [answer.protocol for answer in facts.discovered] == ["sadp"]
    assert living.next() is None


def test_what_comes_after_the_visit_changes_nothing(living):
    living.knocked("10.0.0.1", 80, PortState.OPEN, 0.01)
    living.next()
    living.leave("10.0.0.1")

    living.knocked("10.0.0.1", 554, PortState.OPEN, 0.01)
    living.knocked("10.0.0.1", 443, PortState.CLOSED, 0.01)
    living.told("10.0.0.1", SADP, {})

    assert living.next() is None
    assert living.lives("10.0.0.1")


def test_a_refusing_address_that_then_speaks_is_a_device(living):
    living.knocked("10.0.0.1", 80, PortState.CLOSED, 0.01)
    living.knocked("10.0.0.1", 554, PortState.OPEN, 0.01)

    assert living.next().tcp == {80: PortState.CLOSED, 554: PortState.OPEN}
    assert living.next() is None


def test_an_answer_is_kept_once(living):
    living.told("10.0.0.1", SADP, {"model": "A"})
    living.told("10.0.0.1", SADP, {"model": "B"})

    assert [answer.value("model") for answer in living.next().discovered] == ["A"]


def test_what_an_earlier_scan_found_open_is_taken_over(living):
    living.known("10.0.0.1", [80, 554])

    assert living.next().tcp == {80: PortState.OPEN, 554: PortState.OPEN}
