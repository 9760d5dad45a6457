"""How makers number their firmware: what a text says in a scheme, and whether a version lies on one side of another.

A text may say several things at once (a number and a build date). Each is a `Version` of its own branch, and only
versions of one branch are compared: Dahua's numbers mean nothing between platforms, its build dates do.
"""

import math
import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

LONGEST_TEXT = 256
BUILT = "built"  # the branch of build dates, which every platform of a maker shares


@dataclass(frozen=True, slots=True)
class Version:
    """One statement of a version text.

    branch: only versions of one branch are compared. parts: numbers, the weightiest first; empty when the branch itself
    names the build and there is no order.
    """

    branch: str
    parts: tuple[int, ...]


Part: TypeAlias = Callable[[str], tuple[int, ...] | None]
Reader: TypeAlias = Callable[[str], tuple[Version, ...]]

_ORDERS = MappingProxyType({"<": operator.lt, "<=": operator.le, ">=": operator.ge})


def holds(version: Version, order: str, bound: Version) -> bool | None:
    """Return whether `version order bound` is true ("<", "<=", ">=" or "="), None when the two cannot be compared.

    A bound speaks only as precisely as it is written: 11.5.64 is "<= 11.5". A version that says less than the bound
    is decided only when nothing that could follow would change the answer.
    """
    if version.branch != bound.branch:
        return None
    if not bound.parts:
        return None if order == "<" else True
    depth = len(bound.parts)
    told: tuple[float, ...] = version.parts[:depth]
    missing = depth - len(told)
    if order == "=":
        return told == bound.parts if not missing else None
    least, most = told + (0,) * missing, told + (math.inf,) * missing
    answer = _ORDERS[order](least, bound.parts)
    return answer if answer == _ORDERS[order](most, bound.parts) else None


def any_holds(versions: Iterable[Version], order: str, bound: Version) -> bool:
    """Return whether one of the statements of a text is comparable with the bound and on the asked side of it."""
    return any(holds(version, order, bound) for version in versions)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split("."))


def _day(text: str) -> tuple[int, ...] | None:
    """Read YYMMDD, YYYYMMDD, YYYY-MM-DD or YYYY-MM as (year, month, day), None when there is no such day."""
    digits = text.replace("-", "")
    digits = f"20{digits}" if len(digits) == len("YYMMDD") and "-" not in text else digits
    year, month, day = int(digits[:4]), int(digits[4:6]), digits[6:]
    try:
        date(year, month, int(day) if day else 1)
    except ValueError:
        return None
    return (year, month, int(day)) if day else (year, month)


def _letter(text: str) -> tuple[int, ...]:
    return (ord(text.lower()) - ord("a") + 1,)


def _is_there(text: str) -> tuple[int, ...]:
    return (int(bool(text)),)


def _read_as(pattern: str, *parts: Part, branch: str = "") -> Reader:
    """Return a reader of one pattern. Groups become numbers by `parts` in turn; a group named `b` names the branch."""
    compiled = re.compile(pattern, re.IGNORECASE | re.ASCII)

    def read(text: str) -> tuple[Version, ...]:
        found = compiled.search(text)
        if found is None:
            return ()
        named = found.groupdict().get("b")
        values = [value for key, value in enumerate(found.groups(), 1) if key != compiled.groupindex.get("b")]
        numbers: list[int] = []
        for value, part in zip(values, parts, strict=True):
            said = part(value) if value is not None else ()
            if said is None:
                return ()
            numbers += said
        return (Version(named.upper() if named else branch, tuple(numbers)),)

    return read


def _first_of(*readers: Reader) -> Reader:
    """Return a reader that takes what the first fitting one of several says."""
    return lambda text: next((said for reader in readers if (said := reader(text))), ())


def _all_of(*readers: Reader) -> Reader:
    """Return a reader of everything that several say; what is said first counts when the text is a bound."""
    return lambda text: tuple(version for reader in readers for version in reader(text))


_DOTTED = r"(?<![\d.])v?(\d{1,9}(?:\.\d{1,9}){1,5})"
_dotted = _read_as(_DOTTED, _numbers)
_iso_day = _read_as(r"(?<!\d)(20\d\d-\d\d(?:-\d\d)?)(?!\d)", _day, branch=BUILT)
_build_day = _read_as(r"build(?:\s*date)?[\s:_,]*(20\d{6}|\d{6})(?!\d)", _day, branch=BUILT)
_hikvision_day = _read_as(r"(?:build[\s:_]*|_|^)(\d{6})(?!\d)", _day, branch=BUILT)
_hikvision_number = _read_as(
    r"(?<![\d.])V?(\d{1,4}\.\d{1,4}\.\d{1,4})(?:-(\d{1,4})(?!\d)|(?:[\s,_-]*build[\s:_]*|_)(\d{6})(?!\d))?",
    _numbers,
    _numbers,
    _day,
)
_hikvision = _all_of(_hikvision_number, _hikvision_day)
_dahua_day = _first_of(_iso_day, _build_day, _read_as(r"\.[A-Z]\.(20\d{6}|\d{6})(?!\d)", _day, branch=BUILT))
_dahua = _all_of(_dahua_day, _read_as(r"(?<![\d.])V?(?P<b>\d\.\d{3}\.[0-9A-Z]{4,7})\.(\d{1,4})(?!\d)", _numbers))
_uniview_tail = r"\d{1,4}\.\d{1,4}(?:\.[A-Z]\d{1,4})?\.(\d{6})(?!\d)"

READERS: MappingProxyType[str, Reader] = MappingProxyType(
    {
        "hikvision": _hikvision,
        "hikvision_build_date": _hikvision_day,
        "ezviz": _hikvision,
        "dahua": _dahua,
        "dahua_build_date": _dahua_day,
        "uniview": _read_as(r"(?<!\d)(?P<b>\d{4})\." + _uniview_tail, _day),
        "axis": _dotted,
        "tplink": _read_as(
            _DOTTED + r"(?:\s+Build\s+(\d{6})(?!\d)(?:\s+Rel\.?\s*(\d{1,9}))?)?", _numbers, _day, _numbers
        ),
        "xm": _read_as(r"(?P<b>V\d\.\d{2}\.R\d{2}\.[0-9A-F]{8}\.\d{5}\.\d{6})(?!\d)"),
        "tbk": _read_as(r"(?<!\d)(20\d{6})(?!\d)", _day, branch=BUILT),
        "tvt": _dotted,
        "tvt_date": _first_of(_iso_day, _build_day),
        "avtech": _read_as(r"(?P<b>\d{4}[A-Z]{0,4}(?:-\d{4}[A-Z]{0,4}){3})"),
        "lilin": _read_as(_DOTTED + r"(?:b(\d{1,4}))?(?:_(20\d{6})(?!\d))?", _numbers, _numbers, _day),
        "reolink": _read_as(_DOTTED + r"(?:_(\d{8})(?!\d))?", _numbers, _numbers),
        "foscam": _read_as(_DOTTED + r"(?!.*\d\.\d)", _numbers),
        "wyze": _read_as(r"(?<![\d.])(?P<b>\d{1,4}\.\d{1,4})\.(\d{1,4}\.\d{1,6})", _numbers),
        "hanwha": _read_as(_DOTTED + r"(?:_(20\d{6}|\d{6})(?!\d))?", _numbers, _day),
        "bosch": _dotted,
        "vivotek": _read_as(r"(?:VVTK-|^)(\d{4})([a-z])(\d)?", _numbers, _letter, _numbers),
        "dlink": _read_as(_DOTTED + r"(?:\s*B(\d{1,4}))?((?:\s*hotfix)?)", _numbers, _numbers, _is_there),
        "nuuo": _dotted,
        "qnap": _read_as(r"(?<![\d.])v?(\d{1,4}(?:\.\d{1,4}){0,4})", _numbers),
        "zavio": _dotted,
        "beward": _read_as(_DOTTED + r"(?:C(\d{1,4}))?", _numbers, _numbers),
        "digiever": _read_as(_DOTTED + r"(?:-(\d{1,4}))?", _numbers, _numbers),
        "milesight": _read_as(
            r"(?<![\d.])(?P<b>\d{1,4})\.(\d{1,4}(?:\.\d{1,4}){1,3})(?:-r(\d{1,4}))?", _numbers, _numbers
        ),
        "ubiquiti": _read_as(r"(?<![\d.])v?(\d{1,4}\.\d{1,4}\.\d{1,4})", _numbers),
        "sony": _dotted,
        "panasonic": _read_as(r"(?<![\d.])(\d{1,4}\.\d{1,4})(?:-(\d{1,4}))?", _numbers, _numbers),
        "mobotix": _dotted,
        "honeywell": _dotted,
        "systemk": _read_as(_DOTTED + r"(?:SK\.(\d{1,9}))?", _numbers, _numbers),
        "synology": _read_as(_DOTTED + r"(?:-(\d{1,6}))?", _numbers, _numbers),
        "trendnet": _read_as(r"(?P<b>v?[A-Z]\d{1,2}\.\d{1,4}[A-Z]?)"),
        "rifatron": _dotted,
        "semver": _dotted,
    }
)


def read_version(scheme: str, text: str) -> tuple[Version, ...]:
    """Return what a firmware text says in a maker's scheme, most trusted first; empty when it does not fit."""
    reader = READERS.get(scheme)
    return reader(text[:LONGEST_TEXT].strip()) if reader else ()


_DAY_PATTERNS = MappingProxyType(
    {
        "hikvision": _first_of(_build_day, _hikvision_day),
        "ezviz": _first_of(_build_day, _hikvision_day),
        "dahua": _dahua_day,
        "uniview": _read_as(r"(?<!\d)\d{4}\." + _uniview_tail, _day),
        "tbk": READERS["tbk"],
        "lilin": _read_as(r"_(20\d{6})(?!\d)", _day),
        "hanwha": _read_as(r"_(20\d{6}|\d{6})(?!\d)", _day),
        "reolink": _read_as(r"_(\d{6})\d{2}(?!\d)", _day),  # YYMMDD and the number of the build on that day
    }
)
_any_day = _first_of(_iso_day, _build_day, _read_as(r"(?<![\d.])(20\d{6})(?![\d.])", _day, branch=BUILT))


def day_built(scheme: str, text: str) -> date | None:
    """Return the day a firmware text says it was built, None when it says none; a month counts from its first day."""
    said = _first_of(_DAY_PATTERNS.get(scheme, _any_day), _any_day)(text[:LONGEST_TEXT].strip())
    if not said:
        return None
    year, month, *day = said[0].parts
    return date(year, month, *(day or (1,)))
