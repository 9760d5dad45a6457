"""The progress report of a letter for a period: values, a draft to read, and the paper that goes to the leader."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancam.accounts.models import Agency, Person
from ancam.directives.models import Document, DuePeriod, Part, PeriodState, ProgressReport
from ancam.directives.paper_words import deadline_on_paper, duty_on_paper, state_on_paper, who_on_paper
from ancam.directives.rules import Reported, Standing, figure_of, is_late, standing_on
from ancam.directives.selectors.people import answered_by
from ancam.directives.selectors.work import unassigned_count
from ancam.directives.services.guards import require_plausible, require_tracked
from ancam.directives.services.paper_heads import (
    cited,
    head_values,
    lines_of,
    reported_document,
    require_issuable,
)
from ancam.engines.drafting import progress_report as drafting
from ancam.engines.drafting.paper_values import issued_with
from ancam.engines.drafting.progress_workbook import write_progress_workbook
from ancam.kit.plain import as_plain, from_plain
from ancam.papers.models import Paper
from ancam.papers.services import PaperFacts, draft_paper, redraft_paper
from ancam.papers.writers import Inputs, Writer
from ancam.web.clock import VIETNAM, day_of
from ancam.web.replies import Forbidden


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a person enters of a report; paragraphs are separated by line breaks."""

    period_from: date
    period_to: date
    symbol: str
    signer_role: str = ""
    signer_name: str = ""
    addressees: str = ""
    difficulties: str = ""
    next_steps: str = ""
    recommendations: str = ""


def progress_report_values(
    *, document: Document, agency: Agency, facts: ReportFacts, by: Person
) -> drafting.ProgressReport:
    """Return the report's values as the assignments stood at the end of the period, as declared.

    The holder reports on every assignment it gave, another agency on its own. Raises `Forbidden`, `NotTracked`,
    `TooLong`.
    """
    if not by.has_perm("papers.issue", agency):
        raise Forbidden(
            act=_("lập báo cáo"), who=_("lãnh đạo hoặc chuyên viên của %(agency)s") % {"agency": agency.name}
        )
    require_tracked(document)
    require_plausible(facts.period_from, field="period_from")
    require_plausible(facts.period_to, field="period_to")
    rows, figures = _rows(_reported_on(document, agency, facts.period_to), facts.period_to)
    return issued_with(
        drafting.ProgressReport,
        head_values(document, agency, facts),
        period_from=facts.period_from,
        period_to=facts.period_to,
        rows=rows,
        figures=figures,
        unassigned=unassigned_count(document) if _reports_on_all(document, agency, facts.period_to) else 0,
        regime=document.regime.title if document.regime else "",
        difficulties=lines_of(facts.difficulties, "difficulties", _("Khó khăn")),
        next_steps=lines_of(facts.next_steps, "next_steps", _("Nhiệm vụ thời gian tới")),
        recommendations=lines_of(facts.recommendations, "recommendations", _("Kiến nghị")),
    )


def draft_progress_report(*, document: Document, agency: Agency, facts: ReportFacts, by: Person) -> bytes:
    """Return the report as a .docx without number or date, which says that it is a draft. Stores nothing.

    Raises as `progress_report_values` does, and `PaperRefused` of the drafting engine.
    """
    return drafting.write_progress_report(progress_report_values(document=document, agency=agency, facts=facts, by=by))


def progress_workbook(*, document: Document, agency: Agency, facts: ReportFacts, by: Person) -> bytes:
    """Return the report's figures and rows as an .xlsx. Stores nothing. Raises as `draft_progress_report` does."""
    return write_progress_workbook(progress_report_values(document=document, agency=agency, facts=facts, by=by))


@transaction.atomic
def draft_report_paper(*, document: Document, agency: Agency, facts: ReportFacts, by: Person, at: datetime) -> Paper:
    """Keep the report as a draft among the agency's papers, from where it goes to the leader.

    Raises as `draft_progress_report` does, `FieldRequired` without a signer, `PeriodNotOver`.
    """
    report = progress_report_values(document=document, agency=agency, facts=facts, by=by)
    return draft_paper(agency=agency, facts=_paper_facts(document, report, facts, at), by=by, at=at)


@transaction.atomic
def redraft_report_paper(*, paper: Paper, facts: ReportFacts, by: Person, at: datetime) -> Paper:
    """Put the report as it is made now, with these words, in the place of a paper's draft.

    Raises as `draft_report_paper` does, and `WrongState` of the papers room.
    """
    document = reported_document(paper)
    report = progress_report_values(document=document, agency=paper.agency, facts=facts, by=by)
    return redraft_paper(paper=paper, facts=_paper_facts(document, report, facts, at), by=by, at=at)


def report_facts_of(paper: Paper) -> ReportFacts:
    """Return what a person entered of the report that a paper holds."""
    report = _report_in(paper.inputs)
    texts = ("signer_role", "addressees", "difficulties", "next_steps", "recommendations")
    return ReportFacts(
        period_from=report.period_from,
        period_to=report.period_to,
        symbol=report.symbol,
        signer_name=report.signer_name,
        **{name: "\n".join(getattr(report, name)) for name in texts},
    )


def _write(inputs: Inputs, number: int | None, issued_on: date | None) -> bytes:
    named = None if number is None else f"{number:02d}"
    return drafting.write_progress_report(replace(_report_in(inputs), number=named, issued_on=issued_on))


def _renewed(paper: Paper, by: Person) -> Inputs:
    document = reported_document(paper)
    facts = report_facts_of(paper)
    report = progress_report_values(document=document, agency=paper.agency, facts=facts, by=by)
    return {"document": document.pk, **as_plain(report)}


def _edit_address(paper: Paper) -> str:
    query = urlencode({"paper": paper.pk})
    return f"{reverse('document_report', args=[paper.inputs['document']])}?{query}"


PROGRESS_REPORT = Writer(drafting.TEMPLATE, gettext_lazy("Báo cáo tiến độ"), _write, _renewed, _edit_address)


def _report_in(inputs: Inputs) -> drafting.ProgressReport:
    report: drafting.ProgressReport = from_plain(drafting.ProgressReport, inputs)
    return report


def _paper_facts(document: Document, report: drafting.ProgressReport, facts: ReportFacts, at: datetime) -> PaperFacts:
    """Return what the papers room keeps; an approved paper is not changed, so its signer and period must be right."""
    require_issuable(facts, facts.period_to, day_of(at))
    return PaperFacts(
        template=drafting.TEMPLATE,
        title=f"Báo cáo kết quả thực hiện {cited(document)}"[:500],
        symbol=report.symbol,
        inputs={"document": document.pk, **as_plain(report)},
        not_before=max(facts.period_to, document.signed_on or facts.period_to),
    )


def _reported_on(document: Document, agency: Agency, period_to: date) -> Iterable[DuePeriod]:
    end = datetime(period_to.year, period_to.month, period_to.day, 23, 59, 59, 999999, tzinfo=VIETNAM)
    found = DuePeriod.objects.all().followed()
    given = Q(assignment__assigned_at__lte=end) | Q(assignment__followed_from__lte=period_to)
    found = found.filter(given, assignment__obligation__document=document, begins_on__lte=period_to)
    if _reports_on_all(document, agency, period_to):
        found = found.filter(assignment__parent=None)  # a part counts in the report of who gave it on
    else:
        found = found.filter(answered_by([agency], period_to, "assignment__"))
    related = ("assignment__agency", "assignment__answering_agency", "assignment__obligation")
    found = found.select_related(*related).prefetch_related("reports")
    return found.order_by("assignment__obligation__position", "assignment__agency__sort_key", "begins_on", "pk")


def _reports_on_all(document: Document, agency: Agency, on: date) -> bool:
    """Tell whether an agency holds the letter, or keeps the records of the holder that had ended."""
    return agency.pk == document.holder_id or document.holder.is_kept_by(agency, on)


def _rows(found: Iterable[DuePeriod], on: date) -> tuple[tuple[drafting.TaskRow, ...], drafting.Figures]:
    periods = list(found)
    rows_of = Counter(period.assignment.obligation_id for period in periods)
    counts: dict[str, int] = {}
    rows: list[drafting.TaskRow] = []
    for ordinal, period in enumerate(periods, start=1):
        reports = sorted(period.reports.all(), key=lambda report: (report.at, report.pk))
        standing = standing_on((_as_reported(report) for report in reports), on)
        figure = figure_of(standing.state, period.due_on, done_on=standing.done_on, on=on)
        counts[figure] = counts.get(figure, 0) + 1
        sent = [report.text for report in reports if day_of(report.at) <= on]
        row = _row(ordinal, period, standing, on, sent[-1] if sent else "")
        rows.append(replace(row, group=row.task) if rows_of[period.assignment.obligation_id] > 1 else row)
    return tuple(rows), drafting.Figures(**counts)


def _row(ordinal: int, period: DuePeriod, standing: Standing, on: date, result: str) -> drafting.TaskRow:
    assignment, obligation = period.assignment, period.assignment.obligation
    leads, named = assignment.part == Part.LEAD, who_on_paper(period)
    return drafting.TaskRow(
        ordinal=str(ordinal),
        task=duty_on_paper(obligation, assignment.task),
        leads=named if leads else ", ".join(obligation.lead_names),
        supports=", ".join(obligation.support_names) if leads else named,
        deadline=deadline_on_paper(period),
        state=state_on_paper(standing.state),
        result=result,
        percentage=standing.percentage,
        due_on=period.due_on,
        done=standing.state == PeriodState.ACCEPTED,
        late=is_late(standing.state, period.due_on, done_on=standing.done_on, on=on),
    )


def _as_reported(report: ProgressReport) -> Reported:
    decided_on = day_of(report.decided_at) if report.decided_at else None
    return Reported(
        day_of(report.at), report.percentage, report.decision, decided_on, report.not_applicable, report.done_on
    )
