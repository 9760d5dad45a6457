"""What every paper is made of, whatever it says."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperValues:
    """The values of the head and the foot.

    agency: as the text names it ("UBND xã An Bình"); agency_in_head: as the head names it, in full, when it differs.
    number: None until the clerk gives one; without number or date the paper is a draft and says so.
    symbol: what follows the number ("BC-UBND", "UBND-KGVX").
    directive_title: the letter that gave the duties, cited in full ("Công văn số 12/UBND-KGVX ngày 05/02/2026 của
    UBND tỉnh Đông Sơn về …").
    addressees: one line each; empty for a paper that is not sent to anyone, or that knows its addressees otherwise.
    signer_role: one line each ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH").
    recipients: one line each, without dash and stop; empty for the usual ones.
    """

    agency: str
    place: str
    symbol: str
    directive_title: str
    signer_role: tuple[str, ...]
    signer_name: str
    parent_agency: str | None = None
    agency_in_head: str | None = None
    number: str | None = None
    issued_on: date | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


_Paper = TypeVar("_Paper", bound=PaperValues)


def issued_with(kind: type[_Paper], head: PaperValues, **values: Any) -> _Paper:
    """Return the values of a kind of paper: its head and foot, and what it says."""
    return kind(**{field.name: getattr(head, field.name) for field in fields(PaperValues)}, **values)
