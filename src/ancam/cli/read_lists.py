"""What was read as the lists of duties that are written: the contract's codes in Vietnamese words."""

from collections.abc import Iterator
from datetime import date

from ancam.engines.drafting.duty_list_values import ListedDuty, ListedLetter
from ancam.engines.reading.model import Header, Obligation, Reading
from ancam.reference import reference

CADENCES = {
    "none": "", "monthly": "hằng tháng", "quarterly": "hằng quý", "yearly": "hằng năm",
    "periodic": "định kỳ", "continuous": "thường xuyên",
}  # fmt: skip

_CLOSING = "kết"
_PLACES = {"body": "nội dung", "appendix": "phụ lục"}
_ASKED_BELOW = 0.8
_ISO_DAY = len("2026-11-20")


def title_of(head: Header) -> str:
    """Return a letter's kind, number and symbol in one line, as far as they are known."""
    number = f"{head.number or '…'}/{head.symbol}" if head.symbol else "(không số)"
    return f"{head.kind or 'văn bản'} {number}"


def listed_letter(reading: Reading) -> ListedLetter:
    """Return what was read of a letter as a list of its duties."""
    head = reading.document
    title = title_of(head)
    return ListedLetter(
        file_name=reading.source.name,
        file_digest=reading.source.sha256,
        title=title[0].upper() + title[1:],
        issuer=head.issuer or "",
        dated=_dated(head),
        dated_on=_day(head),
        place=head.place or "",
        subject=head.subject or "",
        addressees=head.addressees,
        signer=", ".join(filter(None, (head.signer, head.signer_role))),
        implements=head.implements,
        is_recognised=reading.source.ocr,
        duties=tuple(_listed_duty(one) for one in reading.obligations),
        to_check=tuple(_sentence(anomaly.message) for anomaly in reading.anomalies),
    )


def _dated(head: Header) -> str:
    """Return the date day first: `09/11/2026`, `…/11/2026` when the day is blank."""
    if head.date is None:
        return ""
    year, month, *day = head.date.split("-")
    return "/".join((*(day or ["…"]), month, year))


def _day(head: Header) -> date | None:
    return date.fromisoformat(head.date) if head.date and len(head.date) == _ISO_DAY else None


def _listed_duty(one: Obligation) -> ListedDuty:
    names = _kind_names()
    return ListedDuty(
        clause=one.clause,
        place="đoạn kết" if one.clause == _CLOSING else _PLACES[one.location],
        kind="; ".join(names[kind] for kind in (one.kind, *one.also_kinds)),
        action=one.action,
        leads=tuple(actor.text for actor in one.leads),
        supports=tuple(actor.text for actor in one.supports),
        deadline=one.deadline.text or (one.relative.text if one.relative else ""),
        last_day=one.deadline.last_day,
        cadence=CADENCES[one.cadence],
        report_to=one.report_to,
        confidence=one.confidence,
        to_check=tuple(_to_check(one)),
    )


def _to_check(one: Obligation) -> Iterator[str]:
    yield from (_sentence(anomaly.message) for anomaly in one.anomalies)
    if one.confidence < _ASKED_BELOW:
        yield "Chưa chắc, đề nghị xác nhận."


def _sentence(message: str) -> str:
    return f"{message.rstrip('.')}."


def _kind_names() -> dict[str, str]:
    return {kind["id"]: kind["name"] for kind in reference("duty-kinds")["kinds"]}
