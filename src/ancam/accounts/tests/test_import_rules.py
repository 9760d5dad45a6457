"""What rows of a list mean, as values: no database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.accounts.agency_rules import DEEPEST, exist_together
from ancam.accounts.bulk import errors
from ancam.accounts.bulk.agencies import Draft, Kinds, check_agency_rows
from ancam.accounts.bulk.cells import Cells, is_example, parse_day
from ancam.accounts.bulk.outcomes import Outcome, Verdict, digest_of, outcomes_digest, refusals_of
from ancam.accounts.bulk.paths import planned_paths
from ancam.accounts.bulk.people import KnownPerson, Roles, check_people_rows
from ancam.accounts.bulk.references import KnownAgency, Tree
from ancam.engines.tables.model import Row
from ancam.kit.folding import sort_key

KINDS = Kinds(
    {"so": "Sở", "xa": "Ủy ban nhân dân xã", "phong": "Phòng", "huyen": "Ủy ban nhân dân huyện"},
    {"so": "province", "xa": "commune", "phong": "internal", "huyen": "district"},
    {"province": "Cấp tỉnh", "commune": "Cấp xã", "internal": "Đơn vị trực thuộc", "district": "Cấp huyện"},
    ["so", "xa", "phong"],
)
ROLES = Roles({"leader": "Lãnh đạo", "officer": "Chuyên viên"}, {"Cán bộ": "officer"})


def agency(id: int, path: str, name: str, kind: str = "phong", **more) -> KnownAgency:
    return KnownAgency(id, path, name, kind, KINDS.tiers[kind], place="Đông Sơn", name_key=sort_key(name), **more)


ROOT = agency(1, "0001", "UBND tỉnh Đông Sơn", "so", code="H1")
HEALTH = agency(2, "00010001", "Sở Y tế", "so", code="H2", symbol="SYT", begins_on=date(2025, 3, 1))
LABOUR = agency(3, "00010002", "Sở Nội vụ", "so")
OFFICE = agency(4, "000100010001", "Văn phòng")
OFFICE_TOO = agency(5, "000100020001", "Văn phòng")
OLD = agency(6, "00010003", "UBND huyện Cũ", "huyen")
TREE = [ROOT, HEALTH, LABOUR, OFFICE, OFFICE_TOO, OLD]


TODAY = date(2026, 11, 20)


def tree(administered: tuple[str, ...] = ("0001",), seen: tuple[str, ...] = ()) -> Tree:
    return Tree(TREE, seen=seen or administered, administered=administered, today=TODAY)


def check(*rows: dict[str, str], within: Tree | None = None) -> tuple[list[Outcome], list[Draft]]:
    numbered = [Row(number, cells) for number, cells in enumerate(rows, start=2)]
    return check_agency_rows(numbered, within or tree(), KINDS)


def one(within: Tree | None = None, **cells: str) -> Outcome:
    return check(cells, within=within)[0][0]


def new(name: str, parent: str = "Sở Y tế", **more: str) -> dict[str, str]:
    return {"name": name, "kind": "Phòng", "place": "Đông Sơn", "parent": parent, **more}


def why(outcome: Outcome) -> list[str]:
    return [type(refusal).__name__ for refusal in outcome.refusals]


def changes(outcome: Outcome) -> list[tuple[str, str, str]]:
    return [(change.field, change.before, change.after) for change in outcome.changes]


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


def test_an_outcome_holds_which_agencies_it_means():
    first, _ = check(new("Phòng", "Sở Y tế"))
    second, _ = check(new("Phòng", "Sở Nội vụ"))
    person, _ = people(someone())
    elsewhere, _ = people(someone(agency="Sở Nội vụ"))

    assert first[0].kept()["meant"] == [-2, HEALTH.id]
    assert first[0].kept() != second[0].kept()
    assert person[0].kept()["meant"] == [0, [HEALTH.id, "officer"]]
    assert person[0].kept() != elsewhere[0].kept()


def test_only_what_one_administers_is_added_to_and_changed():
    mine = tree(("00010001",), ("00010001", "00010002"))

    assert one(mine, **new("Phòng")).verdict == Verdict.NEW
    assert why(one(mine, **new("Phòng", "Sở Nội vụ"))) == ["NotAdministered"]
    assert why(one(mine, name="Sở Nội vụ", symbol="SNV")) == ["NotAdministered"]
    assert one(mine, name="Sở Nội vụ").verdict == Verdict.SAME
    assert one(mine, name="Sở Y tế", symbol="Y").verdict == Verdict.CHANGED
    assert why(one(mine, name="Sở Y tế", kind="Phòng")) == ["FromAboveOnly"]
    assert why(one(mine, name="Sở Y tế", code="H2", parent="Sở Nội vụ")) == ["FromAboveOnly", "NotAdministered"]
    below, _ = check(new("A", "Sở Nội vụ"), new("B", "A"), within=mine)
    assert why(below[1]) == ["NotAdministered", "ParentRefused"]


def test_what_one_does_not_see_is_not_told_by_name_nor_by_code():
    mine = tree(("00010002",))

    assert why(one(mine, **new("Phòng", "Sở Y tế"))) == ["AgencyUnknown"]
    assert why(one(mine, **new("Phòng", "H2"))) == ["AgencyUnknown"]
    assert why(one(mine, **new("Phòng", "Sở Nội vụ", code="H2"))) == ["CodeTaken"]
    moved = one(mine, name="Văn phòng", parent="")
    assert moved.verdict == Verdict.SAME


def test_a_change_of_an_agency_whose_parent_is_not_seen_does_not_name_it():
    two = Tree(TREE, seen=["000100010001", "00010002"], administered=["0001"], today=TODAY)
    coded = agency(7, "000100010002", "Kho", code="K")
    outcome = one(
        Tree([*TREE, coded], seen=["000100010002", "00010002"], administered=["0001"], today=TODAY),
        name="Kho",
        code="K",
        parent="Sở Nội vụ",
    )

    assert two.meant("Sở Y tế") == []
    assert changes(outcome) == [("parent", "", "Sở Nội vụ")]


def test_every_agency_has_a_reference_that_means_it_alone():
    whole = tree()

    assert {whole.reference(known.id) for known in TREE} == {
        "H1",
        "H2",
        "Sở Nội vụ",
        "Sở Y tế › Văn phòng",
        "Sở Nội vụ › Văn phòng",
        "UBND huyện Cũ",
    }
    assert Tree([], seen=[], administered=[], today=TODAY).meant("x") == []


def test_levels_are_counted_below_a_known_agency_only():
    assert tree().levels_under(1) == 2
    assert tree().levels_under(-3) == 0


def number(text: str) -> int:
    return int(text, 36)


@given(st.data())
def test_planned_paths_keep_every_path_once_and_every_child_under_its_parent(data):
    size = data.draw(st.integers(1, 12))
    parents = {node: data.draw(st.integers(1, node - 1)) for node in range(2, size + 1)}
    paths = {1: "0001"}
    for node, parent in parents.items():
        paths[node] = f"{paths[parent]}{node:04d}"
    new_nodes = {-n: data.draw(st.sampled_from([*range(1, size + 1), *range(-n + 1, 0)])) for n in range(1, 4)}
    moves = {}
    for node in data.draw(st.sets(st.sampled_from(sorted(parents)))) if parents else ():
        to = data.draw(st.sampled_from([n for n in range(1, size + 1) if not paths[n].startswith(paths[node])] or [1]))
        final = {**parents, **moves, node: to}
        above, seen = to, {node}
        while above in final and above not in seen:
            seen.add(above)
            above = final[above]
        if above not in seen:
            moves[node] = to
    final = {**parents, **moves, **new_nodes}

    changed = planned_paths(paths, [*new_nodes.items(), *moves.items()], length=4, step=str, number=number)

    after = {**paths, **changed}
    assert len(set(after.values())) == len(after)
    assert all(after[node][:-4] == after[parent] for node, parent in final.items())
    assert not set(changed.values()) & set(paths.values())


def people(*rows: dict[str, str], within: Tree | None = None, known: tuple[KnownPerson, ...] = ()):
    numbered = [Row(n, cells) for n, cells in enumerate(rows, start=2)]
    by_email = {person.email: person for person in known}
    return check_people_rows(numbered, by_email, within or tree(), ROLES, lambda text: "@" in text)


def someone(**more: str) -> dict[str, str]:
    return {"full_name": "Lê An", "email": "AN@x.vn ", "agency": "Sở Y tế", "role": "Cán bộ", **more}


AN = KnownPerson(9, "an@x.vn", "Lê An", "", frozenset({(2, "officer")}))


def test_someone_new_has_their_roles_at_several_agencies():
    others = "lãnh đạo – Sở Nội vụ\nChuyên viên: Sở Nội vụ › Văn phòng; "
    outcomes, drafts = people(someone(role="chuyen vien; LEADER, officer", other_roles=others))

    assert outcomes[0].verdict == Verdict.NEW
    assert drafts[0].email == "an@x.vn"
    assert drafts[0].roles == [(2, "officer"), (2, "leader"), (3, "leader"), (5, "officer")]


@pytest.mark.parametrize(
    ("cells", "reasons"),
    [
        (someone(email=""), ["CellMissing"]),
        (someone(email="an"), ["EmailRefused"]),
        (someone(full_name=""), ["CellMissing"]),
        (someone(role=""), ["CellMissing"]),
        (someone(agency="", role=""), ["CellMissing", "CellMissing"]),
        (someone(agency=""), ["CellMissing"]),
        (someone(agency="Sở Lạ"), ["AgencyUnknown"]),
        (someone(agency="Văn phòng", role="Lãnh đạo; Cán bộ"), ["AgencyAmbiguous"]),
        (someone(role="Vua"), ["RoleUnknown"]),
        (someone(other_roles="Lãnh đạo"), ["AgencyUnknown"]),
        (someone(position="x" * 121), ["CellTooLong"]),
    ],
)
def test_a_row_of_someone_is_refused_with_its_reason(cells, reasons):
    assert why(people(cells)[0][0]) == reasons


def test_an_email_twice_is_refused_in_both_rows():
    assert [why(outcome) for outcome in people(someone(), someone(email="an@X.VN", full_name="Lý"))[0]] == [
        ["TwiceInFile"],
        ["TwiceInFile"],
    ]
    assert [why(outcome) for outcome in people(someone(email=""), someone(email=""))[0]] == [["CellMissing"]] * 2


def test_someone_known_keeps_what_empty_cells_do_not_say_and_gains_roles():
    same, drafts = people({"email": "an@x.vn"}, known=(AN,))
    placed, _ = people({"email": "an@x.vn", "agency": "Sở Y tế"}, known=(AN,))
    more, _ = people(someone(role="Cán bộ; Lãnh đạo", position="Phó giám đốc"), known=(AN,))
    homeless, _ = people({"email": "an@x.vn", "role": "Lãnh đạo"}, known=(AN,))
    lost, _ = people({"email": "an@x.vn", "agency": "Sở Lạ"}, known=(AN,))

    assert same[0].verdict == placed[0].verdict == Verdict.SAME
    assert not drafts
    assert changes(more[0]) == [("position", "", "Phó giám đốc"), ("role", "", "Lãnh đạo – Sở Y tế")]
    assert why(homeless[0]) == ["CellMissing"]
    assert why(lost[0]) == ["AgencyUnknown"]


def test_someone_shared_or_elsewhere_is_not_changed_from_here():
    mine = tree(("00010001",), ("00010001",))
    shared = KnownPerson(9, "an@x.vn", "Lê An", "", frozenset({(2, "officer"), (3, "officer")}))
    elsewhere = KnownPerson(9, "an@x.vn", "Lê An", "", frozenset({(3, "officer")}))

    assert why(people(someone(full_name="Lê Ân"), known=(shared,), within=mine)[0][0]) == ["SharedPerson"]
    assert people(someone(role="Lãnh đạo"), known=(shared,), within=mine)[0][0].verdict == Verdict.CHANGED
    assert why(people(someone(), known=(elsewhere,), within=mine)[0][0]) == ["EmailElsewhere"]
    both = tree(("00010001",), ("00010001", "00010002"))
    assert why(people(someone(agency="Sở Nội vụ"), within=both)[0][0]) == ["NotAdministered"]


def test_someone_known_gets_a_role_elsewhere_on_their_page_alone():
    elsewhere, _ = people(someone(agency="Sở Nội vụ"), known=(AN,))
    below, _ = people(someone(agency="Sở Y tế › Văn phòng"), known=(AN,))

    assert why(elsewhere[0]) == ["RoleOutside"]
    assert below[0].verdict == Verdict.CHANGED


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
