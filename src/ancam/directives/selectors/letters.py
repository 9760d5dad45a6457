"""What official letters and summaries say of a letter's duties, as a person may see them: values for `drafting`.

`head` carries what the paper is issued with; everything else is read from visible periods as they stand today (`on`).
What an agency gave on below itself counts in what it answers for, never beside it.
Names and words are those of issued papers: Vietnamese, whatever the reader's language.
"""

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import date
from typing import Any, Literal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import translation

from ancam.accounts.models import Person
from ancam.directives.due_rules import MONTHS_OF, due_day
from ancam.directives.due_words import write_due_day
from ancam.directives.figure_rules import Answer, Figure, answer_of, figures_told, total_of
from ancam.directives.models import (
    FINISHED,
    WORKING,
    Assignment,
    Cadence,
    Document,
    DuePeriod,
    FigureForm,
    Obligation,
    Part,
    PeriodState,
    ProgressReport,
)
from ancam.directives.paper_words import (
    agency_on_paper,
    duty_on_paper,
    label_on_paper,
    letter_deadline_on_paper,
    state_on_paper,
    total_on_paper,
    who_on_paper,
)
from ancam.directives.selectors.people import ACTING, acting
from ancam.directives.selectors.work import assignments, last_accepted, late, periods_of
from ancam.engines.drafting.assignment_letter import AssignedDuty, AssignmentLetter
from ancam.engines.drafting.children_report import AcceptedReport, ChildrenReport, CollectedFigure
from ancam.engines.drafting.errors import TooManyRows
from ancam.engines.drafting.frame import MAX_ROWS
from ancam.engines.drafting.open_periods import OpenPeriod
from ancam.engines.drafting.paper_values import PaperValues, issued_with
from ancam.engines.drafting.period_summary import Outcomes, PeriodSummary, Tally
from ancam.engines.drafting.urging_letter import UrgingLetter

_WHOLE = Q(assignment__parent=None)

_EVERY = {1: "hằng tháng", 3: "hằng quý", 12: "hằng năm"}
_UNREPORTED = "Chưa báo cáo"
_LEFT_TO_DO = Q(state__in=[PeriodState.NOT_STARTED, PeriodState.IN_PROGRESS])


def urging_values(
    document: Document,
    person: Person,
    head: PaperValues,
    *,
    finish_by: date,
    report_to: str,
    on: date,
    contact: str = "",
) -> UrgingLetter:
    """Return the letter to those who are late with the letter's duties on a day.

    The holder does not urge itself. Each agency is named as it answers today. Raises `TooManyRows`. Two queries
    beyond the person's roles.
    """
    found = late(periods_of_others(document, person), on)
    rows = tuple(_open(period, period.assignment.acting_agency.name) for period in _bounded(found))
    return issued_with(
        UrgingLetter, head, as_of=on, finish_by=finish_by, report_to=report_to, contact=contact, rows=rows
    )


def assignment_letter_values(
    document: Document,
    person: Person,
    head: PaperValues,
    *,
    report_to: str,
    on: date,
    contact: str = "",
    form: Literal["official_letter", "plan"] = "official_letter",
) -> AssignmentLetter:
    """Return the paper that gives out the letter's duties as they are assigned today, in the letter's order.

    A duty that is given only in support bears the leads that the letter names. Parts that were
    given on are not told. One query beyond the person's roles.
    """
    standing = assignments(person).filter(obligation__document=document, parent=None).standing()  # type: ignore[attr-defined]
    given: dict[int, list[Assignment]] = {}
    for one in standing.select_related("obligation__schedule"):
        given.setdefault(one.obligation_id, []).append(one)
    duties = tuple(_assigned(ones) for ones in given.values())
    said: dict[str, Any] = {"report_to": report_to, "contact": contact, "form": form}
    return issued_with(AssignmentLetter, head, as_of=on, duties=duties, **said)


def period_summary_values(
    document: Document,
    person: Person,
    head: PaperValues,
    *,
    period_from: date,
    period_to: date,
    on: date,
) -> PeriodSummary:
    """Return how the letter's periods whose last day lies in a stretch stand today, by agency and by duty.

    Named as unreported are the late ones of which nothing was ever reported. Raises `TooManyRows`. Four queries
    beyond the person's roles, whatever the number of periods.
    """
    found = periods_of(document, person).filter(_WHOLE, due_on__range=(period_from, period_to))
    silent = found.filter(_LEFT_TO_DO, ~Exists(ProgressReport.objects.filter(period=OuterRef("pk"))), due_on__lt=on)
    return issued_with(
        PeriodSummary,
        head,
        period_from=period_from,
        period_to=period_to,
        as_of=on,
        tallies=_tallies(found, document, on),
        unreported=tuple(_open(period, who_on_paper(period)) for period in _bounded(silent)),
    )


def children_report_values(
    document: Document,
    person: Person,
    head: PaperValues,
    *,
    period_from: date,
    period_to: date,
    on: date,
    difficulties: tuple[str, ...] = (),
    recommendations: tuple[str, ...] = (),
) -> ChildrenReport:
    """Return what the agencies given the letter's duties reported for a stretch, as accepted, and who is missing.

    The periods are those whose last day lies in the stretch, and those without one that were finished in it; the
    holder's own are left out. Figures are told as the accepted reports of one period of a duty come to. Raises
    `TooManyRows`. Three queries beyond the person's roles, two where no figure was told.
    """
    stretch = (period_from, period_to)
    undated = Q(due_on=None, state__in=FINISHED, done_on__range=stretch)
    found = periods_of_others(document, person).filter(Q(due_on__range=stretch) | undated)
    periods = _bounded(found.annotate(result=last_accepted("text"), told=last_accepted("figures")))
    return issued_with(
        ChildrenReport,
        head,
        period_from=period_from,
        period_to=period_to,
        as_of=on,
        accepted=tuple(_accepted(period) for period in periods if period.state in FINISHED),
        missing=tuple(_missing(period) for period in periods if period.state not in FINISHED),
        figures=_collected(period for period in periods if period.state in FINISHED),
        difficulties=difficulties,
        recommendations=recommendations,
    )


def periods_of_others(document: Document, person: Person) -> QuerySet[DuePeriod]:
    """Return the visible periods of what the holder gave to others: the letter's duties, and parts of its own ones."""
    holder = document.holder
    own = acting([holder], "assignment__parent__")
    return periods_of(document, person).filter(_WHOLE | own).exclude(acting([holder]))


def agencies_with_work_left(found: QuerySet[DuePeriod]) -> int:
    """Return how many agencies have something left to do in these periods, as they answer today. One query."""
    counted: dict[str, int] = found.filter(state__in=WORKING).order_by().aggregate(n=Count(ACTING, distinct=True))
    return counted["n"]


def _bounded(found: QuerySet[DuePeriod]) -> list[DuePeriod]:
    """Return the periods, or refuse before they are fetched. Raises `TooManyRows`. Two queries."""
    rows = found.count()
    if rows > MAX_ROWS:
        raise TooManyRows(rows=rows, limit=MAX_ROWS)
    return list(found)


def _tallies(found: QuerySet[DuePeriod], document: Document, on: date) -> tuple[Tally, ...]:
    """Return the outcomes of the periods for each assignment, counted by the database. Two queries.

    Of the letter's duties only those that the periods name are told.
    """
    by = ("assignment__obligation", "assignment__agency__name", "assignment__answering_agency__name")
    order = ("assignment__obligation__position", "assignment__agency__sort_key", "assignment")
    duties = Obligation.objects.filter(document=document).only("clause", "action").in_bulk()
    return tuple(
        Tally(
            agency=agency_on_paper(row[by[1]], row[by[2]]),
            duty=duty_on_paper(duties[row[by[0]]], duties[row[by[0]]].action),
            outcomes=Outcomes(**{name: row[name] for name in _OUTCOMES}),
        )
        for row in found.order_by(*order).values(*order, *by).annotate(**_counts(on))
    )


_OUTCOMES = tuple(field.name for field in fields(Outcomes))


def _counts(on: date) -> dict[str, Count]:
    """Return how the database counts each outcome, each period once; `rules.figure_of` decides the same."""
    late_done = Q(state=PeriodState.ACCEPTED, done_on__gt=F("due_on"))
    conditions = {
        "accepted_on_time": Q(state=PeriodState.ACCEPTED) & ~late_done,
        "accepted_late": late_done,
        "awaiting": Q(state=PeriodState.SUBMITTED),
        "returned": Q(state=PeriodState.RETURNED),
        "late": _LEFT_TO_DO & Q(due_on__lt=on),
        "not_applicable": Q(state=PeriodState.NOT_APPLICABLE),
        "not_yet_due": _LEFT_TO_DO & Q(due_on__gte=on),
    }
    return {name: Count("pk", filter=condition) for name, condition in conditions.items()}


def _open(period: DuePeriod, agency: str, state: str = "") -> OpenPeriod:
    return OpenPeriod(
        agency=agency,
        duty=duty_on_paper(period.assignment.obligation, period.assignment.task),
        period=label_on_paper(period),
        due_on=period.due_on,
        state=state or state_on_paper(period.state),
    )


def _missing(period: DuePeriod) -> OpenPeriod:
    return _open(period, who_on_paper(period), _UNREPORTED if period.state == PeriodState.NOT_STARTED else "")


def _accepted(period: Any) -> AcceptedReport:
    """Return a finished period that bears the `result` of its accepted report."""
    return AcceptedReport(
        agency=who_on_paper(period),
        duty=duty_on_paper(period.assignment.obligation, period.assignment.task),
        period=label_on_paper(period),
        done_on=period.done_on,
        late=bool(period.due_on and period.done_on and period.done_on > period.due_on),
        not_applicable=period.state == PeriodState.NOT_APPLICABLE,
        result=period.result or "",
    )


def _collected(finished: Iterable[Any]) -> tuple[CollectedFigure, ...]:
    """Return what the figures of finished periods come to, for each time that each duty was due. One query at most."""
    told = [period for period in finished if period.told]
    asked = _asked_today({period.assignment.obligation for period in told})
    together: dict[tuple[Obligation, str], list[list[Answer]]] = {}
    for period in told:
        key = period.assignment.obligation, label_on_paper(period)
        together.setdefault(key, []).append([answer_of(kept) for kept in period.told])
    found = []
    for (duty, label), reports in together.items():
        answers = [answer for report in reports for answer in report]
        for figure in figures_told(asked.get(duty.pk, []), answers):
            total = total_of(figure, [answer.value for answer in answers if answer.key == figure.key])
            if words := total_on_paper(total):
                name, named = duty_on_paper(duty, duty.action), ", ".join(filter(None, (figure.label, label)))
                found.append(CollectedFigure(duty=name, label=named, total=words, reports=total.reported))
    return tuple(found)


def _asked_today(duties: Collection[Obligation]) -> dict[int, list[Figure]]:
    """Return the figures asked with reports on each duty today, by its id."""
    forms = FigureForm.objects.filter(obligation__in=duties).order_by("version") if duties else ()
    return {form.obligation_id: form.asked() for form in forms}


def _assigned(given: list[Assignment]) -> AssignedDuty:
    """Return a duty with its agencies; one that answers for several to whom it was given stands once."""
    obligation = given[0].obligation
    leads = _names(given, Part.LEAD) or tuple(dict.fromkeys(obligation.lead_names))
    return AssignedDuty(
        duty=duty_on_paper(obligation, obligation.action),
        leads=leads,
        supports=tuple(name for name in _names(given, Part.SUPPORT) if name not in leads),
        deadline=_deadline(obligation),
        cadence=_cadence(obligation),
    )


def _names(given: Iterable[Assignment], part: Part) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.acting_agency.name for one in given if one.part == part))


def _deadline(obligation: Obligation) -> str:
    """Return the days that a person has said, else the letter's words, else its last day."""
    said = getattr(obligation, "schedule", None)
    if said is not None and said.due_days:
        return "; ".join(write_due_day(due_day(values), said.every_months) for values in said.due_days)
    return letter_deadline_on_paper(obligation)


def _cadence(obligation: Obligation) -> str:
    """Return how often a duty returns, as a person has said or else as the letter does; empty for once."""
    said = getattr(obligation, "schedule", None)
    months = said.every_months if said is not None else MONTHS_OF.get(obligation.cadence)
    if months is not None:
        return _EVERY.get(months, f"{months} tháng một lần")
    if said is not None or obligation.cadence == Cadence.NONE:
        return ""
    with translation.override("vi"):
        return str(Cadence(obligation.cadence).label).lower()
