"""What is found in a file."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file."""

    max_pages: int = 500
    max_objects: int = 100_000
    max_signatures: int = 20
    max_characters: int = 2_000_000


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature that holds, as the file says it.

    subject, issuer: the certificate's names; serial: in hex. signed_at: as the signer's machine said, or as a time
    authority's stamp proves when `is_stamped`. trust: `trusted` when the certificate leads to one of the roots given,
    `untrusted` when it does not or has run out, `unchecked` without roots. Whether it was revoked is not known: nobody
    is asked.
    """

    subject: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_to: datetime
    signed_at: datetime | None
    is_stamped: bool
    trust: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A sound .pdf: its signatures, none for a scan; its words, pages parted by form feeds."""

    pages: int
    signatures: tuple[Signature, ...]
    text: str
