"""Duties as read → obligations of the contract: ids, links, confidence and anomalies."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ancam.engines.reading.anomalies import conflicts, of_duty
from ancam.engines.reading.doubts import doubt_from, doubts_of
from ancam.engines.reading.drafts import Draft
from ancam.engines.reading.kinds import OTHER
from ancam.engines.reading.model import Anomaly, Deadline, Doubt, Header, Link, LinkType, Obligation, Span
from ancam.engines.reading.same_tasks import same_tasks, waits
from ancam.engines.reading.script import Script

_SURE = 0.95
# What each doubt leaves of the confidence; below 0.8 a person is asked.
_DOUBTS = {
    "no_subject": 0.8, "impossible_date": 0.75, "past_deadline": 0.8, "conflict_within": 0.8,
    "deadline_by_reference": 0.9, "actor_not_addressed": 0.95, "ocr_noise": 0.75,
}  # fmt: skip
_UNNAMED = 0.95
_OTHER_KIND = 0.7
_CONTESTED = 0.85
_GUESSED_KIND = 0.8
_GUESSED_YEAR = 0.8
_SET_ABOVE = 0.85
_UNCLEAR_PLACE = 0.8
_NOBODY = 0.6


def obligations_of(
    script: Script, drafts: Sequence[Draft], header: Header, written_on: dt.date | None
) -> tuple[Obligation, ...]:
    """Return the obligations in the order of the text, numbered within their clause."""
    counts: Counter[str] = Counter()
    labels = Counter(label for label, _ in {(one.point.label, one.point.marker) for one in drafts})
    found: list[Obligation] = []
    for one in drafts:
        counts[one.point.label] += 1
        odd = (*of_duty(one, header, written_on), *one.odd)
        doubts = doubts_of(script, one, odd, labels)
        found.append(_obligation(script, one, counts[one.point.label], odd, doubts))
    same = same_tasks(found)
    for first, second in same:
        found[first] = _linked(found[first], "same_task", found[second])
        found[second] = _linked(found[second], "same_task", found[first])
    at_odds = [pair for pair in same if _days_differ(found[pair[0]], found[pair[1]])]
    for first, second in dict.fromkeys([*conflicts(found), *at_odds]):
        found[first] = _in_conflict(found[first], found[second])
        found[second] = _in_conflict(found[second], found[first])
    for first, second in waits(found):
        found[first] = _linked(found[first], "depends_on", found[second])
    return tuple(found)


def _linked(one: Obligation, how: LinkType, other: Obligation) -> Obligation:
    return replace(one, links=(*one.links, Link(how, other.id)))


def _days_differ(one: Obligation, other: Obligation) -> bool:
    days = (one.deadline.last_day, other.deadline.last_day)
    return None not in days and days[0] != days[1]


def _obligation(
    script: Script, one: Draft, number: int, anomalies: tuple[Anomaly, ...], doubts: tuple[Doubt, ...]
) -> Obligation:
    spans = _spans(one)
    return Obligation(
        id=f"{one.point.label}/{number}",
        clause=one.point.label,
        location=one.location,
        leads=one.leads,
        supports=one.supports,
        action=_action(script, one.action),
        kind=one.verdict.kind,
        also_kinds=one.verdict.also,
        deadline=one.due.deadline if one.due else Deadline(),
        cadence=one.cadence,
        relative=one.due.relative if one.due else None,
        condition=one.condition,
        report_to=one.report_to,
        links=(),
        spans=spans,
        confidence=_confidence(one, {a.code for a in anomalies}),
        anomalies=anomalies,
        doubts=doubts,
    )


def _spans(one: Draft) -> tuple[Span, ...]:
    """Return the wording the duty came from, and its deadline's when that stands elsewhere."""
    spans = [*one.spans, *one.extra]
    if one.due and not any(s[0] <= one.due.span[0] and one.due.span[1] <= s[1] for s in spans):
        spans.append(one.due.span)
    return tuple(sorted(dict.fromkeys(spans)))


def _action(script: Script, span: Span) -> str:
    words = " ".join(script.words(span).split()).removesuffix("./").rstrip(" ,;:./")
    return words[:1].upper() + words[1:]


def _confidence(one: Draft, codes: set[str]) -> float:
    sure = _SURE
    for code in codes & set(_DOUBTS):
        sure *= _DOUBTS[code]
    for doubt, holds in (
        (_UNNAMED, not one.named),
        (_OTHER_KIND, one.verdict.kind == OTHER),
        (_CONTESTED, one.verdict.contested),
        (_GUESSED_KIND, one.verdict.guessed),
        (_GUESSED_YEAR, one.due is not None and one.due.guessed),
        (_SET_ABOVE, one.inherited_due),
        (_UNCLEAR_PLACE, bool(one.doubts)),
        (_NOBODY, not one.leads),
    ):
        sure *= doubt if holds else 1
    return round(sure, 2)


def doubted(one: Obligation, found: tuple[Anomaly, ...]) -> Obligation:
    """Return the obligation with anomalies that came to light after its words were understood."""
    if not found:
        return one
    sure = one.confidence
    for anomaly in found:
        sure *= _DOUBTS[anomaly.code]
    return replace(
        one,
        anomalies=(*one.anomalies, *found),
        doubts=(*one.doubts, *filter(None, map(doubt_from, found))),
        confidence=round(sure, 2),
    )


def _in_conflict(one: Obligation, other: Obligation) -> Obligation:
    message = f"Cùng việc, khác hạn với {other.id}"
    anomaly = Anomaly("conflict_within", message, (*one.spans[:1], *other.spans[:1]))
    return replace(
        _linked(one, "conflict", other),
        anomalies=(*one.anomalies, anomaly),
        doubts=(*one.doubts, *filter(None, [doubt_from(anomaly)])),
        confidence=round(one.confidence * _DOUBTS["conflict_within"], 2),
    )
