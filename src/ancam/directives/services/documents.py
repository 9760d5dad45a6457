"""What a person says of a letter as a whole: its particulars, its regime, its parent, and that the review is done."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ancam.accounts.models import Person
from ancam.audit.services import Action
from ancam.directives.cascade_reference import directive_code
from ancam.directives.errors import ParentRefused, StillProposed
from ancam.directives.models import DatePrecision, Document, DocumentState, ObligationState, Regime
from ancam.directives.services.guards import (
    bounded,
    locked_document,
    record_on,
    require_holder,
    require_in_review,
    require_plausible,
)
from ancam.directives.services.receiving import regime_for

SET_PARTICULARS = Action("directives.set_particulars", "Sửa thông tin văn bản")
SET_REGIME = Action("directives.set_regime", "Chọn khung pháp lý")
SET_PARENT = Action("directives.set_parent", "Chọn văn bản cấp trên")
SETTLE_ANOMALY = Action("directives.settle_anomaly", "Đánh dấu đã xem điểm cần lưu ý")
FINISH_REVIEW = Action("directives.finish_review", "Hoàn tất rà soát văn bản")

_LIMITS = {"number": 20, "symbol": 60, "issuer": 300, "kind": 60, "subject": 1000}
_LABELS = {
    "number": _lazy("Số"),
    "symbol": _lazy("Ký hiệu"),
    "issuer": _lazy("Cơ quan ban hành"),
    "kind": _lazy("Loại văn bản"),
    "subject": _lazy("Trích yếu"),
}
_ANSWERED_BY = {"blank_number": "number", "no_subject": "subject", "blank_day": "signed_on"}


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a person enters of a letter. `signed_on` None leaves the date as it was read."""

    number: str
    symbol: str
    issuer: str
    kind: str
    subject: str
    signed_on: date | None


@transaction.atomic
def set_particulars(*, document: Document, particulars: Particulars, by: Person, at: datetime) -> Document:
    """Fill in or correct what the letter says of itself; what was blank is no longer listed as such.

    A letter without a regime gets the one of its new date. Raises `Forbidden`, `TooLong`.
    """
    document = locked_document(document)
    require_holder(by, document.holder, _("sửa thông tin văn bản"))
    require_plausible(particulars.signed_on, field="signed_on")
    before = _values(document)
    listed = document.anomalies
    for name, most in _LIMITS.items():
        setattr(document, name, bounded(getattr(particulars, name), field=name, label=str(_LABELS[name]), most=most))
    if particulars.signed_on is not None:
        document.signed_on, document.signed_precision = particulars.signed_on, DatePrecision.DAY
    if document.regime is None:
        document.regime = regime_for(document)
    document.anomalies = [anomaly for anomaly in document.anomalies if not _answered(anomaly["code"], document)]
    document.save()
    after = _values(document)
    change = {
        "before": {name: value for name, value in before.items() if after[name] != value},
        "after": {name: value for name, value in after.items() if before[name] != value},
        "settled": [anomaly["message"] for anomaly in listed if anomaly not in document.anomalies],
    }
    record_on(document, SET_PARTICULARS, by=by, at=at, change=change)
    return document


@transaction.atomic
def set_regime(*, document: Document, regime: Regime, by: Person, at: datetime) -> Document:
    """Say under which regime the letter stands. Raises `Forbidden`."""
    document = locked_document(document)
    require_holder(by, document.holder, _("chọn khung pháp lý"))
    change = {"before": document.regime.code if document.regime else None, "after": regime.code}
    document.regime = regime
    document.save()
    record_on(document, SET_REGIME, by=by, at=at, change=change)
    return document


@transaction.atomic
def set_parent(
    *, document: Document, parent: Document | None, by: Person, at: datetime, directive: str = ""
) -> Document:
    """Say or confirm what this letter carries out: a letter, a directive of the reference data, or nothing known here.

    The caller may see both. Raises `Forbidden`, `ParentRefused`.
    """
    document = locked_document(document)
    require_holder(by, document.holder, _("chọn văn bản cấp trên"))
    if directive and (parent or directive != directive_code()):
        raise ParentRefused(field="directive")
    above = parent.pk if parent else None
    while above is not None:
        if above == document.pk:
            raise ParentRefused(field="parent")
        above = Document.objects.values_list("parent_id", flat=True).get(pk=above)
    before = document.parent.title if document.parent else document.parent_directive or None
    was_confirmed = document.parent_confirmed_at is not None
    document.parent, document.parent_directive = parent, directive
    document.parent_confirmed_by, document.parent_confirmed_at = by, at
    document.save()
    change = {"before": before if was_confirmed else None, "after": parent.title if parent else directive or None}
    record_on(document, SET_PARENT, by=by, at=at, change=change)
    return document


@transaction.atomic
def settle_anomaly(*, document: Document, code: str, by: Person, at: datetime) -> Document:
    """Mark what the reader noticed about the whole letter under this code as looked at. Raises `Forbidden`."""
    document = locked_document(document)
    require_holder(by, document.holder, _("đánh dấu điểm cần lưu ý"))
    settled = [anomaly for anomaly in document.anomalies if anomaly["code"] == code]
    if not settled:
        return document
    document.anomalies = [anomaly for anomaly in document.anomalies if anomaly["code"] != code]
    document.save()
    change = {"settled": [anomaly["message"] for anomaly in settled]}
    record_on(document, SETTLE_ANOMALY, by=by, at=at, change=change)
    return document


@transaction.atomic
def finish_review(*, document: Document, by: Person, at: datetime) -> Document:
    """Begin to track the letter. A letter may turn out to give no duty. Raises `Forbidden`,
    `NotInReview`, `StillProposed`."""
    document = locked_document(document)
    require_holder(by, document.holder, _("hoàn tất rà soát"))
    require_in_review(document)
    proposed = document.obligations.filter(state=ObligationState.PROPOSED).count()
    if proposed:
        raise StillProposed(count=proposed)
    confirmed = document.obligations.filter(state=ObligationState.CONFIRMED).count()
    document.state = DocumentState.TRACKED
    document.save()
    change = {"confirmed": confirmed}
    record_on(document, FINISH_REVIEW, by=by, at=at, change=change)
    return document


def _values(document: Document) -> dict[str, str | None]:
    values: dict[str, str | None] = {name: getattr(document, name) for name in _LIMITS}
    values["signed_on"] = document.signed_on.isoformat() if document.signed_on else None
    values["regime"] = document.regime.code if document.regime else None
    return values


def _answered(code: str, document: Document) -> bool:
    if code == "blank_day":
        return document.signed_precision == DatePrecision.DAY
    return code in _ANSWERED_BY and bool(getattr(document, _ANSWERED_BY[code]))
