"""Official papers on a letter's duties that its holder drafts: urging, assignment, summary, collected report.

Each kind says what a person enters of it; everything else is read from the periods as they stand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancam.accounts.models import Person
from ancam.directives.errors import FieldRequired
from ancam.directives.models import Document
from ancam.directives.selectors import letters
from ancam.directives.services.guards import MAX_LINE, bounded, require_holder, require_plausible, require_tracked
from ancam.directives.services.paper_heads import (
    cited,
    head_values,
    lines_of,
    reported_document,
    require_issuable,
)
from ancam.engines.drafting.assignment_letter import TEMPLATE as ASSIGNMENT_TEMPLATE
from ancam.engines.drafting.assignment_letter import AssignmentLetter, write_assignment_letter
from ancam.engines.drafting.children_report import TEMPLATE as CHILDREN_TEMPLATE
from ancam.engines.drafting.children_report import ChildrenReport, write_children_report
from ancam.engines.drafting.paper_values import PaperValues
from ancam.engines.drafting.period_summary import TEMPLATE as SUMMARY_TEMPLATE
from ancam.engines.drafting.period_summary import PeriodSummary, write_period_summary
from ancam.engines.drafting.urging_letter import TEMPLATE as URGING_TEMPLATE
from ancam.engines.drafting.urging_letter import UrgingLetter, write_urging_letter
from ancam.kit.plain import as_plain, from_plain
from ancam.papers.models import Paper
from ancam.papers.services import PaperFacts, draft_paper, redraft_paper
from ancam.papers.writers import Inputs, Writer
from ancam.web.clock import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What a person enters of a paper; paragraphs are separated by line breaks. Each kind asks for its own part.

    form: of an assignment, `official_letter` or `plan`. finish_by: the day by which late agencies are asked to finish.
    """

    symbol: str
    signer_role: str = ""
    signer_name: str = ""
    addressees: str = ""
    period_from: date | None = None
    period_to: date | None = None
    finish_by: date | None = None
    report_to: str = ""
    contact: str = ""
    form: str = "official_letter"
    difficulties: str = ""
    recommendations: str = ""


Values = Callable[[Document, Person, PaperValues, LetterFacts, date], Any]


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A paper on a letter's duties.

    name: in addresses. asks: the names of the facts beyond head and foot. values: reads its values as of a day.
    made_of: the values' class. begins: what its symbol begins with on paper (`BC`), empty for an official letter.
    """

    name: str
    template: str
    label: Any
    title: str
    asks: tuple[str, ...]
    values: Values
    made_of: type[Any]
    write: Callable[[Any], bytes]
    begins: str = ""


def _urging(document: Document, by: Person, head: PaperValues, facts: LetterFacts, on: date) -> UrgingLetter:
    said: dict[str, Any] = {"finish_by": facts.finish_by, "report_to": facts.report_to, "contact": facts.contact}
    return letters.urging_values(document, by, head, on=on, **said)


def _assignment(document: Document, by: Person, head: PaperValues, facts: LetterFacts, on: date) -> AssignmentLetter:
    said: dict[str, Any] = {"report_to": facts.report_to, "contact": facts.contact, "form": facts.form}
    return letters.assignment_letter_values(document, by, head, on=on, **said)


def _summary(document: Document, by: Person, head: PaperValues, facts: LetterFacts, on: date) -> PeriodSummary:
    stretch: dict[str, Any] = {"period_from": facts.period_from, "period_to": facts.period_to}
    return letters.period_summary_values(document, by, head, on=on, **stretch)


def _collected(document: Document, by: Person, head: PaperValues, facts: LetterFacts, on: date) -> ChildrenReport:
    stretch: dict[str, Any] = {"period_from": facts.period_from, "period_to": facts.period_to}
    return letters.children_report_values(
        document,
        by,
        head,
        on=on,
        **stretch,
        difficulties=lines_of(facts.difficulties, "difficulties", _("Khó khăn")),
        recommendations=lines_of(facts.recommendations, "recommendations", _("Kiến nghị")),
    )


URGING = LetterKind(
    "don-doc",
    URGING_TEMPLATE,
    gettext_lazy("Công văn đôn đốc"),
    "Đôn đốc thực hiện",
    ("finish_by", "report_to", "contact"),
    _urging,
    UrgingLetter,
    write_urging_letter,
)
ASSIGNMENT = LetterKind(
    "phan-cong",
    ASSIGNMENT_TEMPLATE,
    gettext_lazy("Văn bản phân công nhiệm vụ"),
    "Phân công thực hiện",
    ("form", "report_to", "contact"),
    _assignment,
    AssignmentLetter,
    write_assignment_letter,
)
SUMMARY = LetterKind(
    "tong-hop-ky",
    SUMMARY_TEMPLATE,
    gettext_lazy("Báo cáo tổng hợp theo kỳ"),
    "Tổng hợp theo kỳ việc thực hiện",
    ("period_from", "period_to"),
    _summary,
    PeriodSummary,
    write_period_summary,
    "BC",
)
COLLECTED = LetterKind(
    "tong-hop-cap-duoi",
    CHILDREN_TEMPLATE,
    gettext_lazy("Báo cáo tổng hợp kết quả của cấp dưới"),
    "Tổng hợp kết quả thực hiện",
    ("period_from", "period_to", "difficulties", "recommendations"),
    _collected,
    ChildrenReport,
    write_children_report,
    "BC",
)
LETTER_KINDS = {kind.name: kind for kind in (URGING, ASSIGNMENT, COLLECTED, SUMMARY)}


def letter_preview(*, kind: LetterKind, document: Document, facts: LetterFacts, by: Person, at: datetime) -> bytes:
    """Return the paper as a .docx without number or date, which says that it is a draft. Stores nothing.

    Raises `Forbidden`, `NotTracked`, `FieldRequired`, `TooLong`, `DayImplausible`, a `PaperRefused` of the engine.
    """
    return kind.write(_values(kind, document, facts, by, day_of(at)))


@transaction.atomic
def draft_letter_paper(*, kind: LetterKind, document: Document, facts: LetterFacts, by: Person, at: datetime) -> Paper:
    """Keep the paper as a draft among the holder's papers, from where it goes to the leader.

    Raises as `letter_preview` does, and `PeriodNotOver`.
    """
    paper = _paper_facts(kind, document, facts, by, at)
    return draft_paper(agency=document.holder, facts=paper, by=by, at=at)


@transaction.atomic
def redraft_letter_paper(*, paper: Paper, facts: LetterFacts, by: Person, at: datetime) -> Paper:
    """Put the paper as it is made now, with these words, in the place of its draft. Raises as `draft_letter_paper`."""
    made = _paper_facts(kind_of(paper), reported_document(paper), facts, by, at)
    return redraft_paper(paper=paper, facts=made, by=by, at=at)


def kind_of(paper: Paper) -> LetterKind:
    """Return the kind of a paper on a letter's duties."""
    return next(kind for kind in LETTER_KINDS.values() if kind.template == paper.template)


def letter_facts_of(paper: Paper) -> LetterFacts:
    """Return what a person entered of a paper."""
    facts: LetterFacts = from_plain(LetterFacts, paper.inputs["entered"])
    return facts


def _values(kind: LetterKind, document: Document, facts: LetterFacts, by: Person, on: date) -> Any:
    holder = document.holder
    require_holder(by, holder, _("lập văn bản về nhiệm vụ"))
    require_tracked(document)
    _check_asked(kind, facts)
    return kind.values(document, by, head_values(document, holder, facts), facts, on)


def _check_asked(kind: LetterKind, facts: LetterFacts) -> None:
    """Refuse what the kind asks for and is missing, too long or no day of our years."""
    days = {"period_from": _("Từ ngày"), "period_to": _("Đến ngày"), "finish_by": _("Đề nghị xong trước hết ngày")}
    for name, label in days.items():
        if name in kind.asks and getattr(facts, name) is None:
            raise FieldRequired(field=name, label=label[0].lower() + label[1:])
        require_plausible(getattr(facts, name), field=name)
    needed = "report_to" in kind.asks
    bounded(facts.report_to, field="report_to", label=_("Nơi nhận báo cáo"), most=MAX_LINE, required=needed)
    bounded(facts.contact, field="contact", label=_("Đầu mối liên hệ"), most=MAX_LINE)


def _paper_facts(kind: LetterKind, document: Document, facts: LetterFacts, by: Person, at: datetime) -> PaperFacts:
    """Return what the papers room keeps; an approved paper is not changed, so its signer and stretch must be right."""
    today = day_of(at)
    require_issuable(facts, facts.period_to if "period_to" in kind.asks else None, today)
    made = _values(kind, document, facts, by, today)
    return PaperFacts(
        template=kind.template,
        title=f"{kind.title} {cited(document)}"[:500],
        symbol=made.symbol,
        inputs={"document": document.pk, "entered": as_plain(facts), **as_plain(made)},
        not_before=today,
    )


def _write(kind: LetterKind, inputs: Inputs, number: int | None, issued_on: date | None) -> bytes:
    numbered = {"number": None if number is None else f"{number:02d}", "issued_on": as_plain(issued_on)}
    return kind.write(from_plain(kind.made_of, {**inputs, **numbered}))


def _renewed(kind: LetterKind, paper: Paper, by: Person) -> Inputs:
    """Return the values as the periods give them now, for the day as of which the paper speaks."""
    document, facts = reported_document(paper), letter_facts_of(paper)
    made = _values(kind, document, facts, by, date.fromisoformat(paper.inputs["as_of"]))
    return {"document": document.pk, "entered": as_plain(facts), **as_plain(made)}


def _edit_address(kind: LetterKind, paper: Paper) -> str:
    address = reverse("document_letter", args=[paper.inputs["document"], kind.name])
    return f"{address}?{urlencode({'paper': paper.pk})}"


LETTER_WRITERS = tuple(
    Writer(kind.template, kind.label, partial(_write, kind), partial(_renewed, kind), partial(_edit_address, kind))
    for kind in LETTER_KINDS.values()
)
