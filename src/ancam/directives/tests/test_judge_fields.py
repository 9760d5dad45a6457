"""A doubted field is confirmed or corrected by itself, and what the person said is kept as an example."""

from datetime import date

import pytest
from django.urls import reverse

from ancam.accounts.models import Role
from ancam.accounts.tests.factories import make_person
from ancam.audit.models import Entry
from ancam.directives.errors import ChangedMeanwhile, DateWaits, WrongState
from ancam.directives.models import Cadence, ExampleField, Obligation, ObligationState, ReadingExample, Verdict
from ancam.directives.services import (
    ObligationFacts,
    add_obligation,
    confirm_all_certain,
    confirm_field,
    confirm_obligation,
    drop_obligation,
    edit_obligation,
)
from ancam.directives.tests.factories import AT, make_document, make_obligation, signed_in
from ancam.web.replies import Forbidden

LEADS = {"field": "leads", "reason": "Điểm này không nêu cơ quan", "spans": [[18, 38]]}
KIND = {"field": "kind", "reason": "Hai loại nhiệm vụ ngang nhau", "spans": [[43, 71]]}
DEADLINE = {"field": "deadline", "reason": "30/02/2027 không tồn tại", "spans": [[73, 110]]}
IMPOSSIBLE = [{"code": "impossible_date", "message": DEADLINE["reason"], "spans": []}]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def duty(province, holder):
    document = make_document(province, holder)
    return make_obligation(
        document, "Phổ biến Chỉ thị số 23/CT-TTg", kind="propagate", confidence=0.7, doubts=[LEADS, KIND]
    )


def address(duty, field="leads"):
    return reverse("obligation_field", args=[duty.pk, field])


def card_of(client, duty):
    return client.get(reverse("review", args=[duty.document_id])).content.decode()


def test_confirming_a_field_settles_its_doubt_and_keeps_an_example(duty, holder):
    done = confirm_field(obligation=duty, field=ExampleField.LEADS, by=holder, at=AT)

    example = done.examples.get()
    assert [doubt["field"] for doubt in done.open_doubts] == ["kind"]
    assert done.state == ObligationState.PROPOSED
    assert (example.verdict, example.field, example.by, example.at) == (Verdict.CONFIRMED, "leads", holder, AT)
    assert example.read == example.said == ["Các sở, ban, ngành"]
    assert example.passage == "Phổ biến Chỉ thị số 23/CT-TTg"
    assert (example.confidence, example.reasons) == (0.7, [LEADS["reason"]])
    line = Entry.objects.last()
    assert (line.action, line.change["field"]) == ("directives.confirm_field", "leads")


def test_a_correction_keeps_what_was_read_beside_what_is_said(duty, holder):
    facts = ObligationFacts(action=duty.action, clause=duty.clause, kind="guide", leads=["Sở Y tế"])

    done = edit_obligation(obligation=duty, facts=facts, version=1, by=holder, at=AT)

    kept = {row.field: (row.verdict, row.read, row.said) for row in done.examples.all()}
    assert kept["leads"] == (Verdict.CORRECTED, ["Các sở, ban, ngành"], ["Sở Y tế"])
    assert kept["kind"] == (Verdict.CORRECTED, "propagate", "guide")
    assert kept["deadline"][1]["date"] == "2026-12-01" and kept["deadline"][2]["operator"] == "none"
    assert done.is_doubted_no_more


def test_the_last_word_counts_and_what_was_read_stays(duty, holder):
    for name in ("Sở Y tế", "Các sở, ban, ngành"):
        duty.refresh_from_db()
        facts = ObligationFacts(action=duty.action, clause=duty.clause, kind=duty.kind, leads=[name])
        edit_obligation(obligation=duty, facts=facts, version=duty.version, by=holder, at=AT)

    example = duty.examples.get(field="leads")
    assert (example.verdict, example.read) == (Verdict.CONFIRMED, ["Các sở, ban, ngành"])


def test_confirming_the_duty_confirms_what_is_still_doubted(duty, holder):
    confirm_field(obligation=duty, field=ExampleField.LEADS, by=holder, at=AT)

    done = confirm_obligation(obligation=duty, by=holder, at=AT)

    assert done.is_doubted_no_more
    assert {row.field: row.verdict for row in done.examples.all()} == {"leads": "confirmed", "kind": "confirmed"}


def test_a_duty_all_of_whose_doubts_are_judged_is_confirmed_with_the_certain_ones(duty, holder):
    assert confirm_all_certain(document=duty.document, by=holder, at=AT) == 0

    for field in (ExampleField.LEADS, ExampleField.KIND):
        confirm_field(obligation=duty, field=field, by=holder, at=AT)

    assert confirm_all_certain(document=duty.document, by=holder, at=AT) == 1


def test_confirming_many_at_once_claims_nothing_about_their_doubts(province, holder):
    document = make_document(province, holder)
    sure = make_obligation(document, doubts=[LEADS])

    assert confirm_all_certain(document=document, by=holder, at=AT) == 1

    assert not ReadingExample.objects.filter(obligation=sure).exists()


def test_an_impossible_day_is_not_confirmed_but_corrected(duty, holder, office):
    Obligation.objects.filter(pk=duty.pk).update(
        doubts=[DEADLINE], anomalies=IMPOSSIBLE, deadline_on=None, last_day=None, deadline_raw="30/02/2027"
    )
    duty.refresh_from_db()
    with pytest.raises(DateWaits):
        confirm_field(obligation=duty, field=ExampleField.DEADLINE, by=holder, at=AT)

    sent = {"deadline_operator": "by", "deadline_on": "01/03/2027", "deadline_text": "x", "version": "1"}
    office.post(address(duty, "deadline"), sent)

    duty.refresh_from_db()
    example = duty.examples.get()
    assert duty.last_day == date(2027, 3, 1)
    assert (example.read["raw"], example.said["date"], example.said["raw"]) == ("30/02/2027", "2027-03-01", None)


@pytest.mark.parametrize(("raw", "offered"), [("30/02/2027", True), ("30/14/2027", False)])
def test_the_day_perhaps_meant_is_one_click_away(duty, office, raw, offered):
    Obligation.objects.filter(pk=duty.pk).update(
        doubts=[DEADLINE], anomalies=IMPOSSIBLE, deadline_on=None, last_day=None, deadline_raw=raw
    )

    body = card_of(office, duty)

    assert ("Là 28/02/2027" in body) is offered
    assert "đọc đúng" not in body


def test_what_a_person_added_makes_no_example(duty, holder):
    added = add_obligation(document=duty.document, facts=ObligationFacts(action="Báo cáo"), by=holder, at=AT)

    edit_obligation(obligation=added, facts=ObligationFacts(action="Báo cáo gấp"), version=1, by=holder, at=AT)

    assert not added.examples.exists()


def test_a_settled_doubt_is_no_longer_a_point_to_look_at(duty, holder, office):
    words = "Sở Kín: được giao việc nhưng không có trong Kính gửi"
    Obligation.objects.filter(pk=duty.pk).update(
        doubts=[{"field": "leads", "reason": words, "spans": []}],
        anomalies=[{"code": "actor_not_addressed", "message": words, "spans": []}],
    )
    duty.refresh_from_db()
    listed = card_of(office, duty).partition('id="anomalies"')[2].partition("</details>")[0]
    assert "1 điểm cần lưu ý" in listed and f'href="#nv-{duty.pk}"' in listed
    assert "Sửa nhiệm vụ" not in listed, "the buttons stand beside the field"

    confirm_field(obligation=duty, field=ExampleField.LEADS, by=holder, at=AT)

    body = card_of(office, duty)
    assert "điểm cần lưu ý</summary>" not in body
    assert words not in body
    assert "đã có người xác định" in body


def test_the_card_shows_the_reason_and_the_words_and_the_letter_marks_them(duty, office):
    body = card_of(office, duty)

    words = duty.document.text[18:38]
    assert LEADS["reason"] in body
    assert f'href="#cho-{duty.pk}-leads">“{" ".join(words.split())}”' in body.replace("\n", " ")
    assert f'id="cho-{duty.pk}-leads"' in body
    assert f'data-doubts="{duty.pk}-leads"' in body
    assert "Đọc chưa chắc" not in body


def test_who_may_not_correct_sees_the_reasons_without_buttons(duty, province):
    body = card_of(signed_in(make_person(Role.READER, province)), duty)

    assert LEADS["reason"] in body
    assert address(duty) not in body


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_one_click_confirms_a_field(duty, holder, headers):
    reply = signed_in(holder, **headers).post(address(duty), {"confirm": "1", "version": "1"})

    duty.refresh_from_db()
    assert [doubt["field"] for doubt in duty.open_doubts] == ["kind"]
    assert reply.status_code == (200 if headers else 302)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_field_is_corrected_in_a_form_of_its_own(duty, holder, headers):
    client = signed_in(holder, **headers)
    form = client.get(address(duty, "cadence")).content.decode()

    client.post(address(duty, "cadence"), {"cadence": "monthly", "version": "1"})

    duty.refresh_from_db()
    assert 'name="cadence"' in form and 'name="action"' not in form
    assert (duty.cadence, duty.action) == (Cadence.MONTHLY, "Phổ biến Chỉ thị số 23/CT-TTg")
    assert duty.last_day == date(2026, 11, 30)
    assert [row.field for row in duty.examples.all()] == ["cadence"]


def test_another_kind_that_fits_is_chosen_by_one_click(duty, office):
    Obligation.objects.filter(pk=duty.pk).update(also_kinds=["guide", "no_such_kind"])
    assert "Là “Hướng dẫn”" in card_of(office, duty)

    office.post(address(duty, "kind"), {"kind": "guide", "version": "1"})

    duty.refresh_from_db()
    assert duty.kind == "guide"


def test_a_field_saved_as_it_stood_is_confirmed(duty, office):
    office.post(address(duty), {"leads": "Các sở, ban, ngành", "version": "1"})

    duty.refresh_from_db()
    assert duty.examples.get().verdict == Verdict.CONFIRMED
    assert [doubt["field"] for doubt in duty.open_doubts] == ["kind"]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_deadline_without_its_day_comes_back_with_the_reason(duty, holder, headers):
    sent = {"deadline_operator": "by", "deadline_on": "", "deadline_text": "", "version": "1"}

    reply = signed_in(holder, **headers).post(address(duty, "deadline"), sent)

    assert reply.status_code == 422
    assert "Thời hạn chưa có ngày" in reply.content.decode()
    assert not duty.examples.exists()


@pytest.mark.parametrize("sent", [{"kind": "không có"}, {"kind": ""}])
def test_a_value_of_no_list_changes_nothing(duty, office, sent):
    assert office.post(address(duty, "kind"), {**sent, "version": "1"}).status_code == 422
    assert not duty.examples.exists()


def test_what_somebody_changed_meanwhile_is_not_judged(duty, holder, office):
    Obligation.objects.filter(pk=duty.pk).update(version=2)

    reply = office.post(address(duty), {"leads": "Sở Y tế", "version": "1"})

    assert reply.status_code == 422
    assert "vừa được người khác sửa" in reply.content.decode()
    with pytest.raises(ChangedMeanwhile):
        confirm_field(obligation=duty, field=ExampleField.LEADS, version=1, by=holder, at=AT)


def test_a_dropped_duty_is_not_judged(duty, holder):
    dropped = drop_obligation(obligation=duty, by=holder, at=AT)

    with pytest.raises(WrongState):
        confirm_field(obligation=dropped, field=ExampleField.LEADS, by=holder, at=AT)


def test_a_field_that_is_none_is_not_found(duty, office):
    assert office.get(address(duty, "state")).status_code == 404
    assert office.post(address(duty, "action"), {"action": "x"}).status_code == 404


def test_another_agency_does_not_find_the_field(duty, outsider):
    assert signed_in(outsider).post(address(duty), {"confirm": "1"}).status_code == 404
    with pytest.raises(Forbidden):
        confirm_field(obligation=duty, field=ExampleField.LEADS, by=outsider, at=AT)


def test_a_wrong_method_is_refused(duty, office):
    assert office.put(address(duty)).status_code == 405
