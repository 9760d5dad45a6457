"""A damaged table and a day of unclear scope: the review names the field, the reason and the words; a click settles."""

import io
from datetime import date

import docx
import pytest
from django.urls import reverse

from ancam.directives.models import ExampleField, ObligationState, Verdict
from ancam.directives.services import ReceivedFile, confirm_field, confirm_obligation, receive_document
from ancam.directives.templatetags.directives import notes_of
from ancam.directives.tests.factories import AT, make_document, make_obligation

HEAD = (
    "ỦY BAN NHÂN DÂN TỈNH ĐÔNG SƠN\nSố: 912/UBND-KGVX\nĐông Sơn, ngày 09 tháng 11 năm 2026\n"
    "V/v bảo đảm an ninh mạng đối với hệ thống camera giám sát\nKính gửi: Các sở, ban, ngành\n"
)
FOOT = "\nNơi nhận:\n- Như trên;\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Đình Khôi\n"
TORN = "Bảng bị vỡ dòng: ô ghép lại từ các dòng rời, cần soát"


def of_table(day: str) -> bytes:
    letter = docx.Document()
    for line in f"{HEAD}1. Giao các cơ quan thực hiện theo bảng sau:".splitlines():
        letter.add_paragraph(line)
    rows = (
        ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"),
        ("1", "Rà soát hệ thống camera giám sát của các đơn vị trực thuộc", "Công an tỉnh", day),
        ("2", "Hướng dẫn các xã đổi mật khẩu camera", "Sở Khoa học và Công nghệ", "30/12/2026"),
    )
    table = letter.add_table(len(rows), len(rows[0]))
    for cells, words in zip(table.rows, rows, strict=True):
        for cell, said in zip(cells.cells, words, strict=True):
            cell.text = said
    for line in FOOT.splitlines():
        letter.add_paragraph(line)
    stream = io.BytesIO()
    letter.save(stream)
    return stream.getvalue()


@pytest.fixture
def received(province, holder):
    """Receive a letter of these words; return the duty without a day."""

    def receive(content: bytes, name: str):
        file = ReceivedFile(name, content)
        document = receive_document(file=file, agency=province, by=holder, at=AT)
        return document.obligations.exclude(action__contains="theo bảng").get(deadline_on=None)

    return receive


def card_of(client, duty):
    return " ".join(client.get(reverse("review", args=[duty.document_id])).content.decode().split())


def click(client, duty, **sent):
    client.post(reverse("obligation_field", args=[duty.pk, "deadline"]), {"version": str(duty.version), **sent})
    duty.refresh_from_db()


@pytest.mark.parametrize(
    ("day", "reason", "words"),
    [
        ("Tnag 8/2o26", "Ô thời hạn ghi “Tnag 8/2o26”, chưa hiểu được", "“Tnag 8/2o26”</a>"),
        ("", "Ô thời hạn để trống", "“Rà soát hệ thống camera giám sát của các đơn vị trực thuộc”</a>"),
    ],
)
def test_a_cell_that_says_no_deadline_is_doubted_beside_the_deadline(received, office, day, reason, words):
    duty = received(of_table(day), "bang.docx")

    body = card_of(office, duty)

    beside = body.partition(f'data-doubt="{duty.pk}-deadline"')[2].partition("</div>")[0]
    assert reason in beside and words in beside
    assert "Đúng là không ghi" in beside
    assert f'id="cho-{duty.pk}-deadline"' in body


def test_one_click_says_that_a_cell_is_rightly_empty(received, office):
    duty = received(of_table(""), "bang.docx")

    click(office, duty, confirm="1")

    assert not [doubt for doubt in duty.open_doubts if doubt["field"] == "deadline"]
    assert "table_damaged" not in {anomaly["code"] for anomaly in duty.open_anomalies}
    assert duty.examples.get().verdict == Verdict.CONFIRMED


def test_a_day_of_another_task_in_the_sentence_is_taken_with_one_click(received, office):
    wording = "Trước ngày 20/12/2026, Công an tỉnh phê duyệt cấp độ hệ thống camera; bố trí kinh phí thay thế camera."
    duty = received(f"{HEAD}1. {wording}{FOOT}".encode(), "thu.txt")

    body = card_of(office, duty)
    assert "chưa rõ mốc đó có áp dụng cho việc này không: <a" in body
    assert body.count("Lấy hạn “Trước ngày 20/12/2026”") == 1

    click(office, duty, deadline_operator="before", deadline_text="Trước ngày 20/12/2026", deadline_on="20/12/2026")
    assert duty.last_day == date(2026, 12, 19)
    assert not [doubt for doubt in duty.open_doubts if doubt["field"] == "deadline"]
    assert "Lấy hạn" not in card_of(office, duty)


def test_a_torn_row_is_a_point_to_look_at_until_each_of_its_cells_is_judged(province, holder):
    fields = ("leads", "deadline")
    duty = make_obligation(
        make_document(province, holder),
        doubts=[{"field": field, "reason": TORN, "spans": []} for field in fields],
        anomalies=[{"code": "table_damaged", "message": TORN, "spans": []}],
    )

    left = []
    for field in fields:
        duty = confirm_field(obligation=duty, field=ExampleField(field), by=holder, at=AT)
        left.append(len(duty.open_anomalies))

    assert left == [1, 0]


def test_what_was_unclear_in_the_reading_is_not_told_of_a_confirmed_duty(province, holder):
    rest_day = {"code": "deadline_on_rest_day", "message": "Chủ nhật, ngày nghỉ", "spans": []}
    duty = make_obligation(
        make_document(province, holder),
        doubts=[{"field": "leads", "reason": TORN, "spans": []}],
        anomalies=[{"code": "table_damaged", "message": TORN, "spans": []}, rest_day],
    )

    duty = confirm_obligation(obligation=duty, by=holder, at=AT)

    assert duty.state == ObligationState.CONFIRMED
    assert notes_of(duty) == [rest_day]
