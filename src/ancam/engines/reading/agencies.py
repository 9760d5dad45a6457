"""Which kind of body a name is, by `reference/agencies.yaml`."""

import re
from functools import cache

from ancam.engines.reading.model import Actor
from ancam.engines.reading.script import bared
from ancam.engines.reading.vocabulary import IN_NAMES
from ancam.kit.folding import fold
from ancam.reference import reference

_PEOPLE_COMMITTEE = re.compile(r"\buy ban nhan dan\b")
_SMALL = re.compile(r"\b(?:cac|cap|nhung|toan the|tat ca)\b")
_COMPOUND = re.compile(r"\b(?:phòng, chống|truyền hình|thể thao|hđnd và|ứng dụng và|hạ tầng và)\b")
_COMMITTEE = (("ubnd", "uy ban nhan dan"), ("uy ban nhan dan", "ubnd"))
_BRACKETED = re.compile(r"\s*\([^()]*\)")
_LONGEST_NAME = 16
_NOT_LETTERS = re.compile(r"[^a-z0-9&]+")
_OF_ONE_TRADE = frozenset(
    ("cong_an_tinh", "cong_an_xa", "cong_an_huyen", "cuc_qltt", "chi_cuc_qltt", "cuc_hai_quan_tinh", "chi_cuc_hq_kv")
)
_OFFICE = re.compile(
    r"^(?:dong chi )?(?:tong )?(?:pho )?(?:giam doc|nguoi dung dau|truong|thu truong|chanh|chu tich|tong bien tap) "
)


def actor(text: str) -> Actor:
    """Return the body with the id of its kind, None when no known name begins or fills its wording."""
    return Actor(text, kind_of(text))


def kind_of(text: str) -> str | None:
    """Return the id of the kind whose name the wording begins with; the longest name wins."""
    key = plain(text)
    office = _OFFICE.match(key)
    inside = _longest(key[office.end() :]) if office else None
    # `Giám đốc Sở Y tế` answers for its body; `Thủ trưởng các cơ quan, đơn vị` names no body.
    return inside if inside and inside != "don_vi_co_camera" else _longest(key)


def _longest(key: str) -> str | None:
    words = key.split()
    for count in range(min(len(words), _LONGEST_NAME), 0, -1):
        if kind := _names().get(" ".join(words[:count])):
            return kind
    return None


def house_kind(issuer: str | None) -> str | None:
    """Return the kind of an enterprise that issues a letter to its own units, None for other issuers."""
    kind = kind_of(issuer) if issuer else None
    return kind if kind in _enterprises() else None


def trade_kind(issuer: str | None) -> str | None:
    """Return the kind of an issuer with one field of its own (police, market, customs, press), None for others."""
    kind = kind_of(issuer) if issuer else None
    return kind if kind in _OF_ONE_TRADE else None


def without_names(low: str) -> str:
    """Return lower-case text with known names that hold a comma, `và` or a verb blanked by letters, length kept."""
    return _long_names().sub(lambda name: "x" * len(name.group()), low)


def plain(text: str) -> str:
    """Return a name reduced to what tells it from others: no diacritics, `các`, `cấp` or punctuation."""
    words = _NOT_LETTERS.sub(" ", fold(text)).strip()
    return " ".join(_SMALL.sub(" ", _PEOPLE_COMMITTEE.sub("ubnd", words)).split())


@cache
def known_names() -> tuple[str, ...]:
    """Return every name of two words or more, in small letters without diacritics, as sentences write them."""
    written = {
        _BRACKETED.sub("", bared(name)).strip()
        for agency in reference("agencies")["agencies"]
        for name in (agency["name"], *agency.get("names", ()), *agency.get("abbreviations", ()))
    }
    names = {form for name in written for form in (name, *(name.replace(a, b) for a, b in _COMMITTEE if a in name))}
    return tuple(sorted(name for name in names if " " in name and "/" not in name))


@cache
def _long_names() -> re.Pattern[str]:
    names = {name.lower() for a in reference("agencies")["agencies"] for name in (a["name"], *a.get("names", ()))}
    names.update(IN_NAMES)
    return re.compile(
        "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True) if _COMPOUND.search(n) or n in IN_NAMES)
    )


@cache
def _enterprises() -> frozenset[str]:
    return frozenset(a["id"] for a in reference("agencies")["agencies"] if a["tier"] == "enterprise")


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for agency in reference("agencies")["agencies"]:
        for name in (agency["name"], *agency.get("names", ()), *agency.get("abbreviations", ())):
            names.setdefault(plain(name), agency["id"])
    return names
