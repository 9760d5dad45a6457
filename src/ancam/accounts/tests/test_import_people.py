"""What rows of a list of people mean. No database."""

import pytest

from ancam.accounts.bulk.outcomes import Verdict
from ancam.accounts.bulk.people import KnownPerson
from ancam.accounts.tests.import_rows import AN, changes, people, someone, tree, why


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
