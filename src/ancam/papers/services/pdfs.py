"""Asking for the PDF of a paper's file, and keeping it when a job has made it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ancam.accounts.models import Person
from ancam.audit.services import SYSTEM, Action, record
from ancam.kit.office import NotConverted, has_office
from ancam.papers.errors import PdfRefused
from ancam.papers.models import Paper, PdfCopy, PdfState
from ancam.papers.rendering import as_pdf
from ancam.papers.services.guards import require_issuer
from ancam.web import clock, jobs
from ancam.web.storage import store_file, stored_bytes

MAKE_PDF = Action("papers.make_pdf", "Tạo bản PDF của văn bản")


def make_pdf_if_possible(paper: Paper, at: datetime) -> None:
    """Let a job make the PDF of the paper's file, where the machine has a program for it. Within a transaction."""
    if has_office():
        _ask(paper, at)


@transaction.atomic
def ask_pdf(*, paper: Paper, by: Person, at: datetime) -> None:
    """Let a job make the PDF of the paper's file, also after one failed or was lost; nothing when it is on its way.

    Raises `Forbidden`, and `PdfRefused` when the machine has no program for it.
    """
    require_issuer(by, paper.agency, _("tạo bản PDF"))
    if not has_office():
        raise PdfRefused()
    _ask(paper, at)


def make_pdf(pk: int) -> None:
    """Make the PDF of the paper `pk` that was asked for, keep it with its digest, or say which step failed.

    A job, idempotent: nothing when nobody asked, or the file became another. Takes up to the bound of `as_pdf`.
    """
    copy = PdfCopy.objects.filter(paper=pk, state=PdfState.WAITING, of_digest=F("paper__file_digest")).first()
    if copy is None:
        return
    try:
        pdf, failure = as_pdf(stored_bytes(copy.of_digest)), ""
        if len(pdf) > settings.MAX_UPLOAD_BYTES:  # the store's own bound
            pdf, failure = b"", "size"
    except FileNotFoundError:
        pdf, failure = b"", "missing"
    except NotConverted as exc:
        pdf, failure = b"", exc.why
    _finish(copy, pdf, failure, clock.now())


@transaction.atomic
def _finish(copy: PdfCopy, pdf: bytes, failure: str, at: datetime) -> None:
    waiting = PdfCopy.objects.select_for_update(of=("self",)).select_related("paper__agency").defer("paper__inputs")
    current = waiting.filter(pk=copy.pk, of_digest=copy.of_digest, state=PdfState.WAITING).first()
    if current is None:
        return
    current.finished_at, current.failure, current.state = at, failure, PdfState.FAILED
    if not failure:
        file = store_file([pdf])
        current.digest, current.size_bytes, current.state = file.digest, file.size_bytes, PdfState.MADE
        change = {"file": file.digest, "of_file": current.of_digest}
        record(by=SYSTEM, action=MAKE_PDF, subject=current.paper.as_subject(), change=change, at=at)
    current.save()


def _ask(paper: Paper, at: datetime) -> None:
    copy = PdfCopy.objects.select_for_update().filter(paper=paper).first()
    if copy and copy.of_digest == paper.file_digest and not copy.can_be_asked_again(at):
        return
    fresh: dict[str, Any] = {
        "of_digest": paper.file_digest,
        "state": PdfState.WAITING,
        "digest": "",
        "size_bytes": None,
    }
    fresh |= {"failure": "", "asked_at": at, "finished_at": None}
    PdfCopy.objects.update_or_create(paper=paper, defaults=fresh)
    jobs.enqueue(make_pdf, paper.pk)
