from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ancam.accounts.models import Role
from ancam.accounts.tests.factories import make_person
from ancam.directives.models import (
    Assignment,
    AssignmentState,
    Document,
    DocumentState,
    Obligation,
    ObligationState,
    ProgressReport,
)
from ancam.directives.services import ProgressFacts, load_reference, submit_progress
from ancam.directives.tests.factories import (
    AT,
    make_assignment,
    make_confirmed,
    make_document,
    make_obligation,
    make_tracked,
    officer_of,
)
from ancam.papers.models import Paper
from ancam.samples import sample_letter

NAME = "cong-van-ubnd-tinh-dong-son.txt"
DUTY = {
    "action": "Phổ biến văn bản",
    "clause": "1.a",
    "kind": "propagate",
    "leads": "Sở A\nSở B",
    "deadline_operator": "before",
    "deadline_on": "01/12/2026",
    "cadence": "none",
    "version": "1",
}
REPORT = {"period_from": "01/11/2026", "period_to": "30/11/2026", "symbol": "BC-UBND"}


def signed_in(person, **headers) -> Client:
    client = Client(headers=headers)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def office(holder) -> Client:
    return signed_in(holder)


@pytest.fixture
def in_review(province, holder) -> Document:
    document = make_document(province, holder)
    make_obligation(document, "Phổ biến Chỉ thị số 23/CT-TTg")
    return document


@pytest.fixture
def assignment(province, commune, holder) -> Assignment:
    return make_assignment(make_tracked(province, 1, by=holder).obligations.get(), commune)


def letter(content: bytes = b"", name: str = NAME) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


def test_an_empty_first_page_offers_to_send_a_letter(office, province):
    body = office.get("/").content.decode()

    assert "Chưa có văn bản nào" in body
    assert reverse("document_upload") in body


def test_who_may_not_receive_is_not_offered_to(province):
    body = signed_in(make_person(Role.READER, province)).get("/").content.decode()

    assert reverse("document_upload") not in body


def test_the_first_page_lists_what_waits(office, in_review):
    assert reverse("review", args=[in_review.pk]) in office.get("/").content.decode()


def test_a_letter_sent_opens_its_review(office, province):
    load_reference(AT)

    reply = office.post(reverse("document_upload"), {**letter(sample_letter(NAME)), "agency": province.pk}, follow=True)

    document = Document.objects.get()
    assert reply.redirect_chain[0][0] == reverse("review", args=[document.pk])
    assert f"0/{document.obligations.count()} đã xác nhận" in reply.content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "không có nội dung"),
        (b"Dear all, please report on your cameras by the end of this month, thank you very much.\n" * 5, "tiếng Việt"),
        (sample_letter(NAME).replace("Số: 2146".encode(), "MẬT\n\nSố: 2146".encode(), 1), "độ mật"),
    ],
)
def test_a_refused_letter_says_why_beside_the_field(office, province, content, words):
    reply = office.post(reverse("document_upload"), {**letter(content), "agency": province.pk})

    assert reply.status_code == 422
    assert words in reply.content.decode()
    assert not Document.objects.exists()


def test_no_file_is_said_beside_the_field(office, province):
    reply = office.post(reverse("document_upload"), {"agency": province.pk})

    assert reply.status_code == 422
    assert "Chưa chọn tệp" in reply.content.decode()


def test_the_same_letter_is_offered(office, province):
    sent = {"agency": province.pk}
    office.post(reverse("document_upload"), {**letter(sample_letter(NAME)), **sent})

    reply = office.post(reverse("document_upload"), {**letter(sample_letter(NAME)), **sent})

    assert reply.status_code == 422
    assert reverse("document", args=[Document.objects.get().pk]) in reply.content.decode()


def test_an_agency_of_others_receives_nothing_from_me(office, commune):
    reply = office.post(reverse("document_upload"), {**letter(sample_letter(NAME)), "agency": commune.pk})

    assert reply.status_code == 422
    assert not Document.objects.exists()


def test_a_file_over_the_limit_is_refused_in_the_page(office, province, settings):
    settings.MAX_UPLOAD_BYTES = 1000

    reply = office.post(reverse("document_upload"), {**letter(sample_letter(NAME)), "agency": province.pk})

    assert reply.status_code == 422
    assert "vượt quá giới hạn" in reply.content.decode()


def test_the_review_marks_the_words_of_each_duty(office, in_review):
    duty = in_review.obligations.get()

    body = office.get(reverse("review", args=[in_review.pk])).content.decode()

    assert f'data-obligations="{duty.pk} "' in body
    assert f'<a href="#nv-{duty.pk}">Phổ biến Chỉ thị số 23/CT-TTg</a>' in body
    assert "ngày cuối" in body
    assert "thứ Hai, 30/11/2026" in body


def test_the_letter_is_escaped(office, province, holder):
    document = make_document(province, holder, text="<script>alert(1)</script>")
    make_obligation(document, "<b>Phổ biến</b>", spans=[[0, 8]])

    body = office.get(reverse("review", args=[document.pk])).content.decode()

    assert "<script>alert" not in body
    assert "<b>Phổ biến" not in body
    assert "&lt;script&gt;" in body


def test_a_doubt_is_shown_with_its_reason(office, in_review):
    in_review.obligations.update(confidence=0.62)

    assert "Đọc chưa chắc (khoảng 62%)" in office.get(reverse("review", args=[in_review.pk])).content.decode()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_duty_is_confirmed_with_and_without_htmx(holder, in_review, headers):
    duty = in_review.obligations.get()

    reply = signed_in(holder, **headers).post(reverse("obligation_confirm", args=[duty.pk]), {"version": "1"})

    duty.refresh_from_db()
    assert duty.state == ObligationState.CONFIRMED
    assert reply.status_code == (200 if headers else 302)
    if headers:
        assert "1/1 đã xác nhận" in reply.content.decode()


def test_what_somebody_changed_meanwhile_is_not_confirmed(office, in_review):
    duty = in_review.obligations.get()
    Obligation.objects.filter(pk=duty.pk).update(version=2)

    reply = office.post(reverse("obligation_confirm", args=[duty.pk]), {"version": "1"})

    assert reply.status_code == 422
    assert "vừa được người khác sửa" in reply.content.decode()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_duty_is_edited_and_confirmed(holder, in_review, headers):
    duty = in_review.obligations.get()
    client = signed_in(holder, **headers)
    assert client.get(reverse("obligation_edit", args=[duty.pk])).status_code == 200

    client.post(reverse("obligation_edit", args=[duty.pk]), {**DUTY, "confirm": "1"})

    duty.refresh_from_db()
    assert (duty.action, duty.state) == ("Phổ biến văn bản", ObligationState.CONFIRMED)
    assert duty.lead_names == ["Sở A", "Sở B"]
    assert duty.last_day == date(2026, 11, 30)


@pytest.mark.parametrize("values", [{"action": ""}, {"deadline_on": ""}, {"deadline_on": "31/02/2027"}, {"kind": "x"}])
def test_a_refused_edit_comes_back_with_what_was_entered(holder, in_review, values):
    duty = in_review.obligations.get()

    reply = signed_in(holder, **{"HX-Request": "true"}).post(
        reverse("obligation_edit", args=[duty.pk]), {**DUTY, "leads": "Sở Còn Nguyên", **values}
    )

    assert reply.status_code == 422
    assert "Sở Còn Nguyên" in reply.content.decode()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_duty_is_split_and_its_parts_merged(holder, in_review, headers):
    duty = in_review.obligations.get()
    client = signed_in(holder, **headers)
    assert "Phổ biến" in client.get(reverse("obligation_split", args=[duty.pk])).content.decode()

    client.post(reverse("obligation_split", args=[duty.pk]), {"parts": "Phần một\r\n\r\nPhần hai", "version": "1"})
    parts = list(in_review.obligations.filter(state=ObligationState.PROPOSED))
    client.post(reverse("review_merge", args=[in_review.pk]), {"obligations": [part.pk for part in parts]})

    assert [part.action for part in parts] == ["Phần một", "Phần hai"]
    assert in_review.obligations.get(state=ObligationState.PROPOSED).action == "Phần một\nPhần hai"


def test_a_refused_split_and_merge_say_why(office, in_review):
    duty = in_review.obligations.get()

    split = office.post(reverse("obligation_split", args=[duty.pk]), {"parts": "Một phần", "version": "1"})
    merge = office.post(reverse("review_merge", args=[in_review.pk]), {"obligations": [duty.pk, "x"]})

    assert (split.status_code, merge.status_code) == (422, 422)
    assert "từ 2 đến" in split.content.decode()
    assert "Chưa gộp được" in merge.content.decode()


def test_a_duty_is_dropped_and_restored(office, in_review):
    duty = in_review.obligations.get()

    office.post(reverse("obligation_drop", args=[duty.pk]), {"version": "1"})
    assert "mục đã bỏ" in office.get(reverse("review", args=[in_review.pk])).content.decode()

    office.post(reverse("obligation_restore", args=[duty.pk]))
    duty.refresh_from_db()
    assert duty.state == ObligationState.PROPOSED


def test_a_duty_is_added(office, in_review):
    address = reverse("obligation_add", args=[in_review.pk])

    assert office.get(address).status_code == 200
    assert office.post(address, {**DUTY, "action": ""}).status_code == 422
    assert office.post(address, DUTY).status_code == 302
    assert in_review.obligations.count() == 2


def test_the_review_is_worked_off_and_finished(office, in_review):
    waiting = office.post(reverse("review_finish", args=[in_review.pk]))
    assert waiting.status_code == 422
    assert "còn 1 nhiệm vụ" in waiting.content.decode()

    office.post(reverse("review_certain", args=[in_review.pk]))
    reply = office.post(reverse("review_finish", args=[in_review.pk]))

    assert reply.url == reverse("document_assign", args=[in_review.pk])
    in_review.refresh_from_db()
    assert in_review.state == DocumentState.TRACKED


def test_particulars_regime_and_parent_are_set(office, in_review, province, holder):
    load_reference(AT)
    above = make_document(province, holder)
    values = {"number": "12", "symbol": "UBND-NC", "signed_on": "05/02/2026", "kind": "công văn"}

    assert office.get(reverse("document_particulars", args=[in_review.pk])).status_code == 200
    assert office.post(reverse("document_particulars", args=[in_review.pk]), values).status_code == 302
    assert office.post(reverse("document_particulars", args=[in_review.pk]), {"signed_on": "x"}).status_code == 422
    assert office.post(reverse("document_regime", args=[in_review.pk]), {"regime": ""}).status_code == 422
    assert office.post(reverse("document_parent", args=[in_review.pk]), {"parent": above.pk}).status_code == 302
    assert office.post(reverse("document_parent", args=[above.pk]), {"parent": in_review.pk}).status_code == 422

    in_review.refresh_from_db()
    assert (in_review.full_number, in_review.parent, in_review.regime.code) == ("12/UBND-NC", above, "R2016")


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
    assert office.post(address, chosen).status_code == 302
    assert Assignment.objects.count() == 4


def test_the_letters_page_counts_by_state_and_its_counts_are_links(office, assignment):
    address = reverse("document", args=[assignment.obligation.document_id])

    body = office.get(address).content.decode()

    assert "?state=not_started" in body
    assert assignment.agency.name in body
    assert assignment.agency.name not in office.get(address + "?state=accepted").content.decode().split("<tbody")[1]


def test_the_export_holds_exactly_what_is_filtered(office, assignment, province, other_commune):
    make_assignment(assignment.obligation, other_commune, state=AssignmentState.IN_PROGRESS)

    reply = office.get(reverse("assignments") + "?state=in_progress&xuat=csv")

    lines = b"".join(reply.streaming_content).decode().strip().splitlines()
    assert len(lines) == 2
    assert other_commune.name in lines[1]


def test_a_person_finds_work_without_diacritics(office, assignment):
    assert assignment.agency.name in office.get(reverse("assignments") + "?words=xa+an+binh").content.decode()


def test_progress_is_reported_returned_and_accepted(office, assignee, assignment):
    agency = signed_in(assignee)
    sent = {"percentage": "100", "text": "Đã xong", "attachments": SimpleUploadedFile("a.csv", b"x")}

    assert agency.post(reverse("progress_submit", args=[assignment.pk]), sent).status_code == 302
    report = ProgressReport.objects.get()
    page = office.get(reverse("assignment", args=[assignment.pk])).content.decode()
    assert "Xác nhận hoàn thành" in page
    assert office.post(reverse("progress_return", args=[report.pk]), {"reason": ""}).status_code == 422
    assert office.post(reverse("progress_return", args=[report.pk]), {"reason": "Thiếu"}).status_code == 302
    assert "Lý do: Thiếu" in agency.get(reverse("assignment", args=[assignment.pk])).content.decode()

    sent["attachments"] = []
    agency.post(reverse("progress_submit", args=[assignment.pk]), sent)
    office.post(reverse("progress_accept", args=[ProgressReport.objects.first().pk]))
    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.ACCEPTED


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
def test_a_refused_report_stays_on_its_page(assignee, assignment, values):
    reply = signed_in(assignee).post(reverse("progress_submit", args=[assignment.pk]), values)

    assert reply.status_code == 422
    assert not ProgressReport.objects.exists()


def test_an_attached_file_is_a_download_for_those_who_may_see_it(office, assignee, outsider, assignment):
    files = {"percentage": "40", "text": "x", "attachments": SimpleUploadedFile("kế hoạch.csv", b"a,b")}
    signed_in(assignee).post(reverse("progress_submit", args=[assignment.pk]), files)
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
    report = submit_progress(assignment=own, facts=ProgressFacts(100, "Xong"), by=holder, at=AT)
    client = signed_in(holder)

    assert "không tự xác nhận" in client.get(reverse("assignment", args=[own.pk])).content.decode()
    assert client.post(reverse("progress_accept", args=[report.pk])).status_code == 422


def test_a_draft_is_downloaded_and_an_issued_report_frozen(office, province, assignment):
    address = reverse("document_report", args=[assignment.obligation.document_id])
    values = {**REPORT, "agency": province.pk}

    assert office.get(address).status_code == 200
    assert office.post(address, {**values, "draft": ""}).content[:2] == b"PK"
    assert office.post(address, {**values, "issue": ""}).status_code == 422
    assert office.post(address, {**values, "period_to": "01/10/2026", "draft": ""}).status_code == 422
    issued = {**values, "issue": "", "number": "7", "issued_on": "20/11/2026"}
    assert office.post(address, issued).status_code == 302
    assert office.post(address, issued).status_code == 422
    assert Paper.objects.count() == 1


def test_the_letter_is_given_back_as_received(office, province):
    office.post(reverse("document_upload"), {**letter(sample_letter(NAME)), "agency": province.pk})

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


HELD = ["document_particulars", "document_assign", "obligation_add"]
HELD_POSTS = ["document_regime", "document_parent", "review_certain", "review_merge", "review_finish", "anomaly_settle"]
DUTY_POSTS = ["obligation_confirm", "obligation_edit", "obligation_split", "obligation_drop", "obligation_restore"]


@pytest.mark.parametrize("name", [*HELD, *HELD_POSTS])
def test_acts_on_a_letter_are_for_its_holder(name, in_review, province, outsider):
    address = reverse(name, args=[in_review.pk])

    assert signed_in(outsider).post(address).status_code == 404
    assert signed_in(make_person(Role.READER, province)).post(address).status_code == 403


@pytest.mark.parametrize("name", DUTY_POSTS)
def test_acts_on_a_duty_are_for_its_holder(name, in_review, province, outsider):
    address = reverse(name, args=[in_review.obligations.get().pk])

    assert signed_in(outsider).post(address).status_code == 404
    assert signed_in(make_person(Role.READER, province)).post(address).status_code == 403


@pytest.mark.parametrize("name", ["progress_submit", "assignment_withdraw"])
def test_acts_on_an_assignment_are_for_its_own_side(name, assignment, commune, outsider):
    address = reverse(name, args=[assignment.pk])
    values = {"percentage": "10", "text": "x", "reason": "x"}

    assert signed_in(outsider).post(address, values).status_code == 404
    assert signed_in(make_person(Role.READER, commune)).post(address, values).status_code == 403


@pytest.mark.parametrize("name", ["progress_accept", "progress_return"])
def test_the_agency_does_not_answer_itself(name, assignment, assignee, outsider):
    report = submit_progress(assignment=assignment, facts=ProgressFacts(100, "Xong"), by=assignee, at=AT)
    address = reverse(name, args=[report.pk])

    assert signed_in(outsider).post(address, {"reason": "x"}).status_code == 404
    assert signed_in(assignee).post(address, {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("name", [*HELD_POSTS, "progress_accept", "progress_submit", "obligation_drop"])
def test_what_changes_something_is_never_a_link(name, office, in_review):
    assert office.get(reverse(name, args=[in_review.pk])).status_code == 405


def test_an_assigned_agency_reads_the_letter_but_not_the_review(assignee, assignment):
    client, pk = signed_in(assignee), assignment.obligation.document_id

    assert client.get(reverse("document", args=[pk])).status_code == 200
    assert client.get(reverse("review", args=[pk])).status_code == 403


def test_no_page_carries_style_or_script_in_itself(office, in_review, assignment):
    document = assignment.obligation.document_id
    names = [("home", []), ("documents", []), ("assignments", []), ("review", [in_review.pk]), ("document", [document])]

    for name, args in [*names, ("document_assign", [document]), ("assignment", [assignment.pk])]:
        body = office.get(reverse(name, args=args)).content.decode()
        assert " style=" not in body, name
        assert "hx-on" not in body, name
        assert "<script>" not in body, name


def test_the_review_costs_the_same_whatever_its_length(province, holder, django_assert_max_num_queries):
    document = make_document(province, holder)
    for _ in range(30):
        make_obligation(document)
    client = signed_in(officer_of(province))

    with django_assert_max_num_queries(14):
        client.get(reverse("review", args=[document.pk]))
