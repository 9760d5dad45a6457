"""A device's time runs only while something is asked of it, whatever the order; what is spent stays spent."""

from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.sending.budget import CONNECT_S, Budget, BudgetSpent
from ancam.engines.probing.sending.pacing import CarefulPace, Pace
from ancam.engines.probing.tests.loopback import Clock


def a_budget(clock: Clock, *, seconds: float = 15, bytes_left: int = 1_000) -> Budget:
    return Budget(at_once=2, per_s=10, bytes_left=bytes_left, seconds=seconds, clock=clock)


steps = st.lists(st.tuples(st.sampled_from(["begin", "end", "wait"]), st.floats(0, 3)), max_size=40)


@given(steps)
def test_time_counts_once_however_many_ask_and_not_at_all_while_nobody_does(drawn):
    clock = Clock()
    budget = a_budget(clock, seconds=1_000)
    asking: list[ExitStack] = []
    spent = 0.0
    for step, seconds in drawn:
        if step == "begin":
            stack = ExitStack()
            stack.enter_context(budget.busy())
            asking.append(stack)
        elif step == "end" and asking:
            asking.pop(0).close()
        clock.now += seconds
        spent += seconds if asking else 0.0

    assert 1_000 - budget.within_s(1e9) == pytest.approx(spent, abs=1e-6)


@given(st.lists(st.integers(0, 400), max_size=20))
def test_bytes_are_spent_when_more_came_than_may(sizes):
    budget, came, spent = a_budget(Clock()), 0, False
    for size in sizes:
        came += size
        try:
            budget.count_bytes(size)
        except BudgetSpent as exc:
            spent = True
            assert (exc.what, came > 1_000) == ("bytes", True)

    assert spent is (came > 1_000)
    assert budget.bytes_in == came


def test_an_answer_is_waited_for_no_longer_than_time_is_left():
    clock = Clock()
    budget = a_budget(clock, seconds=1)
    with budget.busy():
        assert budget.within_s(5) == 1
        clock.now += 0.75
        assert budget.within_s(5) == 0.25
        clock.now += 0.25
        with pytest.raises(BudgetSpent):
            budget.within_s(5)


@given(st.lists(st.one_of(st.none(), st.floats(0, 5)), max_size=20))
def test_a_connection_is_waited_for_less_and_less_but_never_less_than_the_least(answers):
    budget, before = a_budget(Clock()), CONNECT_S
    for seconds in answers:
        if seconds is None:
            budget.left_unanswered()
        else:
            budget.answered_in(seconds)
        assert 0.15 <= budget.connect_s <= before <= CONNECT_S
        before = budget.connect_s


@given(st.lists(st.tuples(st.sampled_from(["wait", "take", "pass"]), st.integers(1, 60)), max_size=60))
def test_no_order_of_asking_gives_more_turns_than_are_permitted(drawn):
    clock = Clock()
    pace = Pace(100, clock, credit_s=0.02)
    began, given_turns = clock.now, 0
    latest = began
    for step, number in drawn:
        if step == "pass":
            clock.now += number / 1_000
        elif step == "take":
            given_turns += pace.take(number)
        else:
            latest = max(latest, clock.now + pace.wait_s())
            given_turns += 1
    until = max(latest, clock.now)

    assert given_turns <= (until - began + 0.02) * 100 + 1 + 1e-6


@given(st.lists(st.tuples(st.sampled_from(["lose", "recover"]), st.floats(0, 90)), max_size=60), st.integers(1, 5_000))
def test_no_order_of_losses_takes_the_pace_out_of_its_bounds(drawn, authorised):
    clock = Clock()
    pace = CarefulPace(authorised, clock)
    for step, seconds in drawn:
        clock.now += seconds
        getattr(pace, step)()
        assert min(10.0, authorised) <= pace.per_s <= authorised
        assert pace.slowest_per_s <= pace.per_s

    clock.now += 30
    pace.recover()
    assert pace.per_s == authorised
