"""Agencies begin, end and move: what is kept, what is refused, what is offered no more."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ancam.accounts.errors import AgencyEnded, TreeTooDeep
from ancam.accounts.models import Agency, Person, Role
from ancam.accounts.services import PersonFacts, add_person, add_role, move_agency
from ancam.accounts.services.agencies import DEEPEST
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import NEW_AGENCY, make_agency, make_person
from ancam.accounts.tests.pages import names_on
from ancam.audit.models import Entry
from ancam.web import clock
from ancam.web.replies import Forbidden

YESTERDAY, TOMORROW = (clock.today() + timedelta(days=days) for days in (-1, 1))


def end(agency: Agency, on: date = YESTERDAY) -> Agency:
    agency.ends_on = on
    agency.save()
    return agency


def entered(agency: Agency, **changed: str) -> dict[str, str]:
    return {name: getattr(agency, name) for name in ("name", "kind", "place", "symbol")} | changed


def test_the_period_and_the_identifier_are_kept_shown_and_in_the_ledger(
    as_administrator: Client, commune: Agency
) -> None:
    days = {"begins_on": "1/7/2025", "ends_on": "31/12/2035", "code": "h28.12"}

    as_administrator.post(reverse("agency_change", args=[commune.pk]), entered(commune, **days))

    page = as_administrator.get(reverse("agency", args=[commune.pk])).content.decode()
    line = Entry.objects.last()
    assert "H28.12" in page
    assert "đến hết ngày 31/12/2035" in page
    assert line.change["after"]["begins_on"] == "2025-07-01"


def test_an_agency_that_would_end_before_it_begins_is_refused_beside_the_day(
    as_administrator: Client, root: Agency
) -> None:
    page = as_administrator.post(
        reverse("agency_add", args=[root.pk]), {**NEW_AGENCY, "begins_on": "1/7/2025", "ends_on": "30/6/2025"}
    )

    assert page.status_code == 422
    assert "không thể kết thúc trước khi bắt đầu" in page.context["form"].errors["ends_on"][0]
    assert Agency.objects.count() == 1


def test_an_identifier_belongs_to_one_agency(as_administrator: Client, root: Agency, commune: Agency) -> None:
    as_administrator.post(reverse("agency_add", args=[root.pk]), {**NEW_AGENCY, "code": "H28.12"})

    page = as_administrator.post(reverse("agency_change", args=[commune.pk]), entered(commune, code="H28.12"))

    assert page.status_code == 422
    assert "đã thuộc cơ quan khác" in page.context["form"].errors["code"][0]


@pytest.mark.parametrize("code", ["H28..12", "H 28", "<b>", ".H28"])
def test_an_identifier_of_another_form_is_refused(as_administrator: Client, root: Agency, code: str) -> None:
    page = as_administrator.post(reverse("agency_add", args=[root.pk]), {**NEW_AGENCY, "code": code})

    assert "code" in page.context["form"].errors


def test_the_root_does_not_end(as_administrator: Client, root: Agency) -> None:
    page = as_administrator.post(reverse("agency_change", args=[root.pk]), entered(root, ends_on="31/12/2035"))

    assert "cơ quan gốc" in page.context["form"].errors["ends_on"][0]


@pytest.mark.parametrize(("state", "shown"), [("standing", 1), ("ended", 1), ("coming", 1), ("", 3)])
def test_the_list_is_narrowed_to_what_stands_has_ended_or_is_to_come(
    as_administrator: Client, commune: Agency, other_commune: Agency, state: str, shown: int
) -> None:
    end(commune)
    other_commune.begins_on = TOMORROW
    other_commune.save()

    page = as_administrator.get(reverse("agencies"), {"state": state})

    assert len(names_on(page)) == shown
    if state != "standing":
        assert ("Đã kết thúc ngày" if state == "ended" else "Hoạt động từ ngày") in page.content.decode()


def test_an_agency_of_an_ended_kind_can_be_written_down(as_administrator: Client, root: Agency) -> None:
    district = {**NEW_AGENCY, "name": "Ủy ban nhân dân huyện Sông Trà", "kind": "ubnd_huyen", "ends_on": "30/6/2025"}

    reply = as_administrator.post(reverse("agency_add", args=[root.pk]), district)

    assert reply.status_code == 302
    assert Agency.objects.get(kind="ubnd_huyen").tier == "district"
    assert names_on(as_administrator.get(reverse("agencies"), {"kind": "ubnd_huyen"})) == [district["name"]]


def test_the_name_of_an_agency_that_ended_is_free_for_the_one_that_follows(
    as_administrator: Client, root: Agency, commune: Agency
) -> None:
    end(commune, date(2025, 6, 30))
    again = entered(commune, begins_on="1/7/2025")

    after = as_administrator.post(reverse("agency_add", args=[root.pk]), again)
    meanwhile = as_administrator.post(reverse("agency_add", args=[root.pk]), entered(commune, begins_on="1/6/2025"))
    before = as_administrator.post(reverse("agency_add", args=[root.pk]), entered(commune, ends_on="1/6/2020"))

    assert after.status_code == 302
    assert meanwhile.status_code == 422
    assert before.status_code == 422  # nobody knows when the ended one began


def test_an_ended_agency_takes_no_people_and_is_not_offered(
    as_administrator: Client, administrator: Person, commune: Agency, officer: Person
) -> None:
    end(commune)

    with pytest.raises(AgencyEnded) as refused:
        add_role(person=officer, agency=commune, role=Role.LEADER, by=administrator, at=clock.now())
    with pytest.raises(AgencyEnded):
        add_person(
            facts=PersonFacts("Lê Mới", "moi@dongson.example"),
            agency=commune,
            role=Role.OFFICER,
            by=administrator,
            at=clock.now(),
        )

    assert "Đề nghị chọn cơ quan kế thừa" in str(refused.value)
    form = as_administrator.get(reverse("person_add")).context["form"]
    assert commune not in form.fields["agency"].queryset
    assert "Thêm người dùng" not in as_administrator.get(reverse("agency", args=[commune.pk])).content.decode()


def test_an_agency_moves_with_what_is_under_it_and_is_seen_from_its_new_place(
    as_administrator: Client, commune: Agency, other_commune: Agency, officer: Person, outsider: Person
) -> None:
    police = make_agency(commune, "Công an xã An Bình", kind="cong_an_xa")

    reply = as_administrator.post(reverse("agency_move", args=[police.pk]), {"parent": other_commune.pk})

    assert reply["Location"] == reverse("agency", args=[police.pk])
    assert signed_in_as(outsider).get(reverse("agency", args=[police.pk])).status_code == 200
    assert signed_in_as(officer).get(reverse("agency", args=[police.pk])).status_code == 404
    assert Entry.objects.last().change == {
        "before": {"parent": commune.name},
        "after": {"parent": other_commune.name},
    }


def test_moving_to_where_it_is_changes_nothing(administrator: Person, root: Agency, commune: Agency) -> None:
    lines = Entry.objects.count()

    move_agency(agency=commune, parent=root, by=administrator, at=clock.now())

    assert Entry.objects.count() == lines


def test_a_cycle_is_refused_with_its_reason(as_administrator: Client, commune: Agency) -> None:
    police = make_agency(commune, "Công an xã An Bình", kind="cong_an_xa")

    for parent in (commune, police):
        page = as_administrator.post(reverse("agency_move", args=[commune.pk]), {"parent": parent.pk})

        assert page.status_code == 422
        assert "không thể trực thuộc chính mình" in page.context["form"].errors["parent"][0]
    assert Agency.objects.get(pk=police.pk).parent == commune


def test_what_else_a_move_refuses(
    as_administrator: Client, administrator: Person, root: Agency, commune: Agency, other_commune: Agency
) -> None:
    police = make_agency(commune, "Công an xã", kind="cong_an_xa")
    make_agency(other_commune, "Công an xã", kind="cong_an_xa")

    same_name = as_administrator.post(reverse("agency_move", args=[police.pk]), {"parent": other_commune.pk})
    of_the_root = as_administrator.post(reverse("agency_move", args=[root.pk]), {"parent": commune.pk})
    nothing = as_administrator.post(reverse("agency_move", args=[police.pk]), {"parent": "x"})
    end(other_commune)
    with pytest.raises(AgencyEnded):
        move_agency(agency=police, parent=other_commune, by=administrator, at=clock.now())

    assert "Đã có “Công an xã”" in same_name.context["form"].errors["parent"][0]
    assert "cơ quan gốc" in of_the_root.context["form"].errors["parent"][0]
    assert nothing.status_code == 422


def test_a_tree_of_too_many_tiers_is_refused(administrator: Person, root: Agency, commune: Agency) -> None:
    deepest = root
    for number in range(DEEPEST - 1):
        deepest = make_agency(deepest, f"Bậc {number}")

    with pytest.raises(TreeTooDeep):
        move_agency(agency=commune, parent=deepest, by=administrator, at=clock.now())


def test_no_agency_is_added_below_the_last_tier(as_administrator: Client, root: Agency) -> None:
    deepest = root
    for number in range(DEEPEST - 1):
        deepest = make_agency(deepest, f"Bậc {number}")

    page = as_administrator.post(reverse("agency_add", args=[deepest.pk]), NEW_AGENCY)

    assert page.status_code == 422
    assert f"quá {DEEPEST} bậc" in page.context["form"].errors["name"][0]
    assert Agency.objects.get(pk=deepest.pk).is_leaf()


def test_an_ended_agency_takes_only_units_that_ended_with_it(as_administrator: Client, commune: Agency) -> None:
    end(commune)
    address = reverse("agency_add", args=[commune.pk])

    standing = as_administrator.post(address, NEW_AGENCY)
    longer = as_administrator.post(address, {**NEW_AGENCY, "ends_on": f"{clock.today():%d/%m/%Y}"})
    with_it = as_administrator.post(address, {**NEW_AGENCY, "ends_on": f"{YESTERDAY:%d/%m/%Y}"})

    assert "không nhận thêm người, đơn vị" in standing.context["form"].errors["name"][0]
    assert longer.status_code == 422
    assert with_it.status_code == 302


def test_who_may_not_move_an_agency(
    commune: Agency, other_commune: Agency, officer: Person, outsider: Person, commune_administrator: Person
) -> None:
    address = reverse("agency_move", args=[commune.pk])
    below = make_agency(commune, "Phòng Văn hóa - Xã hội", kind="phong_vhxh_xa")

    assert signed_in_as(officer).get(address).status_code == 403
    assert signed_in_as(outsider).post(address, {"parent": other_commune.pk}).status_code == 404
    assert signed_in_as(commune_administrator).get(address).status_code == 403
    assert signed_in_as(commune_administrator).put(address).status_code == 405
    with pytest.raises(Forbidden):
        move_agency(agency=below, parent=other_commune, by=commune_administrator, at=clock.now())


def test_an_administrator_of_two_agencies_moves_from_one_to_the_other(commune: Agency, other_commune: Agency) -> None:
    both = make_person(Role.ADMINISTRATOR, commune)
    both.memberships.create(agency=other_commune, role=Role.ADMINISTRATOR)
    below = make_agency(commune, "Phòng Văn hóa - Xã hội", kind="phong_vhxh_xa")

    moved = move_agency(agency=below, parent=other_commune, by=both, at=clock.now())

    assert moved.parent == other_commune
