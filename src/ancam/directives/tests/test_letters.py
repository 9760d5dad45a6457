"""What letters and summaries say comes from the periods as they stand."""

from datetime import date, timedelta
from io import BytesIO
from itertools import product

import pytest
from django.utils import translation
from docx import Document

from ancam.accounts.models import Person
from ancam.accounts.tests.factories import make_agency
from ancam.directives import rules, selectors
from ancam.directives.figure_rules import Figure
from ancam.directives.models import (
    AssignmentState,
    Cadence,
    Decision,
    DuePeriod,
    DueSchedule,
    Operator,
    Part,
    PeriodState,
    ProgressReport,
)
from ancam.directives.services import set_figures
from ancam.directives.tests.factories import AT, ON, make_assignment, make_confirmed, make_period, make_tracked
from ancam.engines.drafting.children_report import write_children_report
from ancam.engines.drafting.errors import TooManyRows
from ancam.engines.drafting.frame import MAX_ROWS
from ancam.engines.drafting.paper_values import PaperValues
from ancam.engines.drafting.period_summary import Outcomes
from ancam.engines.drafting.urging_letter import write_urging_letter

LATE = ON - timedelta(days=5)
STRETCH = {"period_from": date(2026, 11, 1), "period_to": date(2026, 11, 30), "on": ON}
ASKED = {"finish_by": date(2026, 12, 5), "report_to": "Sở Khoa học và Công nghệ", "on": ON}


@pytest.fixture
def head(province) -> PaperValues:
    return PaperValues(
        agency=province.name,
        place="Đông Sơn",
        symbol="UBND-KGVX",
        directive_title="Công văn số 12/UBND-KGVX",
        signer_role=("Chủ tịch",),
        signer_name="Lê Minh Khôi",
    )


@pytest.fixture
def document(province, holder):
    return make_tracked(province, 2, by=holder)


@pytest.fixture
def duties(document):
    return list(document.obligations.all())


def report(period, by, **values) -> ProgressReport:
    columns = {"percentage": 100, "text": "Đã làm", "at": AT, **values}
    return ProgressReport.objects.create(period=period, by=by, **columns)


def accept(period, by, figures=(), **values):
    """Bring a period to an accepted state with the report that led there."""
    for name, value in {"state": PeriodState.ACCEPTED, "done_on": LATE, **values}.items():
        setattr(period, name, value)
    period.save()
    report(
        period, by, decision=Decision.ACCEPTED, decided_by=by, decided_at=AT, text="Đã phổ biến", figures=list(figures)
    )


def again(person: Person) -> Person:
    """Return the person without what was remembered of their roles."""
    return Person.objects.get(pk=person.pk)


# The urging letter


def test_the_urging_letter_names_what_is_late_and_nothing_else(document, duties, commune, other_commune, holder, head):
    first, second = duties
    make_period(first, commune, due_on=LATE, state=PeriodState.RETURNED)
    make_period(second, commune, due_on=ON)
    make_period(first, other_commune, due_on=LATE, state=PeriodState.SUBMITTED)

    letter = selectors.urging_values(document, holder, head, **ASKED)

    assert [(row.agency, row.duty, row.due_on, row.state) for row in letter.rows] == [
        (commune.name, f"Điểm 1.1: {first.action}", LATE, "Trả lại")
    ]
    assert (letter.agency, letter.as_of, letter.symbol) == (head.agency, ON, "UBND-KGVX")
    assert write_urging_letter(letter)


def test_the_holder_does_not_urge_itself(document, duties, province, holder, head):
    make_period(duties[0], province, due_on=LATE)

    assert selectors.urging_values(document, holder, head, **ASKED).rows == ()


def test_the_agency_that_answers_today_is_urged(document, duties, commune, other_commune, holder, head):
    confirmed = {"answering_agency": other_commune, "answering_confirmed_by": holder, "answering_confirmed_at": AT}
    make_period(duties[0], commune, due_on=LATE, **confirmed)

    letter = selectors.urging_values(document, holder, head, **ASKED)

    assert [row.agency for row in letter.rows] == [other_commune.name]


def test_who_may_not_see_the_periods_reads_nothing_of_them(document, duties, commune, outsider, head):
    period = make_period(duties[0], commune, due_on=LATE)

    assert selectors.urging_values(document, outsider, head, **ASKED).rows == ()
    assert selectors.assignment_letter_values(document, outsider, head, report_to="A", on=ON).duties == ()
    assert selectors.period_summary_values(document, outsider, head, **STRETCH).tallies == ()
    assert selectors.children_report_values(document, outsider, head, **STRETCH).missing == ()
    assert period.state == PeriodState.NOT_STARTED


def test_words_are_vietnamese_whatever_the_reader_speaks(document, duties, commune, holder, head):
    month = {"code": "2026-10", "begins_on": date(2026, 10, 1), "ends_on": date(2026, 10, 31)}
    make_period(duties[0], commune, due_on=LATE, **month)

    with translation.override("en"):
        row = selectors.urging_values(document, holder, head, **ASKED).rows[0]

    assert (row.period, row.state) == ("tháng 10/2026", "Chưa thực hiện")


def test_more_rows_than_a_paper_holds_are_refused_before_they_are_fetched(document, duties, commune, holder, head):
    assignment = make_assignment(duties[0], commune, due_on=LATE)
    more = (
        DuePeriod(assignment=assignment, code=f"1.{number}", begins_on=LATE, due_on=LATE) for number in range(MAX_ROWS)
    )
    DuePeriod.objects.bulk_create(more, batch_size=500)

    with pytest.raises(TooManyRows) as refusal:
        selectors.urging_values(document, holder, head, **ASKED)

    assert refusal.value.rows == MAX_ROWS + 1


# The assignment letter


def test_each_duty_stands_once_with_all_its_agencies(document, duties, commune, other_commune, holder, head):
    make_assignment(duties[0], other_commune)
    make_assignment(duties[0], commune)
    make_assignment(duties[0], make_agency(document.holder, "Sở Tài chính"), part=Part.SUPPORT)
    make_assignment(duties[1], commune, part=Part.SUPPORT)

    letter = selectors.assignment_letter_values(document, holder, head, report_to="Sở A", on=ON, form="plan")

    first, second = letter.duties
    assert (first.leads, first.supports) == ((commune.name, other_commune.name), ("Sở Tài chính",))
    assert (second.leads, second.supports) == (("Các sở, ban, ngành",), (commune.name,))
    assert (first.duty, first.deadline) == (f"Điểm 1.1: {duties[0].action}", "trước ngày 01 tháng 12 năm 2026")
    assert (letter.form, letter.report_to, letter.as_of) == ("plan", "Sở A", ON)


def test_what_was_taken_back_is_not_given(document, duties, commune, holder, head):
    assignment = make_assignment(duties[0], commune)
    assignment.state = AssignmentState.WITHDRAWN
    assignment.save()

    assert selectors.assignment_letter_values(document, holder, head, report_to="A", on=ON).duties == ()


def test_an_agency_that_answers_for_two_stands_once(document, duties, commune, other_commune, holder, head):
    confirmed = {"answering_agency": other_commune, "answering_confirmed_by": holder, "answering_confirmed_at": AT}
    make_assignment(duties[0], other_commune)
    make_assignment(duties[0], commune, part=Part.SUPPORT, **confirmed)

    letter = selectors.assignment_letter_values(document, holder, head, report_to="A", on=ON)

    assert (letter.duties[0].leads, letter.duties[0].supports) == ((other_commune.name,), ())


@pytest.mark.parametrize(
    ("values", "schedule", "deadline", "cadence"),
    [
        ({"deadline_text": "trước 20/9"}, None, "trước 20/9", ""),
        ({"deadline_text": "", "last_day": date(2026, 9, 19)}, None, "chậm nhất ngày 19/09/2026", ""),
        ({"deadline_decided": True}, None, "chậm nhất ngày 30/11/2026", ""),
        ({"cadence": Cadence.QUARTERLY, "deadline_text": "x"}, None, "x", "hằng quý"),
        ({"cadence": Cadence.CONTINUOUS, "deadline_text": "x"}, None, "x", "thường xuyên"),
        (
            {"cadence": Cadence.PERIODIC},
            {"every_months": 6, "due_days": [{"operator": "before", "month": 3, "day": 22}]},
            "trước 22 tháng thứ 3",
            "6 tháng một lần",
        ),
        (
            {"cadence": Cadence.MONTHLY, "deadline_text": "x"},
            {"due_days": [{"operator": "by", "on": "2026-12-05"}]},
            "chậm nhất 05/12/2026",
            "",
        ),
        ({"cadence": Cadence.MONTHLY, "deadline_text": "x"}, {"every_months": 12}, "x", "hằng năm"),
    ],
)
def test_deadline_and_cadence_are_those_in_force(document, commune, holder, head, values, schedule, deadline, cadence):
    duty = make_confirmed(document, "Báo cáo", **values)
    if schedule:
        DueSchedule.objects.create(obligation=duty, set_by=holder, set_at=AT, **schedule)
    make_assignment(duty, commune)

    given = selectors.assignment_letter_values(document, holder, head, report_to="A", on=ON).duties[0]

    assert (given.deadline, given.cadence) == (deadline, cadence)


# The summary of periods


def test_the_database_counts_each_period_as_the_rules_do(document, commune, holder, head):
    same = {"done_on_time": "accepted_on_time", "done_late": "accepted_late", "overdue": "late"}
    same |= {"awaiting_confirmation": "awaiting", "in_progress": "not_yet_due", "not_started": "not_yet_due"}
    expected = dict.fromkeys(Outcomes.__dataclass_fields__, 0)
    days = (LATE, ON, ON + timedelta(days=5))
    for state, due_on, done_on in product(PeriodState.values, days, (None, LATE, ON)):
        duty = make_confirmed(document, "Việc")
        make_period(duty, commune, state=state, due_on=due_on, done_on=done_on)
        figure = rules.figure_of(state, due_on, done_on=done_on, on=ON)
        if state == PeriodState.ACCEPTED and done_on is None:
            figure = "done_on_time"  # without a day of completion nothing says that it was late
        expected[same.get(figure, figure)] += 1

    summary = selectors.period_summary_values(document, holder, head, **STRETCH)

    assert summary.outcomes == Outcomes(**expected)
    assert summary.outcomes.total == len(PeriodState.values) * 9


def test_periods_are_tallied_for_each_agency_and_duty(document, duties, commune, other_commune, holder, head):
    first, second = duties
    assignment = make_assignment(first, commune, code="2026-10", due_on=LATE)
    assignment.periods.create(code="2026-11", begins_on=ON, due_on=ON, state=PeriodState.SUBMITTED)
    make_period(second, other_commune, due_on=date(2026, 12, 1))
    make_period(first, other_commune, due_on=LATE, state=PeriodState.RETURNED)

    summary = selectors.period_summary_values(document, holder, head, **STRETCH)

    assert [(tally.agency, tally.duty, tally.outcomes) for tally in summary.tallies] == [
        (commune.name, f"Điểm 1.1: {first.action}", Outcomes(late=1, awaiting=1)),
        (other_commune.name, f"Điểm 1.1: {first.action}", Outcomes(returned=1)),
    ]


def test_only_late_periods_without_any_report_are_named_as_unreported(
    document, duties, commune, other_commune, holder, assignee, head
):
    make_period(duties[0], commune, due_on=LATE)
    make_period(duties[1], commune, due_on=ON)
    begun = make_period(duties[0], other_commune, due_on=LATE, state=PeriodState.IN_PROGRESS, percentage=20)
    report(begun, assignee, percentage=20)

    summary = selectors.period_summary_values(document, holder, head, **STRETCH)

    assert [(row.agency, row.due_on) for row in summary.unreported] == [(commune.name, LATE)]


def test_who_answers_today_stands_beside_who_was_named(document, duties, commune, other_commune, holder, head):
    confirmed = {"answering_agency": other_commune, "answering_confirmed_by": holder, "answering_confirmed_at": AT}
    make_period(duties[0], commune, due_on=LATE, **confirmed)

    summary = selectors.period_summary_values(document, holder, head, **STRETCH)

    named = f"{commune.name} (nay: {other_commune.name})"
    assert [tally.agency for tally in summary.tallies] == [named]
    assert [row.agency for row in summary.unreported] == [named]


# The report on the children


def test_accepted_reports_are_collected_and_the_rest_is_missing_by_name(
    document, duties, commune, other_commune, holder, assignee, head
):
    first, second = duties
    accept(make_period(first, commune, due_on=LATE - timedelta(days=1)), assignee)
    accept(make_period(second, commune, due_on=ON), assignee, state=PeriodState.NOT_APPLICABLE)
    make_period(first, other_commune, due_on=LATE)
    make_period(second, other_commune, due_on=ON, state=PeriodState.SUBMITTED)

    collected = selectors.children_report_values(document, holder, head, difficulties=("Thiếu",), **STRETCH)

    assert [(row.agency, row.result, row.is_late, row.not_applicable) for row in collected.accepted] == [
        (commune.name, "Đã phổ biến", True, False),
        (commune.name, "Đã phổ biến", False, True),
    ]
    assert [(row.agency, row.state) for row in collected.missing] == [
        (other_commune.name, "Chưa báo cáo"),
        (other_commune.name, "Chờ xác nhận"),
    ]
    assert collected.difficulties == ("Thiếu",)


def test_the_latest_accepted_report_gives_the_words(document, duties, commune, holder, assignee, head):
    period = make_period(duties[0], commune, due_on=ON)
    report(period, assignee, text="Lần đầu", decision=Decision.RETURNED, reason="Thiếu", decided_at=AT)
    accept(period, assignee)
    report(period, assignee, text="Ghi thêm", percentage=100, at=AT + timedelta(days=1))

    collected = selectors.children_report_values(document, holder, head, **STRETCH)

    assert [row.result for row in collected.accepted] == ["Đã phổ biến"]


def test_what_accepted_reports_count_is_added_up(document, duties, commune, other_commune, holder, assignee, head):
    cameras = Figure("s1", "Số camera", "number", "chiếc")
    level = Figure("s2", "Cấp độ", "choice", options=("Cấp 1", "Cấp 2"))
    checked, named = Figure("s3", "Ngày kiểm tra", "date"), Figure("s4", "Đầu mối", "text")
    asked = [cameras, level, checked, named]
    set_figures(obligation=duties[0], figures=asked, by=holder, at=AT)
    told = [(commune, "1250.5", "Cấp 1", "2026-11-02"), (other_commune, "9", "Cấp 1", "2026-11-09")]
    for agency, *values in told:
        answers = [
            {"key": one.key, "label": one.label, "kind": one.kind, "unit": one.unit, "value": value}
            for one, value in zip(asked, [*values, "Ông Hòa"], strict=True)
        ]
        accept(make_period(duties[0], agency, due_on=ON), assignee, figures=answers)
    accept(make_period(duties[1], commune, due_on=ON), assignee)

    collected = selectors.children_report_values(document, holder, head, **STRETCH)

    assert {one.duty for one in collected.figures} == {collected.accepted[0].duty}
    assert [(one.label, one.total, one.reports) for one in collected.figures] == [
        ("Số camera", "1.259,5 chiếc", 2),
        ("Cấp độ", "Cấp 1: 2; Cấp 2: 0", 2),
        ("Ngày kiểm tra", "từ 02/11/2026 đến 09/11/2026", 2),
    ]
    document_text = "\n".join(one.text for one in Document(BytesIO(write_children_report(collected))).paragraphs)
    assert "1.259,5 chiếc, theo 2 báo cáo" in document_text


def test_what_has_no_last_day_counts_when_it_was_finished_in_the_stretch(document, commune, holder, assignee, head):
    for done_on in (LATE, date(2026, 10, 1)):
        duty = make_confirmed(document, "Việc thường xuyên", deadline_operator=Operator.NONE, last_day=None)
        accept(make_period(duty, commune), assignee, done_on=done_on)
    make_period(make_confirmed(document, "Chưa làm", last_day=None), commune)

    collected = selectors.children_report_values(document, holder, head, **STRETCH)

    assert [row.done_on for row in collected.accepted] == [LATE]
    assert collected.missing == ()


def test_the_holders_own_work_is_not_that_of_its_children(document, duties, province, holder, head):
    make_period(duties[0], province, due_on=LATE)

    assert selectors.children_report_values(document, holder, head, **STRETCH).total == 0


# Duties that were given on


@pytest.fixture
def given_on(duties, commune, province):
    """A duty that a commune was given, and a part of it that the commune gave to a school, both late."""
    whole = make_assignment(duties[0], commune, due_on=LATE)
    school = make_agency(commune, "Trường Tiểu học An Bình")
    return whole, make_assignment(duties[0], school, parent=whole, words="Thống kê camera của trường", due_on=LATE)


def test_what_an_agency_gave_on_counts_in_its_own_alone(document, commune, holder, head, given_on):
    urged = selectors.urging_values(document, holder, head, **ASKED)
    summed = selectors.period_summary_values(document, holder, head, **STRETCH)
    collected = selectors.children_report_values(document, holder, head, **STRETCH)
    given = selectors.assignment_letter_values(document, holder, head, report_to="A", on=ON)

    assert [row.agency for row in urged.rows] == [commune.name]
    assert (summed.outcomes, [row.agency for row in summed.unreported]) == (Outcomes(late=1), [commune.name])
    assert [row.agency for row in collected.missing] == [commune.name]
    assert [duty.leads for duty in given.duties] == [(commune.name,)]


def test_the_part_that_the_holder_gave_of_its_own_is_asked_of_who_has_it(
    document, duties, province, commune, holder, assignee, head
):
    own = make_assignment(duties[0], province, due_on=LATE)
    make_assignment(duties[0], commune, parent=own, words="Thống kê camera của xã", due_on=LATE)

    urged = selectors.urging_values(document, holder, head, **ASKED)
    collected = selectors.children_report_values(document, holder, head, **STRETCH)
    summed = selectors.period_summary_values(document, holder, head, **STRETCH)

    for row in (*urged.rows, *collected.missing):
        assert (row.agency, row.duty) == (commune.name, "Điểm 1.1: Thống kê camera của xã")
    assert (len(urged.rows), collected.total, summed.outcomes.total) == (1, 1, 1)


def test_who_answers_today_for_the_holder_gave_it(document, duties, province, commune, other_commune, holder, head):
    confirmed = {"answering_agency": province, "answering_confirmed_by": holder, "answering_confirmed_at": AT}
    taken_over = make_assignment(duties[0], other_commune, due_on=LATE, **confirmed)
    make_assignment(duties[0], commune, parent=taken_over, due_on=LATE)

    assert [row.agency for row in selectors.urging_values(document, holder, head, **ASKED).rows] == [commune.name]


# What they cost


@pytest.mark.parametrize("rows", [1, 6])
def test_each_costs_the_same_whatever_the_number_of_periods(
    document, province, holder, assignee, head, rows, django_assert_num_queries
):
    for number in range(rows):
        agency = make_agency(province)
        make_period(make_confirmed(document, f"Việc {number}"), agency, due_on=LATE)
        accept(make_period(make_confirmed(document, f"Xong {number}"), agency, due_on=LATE), assignee)

    first, second, third, fourth = (again(holder) for _ in range(4))
    with django_assert_num_queries(4):  # the person's roles, those stood in for; then what the selector says
        selectors.urging_values(document, first, head, **ASKED)
    with django_assert_num_queries(3):
        selectors.assignment_letter_values(document, second, head, report_to="A", on=ON)
    with django_assert_num_queries(6):
        selectors.period_summary_values(document, third, head, **STRETCH)
    with django_assert_num_queries(4):
        selectors.children_report_values(document, fourth, head, **STRETCH)


# Parts that an agency gave on


@pytest.fixture
def part(duties, commune):
    """A part of the commune's duty that it gave to one of its units; both are late."""
    whole = make_period(duties[0], commune, due_on=LATE)
    unit = make_agency(commune, "Phòng Kinh tế xã An Bình")
    return make_period(duties[0], unit, due_on=LATE, parent=whole.assignment)


def test_a_part_that_was_given_on_is_counted_and_urged_by_who_gave_it(document, part, commune, holder, head):
    urged = selectors.urging_values(document, holder, head, **ASKED)
    summary = selectors.period_summary_values(document, holder, head, **STRETCH)
    collected = selectors.children_report_values(document, holder, head, **STRETCH)
    given = selectors.assignment_letter_values(document, holder, head, report_to="Sở", on=ON)

    assert [row.agency for row in urged.rows] == [commune.name]
    assert [row.agency for row in summary.tallies] == [commune.name]
    assert [row.agency for row in summary.unreported] == [commune.name]
    assert [row.agency for row in collected.missing] == [commune.name]
    assert [duty.leads for duty in given.duties] == [(commune.name,)]
    assert selectors.agencies_with_work_left(selectors.periods_of_others(document, holder)) == 1
