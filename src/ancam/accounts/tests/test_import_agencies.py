"""What rows of a list of agencies mean, as values: no database."""

from datetime import date

import pytest

from ancam.accounts.agency_rules import DEEPEST
from ancam.accounts.bulk.outcomes import Verdict
from ancam.accounts.bulk.references import Tree
from ancam.accounts.tests.import_rows import HEALTH, ROOT, TODAY, agency, changes, check, new, one, tree, why


def test_a_row_of_something_new_is_new_with_its_tier_from_its_kind():
    outcomes, drafts = check(new("Phòng Một", tier="đơn vị trực thuộc", begins_on="1/7/2025"))

    assert outcomes[0].verdict == Verdict.NEW
    assert drafts[0].values["tier"] == "internal"
    assert drafts[0].values["begins_on"] == date(2025, 7, 1)
    assert drafts[0].parent == HEALTH.id


@pytest.mark.parametrize(
    "cells",
    [
        {"name": "Sở Y tế"},
        {"name": "Sở Y tế", "code": "H2", "kind": "SO", "tier": "Cấp tỉnh", "place": "Đông  Sơn", "symbol": "SYT"},
        {"name": "Sở Y tế", "parent": "H1", "begins_on": "01/03/2025"},
        {"name": "Văn phòng", "parent": "Sở Y tế"},
        {"name": "Văn phòng", "parent": "UBND tỉnh Đông Sơn › Sở Nội vụ"},
        {"name": "UBND huyện Cũ", "kind": "Ủy ban nhân dân huyện", "tier": "district"},
        {"name": "UBND tỉnh Đông Sơn"},
    ],
)
def test_what_is_so_already_changes_nothing(cells):
    assert one(**cells).verdict == Verdict.SAME


def test_each_change_says_what_was_and_what_will_be():
    outcome = one(name="Sở Y tế mới", code="H2", kind="Phòng", symbol="SYTM", ends_on="2026-12-31", parent="Sở Nội vụ")

    assert outcome.verdict == Verdict.CHANGED
    assert changes(outcome) == [
        ("name", "Sở Y tế", "Sở Y tế mới"),
        ("symbol", "SYT", "SYTM"),
        ("ends_on", "", "31/12/2026"),
        ("kind", "Sở", "Phòng"),
        ("tier", "Cấp tỉnh", "Đơn vị trực thuộc"),
        ("parent", "UBND tỉnh Đông Sơn", "Sở Nội vụ"),
    ]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"name": ""}, "CellMissing"),
        ({"name": "x" * 201, "parent": "H1"}, "CellTooLong"),
        ({"name": "Phòng", "parent": "Sở Y tế", "place": "x"}, "CellMissing"),
        ({"name": "Phòng"}, "CellMissing"),
        ({"name": "Văn phòng"}, "AgencyAmbiguous"),
        (new("Phòng", kind="Bộ"), "KindUnknown"),
        (new("Phòng", kind="Ủy ban nhân dân huyện"), "KindUnknown"),
        (new("Phòng", tier="Cấp xã"), "TierContradicts"),
        (new("Phòng", parent="Sở Lạ"), "AgencyUnknown"),
        (new("Phòng", parent="Văn phòng"), "AgencyAmbiguous"),
        (new("Phòng", parent="Sở Lạ › Văn phòng"), "AgencyUnknown"),
        (new("Phòng", parent="Không › UBND tỉnh Đông Sơn"), "AgencyUnknown"),
        (new("Phòng", parent="Phòng"), "UnderItself"),
        (new("Phòng", begins_on="31/02/2025"), "NotADay"),
        (new("Phòng", begins_on="sớm"), "NotADay"),
        (new("Phòng", begins_on="02/01/2026", ends_on="01/01/2026"), "EndsBeforeBeginning"),
        ({"name": "Sở Y tế", "ends_on": "01/01/2020"}, "EndsBeforeBeginning"),
        ({"name": "Sở Nội vụ", "code": "H2"}, "NameTaken"),
        ({"name": "Sở Y tế", "code": "H2", "parent": "Sở Y tế › Văn phòng"}, "UnderItself"),
        ({"name": "Sở Y tế", "code": "H2", "parent": "H2"}, "UnderItself"),
        ({"name": "UBND tỉnh Đông Sơn", "code": "H1", "parent": "Sở Y tế"}, "RootStays"),
    ],
)
def test_a_row_is_refused_with_its_reason(cells, reason):
    outcome = one(**cells)

    assert outcome.verdict == Verdict.REFUSED
    assert reason in why(outcome)


def test_every_reason_of_a_row_is_told_at_once():
    outcome = one(**new("Phòng", "Sở Lạ", kind="Bộ", begins_on="31/02/2025"))

    assert why(outcome) == ["AgencyUnknown", "NotADay", "KindUnknown"]


def test_a_later_row_may_be_the_parent_of_an_earlier_one():
    outcomes, drafts = check(
        new("Tổ Một", parent="Phòng Một"),
        new("Tổ Hai", parent="P1"),
        new("Tổ Ba", parent="Sở Y tế › Phòng Một"),
        new("Phòng Một", code="P1"),
        new("Nhóm", parent="Sở Y tế › Phòng Một › Tổ Ba"),
        new("Nhóm", parent="Sở Nội vụ > Phòng Một > Tổ Ba"),
    )

    assert [outcome.verdict for outcome in outcomes] == [Verdict.NEW] * 5 + [Verdict.REFUSED]
    assert [draft.parent for draft in drafts] == [-5, -5, -5, HEALTH.id, -4]


def test_an_agency_renamed_by_a_row_is_meant_by_either_name():
    outcomes, drafts = check(
        {"name": "Sở Sức khỏe", "code": "H2"}, new("Phòng A", "Sở Sức khỏe"), new("Phòng B", "Sở Y tế")
    )

    assert [outcome.verdict for outcome in outcomes] == [Verdict.CHANGED, Verdict.NEW, Verdict.NEW]
    assert {draft.parent for draft in drafts[1:]} == {HEALTH.id}


def test_a_new_code_is_given_to_an_agency_met_by_name():
    assert changes(one(name="Sở Nội vụ", code="H3", parent="H1")) == [("code", "", "H3")]


def test_rows_that_speak_of_the_same_are_refused_together():
    outcomes, drafts = check(
        {"name": "Sở Y tế"},
        {"name": "Sở Y tế", "code": "H2"},
        new("Phòng"),
        new("PHÒNG"),
        new("X", code="9"),
        new("Y", code="9"),
    )

    assert [why(outcome) for outcome in outcomes] == [["TwiceInFile"]] * 6
    assert [outcome.refusals[0].row for outcome in outcomes] == [3, 2, 5, 4, 7, 6]
    assert not drafts


def test_what_hangs_from_a_refused_row_is_refused_to_the_lowest():
    outcomes, _ = check(
        new("A", "Sở Nội vụ", kind=""), new("B", "A"), new("C", "B"), {"name": "Sở Y tế", "code": "H2", "parent": "B"}
    )

    assert [why(outcome) for outcome in outcomes] == [
        ["CellMissing"],
        ["ParentRefused"],
        ["ParentRefused"],
        ["ParentRefused"],
    ]
    assert outcomes[2].refusals[0].row == 3


def test_what_hangs_from_a_row_that_could_not_be_placed_is_refused():
    outcomes, _ = check(new("A", "Sở Lạ"), new("B", "A"), new("", "Sở Y tế", code="Z"), new("C", "Z"))

    assert [why(outcome) for outcome in outcomes] == [
        ["AgencyUnknown"],
        ["ParentRefused"],
        ["CellMissing"],
        ["ParentRefused"],
    ]


def test_a_circle_through_rows_is_refused():
    by_new, _ = check(new("A", "B"), new("B", "C"), new("C", "A"))
    by_moves, _ = check(
        {"name": "Sở Y tế", "code": "H2", "parent": "Sở Nội vụ"},
        {"name": "Sở Nội vụ", "parent": "UBND tỉnh Đông Sơn"},
    )
    circle, _ = check({"name": "Sở Y tế", "code": "H2", "parent": "Phòng"}, new("Phòng", "Sở Y tế"))

    assert {outcome.verdict for outcome in by_new} == {Verdict.REFUSED}
    assert "UnderItself" in why(by_new[2])
    assert [outcome.verdict for outcome in by_moves] == [Verdict.CHANGED, Verdict.SAME]
    assert "UnderItself" in why(circle[0])


def test_a_new_agency_under_a_circle_of_moves_stays_possible():
    first, second = (
        {"name": "Sở Y tế", "code": "H2", "parent": "H9"},
        {"name": "Sở Nội vụ", "code": "H9", "parent": "H2"},
    )
    with_code = Tree(
        [ROOT, HEALTH, agency(3, "00010002", "Sở Nội vụ", "so", code="H9")],
        seen=["0001"],
        administered=["0001"],
        today=TODAY,
    )

    outcomes, _ = check(first, second, new("Phòng", "H2"), within=with_code)

    assert [why(outcome) for outcome in outcomes] == [["UnderItself"], ["UnderItself"], []]


def test_a_tree_too_deep_is_refused():
    chain = [new("Bậc 0", "Sở Y tế"), *(new(f"Bậc {n}", f"Bậc {n - 1}") for n in range(1, DEEPEST + 5))]
    upwards, _ = check(*reversed(chain))
    downwards, _ = check(*chain)

    assert "TooDeep" in {name for outcome in upwards for name in why(outcome)}
    assert [why(outcome) for outcome in downwards[: DEEPEST - 2]] == [[]] * (DEEPEST - 2)
    assert all("TooDeep" in why(outcome) for outcome in downwards[DEEPEST - 2 :])


def test_the_root_does_not_end():
    assert why(one(name="UBND tỉnh Đông Sơn", ends_on="01/01/2030")) == ["RootDoesNotEnd"]
    assert one(name="UBND tỉnh Đông Sơn", begins_on="01/01/2020").verdict == Verdict.CHANGED


@pytest.mark.parametrize("code", ["=1+1", "H28 12", "H28.", "Ắ1"])
def test_a_code_of_another_form_is_refused(code):
    assert why(one(**new("Phòng", code=code))) == ["CodeRefused"]


def test_a_code_is_one_in_capitals_and_in_small_letters():
    taken, _ = check(new("X", code="a.1"), new("Y", code="A.1"))
    mine = tree(("00010002",))

    assert one(name="Sở Y tế", code="h2").verdict == Verdict.SAME
    assert check(new("Phòng", "h2", code="h2.1"))[1][0].values["code"] == "H2.1"
    assert [why(outcome) for outcome in taken] == [["TwiceInFile"]] * 2
    assert why(one(mine, **new("Phòng", "Sở Nội vụ", code="h2"))) == ["CodeTaken"]
    odd = agency(7, "00010004", "Kho", code="KHO 1")
    within = Tree([ROOT, odd], seen=["0001"], administered=["0001"], today=TODAY)
    assert one(within, name="Kho", code="KHO 1").verdict == Verdict.SAME
