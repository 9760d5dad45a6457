"""Spoilt lines → what they mean, and a reading of what they mean → the words that stand in the document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ancam.engines.reading.doubts import doubt_from
from ancam.engines.reading.model import Anomaly, Citation, Deadline, Header, Obligation, Reading, Relative, Span
from ancam.engines.reading.restoring.aligned import Aligned
from ancam.engines.reading.restoring.dust import swept
from ancam.engines.reading.restoring.guess import guessed
from ancam.engines.reading.restoring.markers import marked
from ancam.engines.reading.restoring.model import Line, Piece, meaning
from ancam.engines.reading.restoring.numbers import UNREAD
from ancam.engines.reading.tables import Table
from ancam.engines.reading.tidy import tidy
from ancam.engines.reading.torn import Bit, mended

_MOST_SPANS = 200
# What a duty keeps of its confidence when all its words were guessed at from afar, and when any digit is unsure.
_AFAR, _UNSURE_DIGITS = 0.5, 0.75
_RESTORED = 0.97
_YEAR = re.compile(r"(?:19|20)\d\d")
_TIME = re.compile(
    r"(?<!\w)(?:trước|chậm nhất|hoàn thành|xong|đến hết|thời hạn|hạn|không muộn hơn|trong)[^.;\n]{0,40}?"
    rf"(?:ngày|tháng|quý|năm)?\s*[^\s]*{UNREAD}[^\s,.;]*(?:\s+(?:tháng|năm)\s+\S+){{0,2}}",
    re.IGNORECASE,
)


def restored(lines: Sequence[str], spoilt: float) -> list[Line]:
    """Return tidy lines as pieces with what each means; spoilt: the share of words that are."""
    return marked(guessed(lines, spoilt))


def restored_lines(
    lines: Sequence[str], tables: Sequence[Table], spoilt: float
) -> tuple[list[str], list[Line], Sequence[Table]]:
    """Return what spoilt lines mean, their pieces, and the tables over them: the file's own, or torn ones mended.

    The lines of a file with tables keep their number; those of torn tables come in the order of the cells.
    """
    if tables:
        pieces = restored(swept([" ".join(tidy([line], of_cell=True)) for line in lines]), spoilt)
        return [meaning(line) for line in pieces], pieces, tables
    pieces = restored(swept(tidy(lines, of_cell=True)), spoilt)
    placed_anew, torn = mended([meaning(line) for line in pieces])
    if torn:
        pieces = [tuple(piece for bit in bits for piece in _of_bit(pieces[bit.line], bit)) for bits in placed_anew]
    return [meaning(line) for line in pieces], pieces, torn


def _of_bit(line: Line, bit: Bit) -> Iterator[Piece]:
    """Yield the pieces of a line that a bit of it takes; one that it cuts stands there once, where it begins."""
    at = 0
    for piece in line:
        start, end = max(at, bit.start), min(at + len(piece.meant), bit.start + len(bit.words))
        if start < end:
            whole = piece.meant[start - at : end - at]
            yield (
                piece if whole == piece.meant else replace(piece, meant=whole, shown=piece.shown if start == at else "")
            )
        at += len(piece.meant) + 1


def as_written(reading: Reading, aligned: Aligned) -> Reading:
    """Return a reading of restored words in the words of the document: spans, quotations and text.

    Names stay as restored: the spans show what stands there. Duties whose words were guessed from afar lose confidence.
    """
    return replace(
        reading,
        document=_header(reading.document, aligned),
        obligations=tuple(_obligation(one, aligned) for one in reading.obligations),
        anomalies=(*(_anomaly(one, aligned) for one in reading.anomalies), _noise(aligned)),
        text=aligned.shown,
        clauses=tuple(
            replace(one, marker=aligned.as_shown(one.marker), span=aligned.as_shown(one.span))
            for one in reading.clauses
        ),
    )


def _noise(aligned: Aligned) -> Anomaly:
    doubtful = [span for piece, span in zip(aligned.pieces, aligned.in_shown, strict=True) if piece.doubtful]
    changed = sum(piece.shown != piece.meant for piece in aligned.pieces)
    message = (
        f"Văn bản bị hỏng chữ do nhận dạng hoặc mất dấu: {changed} chữ được đoán lại để hiểu, {len(doubtful)} chữ chưa"
        " chắc; đề nghị đối chiếu bản gốc"
    )
    return Anomaly("ocr_noise", message, tuple(doubtful[:_MOST_SPANS]))


def _obligation(one: Obligation, aligned: Aligned) -> Obligation:
    found = _unread_times(one, aligned)
    spans = _shown(one.spans, aligned)
    return replace(
        one,
        action=_capital(_quoted(one.action, one.spans, aligned)),
        deadline=_deadline(one.deadline, one.spans, aligned),
        relative=_relative(one.relative, one.spans, aligned),
        condition=_quoted(one.condition, one.spans, aligned) if one.condition else None,
        spans=spans,
        confidence=round(one.confidence * _sureness(spans, aligned) * (_UNSURE_DIGITS if found else 1), 2),
        anomalies=(*(_anomaly(anomaly, aligned) for anomaly in one.anomalies), *found),
        doubts=(
            *(replace(doubt, spans=_shown(doubt.spans, aligned)) for doubt in one.doubts),
            *filter(None, map(doubt_from, found)),
        ),
    )


def _sureness(spans: Sequence[Span], aligned: Aligned) -> float:
    pieces = [piece for span in spans for piece in aligned.within(span)]
    if all(piece.shown == piece.meant for piece in pieces):
        return 1.0
    afar = sum(piece.doubtful for piece in pieces) / len(pieces)
    return _RESTORED * (1 - (1 - _AFAR) * min(1.0, 2 * afar))


def _unread_times(one: Obligation, aligned: Aligned) -> tuple[Anomaly, ...]:
    """Return an anomaly for each time in a duty's words whose digits cannot be read for sure."""
    spans = [found.span() for span in one.spans for found in _TIME.finditer(aligned.meant, *span)]
    shown = [aligned.as_shown(span) for span in spans]
    return tuple(
        Anomaly("ocr_noise", f"Không đọc chắc được chữ số của thời gian: {_words(aligned, span)}", (span,))
        for span in shown
    )


def _words(aligned: Aligned, span: Span) -> str:
    return aligned.shown[slice(*span)].replace("\n", " ").strip()


def _anomaly(one: Anomaly, aligned: Aligned) -> Anomaly:
    return replace(one, spans=_shown(one.spans, aligned))


def _shown(spans: Sequence[Span], aligned: Aligned) -> tuple[Span, ...]:
    return tuple(aligned.as_shown(span) for span in spans)


def _deadline(one: Deadline, spans: Sequence[Span], aligned: Aligned) -> Deadline:
    if one.date and not _YEAR.search(one.text or ""):
        # The year was taken from the letter's own date; too much may have been lost around the day for that.
        one = replace(one, date=None, last_day=None)
    text = _quoted(one.text, spans, aligned) if one.text else one.text
    return replace(one, text=text, raw=_quoted(one.raw, spans, aligned) if one.raw else one.raw)


def _relative(one: Relative | None, spans: Sequence[Span], aligned: Aligned) -> Relative | None:
    if one is None:
        return None
    event = _quoted(one.event, spans, aligned) if one.event else one.event
    return replace(one, text=_quoted(one.text, spans, aligned), event=event)


def _header(one: Header, aligned: Aligned) -> Header:
    whole = ((0, len(aligned.meant)),)
    return replace(
        one,
        date_text=_quoted(one.date_text, whole, aligned) if one.date_text else one.date_text,
        signer=_quoted(one.signer, whole, aligned) if one.signer else one.signer,
        place=_quoted(one.place, whole, aligned) if one.place else one.place,
        subject=_quoted(one.subject, whole, aligned) if one.subject else one.subject,
        legal_basis=tuple(_citation(basis, whole, aligned) for basis in one.legal_basis),
    )


def _citation(one: Citation, whole: Sequence[Span], aligned: Aligned) -> Citation:
    return replace(one, text=_quoted(one.text, whole, aligned))


def _quoted(words: str, spans: Sequence[Span], aligned: Aligned) -> str:
    """Return the document's words for words taken from the restored text: first from the duty's own spans."""
    wanted = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    for span in (*spans, (0, len(aligned.meant))):
        if found := wanted.search(aligned.meant, *span):
            return " ".join(_words(aligned, aligned.as_shown(found.span())).split())
    return words


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
