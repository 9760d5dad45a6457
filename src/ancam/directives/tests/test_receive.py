import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from ancam.audit.models import Entry
from ancam.directives.errors import AlreadyReceived, FileMissing
from ancam.directives.models import DatePrecision, Document, DocumentState, ObligationState
from ancam.directives.selectors import document_content
from ancam.directives.services import ReceivedFile, load_reference, receive_document
from ancam.directives.tests.factories import AT, make_assignment, make_confirmed, make_document, officer_of
from ancam.engines.reading.errors import EmptyFile, NotVietnamese, ReadingRefused, StateSecret
from ancam.kit.file_names import RunnableName
from ancam.samples import sample_letter
from ancam.web.replies import Forbidden

NAME = "cong-van-ubnd-tinh-dong-son.txt"
LETTER = sample_letter(NAME)


@pytest.fixture
def law(province):
    load_reference(AT)


def received(agency, by, content=LETTER, name=NAME, **values):
    return receive_document(file=ReceivedFile(name, content), agency=agency, by=by, at=AT, **values)


def stored_files():
    return [path for path in Path(settings.STORE_FOLDER).rglob("*") if path.is_file()]


def test_a_letter_is_kept_as_received_and_its_obligations_are_proposed(province, holder, law):
    document = received(province, holder)

    assert (document.number, document.symbol, document.signed_on) == ("2146", "UBND-NC", date(2026, 11, 9))
    assert document.state == DocumentState.IN_REVIEW
    assert document.file_size_bytes == len(LETTER)
    assert document.obligations.count() > 10
    assert set(document.obligations.values_list("state", flat=True)) == {ObligationState.PROPOSED}
    assert Entry.objects.last().action == "directives.receive_document"


def test_every_span_points_at_words_of_the_letter(province, holder, law):
    document = received(province, holder)

    first = document.obligations.first()
    words = " ".join(document.text[start:end] for start, end in first.spans)
    assert "Phổ biến Chỉ thị số 23/CT-TTg" in words


def test_the_regime_follows_the_date(province, holder, law):
    old = LETTER.decode().replace("ngày 09 tháng 11 năm 2026", "ngày 06 tháng 02 năm 2023", 1).encode()

    assert received(province, holder).regime.code == "R2026"
    assert received(province, holder, old).regime.code == "R2016"


def test_a_blank_day_is_kept_as_a_month_and_a_blank_number_as_blank(province, holder, law):
    text = LETTER.decode().replace("Số: 2146/UBND-NC", "Số:        /UBND-NC", 1)
    text = text.replace("ngày 09 tháng 11 năm 2026", "ngày     tháng 02 năm 2023", 1)

    document = received(province, holder, text.encode())

    assert (document.signed_on, document.signed_precision) == (date(2023, 2, 1), DatePrecision.MONTH)
    assert document.full_number == "…/UBND-NC"
    assert {"blank_number", "blank_day"} <= {anomaly["code"] for anomaly in document.anomalies}
    assert document.regime.code == "R2016"


def test_the_letter_that_is_carried_out_becomes_the_parent_when_it_may_be_seen(province, commune, holder, law):
    above = received(province, holder)
    officer = officer_of(commune)
    below = sample_letter("cong-van-ubnd-xa-an-binh.txt")

    alone = received(commune, officer, below, "xa.txt")
    assert alone.parent is None

    Document.objects.filter(pk=alone.pk).delete()
    make_assignment(make_confirmed(above), commune)
    Document.objects.filter(pk=above.pk).update(state=DocumentState.TRACKED)
    assert received(commune, officer, below, "xa.txt").parent == above


def test_the_same_letter_is_offered_as_the_one_that_is_here(province, holder, law):
    document = received(province, holder)

    for content in (LETTER, LETTER + b"\n"):
        with pytest.raises(AlreadyReceived) as refusal:
            received(province, holder, content, keep_own_copy=True)
        assert refusal.value.document == document
        assert refusal.value.same_holder


def test_a_letter_that_may_not_be_seen_is_not_offered(province, commune, holder, law):
    received(province, holder)

    assert received(commune, officer_of(commune)).holder == commune


def test_a_letter_of_another_agency_is_offered_and_may_be_kept_as_ones_own(province, commune, holder, law):
    document = received(province, holder)
    make_assignment(make_confirmed(document), commune)
    Document.objects.filter(pk=document.pk).update(state=DocumentState.TRACKED)
    officer = officer_of(commune)

    with pytest.raises(AlreadyReceived) as refusal:
        received(commune, officer)
    assert not refusal.value.same_holder

    assert received(commune, officer, keep_own_copy=True).holder == commune


def test_who_is_no_officer_of_the_agency_receives_nothing(province, commune, assignee):
    with pytest.raises(Forbidden):
        received(province, assignee)


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    return packed.getvalue()


ENGLISH = b"To all departments.\n\nPlease report on the cameras that you operate before the end of this month.\n" * 5


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rong.txt", b""),
        ("bom.docx", zip_bomb()),
        ("anh.docx", b"\xff\xd8\xff\xe0" + b"\0" * 2000),
        ("anh.pdf", b"%PDF-1.4\nnothing\n"),
        ("letter.txt", ENGLISH),
        ("cong-van.exe", b"MZ" + b"\0" * 500),
        ("cong-van.pdf.exe", "Công văn".encode()),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence_and_nothing_is_kept(province, holder, name, content):
    files, lines = stored_files(), Entry.objects.count()

    with pytest.raises((ReadingRefused, RunnableName)) as refusal:
        received(province, holder, content, name)

    assert str(refusal.value).endswith(".")
    assert not Document.objects.exists()
    assert (stored_files(), Entry.objects.count()) == (files, lines)


def test_the_reasons_are_told_apart(province, holder):
    with pytest.raises(EmptyFile):
        received(province, holder, b"", "rong.txt")
    with pytest.raises(NotVietnamese):
        received(province, holder, ENGLISH, "letter.txt")


def test_of_a_state_secret_only_the_refusal_is_recorded(province, holder):
    secret = LETTER.decode().replace("Số: 2146", "MẬT\n\nSố: 2146", 1).encode()
    files = stored_files()

    with pytest.raises(StateSecret):
        received(province, holder, secret, "KínTên.txt")

    line = Entry.objects.last()
    assert (line.action, line.object_type, line.change) == ("directives.refuse_secret", "accounts.agency", {})
    assert "KínTên" not in str(line.__dict__)
    assert not Document.objects.exists()
    assert stored_files() == files


def test_a_letter_without_a_file_is_said_to_be_missing(province, holder):
    with pytest.raises(FileMissing):
        document_content(make_document(province, holder))
