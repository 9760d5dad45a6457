"""The places of the country: their numbers, their provinces, and names that people write."""

import pytest

from ancam.kit.places import Gazetteer, Reason, Verdict, resolve
from ancam.reference import reference, reference_bytes

PLACES = Gazetteer.from_reference(reference("places"))
COMMUNES = [commune for province in PLACES.provinces for commune in PLACES.communes_in(province)]


def test_there_are_as_many_places_as_the_reorganisation_left():
    kinds = [commune.kind for commune in COMMUNES]

    assert (len(PLACES.provinces), len(PLACES.former_provinces), len(COMMUNES)) == (34, 63, 3321)
    assert (kinds.count("Xã"), kinds.count("Phường"), kinds.count("Đặc khu")) == (2621, 687, 13)
    assert len(PLACES.former_communes()) == 10035


def test_the_provinces_are_formed_as_the_list_of_agencies_says():
    ours = {p.name: {old.name for old in p.came_from} for p in PLACES.provinces}
    theirs = {
        province["name"].removeprefix("Thành phố "): {
            name.removeprefix("Thành phố ").replace("–", "-")
            for name in province.get("formed_from", [province["name"]])
        }
        for province in reference("agencies")["provinces"]
    }

    assert ours == {name: {{"Thừa Thiên Huế": "Huế"}.get(n, n) for n in names} for name, names in theirs.items()}


def test_every_place_of_today_came_from_somewhere_and_every_old_one_went_somewhere():
    assert [commune.full_title for commune in COMMUNES if not commune.came_from] == []
    assert [commune.full_title for commune in PLACES.former_communes() if not commune.went_to] == []


def test_the_two_archipelagos_are_special_zones():
    assert resolve("Hoàng Sa", PLACES).places[0].full_title == "Đặc khu Hoàng Sa, thành phố Đà Nẵng"
    assert resolve("Trường Sa", PLACES).places[0].full_title == "Đặc khu Trường Sa, tỉnh Khánh Hòa"
    assert resolve("huyện đảo Hoàng Sa", PLACES).verdict is Verdict.SUCCESSOR


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("xã Vĩnh Thủy, huyện Vĩnh Linh, tỉnh Quảng Trị", "Xã Vĩnh Thủy, tỉnh Quảng Trị"),
        ("xa vinh thuy huyen vinh linh", "Xã Vĩnh Thủy, tỉnh Quảng Trị"),
        ("TT Hồ Xá", "Xã Vĩnh Linh, tỉnh Quảng Trị"),
        ("P. Bến Thành Q.1", "Phường Bến Thành, thành phố Hồ Chí Minh"),
        ("P4 Q8 TPHCM", "Phường Chánh Hưng, thành phố Hồ Chí Minh"),
        ("phường 04, quận 5, Sài Gòn", "Phường Chợ Quán, thành phố Hồ Chí Minh"),
        ("tỉnh Ninh Thuận", "Tỉnh Khánh Hòa"),
        ("Bà Rịa Vũng Tàu", "Thành phố Hồ Chí Minh"),
        ("tỉnh Thừa Thiên Huế", "Thành phố Huế"),
        ("phuong dong hoi, tinh quang binh", "Phường Đồng Hới, tỉnh Quảng Trị"),
    ],
)
def test_a_name_as_people_write_it_gives_one_place_of_today(text, place):
    assert [found.full_title for found in resolve(text, PLACES).places] == [place]


@pytest.mark.parametrize(
    ("text", "reason", "count"),
    [
        ("huyện Vĩnh Linh", Reason.DISTRICT_ENDED, 5),
        ("thành phố Thủ Đức", Reason.DISTRICT_ENDED, 12),
        ("xã Hòa Liên, huyện Hòa Vang, Đà Nẵng", Reason.DIVIDED, 2),
        ("xã Tân Thạnh, huyện Thới Lai, Cần Thơ", Reason.SOURCE_UNSURE, 2),
        ("xã Tân Thành", Reason.NAMESAKES, 29),
    ],
)
def test_a_divided_place_a_district_and_namesakes_give_candidates(text, reason, count):
    found = resolve(text, PLACES)

    assert (found.verdict, found.reason, len(found.places)) == (Verdict.CANDIDATES, reason, count)


def test_diacritics_tell_tan_thanh_from_tan_thanh_with_a_dot():
    names = {place.name for place in resolve("xã Tân Thạnh", PLACES).meant}

    assert names == {"Tân Thạnh"}


def test_the_file_stays_small_enough_to_ship():
    assert len(reference_bytes("places")) < 500_000
