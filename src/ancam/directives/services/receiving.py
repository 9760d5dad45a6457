"""Receiving a letter: read before anything is stored, refuse what may not be here, offer what is here already."""

import calendar
import hashlib
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ancam.accounts.models import Agency, Person
from ancam.audit.services import Action, record
from ancam.directives.errors import AlreadyReceived
from ancam.directives.models import DatePrecision, Document, Obligation, Regime
from ancam.directives.rules import RegimePeriod, regime_of
from ancam.directives.selectors.documents import Parent, suggested_parent
from ancam.directives.services.guards import record_on, require_holder
from ancam.engines.reading.errors import StateSecret
from ancam.engines.reading.limits import Limits
from ancam.engines.reading.model import Actor, Anomaly, Doubt, Header, Reading
from ancam.engines.reading.model import Obligation as ReadObligation
from ancam.engines.reading.read import read_document
from ancam.engines.reading.steps import Progress, tell_nobody
from ancam.kit.file_names import plain_name, require_plain_ending
from ancam.kit.folding import fold
from ancam.web.storage import StoredFile, store_file

RECEIVE_DOCUMENT = Action("directives.receive_document", "Tiếp nhận văn bản")
REFUSE_SECRET = Action("directives.refuse_secret", "Từ chối tệp đóng dấu độ mật")


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """What a person sends: the file's name and its bytes."""

    name: str
    content: bytes


def receive_document(
    *, file: ReceivedFile, agency: Agency, by: Person, at: datetime, keep_own_copy: bool = False
) -> Document:
    """Read a letter, keep it as received for this agency, and propose its obligations.

    Raises `Forbidden`; `RunnableName` for a name that hides a program; a `ReadingRefused` when the file cannot be read,
    and then nothing is stored (of a state secret the ledger records only that a refusal happened); `AlreadyReceived`
    when the person may see the same letter already, unless `keep_own_copy` says that this agency wants its own of a
    letter held by another.
    """
    reading = read_letter(file=file, agency=agency, by=by, at=at)
    with transaction.atomic():
        return keep_letter(reading, file=file, agency=agency, by=by, at=at, keep_own_copy=keep_own_copy)


def read_letter(
    *, file: ReceivedFile, agency: Agency, by: Person, at: datetime, progress: Progress = tell_nobody
) -> Reading:
    """Return what the file says, with nothing stored; raises as `receive_document`, and what `progress` raises."""
    require_holder(by, agency, _("tiếp nhận văn bản"))
    require_plain_ending(file.name)
    limits = Limits(max_bytes=settings.MAX_UPLOAD_BYTES)
    try:
        return read_document(file.content, file.name, limits=limits, progress=progress)
    except StateSecret:
        with transaction.atomic():
            record(by=by.as_actor(agency), action=REFUSE_SECRET, subject=agency.as_subject(), at=at)
        raise


def keep_letter(
    reading: Reading, *, file: ReceivedFile, agency: Agency, by: Person, at: datetime, keep_own_copy: bool
) -> Document:
    """Keep what was read, within a transaction of the caller's; raises `AlreadyReceived`."""
    # The agency's row holds back a second sending of the same letter.
    Agency.objects.select_for_update().get(pk=agency.pk)
    _refuse_existing(_same_letter(reading), agency, by, keep_own_copy)
    document = _store(reading, file, agency, by, at)
    change = {
        "file": document.file_digest,
        "obligations": len(reading.obligations),
        "anomalies": len(reading.anomalies),
        "regime": document.regime and document.regime.code,
        "parent": document.parent.title if document.parent else document.parent_directive or None,
    }
    record_on(document, RECEIVE_DOCUMENT, by=by, at=at, change=change)
    return document


def refuse_same_file(content: bytes, agency: Agency, by: Person, keep_own_copy: bool) -> None:
    """Raise `AlreadyReceived` when these very bytes are here, before the long work of reading them again."""
    same = Document.objects.filter(file_digest=hashlib.sha256(content).hexdigest())
    _refuse_existing(same, agency, by, keep_own_copy)


def _refuse_existing(found: QuerySet[Document], agency: Agency, by: Person, keep_own_copy: bool) -> None:
    same = list(found.visible_to(by).select_related("holder"))  # type: ignore[attr-defined]
    own = [document for document in same if document.holder_id == agency.pk]
    known = own or ([] if keep_own_copy else same)
    if known:
        document = known[0]
        raise AlreadyReceived(
            document=document, title=document.title, holder=document.holder.name, same_holder=bool(own)
        )


def _same_letter(reading: Reading) -> QuerySet[Document]:
    header = reading.document
    same = Q(file_digest=reading.source.sha256)
    signed_on, precision = _signed(header)
    if header.number and header.symbol and precision == DatePrecision.DAY:
        same |= Q(
            number=header.number, symbol=header.symbol, signed_on=signed_on, search_key__contains=_issuer_key(header)
        )
    return Document.objects.filter(same)


def _issuer_key(header: Header) -> str:
    return fold(header.issuer or "")


def _store(reading: Reading, file: ReceivedFile, agency: Agency, by: Person, at: datetime) -> Document:
    stored = store_file([file.content])
    document = _document(reading, stored, agency, by, at)
    document.regime = regime_for(document)
    above = suggested_parent(document, by) or Parent()
    document.parent, document.parent_directive = above.document, above.directive
    document.save()
    Obligation.objects.bulk_create(
        _proposed(document, position, read) for position, read in enumerate(reading.obligations, start=1)
    )
    return document


def _document(reading: Reading, stored: StoredFile, agency: Agency, by: Person, at: datetime) -> Document:
    header = reading.document
    signed_on, precision = _signed(header)
    return Document(
        holder=agency,
        uploaded_by=by,
        received_at=at,
        file_digest=stored.digest,
        file_size_bytes=stored.size_bytes,
        media_type=reading.source.media_type,
        file_name=plain_name(reading.source.name),
        issuer=(header.issuer or "")[:300],
        number=(header.number or "")[:20],
        symbol=(header.symbol or "")[:60],
        place=(header.place or "")[:120],
        signed_on=signed_on,
        signed_precision=precision,
        signed_text=(header.date_text or "")[:120],
        kind=(header.kind or "")[:60],
        subject=(header.subject or "")[:1000],
        addressees=list(header.addressees),
        cc=list(header.cc),
        signer=(header.signer or "")[:120],
        signer_role=(header.signer_role or "")[:200],
        legal_basis=[
            {
                "text": basis.text,
                "number": basis.number,
                "date": basis.date and basis.date.isoformat(),
                "issuer": basis.issuer,
            }
            for basis in header.legal_basis
        ],
        implements=list(header.implements),
        text=reading.text,
        clauses=[asdict(clause) for clause in reading.clauses],
        anomalies=[_anomaly(anomaly) for anomaly in reading.anomalies],
    )


def _signed(header: Header) -> tuple[date | None, DatePrecision]:
    """Return the letter's date and how much of it is known; a month is given as its first day."""
    if header.date is None:
        return None, DatePrecision.UNKNOWN
    if len(header.date) == len("2026-11"):
        return date.fromisoformat(f"{header.date}-01"), DatePrecision.MONTH
    return date.fromisoformat(header.date), DatePrecision.DAY


def regime_for(document: Document) -> Regime | None:
    """Return the current wording of the regime under which a letter was written, None when a person must say."""
    current = {regime.code: regime for regime in Regime.objects.filter(superseded_on=None)}
    first = last = document.signed_on
    if first is not None and document.signed_precision == DatePrecision.MONTH:
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    code = regime_of(first, last, [RegimePeriod(regime.code, regime.law_in_force_from) for regime in current.values()])
    return current.get(code or "")


def _anomaly(anomaly: Anomaly) -> dict[str, object]:
    return {"code": anomaly.code, "message": anomaly.message, "spans": [list(span) for span in anomaly.spans]}


def _doubt(doubt: Doubt) -> dict[str, object]:
    return {"field": doubt.field, "reason": doubt.reason, "spans": [list(span) for span in doubt.spans]}


def _actors(actors: tuple[Actor, ...]) -> list[dict[str, object]]:
    return [{"text": actor.text, "kind": actor.kind} for actor in actors]


def _proposed(document: Document, position: int, read: ReadObligation) -> Obligation:
    relative = read.relative
    obligation = Obligation(
        document=document,
        position=position,
        code=read.id[:60],
        clause=read.clause[:40],
        location=read.location,
        leads=_actors(read.leads),
        supports=_actors(read.supports),
        action=read.action,
        kind=read.kind,
        also_kinds=list(read.also_kinds),
        deadline_text=(read.deadline.text or "")[:500],
        deadline_operator=read.deadline.operator,
        deadline_on=read.deadline.date,
        deadline_raw=(read.deadline.raw or "")[:200],
        last_day=read.deadline.last_day,
        cadence=read.cadence,
        relative_text=relative.text[:500] if relative else "",
        relative_days=relative.days if relative else None,
        relative_event=(relative.event or "")[:300] if relative else "",
        relative_working_days=relative.working_days if relative else False,
        condition=read.condition or "",
        report_to=list(read.report_to),
        links=[asdict(link) for link in read.links],
        spans=[list(span) for span in read.spans],
        confidence=read.confidence,
        anomalies=[_anomaly(anomaly) for anomaly in read.anomalies],
        doubts=[_doubt(doubt) for doubt in read.doubts],
    )
    obligation.set_search_key()
    return obligation
