"""Lists by file, through the door: checked, applied as a whole or left, seen by whom it concerns."""

from datetime import timedelta

import pytest
from django_q.models import OrmQ

from ancam.accounts.agency_rules import DEEPEST
from ancam.accounts.errors import ImportNotReady, NothingToApply, PartialNotConfirmed
from ancam.accounts.models import Agency, ImportBatch, ImportState, Membership, OneTimeLink, Person, Role
from ancam.accounts.selectors import imports
from ancam.accounts.services import apply_import, issue_link, leave_import, receive_import
from ancam.accounts.services import imports as doors
from ancam.accounts.services.imports import check_import, finish_import, forget_applied_rows, leave_undecided_imports
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.accounts.tests.lists import AGENCIES, PEOPLE, applied, new_agency, new_person, received
from ancam.audit.models import Entry
from ancam.engines.tables.errors import EmptyTable, TableRefused
from ancam.kit.folding import fold, sort_key
from ancam.web import clock
from ancam.web.replies import Forbidden


def assert_the_tree_is_sound() -> None:
    assert Agency.objects.find_problems() == ([], [], [], [], [])


def test_a_short_list_is_checked_at_once_and_nothing_is_written(administrator: Person, commune: Agency) -> None:
    batch = received(AGENCIES, administrator, new_agency("Phòng A"), {"name": commune.name}, new_agency("B", "Lạ"))

    assert (batch.state, batch.new, batch.same, batch.refused) == (ImportState.CHECKED, 1, 1, 1)
    assert [row.verdict for row in batch.rows.order_by("number")] == ["new", "same", "refused"]
    assert not Agency.objects.filter(name="Phòng A").exists()
    assert not Entry.objects.filter(action="accounts.apply_import").exists()


def test_applied_agencies_stand_in_the_tree_with_their_keys(administrator: Person, commune: Agency) -> None:
    batch = applied(
        AGENCIES,
        administrator,
        new_agency("Tổ Một", "Phòng A"),
        new_agency("Phòng A", code="PA", begins_on="01/07/2025"),
        {"name": "Ủy ban nhân dân xã An Bình", "symbol": "UBNDAB", "code": "AB"},
    )

    assert batch.state == ImportState.APPLIED
    made = Agency.objects.get(name="Tổ Một")
    assert made.parent.code == "PA"
    assert made.parent.parent == commune
    assert (made.search_key, made.sort_key) == (fold("Tổ Một An Bình"), sort_key("Tổ Một"))
    assert Agency.objects.get(pk=commune.pk).symbol == "UBNDAB"
    assert_the_tree_is_sound()
    assert make_agency(commune).parent == commune
    assert_the_tree_is_sound()


def test_a_moved_agency_takes_what_hangs_from_it_along(
    administrator: Person, commune: Agency, other_commune: Agency
) -> None:
    office = make_agency(commune, "Văn phòng")
    make_agency(office, "Tổ Một")
    Agency.objects.filter(pk=office.pk).update(code="VP")

    applied(
        AGENCIES,
        administrator,
        {"name": "Văn phòng", "code": "VP", "parent": "Trung tâm"},
        new_agency("Trung tâm", other_commune.name),
    )

    assert Agency.objects.get(name="Tổ Một").parent.parent.parent == other_commune
    assert_the_tree_is_sound()


def test_people_come_without_a_password_and_with_their_roles(
    administrator: Person, commune: Agency, other_commune: Agency
) -> None:
    applied(
        PEOPLE,
        administrator,
        new_person("binh@x.vn", position="Phó phòng", role="Chuyên viên; Lãnh đạo"),
        new_person("chau@x.vn", full_name="Lê Châu", other_roles=f"Người đọc – {other_commune.name}"),
    )

    binh, chau = Person.objects.get(email="binh@x.vn"), Person.objects.get(email="chau@x.vn")
    assert not binh.has_usable_password()
    assert not OneTimeLink.objects.exists()
    assert (binh.position, binh.sort_key[:4]) == ("Phó phòng", sort_key("Bình")[:4])
    assert binh.search_key == fold("Trần Thị Bình binh@x.vn")
    assert {held.role for held in binh.memberships.all()} == {"officer", "leader"}
    assert [held.agency for held in chau.memberships.order_by("pk")] == [commune, other_commune]
    assert issue_link(person=binh, by=administrator, at=clock.now())


def test_someone_known_is_corrected_gains_the_role_and_loses_the_link(
    administrator: Person, officer: Person, commune: Agency
) -> None:
    other = make_person(Role.READER, commune)
    for person in (officer, other):
        issue_link(person=person, by=administrator, at=clock.now())

    applied(
        PEOPLE,
        administrator,
        new_person(officer.email, full_name="Lý Ngọc Ánh", role="Lãnh đạo"),
        {"email": other.email, "position": "Văn thư"},
    )

    officer.refresh_from_db()
    assert officer.full_name == "Lý Ngọc Ánh"
    assert officer.search_key == fold(f"Lý Ngọc Ánh {officer.email}")
    assert officer.check_password("con-mèo-trèo-cây-cau")
    assert set(officer.memberships.values_list("role", flat=True)) == {"officer", "leader"}
    assert [link.person for link in OneTimeLink.objects.all()] == [other]


def test_refused_rows_need_the_word_of_the_person(administrator: Person, commune: Agency) -> None:
    batch = received(AGENCIES, administrator, new_agency("A"), new_agency("B", "Lạ"))

    with pytest.raises(PartialNotConfirmed):
        apply_import(batch=batch, by=administrator, without_refused=False, at=clock.now())

    assert not Agency.objects.filter(name="A").exists()


def test_a_list_that_changes_nothing_is_not_applied(administrator: Person, commune: Agency) -> None:
    batch = received(AGENCIES, administrator, {"name": commune.name})

    with pytest.raises(NothingToApply):
        apply_import(batch=batch, by=administrator, without_refused=True, at=clock.now())


def test_what_moved_since_the_check_is_shown_again_and_nothing_is_written(
    administrator: Person, commune: Agency
) -> None:
    batch = received(AGENCIES, administrator, new_agency("A"), new_agency("B"))
    make_agency(commune, "A")

    again = apply_import(batch=batch, by=administrator, without_refused=False, at=clock.now())

    assert (again.state, again.stale, again.new, again.changed) == (ImportState.CHECKED, 1, 1, 1)
    assert [row.is_stale for row in again.rows.order_by("number")] == [True, False]
    assert not Agency.objects.filter(name="B").exists()
    done = apply_import(batch=again, by=administrator, without_refused=False, at=clock.now())
    assert (done.state, done.stale) == (ImportState.APPLIED, 0)
    assert_the_tree_is_sound()


def test_a_new_row_that_has_come_to_mean_another_agency_is_shown_again(
    administrator: Person, commune: Agency, other_commune: Agency
) -> None:
    person = received(PEOPLE, administrator, new_person("binh@x.vn", role="Quản trị"))
    unit = received(AGENCIES, administrator, new_agency("Phòng A"))
    name, commune.name = commune.name, "Ủy ban nhân dân xã Khác"
    commune.save()
    other_commune.name = name
    other_commune.save()

    again = [
        apply_import(batch=batch, by=administrator, without_refused=False, at=clock.now()) for batch in (person, unit)
    ]

    assert [(batch.state, batch.stale, batch.new) for batch in again] == [(ImportState.CHECKED, 1, 1)] * 2
    assert not Person.objects.filter(email="binh@x.vn").exists()
    assert not Agency.objects.filter(name="Phòng A").exists()


def test_a_list_keeps_what_the_pages_keep(administrator: Person, root: Agency, commune: Agency) -> None:
    Agency.objects.filter(pk=commune.pk).update(code="H28.12", ends_on=clock.today() - timedelta(days=1))
    deep = [new_agency("Bậc 0", root.name), *(new_agency(f"Bậc {n}", f"Bậc {n - 1}") for n in range(1, 30))]

    agencies = received(
        AGENCIES,
        administrator,
        {"name": root.name, "ends_on": "01/01/2020"},
        new_agency("Phòng A", root.name, code="h28.12"),
        new_agency("Phòng B", root.name, code="=1+1"),
        *deep,
    )
    people = received(PEOPLE, administrator, new_person("binh@x.vn"))

    # The second row speaks of the commune itself: a code in small letters is no other code.
    assert [row.verdict for row in agencies.rows.order_by("number")[:3]] == ["refused", "changed", "refused"]
    assert agencies.new == DEEPEST - 1
    assert (people.new, people.refused) == (0, 1)


def test_a_role_lost_since_the_check_refuses_every_row(administrator: Person, root: Agency, commune: Agency) -> None:
    batch = received(AGENCIES, administrator, new_agency("A"))
    Membership.objects.filter(person=administrator).update(agency=make_agency(root))

    again = apply_import(batch=batch, by=administrator, without_refused=False, at=clock.now())

    assert (again.state, again.refused) == (ImportState.CHECKED, 1)


def test_someone_stopped_since_the_check_writes_nothing(administrator: Person, commune: Agency) -> None:
    batch = received(AGENCIES, administrator, new_agency("A"))
    ImportBatch.objects.update(state=ImportState.APPLYING)
    Person.objects.filter(pk=administrator.pk).update(is_active=False)

    finish_import(batch.pk)

    assert not Agency.objects.filter(name="A").exists()


def test_an_import_is_applied_and_left_once(administrator: Person, commune: Agency) -> None:
    batch = applied(AGENCIES, administrator, new_agency("A"))
    finish_import(batch.pk)
    check_import(batch.pk)

    for again in (
        lambda: apply_import(batch=batch, by=administrator, without_refused=True, at=clock.now()),
        lambda: leave_import(batch=batch, by=administrator, at=clock.now()),
    ):
        with pytest.raises(ImportNotReady):
            again()
    assert Agency.objects.filter(name="A").count() == 1


def test_a_long_list_is_the_matter_of_jobs(
    administrator: Person, commune: Agency, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    monkeypatch.setattr(doors, "ROWS_AT_ONCE", 1)
    with django_capture_on_commit_callbacks(execute=True):
        batch = received(AGENCIES, administrator, new_agency("A"), new_agency("B"))
    assert (batch.state, OrmQ.objects.count()) == (ImportState.CHECKING, 1)
    with pytest.raises(ImportNotReady):
        apply_import(batch=batch, by=administrator, without_refused=True, at=clock.now())

    check_import(batch.pk)
    with django_capture_on_commit_callbacks(execute=True):
        batch = apply_import(batch=batch, by=administrator, without_refused=True, at=clock.now())
    assert (batch.state, OrmQ.objects.count()) == (ImportState.APPLYING, 2)

    finish_import(batch.pk)
    assert Agency.objects.filter(name__in=["A", "B"]).count() == 2


def test_a_list_that_is_left_keeps_no_rows(administrator: Person, commune: Agency) -> None:
    batch = received(PEOPLE, administrator, new_person("binh@x.vn"))

    leave_import(batch=batch, by=administrator, at=clock.now())

    batch.refresh_from_db()
    assert (batch.state, batch.total, batch.rows.count()) == (ImportState.LEFT, 1, 0)


def test_what_nobody_decided_on_is_left_after_a_month(administrator: Person, commune: Agency) -> None:
    old, young = (received(PEOPLE, administrator, new_person("binh@x.vn")) for _ in range(2))
    ImportBatch.objects.filter(pk=old.pk).update(received_at=clock.now() - doors.ROWS_KEPT * 2)

    leave_undecided_imports(at=clock.now())

    states = dict(ImportBatch.objects.values_list("pk", "state"))
    assert states == {old.pk: ImportState.LEFT, young.pk: ImportState.CHECKED}


def test_the_rows_of_what_was_applied_are_kept_for_a_month_and_its_counts_for_good(
    administrator: Person, commune: Agency
) -> None:
    old, young = (applied(PEOPLE, administrator, new_person(f"{name}@x.vn")) for name in ("binh", "chau"))
    ImportBatch.objects.filter(pk=old.pk).update(finished_at=clock.now() - doors.ROWS_KEPT * 2)

    forget_applied_rows(at=clock.now())

    old.refresh_from_db()
    assert (old.state, old.total, old.new, old.rows.count(), young.rows.count()) == (ImportState.APPLIED, 1, 1, 0, 1)
    assert old.outcome_digest


def test_only_who_oversees_all_that_the_sender_sees_sees_the_list(
    administrator: Person,
    root: Agency,
    commune: Agency,
    other_commune: Agency,
    commune_administrator: Person,
    django_assert_num_queries,
) -> None:
    below = make_agency(commune, "Văn phòng")
    sender = make_person(Role.ADMINISTRATOR, below)
    one = received(PEOPLE, sender, new_person("mot@x.vn", agency=below.name))
    Membership.objects.create(person=sender, agency=other_commune, role=Role.READER)
    two = received(PEOPLE, Person.objects.get(pk=sender.pk), new_person("hai@x.vn", agency=below.name))

    assert (one.agency, two.agency) == (below, root)
    assert list(imports(commune_administrator)) == [one]
    assert list(imports(administrator)) == list(imports(sender)) == [two, one]
    line = Entry.objects.filter(action="accounts.receive_import").last()
    assert line.agency_name == below.name
    with django_assert_num_queries(1):
        list(imports(commune_administrator))


def test_who_only_reads_above_the_sender_does_not_see_the_list(
    root: Agency, commune_administrator: Person, outsider: Person
) -> None:
    Membership.objects.create(person=outsider, agency=root, role=Role.READER)

    received(PEOPLE, commune_administrator, new_person("mot@x.vn"))

    assert list(imports(outsider)) == []


def test_who_comes_to_see_more_before_the_second_look_shows_it_to_fewer(
    root: Agency, commune: Agency, commune_administrator: Person
) -> None:
    batch = received(AGENCIES, commune_administrator, new_agency("A"))
    Membership.objects.create(person=commune_administrator, agency=root, role=Role.READER)
    make_agency(commune, "A")

    again = apply_import(
        batch=batch, by=Person.objects.get(pk=commune_administrator.pk), without_refused=False, at=clock.now()
    )

    assert (again.state, again.agency) == (ImportState.CHECKED, root)


def test_only_who_sent_the_file_applies_or_leaves_it(
    administrator: Person, commune_administrator: Person, officer: Person
) -> None:
    batch = received(PEOPLE, commune_administrator, new_person("binh@x.vn"))

    with pytest.raises(Forbidden):
        apply_import(batch=batch, by=administrator, without_refused=True, at=clock.now())
    with pytest.raises(Forbidden):
        leave_import(batch=batch, by=administrator, at=clock.now())
    with pytest.raises(Forbidden):
        received(PEOPLE, officer, new_person("binh@x.vn"))


def test_the_example_row_of_the_template_is_passed_over(administrator: Person, commune: Agency) -> None:
    batch = received(PEOPLE, administrator, new_person("a@x.vn", serial="Ví dụ"), new_person("b@x.vn", serial="1"))

    assert batch.total == 1
    with pytest.raises(EmptyTable):
        received(PEOPLE, administrator, new_person("a@x.vn", serial="Ví dụ"))


def test_a_file_that_is_refused_keeps_nothing(administrator: Person) -> None:
    with pytest.raises(TableRefused):
        receive_import(kind=AGENCIES, file_name="a.csv", data=b"x,y\n1,2\n", by=administrator, at=clock.now())

    assert not ImportBatch.objects.exists()
