"""Two people write a report on one period: the second sees both, and loses neither words nor files."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ancam.directives.errors import PeriodNotBegun, ReportedMeanwhile
from ancam.directives.models import ProgressReport
from ancam.directives.services import (
    Attachment,
    ProgressFacts,
    held_attachments,
    hold_attachments,
    submit_progress,
)
from ancam.directives.tests.factories import AT, ON, make_period, officer_of, signed_in
from ancam.kit.file_names import RunnableName

MINE = {"percentage": "60", "text": "Lời của tôi", "based_on": "0"}


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel(AT, tick=False):
        yield


def ticket_in(body):
    return body.split('name="held"')[1].split('value="')[1].split('"')[0]


def sent(period, by, percentage=30):
    return submit_progress(period=period, facts=ProgressFacts(percentage, "Bản trước"), by=by, at=AT)


def test_a_report_over_an_older_state_is_not_taken(period, assignee, commune):
    first = sent(period, assignee)

    with pytest.raises(ReportedMeanwhile) as refused:
        submit_progress(period=period, facts=ProgressFacts(60, "Sau", based_on=0), by=officer_of(commune), at=AT)

    assert assignee.full_name in str(refused.value)
    follows = ProgressFacts(60, "Sau", based_on=first.pk)
    assert submit_progress(period=period, facts=follows, by=assignee, at=AT + timedelta(minutes=1))


def test_both_are_shown_and_the_second_may_follow_with_its_file(period, assignee, commune):
    client, address = signed_in(officer_of(commune)), reverse("progress_submit", args=[period.pk])
    first = sent(period, assignee)
    files = {"attachments": SimpleUploadedFile("kế hoạch.csv", b"a,b")}

    reply = client.post(address, {**MINE, **files})

    body = reply.content.decode()
    assert reply.status_code == 409
    assert "Bản trước" in body
    assert "Lời của tôi" in body
    assert f'name="based_on" value="{first.pk}"' in body
    assert ProgressReport.objects.count() == 1
    again = {**MINE, "based_on": str(first.pk), "held": [ticket_in(body)]}
    assert client.post(address, again).status_code == 302
    kept = ProgressReport.objects.first()
    assert (kept.text, [file.name for file in kept.files.all()]) == ("Lời của tôi", ["kế hoạch.csv"])


def test_when_the_first_waits_for_its_answer_the_words_of_the_second_are_still_there(period, assignee, commune):
    sent(period, assignee, percentage=100)

    reply = signed_in(officer_of(commune)).post(reverse("progress_submit", args=[period.pk]), MINE)

    body = reply.content.decode()
    assert reply.status_code == 409
    assert "Lời của tôi" in body
    assert "đang chờ trả lời nên chưa gửi thêm được" in body
    assert "Gửi bản của tôi" not in body


def test_files_wait_when_another_field_is_refused(period, assignee):
    client, address = signed_in(assignee), reverse("progress_submit", args=[period.pk])
    files = {"attachments": SimpleUploadedFile("a.csv", b"a,b")}

    body = client.post(address, {**MINE, "percentage": "130", **files}).content.decode()

    assert "a.csv" in body
    assert client.post(address, {**MINE, "held": [ticket_in(body)]}).status_code == 302
    assert ProgressReport.objects.get().files.count() == 1


def test_a_file_that_is_refused_does_not_wait(period, assignee):
    files = {"attachments": SimpleUploadedFile("bao-cao.pdf.exe", b"MZ")}

    reply = signed_in(assignee).post(reverse("progress_submit", args=[period.pk]), {**MINE, **files})

    assert reply.status_code == 422
    assert 'name="held"' not in reply.content.decode()


def test_a_name_with_the_ending_of_a_program_inside_is_refused(period, assignee):
    with pytest.raises(RunnableName):
        hold_attachments(period=period, files=[Attachment("bao-cao.exe.pdf", b"%PDF-1.7")], by=assignee, at=AT)


def test_a_waiting_file_is_for_the_same_person_and_period_and_a_day(period, assignee, commune, other_commune):
    (held,) = hold_attachments(period=period, files=[Attachment("a.csv", b"a,b")], by=assignee, at=AT)
    other = make_period(period.assignment.obligation, other_commune)

    def found(ticket=held.ticket, of=period, by=assignee):
        return held_attachments(period=of, tickets=[ticket], by=by)

    assert found()[0].content == b"a,b"
    assert not found(by=officer_of(commune))
    assert not found(of=other)
    assert not found(ticket=held.ticket[:-2] + "xx")
    with time_machine.travel(AT + timedelta(hours=21)):
        assert not found()


def test_a_period_that_has_not_begun_is_not_reported_on(period, assignee):
    period.begins_on = ON + timedelta(days=1)
    period.save()

    with pytest.raises(PeriodNotBegun):
        sent(period, assignee)

    page = signed_in(assignee).get(reverse("period", args=[period.pk])).content.decode()
    assert "Kỳ này bắt đầu từ 21/11/2026" in page
    assert "Gửi báo cáo" not in page
    reply = signed_in(assignee).post(reverse("progress_submit", args=[period.pk]), MINE)
    assert (reply.status_code, "Lời của tôi" in reply.content.decode()) == (422, True)
