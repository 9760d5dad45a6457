"""Giving an approved paper its number and day, and what becomes of it afterwards."""

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Person
from ancam.audit.selectors import ledger_head
from ancam.audit.services import Action
from ancam.kit.errors import AnCamError
from ancam.papers.errors import DayContradicted, IssueDayRefused, NotASuccessor, TemplateChanged
from ancam.papers.models import Paper, PaperState, PdfCopy
from ancam.papers.rules import earliest_day
from ancam.papers.services.guards import bounded, lock_in_order, locked_for, record_on
from ancam.papers.services.pdfs import make_pdf_if_possible
from ancam.papers.services.register import enter_number
from ancam.papers.writers import require_writer
from ancam.web.clock import day_of
from ancam.web.storage import store_file

ISSUE_PAPER = Action("papers.issue_paper", "Phát hành văn bản")
WITHDRAW_PAPER = Action("papers.withdraw_paper", "Thu hồi văn bản")
SUPERSEDE_PAPER = Action("papers.supersede_paper", "Thay thế văn bản")


@transaction.atomic
def issue_paper(*, paper: Paper, number: int, issued_on: date, reason: str = "", by: Person, at: datetime) -> Paper:
    """Give an approved paper its number and day, and freeze its file and the ledger's head before it.

    The file is written from the frozen values, once these have given the approved bytes again: what is issued is what
    was approved, with number and day. `reason`: why the number is out of turn. Raises `Forbidden`, `WrongState`,
    `TemplateChanged`, `IssueDayRefused`, `DayContradicted`, `NumberTaken`, and a `NumberNeedsReason` without a reason.
    """
    paper = locked_for(paper, "issue", by)
    _require_day(paper, issued_on, at)
    content = _numbered(paper, number, issued_on)
    why = enter_number(paper, number, issued_on, reason, by=by, at=at)
    file = store_file([content])
    paper.file_digest, paper.file_size_bytes = file.digest, file.size_bytes
    paper.number, paper.issued_on, paper.issued_by, paper.issued_at = number, issued_on, by, at
    paper.state, paper.ledger_head = PaperState.ISSUED, ledger_head()
    paper.save()
    PdfCopy.objects.filter(paper=paper).delete()
    make_pdf_if_possible(paper, at)
    change = {"template": paper.template, "issued_on": issued_on.isoformat(), "file": file.digest}
    change |= {"approved_file": paper.approved_digest} | ({"reason": why} if why else {})
    record_on(paper, ISSUE_PAPER, by=by, at=at, change=change)
    return paper


@transaction.atomic
def withdraw_paper(*, paper: Paper, reason: str, by: Person, at: datetime) -> Paper:
    """Say that an issued paper counts no more, and why; it stays, with its number.

    Raises `Forbidden`, `WrongState`, `FieldRequired`, `TooLong`.
    """
    paper = locked_for(paper, "withdraw", by)
    paper.reason = bounded(reason, field="reason", label=_("Lý do"), required=True)
    paper.state, paper.ended_by, paper.ended_at = PaperState.WITHDRAWN, by, at
    paper.save()
    change = {"reason": paper.reason}
    record_on(paper, WITHDRAW_PAPER, by=by, at=at, change=change)
    return paper


@transaction.atomic
def supersede_paper(*, paper: Paper, successor: Paper, reason: str = "", by: Person, at: datetime) -> Paper:
    """Say that another issued paper of the agency takes this one's place.

    Raises `Forbidden`, `WrongState`, `NotASuccessor`, `TooLong`.
    """
    lock_in_order(paper, successor)
    paper, successor = locked_for(paper, "supersede", by), Paper.objects.defer("inputs").get(pk=successor.pk)
    fits = successor.agency_id == paper.agency_id and successor.state == PaperState.ISSUED
    if not fits or successor.pk == paper.pk:
        raise NotASuccessor(field="successor")
    paper.reason = bounded(reason, field="reason", label=_("Lý do"))
    paper.state, paper.superseded_by = PaperState.SUPERSEDED, successor
    paper.ended_by, paper.ended_at = by, at
    paper.save()
    change = {"superseded_by": successor.full_number, "reason": paper.reason}
    record_on(paper, SUPERSEDE_PAPER, by=by, at=at, change=change)
    return paper


def _require_day(paper: Paper, issued_on: date, at: datetime) -> None:
    earliest = earliest_day(paper.not_before, day_of(paper.approved_at or at))
    if not earliest <= issued_on <= day_of(at):
        raise IssueDayRefused(field="issued_on", earliest=f"{earliest:%d/%m/%Y}", latest=f"{day_of(at):%d/%m/%Y}")


def _numbered(paper: Paper, number: int, issued_on: date) -> bytes:
    """Return the file with number and day.

    Raises `TemplateChanged` unless without them it is what was approved, `DayContradicted`.
    """
    writer = require_writer(paper.template)
    unnumbered = writer.write(paper.inputs, None, None)
    if hashlib.sha256(unnumbered).hexdigest() != paper.approved_digest:
        raise TemplateChanged()
    try:
        return writer.write(paper.inputs, number, issued_on)
    except AnCamError as refused:
        why = refused.explain().what
        raise DayContradicted(field="issued_on", day=f"{issued_on:%d/%m/%Y}", why=why) from refused
