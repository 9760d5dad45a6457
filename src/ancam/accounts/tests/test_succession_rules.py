"""Who answers today: the rule over plain values."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.accounts.succession_rules import (
    AREA,
    FUNCTION,
    WHOLE,
    Answer,
    Handing,
    PredecessorPlan,
    Verdict,
    by_predecessor,
    what_is_missing,
    who_answers,
)

GIVEN, SPLIT, LATER, TODAY = date(2023, 2, 1), date(2025, 3, 1), date(2026, 7, 1), date(2026, 11, 20)
OLD, POLICE, SCIENCE, CULTURE, NEXT = range(1, 6)


def handing(to: int, extent: str, function: str = "", *, of: int = OLD, on: date = SPLIT, ended: bool = True):
    return Handing(on.toordinal(), on, of, to, extent, function, ended)


DIVIDED = [
    handing(POLICE, FUNCTION, "an_ninh_mang"),
    handing(SCIENCE, FUNCTION, "cntt_vien_thong"),
    handing(CULTURE, FUNCTION, "bao_chi"),
]


def answer(handings, function="an_ninh_mang", *, ended=(OLD,), on=TODAY, given_on=GIVEN, agency=OLD) -> Answer:
    grouped = by_predecessor(handings)
    return who_answers(agency, function, given_on=given_on, on=on, handings=grouped, ended=ended)


@pytest.mark.parametrize(
    ("function", "who"), [("an_ninh_mang", POLICE), ("cntt_vien_thong", SCIENCE), ("bao_chi", CULTURE)]
)
def test_each_function_of_a_divided_agency_has_its_own_successor(function, who):
    assert answer(DIVIDED, function) == Answer(Verdict.ONE, (who,), (SPLIT.toordinal(),))


@pytest.mark.parametrize("function", [None, "hai_quan", "chung"])
def test_a_function_that_went_nowhere_by_name_has_candidates(function):
    assert answer(DIVIDED, function) == Answer(Verdict.CANDIDATES, (POLICE, SCIENCE, CULTURE), (SPLIT.toordinal(),))


def test_the_rest_goes_to_who_received_the_whole_and_an_unknown_function_to_candidates():
    handings = [handing(SCIENCE, WHOLE), handing(POLICE, FUNCTION, "an_ninh_mang")]

    assert answer(handings, "bao_chi").agencies == (SCIENCE,)
    assert answer(handings, "an_ninh_mang").agencies == (POLICE,)
    assert answer(handings, None).agencies == (SCIENCE, POLICE)
    assert answer([handing(SCIENCE, WHOLE)], None).verdict is Verdict.ONE


def test_an_area_divided_among_four_has_four_candidates_and_a_function_of_its_own_one():
    areas = [handing(who, AREA) for who in (POLICE, SCIENCE, CULTURE, NEXT)]

    assert answer(areas).agencies == (POLICE, SCIENCE, CULTURE, NEXT)
    assert answer(areas, None).verdict is Verdict.CANDIDATES
    both = [*areas[1:], handing(POLICE, FUNCTION, "an_ninh_mang")]
    assert answer(both).agencies == (POLICE,)
    assert answer(both, "chung").agencies == (SCIENCE, CULTURE, NEXT)


def test_before_its_day_a_reorganisation_changes_nothing():
    assert answer(DIVIDED, on=date(2025, 2, 28), ended=()).verdict is Verdict.SAME
    assert answer(DIVIDED, on=SPLIT).verdict is Verdict.ONE


def test_a_chain_is_followed_to_its_end():
    chain = [*DIVIDED, handing(NEXT, WHOLE, of=POLICE, on=LATER)]

    found = answer(chain, ended=(OLD, POLICE))

    assert found == Answer(Verdict.ONE, (NEXT,), (SPLIT.toordinal(), LATER.toordinal()))


def test_a_function_that_was_handed_on_leaves_the_rest_where_it_was():
    moved = [handing(POLICE, FUNCTION, "an_ninh_mang", ended=False)]

    assert answer(moved, ended=()).agencies == (POLICE,)
    assert answer(moved, "bao_chi", ended=()).verdict is Verdict.SAME
    assert answer(moved, None, ended=()).verdict is Verdict.SAME


def test_a_function_given_back_returns():
    there = handing(POLICE, FUNCTION, "an_ninh_mang", ended=False)
    back = handing(OLD, FUNCTION, "an_ninh_mang", of=POLICE, on=LATER, ended=False)

    assert answer([there, back], ended=()).verdict is Verdict.SAME


def test_what_was_handed_on_before_the_duty_was_given_does_not_carry_it():
    moved = [handing(POLICE, FUNCTION, "an_ninh_mang", ended=False)]

    assert answer(moved, given_on=LATER, ended=()).verdict is Verdict.SAME
    assert answer(DIVIDED, given_on=LATER).agencies == (POLICE,)


def test_an_agency_that_ended_without_a_successor_has_nobody():
    assert answer([]) == Answer(Verdict.NOBODY, ())
    assert answer([handing(SCIENCE, WHOLE)], ended=(OLD, SCIENCE)).verdict is Verdict.NOBODY


def test_agencies_that_ended_into_each_other_do_not_turn_for_ever():
    ring = [handing(SCIENCE, WHOLE), handing(OLD, WHOLE, of=SCIENCE)]

    assert answer(ring, ended=(OLD, SCIENCE)).verdict is Verdict.NOBODY


@given(
    st.lists(
        st.builds(
            handing,
            st.integers(1, 5),
            st.sampled_from([WHOLE, FUNCTION, AREA]),
            st.sampled_from(["", "an_ninh_mang", "bao_chi"]),
            of=st.integers(1, 5),
            on=st.sampled_from([SPLIT, LATER]),
            ended=st.booleans(),
        ),
        max_size=12,
    ),
    st.sets(st.integers(1, 5)),
)
def test_who_answers_still_exists_whatever_was_entered(handings, ended):
    found = answer(handings, ended=ended)

    assert not set(found.agencies) & ended
    assert (len(found.agencies) > 1) == (found.verdict is Verdict.CANDIDATES)


def test_a_whole_plan_misses_nothing_and_each_gap_is_told():
    whole = PredecessorPlan("Sở A", ends=True, has_keeper=True, handed=(WHOLE, FUNCTION))
    function = PredecessorPlan("Sở B", ends=False, has_keeper=False, handed=(FUNCTION,))

    assert what_is_missing([whole, function], successors=1, idle=[]) == []
    assert what_is_missing([], successors=0, idle=[]) == [("no_predecessor", ""), ("no_successor", "")]
    gaps = [
        PredecessorPlan("Sở C", ends=True, has_keeper=False, handed=()),
        PredecessorPlan("Sở D", ends=False, has_keeper=False, handed=(WHOLE,)),
    ]
    assert what_is_missing(gaps, successors=1, idle=["Sở E"]) == [
        ("hands_nothing", "Sở C"),
        ("no_keeper", "Sở C"),
        ("goes_on", "Sở D"),
        ("receives_nothing", "Sở E"),
    ]
