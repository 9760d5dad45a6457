import html
import re
from datetime import date

import pytest
from django.urls import reverse

from ancam.directives.models import DocumentState, Obligation, ObligationState
from ancam.directives.services import merge_obligations
from ancam.directives.tests.factories import AT, make_document, make_obligation, signed_in

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


def test_the_review_marks_the_words_of_each_duty(office, in_review):
    duty = in_review.obligations.get()

    body = office.get(reverse("review", args=[in_review.pk])).content.decode()

    assert f'data-obligations="{duty.pk} "' in body
    assert f'<a href="#nv-{duty.pk}">Phổ biến Chỉ thị số 23/CT-TTg</a>' in body
    assert "ngày cuối" in body
    assert "thứ Hai, 30/11/2026" in body


def test_the_letter_stands_as_it_was_written_whatever_is_marked_in_it(office, province, holder):
    document = make_document(province, holder, anomalies=[{"code": "blank_day", "message": "x", "spans": [[0, 5]]}])
    doubts = [
        {"field": "kind", "reason": "y", "spans": [[45, 50]]},
        {"field": "leads", "reason": "z", "spans": [[2, 9]]},
    ]
    make_obligation(document, "Phổ biến Chỉ thị số 23/CT-TTg", doubts=doubts)

    body = office.get(reverse("review", args=[document.pk])).content.decode()

    shown = body.partition("data-letter")[2].partition(">")[2].partition("</div>")[0]
    assert html.unescape(re.sub(r"<[^>]+>", "", shown)).rstrip("\n") == document.text.rstrip("\n")


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


def test_a_conflict_is_shown_until_its_two_duties_are_one(holder, province):
    document = make_document(province, holder)
    body = make_obligation(document, code="1.1/1", links=[{"type": "conflict", "id": "PL.1/1"}])
    row = make_obligation(document, code="PL.1/1", links=[{"type": "conflict", "id": "1.1/1"}])
    office, address = signed_in(holder), reverse("review", args=[document.pk])
    assert office.get(address).content.decode().count("Mâu thuẫn với") == 2

    merge_obligations(document=document, obligations=[body, row], by=holder, at=AT)

    assert "Mâu thuẫn với" not in office.get(address).content.decode()


def test_what_is_the_same_as_one_of_several_is_the_same_as_the_whole(holder, province):
    document = make_document(province, holder)
    tied = make_obligation(document, code="PL.1/1")
    parts = [make_obligation(document), make_obligation(document, links=[{"type": "same_task", "id": "PL.1/1"}])]

    merge_obligations(document=document, obligations=parts, by=holder, at=AT)

    body = signed_in(holder).get(reverse("review", args=[document.pk])).content.decode()
    assert f'Cùng việc với <a href="#nv-{tied.pk}">' in body


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
    assert in_review.obligations.get(state=ObligationState.PROPOSED).action == "Phần một; phần hai"


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


def test_duties_that_the_reader_tied_together_name_each_other(office, in_review):
    first = in_review.obligations.get()
    second = make_obligation(
        in_review, links=[{"type": "same_task", "id": first.code}, {"type": "conflict", "id": "?"}]
    )

    body = office.get(reverse("review", args=[in_review.pk])).content.decode()

    assert "Cùng việc với" in body.split(f'id="nv-{second.pk}"')[1]
    assert "Mâu thuẫn với" not in body


def test_who_comes_second_sees_what_stands_now_and_may_save_over_it(holder, in_review):
    duty = in_review.obligations.get()
    client = signed_in(holder)
    address = reverse("obligation_edit", args=[duty.pk])
    sent = {"action": "Bản của tôi", "kind": "other", "deadline_operator": "none", "cadence": "none", "version": "1"}
    client.post(address, {**sent, "action": "Bản của người khác"})

    refused = client.post(address, sent)
    body = refused.content.decode()
    again = client.post(address, {**sent, "version": "2"})

    assert refused.status_code == 422
    assert "Nội dung hiện nay: Bản của người khác" in body
    assert 'value="2"' in body
    assert again.status_code == 302
    duty.refresh_from_db()
    assert duty.action == "Bản của tôi"
