"""The lines that a list by file leaves in the ledger: those of the same acts done one by one, and one of the whole."""

from ancam.accounts.models import Agency, Membership, Person, Role
from ancam.accounts.selectors import agency_kinds, ledger_lines
from ancam.accounts.services import (
    AgencyFacts,
    Particulars,
    add_agency,
    change_agency,
    change_particulars,
    issue_link,
    move_agency,
)
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.accounts.tests.lists import AGENCIES, PEOPLE, applied, new_agency, new_person
from ancam.audit.models import Entry
from ancam.audit.selectors import verify_ledger
from ancam.web import clock


def test_the_line_of_an_import_names_counts_and_digests(administrator: Person, commune: Agency) -> None:
    before = Entry.objects.count()
    batch = applied(AGENCIES, administrator, new_agency("Phòng A"), new_agency("B", "Lạ"), partly=True)

    line = Entry.objects.get(number=before + 3)
    actions = Entry.objects.filter(number__gt=before).values_list("action", flat=True)
    assert list(actions) == ["accounts.receive_import", "accounts.add_agency", "accounts.apply_import"]
    assert (line.action, line.object_id) == ("accounts.apply_import", str(batch.pk))
    assert (line.change["new"], line.change["refused"], line.change["total"]) == (1, 1, 2)
    assert line.change["file_digest"] == batch.file_digest
    assert len(line.change["rows_digest"]) == 64
    assert verify_ledger()


def lines_of(thing: Agency | Person) -> list[tuple[str, dict[str, object], str]]:
    subject = thing.as_subject()
    lines = Entry.objects.filter(object_type=subject.type, object_id=subject.id)
    return [(line.action, line.change, line.agency_name) for line in lines]


def test_each_agency_has_the_line_that_the_same_act_on_a_page_would_leave(
    administrator: Person, root: Agency, commune: Agency, other_commune: Agency
) -> None:
    office, by_hand = make_agency(commune, "Văn phòng"), make_agency(commune, "Phòng Tay")
    office_kind = next(one for one in agency_kinds() if one.name == "Phòng, đơn vị trực thuộc khác")
    kind = {"kind": office_kind.id, "tier": "internal", "place": "An Bình"}
    Agency.objects.filter(pk__in=[office.pk, by_hand.pk]).update(**kind, symbol="")
    of_hand = AgencyFacts(name="Phòng Tay mới", symbol="PT", **kind)
    change_agency(agency=by_hand, facts=of_hand, by=administrator, at=clock.now())
    added = add_agency(parent=commune, facts=AgencyFacts("Tổ Tay", **kind), by=administrator, at=clock.now())
    move_agency(agency=by_hand, parent=other_commune, by=administrator, at=clock.now())
    Agency.objects.filter(pk=office.pk).update(code="VP")

    applied(
        AGENCIES,
        administrator,
        new_agency("Tổ Một", "VP"),
        {"name": "Văn phòng mới", "code": "VP", "symbol": "VP", "parent": other_commune.name},
    )

    made = Agency.objects.get(name="Tổ Một")
    [(action, change, acted_for)] = lines_of(made)
    [(by_hand_action, by_hand_change, _agency)] = lines_of(added)
    assert (action, acted_for) == (by_hand_action, root.name)
    assert change == {**by_hand_change, "name": "Tổ Một", "parent": "Văn phòng mới"}
    moved, changed = lines_of(office)
    hand_changed, hand_moved = lines_of(by_hand)
    assert moved == hand_moved
    assert changed[0] == hand_changed[0]
    assert changed[1] == {
        "before": {"name": "Văn phòng", **kind, "code": "VP"},
        "after": {"name": "Văn phòng mới", **kind, "code": "VP", "symbol": "VP"},
    }
    assert set(changed[1]["after"]) - {"code"} == set(hand_changed[1]["after"])
    assert verify_ledger()


def test_each_person_has_a_line_for_every_role_and_for_a_correction(
    administrator: Person, root: Agency, officer: Person, commune: Agency, other_commune: Agency
) -> None:
    issue_link(person=officer, by=administrator, at=clock.now())
    before = len(lines_of(officer))

    applied(
        PEOPLE,
        administrator,
        new_person(officer.email, full_name="Lý Ngọc Ánh", role="Quản trị; Lãnh đạo", position="Trưởng phòng"),
        new_person("chau@x.vn", position="Văn thư", other_roles=f"Người đọc – {other_commune.name}"),
    )

    here = {"agency": commune.name}
    assert lines_of(officer)[before:] == [
        (
            "accounts.change_particulars",
            {
                "before": {"full_name": officer.full_name, "position": officer.position},
                "after": {"full_name": "Lý Ngọc Ánh", "position": "Trưởng phòng"},
            },
            root.name,
        ),
        ("accounts.add_role", {**here, "role": "administrator", "link_withdrawn": True}, root.name),
        ("accounts.add_role", {**here, "role": "leader", "link_withdrawn": False}, root.name),
    ]
    assert lines_of(Person.objects.get(email="chau@x.vn")) == [
        ("accounts.add_person", {**here, "role": "officer", "position": "Văn thư"}, root.name),
        ("accounts.add_role", {"agency": other_commune.name, "role": "reader", "link_withdrawn": False}, root.name),
    ]
    assert verify_ledger()


def test_a_correction_by_file_leaves_the_line_that_the_page_leaves(
    administrator: Person, officer: Person, commune: Agency
) -> None:
    by_hand = make_person(Role.OFFICER, commune, name=officer.full_name)
    facts = Particulars(by_hand.full_name, "Trưởng phòng")
    seen = Particulars.of(by_hand).mark
    change_particulars(person=by_hand, facts=facts, seen=seen, by=administrator, at=clock.now())

    applied(PEOPLE, administrator, {"email": officer.email, "position": "Trưởng phòng"})

    assert [line[:2] for line in lines_of(officer)] == [line[:2] for line in lines_of(by_hand)]


def test_a_line_is_acted_for_the_nearest_agency_that_the_sender_administers(
    commune: Agency, other_commune: Agency, commune_administrator: Person
) -> None:
    Membership.objects.create(person=commune_administrator, agency=other_commune, role=Role.ADMINISTRATOR)
    sender = Person.objects.get(pk=commune_administrator.pk)
    auditor = make_person(Role.AUDITOR, other_commune)

    applied(PEOPLE, sender, new_person("binh@x.vn", agency=other_commune.name))

    binh = Person.objects.get(email="binh@x.vn")
    assert [line[2] for line in lines_of(binh)] == [other_commune.name]
    assert ledger_lines(auditor).filter(object_id=str(binh.pk), action="accounts.add_person").exists()
