"""The letter that urges agencies to finish what they are late with: what it refuses, and the .docx it becomes."""

from datetime import timedelta
from xml.etree.ElementTree import Element

from ancam.engines.drafting import urging_wording as wording
from ancam.engines.drafting.errors import NothingToList, NotLate
from ancam.engines.drafting.frame import (
    AS_ABOVE,
    MAX_ROWS,
    appendix,
    file_of,
    first_section,
    letter_content,
    letterhead_of,
    require_from,
    require_issued_from,
    require_texts,
)
from ancam.engines.drafting.layout import body_text, gap, landscape_width_mm, text_width_mm
from ancam.engines.drafting.open_periods import OpenPeriod, check_open_periods, open_period_table
from ancam.engines.drafting.urging_values import UrgingLetter

__all__ = ["MAX_ROWS", "TEMPLATE", "OpenPeriod", "UrgingLetter", "write_urging_letter"]

TEMPLATE = "urging-letter/1"
"""The version of layout and wording, for a frozen paper to record."""

_REQUIRED = {"report_to": "nơi nhận báo cáo"}


def write_urging_letter(letter: UrgingLetter) -> bytes:
    """Return the letter as the bytes of a .docx; the same values give the same bytes.

    A short list stands in the letter, a long one in an appendix. Raises `PaperRefused` when the values cannot make
    a letter. Costs about a second per 1,000 rows.
    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I and Phụ lục III mẫu 1.5, 2.1.
    """
    _check(letter)
    letterhead = letterhead_of(letter, wording.subject(letter))
    in_appendix = len(letter.rows) > wording.LISTED_IN_LETTER
    sections = [first_section(letter, letterhead, _content(letter, in_appendix=in_appendix), sent_to=AS_ABOVE)]
    if in_appendix:
        table = open_period_table(letter.rows, letter.as_of, landscape_width_mm())
        sections.append(appendix(letter, letterhead, "Công văn", wording.appendix_title(letter), table))
    title = f"Công văn {wording.subject(letter)}"
    return file_of(letter, sections, title=title, template=TEMPLATE, dated=letter.as_of)


def _check(letter: UrgingLetter) -> None:
    require_texts(letter, _REQUIRED)
    if not letter.rows:
        raise NothingToList(label="nhiệm vụ quá hạn")
    check_open_periods(letter.rows, "rows")
    for place, row in enumerate(letter.rows, start=1):
        if not row.is_late(letter.as_of):
            raise NotLate(field=f"rows[{place - 1}]", row=place, agency=row.agency, as_of=letter.as_of)
    require_issued_from(letter, letter.as_of)
    earliest = max(letter.issued_on or letter.as_of, letter.as_of) + timedelta(days=1)
    require_from("finish_by", "ngày đề nghị hoàn thành", letter.finish_by, earliest)


def _content(letter: UrgingLetter, *, in_appendix: bool) -> list[Element]:
    blocks = [body_text(wording.opening(letter, in_appendix=in_appendix))]
    if not in_appendix:
        blocks += [open_period_table(letter.rows, letter.as_of, text_width_mm()), gap()]
    blocks += [body_text(paragraph) for paragraph in wording.requests(letter)]
    return letter_content(wording.addressees(letter), blocks, wording.closing(letter))
