"""How issued papers name agencies, duties, periods and days: in Vietnamese, whatever the reader's language."""

from django.utils import translation

from ancam.directives.figure_rules import Total, as_typed
from ancam.directives.models import DuePeriod, Obligation, PeriodState


def agency_on_paper(given: str, answering: str | None) -> str:
    """Return an agency as it was named, with who answers today."""
    return f"{given} (nay: {answering})" if answering else given


def who_on_paper(period: DuePeriod) -> str:
    """Return the agency of a period as it was named, with who answers today."""
    answering = period.assignment.answering_agency
    return agency_on_paper(period.assignment.agency.name, answering.name if answering else None)


def duty_on_paper(obligation: Obligation, task: str) -> str:
    """Return a duty: its place in the letter, then its words or those of the part that was given."""
    place = obligation.place
    return f"{place[0].upper()}{place[1:]}: {task}" if place else task


def label_on_paper(period: DuePeriod) -> str:
    """Return which of its times a period is, empty for the only one."""
    with translation.override("vi"):
        return period.label


def state_on_paper(state: str) -> str:
    """Return the name of a state."""
    with translation.override("vi"):
        return str(PeriodState(state).label)


def deadline_on_paper(period: DuePeriod) -> str:
    """Return until when a period is due: its day when it is one of many or was moved, else what the letter says."""
    label, due_on = label_on_paper(period), period.due_on
    if due_on is None or (not label and due_on == period.assignment.obligation.last_day):
        return letter_deadline_on_paper(period.assignment.obligation)
    day = f"chậm nhất ngày {due_on:%d/%m/%Y}"
    return f"{label}: {day}" if label else day


def letter_deadline_on_paper(obligation: Obligation) -> str:
    """Return the letter's words, or the day that a person has decided they mean."""
    if obligation.last_day and (obligation.deadline_decided or not obligation.deadline_text):
        return f"chậm nhất ngày {obligation.last_day:%d/%m/%Y}"
    return obligation.deadline_text


def total_on_paper(total: Total) -> str:
    """Return what the answers to a figure come to; empty for texts, which come to nothing, and without answers."""
    if total.sum is not None:
        return f"{as_typed(total.sum)} {total.figure.unit}".strip()
    if total.counts:
        return "; ".join(f"{option}: {count}" for option, count in total.counts)
    if total.earliest == total.latest:
        return as_typed(total.earliest)
    return f"từ {as_typed(total.earliest)} đến {as_typed(total.latest)}"
