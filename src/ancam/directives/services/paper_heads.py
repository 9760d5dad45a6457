"""What every paper on a letter's duties is issued with: symbol, signer, addressees, the letter as it is cited."""

from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from ancam.accounts.models import Agency
from ancam.directives.errors import PeriodNotOver
from ancam.directives.models import Document
from ancam.directives.services.guards import MAX_TEXT, bounded
from ancam.engines.drafting.paper_values import PaperValues
from ancam.papers.models import Paper

MAX_SIGNER_NAME = 120


class HeadFacts(Protocol):
    """What a person enters of the head and the foot; lines are separated by line breaks."""

    @property
    def symbol(self) -> str: ...
    @property
    def signer_role(self) -> str: ...
    @property
    def signer_name(self) -> str: ...
    @property
    def addressees(self) -> str: ...


def head_values(document: Document, agency: Agency, facts: HeadFacts) -> PaperValues:
    """Return what an agency's paper on a letter's duties is issued with. Raises `FieldRequired`, `TooLong`."""
    parent = agency.parent
    return PaperValues(
        agency=agency.name,
        parent_agency=parent.name if parent and agency.tier != "commune" else None,
        place=agency.place,
        symbol=bounded(facts.symbol, field="symbol", label=_("Ký hiệu"), most=60, required=True),
        directive_title=cited(document),
        signer_role=lines_of(facts.signer_role, "signer_role", _("Chức vụ người ký")),
        signer_name=bounded(facts.signer_name, field="signer_name", label=_("Người ký"), most=MAX_SIGNER_NAME),
        addressees=lines_of(facts.addressees, "addressees", _("Nơi gửi")),
    )


def cited(document: Document) -> str:
    """Return the letter as another cites it: kind, number, date, issuer, and what it is about."""
    words = [(document.kind or "văn bản").capitalize()]
    if document.full_number:
        words.append(f"số {document.full_number}")
    if document.signed_in_words:
        words.append(f"ngày {document.signed_in_words}")
    if document.issuer:
        words.append(f"của {document.issuer}")
    subject = document.subject.removeprefix("V/v ").removeprefix("Về việc ").strip()
    return " ".join([*words, f"về {subject[0].lower()}{subject[1:]}"] if subject else words)


def lines_of(text: str, field: str, label: str) -> tuple[str, ...]:
    """Return the lines of what was entered. Raises `TooLong`."""
    return tuple(bounded(text, field=field, label=label, most=MAX_TEXT).splitlines())


def require_issuable(facts: HeadFacts, period_to: date | None, today: date) -> None:
    """Refuse what an approved paper could no longer mend: no signer, a stretch of time that is not over.

    Raises `FieldRequired`, `TooLong`, `PeriodNotOver`.
    """
    role, name = _("Chức vụ người ký"), _("Họ tên người ký")
    bounded(facts.signer_role, field="signer_role", label=role, most=MAX_TEXT, required=True)
    bounded(facts.signer_name, field="signer_name", label=name, most=MAX_SIGNER_NAME, required=True)
    if period_to is not None and period_to > today:
        raise PeriodNotOver(field="period_to", period_to=f"{period_to:%d/%m/%Y}")


def reported_document(paper: Paper) -> Document:
    """Return the letter on which a paper reports. The caller may see the paper."""
    document: Document = Document.objects.select_related("holder", "regime").get(pk=paper.inputs["document"])
    return document
