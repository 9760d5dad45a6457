"""Checking a signed .pdf: refused when it was altered, is not covered whole, or cannot be read within bounds."""

import io
import logging
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pypdfium2
from asn1crypto import x509 as certificates
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from ancam.engines.signing.errors import CopyUnfit, Fault
from ancam.engines.signing.model import Checked, Limits, Signature
from ancam.engines.signing.words import shown

MOST_NAME = 300
"""How many signs of a certificate's name are kept."""

USUAL = Limits()
_PASSWORD_ERROR = 4
_HEAD_WITHIN = 1024
_TRACE = b"/ByteRange"
"""What a signature's dictionary says in the clear: in a file in which none is found, somebody hid or cleared it."""

_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
# What a further signature, or proof added for the long term, leaves behind; anything else was a change of the text.
_BENIGN = frozenset({ModificationLevel.NONE, ModificationLevel.LTA_UPDATES})
_SIGNED_AGAIN = _BENIGN | {ModificationLevel.FORM_FILLING}
_UNREADABLE = (PdfError, SigningError, SignatureValidationError, ValueError, LookupError, TypeError, AttributeError)
# The library logs each failed path and each suspicious change with its traceback: here they are answers, not trouble.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)


def check_copy(
    data: bytes, *, roots: Sequence[certificates.Certificate], at: datetime, limits: Limits = USUAL
) -> Checked:
    """Return what a sound .pdf holds; raise `CopyUnfit` for one that is not.

    `roots`: certificates, as `roots_in` reads them, to which a signer's must lead at the instant `at` to be trusted. No
    network: no list of revoked certificates is asked for. A file without a signature, nor the trace of one, is a scan
    and sound.
    """
    if b"%PDF-" not in data[:_HEAD_WITHIN]:
        raise CopyUnfit(fault=Fault.NOT_A_PDF)
    pages, text = _pages_and_text(data, limits)
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        if reader.encrypted:
            raise CopyUnfit(fault=Fault.ENCRYPTED)
        size: Any = reader.trailer["/Size"]
        if int(size) > limits.max_objects:
            raise CopyUnfit(fault=Fault.TOO_MANY_OBJECTS)
        found = list(reader.embedded_regular_signatures)
        if len(found) > limits.max_signatures:
            raise CopyUnfit(fault=Fault.TOO_MANY_SIGNATURES)
        if found:
            _require_nothing_behind(data, reader, found[-1])
        elif _TRACE in data and not reader.embedded_signatures:
            raise CopyUnfit(fault=Fault.BROKEN)
        signatures = tuple(_checked(one, roots, at, is_last=one is found[-1]) for one in found)
    except (*_UNREADABLE, RecursionError) as exc:
        raise CopyUnfit(fault=Fault.DAMAGED) from exc
    return Checked(pages, signatures, text)


def _checked(signature: Any, roots: Sequence[certificates.Certificate], at: datetime, *, is_last: bool) -> Signature:
    context = ValidationContext(trust_roots=list(roots), allow_fetching=False, moment=at)
    status = validate_pdf_signature(signature, context)
    if status.coverage not in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION):
        raise CopyUnfit(fault=Fault.NOT_WHOLE)
    if not status.intact:
        raise CopyUnfit(fault=Fault.ALTERED)
    if not status.valid:
        raise CopyUnfit(fault=Fault.BROKEN)
    if not status.docmdp_ok or status.modification_level not in (_BENIGN if is_last else _SIGNED_AGAIN):
        raise CopyUnfit(fault=Fault.CHANGED_AFTER)
    trust = ("trusted" if status.trusted else "untrusted") if roots else "unchecked"
    said = status.timestamp_validity
    stamp = said if said and said.valid and said.intact and said.trusted else None
    signer = signature.signer_cert
    return Signature(
        subject=_named(signer.subject),
        issuer=_named(signer.issuer),
        serial=f"{signer.serial_number:X}"[:MOST_NAME],
        valid_from=signer.not_valid_before,
        valid_to=signer.not_valid_after,
        signed_at=stamp.timestamp if stamp else status.signer_reported_dt,
        is_stamped=stamp is not None,
        trust=trust,
    )


def _require_nothing_behind(data: bytes, reader: PdfFileReader, last: Any) -> None:
    """Refuse bytes behind the last revision: no table names them, but a program that mends a file may show them."""
    if last.signed_revision == reader.total_revisions - 1:
        begin, length = int(last.byte_range[2]), int(last.byte_range[3])
        is_closed = not data[begin + length :].strip()
    else:
        end = _END.search(data, max(0, len(data) - _HEAD_WITHIN))
        is_closed = end is not None and int(end[1]) == reader.last_startxref
    if not is_closed:
        raise CopyUnfit(fault=Fault.NOT_WHOLE)


def _named(name: Any) -> str:
    """Return a certificate's name as people say it: the person or the authority first, then what it belongs to."""
    parts: dict[str, Any] = dict(name.native)
    words = [parts.pop("common_name", ""), *parts.values()]
    said = ", ".join("; ".join(word) if isinstance(word, list) else str(word) for word in words if word)
    return shown(said[:MOST_NAME])


def _pages_and_text(data: bytes, limits: Limits) -> tuple[int, str]:
    try:
        with pypdfium2.PdfDocument(data) as document:
            count = len(document)
            if count > limits.max_pages:
                raise CopyUnfit(fault=Fault.TOO_LONG)
            text = "\f".join(_page_text(document, number) for number in range(count))
    except pypdfium2.PdfiumError as exc:
        locked = getattr(exc, "err_code", None) == _PASSWORD_ERROR
        raise CopyUnfit(fault=Fault.ENCRYPTED if locked else Fault.DAMAGED) from exc
    if len(text) > limits.max_characters:
        raise CopyUnfit(fault=Fault.TOO_LONG)
    return count, text


def _page_text(document: Any, number: int) -> str:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            text: str = text_page.get_text_range()
        finally:
            text_page.close()
    finally:
        page.close()
    return text
