"""The way of a draft to the leader and back: submitted, taken back, approved, returned."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Person
from ancam.audit.services import Action
from ancam.papers.errors import ChangedMeanwhile
from ancam.papers.hearing import tell_submitted
from ancam.papers.models import Paper, PaperState
from ancam.papers.services.guards import bounded, locked_for, record_on
from ancam.papers.services.pdfs import make_pdf_if_possible

SUBMIT_PAPER = Action("papers.submit_paper", "Trình lãnh đạo duyệt văn bản")
TAKE_BACK_PAPER = Action("papers.take_back_paper", "Rút lại văn bản đã trình")
APPROVE_PAPER = Action("papers.approve_paper", "Duyệt văn bản")
RETURN_PAPER = Action("papers.return_paper", "Trả lại dự thảo văn bản")


@transaction.atomic
def submit_paper(*, paper: Paper, by: Person, at: datetime) -> Paper:
    """Lay the draft before the agency's leaders, who hear of it. Raises `Forbidden`, `WrongState`."""
    paper = locked_for(paper, "submit", by)
    paper.state, paper.submitted_by, paper.submitted_at = PaperState.SUBMITTED, by, at
    paper.save()
    make_pdf_if_possible(paper, at)
    record_on(paper, SUBMIT_PAPER, by=by, at=at, change={"file": paper.file_digest})
    tell_submitted(paper, at)
    return paper


@transaction.atomic
def take_back_paper(*, paper: Paper, by: Person, at: datetime) -> Paper:
    """Make a submitted paper a draft again, before a leader has answered. Raises `Forbidden`, `WrongState`."""
    paper = locked_for(paper, "take_back", by)
    paper.state, paper.submitted_by, paper.submitted_at = PaperState.DRAFTED, None, None
    paper.save()
    record_on(paper, TAKE_BACK_PAPER, by=by, at=at)
    return paper


@transaction.atomic
def approve_paper(*, paper: Paper, seen: str, by: Person, at: datetime) -> Paper:
    """Approve the draft whose file the leader has seen, by its digest: from now on this file is what is issued.

    Raises `Forbidden`, `WrongState`, `OwnDraft` for who drafted it, `ChangedMeanwhile` when it is another draft.
    """
    paper = locked_for(paper, "approve", by)
    if paper.file_digest != seen:
        raise ChangedMeanwhile()
    paper.state, paper.approved_by, paper.approved_at = PaperState.APPROVED, by, at
    paper.approved_digest = paper.file_digest
    paper.reason = ""
    paper.save()
    record_on(paper, APPROVE_PAPER, by=by, at=at, change={"file": paper.approved_digest, "template": paper.template})
    return paper


@transaction.atomic
def return_paper(*, paper: Paper, reason: str, by: Person, at: datetime) -> Paper:
    """Send a draft back to who made it; one that was approved too, as long as it has no number.

    Raises `Forbidden`, `WrongState`, `OwnDraft`, `FieldRequired`, `TooLong`.
    """
    paper = locked_for(paper, "return", by)
    paper.reason = bounded(reason, field="reason", label=_("Lý do"), required=True)
    paper.state = PaperState.RETURNED
    paper.unapprove()
    paper.save()
    record_on(paper, RETURN_PAPER, by=by, at=at, change={"reason": paper.reason})
    return paper
