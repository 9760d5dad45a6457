"""A duty while it is being read, before its neighbours are known."""

from dataclasses import dataclass, field

from ancam.engines.reading.cadence import find_cadence
from ancam.engines.reading.deadlines import find_dues
from ancam.engines.reading.due import Due, Known
from ancam.engines.reading.kinds import OTHER, Verdict, kind_of_duty
from ancam.engines.reading.model import Actor, Cadence, Span
from ancam.engines.reading.openings import Opening
from ancam.engines.reading.points import Point
from ancam.engines.reading.reports import find_condition, find_report_to
from ancam.engines.reading.script import Script


@dataclass(frozen=True, slots=True)
class Scope:
    """Who a point speaks to when it names nobody itself.

    named: a point above named them; otherwise they come from the preamble or the addressees. due: a deadline set above.
    """

    leads: tuple[Actor, ...] = ()
    supports: tuple[Actor, ...] = ()
    named: bool = False
    due: Due | None = None
    after_named: bool = False


@dataclass(slots=True)
class Draft:
    """One duty of a point. named: its bodies stand in its own point or in one above it."""

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
    extra: list[Span] = field(default_factory=list)


def draft(script: Script, point: Point, span: Span, opening: Opening, scope: Scope, known: Known) -> list[Draft]:
    """Return the duties of one statement: one for each deadline in it, one when it has none."""
    leads = opening.leads or scope.leads
    action = script.trimmed((opening.action, span[1]), " \n,;:-–.")
    action = action if action[1] > action[0] else span
    cadence = find_cadence(script, span)
    dues = find_dues(script, span, cadence, known)
    cuts = [*(due.span[1] for due in dues[:-1]), span[1]]
    drafts: list[Draft] = []
    start = span[0]
    for number, cut in enumerate(cuts):
        piece = (start, cut)
        wording = script.trimmed((max(start, action[0]), min(cut, max(action[1], start + 1))), " \n,;:-–.")
        drafts.append(
            Draft(
                point,
                [script.trimmed(piece, " \n,;")],
                wording,
                leads,
                opening.supports or (() if opening.leads else scope.supports),
                bool(opening.leads) or scope.named,
                _verdict(script, piece, wording, {*(lead.kind for lead in leads), known.house}),
                dues[number] if dues else None,
                find_cadence(script, piece),
                find_report_to(script, (min(max(start, action[0]), cut), cut)),
                find_condition(script, piece),
                unsure_subject=not opening.leads and scope.after_named,
            )
        )
        start = cut
        if drafts[-1].verdict.kind == OTHER:
            # `đợt 1 trước ngày …, đợt 2 trước ngày …`: the verb stands once.
            drafts[-1].verdict = drafts[0].verdict
            drafts[-1].report_to = drafts[-1].report_to or drafts[0].report_to
    return drafts


def _verdict(script: Script, piece: Span, wording: Span, kinds: set[str | None]) -> Verdict:
    """Return the kind of a wording; words set before the bodies count only when they are about difficulties."""
    before = kind_of_duty(script, (piece[0], wording[0]), kinds)
    return before if before.kind == "report_difficulty" else kind_of_duty(script, wording, kinds)


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
