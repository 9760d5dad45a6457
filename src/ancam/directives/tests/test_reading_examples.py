"""Who administers sees what people said of the readings, and takes it away as labels or rows."""

import json
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ancam.accounts.models import Role
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.audit.models import Entry
from ancam.directives import example_words
from ancam.directives.models import DatePrecision, ExampleField, ReadingExample
from ancam.directives.services import ObligationFacts, confirm_field, confirm_obligation, edit_obligation
from ancam.directives.tests.factories import AT, make_document, make_obligation, officer_of, signed_in

ADDRESS = "/vi-du-doc/"


@pytest.fixture
def administrator(province) -> Client:
    return signed_in(make_person(Role.ADMINISTRATOR, province))


@pytest.fixture
def duty(province, holder):
    """A duty of which the lead was corrected and the cadence confirmed."""
    document = make_document(province, holder, number="2146", place="Đông Sơn", implements=["23/CT-TTg"])
    reason = "Chủ trì lấy theo phần Kính gửi"
    duty = make_obligation(
        document,
        "Phổ biến Chỉ thị số 23/CT-TTg",
        kind="propagate",
        confidence=0.7,
        doubts=[{"field": "leads", "reason": reason, "spans": [[18, 38]]}],
        deadline_text="x",
    )
    facts = ObligationFacts(
        action=duty.action,
        clause=duty.clause,
        kind="propagate",
        leads=["Sở Y tế"],
        deadline_operator="before",
        deadline_on=duty.deadline_on,
        deadline_text="x",
    )
    duty = edit_obligation(obligation=duty, facts=facts, version=1, by=holder, at=AT)
    return confirm_field(obligation=duty, field=ExampleField.DEADLINE, by=holder, at=AT)


def taken(client, **query):
    reply = client.get(ADDRESS, query)
    assert reply.status_code == 200
    return b"".join(reply.streaming_content) if reply.streaming else reply.content


def test_the_list_shows_what_was_read_and_what_is_said(administrator, duty, holder):
    body = administrator.get(ADDRESS).content.decode()

    for words in ("Các sở, ban, ngành", "Sở Y tế", "Đã sửa", "Đọc đúng", "Chủ trì lấy theo phần Kính gửi", "70%"):
        assert words in body
    assert holder.full_name not in body
    assert "trước ngày 01/12/2026" in body


def test_an_empty_list_says_when_examples_come(administrator, province):
    body = administrator.get(ADDRESS).content.decode()

    assert "Chưa có ví dụ nào." in body
    assert "xuat=json" not in body


def test_the_list_is_narrowed_and_sorted(administrator, duty):
    corrected = administrator.get(ADDRESS, {"verdict": "corrected", "words": "pho bien", "sort": "-confidence"})
    none = administrator.get(ADDRESS, {"field": "cadence"})

    assert "Tất cả 1 dòng" in corrected.content.decode()
    assert "Không có ví dụ nào khớp điều kiện lọc." in none.content.decode()
    assert administrator.get(ADDRESS, {"field": "x", "xuat": "json"}).status_code == 422


def test_the_labels_are_those_of_the_bench_and_name_nobody(administrator, duty, holder):
    content = taken(administrator, xuat="json")

    [letter] = json.loads(content)["letters"]
    assert letter["sha256"] == duty.document.file_digest
    assert letter["document"]["number"] == "2146"
    assert letter["document"]["date"] == "2026-11-09"
    [label] = letter["obligations"]
    assert label["leads"] == ["Sở Y tế"]
    assert label["deadline"] == {"operator": "before", "date": "2026-12-01", "raw": None, "last_day": "2026-11-30"}
    assert label["words"] == "Phổ biến Chỉ thị số 23/CT-TTg"
    judged = {one["field"]: one for one in label["judged"]}
    assert judged["leads"]["read"] == ["Các sở, ban, ngành"]
    assert (judged["leads"]["verdict"], judged["deadline"]["verdict"]) == ("corrected", "confirmed")
    assert holder.full_name not in content.decode()


def test_a_letter_of_a_month_and_a_confirmed_duty_say_so(administrator, duty, holder):
    duty.document.signed_precision = DatePrecision.MONTH
    duty.document.save()
    confirm_obligation(obligation=duty, by=holder, at=AT)

    [letter] = json.loads(taken(administrator, xuat="json"))["letters"]

    assert letter["document"]["date"] == "2026-11"
    assert letter["obligations"][0]["confirmed"] is True


def test_a_day_that_does_not_exist_stands_as_it_was_written(administrator, province, holder):
    document = make_document(province, holder)
    duty = make_obligation(document, deadline_on=None, last_day=None, deadline_raw="30/02/2027")
    facts = ObligationFacts(action=duty.action, clause=duty.clause, leads=["Các sở, ban, ngành"])
    edit_obligation(obligation=duty, facts=facts, version=1, by=holder, at=AT)

    assert "trước ngày “30/02/2027”" in administrator.get(ADDRESS).content.decode()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_rows_name_nobody_either(administrator, duty, holder, form):
    content = taken(administrator, xuat=form, verdict="corrected")

    if form == "csv":
        text = content.decode()
    else:
        rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
        assert len(rows) == 2
        text = "\n".join(str(cell) for row in rows for cell in row)
    assert "Sở Y tế" in text and "Phổ biến Chỉ thị số 23/CT-TTg" in text
    assert holder.full_name not in text


def test_each_taking_leaves_a_line(administrator, duty):
    taken(administrator, xuat="json", verdict="corrected")

    line = Entry.objects.last()
    assert line.action == "directives.export_examples"
    assert line.change == {"form": "json", "filters": "Kết quả: Đã sửa"}


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_too_many_examples_are_refused_and_nothing_is_recorded(administrator, duty, monkeypatch, form):
    monkeypatch.setattr(example_words, "MOST_EXAMPLES", 1)
    lines = Entry.objects.count()

    reply = administrator.get(ADDRESS, {"xuat": form})

    assert reply.status_code == 422
    assert "nhiều hơn 1 ví dụ" in reply.content.decode()
    assert Entry.objects.count() == lines


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_who_does_not_administer_sees_none(province, duty, role):
    assert signed_in(make_person(role, province)).get(ADDRESS).status_code == 403


def test_who_administers_elsewhere_sees_only_their_own(province, duty, holder):
    commune = make_agency(province, "Ủy ban nhân dân xã Suối Đá")
    client = signed_in(make_person(Role.ADMINISTRATOR, commune))

    assert "Chưa có ví dụ nào." in client.get(ADDRESS).content.decode()
    assert json.loads(taken(client, xuat="json"))["letters"] == []


def test_examples_go_with_their_letter(duty):
    duty.document.delete()

    assert not ReadingExample.objects.exists()


def test_a_wrong_method_is_refused(administrator):
    assert administrator.post(ADDRESS).status_code == 405


def test_the_list_of_letters_leads_there_for_who_administers(administrator, office, duty):
    link = f'href="{reverse("reading_examples")}"'

    assert link in administrator.get(reverse("documents")).content.decode()
    assert link not in office.get(reverse("documents")).content.decode()


def test_the_duties_of_a_letter_are_taken_with_what_is_unsure(office, duty, holder):
    other = make_obligation(
        duty.document, "Kiểm đếm hệ thống", doubts=[{"field": "kind", "reason": "Hai loại", "spans": []}]
    )
    dropped = make_obligation(duty.document, "Việc đã bỏ", state="dropped")

    reply = office.get(reverse("review_workbook", args=[duty.document_id]))

    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(reply.streaming_content))).get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows[1:]] == [duty.action, other.action]
    assert rows[1][3] == "Sở Y tế"
    assert [row[11] for row in rows[1:]] == ["", "Loại nhiệm vụ: Hai loại"]
    assert dropped.action not in str(rows)


def test_the_duties_are_not_taken_by_another_agency(duty, other_commune):
    address = reverse("review_workbook", args=[duty.document_id])

    assert signed_in(officer_of(other_commune)).get(address).status_code == 404
