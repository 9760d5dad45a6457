import unicodedata
from datetime import date
from xml.etree import ElementTree

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.drafting.text import (
    cleaned,
    counted,
    day_in_words,
    held,
    issuer_in_capitals,
    number_in_words,
    share,
    unstopped,
)


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_is_pasted_becomes_one_line_that_xml_accepts(pasted):
    element = ElementTree.Element("t")
    element.text = cleaned(pasted)

    assert fromstring(ElementTree.tostring(element, encoding="utf-8")).text in (element.text, None)
    assert "\n" not in element.text
    assert "./." not in element.text


def test_control_characters_are_dropped_and_line_breaks_become_spaces():
    assert cleaned(" Công\x00 an\x0bxã\r\nAn\tBình\x1f ") == "Công an xã An Bình"


def test_text_is_composed():
    assert cleaned(unicodedata.normalize("NFD", "Hòa Bình")) == "Hòa Bình"


def test_a_closing_mark_in_the_values_becomes_a_full_stop():
    assert cleaned("Đã làm xong./.") == "Đã làm xong."


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("theo 23/CT-TTg", "theo 23/CT\u2011TTg"),
        ("Nghị định số 331/2026/NĐ-CP", "Nghị định số\u00a0331/2026/NĐ\u2011CP"),
        ("trong tháng 3/2026", "trong tháng\u00a03/2026"),
        ("trong quý III năm 2026", "trong quý\u00a0III năm\u00a02026"),
        ("ngày 05/02/2026", "ngày 05/02/2026"),  # long enough to break: a narrow column would cut it inside
        ("Độc lập - Tự do", "Độc lập - Tự do"),
        ("an ninh - quốc phòng 24/7", "an ninh - quốc phòng 24/7"),
    ],
)
def test_symbols_and_dates_are_held_on_one_line(typed, kept):
    assert held(typed) == kept


def test_the_place_in_an_agency_name_stays_together():
    assert issuer_in_capitals("Ủy ban nhân dân xã An Bình") == "ỦY BAN NHÂN DÂN XÃ\u00a0AN\u00a0BÌNH"
    assert issuer_in_capitals("Sở Khoa học và Công nghệ") == "SỞ KHOA HỌC VÀ\u00a0CÔNG\u00a0NGHỆ"


@pytest.mark.parametrize(("given_", "shown"), [("5", "05"), ("10", "10"), ("05", "05"), ("12a", "12a"), (" 7 ", "07")])
def test_a_number_below_ten_gets_a_leading_zero(given_, shown):
    assert number_in_words(given_) == shown


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_a_paper_without_number_leaves_room_for_one(nothing):
    assert number_in_words(nothing) == "\u00a0" * 8


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 10), "ngày 10 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 11, 20), "ngày 20 tháng 11 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_get_a_leading_zero(day, words):
    assert day_in_words(day) == words


def test_a_draft_leaves_the_day_blank():
    assert day_in_words(date(2026, 3, 9), draft=True).split() == ["ngày", "tháng", "3", "năm", "2026"]
    assert day_in_words(None).split() == ["ngày", "tháng", "năm"]


def test_numbers_are_written_as_in_vietnamese():
    assert counted(1250) == "1.250"
    assert share(5, 21) == "23,8%"
    assert share(1, 4) == "25%"


def test_a_line_that_gets_its_own_stop_loses_the_one_it_has():
    assert unstopped("UBND tỉnh Đông Sơn; ") == "UBND tỉnh Đông Sơn"
