"""What agencies answered to the figures asked of a duty, and what the answers come to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max, Prefetch, Q, QuerySet

from ancam.accounts.models import Person
from ancam.directives.figure_rules import Answer, Figure, Total, figures_told, total_of
from ancam.directives.models import Decision, DuePeriod, FigureForm, Obligation, ProgressReport
from ancam.directives.period_words import period_in_words
from ancam.directives.selectors.work import due_periods


@dataclass(frozen=True, slots=True)
class FigurePeriod:
    """A time at which a duty was due for all its agencies: its code, and its words, empty for the only one."""

    code: str
    label: str


MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class FigureSummary:
    """What the visible agencies answered for one period of a duty, each part in the answers of who gave it on.

    missing: the agencies that have told none of the figures. left_out: how many say that the duty does not apply.
    """

    totals: list[Total]
    agencies: int
    missing: list[str]
    left_out: int

    @property
    def shown_missing(self) -> list[str]:
        """Return the first of those that have told nothing."""
        return self.missing[:MOST_NAMED]

    @property
    def more_missing(self) -> int:
        """Return how many further ones there are."""
        return len(self.missing) - len(self.shown_missing)


def figures_asked(obligation: Obligation) -> tuple[int, list[Figure]]:
    """Return the version of what is asked with reports on a duty today, 0 for never anything; and the figures.

    One query.
    """
    form: FigureForm | None = obligation.figure_forms.first()
    return (form.version, form.asked()) if form else (0, [])


def figure_periods(person: Person, obligation: Obligation) -> list[FigurePeriod]:
    """Return the times at which a duty was due for the visible agencies, the latest first. One query."""
    found = due_periods(person).filter(assignment__obligation=obligation).order_by().values("code")
    codes = found.annotate(begins=Max("begins_on"), ends=Max("ends_on")).order_by("-begins", "-code")
    return [FigurePeriod(row["code"], period_in_words(row["code"], row["begins"], row["ends"])) for row in codes]


def figure_rows(person: Person, obligation: Obligation, code: str) -> QuerySet[DuePeriod]:
    """Return the visible agencies' periods of this code, by agency, each with what `told_report` needs. Two queries."""
    told = ProgressReport.objects.exclude(decision=Decision.RETURNED).only("period", "at", "figures", "not_applicable")
    rows = due_periods(person).filter(assignment__obligation=obligation, code=code)
    return rows.prefetch_related(Prefetch("reports", queryset=told, to_attr="standing_reports")).order_by(
        "assignment__agency__sort_key", "pk"
    )


def counted_once(rows: Sequence[DuePeriod]) -> list[DuePeriod]:
    """Return the rows without the parts of others among them, whose figures those report for the whole."""
    shown = {row.assignment_id for row in rows}
    return [row for row in rows if row.assignment.parent_id not in shown]


def told_report(row: DuePeriod) -> ProgressReport | None:
    """Return the report whose figures count for a row of `figure_rows`: the latest that was not sent back."""
    reports: list[ProgressReport] = row.standing_reports  # type: ignore[attr-defined]
    return reports[0] if reports else None


def answers_told(row: DuePeriod) -> dict[str, Answer]:
    """Return the answers that count for a row of `figure_rows`, by the figure's key."""
    report = told_report(row)
    return {answer.key: answer for answer in report.answers} if report else {}


def figures_of_rows(obligation: Obligation, rows: Sequence[DuePeriod]) -> list[Figure]:
    """Return the figures that these rows are told by: those asked today, then those answered before. One query."""
    answers = [answer for row in rows for answer in answers_told(row).values()]
    return figures_told(figures_asked(obligation)[1], answers)


def figure_summary(obligation: Obligation, rows: Sequence[DuePeriod]) -> FigureSummary:
    """Return what the rows of `figure_rows` come to, figure by figure. One query."""
    figures, rows = figures_of_rows(obligation, rows), counted_once(rows)
    told = [answers_told(row) for row in rows]
    left_out = {row.pk for row in rows if (report := told_report(row)) and report.not_applicable}
    missing = [
        row.assignment.named_agency
        for row, found in zip(rows, told, strict=True)
        if not found and row.pk not in left_out
    ]
    return FigureSummary(totals_of(figures, rows), len(rows), missing, len(left_out))


def totals_of(figures: Iterable[Figure], rows: Sequence[DuePeriod]) -> list[Total]:
    """Return what the answers of these rows come to, figure by figure, the parts of others among them left out."""
    told = [answers_told(row) for row in counted_once(rows)]
    return [total_of(one, [found[one.key].value for found in told if one.key in found]) for one in figures]


def has_figures(obligation: Obligation) -> bool:
    """Tell whether figures are asked of a duty, or were answered. Two queries at most."""
    if figures_asked(obligation)[1]:
        return True
    return ProgressReport.objects.filter(~Q(figures=[]), period__assignment__obligation=obligation).exists()
