"""Names of places: looked up, given local names, and used to find agencies by what went into their commune."""

import pytest
from django.test import Client
from django.urls import reverse

from ancam.accounts import selectors
from ancam.accounts.errors import AliasNotNeeded, AliasTaken
from ancam.accounts.models import Agency, Person, PlaceAlias, Role, Tier
from ancam.accounts.services import add_place_alias, remove_place_alias
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.accounts.tests.pages import names_on
from ancam.audit.models import Entry
from ancam.web import clock
from ancam.web.replies import Forbidden

VINH_LINH = "19363"


def place(code: str = VINH_LINH):  # type: ignore[no-untyped-def]
    return selectors.gazetteer().present(code)


def looked_up(client: Client, text: str) -> str:
    page = client.get(reverse("places"), {"ten": text})
    assert page.status_code == 200
    return page.content.decode()


@pytest.fixture
def committee(root: Agency) -> Agency:
    return make_agency(root, "Ủy ban nhân dân xã Vĩnh Linh")


@pytest.fixture
def alias(officer: Person, commune: Agency) -> PlaceAlias:
    return add_place_alias(agency=commune, name="Thị trấn cũ", place=place(), by=officer, at=clock.now())


def test_the_empty_page_lists_the_34_provinces_and_what_they_came_from(as_officer: Client) -> None:
    page = as_officer.get(reverse("places")).content.decode()

    assert page.count('role="rowheader"') == 34
    assert "Ninh Thuận" in page


def test_an_old_name_gives_the_place_of_today_with_its_source_in_words(as_officer: Client) -> None:
    page = looked_up(as_officer, "TT Hồ Xá")

    assert "Nay thuộc" in page
    assert "Xã Vĩnh Linh, tỉnh Quảng Trị" in page
    assert "chưa đối chiếu đầy đủ" in page
    assert "01/07/2025" in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("huyện Vĩnh Linh", "Cấp huyện kết thúc"),
        ("xã Hòa Liên, huyện Hòa Vang", "bị chia"),
        ("xã Tân Thạnh, huyện Thới Lai", "chỉ là khả năng"),
        ("xã Tân Thành", "Nhiều nơi cùng tên"),
        ("Đồng Văn", "Đơn vị cũ mang tên này"),
        ("phố Không Có", "Chưa tìm thấy"),
        ("x" * 500, "quá dài"),
        ("12 Lê Lợi, phường Bến Thành", "đã bỏ qua"),
        ("xã Vỉnh Thủy, Quảng Trị", "cách viết không dấu"),
        (",", "Chưa có chữ nào"),
        ("thành phố Hà Nội", "Địa danh hiện nay"),
    ],
)
def test_every_answer_says_why(as_officer: Client, text: str, words: str) -> None:
    assert words in looked_up(as_officer, text)


def test_the_page_shows_the_agencies_there_that_the_person_may_see_and_no_others(
    as_administrator: Client, as_outsider: Client, committee: Agency
) -> None:
    assert committee.name in looked_up(as_administrator, "thị trấn Hồ Xá")
    assert committee.name not in looked_up(as_outsider, "thị trấn Hồ Xá")


def test_an_agency_of_another_place_with_a_longer_name_is_not_shown(as_administrator: Client, root: Agency) -> None:
    make_agency(root, "Ủy ban nhân dân xã Vĩnh Linh Đông")

    assert "Vĩnh Linh Đông" not in looked_up(as_administrator, "thị trấn Hồ Xá")


def test_the_words_of_the_list_find_the_committee_by_an_old_name_and_say_why(
    as_administrator: Client, committee: Agency
) -> None:
    page = as_administrator.get(reverse("agencies"), {"words": "TT ho xa"})

    assert names_on(page) == [committee.name]
    assert "Nay thuộc: Xã Vĩnh Linh, tỉnh Quảng Trị" in page.content.decode()


def test_a_commune_that_kept_its_name_is_no_old_name(as_administrator: Client, commune: Agency) -> None:
    page = as_administrator.get(reverse("agencies"), {"words": "xã An Bình"})

    assert commune.name in names_on(page)


def test_old_names_of_other_provinces_are_left_out_when_the_instance_has_a_province_of_its_own(
    as_administrator: Client, root: Agency, committee: Agency
) -> None:
    root.place = "tỉnh Lâm Đồng"
    root.save()

    page = as_administrator.get(reverse("agencies"), {"words": "thị trấn Hồ Xá"})

    assert names_on(page) == []


def test_a_name_in_more_places_than_can_be_asked_for_adds_none() -> None:
    provinces = tuple(selectors.gazetteer().communes_in(selectors.gazetteer().provinces[0]))

    assert len(provinces) > selectors.MOST_PLACES
    assert "search_key" not in str(selectors.at_places(provinces))


def test_an_officer_writes_down_a_local_name_for_their_agency_and_what_is_under_it(
    as_officer: Client, as_outsider: Client, as_administrator: Client, commune: Agency
) -> None:
    entered = {"name": "Thị  trấn cũ", "place": "xã Vĩnh Linh, tỉnh Quảng Trị", "agency": commune.pk}
    below = make_agency(commune, "Trạm Y tế An Bình", tier=Tier.INTERNAL, kind="tt_thuoc_so")
    answer = as_officer.post(reverse("place_aliases"), entered)

    assert answer.status_code == 302
    assert "Xã Vĩnh Linh, tỉnh Quảng Trị" in looked_up(as_officer, "thi tran cu")
    assert "Xã Vĩnh Linh" in looked_up(signed_in_as(make_person(Role.READER, below)), "thi tran cu")
    for elsewhere in (as_outsider, as_administrator):
        assert "Chưa tìm thấy" in looked_up(elsewhere, "thi tran cu")
    assert "Thị trấn cũ" not in as_outsider.get(reverse("place_aliases")).content.decode()
    assert "Thị trấn cũ" in as_administrator.get(reverse("place_aliases")).content.decode()
    assert Entry.objects.latest("number").action == "accounts.add_place_alias"


@pytest.mark.parametrize(
    ("name", "wanted", "words"),
    [
        ("", "xã Vĩnh Linh", "id_name"),
        ("--", "xã Vĩnh Linh", "ít nhất hai chữ"),
        ("Chợ cũ", "nơi không có", "Chưa tìm thấy địa danh"),
        ("Chợ cũ", "huyện Vĩnh Linh", "có thể là 5 nơi"),
        ("xã Vĩnh Linh", "xã Cửa Tùng", "đã có trong danh mục"),
        ("tỉnh Long An", "tỉnh Cà Mau", "đã có trong danh mục"),
        ("tinh LONG an", "tỉnh Cà Mau", "Tây Ninh"),
        ("huyện Vĩnh Linh", "xã Cửa Tùng", "cũ hay mới"),
        ("xã Tân Thành", "xã Cửa Tùng", "đã có trong danh mục"),
        ("thi tran CU", "xã Cửa Tùng", "đã được ghi cho Xã Vĩnh Linh"),
        ("x" * 121, "xã Vĩnh Linh", "120"),
    ],
)
def test_a_name_that_cannot_be_is_refused_beside_the_field(
    as_officer: Client, alias: PlaceAlias, name: str, wanted: str, words: str
) -> None:
    page = as_officer.post(reverse("place_aliases"), {"name": name, "place": wanted, "agency": alias.agency_id})

    assert page.status_code == 422
    assert words in page.content.decode()
    assert PlaceAlias.objects.count() == 1


def test_a_local_name_is_taken_away_after_a_question_and_the_ledger_keeps_it(
    as_officer: Client, alias: PlaceAlias
) -> None:
    address = reverse("place_alias_remove", args=[alias.pk])
    question = as_officer.get(address).content.decode()
    not_what_was_asked = as_officer.post(address, {"name": "Chợ cũ"})
    assert not_what_was_asked.status_code == 422
    as_officer.post(address, {"name": alias.name})

    assert "sẽ không còn ra Xã Vĩnh Linh" in question
    assert not PlaceAlias.objects.exists()
    assert Entry.objects.latest("number").action == "accounts.remove_place_alias"
    assert as_officer.get(address).status_code == 404


def test_who_only_reads_may_neither_add_nor_remove(commune: Agency, alias: PlaceAlias) -> None:
    reader = make_person(Role.READER, commune)
    client = signed_in_as(reader)

    assert client.post(reverse("place_aliases"), {"name": "a b", "place": "xã Vĩnh Linh"}).status_code == 403
    assert client.get(reverse("place_alias_remove", args=[alias.pk])).status_code == 403
    assert "Thêm tên gọi" not in client.get(reverse("place_aliases")).content.decode()
    with pytest.raises(Forbidden):
        add_place_alias(agency=commune, name="a b", place=place(), by=reader, at=clock.now())
    with pytest.raises(Forbidden):
        remove_place_alias(alias=alias, by=reader, at=clock.now())
    assert PlaceAlias.objects.get() == alias


def test_the_door_refuses_a_second_place_and_a_name_of_today(
    officer: Person, commune: Agency, alias: PlaceAlias
) -> None:
    with pytest.raises(AliasTaken):
        add_place_alias(agency=commune, name="Thị trấn cũ", place=place("19405"), by=officer, at=clock.now())
    with pytest.raises(AliasNotNeeded):
        add_place_alias(agency=commune, name="Đặc khu Hoàng Sa", place=place(), by=officer, at=clock.now())


def test_a_local_name_whose_code_is_gone_says_so(
    as_officer: Client, officer: Person, commune: Agency, alias: PlaceAlias
) -> None:
    PlaceAlias.objects.update(place_code="99999")

    assert "không còn trong danh mục" in as_officer.get(reverse("place_aliases")).content.decode()
    assert "Chưa tìm thấy" in looked_up(as_officer, "thị trấn cũ")
    with pytest.raises(AliasTaken, match="99999"):
        add_place_alias(agency=commune, name="Thị trấn cũ", place=place(), by=officer, at=clock.now())


def test_the_pages_are_only_for_who_is_signed_in_and_take_only_their_methods(
    client: Client, as_officer: Client
) -> None:
    assert client.get(reverse("places")).status_code == 302
    assert as_officer.post(reverse("places")).status_code == 405
    assert as_officer.put(reverse("place_aliases")).status_code == 405


def test_a_name_of_the_state_stands_for_itself_whatever_was_written_down_before(
    as_officer: Client, commune: Agency
) -> None:
    PlaceAlias.objects.create(agency=commune, name="tỉnh Long An", place_code="96", added_at=clock.now())

    assert "Tây Ninh" in looked_up(as_officer, "tỉnh Long An")


def test_the_name_of_the_nearest_agency_counts(as_officer: Client, root: Agency, alias: PlaceAlias) -> None:
    PlaceAlias.objects.create(agency=root, name=alias.name, place_code="19405", added_at=clock.now())

    assert "Xã Vĩnh Linh" in looked_up(as_officer, alias.name)


def test_who_works_elsewhere_neither_adds_to_an_agency_nor_sees_what_to_remove(
    as_outsider: Client, commune: Agency, alias: PlaceAlias
) -> None:
    entered = {"name": "Chợ cũ", "place": "xã Vĩnh Linh, tỉnh Quảng Trị", "agency": commune.pk}

    assert as_outsider.post(reverse("place_aliases"), entered).status_code == 422
    assert as_outsider.get(reverse("place_alias_remove", args=[alias.pk])).status_code == 404
    assert PlaceAlias.objects.get() == alias


def test_an_administrator_above_removes_what_was_written_below(as_administrator: Client, alias: PlaceAlias) -> None:
    as_administrator.post(reverse("place_alias_remove", args=[alias.pk]), {"name": alias.name})

    assert not PlaceAlias.objects.exists()
