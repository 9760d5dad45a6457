"""Cells of a list, and the outcome of a row as it is kept and told. No database."""

from datetime import date

import pytest

from ancam.accounts.bulk import errors
from ancam.accounts.bulk.cells import Cells, is_example, parse_day
from ancam.accounts.bulk.outcomes import digest_of, outcomes_digest, refusals_of
from ancam.accounts.tests.import_rows import HEALTH, check, new, one, people, someone
from ancam.engines.tables.model import Row


def test_an_outcome_holds_which_agencies_it_means():
    first, _ = check(new("Phòng", "Sở Y tế"))
    second, _ = check(new("Phòng", "Sở Nội vụ"))
    person, _ = people(someone())
    elsewhere, _ = people(someone(agency="Sở Nội vụ"))

    assert first[0].kept()["meant"] == [-2, HEALTH.id]
    assert first[0].kept() != second[0].kept()
    assert person[0].kept()["meant"] == [0, [HEALTH.id, "officer"]]
    assert person[0].kept() != elsewhere[0].kept()


def test_an_outcome_is_kept_and_comes_back_with_its_words():
    outcome = one(name="Sở Y tế", ends_on="01/01/2020", tier="Cấp xã")
    kept = outcome.kept()

    assert [str(one) for one in refusals_of(kept["refusals"])] == [str(one) for one in outcome.refusals]
    assert outcomes_digest([kept]) == digest_of([kept]) != outcomes_digest([])


def test_the_example_of_a_template_is_known_by_its_serial():
    assert is_example(Row(2, {"serial": "ví  dụ"}))
    assert not is_example(Row(2, {"serial": "1"}))


@pytest.mark.parametrize(
    ("text", "day"),
    [("1/7/2025", date(2025, 7, 1)), ("01-07-2025", date(2025, 7, 1)), ("2025-7-1", date(2025, 7, 1)), ("", None)],
)
def test_days_are_read_day_first_or_year_first(text, day):
    assert parse_day(text) == day
    assert Cells({"begins_on": text}).day("begins_on") == day


def test_every_refusal_says_what_happened_and_what_to_do():
    for kind in errors.KINDS.values():
        assert kind.what
        assert kind.next_step
