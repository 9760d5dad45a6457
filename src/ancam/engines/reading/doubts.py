"""Which fields of a duty were read unsurely: why, in words for a person, and from which words of the letter."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from ancam.engines.reading.cadence import cadences_said
from ancam.engines.reading.drafts import Draft
from ancam.engines.reading.due import Due
from ancam.engines.reading.kinds import OTHER
from ancam.engines.reading.model import Actor, Anomaly, Doubt, DoubtField, Span
from ancam.engines.reading.points import CLOSING
from ancam.engines.reading.script import Script, bared
from ancam.reference import reference

_FIELD_OF: dict[str, DoubtField] = {
    "no_subject": "leads",
    "actor_not_addressed": "leads",
    "impossible_date": "deadline",
    "past_deadline": "deadline",
    "deadline_on_rest_day": "deadline",
    "deadline_by_reference": "deadline",
    "conflict_within": "deadline",
    "ocr_noise": "deadline",
}
_HOW_OFTEN = re.compile(r"\d|(?<!\w)(?:tháng|quý|năm|tuần|ngày|ca|học kỳ)(?!\w)")
_NOT_IN_NAMES = re.compile(r"[,;:\d]")
_GUESSED = "không khớp hẳn cụm từ nào đã biết; đoán theo các từ thường gặp là"
_LONGEST_NAME = 10
_MOST_NAMES = 5
_IN_ORDER: tuple[DoubtField, ...] = ("clause", "leads", "supports", "kind", "deadline", "cadence")


def doubts_of(script: Script, one: Draft, anomalies: Sequence[Anomaly], labels: Counter[str]) -> tuple[Doubt, ...]:
    """Return what is unsure in a duty, in the order in which its fields are shown.

    labels: how many points of the letter that bear duties have each number.
    """
    found = [
        *(doubt for anomaly in anomalies if (doubt := doubt_from(anomaly))),
        *one.doubts,
        *_of_clause(one, labels),
        *_of_leads(script, one),
        *_of_supports(script, one),
        *_of_kind(one),
        *(_of_deadline(one, one.due) if one.due else ()),
        *_of_cadence(script, one),
    ]
    return tuple(sorted(found, key=lambda doubt: _IN_ORDER.index(doubt.field)))


def doubt_from(anomaly: Anomaly) -> Doubt | None:
    """Return an anomaly as the doubt about the field it concerns, None when it concerns none alone."""
    field = _FIELD_OF.get(anomaly.code)
    return Doubt(field, anomaly.message, anomaly.spans) if field else None


def _of_clause(one: Draft, labels: Counter[str]) -> Iterator[Doubt]:
    if one.point.label == CLOSING and len(labels) > 1:
        reason = "Đoạn kết không đánh số; có thể chỉ là lời nhắc chung cho cả văn bản"
        yield Doubt("clause", reason, (one.spans[0],))
    elif labels[one.point.label] > 1 and one.point.label != CLOSING:
        reason = f"Văn bản có hơn một điểm mang số {one.point.label}"
        yield Doubt("clause", reason, (one.point.marker,))


def _of_leads(script: Script, one: Draft) -> Iterator[Doubt]:
    if one.leads and not (one.named or one.unsure_subject):
        reason = "Điểm này không nêu cơ quan; chủ trì lấy theo câu dẫn hoặc phần Kính gửi"
        yield Doubt("leads", reason, _places(script, one.leads, (0, one.point.span[0])))
    if one.named:
        yield from _unknown(script, one, "leads", one.leads)


def _of_supports(script: Script, one: Draft) -> Iterator[Doubt]:
    if one.supports and not _places(script, one.supports, *one.spans, *one.extra):
        reason = "Điểm này không nêu cơ quan phối hợp; lấy theo câu dẫn phía trên"
        yield Doubt("supports", reason, _places(script, one.supports, (0, one.spans[0][0])))
    yield from _unknown(script, one, "supports", one.supports)


def _unknown(script: Script, one: Draft, field: DoubtField, actors: Sequence[Actor]) -> Iterator[Doubt]:
    strangers = [actor for actor in actors if actor.kind is None and _reads_oddly(script, actor.text)]
    if strangers:
        names = ", ".join(f"“{actor.text}”" for actor in strangers[:_MOST_NAMES])
        reason = f"{names} không khớp loại cơ quan nào đã biết; tên có thể thừa chữ"
        yield Doubt(field, reason, _places(script, strangers, *one.spans, *one.extra) or (one.spans[0],))


def _reads_oddly(script: Script, name: str) -> bool:
    """Return whether a name of no known kind may hold more than a name: long, or a list, and not one addressed."""
    return (len(name.split()) > _LONGEST_NAME or bool(_NOT_IN_NAMES.search(name))) and bared(
        name
    ) not in script.own_names


def _of_kind(one: Draft) -> Iterator[Doubt]:
    if one.verdict.kind == OTHER:
        yield Doubt("kind", "Lời văn không khớp loại nhiệm vụ nào đã biết", (one.action,))
    elif one.verdict.guessed or one.verdict.contested:
        why = "hợp ngang nhau với hơn một loại nhiệm vụ; lấy" if one.verdict.contested else _GUESSED
        rivals = "".join(f", có thể là “{_kind_name(kind)}”" for kind in one.verdict.also[:1])
        yield Doubt("kind", f"Lời văn {why} “{_kind_name(one.verdict.kind)}”{rivals}", (one.action,))


def _kind_name(kind: str) -> str:
    return next(str(row["name"]) for row in reference("duty-kinds")["kinds"] if row["id"] == kind)


def _of_deadline(one: Draft, due: Due) -> Iterator[Doubt]:
    at, deadline = (due.span,), due.deadline
    if one.inherited_due:
        yield Doubt("deadline", "Điểm này không nêu thời hạn; lấy theo câu dẫn phía trên", at)
    if due.guessed and deadline.date:
        year = deadline.date.year
        yield Doubt("deadline", f"Thời hạn không ghi năm; năm {year} được suy từ ngày của văn bản", at)
    if one.is_of_several:
        yield Doubt("deadline", "Câu có nhiều mốc thời gian; mốc này gắn với phần việc đứng ngay trước nó", at)
    if deadline.operator != "relative" and not (deadline.date or deadline.raw) and one.cadence == "none":
        yield Doubt("deadline", "Thời hạn thiếu năm, văn bản lại chưa rõ ngày ban hành nên chưa tính được ngày", at)
    if due.relative and due.relative.days is not None and due.relative.event == due.relative.text:
        yield Doubt("deadline", "Thời hạn là một khoảng thời gian nhưng không nêu tính từ ngày nào", at)


def _of_cadence(script: Script, one: Draft) -> Iterator[Doubt]:
    if one.cadence == "none":
        return
    said = {found for span in (*one.spans, *one.extra) for found in cadences_said(script, span)}
    places = tuple(sorted({place for _, place in said}))
    # `định kỳ hằng quý`: the plain word says no other thing than the one beside it.
    if len({cadence for cadence, _ in said} - {"periodic"}) > 1:
        words = ", ".join(f"“{script.words(place)}”" for place in places[:_MOST_NAMES])
        yield Doubt("cadence", f"Lời văn nêu hơn một cách lặp lại: {words}", places)
    elif one.cadence == "periodic" and not any(_HOW_OFTEN.search(script.low, *place) for place in places):
        yield Doubt("cadence", "Lời văn chỉ ghi định kỳ, không nêu bao lâu một lần", places)
    if one.cadence == "continuous" and one.due and one.due.deadline.date:
        reason = "Lời văn vừa ghi làm thường xuyên vừa ghi ngày hoàn thành"
        yield Doubt("cadence", reason, (*places, one.due.span))


def _places(script: Script, actors: Sequence[Actor], *spans: Span) -> tuple[Span, ...]:
    """Return where the names of bodies first stand in some spans, in the order of the names."""
    found = (_place(script, actor.text, spans) for actor in islice(actors, _MOST_NAMES))
    return tuple(dict.fromkeys(place for place in found if place))


def _place(script: Script, name: str, spans: Sequence[Span]) -> Span | None:
    pattern = re.compile(r"\s+".join(map(re.escape, name.split())))
    return next((match.span() for span in spans if (match := pattern.search(script.text, *span))), None)
