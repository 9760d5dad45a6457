"""A PDF is made by a job where LibreOffice is; elsewhere it is said plainly."""

import os
import select
import shutil
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django_q.models import OrmQ

from ancam.accounts.models import Agency, Person
from ancam.accounts.tests.conftest import signed_in_as
from ancam.audit.models import Entry
from ancam.kit import office as libreoffice
from ancam.kit.office import NotConverted
from ancam.papers import rendering
from ancam.papers.errors import PdfRefused
from ancam.papers.models import Paper, PdfCopy, PdfState
from ancam.papers.models.pdf_copy import LOST_AFTER
from ancam.papers.rendering import as_pdf
from ancam.papers.services import ask_pdf, make_pdf, redraft_paper, take_back_paper
from ancam.papers.tests.factories import ON, at_noon, facts, make_submitted
from ancam.web.replies import Forbidden

AT = at_noon(ON)


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """A program in LibreOffice's place that does what the test says; called as LibreOffice would be."""

    def script(words: str) -> None:
        program = tmp_path / "office"
        program.write_text(f"#!/bin/sh\n{words}\n")
        program.chmod(0o700)
        monkeypatch.setattr(libreoffice, "PROGRAMS", (str(program),))

    return script


WRITES = 'for last; do :; done; printf "%%PDF-1.7 made" > "$(dirname "$last")/paper.pdf"'


def asked(paper: Paper, by: Person) -> PdfCopy:
    ask_pdf(paper=paper, by=by, at=AT)
    return PdfCopy.objects.get(paper=paper)


def test_the_pdf_is_kept_with_its_digest_and_a_line(paper: Paper, office: Any) -> None:
    office(WRITES)
    asked(paper, paper.issued_by)

    make_pdf(paper.pk)
    make_pdf(paper.pk)

    copy = PdfCopy.objects.get()
    assert (copy.state, copy.of_digest) == (PdfState.MADE, paper.file_digest)
    assert Entry.objects.filter(action="papers.make_pdf").get().change["file"] == copy.digest
    reply = signed_in_as(paper.issued_by).get(reverse("paper_pdf", args=[paper.pk]))
    assert (reply.content, reply["Content-Type"]) == (b"%PDF-1.7 made", "application/pdf")


@pytest.mark.parametrize(("words", "failure"), [("exit 1", "failed"), ("exit 0", "failed")])
def test_a_program_that_gives_no_pdf_is_told_and_can_be_asked_again(
    paper: Paper, office: Any, words: str, failure: str
) -> None:
    office(words)
    asked(paper, paper.issued_by)

    make_pdf(paper.pk)

    assert PdfCopy.objects.get().failure == failure
    page = signed_in_as(paper.issued_by).get(reverse("paper", args=[paper.pk])).content.decode()
    assert "Chưa tạo được bản PDF" in page
    assert asked(paper, paper.issued_by).state == PdfState.WAITING


def test_a_program_that_hangs_is_ended_with_what_it_started(office: Any, tmp_path: Path) -> None:
    office(f"sleep 60 & echo $! > {tmp_path}/child; wait")
    begun = time.monotonic()

    with pytest.raises(NotConverted) as refusal:
        as_pdf(b"PK", time_limit_s=1)

    assert refusal.value.why == "time"
    assert time.monotonic() - begun < 20
    assert ends(int((tmp_path / "child").read_text()))


def ends(pid: int, within_s: float = 10) -> bool:
    """Return whether a process that was killed is gone; the signal may still be on its way."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], within_s)[0])
    finally:
        os.close(handle)


def test_a_pdf_past_the_bound_is_not_kept(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    office(WRITES)
    monkeypatch.setattr(rendering, "MOST_BYTES", 3)

    with pytest.raises(NotConverted) as refusal:
        as_pdf(b"PK")

    assert refusal.value.why == "size"


def test_a_machine_without_the_program_says_so(paper: Paper) -> None:
    client = signed_in_as(paper.issued_by)

    with pytest.raises(PdfRefused):
        ask_pdf(paper=paper, by=paper.issued_by, at=AT)
    assert client.post(reverse("paper_pdf_ask", args=[paper.pk])).status_code == 422
    assert "chưa cài LibreOffice" in client.get(reverse("paper", args=[paper.pk])).content.decode()
    assert client.get(reverse("paper_pdf", args=[paper.pk])).status_code == 404
    with pytest.raises(NotConverted):
        as_pdf(b"PK")


def test_a_submitted_draft_asks_for_its_pdf_by_itself_once(
    commune: Agency, commune_officer: Person, office: Any, django_capture_on_commit_callbacks: Any
) -> None:
    office(WRITES)

    with django_capture_on_commit_callbacks(execute=True):
        paper = make_submitted(commune, commune_officer)
        ask_pdf(paper=paper, by=commune_officer, at=AT)

    assert OrmQ.objects.count() == 1
    page = signed_in_as(commune_officer).get(reverse("paper", args=[paper.pk])).content.decode()
    assert "Đang tạo bản PDF" in page


def test_a_pdf_whose_job_was_lost_can_be_asked_for_again(
    paper: Paper, office: Any, django_capture_on_commit_callbacks: Any
) -> None:
    office(WRITES)
    asked(paper, paper.issued_by)
    client, address = signed_in_as(paper.issued_by), reverse("paper", args=[paper.pk])

    with time_machine.travel(AT + timedelta(minutes=5), tick=False):
        early = client.get(address).content.decode()
    with time_machine.travel(AT + LOST_AFTER, tick=False), django_capture_on_commit_callbacks(execute=True):
        page = client.get(address).content.decode()
        part = client.get(address, headers={"hx-request": "true"}).content.decode()
        client.post(reverse("paper_pdf_ask", args=[paper.pk]))

    again = reverse("paper_pdf_ask", args=[paper.pk])
    assert again not in early and again in page and again in part
    assert OrmQ.objects.count() == 1
    assert PdfCopy.objects.get().asked_at == AT + LOST_AFTER


def test_a_pdf_past_the_stores_bound_is_told_and_not_tried_for_ever(paper: Paper, office: Any, settings: Any) -> None:
    office(WRITES)
    asked(paper, paper.issued_by)
    settings.MAX_UPLOAD_BYTES = 3

    make_pdf(paper.pk)

    assert PdfCopy.objects.get().failure == "size"


def test_the_page_asks_for_the_pdf_alone_until_it_is_made(paper: Paper, office: Any) -> None:
    office(WRITES)
    asked(paper, paper.issued_by)
    client, address = signed_in_as(paper.issued_by), reverse("paper", args=[paper.pk])

    waiting = client.get(address, headers={"hx-request": "true"})
    make_pdf(paper.pk)
    made = client.get(address, headers={"hx-request": "true"})

    assert "HX-Refresh" not in waiting
    assert "<html" not in waiting.content.decode()
    assert made["HX-Refresh"] == "true"


def test_the_pdf_of_a_draft_that_was_made_anew_is_not_kept(
    commune: Agency, commune_officer: Person, office: Any
) -> None:
    office(WRITES)
    paper = take_back_paper(paper=make_submitted(commune, commune_officer), by=commune_officer, at=AT)
    redraft_paper(paper=paper, facts=facts(inputs={"kỳ": 2}), by=commune_officer, at=AT)

    make_pdf(paper.pk)

    assert not PdfCopy.objects.exists()


def test_a_file_that_is_gone_is_told(paper: Paper, office: Any, settings: Any) -> None:
    office(WRITES)
    asked(paper, paper.issued_by)
    (settings.STORE_FOLDER / paper.file_digest[:2] / paper.file_digest).unlink()

    make_pdf(paper.pk)

    assert PdfCopy.objects.get().failure == "missing"


def test_only_who_issues_for_the_agency_asks(paper: Paper, leader: Person, outsider: Person) -> None:
    address = reverse("paper_pdf_ask", args=[paper.pk])

    with pytest.raises(Forbidden):
        ask_pdf(paper=paper, by=leader, at=AT)
    assert signed_in_as(leader).post(address).status_code == 403
    assert signed_in_as(outsider).post(address).status_code == 404
    assert signed_in_as(leader).get(address).status_code == 405


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_makes_a_pdf_of_a_real_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    from ancam.engines.drafting.progress_report import write_progress_report
    from ancam.engines.drafting.tests.makers import make_report

    monkeypatch.setattr(libreoffice, "PROGRAMS", ("soffice",))

    assert as_pdf(write_progress_report(make_report())).startswith(b"%PDF-")
