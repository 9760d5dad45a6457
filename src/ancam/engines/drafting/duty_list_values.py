"""What a list of the duties of letters (danh mục nhiệm vụ) is made of: no paper that is issued, but what was read."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDuty:
    """One duty as its letter words it.

    place: in which part of the letter it stands. deadline: the letter's words; last_day: the last day that complies.
    cadence: empty for once. confidence: 0 to 1. to_check: what a person must look at, one sentence each.
    """

    clause: str
    place: str
    kind: str
    action: str
    leads: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    deadline: str = ""
    last_day: date | None = None
    cadence: str = ""
    report_to: tuple[str, ...] = ()
    confidence: float = 1.0
    to_check: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLetter:
    """A letter with its duties in their order.

    title: kind, number and symbol in one line. dated: as precisely as it is known, empty when it is not; dated_on: its
    day, when that is known. file_name, file_digest: of the file that was read. to_check: as of a duty, for the whole.
    """

    file_name: str
    file_digest: str
    title: str
    issuer: str = ""
    dated: str = ""
    dated_on: date | None = None
    place: str = ""
    subject: str = ""
    addressees: tuple[str, ...] = ()
    signer: str = ""
    implements: tuple[str, ...] = ()
    is_recognised: bool = False
    duties: tuple[ListedDuty, ...] = ()
    to_check: tuple[str, ...] = ()
