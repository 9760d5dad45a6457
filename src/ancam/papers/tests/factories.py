"""Small makers of papers, and a template that needs no engine: its file is its values in plain words."""

import json
from datetime import date, datetime, time
from typing import Any

from ancam.accounts.models import Agency, Person
from ancam.papers import writers
from ancam.papers.models import Paper
from ancam.papers.services import PaperFacts, approve_paper, draft_paper, issue_paper, submit_paper
from ancam.papers.writers import Inputs, Writer
from ancam.web.clock import VIETNAM

ON = date(2026, 11, 20)
TEMPLATE = "tests/1"
NOW_TOLD = {"told": "what the values would be today"}


def at_noon(day: date) -> datetime:
    """Return an instant of this day in Việt Nam."""
    return datetime.combine(day, time(12), VIETNAM)


def written(inputs: Inputs, number: int | None, issued_on: date | None) -> bytes:
    """Return the file of the values."""
    words = json.dumps(inputs, ensure_ascii=False, sort_keys=True)
    return f"PK {words} {number} {issued_on}".encode()


def _renewed(paper: Paper, by: Person) -> Inputs:
    return {**paper.inputs, **({"told": NOW_TOLD["told"]} if "told" in paper.inputs else {})}


writers.register(Writer(TEMPLATE, "Văn bản thử", written, _renewed, lambda paper: f"/sua/{paper.pk}/"))


def facts(**changed: Any) -> PaperFacts:
    """Return what a paper is made of."""
    values = {
        "template": TEMPLATE,
        "title": "Báo cáo kết quả thực hiện Chỉ thị 23/CT-TTg",
        "symbol": "BC-UBND",
        "inputs": {"kỳ": 1},
        **changed,
    }
    return PaperFacts(**values)


def make_draft(agency: Agency, by: Person, *, on: date = ON, **changed: Any) -> Paper:
    """Return the draft of a paper."""
    return draft_paper(agency=agency, facts=facts(**changed), by=by, at=at_noon(on))


def make_submitted(agency: Agency, by: Person, *, on: date = ON, **changed: Any) -> Paper:
    """Return a paper that waits for a leader."""
    return submit_paper(paper=make_draft(agency, by, on=on, **changed), by=by, at=at_noon(on))


def make_approved(agency: Agency, by: Person, leader: Person, *, on: date = ON, **changed: Any) -> Paper:
    """Return a paper that waits for its number."""
    paper = make_submitted(agency, by, on=on, **changed)
    return approve_paper(paper=paper, seen=paper.file_digest, by=leader, at=at_noon(on))


def make_issued(
    agency: Agency, by: Person, leader: Person, *, number: int = 7, on: date = ON, reason: str = "", **changed: Any
) -> Paper:
    """Return an issued paper."""
    paper = make_approved(agency, by, leader, on=on, **changed)
    return issue_paper(paper=paper, number=number, issued_on=on, reason=reason, by=by, at=at_noon(on))
