import re
import unicodedata
from datetime import date

import pytest

from ancam.samples import LETTERS, sample_letter, sample_province

ROLES = {"administrator", "leader", "officer", "appraiser", "auditor", "reader"}


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_clean_text_in_the_official_layout(name):
    text = sample_letter(name).decode()

    assert unicodedata.is_normalized("NFC", text)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert re.search(r"^Số: \d+/[A-ZĐ-]+$", text, re.MULTILINE)
    assert re.search(r"ngày \d\d tháng \d\d? năm 2026$", text, re.MULTILINE)
    assert text.count("./.") == 1
    assert "Nơi nhận:" in text


@pytest.mark.parametrize("name", LETTERS)
def test_every_day_named_in_a_letter_exists(name):
    for day, month, year in re.findall(r"ngày (\d+) tháng (\d+) năm (\d+)", sample_letter(name).decode()):
        assert date(int(year), int(month), int(day))


def test_a_letter_that_is_not_a_sample_is_refused():
    with pytest.raises(KeyError):
        sample_letter("../province.yaml")


def test_the_commune_passes_on_the_letter_of_its_province():
    passed_on = sample_letter("cong-van-ubnd-xa-an-binh.txt").decode()

    assert "2146/UBND-NC" in passed_on
    assert "Số: 2146/UBND-NC" in sample_letter("cong-van-ubnd-tinh-dong-son.txt").decode()


def test_the_province_says_that_it_is_invented():
    assert sample_province()["invented"] is True


def test_the_agencies_form_one_tree_of_two_tiers_of_government():
    agencies = sample_province()["agencies"]
    by_id = {agency["id"]: agency for agency in agencies}

    assert len(by_id) == len(agencies)
    assert [agency["id"] for agency in agencies if agency["parent"] is None] == ["ubnd-tinh"]
    assert all(agency["parent"] in by_id for agency in agencies if agency["parent"] is not None)
    assert {agency["tier"] for agency in agencies} == {"province", "commune", "internal", "enterprise"}
    assert sum(agency["kind"] == "ubnd_xa" for agency in agencies) == 18


def test_a_parent_stands_before_its_children():
    seen = {None}
    for agency in sample_province()["agencies"]:
        assert agency["parent"] in seen
        seen.add(agency["id"])


def test_the_people_have_a_role_an_agency_and_an_address_that_reaches_nobody():
    province = sample_province()
    agencies = {agency["id"] for agency in province["agencies"]}
    people = province["people"]

    assert {person["role"] for person in people} == ROLES
    assert all(person["agency"] in agencies for person in people)
    assert all(person["email"].endswith("@dongson.example") for person in people)
    assert len({person["email"] for person in people}) == len(people)


def test_every_actor_named_in_the_letters_is_an_agency_of_the_province():
    names = " ".join(agency["name"] for agency in sample_province()["agencies"])
    letters = " ".join(sample_letter(name).decode() for name in LETTERS)

    for actor in re.findall(r"Sở [A-ZĐ][^\W\d]+(?: (?:[A-ZĐ][^\W\d]+|và))*", letters):
        assert actor in names
