"""What an urging letter (công văn đôn đốc) is made of."""

from dataclasses import dataclass
from datetime import date

from ancam.engines.drafting.open_periods import OpenPeriod
from ancam.engines.drafting.paper_values import PaperValues


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgingLetter(PaperValues):
    """The values of a letter to agencies that are late with duties of one directive.

    as_of: the day at whose end the rows were late; lateness is counted from it.
    finish_by: the new last day asked for. It replaces no deadline, and the letter says so.
    report_to: where to report ("Sở Khoa học và Công nghệ", "Ủy ban nhân dân tỉnh (qua Công an tỉnh)").
    contact: whom to ask, in one line; may be empty.
    addressees: empty for the agencies of the rows, whom the letter then names itself.
    """

    as_of: date
    finish_by: date
    report_to: str
    rows: tuple[OpenPeriod, ...]
    contact: str = ""
