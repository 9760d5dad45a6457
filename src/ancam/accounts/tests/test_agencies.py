"""The tree of agencies: seen by whom, added and corrected by whom."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from ancam.accounts.models import Agency, Membership, Person, Role, Tier
from ancam.accounts.services import AgencyFacts, add_agency, change_agency
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import NEW_AGENCY, make_agency, make_person
from ancam.accounts.tests.pages import csv_of, names_on
from ancam.audit.models import Entry
from ancam.web import clock
from ancam.web.replies import Forbidden


def test_the_list_shows_the_tree_in_its_order(as_administrator: Client, root: Agency, commune: Agency) -> None:
    police = make_agency(commune, "Công an xã An Bình", kind="cong_an_xa")
    page = as_administrator.get(reverse("agencies"))

    assert names_on(page) == [root.name, commune.name, police.name]
    assert "indent-2" in page.content.decode()


def test_words_find_an_agency_without_diacritics(
    as_administrator: Client, commune: Agency, other_commune: Agency
) -> None:
    page = as_administrator.get(reverse("agencies"), {"words": "an binh XA"})

    assert names_on(page) == [commune.name]


def test_kind_and_tier_narrow_the_list(as_administrator: Client, root: Agency, commune: Agency) -> None:
    by_tier = as_administrator.get(reverse("agencies"), {"tier": "commune"})
    by_kind = as_administrator.get(reverse("agencies"), {"kind": "ubnd_tinh"})

    assert names_on(by_tier) == [commune.name]
    assert names_on(by_kind) == [root.name]


def test_names_are_sorted_as_in_a_vietnamese_dictionary(as_administrator: Client, root: Agency) -> None:
    for name in ("Xã Đá", "Xã Dừa", "Xã Bình", "Xã Băng"):
        make_agency(root, name)

    page = as_administrator.get(reverse("agencies"), {"sort": "name", "words": "xa"})

    assert names_on(page) == ["Xã Băng", "Xã Bình", "Xã Dừa", "Xã Đá"]
    assert 'aria-sort="ascending"' in page.content.decode()


def test_a_filter_that_cannot_be_is_told_and_shows_no_row(as_administrator: Client, commune: Agency) -> None:
    page = as_administrator.get(reverse("agencies"), {"tier": "không có"})

    assert page.status_code == 422
    assert names_on(page) == []


def test_an_empty_list_says_so(as_administrator: Client) -> None:
    page = as_administrator.get(reverse("agencies"), {"words": "không có nơi nào"})

    assert "Không có cơ quan nào khớp" in page.content.decode()


def test_fifty_rows_to_a_page_and_the_nearest_page_for_a_wrong_number(as_administrator: Client, root: Agency) -> None:
    for number in range(60):
        make_agency(root, f"Xã {number}")

    first = as_administrator.get(reverse("agencies"), {"per_page": "1000"})
    beyond = as_administrator.get(reverse("agencies"), {"page": "99"})

    assert len(names_on(first)) == 50
    assert len(names_on(beyond)) == 11
    assert "Tất cả 61 dòng" in first.content.decode()


def test_the_export_holds_exactly_what_is_filtered(as_administrator: Client, commune: Agency, root: Agency) -> None:
    make_agency(root, "=HYPERLINK(1)")
    reply = as_administrator.get(reverse("agencies"), {"xuat": "csv", "tier": "commune"})

    lines = csv_of(reply).splitlines()

    assert reply["Content-Type"].startswith("text/csv")
    assert lines[0].startswith("Tên cơ quan,Loại,Cấp")
    assert lines[1].startswith("Ủy ban nhân dân xã An Bình,")
    assert lines[2].startswith("'=HYPERLINK(1),")
    assert len(lines) == 3


def test_a_person_sees_their_agency_and_below_only(
    as_officer: Client, root: Agency, commune: Agency, other_commune: Agency
) -> None:
    page = as_officer.get(reverse("agencies"))

    assert names_on(page) == [commune.name]
    assert as_officer.get(reverse("agency", args=[commune.pk])).status_code == 200
    assert as_officer.get(reverse("agency", args=[other_commune.pk])).status_code == 404
    assert as_officer.get(reverse("agency", args=[root.pk])).status_code == 404


def test_an_agencys_page_shows_its_people_children_and_history(
    as_administrator: Client, administrator: Person, root: Agency, commune: Agency
) -> None:
    page = as_administrator.get(reverse("agency", args=[root.pk])).content.decode()

    assert administrator.full_name in page
    assert commune.name in page
    assert "Lịch sử" in page


def test_an_administrator_adds_an_agency_whose_tier_follows_from_its_kind(
    as_administrator: Client, root: Agency
) -> None:
    reply = as_administrator.post(reverse("agency_add", args=[root.pk]), NEW_AGENCY)

    made = Agency.objects.get(name=NEW_AGENCY["name"])
    assert reply["Location"] == reverse("agency", args=[made.pk])
    assert made.tier == Tier.PROVINCE
    assert made.parent == root
    assert Entry.objects.last().action == "accounts.add_agency"


def test_a_name_that_the_parent_already_has_is_told_beside_the_name(as_administrator: Client, root: Agency) -> None:
    as_administrator.post(reverse("agency_add", args=[root.pk]), NEW_AGENCY)

    page = as_administrator.post(
        reverse("agency_add", args=[root.pk]), {**NEW_AGENCY, "name": "Sở  Y tế tỉnh Đông Sơn"}
    )

    assert page.status_code == 422
    assert "Đã có “Sở Y tế tỉnh Đông Sơn”" in page.context["form"].errors["name"][0]


@pytest.mark.parametrize("field", ["name", "kind", "place"])
def test_an_agency_needs_its_name_kind_and_place(as_administrator: Client, root: Agency, field: str) -> None:
    page = as_administrator.post(reverse("agency_add", args=[root.pk]), {**NEW_AGENCY, field: " "})

    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert Agency.objects.count() == 1


def test_an_agency_is_corrected_and_both_states_are_in_the_ledger(as_administrator: Client, commune: Agency) -> None:
    entered = {
        "name": "Ủy ban nhân dân xã An Bình Đông",
        "kind": "ubnd_xa",
        "place": "xã An Bình Đông",
        "symbol": "UBND",
    }

    reply = as_administrator.post(reverse("agency_change", args=[commune.pk]), entered)

    assert reply.status_code == 302
    commune.refresh_from_db()
    assert commune.place == "xã An Bình Đông"
    assert Entry.objects.last().change["before"]["name"] == "Ủy ban nhân dân xã An Bình"


@pytest.mark.parametrize("page", ["agency_add", "agency_change"])
def test_who_may_not_change_an_agency(
    page: str, commune: Agency, officer: Person, outsider: Person, commune_administrator: Person
) -> None:
    address = reverse(page, args=[commune.pk])

    assert signed_in_as(officer).get(address).status_code == 403
    assert signed_in_as(officer).post(address, NEW_AGENCY).status_code == 403
    assert signed_in_as(outsider).post(address, NEW_AGENCY).status_code == 404
    assert signed_in_as(commune_administrator).get(address).status_code == 200
    assert signed_in_as(commune_administrator).put(address).status_code == 405
    assert Client().get(address)["Location"].startswith(reverse("account_login"))


def test_lists_and_pages_are_read_only(as_administrator: Client, root: Agency) -> None:
    assert as_administrator.post(reverse("agencies")).status_code == 405
    assert as_administrator.post(reverse("agency", args=[root.pk])).status_code == 405


def test_a_number_beyond_every_agency_is_not_found(as_administrator: Client) -> None:
    assert as_administrator.get(f"/co-quan/{10**30}/").status_code == 404


@pytest.mark.parametrize("changed", [{"kind": "vp_ubnd_tinh"}, {"tier": Tier.PROVINCE}])
def test_the_kind_and_tier_of_an_agency_are_not_changed_by_its_own_administrator(
    commune: Agency, commune_administrator: Person, changed: dict[str, str]
) -> None:
    now = {name: getattr(commune, name) for name in ("name", "kind", "tier", "place", "symbol")}

    with pytest.raises(Forbidden) as refused:
        change_agency(agency=commune, facts=AgencyFacts(**now | changed), by=commune_administrator, at=clock.now())

    assert str(refused.value).startswith("Chưa đổi loại cơ quan được (việc này dành cho quản trị của cơ quan cấp trên)")
    commune.refresh_from_db()
    assert (commune.kind, commune.tier) == ("ubnd_xa", "commune")


def test_the_form_locks_the_kind_where_it_may_not_change_and_the_rest_is_saved(
    commune: Agency, commune_administrator: Person
) -> None:
    client = signed_in_as(commune_administrator)
    address = reverse("agency_change", args=[commune.pk])

    shown = client.get(address)
    reply = client.post(address, {"name": "Ủy ban nhân dân xã An Hòa", "kind": "vp_ubnd_tinh", "place": "xã An Hòa"})

    assert shown.context["form"].fields["kind"].disabled
    assert "do quản trị của cơ quan cấp trên sửa" in shown.content.decode()
    assert reply.status_code == 302
    commune.refresh_from_db()
    assert (commune.place, commune.kind) == ("xã An Hòa", "ubnd_xa")


def test_the_kind_is_changed_from_above_and_at_the_root_by_its_own_administrator(
    as_administrator: Client, root: Agency, commune: Agency
) -> None:
    for agency, kind in ((commune, "so_yte"), (root, "bo_khcn")):
        entered = {"name": agency.name, "kind": kind, "place": agency.place, "symbol": agency.symbol}
        as_administrator.post(reverse("agency_change", args=[agency.pk]), entered)
        agency.refresh_from_db()

    assert (commune.kind, root.kind) == ("so_yte", "bo_khcn")
    assert Entry.objects.last().agency_name == root.name


def test_an_office_that_acts_for_its_parent_is_added_by_the_parents_administrator_alone(
    commune: Agency, root: Agency, commune_administrator: Person
) -> None:
    facts = AgencyFacts("Văn phòng", "vp_hdnd_ubnd_xa", Tier.COMMUNE, "xã An Bình")

    made = add_agency(parent=commune, facts=facts, by=commune_administrator, at=clock.now())

    assert made.parent == commune
    with pytest.raises(Forbidden):
        add_agency(parent=root, facts=facts, by=commune_administrator, at=clock.now())


def test_a_name_that_differs_in_letter_case_and_spaces_alone_is_taken(as_administrator: Client, root: Agency) -> None:
    make_agency(root, "Công an tỉnh Bình Trà")
    other = make_agency(root, "Sở Y tế")
    entered = {**NEW_AGENCY, "name": "công an tỉnh  bình trà "}

    added = as_administrator.post(reverse("agency_add", args=[root.pk]), entered)
    changed = as_administrator.post(reverse("agency_change", args=[other.pk]), entered)

    assert "name" in added.context["form"].errors
    assert "name" in changed.context["form"].errors


def test_two_communes_whose_names_differ_in_a_tone_stand_beside_each_other(
    as_administrator: Client, root: Agency
) -> None:
    make_agency(root, "Ủy ban nhân dân xã Tân Thành")

    reply = as_administrator.post(
        reverse("agency_add", args=[root.pk]), {**NEW_AGENCY, "name": "Ủy ban nhân dân xã Tân Thạnh"}
    )

    assert reply.status_code == 302


def test_an_agency_keeps_its_own_name_in_another_letter_case(as_administrator: Client, commune: Agency) -> None:
    entered = {**NEW_AGENCY, "name": commune.name.upper(), "kind": "ubnd_xa"}

    assert as_administrator.post(reverse("agency_change", args=[commune.pk]), entered).status_code == 302


@pytest.mark.parametrize(("field", "length"), [("name", 200), ("place", 120), ("symbol", 30)])
def test_what_grows_beyond_its_column_when_it_is_kept_is_told_beside_the_field(
    as_administrator: Client, root: Agency, field: str, length: int
) -> None:
    page = as_administrator.post(reverse("agency_add", args=[root.pk]), {**NEW_AGENCY, field: "\ufb2c" * length})

    assert page.status_code == 422
    assert field in page.context["form"].errors


def test_what_only_spaces_make_too_long_is_kept(as_administrator: Client, root: Agency) -> None:
    reply = as_administrator.post(
        reverse("agency_add", args=[root.pk]), {**NEW_AGENCY, "name": "Sở" + " " * 200 + "Y tế"}
    )

    assert reply.status_code == 302
    assert Agency.objects.filter(name="Sở Y tế").exists()


def test_a_subtree_holds_what_begins_with_its_path_and_nothing_beside_it(root: Agency) -> None:
    steps = ("0001", "0009", "000A", "000Z", "0010", "00ZZ", "0ZZZ", "ZZZZ")
    below = [root.path + step for step in steps]
    paths = [*below, *(path + step for path in below for step in ("0001", "ZZZZ"))]
    agency = {"name": "Cơ quan", "kind": "ubnd_xa", "tier": Tier.COMMUNE, "place": "An Bình"}
    Agency.objects.bulk_create(Agency(path=path, depth=len(path) // 4, **agency) for path in paths)

    for asked in Agency.objects.all():
        found = Agency.objects.filter(asked.subtree()).values_list("path", flat=True)
        assert list(found) == sorted(path for path in (root.path, *paths) if path.startswith(asked.path))


def test_what_an_agency_keeps_is_found_as_it_is_told_of_one(root: Agency) -> None:
    day = date(2026, 11, 20)
    ended, ending, standing = (make_agency(root, name) for name in ("Xã Một", "Xã Hai", "Xã Ba"))
    below = make_agency(standing, "Phòng Bốn")
    for agency, on in ((ended, date(2026, 11, 19)), (ending, day), (below, date(2026, 11, 19))):
        agency.ends_on = on
        agency.save()
    for agency in (root, ended, ending, standing, below):
        make_person(Role.READER, agency)

    found = Membership.objects.filter(root.with_kept("agency", day)).values_list("agency", flat=True)

    assert set(found) == {root.pk, ended.pk}
    assert [one for one in (ended, ending, standing, below) if one.is_kept_by(root, day)] == [ended]
