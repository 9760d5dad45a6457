"""A letter with other places, other numbers and other dates, in its text and in its label alike.

Nothing that could be learned by heart from the letters stays: the names of places and of the signer, the letter's own
number, every year, and the days of deadlines. Years move by four, so that the last days of months and the days that do
not exist stay what they were; weekdays do not, and the anomalies that hang on them are worked out again.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from labelled import Letter, without_rank

from ancam.reference.working_days import public_calendar

YEARS = (-4, 4)
MOST_DAYS = 3
# Days that may move: the last ones of a month are deadlines of another kind.
FIRST_DAY, LAST_DAY = 2, 26
_ONE = ("An", "Bình", "Cam", "Diên", "Đăng", "Gia", "Hưng", "Kỳ", "Liên", "Mỹ", "Nghi", "Ninh", "Phong", "Quế", "Tân")
_TWO = ("Bảo", "Chánh", "Giáp", "Hòa", "Khánh", "Lâm", "Lộc", "Nhơn", "Phụng", "Quang", "Sơn", "Thịnh", "Trà", "Xuyên")
_FAMILY = ("Ngô", "Đặng", "Mai", "Phùng", "Tống", "Văn", "Kiều", "Triệu")
_GIVEN = ("Đức Hiển", "Thị Nguyệt", "Minh Tường", "Hữu Phước", "Thanh Bình", "Quang Sáng")
_TIER = "tỉnh|thành phố|huyện|quận|thị xã|thị trấn|phường|xã|đặc khu"
_NAMED = re.compile(rf"\b(?:{_TIER}) (?=(\w+ \w+)\b)")
_FULL_DATE = re.compile(r"(?<![\d/])(\d{1,2})((?:\s*[/-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/-]\s*|,?\s+năm\s+)(\d{4}))\b")
# Not the year of a standard (135:2024), nor within a law's number (116/2025/QH15) or a longer number.
_YEAR = re.compile(r"(?<![\d:.,])(?:19|20)\d\d(?!\d|/[A-ZĐ]|\.\d)")
_NO_DAYS = timedelta(0)


@dataclass(frozen=True, slots=True)
class Changes:
    """What becomes of a letter. words: pattern and its replacements; number: the letter's own, before its symbol."""

    words: dict[str, str]
    number: str
    symbol: str
    other_number: str
    days: dict[date, date]
    years: int

    def text(self, text: str) -> str:
        """Return a text of the letter, or a piece of one, changed."""
        for old in sorted(self.words, key=len, reverse=True):
            text = re.sub(rf"\b{re.escape(old)}\b", self.words[old], text)
        if self.number:
            own = re.compile(rf"\b0*{self.number}(?=\s*[/-]\s*{re.escape(self.symbol)})")
            text = own.sub(self.other_number, text)
        return _YEAR.sub(lambda year: str(int(year[0]) + self.years), _FULL_DATE.sub(self._other_day, text))

    def day(self, iso: str | None) -> str | None:
        """Return a deadline's day, changed."""
        if iso is None:
            return None
        day = date.fromisoformat(iso)
        day = self.days.get(day, day)
        return day.replace(year=day.year + self.years).isoformat()

    def _other_day(self, found: re.Match[str]) -> str:
        other = self.days.get(_day_of(found) or date.min)
        return f"{other.day:0{len(found[1])}d}{found[2]}" if other else found[0]


def changed(letter: Letter, dice: Random) -> Letter:
    """Return the letter with its names, numbers and dates changed, and its label with it."""
    changes = _changes(letter, dice)
    label: dict[str, Any] = _relabelled(letter.label, changes)
    label["issuer_group"] = letter.issuer
    if changes.number:
        label["document"]["number"] = changes.other_number
    for made, was in zip(label["obligations"], letter.label["obligations"], strict=True):
        _redate(made, was, changes, label["document"]["date"])
    return Letter(letter.name, changes.text(letter.text).encode(), label)


def _changes(letter: Letter, dice: Random) -> Changes:
    document = letter.label["document"]
    number, symbol = document.get("number") or "", document.get("symbol") or ""
    digits = f"{dice.randrange(10 ** (len(number) - 1), 10 ** len(number))}" if number.isdigit() else ""
    return Changes(
        words=_other_names(letter, dice),
        number=number if digits and symbol else "",
        symbol=symbol,
        other_number=digits,
        days=_other_days(letter, dice),
        years=dice.choice(YEARS),
    )


def _other_names(letter: Letter, dice: Random) -> dict[str, str]:
    document = letter.label["document"]
    places = {name for name in _NAMED.findall(_whole(letter)) if name.istitle()}
    if " " in (document.get("place") or ""):
        places.add(document["place"])
    invented = [f"{one} {two}" for one in _ONE for two in _TWO]
    names = dict(zip(sorted(places), dice.sample(invented, len(places)), strict=True))
    if signer := without_rank(document.get("signer") or ""):
        names[signer] = f"{dice.choice(_FAMILY)} {dice.choice(_GIVEN)}"
    return names | {name.upper(): other.upper() for name, other in names.items()}


def _other_days(letter: Letter, dice: Random) -> dict[date, date]:
    """Return where each deadline that stands in full in the text moves to, within its month, on a day of its own."""
    text = _whole(letter)
    standing = {day for found in _FULL_DATE.finditer(text) if (day := _day_of(found))}
    named = {one["deadline"]["date"] for one in letter.label["obligations"] if one["deadline"]["date"]}
    taken = standing | {date.fromisoformat(iso) for iso in named}
    moved: dict[date, date] = {}
    for day in sorted(standing & {date.fromisoformat(iso) for iso in named}):
        alone = re.search(rf"\b0?{day.day}\s*(?:/|tháng)\s*0?{day.month}\b(?!\s*(?:[/-]|,?\s*năm)\s*\d)", text)
        if alone or day.isoformat() == letter.label["document"]["date"] or not FIRST_DAY <= day.day <= LAST_DAY:
            continue
        near = [day.replace(day=n) for n in range(max(1, day.day - MOST_DAYS), min(27, day.day + MOST_DAYS) + 1)]
        if free := [one for one in near if one not in taken]:
            moved[day] = dice.choice(free)
            taken.add(moved[day])
    return moved


def _whole(letter: Letter) -> str:
    tables = letter.label.get("tables", {}).values()
    return "\n".join([letter.text, *(cell for table in tables for row in table["rows"] for cell in row)])


def _day_of(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[4]), int(found[3]), int(found[1]))
    except ValueError:
        return None


def _relabelled(value: Any, changes: Changes) -> Any:
    if isinstance(value, str):
        return changes.text(value)
    if isinstance(value, list):
        return [_relabelled(one, changes) for one in value]
    return {key: _relabelled(one, changes) for key, one in value.items()} if isinstance(value, dict) else value


def _redate(made: dict[str, Any], was: dict[str, Any], changes: Changes, written: str | None) -> None:
    """Set the days of a duty's deadline anew, and the anomalies that hang on the calendar."""
    old, deadline = was["deadline"], made["deadline"]
    deadline["date"] = changes.day(old["date"])
    if old["last_day"] is None:
        return
    before = date.fromisoformat(old["date"]) - date.fromisoformat(old["last_day"]) if old["date"] else _NO_DAYS
    last = date.fromisoformat(deadline["date"]) - before
    deadline["last_day"] = last.isoformat()
    kept = [code for code in was["anomalies"] if code not in ("deadline_on_rest_day", "past_deadline")]
    if written and last < date.fromisoformat(written if len(written) > len("2023-04") else f"{written}-01"):
        kept.append("past_deadline")
    if not public_calendar().is_working_day(last):
        kept.append("deadline_on_rest_day")
    made["anomalies"] = kept
