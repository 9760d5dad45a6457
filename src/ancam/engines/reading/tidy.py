"""Raw lines → clean lines: Markdown marks, columns, page numbers and odd characters taken out."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_COMMENT = re.compile(r"#\s*source\b")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
_QUOTE = re.compile(r"\s*>\s?")
_STAR_ITEM = re.compile(r"(\s*)[*•●▪◦·–—]\s+(?!\*)")
_STRONG = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|`")
_SINGLE_STARS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]*[^\s*])\*(?![\w*])")
# Of a pair that a broken line parted.
_LONE_STAR = re.compile(r"(?<![\w*\\])\*(?=\w)|(?<=[\w.,;:)])\*(?![\w*])")
_ESCAPED = re.compile(r"\\([.\-_*()#+\[\]])")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")
_LONE_MARKS = re.compile(r"[\u0300-\u036f]")
# What dust on the paper leaves before the number of a point, and after a line.
_SPECK_BEFORE = re.compile(r"^\s*[:;.,'`´‘’|~_°]{1,2}\s+(?=(?:\d{1,2}|[a-zđ]|[IVX]{1,4})[.)]\s+\w)")
_SPECK_AFTER = re.compile(r"(?<=\w|[.,;:])\s+['`´|]\s*$")
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:Trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–—\s]*")
# A number alone on the line after these goes on with them.
_BEFORE_NUMBER = re.compile(r"(?<!\w)(?:ngày|tháng|năm|quý|số)$", re.IGNORECASE)
_RULE = re.compile(r"[\s_\-=*─—–.]{3,}")
_COLUMNS = re.compile(r"\s{3,}|\t+")
# What stands in the right half of a letter's head; a text layer puts it on the line of the left half.
_RIGHT_HALF = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|(?-i:ĐẢNG CỘNG SẢN VIỆT NAM)|Độc lập\s*[-–—]\s*Tự do"
    r"|,\s*ngày\s(?:.{0,12}tháng\s.{0,8}năm\s|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\s*$)",
    re.IGNORECASE,
)
_MOTTO = re.compile(
    r"(?<=\S)\s+(?=V/v\s|CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM"
    r"|Độc lập\s*[-–—]\s*Tự do\s*[-–—]\s*Hạnh phúc)"
)
# The place and date beside a line of the name, and the signer's office beside a line of those who receive a copy.
_PLACE_BESIDE = re.compile(
    r"(?<=[^\s,])\s+(?=[A-ZĐÀ-Ỹ][a-zà-ỹ]+(?:\s[A-ZĐÀ-Ỹ][a-zà-ỹ]+){0,3}\s?[,;]\s?ngày\s.{0,6}tháng\s)"
)
_OFFICE_BESIDE = re.compile(
    r"(?<=\S)\s+(?=(?:(?:KT|TM|TL|TUQ|Q)\.\s?[A-ZĐÀ-Ỹ\s]{4,}|(?:PHÓ |QUYỀN )?(?:TỔNG )?(?:GIÁM ĐỐC|CHỦ TỊCH"
    r"|TRƯỞNG|CHÁNH|BÍ THƯ|(?:CHI )?CỤC TRƯỞNG|(?:HIỆU|ĐỘI|VIỆN|THỦ) TRƯỞNG)[A-ZĐÀ-Ỹ\s,\-–]*)$)"
)
_FOOT = re.compile(r"\W*(?:nơi nhận|như trên|như kính gửi)", re.IGNORECASE)


def tidy(lines: Iterable[str], *, of_cell: bool = False) -> list[str]:
    """Return the lines in NFC with marks of other formats taken out; blank lines stay, as empty strings.

    of_cell: they stand in a cell of a table, where a number alone is no page's.
    """
    clean: list[str] = []
    in_foot = False
    for number, raw in enumerate(_split(lines)):
        if number == 0 and _COMMENT.match(raw):
            continue
        line = _plain(raw)
        in_foot = in_foot or bool(_FOOT.match(line))
        numbered = _PAGE_NUMBER.fullmatch(line) and not (clean and _BEFORE_NUMBER.search(clean[-1]))
        if not of_cell and (numbered or _RULE.fullmatch(line)):
            continue
        clean.extend(" ".join(half.split()) for half in _halves(line, in_foot=in_foot))
    return clean


def _split(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from re.split(r"[\n\r\x0b\x0c\x85\u2028\u2029]", _BREAK.sub("\n", line))


def _plain(raw: str) -> str:
    line = _UNSEEN.sub("", unicodedata.normalize("NFC", raw)).replace("\xa0", " ").replace("\u2011", "-")
    line = _LONE_MARKS.sub("", line).replace("\u2044", "/").replace("\u2215", "/")
    line = _SPECK_AFTER.sub("", _SPECK_BEFORE.sub("", line))
    line = _QUOTE.sub("", _HEADING.sub("", line, count=1), count=1) if line[:4].strip()[:1] in ("#", ">") else line
    line = _STRONG.sub("", line)
    line = _STAR_ITEM.sub(r"\1- ", line, count=1) if _STAR_ITEM.match(line) else line
    line = _LONE_STAR.sub("", _SINGLE_STARS.sub(r"\1", line))
    return _ESCAPED.sub(r"\1", line)


def _halves(line: str, *, in_foot: bool) -> list[str]:
    """Split a line that holds both halves of the head or of the foot."""
    if in_foot or _RIGHT_HALF.search(line[:400]):
        parts = [part for part in _COLUMNS.split(line.strip()) if part]
        if len(parts) > 1 and not re.match(r"\W*Số\s*:?$|.*\bngày$|.*\btháng$", parts[0]):
            return [part for half in parts for part in _MOTTO.split(half)]
    if len(line) >= 400:
        return [line]
    halves = _OFFICE_BESIDE.split(line) if in_foot else _MOTTO.split(line)
    return [part for half in halves for part in _place_apart(half)]


def _place_apart(line: str) -> list[str]:
    """Split a line of the name, all in capitals, from the place and date beside it."""
    for found in _PLACE_BESIDE.finditer(line):
        name = line[: found.start()]
        if name.isupper():
            return [name, line[found.end() :]]
    return [line]
