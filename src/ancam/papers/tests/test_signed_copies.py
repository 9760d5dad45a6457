"""The signed file that comes back is checked and compared; what was altered is refused."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ancam.accounts.models import Agency, Person, Role
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import make_person
from ancam.audit.models import Entry
from ancam.engines.reading.tests.text_pdf import pdf_of
from ancam.engines.signing.tests.makers import changed_afterwards, encrypted_pdf, plain_pdf, root_of, signed_pdf
from ancam.kit.file_names import RunnableName
from ancam.papers import checking
from ancam.papers.checking import compared
from ancam.papers.errors import CopyRefused, WrongState
from ancam.papers.models import Paper, PdfCopy, PdfState, SignedCopy, TextMatch
from ancam.papers.services import attach_signed_copy, signed_copies
from ancam.papers.tests.factories import ON, at_noon, make_draft
from ancam.web import clock
from ancam.web.replies import Forbidden
from ancam.web.storage import store_file

SCAN = b"\x89PNG\r\n\x1a\n a scan"


def attached(paper: Paper, data: bytes, name: str = "07-da-ky.pdf", by: Person | None = None) -> SignedCopy:
    return attach_signed_copy(paper=paper, name=name, data=data, by=by or paper.issued_by, at=clock.now())


def with_pdf(paper: Paper, pdf: bytes) -> None:
    file = store_file([pdf])
    PdfCopy.objects.create(
        paper=paper,
        of_digest=paper.file_digest,
        state=PdfState.MADE,
        digest=file.digest,
        size_bytes=file.size_bytes,
        asked_at=at_noon(ON),
        finished_at=at_noon(ON),
    )


def test_a_signed_file_is_kept_with_what_its_signature_says(paper: Paper) -> None:
    with_pdf(paper, plain_pdf())

    copy = attached(paper, signed_pdf())

    (signer,) = copy.signers
    assert (signer["subject"], signer["serial"], signer["trust"]) == (
        "Lê Minh Khôi",
        "1A2B3C",
        "unchecked",
    )
    assert signer["valid_from"] < clock.now() < signer["valid_to"]
    assert copy.text_match == TextMatch.SAME
    assert Entry.objects.last().change["signatures"] == ["Lê Minh Khôi (1A2B3C)"]


def test_a_certificate_that_leads_to_a_root_is_called_trusted(paper: Paper, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "roots").mkdir()
    (tmp_path / "roots" / "goc.cer").write_bytes(root_of())
    settings.SIGNATURE_ROOTS = str(tmp_path / "roots")

    assert attached(paper, signed_pdf()).signers[0]["trust"] == "trusted"


@pytest.fixture
def broken_root(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "roots").mkdir()
    (tmp_path / "roots" / "hong.cer").write_bytes(b"no certificate")
    settings.SIGNATURE_ROOTS = str(tmp_path / "roots")


@pytest.mark.usefixtures("broken_root")
def test_a_broken_root_is_told_as_the_machines_trouble_not_the_files(
    paper: Paper, caplog: pytest.LogCaptureFixture
) -> None:
    client, address = signed_in_as(paper.issued_by), reverse("signed_copy_add", args=[paper.pk])

    reply = client.post(address, sent(signed_pdf(), "07-da-ky.pdf"))

    page = reply.content.decode()
    assert reply.status_code == 422 and "thư mục chứng thư gốc" in page and "ancam check" in page
    assert "bị hỏng hoặc không đọc được" not in page
    assert not SignedCopy.objects.exists()
    (line,) = [record.getMessage() for record in caplog.records if record.name == "ancam.papers.checking"]
    assert "hong.cer" in line and "07-da-ky" not in line and len(line) < checking.MOST_LOGGED + 100


@pytest.mark.usefixtures("broken_root")
def test_a_picture_needs_no_roots(paper: Paper) -> None:
    with_pdf(paper, plain_pdf())

    assert attached(paper, SCAN, "quet.png").text_match == TextMatch.UNKNOWN


def test_a_check_that_its_bounds_end_is_no_trouble_of_the_machine(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = subprocess.CompletedProcess([], -9, b"", b"")
    monkeypatch.setattr(checking.subprocess, "run", lambda *_, **__: killed)

    with pytest.raises(CopyRefused) as refused:
        attached(paper, signed_pdf())

    assert "quá phức tạp" in str(refused.value)


def test_other_words_than_those_issued_are_shown_not_hidden(paper: Paper) -> None:
    with_pdf(paper, plain_pdf("Bao cao so 07"))

    copy = attached(paper, signed_pdf(plain_pdf("Bao cao so 70")))

    assert (copy.text_match, copy.difference) == (TextMatch.DIFFERENT, "Baocaoso07 ≠ Baocaoso70")


def test_without_the_issued_pdf_nothing_is_claimed_of_the_words(paper: Paper) -> None:
    assert attached(paper, signed_pdf()).text_match == TextMatch.UNKNOWN


@pytest.mark.parametrize(
    ("issued", "copy", "match"),
    [("a", None, TextMatch.UNKNOWN), (None, "a", TextMatch.UNKNOWN), ("a", " ", TextMatch.UNKNOWN), ("a", "a", "same")],
)
def test_words_are_compared_only_where_both_have_any(issued: str | None, copy: str | None, match: str) -> None:
    assert compared(issued, copy) == (match, "")


@pytest.mark.parametrize("pages", [[["UBND XÃ AN BÌNH", "TUYỆT MẬT", "Số: 07"]], [["a"] * 50, ["MẬT", *["b"] * 50]]])
def test_a_copy_stamped_secret_is_refused_and_only_that_is_recorded(paper: Paper, pages: list[list[str]]) -> None:
    client, address = signed_in_as(paper.issued_by), reverse("signed_copy_add", args=[paper.pk])

    reply = client.post(address, {"file": SimpleUploadedFile("mat.pdf", pdf_of(pages))})

    assert reply.status_code == 422 and "đóng dấu độ mật" in reply.content.decode()
    assert not SignedCopy.objects.exists()
    line = Entry.objects.last()
    assert (line.action, line.change) == ("papers.refuse_secret", {})


def test_a_scan_is_kept_as_such(paper: Paper) -> None:
    picture, pages = attached(paper, SCAN, "quet.png"), attached(paper, plain_pdf(), "quet.pdf")

    assert picture.signatures == pages.signatures == []
    assert picture.text_match == TextMatch.UNKNOWN


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (lambda: changed_afterwards(signed_pdf()), "đã bị thay đổi sau khi ký"),
        (lambda: signed_pdf().replace(b"so 07", b"so 08"), "không còn khớp chữ ký số"),
        (lambda: encrypted_pdf("x"), "đặt mật khẩu"),
        (lambda: b"%PDF-1.7", "bị hỏng"),
        (lambda: b"MZ program", "không phải PDF"),
        (lambda: b"", "không phải PDF"),
    ],
)
def test_what_is_not_sound_is_refused_with_the_reason_and_keeps_nothing(paper: Paper, data: Any, told: str) -> None:
    with pytest.raises(CopyRefused) as refused:
        attached(paper, data())

    assert told in str(refused.value)
    assert not SignedCopy.objects.exists()


def test_a_program_behind_a_pdfs_name_is_refused(paper: Paper) -> None:
    with pytest.raises(RunnableName):
        attached(paper, signed_pdf(), "van-ban.pdf.exe")


def test_the_same_file_is_attached_once_and_only_so_many(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    attached(paper, SCAN, "quet.png")

    with pytest.raises(CopyRefused):
        attached(paper, SCAN, "quet-lai.png")
    monkeypatch.setattr(signed_copies, "MOST_COPIES", 1)
    with pytest.raises(CopyRefused):
        attached(paper, SCAN + b"2", "quet-2.png")


def test_only_an_issued_paper_takes_a_copy_and_only_from_who_issues(
    commune: Agency, commune_officer: Person, paper: Paper, leader: Person
) -> None:
    with pytest.raises(WrongState):
        attached(make_draft(commune, commune_officer), SCAN, by=commune_officer)
    for by in (leader, make_person(Role.AUDITOR, commune)):
        with pytest.raises(Forbidden):
            attached(paper, SCAN, by=by)


def sent(data: bytes, name: str) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, data)}


def test_a_copy_is_sent_and_shown_on_the_papers_page(paper: Paper, outsider: Person) -> None:
    client, address = signed_in_as(paper.issued_by), reverse("signed_copy_add", args=[paper.pk])

    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 422
    assert client.post(address, sent(b"MZ", "a.pdf")).status_code == 422
    assert client.post(address, sent(signed_pdf(), "07-da-ky.pdf")).status_code == 302
    page = client.get(reverse("paper", args=[paper.pk])).content.decode()
    assert "Chữ ký số còn nguyên vẹn" in page
    assert "Chưa đối chiếu được với gốc tin cậy" in page
    assert "Lê Minh Khôi" in page
    file = reverse("signed_copy", args=[SignedCopy.objects.get().pk])
    assert client.get(file).content == signed_pdf_kept()
    assert signed_in_as(outsider).get(file).status_code == 404
    assert signed_in_as(outsider).get(address).status_code == 404


def signed_pdf_kept() -> bytes:
    from ancam.web.storage import stored_bytes

    return stored_bytes(SignedCopy.objects.get().digest)


def test_a_scan_says_that_nothing_could_be_checked(paper: Paper) -> None:
    attached(paper, SCAN, "quet.png")

    page = signed_in_as(paper.issued_by).get(reverse("paper", args=[paper.pk])).content.decode()

    assert "Bản quét, không kiểm tra được chữ ký" in page
