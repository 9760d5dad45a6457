"""What a written name stands for, by a country of two provinces made here; the real one is asked in `reference`."""

from datetime import date

import pytest

from ancam.kit.places import Era, Gazetteer, Level, Reason, Verdict, resolve

BOTH = {"source": "tự đặt", "confidence": "medium", "in_force_from": date(2025, 7, 1)}
COUNTRY = {
    "former_provinces": [
        {"id": "10", "name": "Đông Sơn", "kind": "tinh"},
        {"id": "11", "name": "Tây Hà", "kind": "thanh_pho", "also": ["TH"]},
        {"id": "12", "name": "Nam An", "kind": "tinh"},
    ],
    "provinces": [
        {
            "id": "10",
            "name": "Đông Sơn",
            "kind": "tinh",
            "formed_from": ["10", "11"],
            "communes": (
                "00001 x An Bình\n00002 p Bến Thủy\n00003 k Hòn Xa\n"
                "00004 x Tân Thành\n00005 x Quan Lộc\n00006 x Núi Cao"
            ),
            "former": (
                "= 10 100 h An Bình\n00001 t An Bình > 00001\n00011 x Vĩnh Hòa > 00001 00002\n"
                "00012 x Tân Thành ? 00001 00004\n00006 x Núi Cao > 00006\n"
                "= 11 101 q 1\n00013 p 4 > 00002\n= 11 102 h Hòn Xa\n- > 00003"
            ),
            **BOTH,
        },
        {
            "id": "12",
            "name": "Nam An",
            "kind": "tinh",
            "formed_from": ["12"],
            "communes": "00021 x Tân Thạnh\n00022 x Bến Thủy",
            "former": "= 12 120 x Nam An\n00021 x Tân Thạnh > 00021\n00023 x Bến Thuỵ > 00022",
            **BOTH,
        },
    ],
}
PLACES = Gazetteer.from_reference(COUNTRY)


def answer(text, province=None):
    return resolve(text, PLACES, province)


def titles(text, province=None):
    return [place.title for place in answer(text, province).places]


@pytest.mark.parametrize(
    ("text", "verdict", "reason", "places"),
    [
        ("phường Bến Thủy", Verdict.PRESENT, Reason.OF_TODAY, ["Phường Bến Thủy"]),
        ("xã Núi Cao", Verdict.PRESENT, Reason.OF_TODAY, ["Xã Núi Cao"]),
        ("TT. An Bình", Verdict.SUCCESSOR, Reason.MERGED, ["Xã An Bình"]),
        ("thành phố Tây Hà", Verdict.SUCCESSOR, Reason.MERGED, ["Tỉnh Đông Sơn"]),
        ("TH", Verdict.SUCCESSOR, Reason.MERGED, ["Tỉnh Đông Sơn"]),
        ("tỉnh Đông Sơn", Verdict.PRESENT, Reason.OF_TODAY, ["Tỉnh Đông Sơn"]),
        ("xã Vĩnh Hòa", Verdict.CANDIDATES, Reason.DIVIDED, ["Xã An Bình", "Phường Bến Thủy"]),
        ("xã Tân Thành, huyện An Bình", Verdict.CANDIDATES, Reason.SOURCE_UNSURE, ["Xã An Bình", "Xã Tân Thành"]),
        (
            "huyện An Bình",
            Verdict.CANDIDATES,
            Reason.DISTRICT_ENDED,
            ["Xã An Bình", "Phường Bến Thủy", "Xã Tân Thành", "Xã Núi Cao"],
        ),
        ("huyện Hòn Xa", Verdict.SUCCESSOR, Reason.MERGED, ["Đặc khu Hòn Xa"]),
        ("huyện đảo Hòn Xa", Verdict.SUCCESSOR, Reason.MERGED, ["Đặc khu Hòn Xa"]),
        ("Bến Thủy", Verdict.CANDIDATES, Reason.NAMESAKES, ["Phường Bến Thủy", "Xã Bến Thủy"]),
        ("xã Không Có", Verdict.UNKNOWN, Reason.NOT_FOUND, []),
        (" , ", Verdict.UNKNOWN, Reason.EMPTY, []),
        ("a" * 201, Verdict.UNKNOWN, Reason.TOO_LONG, []),
        ("a " * 21, Verdict.UNKNOWN, Reason.TOO_LONG, []),
        ("a,b,c,d,e,f", Verdict.UNKNOWN, Reason.TOO_LONG, []),
    ],
)
def test_a_name_is_settled_as_far_as_it_can_be(text, verdict, reason, places):
    found = answer(text)

    assert (found.verdict, found.reason) == (verdict, reason)
    assert [place.title for place in found.places] == places


@pytest.mark.parametrize("text", ["P4 Q1", "phường 04, quận 01", "P.4 Q.1 TP Tây Hà", "phuong 4 quan 1 tinh dong son"])
def test_numbered_wards_are_read_however_they_are_abbreviated(text):
    assert titles(text) == ["Phường Bến Thủy"]
    assert answer(text).verdict is Verdict.SUCCESSOR


def test_diacritics_decide_when_they_are_written_and_the_place_of_the_tone_does_not():
    assert titles("xã Tân Thạnh") == ["Xã Tân Thạnh"]
    assert titles("xa tan thanh") == ["Xã Tân Thành", "Xã Tân Thạnh", "Xã An Bình"]
    assert titles("phường Bến Thuỷ") == ["Phường Bến Thủy"]


def test_diacritics_that_fit_no_place_are_left_out_of_account_and_that_is_said():
    found = answer("xã Nùi Cáo")

    assert [place.title for place in found.places] == ["Xã Núi Cao"]
    assert found.spelled_otherwise
    assert not answer("xã Núi Cao").spelled_otherwise


def test_a_prefix_written_otherwise_is_part_of_the_name():
    assert titles("Quan Lộc") == ["Xã Quan Lộc"]
    assert answer("quận Lộc").spelled_otherwise
    assert titles("quan loc") == ["Xã Quan Lộc"]


def test_what_is_written_after_a_name_must_be_what_it_lies_in():
    assert titles("xã Vĩnh Hòa huyện An Bình tỉnh Đông Sơn") == ["Xã An Bình", "Phường Bến Thủy"]
    assert titles("xã Vĩnh Hòa, tỉnh Nam An") == []
    assert titles("xã Vĩnh Hòa, xã An Bình") == []
    assert titles("An Bình, An Bình") == ["Xã An Bình"]


def test_a_place_of_today_may_be_written_with_the_province_before():
    assert titles("phường Bến Thủy, thành phố Tây Hà") == ["Phường Bến Thủy"]


def test_a_street_before_the_place_is_ignored_and_told():
    found = answer("12 Lê Lợi, phường Bến Thủy, Đông Sơn")

    assert found.ignored == ("12 lê lợi",)
    assert [place.title for place in found.places] == ["Phường Bến Thủy"]
    assert answer("xã Không Có, huyện An Bình").reason is Reason.NOT_FOUND


def test_a_province_leaves_out_what_lies_elsewhere():
    south = PLACES.provinces[1]

    assert titles("Bến Thủy", south) == ["Xã Bến Thủy"]
    assert titles("xã Vĩnh Hòa", south) == []


def test_a_long_run_of_words_that_names_nothing_is_unknown():
    assert answer("mot hai ba bon nam sau bay tam chin muoi").reason is Reason.NOT_FOUND


def test_a_place_says_what_it_lies_in_and_what_it_came_from():
    ward = PLACES.present("00002")

    assert ward.full_title == "Phường Bến Thủy, tỉnh Đông Sơn"
    assert [old.full_title for old in ward.came_from] == [
        "Xã Vĩnh Hòa, huyện An Bình, tỉnh Đông Sơn",
        "Phường 4, quận 1, thành phố Tây Hà",
    ]
    assert PLACES.present("99999") is None


def test_only_what_is_one_old_place_under_its_own_name_kept_it():
    assert PLACES.present("00006").kept_its_name()
    assert not PLACES.present("00001").kept_its_name()
    assert not PLACES.present("00022").kept_its_name()


def test_every_old_commune_is_listed_once():
    assert len(PLACES.former_communes()) == 7
    assert {place.level for place in PLACES.former_communes()} == {Level.COMMUNE}
    assert {place.era for place in PLACES.former_communes()} == {Era.FORMER}
