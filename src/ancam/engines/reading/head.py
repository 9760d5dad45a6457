"""The letter's own particulars: issuer, number, date, kind, subject, addressees, signer, and what it rests on."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ancam.engines.reading.citations import Mention
from ancam.engines.reading.layout import KIND_TITLES, Layout
from ancam.engines.reading.model import Anomaly, Citation, Header, Span
from ancam.engines.reading.names import issuer_of
from ancam.engines.reading.script import Script

_BLANK = r"[\s._…\-–]*"
_NUMBER = re.compile(
    rf"(?:Số"
    rf"|SỐ)\s*:?{_BLANK}(?P<number>\d{{1,6}}[a-z]?)?{_BLANK}[/\-]\s*(?P<symbol>[A-ZĐ][A-Za-zĐđ0-9&]*"
    rf"(?:\s?[-/]\s?[A-ZĐ][A-Za-zĐđ0-9&]*(?!\w))*)"
)
_DATE = re.compile(
    r"(?:(?P<place>[^\d,;:\n]{2,40}?)\s*,\s*)?"
    r"ngày\s*(?P<day>\d{1,2})?[\s._…]*tháng\s*(?P<month>\d{1,2})?[\s._…]*năm\s*(?P<year>(?:19"
    r"|20)\d\d)?",
    re.IGNORECASE,
)
_MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*[-–—]", re.IGNORECASE)
_SYMBOL_KINDS = {
    "CT": "chỉ thị", "QĐ": "quyết định", "KH": "kế hoạch", "TB": "thông báo", "BC": "báo cáo", "TTR": "tờ trình",
    "CĐ": "công điện", "NQ": "nghị quyết", "HD": "hướng dẫn", "GM": "giấy mời", "CTR": "chương trình",
    "PA": "phương án",
}  # fmt: skip
_ADDRESSED = re.compile(r"\W*kính gửi\s*:?\s*", re.IGNORECASE)
_ROLE = re.compile(
    r"(?:(?:TM|KT|TL|TUQ|Q)\.\s?.+|(?:PHÓ |QUYỀN )?(?:TỔNG )?(?:GIÁM ĐỐC|CHỦ TỊCH|TRƯỞNG|CHÁNH|BÍ THƯ|HIỆU TRƯỞNG"
    r"|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|THỦ TRƯỞNG|VIỆN TRƯỞNG)[A-ZĐÀ-Ỹ\s,\-–]*|"
    r"PHÓ [A-ZĐÀ-Ỹ\s]+)"
)
_PERSON = re.compile(
    r"(?:(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy)|ThS|TS|BS)\.?\s+)?[A-ZĐÀ-Ỹ][a-zà-ỹ]+"
    r"(?:\s+[A-ZĐÀ-Ỹ][a-zà-ỹ]+){1,4}"
)
_COPY = re.compile(r"[-–—+]\s*")
# What a letter carries out stands behind one of these; what it only rests on, behind `Căn cứ`.
_CARRIED_OUT = re.compile(
    r"(?<!\w)(?:thực hiện|triển khai|tiếp theo|thi hành|chấp hành|quán triệt|theo)\s(?:[^.;]{0,40}"
    r"|[^.;]{0,220}(?:,|\svà)\s+)$"
)
_GROUND = re.compile(r"\W*(?:căn cứ|xét|theo đề nghị)\b")
_LAW = re.compile(r"/(?:QH\d*|NĐ-CP|TT-\w+|TTLT\S*|BTTTT|BKHCN|BCA|UBTVQH\d*)$", re.IGNORECASE)
_DIRECTIVE = re.compile(r"[/-]CT[/-]")
_OPENING_PARAGRAPHS = 3


@dataclass(frozen=True, slots=True)
class Head:
    """The particulars with what is odd about them. day: the letter's date for judging deadlines, None when unknown."""

    header: Header
    anomalies: tuple[Anomaly, ...]
    day: dt.date | None


def read_head(script: Script, layout: Layout, mentions: Sequence[Mention]) -> Head:
    """Return the particulars of a letter and the anomalies of its head and foot."""
    number = _first(script, _NUMBER, layout.head)
    dated = _date_match(script, layout)
    date_text, date, day = _date(dated)
    symbol = re.sub(r"\s", "", number["symbol"]) if number else None
    place = " ".join(dated["place"].split()).strip(" -–") if dated and dated["place"] else None
    issuer, stated = issuer_of(script, layout, place, symbol)
    signer, role = _signer(script, layout.foot)
    header = Header(
        issuer=issuer,
        number=number["number"] if number else None,
        symbol=symbol,
        place=place,
        date=date,
        date_text=date_text,
        kind=_kind(script, layout, symbol),
        subject=_subject(script, layout),
        addressees=_addressees(script, layout.addressees),
        cc=tuple(_listed(script, p) for p in layout.foot if _COPY.match(script.text, *p)),
        signer=signer,
        signer_role=role,
        legal_basis=_basis(layout, mentions),
        implements=_implements(script, layout, mentions),
    )
    return Head(header, tuple(_anomalies(script, layout, header, number, dated, stated=stated)), day)


def _first(script: Script, pattern: re.Pattern[str], paragraphs: Sequence[Span]) -> re.Match[str] | None:
    return next((found for p in paragraphs if (found := pattern.search(script.text, *p))), None)


def _date_match(script: Script, layout: Layout) -> re.Match[str] | None:
    """Return the line of place and date; a date inside the subject is another document's."""
    for paragraph in layout.head:
        if paragraph in layout.subject or paragraph in layout.addressees:
            continue
        number = _NUMBER.search(script.text, *paragraph)
        start = number.end() if number else paragraph[0]
        found = _DATE.search(script.text, start, paragraph[1])
        if found and (found["place"] or found.start() - start < 6):
            return found
    return None


def _date(found: re.Match[str] | None) -> tuple[str | None, str | None, dt.date | None]:
    if not found:
        return None, None, None
    whole = found.group().strip()
    text = " ".join(whole[whole.lower().index("ngày") :].split())
    if not (found["month"] and found["year"]):
        return text, None, None
    year, month = int(found["year"]), int(found["month"])
    try:
        day = dt.date(year, month, int(found["day"] or 1))
    except ValueError:
        return text, None, None
    return text, day.isoformat() if found["day"] else f"{year}-{month:02d}", day


def _kind(script: Script, layout: Layout, symbol: str | None) -> str | None:
    if layout.title:
        title = script.words(layout.title).strip(" .:").lower()
        return title if title in KIND_TITLES else None
    first = re.split(r"[-/]", symbol)[0].upper() if symbol else ""
    if first in _SYMBOL_KINDS:
        return _SYMBOL_KINDS[first]
    return "công văn" if layout.addressees or layout.subject or symbol else None


def _subject(script: Script, layout: Layout) -> str | None:
    words = " ".join(script.words(p) for p in layout.subject)
    return words.strip() or None


def _addressees(script: Script, paragraphs: Sequence[Span]) -> tuple[str, ...]:
    names: list[str] = []
    for paragraph in paragraphs:
        found = _ADDRESSED.match(script.text, *paragraph)
        start = found.end() if found else paragraph[0]
        words = script.words((start, paragraph[1])).lstrip("-–—+ ") if start < paragraph[1] else ""
        names.extend(part for name in words.split(";") if (part := name.strip(" .,;-–")))
    return tuple(names)


def _listed(script: Script, paragraph: Span) -> str:
    return _COPY.sub("", script.words(paragraph), count=1).strip(" ;.")


def _signer(script: Script, foot: Sequence[Span]) -> tuple[str | None, str | None]:
    roles: list[str] = []
    name: str | None = None
    for paragraph in foot:
        words = script.words(paragraph).strip(" .“”\"'")
        if _COPY.match(words):
            continue
        if words.isupper() and _ROLE.fullmatch(words):
            roles.append(words)
        elif roles and _PERSON.fullmatch(words):
            name = words
    return name, " - ".join(roles) or None


def _basis(layout: Layout, mentions: Sequence[Mention]) -> tuple[Citation, ...]:
    """Return the documents named before the first point, the fullest mention of each."""
    best: dict[str, Citation] = {}
    for mention in mentions:
        if any(p[0] <= mention.span[0] < p[1] for p in layout.preamble):
            key = mention.citation.number or mention.citation.text
            if key not in best or len(mention.citation.text) > len(best[key].text):
                best[key] = mention.citation
    return tuple(best.values())


def _implements(script: Script, layout: Layout, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the numbers of the orders that the letter carries out; laws and standards are only grounds.

    A letter that says of none that it carries it out carries out the directives it rests on.
    """
    carried_out: list[str] = []
    directives: list[str] = []
    for paragraph in (*layout.preamble, *layout.subject, *layout.body[:_OPENING_PARAGRAPHS]):
        for mention in mentions:
            number = mention.citation.number
            if not number or _LAW.search(number) or not paragraph[0] <= mention.span[0] < paragraph[1]:
                continue
            before = _clause(script, paragraph, mention)
            if _CARRIED_OUT.search(script.low, *before) and not _GROUND.match(script.low, *before):
                carried_out.append(number)
            elif _DIRECTIVE.search(number):
                directives.append(number)
    return tuple(dict.fromkeys(carried_out or directives))


def _clause(script: Script, paragraph: Span, mention: Mention) -> Span:
    """Return the words before a mention since the last semicolon or sentence."""
    start = max(script.low.rfind(mark, paragraph[0], mention.span[0]) for mark in (";", ". ")) + 1
    return max(start, paragraph[0]), mention.span[0]


def _anomalies(
    script: Script,
    layout: Layout,
    header: Header,
    number: re.Match[str] | None,
    dated: re.Match[str] | None,
    *,
    stated: bool,
) -> list[Anomaly]:
    found = _missing(script, layout, header, has_number=number is not None, has_date=dated is not None, stated=stated)
    if number and not number["number"]:
        found.append(Anomaly("blank_number", "Số văn bản để trống", (number.span(),)))
    if dated and not dated["day"]:
        found.append(Anomaly("blank_day", "Ngày ban hành để trống", (_stripped(script, dated.span()),)))
    elif dated and not (dated["month"] and dated["year"]):
        message = "Ngày ban hành thiếu tháng hoặc năm, hoặc chưa đọc được"
        found.append(Anomaly("blank_day", message, (_stripped(script, dated.span()),)))
    elif dated and header.date is None:
        found.append(_impossible(script, dated))
    if header.signer is None:
        found.append(Anomaly("missing_signature", "Không thấy tên người ký"))
    if header.subject is None:
        found.append(Anomaly("no_subject", "Không thấy trích yếu nội dung"))
    return found


def _missing(
    script: Script, layout: Layout, header: Header, *, has_number: bool, has_date: bool, stated: bool
) -> list[Anomaly]:
    present = {
        "quốc hiệu": any(_MOTTO.search(script.text, *p) for p in layout.head),
        "tên cơ quan ban hành": stated,
        "số, ký hiệu": has_number,
        "địa danh và ngày": has_date,
    }
    absent = [name for name, there in present.items() if not there]
    guess = "" if stated or not header.issuer else f"; cơ quan ban hành suy ra: {header.issuer}"
    return [Anomaly("missing_header", f"Phần đầu thiếu {', '.join(absent)}{guess}")] if absent else []


def _stripped(script: Script, span: Span) -> Span:
    return script.trimmed(span)


def _impossible(script: Script, dated: re.Match[str]) -> Anomaly:
    wording = f"{dated['day']}/{dated['month']}/{dated['year']}"
    return Anomaly("impossible_date", f"Ngày ban hành {wording} không tồn tại", (_stripped(script, dated.span()),))
