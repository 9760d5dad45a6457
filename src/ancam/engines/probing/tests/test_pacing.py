"""Turns are spaced evenly, however many ask; what is lost slows the whole run down, and it recovers by itself."""

from ancam.engines.probing.sending.pacing import CarefulPace, Pace
from ancam.engines.probing.tests.loopback import Clock


def test_turns_of_one_device_are_a_tenth_of_a_second_apart():
    pace = Pace(10, Clock())

    assert [round(pace.wait_s(), 3) for _ in range(4)] == [0, 0.1, 0.2, 0.3]


def test_who_asks_late_does_not_get_the_turns_that_nobody_took():
    clock = Clock()
    pace = Pace(10, clock)
    pace.wait_s()
    clock.now += 60

    assert [round(pace.wait_s(), 3) for _ in range(3)] == [0, 0.1, 0.2]


def test_a_batch_gets_what_is_due_and_no_more():
    clock = Clock()
    pace = CarefulPace(1_000, clock)
    first = pace.take(500)
    clock.now += 0.01

    assert (first, pace.take(500), pace.take(500)) == (1, 10, 0)


def test_turns_that_were_missed_for_long_are_not_made_up_for():
    clock = Clock()
    pace = CarefulPace(1_000, clock)
    pace.take(1)
    clock.now += 5

    assert pace.take(500) <= 21


def test_a_batch_takes_no_more_than_it_wants():
    clock = Clock()
    pace = CarefulPace(1_000, clock)
    clock.now += 0.02

    assert pace.take(5) == 5
    assert pace.take(100) == 16


def paced(authorised_per_s: float, *steps: str | int) -> CarefulPace:
    """Return a pace that has lost and recovered in this order; a number lets so many seconds pass."""
    clock = Clock()
    pace = CarefulPace(authorised_per_s, clock)
    for step in steps:
        if isinstance(step, str):
            getattr(pace, step)()
        else:
            clock.now += step
    return pace


def test_a_loss_halves_the_pace_once_a_second_at_most():
    pace = paced(800, "lose", "lose", 1, "lose")

    assert paced(800, "lose", "lose").per_s == 400
    assert (pace.per_s, pace.slowest_per_s, pace.losses) == (200, 200, 3)


def test_the_pace_never_falls_below_ten_nor_below_what_is_authorised():
    slow, fast = (paced(authorised_per_s, *(2, "lose") * 10) for authorised_per_s in (4, 100))

    assert (slow.per_s, fast.per_s) == (4, 10)


def test_the_pace_returns_to_what_is_authorised_and_not_beyond():
    pace = paced(1_000, "lose", "recover", 2, "recover", 600, "recover", "recover")

    assert paced(1_000, "lose", "recover").per_s == 500
    assert paced(1_000, "lose", "recover", 2, "recover").per_s == 600
    assert (pace.per_s, pace.slowest_per_s) == (1_000, 500)


def test_those_who_wait_in_turn_and_those_who_take_batches_share_what_there_is():
    clock = Clock()
    pace = CarefulPace(1_000, clock)
    taken = 0
    for _ in range(100):
        clock.now += 0.005
        pace.wait_s()
        taken += pace.take(50)

    assert 390 <= taken <= 420
