"""Who may do what to papers, and when. Decisions over plain values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import rules

from ancam.accounts.rules import LEADER, OFFICER, holds_any

DRAFTED, SUBMITTED, RETURNED, APPROVED, ISSUED = "drafted", "submitted", "returned", "approved", "issued"

rules.add_perm("papers.issue", holds_any(LEADER, OFFICER))
rules.add_perm("papers.decide", holds_any(LEADER))


@dataclass(frozen=True, slots=True)
class Act:
    """From which states an act leads on, and what it asks of who does it.

    by_leader: leaders alone. by_another: never who drafted the paper.
    """

    states: frozenset[str]
    by_leader: bool = False
    by_another: bool = False


ACTS = {
    "redraft": Act(frozenset({DRAFTED, RETURNED, APPROVED})),
    "discard": Act(frozenset({DRAFTED, RETURNED, APPROVED})),
    "submit": Act(frozenset({DRAFTED, RETURNED})),
    "take_back": Act(frozenset({SUBMITTED})),
    "approve": Act(frozenset({SUBMITTED}), by_leader=True, by_another=True),
    "return": Act(frozenset({SUBMITTED, APPROVED}), by_leader=True, by_another=True),
    "issue": Act(frozenset({APPROVED})),
    "attach": Act(frozenset({ISSUED})),
    "withdraw": Act(frozenset({ISSUED}), by_leader=True),
    "supersede": Act(frozenset({ISSUED}), by_leader=True),
}


def may_decide(*, drafter_id: int, person_id: int, bound_to: Collection[int]) -> bool:
    """Tell whether four eyes allow the person to approve or return a paper: never one's own draft.

    `bound_to`: those for whom the person stands in, and those who stood in for the person when it was drafted.
    """
    return drafter_id != person_id and drafter_id not in bound_to


def open_acts(state: str, *, issues: bool, decides: bool, is_another: bool) -> frozenset[str]:
    """Return the acts that a person may do now: who issues for the agency, who decides for it, who did not draft."""
    return frozenset(
        name
        for name, act in ACTS.items()
        if state in act.states and (decides if act.by_leader else issues) and (is_another or not act.by_another)
    )


def earliest_day(not_before: date | None, approved_on: date) -> date:
    """Return the first day that may stand on a paper: never before it was approved, nor before what it tells of."""
    return max(not_before or approved_on, approved_on)
