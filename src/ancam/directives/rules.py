"""Decisions of this room over plain values: deadlines, states, what may be confirmed, who may do what."""

import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import rules

from ancam.accounts.rules import LEADER, OFFICER, holds_any

CERTAIN_FROM = 0.8
"""Below this a person must look. Source: the reading contract."""

DUE_SOON_DAYS, DUE_NEXT_DAYS = 7, 30

DATED = frozenset({"before", "by", "within"})
"""The operators that need a date."""

DEADLINE_DOUBTS = frozenset({"impossible_date", "past_deadline", "deadline_on_rest_day", "deadline_by_reference"})
"""The anomalies that a person's own deadline settles."""

_FOLLOWS: dict[str, frozenset[str]] = {
    "not_started": frozenset({"in_progress", "submitted"}),
    "in_progress": frozenset({"in_progress", "submitted"}),
    "submitted": frozenset({"accepted", "returned", "not_applicable"}),
    "returned": frozenset({"in_progress", "submitted"}),
    "accepted": frozenset(),
    "not_applicable": frozenset(),
}

_WRITTEN_DAY = re.compile(r"(\d{1,2})\D+(\d{1,2})\D+(\d{4})")
_OFFICES_OF_THE_PARENT = frozenset({"vp_ubnd_tinh", "vp_hdnd_ubnd_xa"})

Figure = Literal[
    "done_on_time",
    "done_late",
    "in_progress",
    "not_started",
    "overdue",
    "returned",
    "awaiting_confirmation",
    "not_applicable",
]

rules.add_perm("directives.hold", holds_any(LEADER, OFFICER))
rules.add_perm("directives.report", holds_any(LEADER, OFFICER))


def last_day(operator: str, on: date | None) -> date | None:
    """Return the last day that still complies with a deadline, None when it names no day.

    `before` ends the day before; `by` and `within` include the day named.
    Source: public-holidays.yaml before_date
    """
    if on is None or operator not in DATED:
        return None
    return on - timedelta(days=1) if operator == "before" else on


def waits_for_a_date(anomaly_codes: Collection[str], *, decided: bool) -> bool:
    """Tell whether the letter names a day that does not exist and nobody has said yet which is meant."""
    return "impossible_date" in anomaly_codes and not decided


def day_perhaps_meant(raw: str) -> date | None:
    """Return the last day of the month that an impossible day names, for a person to choose; None when it names none.

    A rule of our own: who writes 30/02 most often means the end of the month.
    """
    found = _WRITTEN_DAY.search(raw)
    if found is None or not 1 <= int(found[2]) <= 12 or not int(found[3]) >= 1:
        return None
    year, month = int(found[3]), int(found[2])
    return date(year, month, monthrange(year, month)[1])


def is_certain(confidence: float, anomaly_codes: Collection[str], *, decided: bool) -> bool:
    """Tell whether an obligation may be confirmed together with others: read surely and nothing to look at."""
    doubts = set(anomaly_codes) - DEADLINE_DOUBTS if decided else set(anomaly_codes)
    return confidence >= CERTAIN_FROM and not doubts


def may_follow(state: str, next_state: str) -> bool:
    """Tell whether a period in `state` may go to `next_state`."""
    return next_state in _FOLLOWS[state]


def may_withdraw(period_states: Collection[str]) -> bool:
    """Tell whether an assignment may be taken back as its periods stand: not when all of them are finished."""
    return any(_FOLLOWS[state] for state in period_states)


def state_reported(percentage: int, *, not_applicable: bool = False) -> str:
    """Return the state into which a report brings a period: what is done or does not apply waits for an answer."""
    return "submitted" if percentage == 100 or not_applicable else "in_progress"


def state_answered(decision: str, *, not_applicable: bool) -> str:
    """Return the state into which the holder's answer brings a period."""
    return "not_applicable" if decision == "accepted" and not_applicable else decision


def is_late(state: str, due_on: date | None, *, done_on: date | None, on: date) -> bool:
    """Tell whether the work of a period is, or was finished, past its last day.

    What was reported done counts from the day on which it was; what is open counts from today.
    """
    if due_on is None or state == "not_applicable":
        return False
    if state in ("accepted", "submitted") and done_on is not None:
        return done_on > due_on
    return on > due_on


def figure_of(state: str, due_on: date | None, *, done_on: date | None, on: date) -> Figure:
    """Return the one figure of a report in which a period is counted."""
    late = is_late(state, due_on, done_on=done_on, on=on)
    if state == "accepted":
        return "done_late" if late else "done_on_time"
    if state == "not_applicable":
        return "not_applicable"
    if state == "submitted":
        return "awaiting_confirmation"
    if state == "returned":
        return "returned"
    if late:
        return "overdue"
    return "in_progress" if state == "in_progress" else "not_started"


@dataclass(frozen=True, slots=True)
class Reported:
    """A report as the rules see it: when it was sent, how far, what was answered when, the earlier day it proves."""

    on: date
    percentage: int
    decision: str
    decided_on: date | None
    not_applicable: bool = False
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How the work of a period stood on a day."""

    state: str
    percentage: int | None
    done_on: date | None


def standing_on(reports: Iterable[Reported], on: date) -> Standing:
    """Return how the work of a period stood at the end of a day, from its reports in the order they were sent."""
    sent = [report for report in reports if report.on <= on]
    if not sent:
        return Standing("not_started", None, None)
    latest = sent[-1]
    done_on = latest.done_on or latest.on
    if latest.decision and latest.decided_on is not None and latest.decided_on <= on:
        state = state_answered(latest.decision, not_applicable=latest.not_applicable)
        return Standing(state, latest.percentage, done_on)
    state = state_reported(latest.percentage, not_applicable=latest.not_applicable)
    return Standing(state, latest.percentage, done_on if state == "submitted" else None)


@dataclass(frozen=True, slots=True)
class RegimePeriod:
    """A regime as the rules see it."""

    code: str
    law_in_force_from: date


def regime_of(first: date | None, last: date | None, regimes: Sequence[RegimePeriod]) -> str | None:
    """Return the code of the regime under which a letter was written, or None when a person must say.

    `first` and `last` are the earliest and the latest day the letter may bear, the same day when its date is known.
    The regime is the one whose law was the latest to come into force by then.
    """
    if first is None or last is None:
        return None
    codes = {_latest_by(day, regimes) for day in (first, last)}
    return codes.pop() if len(codes) == 1 else None


def _latest_by(day: date, regimes: Sequence[RegimePeriod]) -> str | None:
    begun = [regime for regime in regimes if regime.law_in_force_from <= day]
    return max(begun, key=lambda regime: regime.law_in_force_from).code if begun else None


def assigns_for_its_parent(kind: str) -> bool:
    """Tell whether an agency of this kind is the office of its parent, and so gives out work in the parent's place."""
    return kind in _OFFICES_OF_THE_PARENT


def may_answer(*, reporter_id: int, person_id: int, bound_to: frozenset[int] = frozenset()) -> bool:
    """Tell whether a person may accept or return a report: never one's own.

    `bound_to`: those for whom the person stands in, and those who stood in for the person when they reported. Their
    reports are as good as one's own.
    """
    return reporter_id != person_id and reporter_id not in bound_to
