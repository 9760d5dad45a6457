import io
import struct
import zipfile
import zlib
from datetime import date, timedelta
from pathlib import Path

import docx
import pypdfium2
import pytest
import time_machine
from django.conf import settings

from ancam.accounts.models import Role
from ancam.accounts.services import DelegationFacts, delegate, end_delegation
from ancam.accounts.tests.factories import make_person
from ancam.audit.models import Entry
from ancam.directives.errors import (
    DoneDayRefused,
    FieldRequired,
    FileRefused,
    OwnReport,
    PercentageRefused,
    TooManyFiles,
    WrongState,
)
from ancam.directives.models import PeriodState, ProgressFile, ProgressReport
from ancam.directives.rules import is_late
from ancam.directives.selectors import progress_file_content, progress_files
from ancam.directives.services import (
    Attachment,
    ProgressFacts,
    accept_progress,
    return_progress,
    submit_progress,
)
from ancam.directives.tests.factories import AT, ON, make_period, make_tracked, officer_of
from ancam.engines.reading.errors import DamagedFile, EmptyFile, EncryptedFile, StateSecret, UnsafeArchive
from ancam.web.replies import Forbidden

DONE = ProgressFacts(100, "Đã phổ biến tới 42/42 cán bộ")
SECRET = "ỦY BAN NHÂN DÂN\nTỈNH ĐÔNG SƠN\n\nMẬT\n\nSố: 12/BC-UBND\n\n1. Nội dung\n".encode()


ODT = "application/vnd.oasis.opendocument.text"


def stored_files():
    return [path for path in Path(settings.STORE_FOLDER).rglob("*") if path.is_file()]


def packed(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word(*lines):
    document, stream = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(stream)
    return stream.getvalue()


def workbook(words):
    strings = f"<sst><si><t>Camera</t></si><si><t>{words}</t></si></sst>"
    return packed({"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": strings})


def open_text(words):
    namespace = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    return packed({"mimetype": ODT, "content.xml": f'<d xmlns:t="{namespace}"><t:p>{words}</t:p></d>'})


def dot_png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def blank_pdf():
    document, stream = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(200, 200)
    document.save(stream)
    document.close()
    return stream.getvalue()


JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
STAMPED = word("ỦY BAN NHÂN DÂN XÃ AN BÌNH", "MẬT - HỎA TỐC", "Báo cáo kết quả")


@pytest.fixture
def done(period, assignee):
    return submit_progress(period=period, facts=DONE, by=assignee, at=AT)


def test_a_part_of_the_work_is_in_progress(period, assignee):
    submit_progress(period=period, facts=ProgressFacts(40, "Đang làm"), by=assignee, at=AT)

    period.refresh_from_db()
    assert (period.state, period.percentage) == (PeriodState.IN_PROGRESS, 40)


def test_the_whole_of_the_work_waits_for_an_answer(period, done):
    period.refresh_from_db()

    assert (period.state, period.done_on) == (PeriodState.SUBMITTED, ON)
    assert Entry.objects.last().object_id == str(period.assignment_id)


def test_attached_files_are_kept_by_their_digest(period, assignee, holder, outsider):
    files = [Attachment("ke-hoach.csv", b"a,b\n")]

    submit_progress(period=period, facts=DONE, files=files, by=assignee, at=AT)

    file = ProgressFile.objects.get()
    assert (file.name, file.media_type) == ("ke-hoach.csv", "text/csv")
    assert progress_file_content(file) == b"a,b\n"
    assert list(progress_files(holder)) == [file] == list(progress_files(assignee))
    assert not progress_files(outsider)


@pytest.mark.parametrize(
    ("facts", "files", "error"),
    [
        (ProgressFacts(101, "x"), [], PercentageRefused),
        (ProgressFacts(-1, "x"), [], PercentageRefused),
        (ProgressFacts(50, "  "), [], FieldRequired),
        (DONE, [Attachment("a.exe", b"MZ")], FileRefused),
        (DONE, [Attachment("a.pdf", b"")], EmptyFile),
        (DONE, [Attachment("a.csv", b"x")] * 11, TooManyFiles),
    ],
)
def test_bad_input_reports_nothing(period, assignee, facts, files, error):
    with pytest.raises(error):
        submit_progress(period=period, facts=facts, files=files, by=assignee, at=AT)

    assert not ProgressReport.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("KínTên.txt", SECRET),
        ("KínTên.txt", "This is English.\nTỐI MẬT\n".encode("utf-16")),
        ("KínTên.docx", STAMPED),
        ("KínTên.csv", "STT,Nội dung\n1,TUYỆT MẬT (A)\n".encode()),
        ("KínTên.xlsx", workbook("TÀI LIỆU TỐI MẬT")),
        ("KínTên.odt", open_text("Mức độ mật: Tối mật")),
    ],
)
def test_a_secret_attachment_is_refused_and_only_the_refusal_is_recorded(period, assignee, name, content):
    kept = stored_files()

    with pytest.raises(StateSecret):
        files = [Attachment("truoc.csv", b"a,b\n"), Attachment(name, content)]
        submit_progress(period=period, facts=DONE, files=files, by=assignee, at=AT)

    line = Entry.objects.last()
    assert (line.action, line.change, line.object_type) == ("directives.refuse_secret", {}, "accounts.agency")
    assert "KínTên" not in str(line.__dict__)
    assert not ProgressReport.objects.exists()
    assert stored_files() == kept


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *((f"tep{suffix}", STAMPED) for suffix in (".xlsx", ".png", ".odt", ".csv", ".pdf", ".jpg")),
        ("anh.docx", JPEG),
        ("goi.docx", packed({"a.txt": "x"})),
        ("cu.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_attachment_that_is_not_what_its_suffix_says_is_refused(period, assignee, name, content):
    with pytest.raises(FileRefused, match="nhưng nội dung là") as refusal:
        submit_progress(period=period, facts=DONE, files=[Attachment(name, content)], by=assignee, at=AT)

    assert refusal.value.field == "attachments"
    assert not ProgressReport.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("bom.xlsx", workbook(" " * 5_000_000), UnsafeArchive),
        ("bom.docx", packed({"word/document.xml": "<w>" + " " * 5_000_000 + "</w>"}), UnsafeArchive),
        ("hong.docx", STAMPED[:2000], DamagedFile),
        ("khoa.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), EncryptedFile),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_attachment_that_cannot_be_looked_into_is_refused(period, assignee, name, content, error):
    with pytest.raises(error):
        submit_progress(period=period, facts=DONE, files=[Attachment(name, content)], by=assignee, at=AT)

    assert not ProgressReport.objects.exists()


def test_attachments_need_not_be_letters(period, assignee):
    files = [
        Attachment("anh.png", dot_png()),
        Attachment("anh.jpg", JPEG),
        Attachment("quet.pdf", blank_pdf()),
        Attachment("bang.xlsx", workbook("Đổi mật khẩu")),
        Attachment("vb.odt", open_text("Không để lộ bí mật nhà nước.")),
        Attachment("vb.docx", word("QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC")),
        Attachment("letter.txt", b"Words in English."),
    ]

    submit_progress(period=period, facts=DONE, files=files, by=assignee, at=AT)

    assert ProgressFile.objects.count() == len(files)


def test_only_the_assigned_agency_reports(period, holder, outsider):
    for person in (holder, outsider):
        with pytest.raises(Forbidden):
            submit_progress(period=period, facts=DONE, by=person, at=AT)


def test_what_waits_is_not_reported_again(period, done, assignee):
    with pytest.raises(WrongState):
        submit_progress(period=period, facts=DONE, by=assignee, at=AT)


def test_the_holder_accepts(period, done, holder):
    answered = accept_progress(report=done, by=holder, at=AT)

    period.refresh_from_db()
    assert (period.state, answered.decided_by) == (PeriodState.ACCEPTED, holder)
    assert Entry.objects.last().action == "directives.accept_progress"


def test_what_is_returned_says_why_and_can_be_reported_again(period, done, holder, assignee):
    return_progress(report=done, reason="Thiếu danh sách ký nhận", by=holder, at=AT)

    again = submit_progress(period=period, facts=DONE, by=assignee, at=AT)

    done.refresh_from_db()
    assert done.reason == "Thiếu danh sách ký nhận"
    with pytest.raises(WrongState):
        accept_progress(report=done, by=holder, at=AT)
    accept_progress(report=again, by=holder, at=AT)


def test_returning_needs_a_reason(done, holder):
    with pytest.raises(FieldRequired):
        return_progress(report=done, reason="", by=holder, at=AT)


def test_an_answer_is_given_once(done, holder):
    accept_progress(report=done, by=holder, at=AT)

    with pytest.raises(WrongState):
        return_progress(report=done, reason="Nhầm", by=holder, at=AT)


def test_only_the_holder_answers(done, assignee, outsider):
    for person in (assignee, outsider):
        with pytest.raises(Forbidden):
            accept_progress(report=done, by=person, at=AT)
        with pytest.raises(Forbidden):
            return_progress(report=done, reason="x", by=person, at=AT)


def test_nobody_accepts_their_own_report(province, holder):
    own = make_period(make_tracked(province, 1, by=holder).obligations.get(), province)
    report = submit_progress(period=own, facts=DONE, by=holder, at=AT)

    with pytest.raises(OwnReport):
        accept_progress(report=report, by=holder, at=AT)

    accept_progress(report=report, by=officer_of(province), at=AT)


def test_nobody_answers_what_was_reported_in_their_place(province, holder):
    stand_in = make_person(Role.READER, province)
    days = DelegationFacts(stand_in, AT.date(), AT.date())
    delegation = delegate(membership=holder.memberships.get(), facts=days, by=holder, at=AT)
    own = make_period(make_tracked(province, 1, by=holder).obligations.get(), province)
    with time_machine.travel(AT, tick=False):
        report = submit_progress(period=own, facts=DONE, by=stand_in, at=AT)
    end_delegation(delegation=delegation, by=holder, at=AT)

    with pytest.raises(OwnReport):
        accept_progress(report=report, by=holder, at=AT)


def test_a_duty_that_does_not_apply_is_said_so_with_a_reason_and_accepted(period, assignee, holder):
    facts = ProgressFacts(0, "Xã không có hệ thống camera nào.", not_applicable=True)

    report = submit_progress(period=period, facts=facts, by=assignee, at=AT)
    accept_progress(report=report, by=holder, at=AT)

    period.refresh_from_db()
    assert period.state == PeriodState.NOT_APPLICABLE
    with pytest.raises(WrongState):
        submit_progress(period=period, facts=DONE, by=assignee, at=AT)


def test_an_earlier_day_counts_when_a_document_proves_it(period, assignee):
    facts = ProgressFacts(100, "Đã phê duyệt", done_on=date(2026, 11, 12), ground="Quyết định 31/QĐ-UBND")

    submit_progress(period=period, facts=facts, by=assignee, at=AT + timedelta(days=30))

    period.refresh_from_db()
    assert (period.done_on, is_late(period.state, period.due_on, done_on=period.done_on, on=date(2027, 1, 1))) == (
        date(2026, 11, 12),
        False,
    )


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        (ProgressFacts(100, "Xong", done_on=date(2026, 11, 8), ground="QĐ 31"), DoneDayRefused),
        (ProgressFacts(100, "Xong", done_on=date(2026, 11, 21), ground="QĐ 31"), DoneDayRefused),
        (ProgressFacts(60, "Đang làm", done_on=date(2026, 11, 12), ground="QĐ 31"), DoneDayRefused),
        (ProgressFacts(100, "Xong", done_on=date(2026, 11, 12)), FieldRequired),
        (ProgressFacts(0, " ", not_applicable=True), FieldRequired),
    ],
)
def test_a_day_before_the_letter_or_to_come_or_without_a_document_is_refused(period, assignee, facts, error):
    with pytest.raises(error):
        submit_progress(period=period, facts=facts, by=assignee, at=AT)

    assert not ProgressReport.objects.exists()


def test_who_stands_in_does_not_answer_what_the_one_they_stand_in_for_reported(province, holder):
    stand_in = make_person(Role.READER, province)
    days = DelegationFacts(stand_in, AT.date(), AT.date())
    delegate(membership=holder.memberships.get(), facts=days, by=holder, at=AT)
    own = make_period(make_tracked(province, 1, by=holder).obligations.get(), province)
    report = submit_progress(period=own, facts=DONE, by=holder, at=AT)

    with time_machine.travel(AT, tick=False), pytest.raises(OwnReport):
        accept_progress(report=report, by=stand_in, at=AT)
