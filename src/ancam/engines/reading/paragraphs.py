"""Clean lines → paragraphs: lines that a page or a column broke are joined again."""

import re
from dataclasses import dataclass

from ancam.engines.reading.syllables import is_syllable

_TERMINAL = re.compile(r"(?:[.;:!?…]|\./\.)[\"”’)]*$")
_MARKER = re.compile(
    r"(?P<number>\d{1,2})[.)/,]\s+\S|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?\s+\S|[a-zđ][.)/]\s+\S|[IVX]{1,5}[.)/]\s+\S"
    r"|[-–—+]\s*\S"
    r"|(?:Điều|ĐIỀU)\s+(?P<article>\d{1,3})\s*[.:]|(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC)\s+(?:[IVX]+|\d{1,2})\b"
)
_CUE = re.compile(
    r"Số\s*:|Kính gửi|KÍNH GỬI|Nơi nhận|NƠI NHẬN|V/v|Căn cứ |C(?:ộng|ỘNG) h?H?(?:òa|ÒA|OÀ) |Độc lập|Phụ lục|PHỤ LỤC"
    r"|(?:TM|KT|TL|TUQ|Q)\.\s|Lưu\s*:|\(?Gửi kèm|\(?Kèm theo|\(Ban hành kèm|Xét đề nghị|Theo đề nghị|Trên cơ sở"
    r"|Thực hiện (?:Chỉ|Công|Kế|Quyết|Nghị|Thông|văn|chỉ|ý)"
)
_PLACE_DATE = re.compile(r"[^\d,;:]{2,40},\s*ngày\b.{0,12}\btháng\b.{0,8}\bnăm\b")
_INLINE_LETTER = re.compile(r"(?<=[;:.])\s+(?=[a-zđ]\)\s)")
_SUBJECT = re.compile(r"V/v|Về việc ")
_BODY = re.compile(
    r"(?:UBND|Ủy ban|Thực hiện|Ngày|Trong|Để|Hiện nay|Thời gian|Những|Nhằm|Theo|Sở|Công an|Giám đốc|Chủ tịch|Căn cứ"
    r"|Tại (?:cuộc|hội|phiên|buổi)) "
)
# Words that cannot end a paragraph.
_HANGING = re.compile(
    r"(?:(?<!\w)(?:và|của|về|các|tại|cho|với|hoặc|do|để|theo|ngày|tháng|năm|số|trong|trên|đến|từ|là|có|được|bằng"
    r"|những)|,)$"
)
_HYPHEN = re.compile(r"\w-$")
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
_FIRST_LETTERS = re.compile(r"[^\W\d_]+")
_NARROWEST = 40
_SHORTEST_TITLE = 8
_WIDEST = 130
_FEWEST_LINES = 8
# What a pattern needs to see of a paragraph before its last line, and when a paragraph is none any more: what is
# joined line by line must not be looked through from its beginning each time.
_REACH = 120
_LONGEST = 25_000


@dataclass(frozen=True, slots=True)
class _Width:
    """How the file broke its lines: at a column (`full` is a nearly full line), or never."""

    full: float | None

    @classmethod
    def of(cls, lines: list[str]) -> "_Width":
        lengths = sorted(len(line) for line in lines)
        if len(lengths) < _FEWEST_LINES:
            return cls(None)
        width = lengths[int(len(lengths) * 0.9)]
        if not _NARROWEST <= width <= _WIDEST:
            return cls(None)
        broken = sum(len(line) >= 0.75 * width and not _TERMINAL.search(line) for line in lines)
        return cls(0.7 * width if broken >= max(3, len(lines) / 15) else None)


def joined(lines: list[str]) -> list[str]:
    """Return the paragraphs of clean lines, empty lines dropped.

    A line goes on from the one before when that did not end a sentence and this one begins in small letters, or
    when the file breaks its lines at a column and the one before was full. A hyphen at a line's end is a real one
    unless it parts one syllable in two.
    """
    kept = [line for line in lines if line]
    touching = [bool(before) for before, line in zip(["", *lines], lines, strict=False) if line]
    width = _Width.of(kept)
    paragraphs: list[str] = []
    last = ""
    numbers: set[int] = {0}
    for line, touches in zip(kept, touching, strict=True):
        if _joins(paragraphs, last, line, width, numbers, touches=touches):
            paragraphs[-1] = _put_together(paragraphs[-1], line)
        else:
            paragraphs.append(line)
            numbers |= _number(line)
        last = line
    return [piece for paragraph in paragraphs for piece in _inline_points(paragraph)]


def _put_together(before: str, line: str) -> str:
    if not _HYPHEN.search(before):
        return f"{before} {line}"
    first, rest = _LAST_LETTERS.search(before[:-1]), _FIRST_LETTERS.match(line)
    halves = (first.group() if first else "", rest.group() if rest else "")
    # Of one written word the second half begins in small letters: `CT-TTg` keeps its hyphen.
    is_one = halves[1].islower() and is_syllable("".join(halves)) and not all(map(is_syllable, halves))
    return before[:-1] + line if is_one else before + line


def _joins(paragraphs: list[str], last: str, line: str, width: _Width, numbers: set[int], *, touches: bool) -> bool:
    if not paragraphs:
        return False
    before = paragraphs[-1]
    if len(before) > _LONGEST:
        return False
    is_subject = bool(_SUBJECT.match(before))
    under_title = is_subject or (len(paragraphs) > 1 and paragraphs[-2].isupper())
    if under_title and _BODY.match(line) and not _HANGING.search(before[-_REACH:]):
        return False
    return _goes_on(before, last, line, width, numbers) or (touches and is_subject and _is_plain(before, line))


def _is_plain(before: str, line: str) -> bool:
    marked = _MARKER.match(line) or _CUE.match(line) or _PLACE_DATE.match(line)
    return not (
        marked or _TERMINAL.search(before[-_REACH:]) or line.isupper() or line.endswith(":") or _BODY.match(line)
    )


def _number(line: str) -> set[int]:
    found = _MARKER.match(line)
    return {int(found["number"])} if found and found["number"] else set()


def _goes_on(before: str, last: str, line: str, width: _Width, numbers: set[int]) -> bool:
    full = width.full is not None and len(last) >= width.full
    end = before[-len(last) - _REACH :]
    ended = _TERMINAL.search(end) and not (full and end.endswith(";"))
    if ended or _PLACE_DATE.search(end) or (line.isupper() and len(line) > _SHORTEST_TITLE):
        return False
    if _MARKER.match(line):
        return full and not line.startswith(("-", "+")) and _out_of_order(line, numbers)
    if _CUE.match(line) or _PLACE_DATE.match(line):
        return full and line[0].islower()
    if before.isupper():
        return False
    if _HYPHEN.search(end) or _HANGING.search(end):
        return True
    return line[0].islower() or full or (line[0].isdigit() and not line.isdigit())


def _out_of_order(line: str, numbers: set[int]) -> bool:
    """Whether a number at the head of a full column's next line belongs to the sentence before it."""
    number = _number(line)
    return bool(number) and not any(n - 1 in numbers or n == 1 for n in number)


def _inline_points(paragraph: str) -> list[str]:
    if " a) " not in f" {paragraph}" or " b) " not in paragraph:
        return [paragraph]
    return _INLINE_LETTER.split(paragraph)
