"""What every paper does alike: the texts it cannot do without, its head, its foot, its appendices, its file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from xml.etree.ElementTree import Element

from ancam.engines.drafting.errors import DayOutOfRange, FieldEmpty, PeriodReversed, TooManyRows
from ancam.engines.drafting.layout import (
    Letterhead,
    addressee_lines,
    appendix_heading,
    body_text,
    closing_text,
    foot,
    gap,
    head,
    kind_title,
    section_heading,
)
from ancam.engines.drafting.package import Properties, Section, word_file
from ancam.engines.drafting.paper_values import PaperValues
from ancam.engines.drafting.text import cleaned

AS_ABOVE = ("Như trên",)
"""The line of `Nơi nhận` for those whom `Kính gửi` names."""

MAX_ROWS = 5_000
"""How many rows one appendix may hold. A bound of our own: about 600 pages."""

_REQUIRED = {
    "agency": "tên cơ quan ban hành",
    "place": "địa danh ban hành",
    "symbol": "ký hiệu văn bản",
    "directive_title": "tên văn bản giao nhiệm vụ",
}


def require(text: str, field: str, label: str) -> None:
    """Refuse an empty text. Raises `FieldEmpty`."""
    if not cleaned(text):
        raise FieldEmpty(field=field, label=label)


def require_texts(values: PaperValues, more: Mapping[str, str] | None = None) -> None:
    """Refuse a paper without a text that its layout needs. `more`: the fields of its own, with their labels."""
    for field, label in {**_REQUIRED, **(more or {})}.items():
        require(getattr(values, field), field, label)


def require_bound(rows: int) -> None:
    """Refuse more rows than an appendix may hold. Raises `TooManyRows`."""
    if rows > MAX_ROWS:
        raise TooManyRows(rows=rows, limit=MAX_ROWS)


def require_order(period_from: date, period_to: date) -> None:
    """Refuse a period that ends before it begins. Raises `PeriodReversed`."""
    if period_to < period_from:
        raise PeriodReversed(period_from=period_from, period_to=period_to)


def require_from(field: str, label: str, found: date, earliest: date) -> None:
    """Refuse a day before the earliest it can be. Raises `DayOutOfRange`."""
    if found < earliest:
        raise DayOutOfRange(field=field, label=label, found=found, earliest=earliest)


def require_issued_from(values: PaperValues, earliest: date) -> None:
    """Refuse a paper dated before what it tells of. Raises `DayOutOfRange`."""
    if values.issued_on is not None:
        require_from("issued_on", "ngày ban hành", values.issued_on, earliest)


def letterhead_of(values: PaperValues, subject_line: str | None = None) -> Letterhead:
    """Return the head; `subject_line`: what an official letter (công văn) is about, without `V/v`."""
    return Letterhead(
        agency=values.agency_in_head or values.agency,
        parent_agency=values.parent_agency,
        place=values.place,
        number=values.number,
        symbol=values.symbol,
        issued_on=values.issued_on,
        subject_line=subject_line,
    )


def first_section(
    values: PaperValues, letterhead: Letterhead, content: Iterable[Element], *, sent_to: Sequence[str]
) -> Section:
    """Return the paper itself: head, content, foot. `sent_to`: the usual lines of `Nơi nhận`, but for the archive."""
    recipients = values.recipients or (*sent_to, "Lưu: VT")
    return Section((*head(letterhead), *content, *foot(recipients, values.signer_role, values.signer_name)))


def letter_content(addressees: Sequence[str], blocks: Iterable[Element], closing: str) -> list[Element]:
    """Return the content of an official letter (công văn), which bears no name of its kind."""
    return [gap(), *addressee_lines(addressees), *blocks, closing_text(closing)]


def titled_content(
    kind: str,
    subject: Sequence[str],
    addressees: Sequence[str],
    opening: str,
    chapters: Iterable[tuple[str, Sequence[str]]],
    closing: str,
) -> list[Element]:
    """Return the content of a paper that bears the name of its kind; an empty opening is left out."""
    blocks = [*kind_title(kind, *subject), *addressee_lines(addressees)]
    blocks += [body_text(opening)] if opening else []
    for heading, paragraphs in chapters:
        blocks += [section_heading(heading), *(body_text(paragraph) for paragraph in paragraphs)]
    return [*blocks, closing_text(closing)]


def appendix(
    values: PaperValues, letterhead: Letterhead, kind: str, title: str, table: Element, *, ordinal: str = ""
) -> Section:
    """Return an appendix of one table on landscape pages. `kind`: what the paper is called where it is cited."""
    attached_to = f"{kind} {letterhead.cited} của {values.agency}"
    return Section((*appendix_heading(title, attached_to, ordinal=ordinal), table), landscape=True)


def file_of(values: PaperValues, sections: list[Section], *, title: str, template: str, dated: date) -> bytes:
    """Return the sections as a .docx. `dated`: the day that stands for the hour of writing on a draft without one."""
    properties = Properties(
        title=cleaned(title), author=cleaned(values.agency), dated=values.issued_on or dated, template=template
    )
    return word_file(sections, properties)
