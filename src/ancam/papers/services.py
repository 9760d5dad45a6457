"""The door for issuing papers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Agency, Person
from ancam.audit.selectors import ledger_head
from ancam.audit.services import Action, record
from ancam.papers.errors import NumberTaken
from ancam.papers.models import Paper
from ancam.web.replies import Forbidden
from ancam.web.storage import store_file

ISSUE_PAPER = Action("papers.issue_paper", "Phát hành văn bản")


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What stands on the paper and what it was made from. `inputs` holds plain JSON values."""

    template: str
    title: str
    number: int
    symbol: str
    issued_on: date
    inputs: dict[str, Any]


@transaction.atomic
def issue_paper(*, agency: Agency, facts: PaperFacts, content: bytes, by: Person, at: datetime) -> Paper:
    """Freeze a paper of this agency: its values, its file's digest and the ledger's head before it.

    Raises `Forbidden` unless the person may issue for the agency, `NumberTaken` when the number is used this year.
    """
    if not by.has_perm("papers.issue", agency):
        raise Forbidden(act=_("phát hành văn bản"), who=_("lãnh đạo hoặc chuyên viên của chính cơ quan"))
    same_number = Paper.objects.filter(
        agency=agency, symbol=facts.symbol, number=facts.number, issued_on__year=facts.issued_on.year
    )
    if same_number.exists():
        raise NumberTaken(full_number=f"{facts.number:02d}/{facts.symbol}", year=facts.issued_on.year)
    file = store_file([content])
    paper = Paper.objects.create(
        agency=agency,
        template=facts.template,
        title=facts.title,
        number=facts.number,
        symbol=facts.symbol,
        issued_on=facts.issued_on,
        inputs=facts.inputs,
        file_digest=file.digest,
        file_size_bytes=file.size_bytes,
        ledger_head=ledger_head(),
        issued_by=by,
        issued_at=at,
    )
    change = {"template": facts.template, "issued_on": facts.issued_on.isoformat(), "file": file.digest}
    record(by=by.as_actor(agency), action=ISSUE_PAPER, subject=paper.as_subject(), change=change, at=at)
    return paper
