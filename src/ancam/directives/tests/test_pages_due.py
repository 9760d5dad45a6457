"""Pages on which people say when duties are due: they work, refuse beside the field, and are for their own side."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from ancam.accounts.services import DelegationFacts, delegate
from ancam.directives.models import DueSchedule, DutyEvent, Extension, PeriodState
from ancam.directives.services import ProgressFacts, ask_extension, submit_progress
from ancam.directives.tests.factories import (
    AT,
    make_document,
    make_period,
    make_tracked,
    officer_of,
    signed_in,
)

pytestmark = pytest.mark.usefixtures("on_that_day")
SCHEDULE = {"every": "12", "due_days": "trước 22/3\ntrước 20/9", "ground": "Chỉ thị 09/CT-TTg"}
EVENT = {"happened_on": "18/11/2026", "days": "5", "working_days": "on", "ground": "Quyết định 12/QĐ-UBND"}


@pytest.fixture
def on_that_day():
    with time_machine.travel(AT, tick=False):
        yield


def test_a_schedule_that_another_set_meanwhile_is_shown_before_it_is_replaced(office, assignment):
    address = reverse("schedule_edit", args=[assignment.obligation_id])
    seen = str(assignment.obligation.version)
    assert f'name="version" value="{seen}"' in office.get(address).content.decode()
    office.post(address, {**SCHEDULE, "version": seen})

    reply = office.post(address, {"every": "1", "ground": "Công văn 9", "version": seen})

    body = reply.content.decode()
    assert reply.status_code == 422
    assert "Lịch đang có: Hằng năm: trước 22/3; trước 20/9." in body
    assert DueSchedule.objects.get().every_months == 12
    newer = body.split('name="version" value="')[1].split('"')[0]
    assert office.post(address, {"every": "1", "ground": "Công văn 9", "version": newer}).status_code == 302
    assert DueSchedule.objects.get().every_months == 1


def test_a_schedule_is_set_shown_again_and_followed(office, assignment):
    address = reverse("schedule_edit", args=[assignment.obligation_id])

    before = office.get(address).content.decode()
    assert "trước 01/12/2026" in before
    assert office.post(address, SCHEDULE).status_code == 302

    assert DueSchedule.objects.get().every_months == 12
    assert "trước 22/3\ntrước 20/9" in office.get(address).content.decode()
    page = office.get(reverse("obligation", args=[assignment.obligation_id])).content.decode()
    assert "Hằng năm: trước 22/3; trước 20/9" in page and "Chỉ thị 09/CT-TTg" in page
    assert set(assignment.periods.values_list("code", flat=True)) == {"2027.1", "2027.2"}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({**SCHEDULE, "due_days": "cuối năm"}, "Chưa hiểu hạn “cuối năm”"),
        ({**SCHEDULE, "every": "other"}, "Chưa ghi số tháng"),
        ({**SCHEDULE, "every": "other", "other_months": "99", "due_days": ""}, "1 đến 60 tháng"),
        ({**SCHEDULE, "begins_on": "31/2/2027"}, "Ngày này không có"),
        ({**SCHEDULE, "every": "", "due_days": "trước 1/1/2020"}, "trước ngày của văn bản"),
        ({**SCHEDULE, "every": "7"}, "Lựa chọn không có"),
        ({**SCHEDULE, "later_document": "999999"}, "Lựa chọn không có"),
        ({**SCHEDULE, "ground": ""}, "Chưa ghi căn cứ"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_on_its_page(office, assignment, values, words):
    reply = office.post(reverse("schedule_edit", args=[assignment.obligation_id]), values)

    assert reply.status_code == 422
    assert words in reply.content.decode()
    assert not DueSchedule.objects.exists()


def test_a_later_letter_that_moves_the_days_is_chosen_and_named(office, assignment, province, holder):
    later = make_document(province, by=holder, number="9", symbol="CT-TTg", signed_on=date(2026, 11, 18))
    address = reverse("schedule_edit", args=[assignment.obligation_id])

    assert "Chỉ thị" in office.get(address).content.decode()
    values = {"every": "", "due_days": "chậm nhất 31/1/2027", "later_document": later.pk}
    assert office.post(address, values).status_code == 302

    page = office.get(reverse("obligation", args=[assignment.obligation_id])).content.decode()
    assert "chậm nhất 31/01/2027" in page and reverse("document", args=[later.pk]) in page
    assert assignment.periods.get().due_on == date(2027, 1, 31)


def test_an_event_is_recorded_for_one_agency_among_those_with_the_duty(office, assignment, other_commune):
    other = make_period(assignment.obligation, other_commune)
    address = reverse("event_record", args=[assignment.obligation_id])

    assert other_commune.name in office.get(address).content.decode()
    assert office.post(address, {**EVENT, "assignment": assignment.pk}).status_code == 302

    other.refresh_from_db()
    assert (assignment.periods.get().due_on, other.due_on) == (date(2026, 11, 26), date(2026, 11, 30))


@pytest.mark.parametrize(
    "values",
    [
        {**EVENT, "happened_on": "25/11/2026"},
        {**EVENT, "days": "x"},
        {**EVENT, "days": "99999"},
        {**EVENT, "ground": ""},
        {**EVENT, "assignment": "999999"},
    ],
)
def test_an_event_that_cannot_be_is_refused_on_its_page(office, assignment, values):
    assert office.post(reverse("event_record", args=[assignment.obligation_id]), values).status_code == 422
    assert not DutyEvent.objects.exists()


def test_more_time_is_asked_for_and_granted_on_the_page_of_the_period(office, assignee, period):
    agency, page = signed_in(assignee), reverse("period", args=[period.pk])
    asked = {"wanted_to": "31/12/2026", "reason": "Chờ kiểm đếm"}

    assert agency.post(reverse("extension_ask", args=[period.pk]), {**asked, "reason": ""}).status_code == 422
    assert agency.post(reverse("extension_ask", args=[period.pk]), asked).status_code == 302
    address = reverse("extension_answer", args=[Extension.objects.get().pk])
    assert "Chờ nơi giao việc trả lời" in agency.get(page).content.decode()
    assert office.post(address, {"grant": "1"}).status_code == 422
    assert office.post(address, {"refuse": "1", "answer": ""}).status_code == 422
    assert office.post(address, {"grant": "1", "granted_to": "15/12/2026"}).status_code == 302

    assert "đã gia hạn, trước là 30/11/2026" in agency.get(page).content.decode()


def test_a_request_that_waits_when_the_work_is_done_can_still_be_refused(office, assignee, period):
    asked = ask_extension(period=period, wanted_to=date(2026, 12, 31), reason="Chờ kiểm đếm", by=assignee, at=AT)
    submit_progress(period=period, facts=ProgressFacts(100, "Xong"), by=assignee, at=AT)

    page = office.get(reverse("period", args=[period.pk])).content.decode()
    assert 'name="refuse"' in page and 'name="grant"' not in page and 'name="granted_to"' not in page
    sent = {"refuse": "1", "answer": "Đã làm xong"}
    assert office.post(reverse("extension_answer", args=[asked.pk]), sent).status_code == 302
    assert "Đã làm xong" in office.get(reverse("period", args=[period.pk])).content.decode()


def test_who_stands_in_for_the_asker_is_not_offered_to_answer(province, holder):
    period = make_period(make_tracked(province, 1, by=holder).obligations.get(), province)
    stand_in = officer_of(province)
    ask_extension(period=period, wanted_to=date(2026, 12, 31), reason="Chờ kiểm đếm", by=holder, at=AT)
    days = DelegationFacts(stand_in, AT.date(), AT.date())
    delegate(membership=holder.memberships.get(), facts=days, by=holder, at=AT)

    page, address = signed_in(stand_in), reverse("period", args=[period.pk])
    assert "Chờ nơi giao việc trả lời" in page.get(address).content.decode()


def test_what_does_not_apply_is_reported_with_its_reason(office, assignee, period):
    sent = {"percentage": "0", "text": "Không có hệ thống camera", "not_applicable": "on"}

    assert signed_in(assignee).post(reverse("progress_submit", args=[period.pk]), sent).status_code == 302
    office.post(reverse("progress_accept", args=[period.reports.get().pk]))

    period.refresh_from_db()
    assert period.state == PeriodState.NOT_APPLICABLE


def test_an_earlier_day_that_is_refused_stays_open_on_its_page(assignee, period):
    sent = {"percentage": "100", "text": "Xong", "done_on": "1/1/2026", "ground": "QĐ 5"}

    reply = signed_in(assignee).post(reverse("progress_submit", args=[period.pk]), sent)

    body = reply.content.decode()
    assert (reply.status_code, "trước ngày của văn bản" in body) == (422, True)
    assert '<details class="fold" open>' in body


def test_what_was_done_before_is_entered_for_many_at_once(office, assignment, other_commune):
    duty = assignment.obligation
    periods = [assignment.periods.get(), make_period(duty, other_commune)]
    address = reverse("done_before", args=[duty.document_id])
    values = {"periods": [one.pk for one in periods], "done_on": "12/11/2026", "ground": "QĐ 31/QĐ-UBND"}

    assert other_commune.name in office.get(address).content.decode()
    for wrong in ({"periods": []}, {"done_on": "1/1/2026"}, {"ground": ""}, {"periods": ["999999"]}):
        assert office.post(address, {**values, **wrong}).status_code == 422
    assert office.post(address, values).status_code == 302
    assert "Không còn việc nào" in office.get(address).content.decode()
    assert "QĐ 31/QĐ-UBND" in office.get(reverse("period", args=[periods[0].pk])).content.decode()


def test_all_that_are_filtered_are_entered_together(office, assignment, other_commune):
    duty = assignment.obligation
    other = make_period(duty, other_commune)
    address = reverse("done_before", args=[duty.document_id])
    values = {"whole": "on", "done_on": "12/11/2026", "ground": "QĐ 31/QĐ-UBND"}

    assert "Cả 2 việc đang lọc" in office.get(address).content.decode()
    assert office.get(f"{address}?state=abc").status_code == 422
    assert office.post(f"{address}?words=Bàu Sen", values).status_code == 302

    other.refresh_from_db()
    assert (other.state, assignment.periods.get().state) == (PeriodState.ACCEPTED, PeriodState.NOT_STARTED)


@pytest.mark.parametrize("name", ["schedule_edit", "event_record"])
def test_pages_of_a_duty_are_for_its_holder(name, assignee, outsider, assignment):
    address = reverse(name, args=[assignment.obligation_id])

    assert signed_in(assignee).get(address).status_code == 403
    assert signed_in(outsider).get(address).status_code == 404


def test_other_sides_neither_ask_nor_answer_nor_enter(office, assignee, outsider, period):
    ask = reverse("extension_ask", args=[period.pk])
    asked = {"wanted_to": "31/12/2026", "reason": "Chờ kiểm đếm"}
    assert office.post(ask, asked).status_code == 403
    assert signed_in(outsider).post(ask, asked).status_code == 404
    signed_in(assignee).post(ask, asked)
    answer = reverse("extension_answer", args=[Extension.objects.get().pk])
    given = {"grant": "1", "granted_to": "15/12/2026"}
    assert signed_in(assignee).post(answer, given).status_code == 403
    assert signed_in(outsider).post(answer, given).status_code == 404
    entered = reverse("done_before", args=[period.assignment.obligation.document_id])
    assert signed_in(assignee).get(entered).status_code == 403
    assert signed_in(outsider).get(entered).status_code == 404
