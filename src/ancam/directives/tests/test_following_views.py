"""The same duties along the months, day by day, by agency, by kind and by lateness, under one set of conditions."""

import re
from datetime import date, timedelta

import pytest

from ancam.accounts.models import Tier
from ancam.accounts.services import save_filter
from ancam.accounts.tests.factories import make_agency
from ancam.directives.due_calendar import month_of, weeks_of
from ancam.directives.following_filters import FOLLOWING
from ancam.directives.models import DutyKind, PeriodState
from ancam.directives.tests.factories import make_confirmed, make_period, make_tracked, officer_of, signed_in
from ancam.reference.working_days import public_calendar
from ancam.web import clock

TIMELINE, CALENDAR, LATENESS = "/theo-doi/dong-thoi-gian/", "/theo-doi/lich/", "/theo-doi/muc-tre/"
AGENCIES, KINDS, LIST = "/theo-doi/co-quan/", "/theo-doi/loai/", "/nhiem-vu/"
VIEWS = ["/theo-doi/", TIMELINE, CALENDAR, LATENESS, AGENCIES, KINDS, LIST]
LONG_AGO = date(2020, 1, 15)


@pytest.fixture
def letter(province, holder):
    return make_tracked(province, 2, by=holder)


@pytest.fixture
def given(letter, commune, other_commune):
    """One overdue in January 2020, one accepted late, one due in March 2099, one without a day."""
    first, second = letter.obligations.all()
    return [
        make_period(first, commune, due_on=LONG_AGO),
        make_period(
            first, other_commune, state=PeriodState.ACCEPTED, due_on=LONG_AGO, done_on=LONG_AGO + timedelta(days=3)
        ),
        make_period(second, commune, due_on=date(2099, 3, 20)),
        make_period(second, other_commune, due_on=None),
    ]


def text_of(client, address, **asked):
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def linked_from(page: str) -> list[tuple[str, int]]:
    """Return every link to the list whose words hold a number, with that number."""
    links = re.findall(r'href="(/nhiem-vu/\?[^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    told = [
        (address.replace("&amp;", "&"), re.findall(r"\d+", re.sub(r"<[^>]*>", "", words))) for address, words in links
    ]
    return [(address, int(numbers[-1])) for address, numbers in told if numbers]


@pytest.mark.parametrize("address", [TIMELINE, LATENESS, AGENCIES, KINDS])
@pytest.mark.parametrize("asked", [{}, {"tier": "commune", "since": "01/01/2020"}, {"due": "overdue"}])
def test_every_number_leads_to_a_list_of_just_so_many(office, given, address, asked):
    links = linked_from(text_of(office, address, **asked))

    assert links
    for listed, number in links:
        assert f"Tất cả {number} dòng" in text_of(office, listed), listed


@pytest.mark.parametrize("address", [TIMELINE, LATENESS, AGENCIES, KINDS])
@pytest.mark.parametrize(
    "asked",
    [
        {"since": "10/01/2020"},
        {"until": "16/01/2020"},
        {"due": "no_day"},
        {"due": "undated"},
        {"due": "later"},
        {"due": "waiting"},
        {"due": "done_on_time"},
        {"due": "not_applicable"},
        {"state": "accepted"},
    ],
)
def test_a_number_under_a_chosen_lateness_or_day_leads_to_no_more_than_it_counts(
    office, holder, province, given, commune, address, asked
):
    duties = list(make_tracked(province, 5, by=holder).obligations.all())
    make_period(duties[0], commune, due_on=date(2020, 1, 5))
    make_period(duties[1], commune, due_on=date(2020, 1, 20))
    make_period(duties[2], commune, due_on=None, state=PeriodState.ACCEPTED, done_on=LONG_AGO)
    make_period(duties[3], commune, due_on=None, state=PeriodState.SUBMITTED, done_on=LONG_AGO)
    make_period(duties[4], commune, due_on=None, state=PeriodState.NOT_APPLICABLE)

    for listed, number in linked_from(text_of(office, address, **asked)):
        assert f"Tất cả {number} dòng" in text_of(office, listed), listed


@pytest.mark.parametrize("address", [TIMELINE, LATENESS, "/theo-doi/tong/"])
def test_a_number_of_the_whole_leads_past_ones_own_filter(office, holder, given, address):
    save_filter(by=holder, page=FOLLOWING, name="Quá hạn", query="due=overdue", is_default=True, at=clock.now())

    page = text_of(office, address, loc="khong")

    assert 'href="/nhiem-vu/?"' not in page


def test_the_whole_of_the_list_is_counted_past_ones_own_filter(office, holder, given):
    save_filter(by=holder, page=FOLLOWING, name="Quá hạn", query="due=overdue", is_default=True, at=clock.now())

    page = text_of(office, LIST, loc="khong")

    assert '<a href="/nhiem-vu/?loc=khong"><strong>4</strong>' in page


def test_an_empty_matrix_is_left_past_ones_own_filter(office, holder, given):
    save_filter(by=holder, page=FOLLOWING, name="Trả lại", query="state=returned", is_default=True, at=clock.now())

    page = text_of(office, "/theo-doi/", state="returned")

    assert 'class="btn" href="?loc=khong"' in page


@pytest.mark.parametrize("words", ["a " * 21, "a" * 201])
def test_too_many_words_are_refused_beside_their_field(office, given, words):
    assert office.get(LIST, {"words": words}).status_code == 422


def test_the_timeline_goes_by_month_or_by_quarter(office, given):
    months, quarters = text_of(office, TIMELINE), text_of(office, TIMELINE, theo="quy")

    assert months.index("tháng 01/2020") < months.index("tháng 03/2099") < months.index('t-when">Không ghi ngày<')
    assert "quý I/2020" in quarters and "quý I/2099" in quarters


def test_the_calendar_shows_a_month_with_its_last_days(office, given):
    page = text_of(office, CALENDAR, thang="2020-01")

    assert "tháng 01/2020" in page
    assert "2 kỳ đến hạn" in page and "1 quá hạn" in page
    assert "thang=2019-12" in page and "thang=2020-02" in page
    assert "since=15%2F01%2F2020&amp;until=15%2F01%2F2020" in page


def test_the_calendar_names_holidays_and_days_worked_in_exchange():
    weeks = weeks_of(date(2024, 5, 1), [], public_calendar())
    days = {day.on: day for week in weeks for day in week}

    assert "Quốc tế" in days[date(2024, 5, 1)].rest
    assert not days[date(2024, 5, 1)].works
    assert days[date(2024, 5, 4)].works
    assert days[date(2024, 5, 4)].worked_for == date(2024, 4, 29)
    assert not days[date(2024, 5, 5)].works
    assert {len(week) for week in weeks} == {7}
    assert weeks[0][0].on.weekday() == 0 and not weeks[0][0].in_month


@pytest.mark.parametrize("first", [date(2024, 2, 1), date(2021, 2, 1), date(2027, 12, 1), date(2000, 1, 1)])
def test_a_month_is_shown_whole(first):
    days = [day.on for week in weeks_of(first, [], public_calendar()) for day in week if day.in_month]

    assert days[0] == first
    assert (days[-1] + timedelta(days=1)).day == 1


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "9999-12", "1999-01", "x", "2026-1", "２０２６-01"])
def test_a_month_that_is_none_is_this_one(text):
    assert month_of(text, date(2026, 11, 20)) == date(2026, 11, 1)


def test_a_day_with_many_duties_shows_three_and_counts_the_others(office, province, holder, commune):
    for duty in make_tracked(province, 5, by=holder).obligations.all():
        make_period(duty, commune, due_on=LONG_AGO)

    page = text_of(office, CALENDAR, thang="2020-01")

    assert "và 2 nhiệm vụ khác" in page


def test_agencies_come_with_the_most_overdue_first(office, letter, commune, other_commune):
    for duty in letter.obligations.all():
        make_period(duty, other_commune, due_on=LONG_AGO)
    make_period(letter.obligations.first(), commune, due_on=LONG_AGO)

    page = text_of(office, AGENCIES)
    lines = b"".join(office.get(AGENCIES, {"xuat": "csv"}).streaming_content).decode().splitlines()

    assert page.rindex(other_commune.name) < page.rindex(commune.name)
    assert [line.split(",")[:3] for line in lines[1:]] == [[other_commune.name, "2", "2"], [commune.name, "1", "1"]]


def test_conditions_of_the_filter_each_keep_what_they_say(office, province, letter, given, commune):
    other = make_tracked(province, 0)
    kept = make_confirmed(other, "Báo cáo tình hình", kind=DutyKind.SUPERVISE_REPORT)
    unit = make_agency(commune, "Trạm Y tế", tier=Tier.INTERNAL)
    make_period(kept, unit, due_on=date(2030, 5, 5))
    given_to_unit = [
        {"document": other.pk},
        {"kind": "supervise_report"},
        {"tier": "internal"},
        {"agency": unit.pk},
        {"since": "01/01/2030", "until": "31/12/2030"},
        {"words": "bao cao tinh hinh"},
        {"duty": kept.pk},
    ]

    for asked in given_to_unit:
        page = text_of(office, LIST, **asked)
        assert "Tất cả 1 dòng" in page and "Trạm Y tế" in page, asked
    assert "Tất cả 3 dòng" in text_of(office, LIST, agency=commune.pk)
    assert "Tất cả 2 dòng" in text_of(office, LIST, agency=commune.pk, own="true")
    assert "Tất cả 1 dòng" in text_of(office, LIST, due="done_late")
    assert "Tất cả 1 dòng" in text_of(office, LIST, due="no_day")
    assert "Tất cả 4 dòng" in text_of(office, LIST, due="open")


@pytest.mark.parametrize("address", VIEWS)
def test_conditions_go_along_from_view_to_view(office, given, address):
    page = text_of(office, address, due="overdue")

    for other in VIEWS:
        assert f'href="{other}?due=overdue"' in page


@pytest.mark.parametrize("address", VIEWS)
@pytest.mark.parametrize(
    "asked",
    [
        {"agency": "999999"},
        {"agency": "x"},
        {"tier": "planet"},
        {"since": "2026"},
        {"due": "yesterday"},
        {"duty": "0"},
        {"document": "-1"},
        {"agency_words": "a " * 30},
    ],
)
def test_a_condition_that_is_none_is_refused_beside_its_field(office, given, address, asked):
    answer = office.get(address, asked)

    assert answer.status_code == 422
    assert "/ky-han/" not in answer.content.decode()


@pytest.mark.parametrize("address", VIEWS)
def test_pages_and_sorting_that_are_none_break_nothing(office, given, address):
    assert office.get(address, {"page": "1000000000", "sort": "-nothing", "theo": "x", "cot": "1e9"}).status_code == 200


@pytest.mark.parametrize("address", VIEWS)
def test_each_view_only_reads(office, address):
    assert office.post(address).status_code == 405


@pytest.mark.parametrize("address", VIEWS)
def test_nobody_reads_of_what_is_not_theirs(given, province, address):
    elsewhere = make_agency(province, "Ủy ban nhân dân xã Cẩm Sơn")

    page = text_of(signed_in(officer_of(elsewhere)), address, thang="2020-01")

    assert not linked_from(page) or all(number == 0 for _address, number in linked_from(page))
    assert "An Bình" not in page and "Bàu Sen" not in page


@pytest.mark.parametrize("address", VIEWS)
def test_without_anything_each_view_says_so_kindly(office, address):
    page = text_of(office, address)

    assert "Chưa có" in page or "Không có" in page or "tất cả" in page.lower()


def test_an_agency_is_found_by_typing_among_those_one_may_see(office, commune, other_commune, assignee):
    asked = {"field": "agency", "agency_words": "an binh"}

    assert commune.name in text_of(office, "/tim-chon/co-quan-theo-doi/", **asked)
    assert other_commune.name not in text_of(
        signed_in(assignee), "/tim-chon/co-quan-theo-doi/", field="agency", agency_words="bau sen"
    )


def test_what_is_due_today_is_not_overdue_in_any_view(office, letter, commune):
    make_period(letter.obligations.first(), commune, due_on=clock.today())

    assert "Tất cả 0 dòng" in text_of(office, LIST, due="overdue")
    assert "Tất cả 1 dòng" in text_of(office, LIST, due="soon")
