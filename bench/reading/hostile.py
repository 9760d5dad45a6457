"""Letters gone wrong and files made to do harm, drawn from a random: the same from the same one.

`hostile` gives a case; `faults` tells what in a reading of it no reading may have.
"""

import importlib
import io
import pkgutil
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from as_files import as_docx, as_html, parts_of
from damage import DAMAGES
from labelled import letters_of
from packed import ENDINGS, TEXT, W, docx_parts, odt_parts, packed, zipped

from ancam.engines import reading
from ancam.engines.reading.model import Deadline, Reading, Span

LONGEST_RUN = 19_000
_PLAIN_WORD = re.compile(r"(?<![\\\w])[^\W\d_]{2,}(?: [^\W\d_]+)*")
# What a pattern with two ways through it would go over again and again.
RUNS = (
    " ", "\t", "\u00a0", "_", ".", "…", "-", "*", "#", "|", "(", ")", "()", "((", "[", "“", ",", ";", ":", "0", "1",
    "9", "1.", "1.1.", "a) ", "- ", "+ ", "I. ", "Điều 1. ", "và ", "và, ", "hoặc ", ", ", "; ", "các ", "của ", "để ",
    "khi ", "ngày ", "ngày 1 tháng ", "ngày 1/1 ", "tháng 1 năm ", "trước ", "trước ngày ", "trong ", "trong vòng ",
    "năm 2024 ", "quý ", "1/", "1-", "1/1/", "01/02/2024, ", "Sở ", "Sở Y và ", "các sở, ", "Công an ", "UBND ",
    "Ủy ban nhân dân tỉnh ", "Số: ", "Số ", "12/UBND-", "Công văn số ", "Chỉ thị số 1/CT ngày ", "Kính gửi: ",
    "Nơi nhận: ", "V/v ", "TM. ", "A", "Ă", "á ", "A ", "báo cáo ", "báo cáo kết quả về ", "gửi ", "giao ",
    "đề nghị ", "chủ trì, ", "phối hợp ", "chủ trì, phối hợp với ", "đồng thời ", "được ", "do ", "không ", "đã ",
    "kể từ ", "5 ngày kể từ ", "xác định ", "cấp độ ", "camera ", "phương án, ", "tổ chức ", "hướng dẫn ",
    "triển khai ", "thực hiện ", "hằng tháng ", "định kỳ ", "Một là, ", "thứ hai, ", "(qua ", "mật ", "M Ậ T ",
    "cơ quan, ", "đơn vị, ", "nêu trên ", "này ", "<br>", "> ", "Phụ lục ", "mọi ", "trường hợp ", "nếu ", "theo ",
)  # fmt: skip
SIGNS = (
    "\u0301", "\u0323\u0302", "\u202e", "\u202a", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u2028", "\u2029", "\u0085",
    "\x0b", "\x0c", "\x00", "\x1c", "\ud800", "\udfff", "\U0001f4f7", "\U000e0001", "İ", "ß", "ﬁ", "ﷺ", "①", "½",
    "٣", "๓", "１", "Ⅳ", "ǆ", "ŉ", "̀ͅ", "\u3000", "ʼ", "ἀ", "가", "ᄀ", "\ue000", "\ufffe",
)  # fmt: skip
DATES = (
    "30/02/2024", "31/4/2024", "29/02/2023", "00/00/0000", "32/13/2024", "99/99/9999", "1/1/1900", "31/12/2099",
    "ngày 31 tháng 11 năm 2024", "ngày 0 tháng 0 năm 2024", "tháng 13/2024", "quý 9 năm 2024", "tháng 0/2024",
    "năm 2099", "ngày ٣/٣/2024", "ngày １ tháng ２ năm ２０２４", "15.3.2024", "15-3-2024", "16h00 ngày 31/3",
    "30/2", "quý IV năm 2024", "6 tháng cuối năm 2024", "ngày 99", "29/2", "trước năm 1900", "năm 1900",
)  # fmt: skip
NUMBERS = ("0", "-1", "007", "999999", "99999999999999999999", "1e9", "9" * 700, "٣", "½", "²", "1.1.1.1.1", "")
STARTS = (b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"<html>", b"\xd0\xcf\x11\xe0")
TAGS = ("b", "i", "div", "table", "ol", "li", "td", "font", "p", "span", "ul", "a", "tr", "svg", "title")


@dataclass(frozen=True, slots=True)
class Case:
    """A file and, for a person, what was done to make it."""

    data: bytes
    name: str
    done: tuple[str, ...]


def hostile(dice: Random) -> Case:
    """Return a case: bytes of no meaning, a letter reworded in any format, or a file whose inside was damaged."""
    kind = dice.randrange(10)
    if kind == 0:
        return _meaningless(dice)
    text, done = _reworded(dice)
    if kind <= 6:
        ending = dice.choice(("txt", "txt", "txt", *ENDINGS))
        return Case(_encoded(text, ending, dice), f"thu.{ending}", done)
    make = dice.choice((_archive, _archive, _page, _flipped, _flipped, _table, _table))
    data, name, how = make(text, dice)
    return Case(data, name, (*done, how))


def faults(reading: Reading) -> list[str]:
    """Return what a reading has that none may: spans outside its text, an id twice, a date that nobody wrote."""
    found = [f"vị trí {span} ngoài văn bản" for span in _spans(reading) if not _holds(span, reading.text)]
    ids = [one.id for one in reading.obligations]
    found += [f"mã {one} hai lần" for one in sorted({one for one in ids if ids.count(one) > 1})]
    said = _squeezed(reading.text)
    for one in reading.obligations:
        if not 0 <= one.confidence <= 1 or not one.action:
            found.append(f"{one.id}: tin cậy {one.confidence}, việc “{one.action[:20]}”")
        found += [f"{one.id}: {fault}" for fault in _invented(one.deadline, said)]
    return found


def _spans(reading: Reading) -> Iterator[Span]:
    yield from (span for one in reading.anomalies for span in one.spans)
    for clause in reading.clauses:
        yield from (clause.marker, clause.span)
    for one in reading.obligations:
        yield from one.spans
        yield from (span for anomaly in one.anomalies for span in anomaly.spans)


def _holds(span: Span, text: str) -> bool:
    return 0 <= span[0] <= span[1] <= len(text)


def _invented(deadline: Deadline, said: str) -> Iterator[str]:
    """Yield what of a deadline does not stand in the text: its words, its year, its day."""
    words = _squeezed(deadline.text or "")
    if words not in said:
        yield f"thời hạn “{words[:60]}” không có trong văn bản"
    if deadline.date is None:
        return
    if not words:
        yield f"ngày {deadline.date} không có lời"
    years = {int(year) for year in re.findall(r"\d{4}", words if re.search(r"(?:19|20)\d\d", words) else said)}
    # Without a year of its own a day is the next one after the letter.
    if not years & {deadline.date.year, deadline.date.year - 1}:
        yield f"năm của {deadline.date} không có trong văn bản"
    if not _is_edge(deadline.date) and deadline.date.day not in {int(n) for n in re.findall(r"\d+", words)}:
        yield f"ngày của {deadline.date} không có trong “{words[:60]}”"


def _is_edge(day: date) -> bool:
    """Return whether a day is the first or last of a month, as those of a period are."""
    return day.day == 1 or day.day >= 28


def _squeezed(text: str) -> str:
    return " ".join(text.split())


@cache
def _texts() -> tuple[str, ...]:
    """Return the texts of all letters, those with tables with their cells in lines of their own."""
    letters = letters_of()
    torn = (DAMAGES["torn"](letter, Random(1)) for letter in letters)
    return tuple(letter.text for letter in (*letters, *torn) if letter is not None)


@cache
def _with_tables() -> tuple[tuple[bytes, bytes], ...]:
    """Return the letters with tables as .docx and as .html, the cells real ones."""
    lettered = (parts_of(letter.name) for letter in letters_of() if "tables" in letter.label)
    return tuple((as_docx(lines, tables), as_html(lines, tables)) for lines, tables in lettered)


@cache
def _words_of_patterns() -> tuple[tuple[str, ...], ...]:
    """Return the words that each pattern of the reader looks for: what it could read in two ways stands among them."""
    patterns = {
        value.pattern
        for module in pkgutil.iter_modules(reading.__path__)
        if module.name != "tests"
        for value in vars(importlib.import_module(f"{reading.__name__}.{module.name}")).values()
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str)
    }
    # Some patterns are made of sets, whose order is another one in every process.
    words = {tuple(sorted(set(_PLAIN_WORD.findall(pattern)))) for pattern in patterns}
    return tuple(sorted(one for one in words if one))


def _meaningless(dice: Random) -> Case:
    size = dice.choice((0, 1, 7, 60, 400, 3000))
    ending = dice.choice((*ENDINGS, "doc", "rtf", ""))
    return Case(dice.choice(STARTS) + dice.randbytes(size), f"thu.{ending}".rstrip("."), ("ngẫu nhiên",))


def _reworded(dice: Random) -> tuple[str, tuple[str, ...]]:
    """Return the text of a letter, half of them shortened, after up to three changes."""
    text = dice.choice(_texts())
    if dice.randrange(2):
        lines = text.split("\n")
        at = dice.randrange(12, max(13, len(lines) - 6))
        text = "\n".join((*lines[:12], *lines[at : at + 6], *lines[-6:]))
    done = []
    for _ in range(dice.randrange(4)):
        change = dice.choice(_CHANGES)
        text = change(text, dice)
        done.append(change.__name__.strip("_"))
    return text, tuple(done)


def _place(text: str, dice: Random) -> int:
    return dice.randrange(len(text) + 1)


def _run(text: str, dice: Random) -> str:
    """Put a long run of one thing in somewhere, sometimes in two kinds by turns."""
    way = dice.randrange(4)
    if way == 0:
        piece = dice.choice(RUNS) + dice.choice(RUNS)
    elif way == 1:
        words = dice.choice(_words_of_patterns())
        piece = " ".join(dice.choice(words) for _ in range(dice.choice((1, 2, 2, 3)))) + " "
    else:
        piece = dice.choice(RUNS)
    at = _place(text, dice)
    return text[:at] + piece * (dice.choice((3, 40, 400, LONGEST_RUN)) // len(piece) + 1) + text[at:]


def _long_line(text: str, _: Random) -> str:
    return (" ".join(text.split()) + " ") * (50_000 // max(1, len(text)) + 1)


def _one_line(text: str, _: Random) -> str:
    return " ".join(text.split())


def _dropped(text: str, dice: Random) -> str:
    words = text.split(" ")
    at = dice.randrange(len(words))
    return " ".join((*words[:at], *words[at + dice.randrange(1, 12) :]))


def _doubled(text: str, dice: Random) -> str:
    start, end = sorted((_place(text, dice), _place(text, dice)))
    return text[:start] + text[start:end] * dice.choice((2, 2, 3, 8)) + text[end:]


def _shuffled(text: str, dice: Random) -> str:
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    words = lines[at].split(" ")
    dice.shuffle(words)
    lines[at] = " ".join(words)
    return "\n".join(lines)


def _moved(text: str, dice: Random) -> str:
    lines = text.split("\n")
    lines.insert(dice.randrange(len(lines)), lines.pop(dice.randrange(len(lines))))
    return "\n".join(lines)


def _mixed(text: str, dice: Random) -> str:
    """Go on with another letter from somewhere in the middle."""
    other = dice.choice(_texts())
    return text[: _place(text, dice)] + other[_place(other, dice) :]


def _cut(text: str, dice: Random) -> str:
    start, end = sorted((_place(text, dice), _place(text, dice)))
    return text[start:end]


def _dated(text: str, dice: Random) -> str:
    """Put another date, most of them impossible, for one of the letter's, or after a cue somewhere."""
    said = dice.choice(DATES)
    found = list(re.finditer(r"\d{1,2}/\d{1,2}(?:/\d{4})?|ngày \d+ tháng \d+ năm \d+", text))
    if found and dice.randrange(3):
        one = dice.choice(found)
        return text[: one.start()] + said + text[one.end() :]
    at = _place(text, dice)
    return f"{text[:at]} {dice.choice(('trước ngày', 'trước', 'trong', 'chậm nhất', 'ngày'))} {said} {text[at:]}"


def _numbered(text: str, dice: Random) -> str:
    found = list(re.finditer(r"\d+", text)) or [re.match("", text)]
    one = dice.choice(found)
    assert one is not None
    return text[: one.start()] + dice.choice(NUMBERS) + text[one.end() :]


def _signed(text: str, dice: Random) -> str:
    """Strew one unusual sign in a place, a few or thousands of times."""
    sign, at = dice.choice(SIGNS), _place(text, dice)
    if dice.randrange(4):
        return text[:at] + sign * dice.choice((1, 3, 30, 3000)) + text[at:]
    return sign.join(text.split(" "))


def _decomposed(text: str, _: Random) -> str:
    return unicodedata.normalize("NFD", text)


def _capital(text: str, dice: Random) -> str:
    return text.upper() if dice.randrange(2) else text.title()


def _lines_apart(text: str, dice: Random) -> str:
    return text.replace("\n", dice.choice(("\n\n\n", "\r", "\r\n", "\x0c", "\u2028", "\n> ", "\n# ", "\n| ", "\n\t\t")))


def _nested(text: str, dice: Random) -> str:
    """Number every line: siblings by the thousand, or ever deeper."""
    marks = dice.choice(
        (("a)",), ("-",), ("1.", "a)", "-", "+"), ("I.", "1.", "1.1.", "1.1.1.", "a)", "(1)", "-", "+"))
    )
    lines = text.split("\n") * dice.choice((1, 1, 3))
    return "\n".join(f"{marks[n % len(marks)]} {line}" for n, line in enumerate(lines))


_CHANGES: tuple[Callable[[str, Random], str], ...] = (
    _run, _run, _run, _long_line, _one_line, _dropped, _doubled, _shuffled, _moved, _mixed, _cut, _dated, _dated,
    _numbered, _signed, _signed, _decomposed, _capital, _lines_apart, _nested,
)  # fmt: skip


def _encoded(text: str, ending: str, dice: Random) -> bytes:
    if ending == "txt" and not dice.randrange(5):
        return text.encode(dice.choice(("utf-16", "utf-16-be", "cp1258", "latin-1", "utf-7", "utf-32")), "replace")
    return packed(text, ending)


def _flipped(text: str, dice: Random) -> tuple[bytes, str, str]:
    """Turn bits over, drop a stretch, repeat one or cut the end off in the bytes of any format."""
    ending = dice.choice(ENDINGS)
    data = bytearray(packed(text, ending))
    for _ in range(dice.choice((1, 1, 4, 40))):
        at = dice.randrange(len(data)) if data else 0
        way = dice.randrange(4) if data else 0
        if way == 0:
            data[at : at + 1] = bytes([dice.randrange(256)])
        elif way == 1:
            data[at] ^= 1 << dice.randrange(8)
        elif way == 2:
            del data[at : at + dice.choice((1, 8, 200))]
        else:
            data[at:at] = data[at : at + dice.choice((1, 8, 200))]
    if not dice.randrange(3):
        del data[dice.randrange(len(data) + 1) :]
    return bytes(data), f"thu.{ending}", "lật bit"


def _page(text: str, dice: Random) -> tuple[bytes, str, str]:
    """Put tags that do not belong into a page: nested by the thousand, of huge spans, never closed."""
    page = packed(text, "html").decode(errors="surrogatepass")
    tag, at = dice.choice(TAGS), _place(page, dice)
    attributes = dice.choice(
        ("", f' rowspan="{dice.choice(NUMBERS)}" colspan="{dice.choice(NUMBERS)}"', f' start="{dice.choice(NUMBERS)}"',
         f' value="{dice.choice(NUMBERS)}" type="{dice.choice("1aAiIx")}"', ' style="display:none"',
         ' style="font-family:.VnTime"', " hidden", f' style="{"(" * 500}"')
    )  # fmt: skip
    piece = f"<{tag}{attributes}>" * dice.choice((1, 50, 3000)) + dice.choice(
        ("", "x", f"</{tag}>" * 50, "<!--", "<![CDATA[")
    )
    entity = dice.choice(("", "", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>', '<?xml version="1.0"?>'))
    return (entity + page[:at] + piece + page[at:]).encode(errors="surrogatepass"), "thu.html", f"thẻ {tag}"


def _table(_: str, dice: Random) -> tuple[bytes, str, str]:
    """Damage a letter whose tables have real cells: their spans, their rows, what they stand in."""
    packed_one, page = dice.choice(_with_tables())
    if dice.randrange(2):
        made = page.decode()
        for _again in range(dice.choice((1, 3, 10))):
            made = _retagged(made, dice)
        return made.encode(errors="surrogatepass"), "thu.html", "bảng"
    with zipfile.ZipFile(io.BytesIO(packed_one)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    change = dice.choice((_valued, _valued, _retagged_parts, *_INSIDES))
    return zipped(change(parts, dice)), "thu.docx", f"bảng + {change.__name__.strip('_')}"


def _retagged(made: str, dice: Random) -> str:
    """Take one tag of a table or a paragraph out, or put it elsewhere, or say another number in it."""
    found = list(re.finditer(r"</?(?:t[rdh]|table|p|br|w:t(?:bl|r|c)|w:p)\b[^>]*>", made))
    if not found:
        return made
    one, other = dice.choice(found), dice.choice(found)
    way = dice.randrange(3)
    if way == 0:
        return made[: one.start()] + made[one.end() :]
    if way == 1:
        return made[: other.start()] + one.group() * dice.choice((1, 2, 300)) + made[other.start() :]
    said = re.sub(r'"\d+"', lambda _: f'"{dice.choice(NUMBERS)}"', one.group())
    return made[: one.start()] + said + made[one.end() :]


def _archive(text: str, dice: Random) -> tuple[bytes, str, str]:
    """Damage what is inside a .docx or .odt, under names and sums that fit."""
    ending = dice.choice(("docx", "odt"))
    parts = list((docx_parts if ending == "docx" else odt_parts)(text).items())
    change = dice.choice(_INSIDES)
    return zipped(change(parts, dice)), f"thu.{ending}", change.__name__.strip("_")


Parts = list[tuple[str, bytes]]


def _swapped(parts: Parts, dice: Random) -> Parts:
    """Give the parts each other's content, or leave one out, or have one twice."""
    way = dice.randrange(4)
    if way == 0:
        return [(name, parts[-1 - n][1]) for n, (name, _) in enumerate(parts)]
    if way == 1:
        return parts[:-1] if dice.randrange(2) else parts[1:]
    if way == 2:
        return [*parts, (dice.choice(STRANGE_PARTS), parts[0][1])]
    return [(name, content[: dice.randrange(len(content) + 1)]) for name, content in parts]


STRANGE_PARTS = (
    "word/styles.xml", "word/numbering.xml", "word/header1.xml", "../../etc/passwd", "/etc/thu.xml", "styles.xml",
    "META-INF/manifest.xml", "xl/workbook.xml", "word/vbaProject.bin", "a.exe", "word/" + "a" * 300 + ".xml",
    "word/\u202exml.x",
)  # fmt: skip


def _bomb(parts: Parts, dice: Random) -> Parts:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    start = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>'.encode()
    if dice.randrange(2):
        start = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return [(name, start + content) for name, content in parts]


def _inserted(parts: Parts, dice: Random) -> Parts:
    """Put elements that do not belong there into the text: deep, many, with huge numbers."""
    tag = dice.choice(
        ("w:tbl", "w:p", "w:r", "w:tc", "w:txbxContent", "w:numPr", "text:list", "text:p", "text:span", "text:s")
    )
    number = dice.choice(NUMBERS)
    attributes = f' w:val="{number}" text:c="{number}" text:start-value="{number}" text:style-name="{number}"'
    count = dice.choice((1, 60, 250, 3000))
    piece = f"<{tag}{attributes}>" * count + "x" + f"</{tag}>" * count
    if not dice.randrange(2):
        piece = f"<{tag}{attributes}/>" * count
    wrapped = f'<x xmlns:w="{W}" xmlns:text="{TEXT}">{piece}</x>'.encode()
    return [(name, _into_text(content, wrapped, dice)) for name, content in parts]


def _into_text(content: bytes, piece: bytes, dice: Random) -> bytes:
    places = [found.start() for found in re.finditer(rb"<w:p>|<w:r>|<text:p>", content)]
    at = dice.choice(places) if places else len(content)
    return content[:at] + piece + content[at:]


def _bytes_inside(parts: Parts, dice: Random) -> Parts:
    made = []
    for name, content in parts:
        data = bytearray(content)
        for _ in range(dice.choice((1, 5))):
            if data:
                data[dice.randrange(len(data))] = dice.randrange(256)
        made.append((name, bytes(data)))
    return made


def _valued(parts: Parts, dice: Random) -> Parts:
    """Say other numbers in the attributes of the text: spans, levels, widths."""
    share = dice.choice((0.02, 0.3, 1.0))

    def other(found: re.Match[bytes]) -> bytes:
        return b'="%s"' % dice.choice(NUMBERS).encode() if dice.random() < share else found.group()

    said = (b"w:val", b"w:w", b"w:hRule")
    pattern = re.compile(rb'(?<=%s)="\d+"' % dice.choice(said))
    return [(name, pattern.sub(other, content) if name == "word/document.xml" else content) for name, content in parts]


def _retagged_parts(parts: Parts, dice: Random) -> Parts:
    return [
        (name, _retagged(content.decode(), dice).encode() if name == "word/document.xml" else content)
        for name, content in parts
    ]


_INSIDES: tuple[Callable[[Parts, Random], Parts], ...] = (_swapped, _bomb, _inserted, _inserted, _bytes_inside)
