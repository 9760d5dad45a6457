"""A duty while it is being read, before its neighbours are known."""

import re
from dataclasses import dataclass, field, replace

from ancam.engines.reading.cadence import find_cadence
from ancam.engines.reading.deadlines import find_dues
from ancam.engines.reading.due import Due, Known
from ancam.engines.reading.helpers import find_helpers
from ancam.engines.reading.kinds import OTHER, Verdict, kind_of_duty
from ancam.engines.reading.likely_kinds import likely_kind
from ancam.engines.reading.model import Actor, Anomaly, Cadence, Doubt, Location, Span
from ancam.engines.reading.openings import Opening
from ancam.engines.reading.points import Point
from ancam.engines.reading.reports import find_condition, find_report_to
from ancam.engines.reading.script import Script

_WHEN = re.compile(r"\W*(?:trước khi|khi)\s")
_WHAT_IS_SENT = re.compile(r"\W*(?:và\s+)?(?:kết quả|danh sách|số liệu)\s")
# White space and the marks that part statements; the first four may also end a span.
_EDGES = " \n,;:-–."


@dataclass(frozen=True, slots=True)
class Scope:
    """Who a point speaks to when it names nobody itself.

    named: a point above named them; otherwise they come from the preamble or the addressees. due, cadence: set above.
    """

    leads: tuple[Actor, ...] = ()
    supports: tuple[Actor, ...] = ()
    named: bool = False
    due: Due | None = None
    after_named: bool = False
    cadence: Cadence = "none"


@dataclass(slots=True)
class Draft:
    """One duty of a point.

    named: its bodies stand in its own point or in one above it. is_of_several: its sentence sets more than one day.
    odd: what about its place in the document makes it uncertain. doubts: which of its fields that concerns.
    """

    point: Point
    spans: list[Span]
    action: Span
    leads: tuple[Actor, ...]
    supports: tuple[Actor, ...]
    named: bool
    verdict: Verdict
    due: Due | None
    cadence: Cadence
    report_to: tuple[str, ...]
    condition: str | None
    inherited_due: bool = False
    unsure_subject: bool = False
    is_of_several: bool = False
    extra: list[Span] = field(default_factory=list)
    location: Location = "body"
    odd: list[Anomaly] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def draft(script: Script, point: Point, span: Span, opening: Opening, scope: Scope, known: Known) -> list[Draft]:
    """Return the duties of one statement: one for each deadline in it, one when it has none."""
    action = script.trimmed((opening.action, span[1]), _EDGES)
    action = action if action[1] > action[0] else span
    dues = find_dues(script, span, find_cadence(script, span), known)
    # Of several days only those in the task itself part it.
    dues = [due for due in dues if due.span[1] > action[0]] or dues[:1]
    starts = (span[0], *(due.span[1] for due in dues[:-1]))
    ends = (*starts[1:], span[1])
    drafts = [
        _one(script, point, piece, (max(piece[0], action[0]), min(piece[1], action[1])), opening, scope, known)
        for piece in zip(starts, ends, strict=True)
    ]
    for one, due in zip(drafts, dues, strict=False):
        one.due, one.is_of_several = due, len(dues) > 1
    for one in drafts[1:]:
        if one.verdict.kind == OTHER or _WHAT_IS_SENT.match(script.low, *one.action):
            # `đợt 1 trước ngày …, đợt 2 trước ngày …`: the verb stands once; so in `báo cáo kết quả A …, kết quả B …`.
            one.verdict = drafts[0].verdict
            one.report_to = one.report_to or drafts[0].report_to
    return drafts


def _one(
    script: Script, point: Point, piece: Span, action: Span, opening: Opening, scope: Scope, known: Known
) -> Draft:
    leads = opening.leads or scope.leads
    wording = script.trimmed(action, _EDGES)
    kinds = {*(lead.kind or known.trade for lead in leads), known.house}
    cadence = find_cadence(script, piece)
    return Draft(
        point=point,
        spans=[script.trimmed(piece, _EDGES[:4])],
        action=wording,
        leads=leads,
        supports=opening.supports or (() if opening.leads else scope.supports) or find_helpers(script, piece),
        named=bool(opening.leads) or scope.named,
        verdict=replace(_verdict(script, piece, wording, kinds), likely=likely_kind(script, wording, kinds, cadence)),
        due=None,
        cadence=cadence,
        report_to=find_report_to(script, (action[0], piece[1])),
        condition=find_condition(script, piece),
        unsure_subject=not opening.leads and scope.after_named,
    )


def _verdict(script: Script, piece: Span, wording: Span, kinds: set[str | None]) -> Verdict:
    """Return the kind of a wording; what stands before the bodies counts only for difficulties and purchases."""
    before = kind_of_duty(script, (piece[0], wording[0]), kinds)
    if before.kind == "report_difficulty":
        return before
    if _WHEN.match(script.low, *piece) and (whole := kind_of_duty(script, piece, kinds)).kind == "procure_check":
        return whole
    return kind_of_duty(script, wording, kinds)


def fits(first: Draft, second: Draft) -> bool:
    """Return whether two neighbouring statements of a point are one duty: same kind, bodies, deadline and cadence."""
    same_bodies = first.leads == second.leads and (first.supports == second.supports or not second.supports)
    same_time = _term(first) == _term(second) and first.cadence == second.cadence
    same_report = first.report_to == second.report_to or not (first.report_to and second.report_to)
    return first.verdict.kind == second.verdict.kind and same_bodies and same_time and same_report


def _term(one: Draft) -> object:
    return (one.due.deadline.operator, one.due.deadline.date, one.due.deadline.raw) if one.due else None


def absorb(first: Draft, second: Draft) -> None:
    """Make the second statement part of the first duty."""
    first.spans.extend(second.spans)
    first.report_to = first.report_to or second.report_to
    first.condition = first.condition or second.condition
    first.action = (first.action[0], max(first.action[1], second.action[1]))


def _is_event(due: Due) -> bool:
    """Return whether a deadline is only an event (`sau khi sáp nhập`), which a day or a term makes exact."""
    return due.relative is not None and due.relative.days is None and not due.by_reference


def lead_to(first: Draft, second: Draft) -> None:
    """Make the first statement, of no kind of its own, a step of the second's duty."""
    first.verdict = second.verdict
    follow(first, second)


def follow(first: Draft, second: Draft) -> None:
    """Make the second statement the last step of the first duty, which takes its deadline when it has none."""
    absorb(first, second)
    first.due = second.due if second.due and (first.due is None or _is_event(first.due)) else first.due
    first.cadence = second.cadence if first.cadence == "none" else first.cadence


def take_rhythm(first: Draft, second: Draft) -> None:
    """Let a duty whose deadline is only a day of the month return as often as the one it goes on from."""
    bare = second.due is not None and second.due.deadline.operator != "relative" and not _dated(second.due)
    if second.cadence == "none" and bare and first.cadence in ("monthly", "quarterly"):
        second.cadence = first.cadence


def _dated(due: Due) -> bool:
    return bool(due.deadline.date or due.deadline.raw)


def goes_on(first: Draft, second: Draft, *, names_bodies: bool) -> bool:
    """Return whether a wording of no known kind, which names no bodies, says more of the duty before it."""
    return second.verdict.kind == OTHER and not names_bodies and first.verdict.kind != OTHER


def hand_down(scope: Scope, one: Draft) -> None:
    """Give a duty the deadline set above it when it has none, and the rhythm when it has neither."""
    if one.due is not None:
        return
    one.cadence = scope.cadence if one.cadence == "none" else one.cadence
    if scope.due is not None:
        one.due, one.inherited_due = scope.due, True


def continue_with(drafts: list[Draft], one: Draft) -> None:
    """Take up a wording that goes on with the last duty: its deadline, or the same duty once more by another day."""
    last = drafts[-1]
    if one.due is None or last.due is None or _is_event(last.due) or _term(last) == _term(one):
        follow(last, one)
        return
    one.verdict = replace(last.verdict, contested=True)
    drafts.append(one)
