"""Who answers today for what an agency was given: a pure rule over what reorganisations handed on."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

WHOLE, FUNCTION, AREA = "whole", "function", "area"


class Verdict(Enum):
    """How sure the answer is."""

    SAME = "same"
    ONE = "one"
    CANDIDATES = "candidates"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Handing:
    """What one agency handed to another. `on`: the first day of the successor. `ended`: the predecessor's last act."""

    reorganisation: int
    on: date
    predecessor: int
    successor: int
    extent: str
    function: str
    ended: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answers.

    agencies: none, one, or the candidates among whom a person must choose, in the order in which they were found.
    followed: the reorganisations that led there, each once.
    """

    verdict: Verdict
    agencies: tuple[int, ...]
    followed: tuple[int, ...] = ()


def by_predecessor(handings: Iterable[Handing]) -> dict[int, list[Handing]]:
    """Return the handings of each agency, in their order: grouped once, however many questions are asked of them."""
    grouped: dict[int, list[Handing]] = {}
    for handing in handings:
        grouped.setdefault(handing.predecessor, []).append(handing)
    return grouped


def who_answers(
    agency: int,
    function: str | None,
    *,
    given_on: date,
    on: date,
    handings: Mapping[int, Sequence[Handing]],
    ended: Collection[int],
) -> Answer:
    """Return who answers on a day for what was given to an agency on an earlier one, through every reorganisation.

    `handings`: as `by_predecessor` groups them. `function` None: not known, so that what was divided by function has
    only candidates. `ended`: the agencies that no longer exist on that day. What an agency handed on before it was
    given the duty does not count, unless it ended.
    A rule of our own over reorganisations that people entered.
    """
    found: list[int] = []
    followed: list[int] = []
    seen: set[tuple[int, date]] = set()
    pending = [(agency, given_on)]
    while pending:
        current, since = pending.pop(0)
        if (current, since) in seen:
            continue
        seen.add((current, since))
        step = _next_step(handings.get(current, ()), function, since, on)
        pending += [(handing.successor, handing.on) for handing in step]
        followed += [handing.reorganisation for handing in step]
        if not step and current not in ended:
            found.append(current)
    agencies = tuple(dict.fromkeys(found))
    return Answer(_verdict(agency, agencies), agencies, tuple(dict.fromkeys(followed)))


def _verdict(agency: int, agencies: tuple[int, ...]) -> Verdict:
    if len(agencies) > 1:
        return Verdict.CANDIDATES
    if not agencies:
        return Verdict.NOBODY
    return Verdict.SAME if agencies == (agency,) else Verdict.ONE


def _next_step(handings: Sequence[Handing], function: str | None, since: date, on: date) -> list[Handing]:
    """Return to whom the duty went first, empty when it stayed."""
    due = [handing for handing in handings if handing.on <= on and (handing.ended or handing.on > since)]
    for day in sorted({handing.on for handing in due}):
        if went := _went_to([handing for handing in due if handing.on == day], function):
            return went
    return []


def _went_to(together: list[Handing], function: str | None) -> list[Handing]:
    """Return which of the handings of one day carry the duty.

    The function's own successor; else, when the agency ended, whoever got the rest; else each who got an area; and
    where nothing says which, all of them.
    """
    own = [handing for handing in together if handing.extent == FUNCTION and handing.function == function]
    if own:
        return own
    if not any(handing.ended for handing in together):
        return []
    by_function = any(handing.extent == FUNCTION for handing in together)
    for extent in (WHOLE, AREA):
        rest = [handing for handing in together if handing.extent == extent]
        if rest and (function is not None or not by_function):
            return rest
    return together


@dataclass(frozen=True, slots=True)
class PredecessorPlan:
    """What is planned for an agency that hands something on. `handed`: the extents of its successions."""

    name: str
    ends: bool
    has_keeper: bool
    handed: tuple[str, ...]


def what_is_missing(
    predecessors: Sequence[PredecessorPlan], *, successors: int, idle: Sequence[str]
) -> list[tuple[str, str]]:
    """Return what keeps a plan from being applied, as codes with the agency concerned; empty when it is whole.

    `idle`: the names of successors that receive nothing.
    """
    missing = []
    if not predecessors:
        missing.append(("no_predecessor", ""))
    if not successors:
        missing.append(("no_successor", ""))
    for plan in predecessors:
        if not plan.handed:
            missing.append(("hands_nothing", plan.name))
        if plan.ends and not plan.has_keeper:
            missing.append(("no_keeper", plan.name))
        if not plan.ends and set(plan.handed) - {FUNCTION}:
            missing.append(("goes_on", plan.name))
    return [*missing, *(("receives_nothing", name) for name in idle)]
