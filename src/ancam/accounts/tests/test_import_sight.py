"""Which agencies a list may name and change, by what its sender sees and administers. No database."""

from ancam.accounts.bulk.outcomes import Verdict
from ancam.accounts.bulk.references import Tree
from ancam.accounts.tests.import_rows import TODAY, TREE, agency, changes, check, new, one, tree, why


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
