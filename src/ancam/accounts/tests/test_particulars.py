"""A person's name and position: who corrects them, what is noted, and two who edit at once."""

import pytest
from django.test import Client
from django.urls import reverse

from ancam.accounts.models import Agency, Membership, Person, Role
from ancam.accounts.services import Particulars, change_own_position, change_particulars
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.pages import csv_of, names_on
from ancam.audit.models import Entry
from ancam.web import clock
from ancam.web.replies import Forbidden


def entered(person: Person, **changed: str) -> dict[str, str]:
    """Return what the form sends that was opened now."""
    seen = Particulars.of(Person.objects.get(pk=person.pk))
    return {"full_name": seen.full_name, "position": seen.position, "seen": seen.mark, **changed}


def lines(code: str) -> list[Entry]:
    return list(Entry.objects.filter(action=f"accounts.{code}"))


def test_an_administrator_corrects_name_and_position(commune_administrator: Person, officer: Person) -> None:
    client, address = signed_in_as(commune_administrator), reverse("person_change", args=[officer.pk])
    opened = client.get(address)

    reply = client.post(
        address, entered(officer, full_name="Lý Thị  Ngọc Ánh", position=" Phó Chánh  Văn phòng "), follow=True
    )

    officer.refresh_from_db()
    assert "Lý Thị Ngọc Ánh" in opened.content.decode()
    assert officer.position == "Phó Chánh Văn phòng"
    assert "Phó Chánh Văn phòng" in reply.content.decode()
    (line,) = lines("change_particulars")
    assert line.change == {"before": {"position": ""}, "after": {"position": "Phó Chánh Văn phòng"}}
    assert (line.actor_name, line.object_id) == (commune_administrator.full_name, str(officer.pk))


def test_a_new_name_is_found_and_sorted_by(as_administrator: Client, officer: Person) -> None:
    as_administrator.post(reverse("person_change", args=[officer.pk]), entered(officer, full_name="Lý Thị Yến"))

    found = as_administrator.get(reverse("people"), {"words": "ly thi yen"})
    everyone = as_administrator.get(reverse("people"))

    assert names_on(found) == ["Lý Thị Yến"]
    assert names_on(everyone)[-1] == "Lý Thị Yến"
    (line,) = lines("change_particulars")
    assert line.change["before"] == {"full_name": "Lý Thị Ngọc Ánh"}


def test_nothing_is_noted_when_nothing_changes(as_administrator: Client, officer: Person) -> None:
    reply = as_administrator.post(reverse("person_change", args=[officer.pk]), entered(officer))
    own = signed_in_as(officer).post(reverse("own_position"), {"position": "", "seen": "of another day"})

    assert (reply.status_code, own.status_code) == (302, 302)
    assert lines("change_particulars") == lines("change_own_position") == []


def test_who_writes_over_what_another_wrote_meanwhile_is_shown_it_first(
    as_administrator: Client, officer: Person
) -> None:
    address = reverse("person_change", args=[officer.pk])
    late = entered(officer, position="Chuyên viên chính")
    as_administrator.post(address, entered(officer, position="Phó Chánh Văn phòng"))

    refused = as_administrator.post(address, late)
    officer.refresh_from_db()
    held = officer.position
    again = as_administrator.post(address, {**late, "seen": refused.context["form"]["seen"].value()})

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "vừa được người khác sửa" in page
    assert held == "Phó Chánh Văn phòng"
    assert held in page
    assert "Chuyên viên chính" in page
    assert again.status_code == 302
    officer.refresh_from_db()
    assert officer.position == "Chuyên viên chính"


def test_two_who_enter_the_same_are_both_served(as_administrator: Client, officer: Person) -> None:
    late = entered(officer, position="Chuyên viên chính")
    change_own_position(person=officer, position="Chuyên viên chính", seen=Particulars.of(officer).mark, at=clock.now())

    assert as_administrator.post(reverse("person_change", args=[officer.pk]), late).status_code == 302
    assert lines("change_particulars") == []


def test_a_person_says_their_position_and_not_their_name(officer: Person) -> None:
    client = signed_in_as(officer)

    client.get(reverse("own_position"))
    page = client.post(
        reverse("own_position"), entered(officer, full_name="Tên Khác", position="Chuyên viên chính"), follow=True
    )

    officer.refresh_from_db()
    assert (officer.full_name, officer.position) == ("Lý Thị Ngọc Ánh", "Chuyên viên chính")
    assert "Chuyên viên chính" in page.content.decode()
    (line,) = lines("change_own_position")
    assert line.change == {"before": {"position": ""}, "after": {"position": "Chuyên viên chính"}}


def test_ones_own_position_is_not_written_over_unseen_either(officer: Person, administrator: Person) -> None:
    client, late = signed_in_as(officer), entered(officer, position="Chuyên viên chính")
    facts = Particulars(officer.full_name, "Trưởng phòng")
    change_particulars(person=officer, facts=facts, seen=Particulars.of(officer).mark, by=administrator, at=clock.now())

    refused = client.post(reverse("own_position"), late)

    assert refused.status_code == 422
    assert "Trưởng phòng" in refused.content.decode()
    officer.refresh_from_db()
    assert officer.position == "Trưởng phòng"


def test_the_name_of_who_works_elsewhere_too_is_for_an_administrator_of_both(
    commune_administrator: Person, officer: Person, other_commune: Agency, administrator: Person
) -> None:
    Membership.objects.create(person=officer, agency=other_commune, role=Role.READER)
    client, address = signed_in_as(commune_administrator), reverse("person_change", args=[officer.pk])

    assert client.get(address).status_code == 403
    assert client.post(address, entered(officer, full_name="Tên Khác")).status_code == 403
    assert "Sửa thông tin" not in client.get(reverse("person", args=[officer.pk])).content.decode()
    assert "Sửa thông tin" in signed_in_as(administrator).get(reverse("person", args=[officer.pk])).content.decode()
    facts = Particulars("Tên Khác", "")
    with pytest.raises(Forbidden):
        change_particulars(person=officer, facts=facts, seen=facts.mark, by=commune_administrator, at=clock.now())


def test_who_may_not_correct_a_person(officer: Person, outsider: Person, administrator: Person) -> None:
    address = reverse("person_change", args=[officer.pk])

    assert signed_in_as(officer).post(address, entered(officer)).status_code == 403
    assert signed_in_as(outsider).post(address, entered(officer)).status_code == 404
    assert signed_in_as(administrator).put(address).status_code == 405
    assert signed_in_as(officer).put(reverse("own_position")).status_code == 405
    assert Client().get(reverse("own_position")).status_code == 302


@pytest.mark.parametrize("changed", [{"full_name": ""}, {"full_name": "a" * 121}, {"position": "a" * 121}])
def test_what_is_too_long_or_missing_is_refused(
    as_administrator: Client, officer: Person, changed: dict[str, str]
) -> None:
    page = as_administrator.post(reverse("person_change", args=[officer.pk]), entered(officer, **changed))

    assert page.status_code == 422
    assert set(changed) == set(page.context["form"].errors)


def test_a_position_is_entered_with_a_new_person_and_shown_wherever_people_are_listed(
    as_administrator: Client, commune: Agency
) -> None:
    facts = {"full_name": "Trần Thị Bình", "email": "binh.tran@dongson.example", "position": "Phó Chánh Văn phòng"}
    as_administrator.post(reverse("person_add"), {**facts, "agency": str(commune.pk), "role": "officer"})

    listed = as_administrator.get(reverse("people")).content.decode()
    exported = csv_of(as_administrator.get(reverse("people"), {"xuat": "csv"}))
    at_agency = as_administrator.get(reverse("agency", args=[commune.pk])).content.decode()

    assert all("Phó Chánh Văn phòng" in page for page in (listed, exported, at_agency))
    assert lines("add_person")[0].change["position"] == "Phó Chánh Văn phòng"
