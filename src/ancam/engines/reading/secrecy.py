"""A stamp of secrecy, which ends the reading before anything of the document is kept."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from ancam.engines.reading.script import bared

# Of words that hold `mật` without being a grade. ĐÃ GIẢI MẬT is the stamp of a document that is secret no more.
_GRADE = (
    r"\b(?:TUYỆT ?|TỐI ?)?(?<!\bBÍ )(?<!\bBẢO )(?<!\bCƠ )(?<!\bGIẢI )(?<!\bKHÔNG )(?<!\bTHÂN )"
    r"MẬT\b(?! (?:KHẨU|MÃ|ĐỘ|ONG)\b)"
)
_UPPER = re.compile(_GRADE)
_NAMED = re.compile(r"\bđộ mật ?[:\-–—]\W*(?:tuyệt mật|tối mật|mật)\b(?! (?:khẩu|mã)\b)", re.IGNORECASE)
# The name of a field or a column, whose value may well be `Thường`.
_LABEL = re.compile(r"\bĐỘ MẬT(?= ?:| CỦA\b)|^\W*(?:MỨC )?ĐỘ MẬT\W*$")
_BESIDE = r"(?:hỏa tốc|hoả tốc|thượng khẩn|khẩn|[abc]|bản|(?:bản )?số\W*\d+)"
_OF = r"(?:tài liệu|văn bản|công văn|hồ sơ|loại|mức độ|cấp độ|độ)"
_ALONE = re.compile(rf"\W*(?:{_BESIDE}\b\W+)*(?:{_OF} )*(?:tuyệt|tối) mật(?:\W+{_BESIDE}\b)*\W*", re.IGNORECASE)
# `mật` alone in lower case is what a broken line leaves of `bí mật`.
_TITLE = re.compile(rf"\W*(?i:{_BESIDE}\b\W+)*(?:(?:Tài liệu|Văn bản|Công văn) mật|Mật)(?i:\W+{_BESIDE}\b)*\W*")
# What recognition, or a text without diacritics, leaves of a stamp that stands alone in capitals, their marks aside.
_SPOILT = re.compile(r"\W*(?:do mat ?: ?)?(?:tuyet ?|t[o0q6][i1l!] ?)?[mw][a4@&]t(?: ?[-–] ?(?:hoa toc|khan))?\W*")
_TIGHT = frozenset({"MẬT", "TỐIMẬT", "TUYỆTMẬT"})
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")
_COLUMNS = re.compile(r"\s{3,}|\t+|\|")
# Two halves of a title over two lines.
_HALF = re.compile(r"\b(BÍ|BẢO|CƠ|GIẢI)\s*$")
_OTHER_HALF = re.compile(r"\s*MẬT (?!HỎA|HOẢ|THƯỢNG|KHẨN)\w{2,}")
_CLAUSE = re.compile(r"\W*1[.)]\s|\W*I[.)]\s|\W*(?:Điều|ĐIỀU) 1\b")
_SURE_LINES = 10
_HEAD_LINES = 40
_FOOT_LINES = 20
_LONGEST_STAMP = 60
_LONGEST_LINE = 300
_SENTENCE_WORDS = 5


def bears_stamp(lines: Sequence[str], margins: Iterable[str] = ()) -> bool:
    """Return whether the head or foot of a document, or a margin of its pages, carries a secrecy stamp."""
    filled = [line for line in lines if line.strip()]
    return any(map(is_stamp, (*_whole(_head(filled)), *_whole(filled[-_FOOT_LINES:]), *margins)))


def bears_spoilt_stamp(lines: Sequence[str], margins: Iterable[str] = ()) -> bool:
    """Return whether the head or foot of a spoilt text, or a margin of its pages, carries what is left of a stamp."""
    filled = [line for line in lines if line.strip()]
    return any(map(is_spoilt_stamp, (*_head(filled), *filled[-_FOOT_LINES:], *margins)))


def is_spoilt_stamp(line: str) -> bool:
    """Return whether a line, or a part of it that stands apart, is what recognition or lost marks left of a stamp."""
    parts = (_unspaced(part) for part in _COLUMNS.split(line[:_LONGEST_LINE]))
    return any(part.isupper() and bool(_SPOILT.fullmatch(bared(part))) for part in parts)


def is_stamp(line: str) -> bool:
    """Return whether a line of a head, foot or margin, or a cell, is a stamp rather than words about secrecy."""
    # A sheet has a million cells; ASCII cannot write `mật`.
    if line.isascii() or len(line) > _LONGEST_LINE:
        return False
    line = _UNSEEN.sub("", unicodedata.normalize("NFKC", line.replace("_", " ")))
    return any(_is_grade(_unspaced(part)) for part in (line, *_COLUMNS.split(line)))


def _head(filled: Sequence[str]) -> Sequence[str]:
    for number, line in enumerate(filled[:_HEAD_LINES]):
        if number >= _SURE_LINES and _CLAUSE.match(line):
            return filled[:number]
    return filled[:_HEAD_LINES]


def _whole(lines: Sequence[str]) -> Iterator[str]:
    half = None
    for line in lines:
        line = unicodedata.normalize("NFC", line)
        yield f"{half[1]} {line}" if half and _OTHER_HALF.match(line) else line
        half = _HALF.search(line)


def _unspaced(part: str) -> str:
    """Put together letters written apart (`M Ậ T`), and words by one space."""
    words = part.split()
    if len(words) > 2 and all(len(word) == 1 for word in words):
        return " ".join("".join(word.split()) for word in re.split(r"\s{2,}", part.strip()))
    return " ".join(words)


def _is_grade(part: str) -> bool:
    if len(part) > _LONGEST_STAMP:
        return False
    if part in _TIGHT or _ALONE.fullmatch(part) or _TITLE.fullmatch(part):
        return True
    return bool((_NAMED.search(part) or _UPPER.search(_LABEL.sub("", part))) and not _is_sentence(part))


def _is_sentence(part: str) -> bool:
    return sum(word.islower() and word.strip(".,;:()").isalpha() for word in part.split()) >= _SENTENCE_WORDS
