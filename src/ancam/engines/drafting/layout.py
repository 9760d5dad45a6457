"""The blocks of an official document, by their position numbers (ô) in Nghị định 30/2020/NĐ-CP, Phụ lục I.

Each function gives back the elements of one block, ready for `package.Section`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from ancam.engines.drafting.measures import fixed_words, measure
from ancam.engines.drafting.text import (
    NBSP,
    cleaned,
    day_in_words,
    held,
    issuer_in_capitals,
    number_in_words,
    tail_held,
    unstopped,
)
from ancam.engines.drafting.typeface import MM_PER_PT, MOTTO_WIDTH_EM, set_width_mm
from ancam.engines.drafting.wordml import Look, cell, paragraph, rule, table, table_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The values of ô 1–4 and, for an official letter (công văn), of ô 5b.

    Without number or date the document is a draft: both are left blank and the head says so.
    """

    agency: str
    place: str
    symbol: str
    parent_agency: str | None = None
    number: str | None = None
    issued_on: date | None = None
    subject_line: str | None = None

    @property
    def is_draft(self) -> bool:
        """Whether a clerk still has to give the number or the date."""
        return self.issued_on is None or not cleaned(self.number or "")

    @property
    def symbol_line(self) -> str:
        """The number and symbol of ô 3: `05/BC-UBND`, the number blank on a draft without one."""
        return f"{number_in_words(self.number)}/{cleaned(self.symbol)}"

    @property
    def cited(self) -> str:
        """How another part of the document names this one: `số 05/BC-UBND ngày 05 tháng 02 năm 2026`."""
        return f"số {self.symbol_line} {day_in_words(self.issued_on, draft=self.is_draft)}"


def head(letterhead: Letterhead) -> tuple[Element, ...]:
    """Return ô 1–4 and 5b as a table without lines, under the draft mark while the paper has no number."""
    left, right = measure("head.left"), measure("head.right")
    names = table_row(cell(_issuer(letterhead, left), left), cell(_country(right), right))
    particulars = table_row(cell(_number(letterhead), left), cell((_place_and_date(letterhead),), right))
    return (*_draft_mark(letterhead), table((left, right), (names, particulars)))


def _draft_mark(letterhead: Letterhead) -> tuple[Element, ...]:
    if not letterhead.is_draft:
        return ()
    return (paragraph(fixed_words("draft.words"), Look(measure("agency.size"), bold=True, after_pt=6)),)


def _issuer(letterhead: Letterhead, width_mm: float) -> list[Element]:
    size = measure("agency.size")
    agency = issuer_in_capitals(letterhead.agency)
    lines = [paragraph(agency, Look(size, bold=True, align="center")), _short_rule(agency, size, width_mm)]
    if letterhead.parent_agency:
        lines.insert(0, paragraph(issuer_in_capitals(letterhead.parent_agency), Look(size, align="center")))
    return lines


def _country(width_mm: float) -> list[Element]:
    size = measure("motto.size")
    return [
        paragraph(fixed_words("country.words"), Look(measure("country.size"), bold=True, align="center")),
        paragraph(fixed_words("motto.words"), Look(size, bold=True, align="center")),
        rule(MOTTO_WIDTH_EM * size * MM_PER_PT, width_mm),
    ]


def _number(letterhead: Letterhead) -> list[Element]:
    look = Look(measure("number.size"), align="center", before_pt=6)
    blank_follows = letterhead.symbol_line.startswith(NBSP)
    lines = [paragraph(f"Số:{'' if blank_follows else NBSP}{letterhead.symbol_line}", look)]
    if letterhead.subject_line:
        look = Look(measure("subject_line.size"), align="center", before_pt=measure("subject_line.gap"))
        lines.append(paragraph(held(f"V/v {letterhead.subject_line}"), look))
    return lines


def _place_and_date(letterhead: Letterhead) -> Element:
    words = f"{cleaned(letterhead.place)}, {day_in_words(letterhead.issued_on, draft=letterhead.is_draft)}"
    return paragraph(words, Look(measure("date.size"), italic=True, align="center", before_pt=6))


def _short_rule(text: str, size_pt: float, width_mm: float, *, after_pt: float = 0) -> Element:
    """Return the line under a name: a share of the text's width, of a whole line when the text takes several."""
    text_mm = min(set_width_mm(text, size_pt), width_mm * 0.9)
    return rule(text_mm * measure("rule.share"), width_mm, after_pt=after_pt)


def text_width_mm() -> float:
    """Return the width of text on an upright page."""
    return measure("page.width") - measure("margin.left") - measure("margin.right")


def kind_title(kind: str, subject: str, *more_lines: str, width_mm: float | None = None) -> list[Element]:
    """Return ô 5a: the kind of document, what it is about on one or more lines, and the short line below.

    width_mm: of the text, when the page is not upright.
    """
    size = measure("kind.size")
    look = Look(size, bold=True, align="center")
    lines = [tail_held(held(line)) for line in (subject, *more_lines)]
    return [
        paragraph(kind, Look(size, bold=True, align="center", before_pt=18)),
        *(paragraph(line, look) for line in lines),
        _short_rule(lines[-1], size, width_mm or text_width_mm(), after_pt=12),
    ]


def addressee_lines(names: Sequence[str]) -> list[Element]:
    """Return ô 9a: one addressee on the line of `Kính gửi:`, several each on a line of its own; none gives nothing."""
    size, gap_pt = measure("body.size"), measure("body.gap")
    if not names:
        return []
    if len(names) == 1:
        look = Look(size, align="center", before_pt=gap_pt, after_pt=2 * gap_pt)
        return [paragraph(held(f"Kính gửi: {unstopped(names[0])}"), look)]
    indent = measure("addressee.indent")
    under_colon = indent + set_width_mm("Kính gửi", size)
    lines = [paragraph("Kính gửi:", Look(size, left_mm=indent, before_pt=gap_pt))]
    lines += [paragraph(line, Look(size, left_mm=under_colon)) for line in _dashed(names)]
    return [*lines, gap()]


def _dashed(names: Sequence[str]) -> list[str]:
    stops = [";"] * (len(names) - 1) + ["."]
    return [held(f"- {unstopped(name)}{stop}") for name, stop in zip(names, stops, strict=True)]


def _body_look(*, bold: bool = False, keep_next: bool = False) -> Look:
    return Look(
        measure("body.size"),
        bold=bold,
        align="both",
        first_mm=measure("body.indent"),
        after_pt=measure("body.gap"),
        spacing=measure("body.spacing"),
        keep_next=keep_next,
    )


def body_text(text: str) -> Element:
    """Return one paragraph of ô 6."""
    return paragraph(held(text), _body_look())


def gap() -> Element:
    """Return the room between a table in ô 6 and the paragraph after it."""
    return paragraph("", Look(measure("body.gap")))


def section_heading(text: str) -> Element:
    """Return a heading of ô 6 such as `I. TÌNH HÌNH`, kept with the paragraph after it."""
    return paragraph(held(text), _body_look(bold=True, keep_next=True))


def closing_text(text: str) -> Element:
    """Return the last paragraph of ô 6 with the closing mark, kept with the signature."""
    return paragraph(held(unstopped(text)) + fixed_words("closing.words"), _body_look(keep_next=True))


def foot(recipients: Sequence[str], roles: Sequence[str], name: str) -> tuple[Element, ...]:
    """Return ô 9b and ô 7 side by side in a table without lines."""
    left, right = measure("foot.left"), measure("foot.right")
    heading = Look(measure("recipients.heading_size"), bold=True, italic=True)
    copies = [paragraph("Nơi nhận:", heading)]
    copies += [paragraph(line, Look(measure("recipients.size"))) for line in _dashed(recipients)]
    row = table_row(cell(copies, left), cell(_signature(roles, name), right))
    return (paragraph("", Look(measure("body.gap"), keep_next=True)), table((left, right), (row,)))


def _signature(roles: Sequence[str], name: str) -> list[Element]:
    look = Look(measure("signer.size"), bold=True, align="center")
    lines = [paragraph(held(role).upper(), look) for role in roles]
    room = Look(measure("signer.size"), bold=True, align="center", before_pt=measure("signature.room"))
    return [*lines, paragraph(cleaned(name), room)]


def appendix_heading(title: str, attached_to: str, *, ordinal: str = "") -> list[Element]:
    """Return the heading of an appendix: its name, its title, and the document it is attached to.

    The heading is set for a landscape page. ordinal: the Roman number when the document has two or more appendices.
    """
    size = measure("appendix.reference_size")
    reference = held(f"(Kèm theo {attached_to})")
    return [
        paragraph(f"Phụ lục {ordinal}".strip(), Look(measure("appendix.size"), bold=True, align="center")),
        paragraph(held(title).upper(), Look(measure("appendix.title_size"), bold=True, align="center")),
        paragraph(reference, Look(size, italic=True, align="center")),
        _short_rule(title, size, landscape_width_mm(), after_pt=10),
    ]


def landscape_width_mm() -> float:
    """Return the width of text on a landscape page."""
    return measure("page.height") - 2 * measure("landscape.margin")
