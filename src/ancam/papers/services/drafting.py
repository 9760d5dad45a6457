"""A paper's draft: made from values, made anew, given up."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Agency, Person
from ancam.audit.services import Action
from ancam.papers.models import Paper, PaperState, PdfCopy
from ancam.papers.services.guards import bounded, locked_for, record_on, require_issuer
from ancam.papers.writers import require_writer
from ancam.web.storage import store_file

DRAFT_PAPER = Action("papers.draft_paper", "Lập dự thảo văn bản")
REDRAFT_PAPER = Action("papers.redraft_paper", "Lập lại dự thảo văn bản")
DISCARD_PAPER = Action("papers.discard_paper", "Bỏ dự thảo văn bản")


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What a paper is and what it is made from. `inputs` holds plain JSON values, without number and day.

    not_before: the first day that may stand on it, None when any day fits.
    """

    template: str
    title: str
    symbol: str
    inputs: dict[str, Any]
    not_before: date | None = None


@transaction.atomic
def draft_paper(*, agency: Agency, facts: PaperFacts, by: Person, at: datetime) -> Paper:
    """Keep the draft of a paper of this agency: its values, and the file written from them.

    Raises `Forbidden` unless the person may issue for the agency, and what the template's writer refuses.
    """
    require_issuer(by, agency, _("lập dự thảo văn bản"))
    paper = Paper(agency=agency)
    _fill(paper, facts, by, at)
    paper.save()
    record_on(paper, DRAFT_PAPER, by=by, at=at, change=_change(paper))
    return paper


@transaction.atomic
def redraft_paper(*, paper: Paper, facts: PaperFacts, by: Person, at: datetime) -> Paper:
    """Put other values in the place of a draft's; what was approved of it counts no more.

    The person becomes its drafter. Raises as `draft_paper` does, and `WrongState`.
    """
    paper = locked_for(paper, "redraft", by)
    before = paper.file_digest
    _fill(paper, facts, by, at)
    paper.submitted_by = paper.submitted_at = None
    paper.unapprove()
    paper.save()
    if paper.file_digest != before:
        PdfCopy.objects.filter(paper=paper).delete()
    change = {"before": before, "after": paper.file_digest, "template": paper.template}
    record_on(paper, REDRAFT_PAPER, by=by, at=at, change=change)
    return paper


@transaction.atomic
def discard_paper(*, paper: Paper, by: Person, at: datetime) -> Paper:
    """Give up a paper that has no number. It stays in the list as such. Raises `Forbidden`, `WrongState`."""
    paper = locked_for(paper, "discard", by)
    paper.state, paper.ended_by, paper.ended_at = PaperState.DISCARDED, by, at
    paper.unapprove()
    paper.save()
    record_on(paper, DISCARD_PAPER, by=by, at=at)
    return paper


def _fill(paper: Paper, facts: PaperFacts, by: Person, at: datetime) -> None:
    file = store_file([require_writer(facts.template).write(facts.inputs, None, None)])
    paper.template, paper.inputs, paper.not_before = facts.template, facts.inputs, facts.not_before
    paper.title = bounded(facts.title, field="title", label=_("Trích yếu"), most=500, required=True)
    paper.symbol = bounded(facts.symbol, field="symbol", label=_("Ký hiệu"), most=60, required=True)
    paper.file_digest, paper.file_size_bytes = file.digest, file.size_bytes
    paper.state, paper.reason = PaperState.DRAFTED, ""
    paper.drafted_by, paper.drafted_at = by, at


def _change(paper: Paper) -> dict[str, str]:
    return {"template": paper.template, "file": paper.file_digest}
