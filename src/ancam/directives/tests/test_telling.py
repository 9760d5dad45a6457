"""People hear of what was done to their duties: once, and never of what they did themselves."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from ancam.accounts.models import Membership, Role
from ancam.accounts.tests.factories import make_person
from ancam.directives.models import Part
from ancam.directives.services import (
    ProgressFacts,
    accept_progress,
    answer_scope,
    ask_extension,
    ask_scope,
    assign,
    grant_extension,
    refuse_extension,
    return_progress,
    submit_progress,
)
from ancam.directives.tests.factories import AT, make_confirmed, make_tracked
from ancam.notifications.models import Notice, NoticeKind

LATER = date(2026, 12, 31)


@pytest.fixture
def leader(commune):
    """The leader of the commune that is given work."""
    return make_person(Role.LEADER, commune)


def told(person) -> list[tuple[str, str]]:
    """Return the titles and addresses of what somebody was told, the oldest first."""
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("title", "address"))


def test_an_agency_hears_once_of_all_that_one_act_gave_it(province, commune, holder, assignee, leader):
    document = make_tracked(province, 2, by=holder)
    duties = list(document.obligations.all())

    assign(document=document, obligations=duties, agencies=[commune, province], part=Part.LEAD, by=holder, at=AT)

    page = reverse("document", args=[document.pk])
    assert told(assignee) == told(leader) == [("Được giao 2 nhiệm vụ", page)]
    assert told(holder) == []


def test_one_duty_is_told_with_its_own_page(province, commune, holder, assignee):
    document = make_tracked(province, 1, by=holder)
    duties = list(document.obligations.all())

    made = assign(document=document, obligations=duties, agencies=[commune], part=Part.LEAD, by=holder, at=AT)
    assign(document=document, obligations=duties, agencies=[commune], part=Part.LEAD, by=holder, at=AT)

    assert told(assignee) == [("Được giao 1 nhiệm vụ", reverse("assignment", args=[made[0].pk]))]


def test_who_gave_it_hears_of_a_report_of_completion_and_who_reported_of_the_answer(period, holder, assignee):
    page = reverse("period", args=[period.pk])

    submit_progress(period=period, facts=ProgressFacts(60, "Đang làm"), by=assignee, at=AT)
    report = submit_progress(period=period, facts=ProgressFacts(100, "Đã xong"), by=assignee, at=AT)
    return_progress(report=report, reason="Thiếu minh chứng", by=holder, at=AT)
    again = submit_progress(period=period, facts=ProgressFacts(100, "Đã bổ sung"), by=assignee, at=AT)
    accept_progress(report=again, by=holder, at=AT)

    assert told(holder) == [("Báo cáo chờ xác nhận", page)] * 2
    assert told(assignee) == [("Báo cáo bị trả lại", page), ("Báo cáo đã được xác nhận", page)]
    assert "Thiếu minh chứng" in Notice.objects.filter(person=assignee).order_by("pk").first().text


def test_more_time_is_told_when_asked_for_and_when_answered(period, holder, assignee):
    page = reverse("period", args=[period.pk])

    first = ask_extension(period=period, wanted_to=LATER, reason="Chờ kiểm đếm", by=assignee, at=AT)
    refuse_extension(extension=first, answer="Đã gia hạn một lần", by=holder, at=AT)
    second = ask_extension(period=period, wanted_to=LATER, reason="Chờ thiết bị", by=assignee, at=AT)
    grant_extension(extension=second, granted_to=LATER, by=holder, at=AT)

    assert told(holder) == [("Đề nghị gia hạn", page)] * 2
    assert told(assignee) == [("Không được gia hạn", page), ("Được gia hạn đến 31/12/2026", page)]


def test_a_question_on_scope_is_told_and_so_is_its_answer(assignment, holder, assignee):
    page = reverse("assignment", args=[assignment.pk])

    question = ask_scope(assignment=assignment, text="Có tính camera lớp học không?", by=assignee, at=AT)
    answer_scope(question=question, answer="Có.", by=holder, at=AT)

    assert told(holder) == [("Câu hỏi về phạm vi nhiệm vụ", page)]
    assert told(assignee) == [("Đã có trả lời về phạm vi nhiệm vụ", page)]


def test_who_has_left_hears_nothing(period, holder, assignee):
    report = submit_progress(period=period, facts=ProgressFacts(100, "Đã xong"), by=assignee, at=AT)
    assignee.is_active = False
    assignee.save()

    accept_progress(report=report, by=holder, at=AT)

    assert told(assignee) == []


def test_when_who_reported_works_elsewhere_those_who_follow_it_now_hear_the_answer(
    period, commune, other_commune, holder, assignee, leader
):
    report = submit_progress(period=period, facts=ProgressFacts(100, "Đã xong"), by=assignee, at=AT)
    Membership.objects.filter(person=assignee).update(agency=other_commune)

    return_progress(report=report, reason="Thiếu minh chứng", by=holder, at=AT)

    page = reverse("period", args=[period.pk])
    assert (told(assignee), told(leader)) == ([], [("Báo cáo bị trả lại", page)])


def test_each_hears_it_in_their_own_language(province, commune, holder, assignee):
    document = make_tracked(province, 0, by=holder)
    duty = make_confirmed(document)

    with translation.override("en"):
        assign(document=document, obligations=[duty], agencies=[commune], part=Part.LEAD, by=holder, at=AT)

    assert told(assignee)[0][0] == "Được giao 1 nhiệm vụ"
    assert Notice.objects.get(person=assignee).kind == NoticeKind.ASSIGNED
