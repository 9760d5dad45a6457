"""A document's bytes → what it asks of whom by when. The engine's public door."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from ancam.engines.reading import anomalies
from ancam.engines.reading.actors import members
from ancam.engines.reading.agencies import actor, house_kind, trade_kind
from ancam.engines.reading.appendix import appended_duties
from ancam.engines.reading.bodies import own_names
from ancam.engines.reading.cells import laid_out
from ancam.engines.reading.citations import find_mentions
from ancam.engines.reading.decode import decode
from ancam.engines.reading.doc_text import doc_lines
from ancam.engines.reading.docx_text import docx_lines
from ancam.engines.reading.due import Known
from ancam.engines.reading.duties import read_duties, root_scope
from ancam.engines.reading.errors import (
    DocumentTooLong,
    EmptyFile,
    FileTooLarge,
    NotVietnamese,
    SpoiltText,
    StateSecret,
)
from ancam.engines.reading.extract import Extract
from ancam.engines.reading.finish import doubted, obligations_of
from ancam.engines.reading.head import read_head
from ancam.engines.reading.html_text import html_lines
from ancam.engines.reading.language import is_spoilt_vietnamese, is_vietnamese
from ancam.engines.reading.layout import Layout, find_layout
from ancam.engines.reading.limits import Limits
from ancam.engines.reading.model import Actor, Clause, Reading, Source
from ancam.engines.reading.odt_text import odt_lines
from ancam.engines.reading.page_edges import set_aside
from ancam.engines.reading.pdf_text import pdf_lines
from ancam.engines.reading.pipe_tables import pipe_tables
from ancam.engines.reading.points import read_points
from ancam.engines.reading.restoring.aligned import Aligned
from ancam.engines.reading.restoring.dust import specks
from ancam.engines.reading.restoring.numbers import guarded
from ancam.engines.reading.restoring.restore import as_written, restored_lines
from ancam.engines.reading.restoring.spoilt import share_spoilt
from ancam.engines.reading.scans import picture_lines
from ancam.engines.reading.script import Script, bared, lowered
from ancam.engines.reading.secrecy import bears_spoilt_stamp, bears_stamp, is_spoilt_stamp
from ancam.engines.reading.short_names import find_short_names
from ancam.engines.reading.sniff import DOC, DOCX, HTML, ODT, PDF, PICTURES, MediaType, media_type
from ancam.engines.reading.steps import Progress, tell_nobody
from ancam.engines.reading.tables import Table
from ancam.engines.reading.tidy import tidy
from ancam.kit.bounds import size_in_words

_DEFAULTS = Limits()
# Of a full page in 14 points, with the spacing of an official letter.
_LETTERS_A_PAGE = 2_400


def read_document(data: bytes, name: str, *, limits: Limits = _DEFAULTS, progress: Progress = tell_nobody) -> Reading:
    """Return the particulars, duties and anomalies of one document.

    data: the file's bytes; name: its name, for messages and for telling .md from .txt, never trusted otherwise.
    progress: told before each step that may take long, and page by page of a scan; what it raises ends the reading.
    Raises a `ReadingRefused` when the file cannot be read or must not be. Has no clock and no network.
    """
    if not data.strip():
        raise EmptyFile(name=name)
    if len(data) > limits.max_bytes:
        raise FileTooLarge(name=name, limit=size_in_words(limits.max_bytes))
    kind = media_type(data, name)
    extract = _extract(data, name, kind, limits, progress)
    if _is_secret(extract):
        raise StateSecret(name=name)
    progress("read", 0, -(-sum(map(len, extract.lines)) // _LETTERS_A_PAGE))
    script, aligned = _script(extract, name, limits)
    source = Source(name, hashlib.sha256(data).hexdigest(), kind, extract.encoding, extract.pages, ocr=extract.ocr)
    reading = _read(script, source, name, limits, extract)
    return as_written(reading, aligned) if aligned else reading


def _is_secret(extract: Extract) -> bool:
    if extract.ocr and any(map(is_spoilt_stamp, (*extract.lines, *extract.margins))):
        return True
    return bears_stamp(extract.lines, extract.margins)


def _extract(data: bytes, name: str, kind: MediaType, limits: Limits, progress: Progress) -> Extract:
    if kind in PICTURES:
        return picture_lines(data, name, limits, progress)
    if kind == DOC:
        return doc_lines(data, name, limits, progress)
    if kind == DOCX:
        return docx_lines(data, name, limits)
    if kind == ODT:
        return odt_lines(data, name, limits)
    if kind == HTML:
        return html_lines(data, name)
    if kind == PDF:
        return pdf_lines(data, name, limits, progress)
    text, encoding, guessed = decode(data, name)
    lines, aside = set_aside([page.splitlines() for page in text.split("\f")])
    return Extract(tuple(lines), encoding=encoding, margins=tuple(aside), guessed=guessed)


def _script(extract: Extract, name: str, limits: Limits) -> tuple[Script, Aligned | None]:
    """Return the letter as it is read and, when its words had to be restored, beside the words that stand there."""
    if sum(map(len, extract.lines)) > limits.max_characters:
        raise DocumentTooLong(name=name, limit=limits.max_characters, measure="ký tự")
    lines = tidy(extract.lines)
    # Once more on clean lines: Markdown marks may have hidden a stamp.
    if bears_stamp(lines):
        raise StateSecret(name=name)
    if not any(c.isalnum() for line in lines for c in line):
        raise EmptyFile(name=name)
    is_readable = is_vietnamese(lowered("\n".join(lines))) or is_spoilt_vietnamese(bared("\n".join(lines)))
    placed, tables = (extract.lines, extract.tables) if extract.tables else pipe_tables(extract.lines)
    spoilt = share_spoilt(tidy(placed)) if is_readable else 0.0
    if spoilt and bears_spoilt_stamp(extract.lines, extract.margins):
        raise StateSecret(name=name)
    if spoilt:
        script, aligned = _restored(placed, tables, spoilt, name, limits)
    else:
        script, aligned = _laid_out(placed, tables, name, limits), None
    if not is_vietnamese(script.low):
        raise (SpoiltText if is_readable else NotVietnamese)(name=name)
    return script, aligned


def _restored(
    lines: Sequence[str], tables: Sequence[Table], spoilt: float, name: str, limits: Limits
) -> tuple[Script, Aligned]:
    meant, pieces, tables = restored_lines(lines, tables, spoilt)
    script = _laid_out(meant, tables, name, limits, mend=partial(guarded, stained=specks(lines) > 0))
    return script, Aligned.of(script.text, pieces)


def _laid_out(
    lines: Sequence[str], tables: Sequence[Table], name: str, limits: Limits, mend: Callable[[str], str] = str
) -> Script:
    paragraphs, placed = laid_out(lines, tables)
    if max(map(len, paragraphs), default=0) > limits.max_paragraph:
        raise DocumentTooLong(name=name, limit=limits.max_paragraph, measure="ký tự trong một đoạn")
    return Script.of([mend(paragraph) for paragraph in paragraphs], placed)


def _read(script: Script, source: Source, name: str, limits: Limits, extract: Extract) -> Reading:
    layout = find_layout(script)
    mentions = find_mentions(script, (0, len(script.text)))
    head = read_head(script, layout, mentions)
    roots = read_points(script, layout.body or layout.preamble)
    points = [point for root in roots for point in root.walk()]
    if len(points) > limits.max_clauses:
        raise DocumentTooLong(name=name, limit=limits.max_clauses, measure="điều khoản")
    addressees = tuple(one for text in head.header.addressees for one in _addressed(text))
    script = replace(script, own_names=own_names(tuple(one.text for one in addressees)))
    known = Known(
        head.day,
        mentions,
        house_kind(head.header.issuer),
        trade_kind(head.header.issuer),
        find_short_names(script, layout.preamble),
    )
    scope = root_scope(script, layout.preamble if layout.body else (), addressees, known)
    drafts = read_duties(
        script, roots, scope, known, leadless=head.header.kind in ("kế hoạch", "phương án", "chương trình")
    )
    appended = appended_duties(script, layout.appendix, _body_end(script, layout), points, scope, known)
    in_order = sorted([*drafts, *appended.drafts], key=lambda one: one.spans[0])
    for one in in_order:
        one.verdict = one.verdict.settled()
    obligations = tuple(
        doubted(one, anomalies.of_recognition(script.text, one.spans, extract.unsure))
        for one in obligations_of(script, in_order, head.header, head.day)
    )
    return Reading(
        source=source,
        document=head.header,
        obligations=obligations,
        anomalies=(
            *head.anomalies,
            *anomalies.of_letter(obligations, guessed_encoding=extract.guessed, unclear_pages=extract.unclear),
        ),
        text=script.text,
        clauses=(*(Clause(point.label, point.marker, point.span) for point in points), *appended.clauses),
    )


def _body_end(script: Script, layout: Layout) -> int:
    after = (*layout.foot, *layout.appendix)
    return after[0][0] if after else len(script.text)


def _addressed(text: str) -> tuple[Actor, ...]:
    script = Script.of([text])
    return members(script, (0, len(script.text))) or (actor(text),)
