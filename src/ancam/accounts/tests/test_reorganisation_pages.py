"""The guided pages of a reorganisation, asked by those who lead it and by those who may not."""

from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from ancam.accounts.models import Agency, Person, Reorganisation, Role, Tier
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.accounts.tests.pages import csv_of
from ancam.accounts.tests.plans import Plan, make_department, make_plan
from ancam.audit.models import Entry
from ancam.web import clock

FACTS = {"title": "Sắp xếp các sở", "effective_on": "1/3/2025", "decision_number": "15/NQ-HĐND"}


def address(name: str, plan: Plan, *more: int) -> str:
    return reverse(name, args=[plan.reorganisation.pk, *more])


def words_on(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def test_a_reorganisation_goes_from_its_name_to_what_was_applied_page_by_page(
    as_administrator: Client, root: Agency
) -> None:
    old = make_department(root, "Sở Thông tin và Truyền thông", "so_tttt")
    police = make_department(root, "Công an tỉnh", "cong_an_tinh")
    officer = make_person(Role.OFFICER, old)

    begun = as_administrator.post(reverse("reorganisation_add"), FACTS)
    made = Reorganisation.objects.get()
    as_administrator.post(reverse("predecessor_add", args=[made.pk]), {"from-agency": old.pk})
    as_administrator.post(reverse("successor_add", args=[made.pk]), {"to-agency": police.pk})
    settle = reverse("predecessor_settle", args=[made.pk, old.pk])
    suggested = as_administrator.get(settle).context["form"].initial
    role = officer.memberships.get().pk
    as_administrator.post(
        settle, {"ends": "on", "keeper": police.pk, "whole": police.pk, f"role_{role}": str(police.pk)}
    )
    seen = words_on(as_administrator, reverse("reorganisation_schedule", args=[made.pk]))
    done = as_administrator.post(reverse("reorganisation_schedule", args=[made.pk]))

    assert begun["Location"] == reverse("reorganisation", args=[made.pk])
    assert suggested["function_an_ninh_mang"] == str(police.pk)
    assert suggested["whole"] == str(police.pk)
    assert "Thực hiện ngay" in seen
    assert "không hủy được" in seen
    assert done["Location"] == reverse("reorganisation", args=[made.pk])
    made.refresh_from_db()
    assert made.state == "done"
    assert officer.memberships.get().agency == police
    told = words_on(as_administrator, reverse("agency", args=[police.pk]))
    assert "nhận từ" in told
    assert "15/NQ-HĐND" in told
    assert "chuyển về" in words_on(as_administrator, reverse("agency", args=[old.pk]))


def test_what_is_missing_is_told_before_anything_is_applied(as_administrator: Client, plan: Plan) -> None:
    page = words_on(as_administrator, address("reorganisation", plan))
    preview = as_administrator.get(address("reorganisation_schedule", plan))
    refused = as_administrator.post(address("reorganisation_schedule", plan))

    assert "Sở Thông tin và Truyền thông chưa có cơ quan giữ hồ sơ." in page
    assert "Thực hiện ngay" not in preview.content.decode()
    assert refused.status_code == 422
    assert "còn thiếu 4 điểm" in refused.content.decode()


def test_what_was_settled_comes_back_into_the_form_and_is_shown(as_administrator: Client, plan: Plan) -> None:
    centre = make_agency(plan.old, "Trung tâm Báo chí", tier=Tier.INTERNAL, kind="tt_thuoc_so")
    ends = make_person(Role.OFFICER, plan.old, name="Bùi Thôi Việc").memberships.get()
    entered = {
        "ends": "on",
        "keeper": plan.science.pk,
        "areas": [plan.police.pk, plan.science.pk],
        "function_bao_chi": plan.police.pk,
        f"unit_{centre.pk}": plan.police.pk,
        f"role_{ends.pk}": "end",
    }

    as_administrator.post(address("predecessor_settle", plan, plan.old.pk), entered)

    form = as_administrator.get(address("predecessor_settle", plan, plan.old.pk)).context["form"]
    assert form.initial["function_bao_chi"] == str(plan.police.pk)
    assert form.initial["areas"] == [str(plan.police.pk), str(plan.science.pk)]
    assert form.initial[f"unit_{centre.pk}"] == str(plan.police.pk)
    assert form.initial[f"role_{ends.pk}"] == "end"
    page = words_on(as_administrator, address("reorganisation", plan))
    assert "Báo chí, xuất bản, thông tin cơ sở → Công an tỉnh" in page
    assert "Bùi Thôi Việc, Chuyên viên → thôi vai trò này" in page


def test_a_district_is_suggested_to_be_divided_among_its_communes(
    as_administrator: Client, plan: Plan, commune: Agency, other_commune: Agency, root: Agency
) -> None:
    district = make_agency(root, "Ủy ban nhân dân huyện Sông Trà", tier=Tier.DISTRICT, kind="ubnd_huyen")
    as_administrator.post(address("predecessor_add", plan), {"from-agency": district.pk})
    for one in (commune, other_commune):
        as_administrator.post(address("successor_add", plan), {"to-agency": one.pk})

    form = as_administrator.get(address("predecessor_settle", plan, district.pk)).context["form"]

    assert form.initial["areas"] == [str(commune.pk), str(other_commune.pk)]


def test_a_new_agency_is_added_on_the_way_and_taken_out_again(as_administrator: Client, plan: Plan) -> None:
    entered = {
        "name": "Sở Dữ liệu",
        "kind": "so_khcn",
        "place": "Đông Sơn",
        "symbol": "SDL",
        "parent": plan.reorganisation.owner_id,
    }

    added = as_administrator.post(address("successor_new", plan), entered)
    new = Agency.objects.get(name="Sở Dữ liệu")
    again = as_administrator.post(address("successor_new", plan), entered)
    as_administrator.post(address("successor_remove", plan, new.pk))

    assert added.status_code == 302
    assert new.begins_on == date(2025, 3, 1)
    assert again.status_code == 422
    assert "Đã có “Sở Dữ liệu”" in again.context["form"].errors["name"][0]
    assert not Agency.objects.filter(pk=new.pk).exists()


def test_one_to_come_is_scheduled_taken_back_and_given_up(
    as_administrator: Client, root: Agency, administrator: Person
) -> None:
    plan = make_plan(root, administrator, effective_on=clock.today() + timedelta(days=10))
    plan.settle()

    as_administrator.post(address("reorganisation_schedule", plan))
    page = words_on(as_administrator, address("reorganisation", plan))
    told = words_on(as_administrator, reverse("agency", args=[plan.police.pk]))
    as_administrator.post(address("reorganisation_reopen", plan))
    as_administrator.post(address("reorganisation_undo", plan))

    assert "Chờ đến ngày" in page
    assert "chờ đến ngày" in told
    plan.reorganisation.refresh_from_db()
    assert plan.reorganisation.state == "undone"
    assert "chuyển về" not in words_on(as_administrator, reverse("agency", args=[plan.old.pk]))


def test_bad_input_is_told_beside_the_field_and_changes_nothing(as_administrator: Client, plan: Plan) -> None:
    lines = Entry.objects.count()

    pages = [
        as_administrator.post(reverse("reorganisation_add"), {**FACTS, "effective_on": "31/2/2025"}),
        as_administrator.post(reverse("reorganisation_add"), {**FACTS, "effective_on": "1/1/1900"}),
        as_administrator.post(reverse("reorganisation_add"), {}),
        as_administrator.post(address("reorganisation_change", plan), {**FACTS, "effective_on": "1/1/1900"}),
        as_administrator.post(address("predecessor_add", plan), {"from-agency": plan.reorganisation.owner_id}),
        as_administrator.post(address("successor_add", plan), {"to-agency": plan.old.pk}),
        as_administrator.post(address("successor_new", plan), {}),
        as_administrator.post(address("predecessor_settle", plan, plan.old.pk), {"keeper": "999999"}),
    ]

    assert [page.status_code for page in pages] == [422] * len(pages)
    assert Entry.objects.count() == lines
    assert as_administrator.get(address("predecessor_settle", plan, plan.police.pk)).status_code == 404
    assert as_administrator.post(address("predecessor_remove", plan, plan.police.pk)).status_code == 404


def test_a_party_that_no_longer_fits_is_refused_beside_the_choice(as_administrator: Client, plan: Plan) -> None:
    plan.settle()
    plan.schedule()
    other = make_department(plan.reorganisation.owner, "Sở Y tế", "so_yte")

    page = as_administrator.post(address("predecessor_add", plan), {"from-agency": other.pk})
    changed = as_administrator.post(address("reorganisation_change", plan), FACTS)
    undone = as_administrator.post(address("reorganisation_undo", plan))

    assert [one.status_code for one in (page, changed, undone)] == [422] * 3
    assert "chỉ bản đang soạn sửa được" in page.content.decode()


def test_who_sees_and_who_leads(
    as_administrator: Client, plan: Plan, root: Agency, officer: Person, outsider: Person
) -> None:
    reader = signed_in_as(make_person(Role.READER, root))
    page = address("reorganisation", plan)

    assert reader.get(page).status_code == 200
    assert "Xem trước và thực hiện" not in words_on(reader, page)
    assert reader.get(address("reorganisation_schedule", plan)).status_code == 403
    assert reader.get(reverse("reorganisation_add")).status_code == 403
    assert "Lập việc tổ chức lại" not in words_on(reader, reverse("reorganisations"))
    for person in (officer, outsider):
        assert signed_in_as(person).get(page).status_code == 404
        assert signed_in_as(person).post(address("reorganisation_undo", plan)).status_code == 404
    assert as_administrator.put(page).status_code == 405
    assert as_administrator.get(address("reorganisation_undo", plan)).status_code == 405
    assert Client().get(page)["Location"].startswith(reverse("account_login"))


def test_the_list_is_narrowed_and_exported(as_administrator: Client, plan: Plan) -> None:
    found = words_on(as_administrator, reverse("reorganisations") + "?words=sap+xep&state=draft")
    none = words_on(as_administrator, reverse("reorganisations") + "?state=done")
    rows = csv_of(as_administrator.get(reverse("reorganisations"), {"xuat": "csv"}))

    assert "Sắp xếp các sở" in found
    assert "Chưa có việc tổ chức lại nào" in none
    assert rows.splitlines()[1].startswith("Sắp xếp các sở,15/NQ-HĐND,01/03/2025")


def test_who_administers_several_agencies_says_which_leads(
    root: Agency, commune: Agency, administrator: Person
) -> None:
    make_agency(commune, "Phòng Văn hóa - Xã hội", kind="phong_vhxh_xa")
    administrator.memberships.create(agency=commune, role=Role.ADMINISTRATOR)
    client = signed_in_as(administrator)

    offered = client.get(reverse("reorganisation_add")).context["form"]
    client.post(reverse("reorganisation_add"), {**FACTS, "owner": commune.pk})

    assert set(offered.fields["owner"].queryset) == {root, commune}
    assert Reorganisation.objects.get().owner == commune


def test_an_agency_of_very_many_people_moves_as_one(as_administrator: Client, plan: Plan, monkeypatch) -> None:
    monkeypatch.setattr("ancam.accounts.reorganisation_forms.MOST_CHOICES", 1)
    for _ in range(2):
        make_person(Role.OFFICER, plan.old)

    page = words_on(as_administrator, address("predecessor_settle", plan, plan.old.pk))

    assert "quá nhiều đơn vị và người" in page
