"""The matrix: one sign for each agency and duty, folded rows that count what hangs from them, numbers that lead on."""

import re
from datetime import date, timedelta

import pytest

from ancam.accounts.models import Agency, Role
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.directives import selectors
from ancam.directives.models import DuePeriod, PeriodState, Sign
from ancam.directives.selectors import following
from ancam.directives.selectors import matrix as cells
from ancam.directives.tests.factories import make_assignment, make_period, make_tracked, officer_of, signed_in
from ancam.web import clock
from ancam.web.measures import Measure, measures

PAGE, ROWS, TOTALS = "/theo-doi/", "/theo-doi/hang/", "/theo-doi/tong/"
LONG_AGO, FAR_AHEAD = date(2020, 1, 1), date(2099, 1, 1)


@pytest.fixture
def letter(province, holder):
    return make_tracked(province, 2, by=holder)


@pytest.fixture
def duty(letter):
    return letter.obligations.first()


def row_of(page: str, name: str) -> str:
    """Return the markup of the row that an agency heads."""
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    return next(row for row in rows if f">{name}<" in row)


def named(page: str) -> list[str]:
    """Return the agencies that have a row."""
    return re.findall(r'class="m-name">(.*?)<', page)


def text_of(client, address=PAGE, **asked):
    return client.get(address, asked).content.decode()


@pytest.mark.parametrize(
    ("state", "due_on", "sign"),
    [
        (PeriodState.ACCEPTED, LONG_AGO, Sign.ACCEPTED),
        (PeriodState.SUBMITTED, LONG_AGO, Sign.SUBMITTED),
        (PeriodState.NOT_APPLICABLE, LONG_AGO, Sign.NOT_APPLICABLE),
        (PeriodState.RETURNED, LONG_AGO, Sign.OVERDUE),
        (PeriodState.RETURNED, FAR_AHEAD, Sign.RETURNED),
        (PeriodState.IN_PROGRESS, FAR_AHEAD, Sign.IN_PROGRESS),
        (PeriodState.IN_PROGRESS, LONG_AGO, Sign.OVERDUE),
        (PeriodState.NOT_STARTED, None, Sign.NOT_STARTED),
    ],
)
def test_a_cell_shows_the_sign_of_its_period_and_says_it_in_words(office, duty, commune, state, due_on, sign):
    period = make_period(duty, commune, state=state, due_on=due_on)

    row = row_of(text_of(office), commune.name)

    assert f'class="m-{sign}"' in row
    assert f'aria-label="{sign.label}" title="{sign.label}"' in row
    assert f'href="/ky-han/{period.pk}/"' in row


def test_the_last_day_itself_is_not_late(office, duty, commune):
    make_period(duty, commune, due_on=clock.today())

    assert f'class="m-{Sign.NOT_STARTED}"' in row_of(text_of(office), commune.name)


def test_work_that_was_sent_late_says_so(office, duty, commune):
    make_period(duty, commune, state=PeriodState.ACCEPTED, due_on=LONG_AGO, done_on=LONG_AGO + timedelta(days=1))

    assert 'title="Hoàn thành, muộn"' in row_of(text_of(office), commune.name)


def test_of_several_periods_the_most_pressing_is_shown_and_all_are_told(office, duty, commune):
    assignment = make_assignment(duty, commune, state=PeriodState.ACCEPTED, code="2026-10")
    DuePeriod.objects.create(assignment=assignment, code="2026-11", begins_on=LONG_AGO, due_on=LONG_AGO)

    row = row_of(text_of(office), commune.name)

    assert 'title="Quá hạn 1; Hoàn thành 1"' in row
    assert f"agency={commune.pk}&amp;duty={duty.pk}" in row


def test_a_duty_that_was_not_given_leaves_its_cell_empty(office, letter, commune, other_commune):
    first, second = letter.obligations.all()
    make_period(first, commune)
    make_period(second, other_commune)

    assert row_of(text_of(office), commune.name).count("<td></td>") == 1


def test_a_folded_row_counts_what_hangs_from_it(office, duty, commune):
    for name in ("Trạm Y tế", "Trường Tiểu học"):
        make_period(duty, make_agency(commune, name), due_on=LONG_AGO)
    make_period(duty, commune, state=PeriodState.ACCEPTED)

    page = text_of(office)
    row = row_of(page, commune.name)

    assert "Trạm Y tế" not in named(page)
    assert 'title="Quá hạn 2; Hoàn thành 1"' in row
    assert "!2" in row
    assert 'aria-expanded="false"' in row


def test_an_unfolded_row_counts_itself_alone_and_its_children_follow(office, duty, commune):
    make_period(duty, make_agency(commune, "Trạm Y tế"), due_on=LONG_AGO)
    make_period(duty, commune, state=PeriodState.ACCEPTED)

    page = text_of(office, ROWS, duoi=commune.pk)

    assert "m-accepted" in row_of(page, commune.name)
    assert "own=true" in row_of(page, commune.name)
    assert "m-overdue" in row_of(page, "Trạm Y tế")


def test_a_row_is_folded_again(office, duty, commune):
    make_period(duty, make_agency(commune, "Trạm Y tế"), due_on=LONG_AGO)

    page = text_of(office, ROWS, gap=commune.pk)

    assert page.count("<tr") == 1
    assert "m-overdue" in row_of(page, commune.name)


def test_an_agency_without_work_has_no_row(office, province, duty, commune, other_commune):
    make_period(duty, commune)

    assert named(text_of(office)) == [province.name, commune.name]


def test_who_answers_today_has_the_row(office, holder, duty, commune, other_commune):
    answered = {"answering_agency": other_commune, "answering_confirmed_by": holder}
    make_assignment(duty, commune, **answered, answering_confirmed_at=clock.now())

    page = text_of(office)

    assert commune.name not in named(page)
    assert "m-not_started" in row_of(page, other_commune.name)


def test_an_assigned_agency_sees_its_own_part_and_what_hangs_from_it(letter, commune, other_commune, assignee):
    first, second = letter.obligations.all()
    unit = make_agency(commune, "Trạm Y tế")
    for agency in (commune, unit, other_commune):
        make_period(first, agency)
    make_period(second, other_commune)

    page = text_of(signed_in(assignee))

    assert named(page) == [commune.name, unit.name]
    assert other_commune.name not in page
    assert f"/nhiem-vu/{second.pk}/" not in page


def test_who_has_nothing_to_do_with_it_sees_an_empty_page(duty, commune, outsider):
    make_period(duty, commune)

    page = text_of(signed_in(outsider))

    assert "Chưa có nhiệm vụ nào được giao." in page
    assert commune.name not in page
    assert commune.name not in text_of(signed_in(outsider), ROWS, duoi=commune.pk)


def test_the_office_of_the_committee_sees_what_it_gave_beside_itself(province, commune):
    office_of = make_agency(province, "Văn phòng UBND tỉnh", kind="vp_ubnd_tinh")
    person = officer_of(office_of)
    duty = make_tracked(office_of, 1, by=person).obligations.get()
    make_period(duty, commune)
    make_period(make_tracked(commune, 1).obligations.get(), make_agency(commune, "Trạm Y tế"))

    page = text_of(signed_in(person))

    assert 'class="m-not_started"' in row_of(page, commune.name)
    assert "Trạm Y tế" not in page
    listed = signed_in(person).get("/nhiem-vu/", {"agency": commune.pk})
    assert listed.status_code == 200
    assert listed.content.decode().count("/ky-han/") == 1


def test_one_with_roles_at_two_agencies_has_both_at_the_top(duty, commune, other_commune, assignee):
    assignee.memberships.create(agency=other_commune, role=Role.READER)
    make_period(duty, commune)
    make_period(duty, other_commune)

    page = text_of(signed_in(assignee))

    assert sorted(named(page)) == sorted([commune.name, other_commune.name])


def test_totals_lead_to_the_list_of_what_they_count(office, letter, commune, other_commune):
    first, second = letter.obligations.all()
    make_period(first, commune, due_on=LONG_AGO)
    make_period(first, other_commune, state=PeriodState.ACCEPTED)
    make_period(second, commune, due_on=FAR_AHEAD)

    total = text_of(office, TOTALS)
    row = row_of(text_of(office), commune.name)

    assert "1/3" in total and "!1" in total
    assert 'title="Quá hạn 1; Hoàn thành 1"' in total
    of_column = re.search(rf'href="(/nhiem-vu/\?[^"]*duty={first.pk})"', total)
    assert of_column
    assert "Tất cả 2 dòng" in office.get(of_column[1].replace("&amp;", "&")).content.decode()
    of_row = re.search(r'href="(/nhiem-vu/\?agency=[^"]*)"', row)
    assert of_row
    assert "Tất cả 2 dòng" in office.get(of_row[1].replace("&amp;", "&")).content.decode()


def test_narrowed_to_an_agency_the_rows_begin_there_and_lead_to_just_what_they_count(office, duty, commune):
    station = make_agency(commune, "Trạm Y tế")
    make_period(duty, commune, due_on=LONG_AGO)
    make_period(duty, station, due_on=LONG_AGO)

    page = text_of(office, agency=station.pk)

    assert named(page) == [station.name]
    row = row_of(page, station.name)
    of_row = re.search(r'href="(/nhiem-vu/\?[^"]*agency=[^"]*)"', row)
    assert of_row
    assert "Tất cả 1 dòng" in office.get(of_row[1].replace("&amp;", "&")).content.decode()
    assert "1/1" not in row and "0/1" in row


def test_conditions_are_kept_in_every_link(office, duty, commune):
    make_period(duty, commune, due_on=LONG_AGO)

    page = text_of(office, due="overdue", tier="commune")

    assert "/theo-doi/lich/?due=overdue&amp;tier=commune" in page
    assert f"agency={commune.pk}" in row_of(page, commune.name)
    assert "Không có nhiệm vụ nào khớp" in text_of(office, due="done_late")


def test_rows_come_in_windows_that_follow_one_another(office, province, duty):
    communes = [make_agency(province, f"Xã {number:02}") for number in range(cells.ROWS_AT_ONCE + 3)]
    for one in communes:
        make_period(duty, one)

    page = text_of(office)
    following_rows = text_of(office, ROWS, duoi=province.pk, tu=cells.ROWS_AT_ONCE)

    assert "Xã 24" in named(page) and "Xã 25" not in named(page)
    assert f"tu={cells.ROWS_AT_ONCE}" in page
    assert named(following_rows) == ["Xã 25", "Xã 26", "Xã 27"]
    assert "tu=" not in following_rows


def test_columns_come_in_pages(office, province, holder, commune):
    for duty in make_tracked(province, cells.COLUMNS_AT_ONCE + 1, by=holder).obligations.all():
        make_period(duty, commune)

    assert f"Nhiệm vụ 1–{cells.COLUMNS_AT_ONCE} trong {cells.COLUMNS_AT_ONCE + 1}" in text_of(office)
    last = text_of(office, cot="1000000000")
    assert "Nhiệm vụ 1–50" in last  # nonsense is no page
    assert "Nhiệm vụ 51–51 trong 51" in text_of(office, cot=2)


def test_a_row_of_a_great_many_agencies_is_counted_by_a_request_of_its_own(office, monkeypatch, duty, commune):
    monkeypatch.setattr(cells, "AGENCIES_AT_ONCE", 1)
    make_period(duty, make_agency(commune, "Trạm Y tế"), due_on=LONG_AGO)

    page = text_of(office)

    assert "đang cộng…" in row_of(page, commune.name)
    assert f"gap={commune.pk}" in row_of(page, commune.name)


@pytest.mark.parametrize(
    "asked", [{"tu": "10000000000"}, {"tu": "-1"}, {"duoi": "x"}, {"duoi": "999999999"}, {"cot": "²"}]
)
def test_nonsense_in_the_address_breaks_nothing(office, duty, commune, asked):
    make_period(duty, commune)

    for address in (PAGE, ROWS, TOTALS):
        assert office.get(address, asked).status_code == 200


def test_an_unknown_condition_is_refused_beside_its_field(office, duty, commune):
    make_period(duty, commune)

    answer = office.get(PAGE, {"tier": "planet", "since": "31/02/2026"})

    assert answer.status_code == 422
    assert not named(answer.content.decode())


def test_the_page_only_reads(office):
    for address in (PAGE, ROWS, TOTALS):
        assert office.post(address).status_code == 405


def test_the_matrix_costs_the_same_whatever_its_size(province, holder, letter, commune, django_assert_max_num_queries):
    first, second = letter.obligations.all()
    for number in range(6):
        agency = make_agency(province, f"Xã {number}")
        for duty in (first, second):
            make_period(duty, agency)
            make_period(duty, make_agency(agency, f"Trường {duty.pk}"))
    person = make_person(Role.LEADER, province)
    found = selectors.due_periods(person)
    person.current_memberships  # noqa: B018 - the roles are read once in a request

    with django_assert_max_num_queries(9):
        window = cells.level_under(found, province, 0, clock.today())
        duties = cells.columns(found, [province.path], narrowed=False)
        totals = cells.column_totals(found, [province.path], clock.today())

    assert [row.in_all.total for row in window.rows] == [0, *[4] * 6]
    assert [totals[duty.pk].total for duty in duties] == [12, 12]


def test_every_period_is_counted_in_exactly_one_degree_of_lateness(letter, commune, holder):
    duty, on = letter.obligations.first(), clock.today()
    assignment = make_assignment(duty, commune)
    days = [None, *(on + timedelta(days=n) for n in (-40, -31, -30, -15, -14, -8, -7, -1, 0, 7, 8, 30, 31))]
    number = 100  # past the code of the period that came with the assignment
    for state in PeriodState:
        for due_on in days:
            for done_on in (None, on - timedelta(days=20), on):
                number += 1
                columns = {"state": state, "due_on": due_on, "done_on": done_on, "begins_on": LONG_AGO}
                DuePeriod.objects.create(assignment=assignment, code=str(number), **columns)
    found = selectors.due_periods(holder)

    assert sum(following.lateness_counts(found, on).values()) == found.count()
    assert sum(tally.total for tally in following.by_month(found, on).values()) == found.count()


def test_what_does_not_apply_declares_nothing_to_measure_against(office, monkeypatch, duty, commune):
    monkeypatch.setattr(measures, "_kinds", {})
    measures.register(
        duty.kind, "dossiers", lambda *of: Measure(3, 4, "hệ thống", lambda person: Agency.objects.none())
    )
    make_period(duty, commune, state=PeriodState.NOT_APPLICABLE)

    assert "m-measured" not in row_of(text_of(office), commune.name)


@pytest.mark.parametrize(("numerator", "said"), [(3, "Đo được 75% (3/4 hệ thống), khai báo 0%"), (0, "")])
def test_a_second_mark_stands_where_what_is_measured_differs(office, monkeypatch, duty, commune, numerator, said):
    monkeypatch.setattr(measures, "_kinds", {})  # a registry of the test's own
    measures.register(
        duty.kind, "dossiers", lambda *of: Measure(numerator, 4, "hệ thống", lambda person: Agency.objects.none())
    )
    make_period(duty, commune)

    row = row_of(text_of(office), commune.name)

    assert ("m-measured" in row) == bool(said)
    assert said in row
