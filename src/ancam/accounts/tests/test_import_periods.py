"""Periods of agencies in a list: what has ended, and namesakes of other days. No database."""

from datetime import date

import pytest

from ancam.accounts.agency_rules import exist_together
from ancam.accounts.bulk.outcomes import Verdict
from ancam.accounts.bulk.people import KnownPerson
from ancam.accounts.bulk.references import KnownAgency, Tree
from ancam.accounts.tests.import_rows import ROOT, TODAY, TREE, agency, check, new, one, people, someone, why


@pytest.mark.parametrize(
    ("periods", "together"),
    [
        ((None, None, None, None), True),
        ((date(2025, 7, 1), None, None, date(2025, 6, 30)), False),
        ((date(2025, 7, 1), None, None, date(2025, 7, 1)), True),
        ((None, date(2025, 6, 30), date(2025, 7, 1), None), False),
        ((None, date(2025, 6, 30), date(2025, 6, 30), None), True),
    ],
)
def test_two_periods_share_a_day_or_not(periods, together):
    assert exist_together(*periods) is together


OLD_COMMUNE = agency(7, "00010004", "Xã An Bình", "xa", ends_on=date(2025, 6, 30))
COMMUNE = agency(8, "00010005", "Xã An Bình", "xa", begins_on=date(2025, 7, 1))


def of_communes(*communes: KnownAgency) -> Tree:
    return Tree([ROOT, *communes], seen=["0001"], administered=["0001"], today=TODAY)


def commune(**more: str) -> dict[str, str]:
    kind = {"kind": "Ủy ban nhân dân xã", "place": "Đông Sơn"}
    return {"name": "Xã An Bình", "parent": "UBND tỉnh Đông Sơn", **kind, **more}


def test_what_has_ended_is_not_taken_for_the_one_of_today():
    outcomes, drafts = check(commune(begins_on="01/07/2025", place="Nơi mới"), within=of_communes(OLD_COMMUNE))
    unsaid, nothing = check(commune(place="Nơi mới", code="H9"), within=of_communes(OLD_COMMUNE))

    assert outcomes[0].verdict == Verdict.NEW
    assert drafts[0].values["place"] == "Nơi mới"
    assert why(unsaid[0]) == ["NamesakeEnded"]
    assert unsaid[0].refusals[0].ended_on == "30/06/2025"
    assert not nothing


def test_of_two_namesakes_a_row_means_the_one_of_its_days_and_without_days_the_one_of_today():
    both = of_communes(OLD_COMMUNE, COMMUNE)
    top = {"name": "Xã An Bình", "place": "Nơi mới"}

    def changed(**cells: str) -> list[int]:
        return [draft.node for draft in check(cells, within=both)[1]]

    assert changed(**commune(symbol="X")) == [COMMUNE.id]
    assert changed(**commune(symbol="X", begins_on="01/07/2025")) == [COMMUNE.id]
    assert changed(**commune(symbol="X", ends_on="30/06/2025")) == [OLD_COMMUNE.id]
    assert changed(**commune(ends_on="29/06/2025")) == [OLD_COMMUNE.id]
    assert changed(**top) == [COMMUNE.id]
    assert changed(**top, ends_on="30/06/2025") == [OLD_COMMUNE.id]
    assert why(one(both, **commune(begins_on="01/01/2025", ends_on="01/01/2026"))) == ["AgencyAmbiguous"]


def test_the_rows_of_an_agency_and_of_its_namesake_of_before_stand_beside_each_other():
    both = of_communes(OLD_COMMUNE, COMMUNE)
    same, _ = check(commune(ends_on="30/06/2025"), commune(begins_on="01/07/2025"), within=both)
    new, _ = check(
        commune(begins_on="01/07/2025"),
        commune(ends_on="31/12/2020"),
        commune(begins_on="01/01/2021", ends_on="30/06/2025"),
        within=of_communes(),
    )
    clash, _ = check(commune(begins_on="01/07/2025"), commune(ends_on="01/08/2025"), commune(), within=of_communes())

    assert [outcome.verdict for outcome in same] == [Verdict.SAME] * 2
    assert [outcome.verdict for outcome in new] == [Verdict.NEW] * 3
    assert [why(outcome) for outcome in clash] == [["TwiceInFile"]] * 3


def test_a_period_that_meets_a_namesake_of_another_time_is_refused():
    both = of_communes(OLD_COMMUNE, agency(8, "00010005", "Xã An Bình", "xa", begins_on=date(2025, 7, 1), code="N"))

    assert why(one(both, name="Xã An Bình", code="N", begins_on="30/06/2025")) == ["NameTaken"]


def test_what_has_ended_takes_no_units_and_no_people():
    past = agency(9, "00010003", "UBND huyện Cũ", "huyen", code="C", ends_on=date(2025, 6, 30))
    within = Tree([*TREE[:5], past], seen=["0001"], administered=["0001"], today=TODAY)

    assert why(one(within, name="Sở Y tế", code="H2", parent="C")) == ["TakesNoMore"]
    assert why(one(within, **new("Phòng", "C"))) == ["TakesNoMore"]
    assert why(one(within, **new("Phòng", "C", ends_on="01/07/2025"))) == ["TakesNoMore"]
    assert one(within, **new("Phòng", "C", ends_on="30/06/2025")).verdict == Verdict.NEW
    assert why(people(someone(agency="C", role="Lãnh đạo; Cán bộ"), within=within)[0][0]) == ["TakesNoMore"]
    held = KnownPerson(9, "an@x.vn", "Lê An", "", frozenset({(9, "officer")}))
    assert people(someone(agency="C"), known=(held,), within=within)[0][0].verdict == Verdict.SAME
