import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ancam.audit.models import Entry
from ancam.directives.models import Assignment, Document, Obligation, PeriodState, ProgressReport
from ancam.directives.services import ProgressFacts, load_reference, submit_progress
from ancam.directives.tests.factories import (
    AT,
    make_assignment,
    make_confirmed,
    make_document,
    make_tracked,
    sent_file,
    signed_in,
)
from ancam.papers.models import Paper
from ancam.papers.services import submit_paper
from ancam.samples import sample_letter

NAME = "cong-van-ubnd-tinh-dong-son.txt"
REPORT = {"period_from": "01/11/2026", "period_to": "30/11/2026", "symbol": "BC-UBND"}


def test_work_is_given_out_at_once(office, province, commune, other_commune, holder):
    document = make_tracked(province, 2, by=holder)
    address = reverse("document_assign", args=[document.pk])
    chosen = {
        "obligations": [one.pk for one in document.obligations.all()],
        "agencies": [commune.pk, other_commune.pk],
        "part": "lead",
    }

    assert office.get(address).status_code == 200
    assert office.post(address, {"part": "lead"}).status_code == 422
    preview = office.post(address, chosen)
    assert not Assignment.objects.exists()
    assert office.post(address, {**chosen, "give": "1", "seen": preview.context["seen"]}).status_code == 302
    assert Assignment.objects.count() == 4


def test_the_letters_page_counts_by_state_and_its_counts_are_links(office, assignment):
    address = reverse("document", args=[assignment.obligation.document_id])

    body = office.get(address).content.decode()

    assert "?state=not_started" in body
    assert assignment.agency.name in body
    assert assignment.agency.name not in office.get(address + "?state=accepted").content.decode().split("<tbody")[1]


def test_the_export_holds_exactly_what_is_filtered(office, assignment, province, other_commune):
    make_assignment(assignment.obligation, other_commune, state=PeriodState.IN_PROGRESS)

    reply = office.get(reverse("assignments") + "?state=in_progress&xuat=csv")

    lines = b"".join(reply.streaming_content).decode().strip().splitlines()
    assert len(lines) == 2
    assert other_commune.name in lines[1]


def test_a_person_finds_work_without_diacritics(office, assignment):
    assert assignment.agency.name in office.get(reverse("assignments") + "?words=xa+an+binh").content.decode()


def test_progress_is_reported_returned_and_accepted(office, assignee, assignment, period):
    agency = signed_in(assignee)
    sent = {"percentage": "100", "text": "Đã xong", "attachments": SimpleUploadedFile("a.csv", b"x")}

    assert agency.post(reverse("progress_submit", args=[period.pk]), sent).status_code == 302
    report = ProgressReport.objects.get()
    page = office.get(reverse("assignment", args=[assignment.pk])).content.decode()
    assert "Xác nhận hoàn thành" in page
    assert office.post(reverse("progress_return", args=[report.pk]), {"reason": ""}).status_code == 422
    assert office.post(reverse("progress_return", args=[report.pk]), {"reason": "Thiếu"}).status_code == 302
    assert "Lý do: Thiếu" in agency.get(reverse("assignment", args=[assignment.pk])).content.decode()

    sent["attachments"] = []
    agency.post(reverse("progress_submit", args=[period.pk]), sent)
    office.post(reverse("progress_accept", args=[ProgressReport.objects.first().pk]))
    period.refresh_from_db()
    assert period.state == PeriodState.ACCEPTED


@pytest.mark.parametrize(
    "values",
    [
        {"percentage": "x", "text": "a"},
        {"percentage": "101", "text": "a"},
        {"percentage": "10", "text": ""},
        {"percentage": "10", "text": "a", "attachments": SimpleUploadedFile("a.exe", b"MZ")},
        {"percentage": "10", "text": "a", "attachments": SimpleUploadedFile("a.pdf", b"")},
    ],
)
def test_a_refused_report_stays_on_its_page(assignee, period, values):
    reply = signed_in(assignee).post(reverse("progress_submit", args=[period.pk]), values)

    assert reply.status_code == 422
    assert not ProgressReport.objects.exists()


def test_an_attached_file_is_a_download_for_those_who_may_see_it(office, assignee, outsider, period):
    files = {"percentage": "40", "text": "x", "attachments": SimpleUploadedFile("kế hoạch.csv", b"a,b")}
    signed_in(assignee).post(reverse("progress_submit", args=[period.pk]), files)
    address = reverse("progress_file", args=[ProgressReport.objects.get().files.get().pk])

    reply = office.get(address)

    assert reply.content == b"a,b"
    assert reply["Content-Disposition"].startswith("attachment")
    assert signed_in(outsider).get(address).status_code == 404


def test_an_assignment_is_taken_back_with_a_reason(office, assignment):
    address = reverse("assignment_withdraw", args=[assignment.pk])

    assert office.post(address, {"reason": ""}).status_code == 422
    assert office.post(address, {"reason": "Nhầm"}).status_code == 302


def test_ones_own_report_is_not_answered(province, holder):
    own = make_assignment(make_tracked(province, 1, by=holder).obligations.get(), province)
    report = submit_progress(period=own.periods.get(), facts=ProgressFacts(100, "Xong"), by=holder, at=AT)
    client = signed_in(holder)

    assert "không tự xác nhận" in client.get(reverse("assignment", args=[own.pk])).content.decode()
    assert client.post(reverse("progress_accept", args=[report.pk])).status_code == 422


@time_machine.travel(AT, tick=False)
def test_a_draft_is_downloaded_or_kept_for_the_leader(office, province, assignment):
    address = reverse("document_report", args=[assignment.obligation.document_id])
    values = {**REPORT, "agency": province.pk, "period_to": "20/11/2026"}
    values |= {"signer_role": "CHỦ TỊCH", "signer_name": "Lê Minh Khôi"}

    assert office.get(address).status_code == 200
    assert office.post(address, {**values, "draft": ""}).content[:2] == b"PK"
    assert office.post(address, {**values, "period_to": "01/10/2026", "draft": ""}).status_code == 422
    kept = {**values, "save": ""}
    assert office.post(address, {**kept, "signer_name": ""}).status_code == 422
    assert office.post(address, {**kept, "period_to": "21/11/2026"}).status_code == 422
    assert office.post(address, kept).status_code == 302
    assert Paper.objects.get().state == "drafted"


@time_machine.travel(AT, tick=False)
def test_a_kept_report_is_made_anew_from_what_was_entered(office, outsider, province, assignment):
    address = reverse("document_report", args=[assignment.obligation.document_id])
    values = {**REPORT, "agency": province.pk, "period_to": "20/11/2026", "save": ""}
    values |= {"signer_role": "CHỦ TỊCH", "signer_name": "Lê Minh Khôi", "difficulties": "Thiếu kinh phí."}
    office.post(address, values)
    paper = Paper.objects.get()
    anew = f"{address}?paper={paper.pk}"

    assert "Thiếu kinh phí." in office.get(anew).content.decode()
    assert office.post(anew, {**values, "difficulties": "Thiếu người."}).status_code == 302
    assert Paper.objects.get().inputs["difficulties"] == ["Thiếu người."]
    for other in ("x", "999", "1" * 30):
        assert office.get(f"{address}?paper={other}").status_code == 404
    assert signed_in(outsider).get(anew).status_code == 404
    submit_paper(paper=paper, by=paper.drafted_by, at=AT)
    assert office.post(anew, values).status_code == 422


def test_the_letter_is_given_back_as_received(office, province):
    office.post(reverse("document_upload"), {**sent_file(sample_letter(NAME), NAME), "agency": province.pk})

    assert office.get(reverse("document_file", args=[Document.objects.get().pk])).content == sample_letter(NAME)


def test_a_duty_shows_its_words_and_why_it_is_due(office, province, holder):
    duty = make_confirmed(make_document(province, holder), "Phổ biến Chỉ thị số 23/CT-TTg")

    body = office.get(reverse("obligation", args=[duty.pk])).content.decode()

    assert "ngày liền trước" in body
    assert "<blockquote" in body


def test_the_law_is_everybodys_and_says_what_is_uncertain(outsider, province):
    load_reference(AT)
    client = signed_in(outsider)

    assert "TCVN 14423:2026 chưa đối chiếu bản chính thức" in client.get(reverse("instruments")).content.decode()
    assert "331/2026" in client.get(reverse("instrument", args=["ND331-2026"])).content.decode()
    assert client.get(reverse("instrument", args=["KHONG-CO"])).status_code == 404


def test_a_last_day_on_a_rest_day_is_said_to_the_agency(assignee, assignment):
    message = "29/11/2026 là Chủ nhật, ngày nghỉ"
    Obligation.objects.update(anomalies=[{"code": "deadline_on_rest_day", "message": message, "spans": []}])

    assert message in signed_in(assignee).get(reverse("assignment", args=[assignment.pk])).content.decode()


def test_duties_are_given_out_as_their_own_words_suggest(office, province, commune, holder):
    document = make_tracked(province, 0, by=holder)
    duty = make_confirmed(document, leads=[{"text": "UBND các xã", "kind": "ubnd_xa"}])
    address = reverse("document_assign", args=[document.pk])

    assert "Gợi ý chủ trì" in office.get(address).content.decode()
    assert office.post(address, {"as_suggested": "1"}).status_code == 422
    chosen = {"as_suggested": "1", "obligations": [duty.pk], "part": "lead"}
    preview = office.post(address, chosen)
    assert office.post(address, {**chosen, "give": "1", "seen": preview.context["seen"]}).status_code == 302
    assert Assignment.objects.get().agency == commune


@pytest.mark.parametrize("key", ["9" * 25, "9" * 5000, "x", "-1"])
def test_keys_that_no_row_can_have_are_refused(office, province, holder, key):
    document = make_tracked(province, 1, by=holder)
    values = {"obligations": [key], "agencies": [key], "part": "lead"}

    assert office.post(reverse("document_assign", args=[document.pk]), values).status_code == 422
    assert office.post(reverse("review_merge", args=[document.pk]), values).status_code in (302, 422)


def test_what_is_due_later_or_never_stands_on_the_first_page_of_who_must_do_it(assignee, commune, province, holder):
    duty = make_tracked(province, by=holder).obligations.get()
    make_assignment(duty, commune, due_on=None)

    body = signed_in(assignee).get(reverse("home")).content.decode()

    assert "Sau 30 ngày hoặc không ghi ngày" in body


def test_a_secret_file_is_refused_on_the_page_and_leaves_one_line(period, assignee):
    file = SimpleUploadedFile("kin.txt", "TỐI MẬT\nNội dung".encode())
    sent = {"percentage": "40", "text": "Đang làm", "based_on": "0", "attachments": file}

    reply = signed_in(assignee).post(reverse("progress_submit", args=[period.pk]), sent)

    assert reply.status_code == 422
    assert "Đang làm" in reply.content.decode()
    assert Entry.objects.filter(action="directives.refuse_secret").count() == 1
