"""The words for what stands in a line: each room says what its things, their fields and their values are called."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Values = Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class ThingWords:
    """A kind of thing: its name, the words of the fields that change, of their closed values, and its page.

    `url_name` takes the thing's id as its only part; empty when it has no page. `permission` is needed to open it.
    """

    name: Any
    fields: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Values] = field(default_factory=dict)
    url_name: str = ""
    permission: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One field of a change. `before` is None where a line says only what is."""

    field: str
    before: str | None
    after: str


_things: dict[str, ThingWords] = {}

# What lines of every room may carry.
_COMMON = {
    "label": gettext_lazy("Nội dung"),
    "reason": gettext_lazy("Lý do"),
    "file": gettext_lazy("Mã kiểm của tệp"),
    "files": gettext_lazy("Mã kiểm của các tệp"),
    "state": gettext_lazy("Trạng thái"),
    "value": gettext_lazy("Giá trị"),
    "count": gettext_lazy("Số lượng"),
    "filters": gettext_lazy("Điều kiện lọc"),
    "head": gettext_lazy("Mốc sổ nhật ký"),
    "kept_head": gettext_lazy("Mốc đã giữ"),
    "form": gettext_lazy("Dạng tệp"),
}
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def describe_thing(code: str, words: ThingWords) -> None:
    """Say what things of this type (`room.thing`) are called. A room calls this when it starts, once for each."""
    if _things.setdefault(code, words) is not words:
        raise ImproperlyConfigured(f"{code} is described twice")


def thing_names() -> dict[str, Any]:
    """Return what each described type is called, by its code."""
    return {code: words.name for code, words in _things.items()}


def thing_words(code: str) -> ThingWords:
    """Return the words of a type; for one that no room describes any more, its code."""
    return _things.get(code) or ThingWords(code)


def change_rows(code: str, change: Mapping[str, Any]) -> list[ChangeRow]:
    """Return what changed, field by field, in words: `before` → `after` first, then what the line says besides."""
    words = thing_words(code)
    before, after = change.get("before"), change.get("after")
    rest = {name: value for name, value in change.items() if name not in ("before", "after")}
    if isinstance(before, dict) or isinstance(after, dict):
        old, new = before or {}, after or {}
        names = _ordered(words, [name for name in {**old, **new} if old.get(name) != new.get(name)])
        rows = [ChangeRow(_field(words, n), _value(words, n, old.get(n)), _value(words, n, new.get(n))) for n in names]
    elif "before" in change or "after" in change:
        states = words.values.get("state", dict)()
        name = "state" if str(before) in states or str(after) in states else "value"
        rows = [ChangeRow(_field(words, name), _value(words, name, before), _value(words, name, after))]
    else:
        rows = []
    return rows + [
        ChangeRow(_field(words, name), None, _value(words, name, rest[name])) for name in _ordered(words, rest)
    ]


def _ordered(words: ThingWords, names: Iterable[str]) -> list[str]:
    """Return the names in the order of the room's words: a database need not keep the order in which they came."""
    known = {name: place for place, name in enumerate([*words.fields, *_COMMON])}
    return sorted(names, key=lambda name: (known.get(name, len(known)), name))


def _field(words: ThingWords, name: str) -> str:
    return str(words.fields.get(name) or _COMMON.get(name) or name)


def _value(words: ThingWords, name: str, value: Any) -> str:
    if value is None or value in ("", [], {}):
        return _("để trống")
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, list):
        return "; ".join(_value(words, name, one) for one in value)
    if isinstance(value, dict):
        if "text" in value:
            return str(value["text"])
        return "; ".join(f"{_field(words, part)}: {_value(words, part, one)}" for part, one in sorted(value.items()))
    known = words.values.get(name)
    if known and str(value) in (closed := known()):
        return str(closed[str(value)])
    day = _ISO_DAY.fullmatch(str(value))
    return f"{day[3]}/{day[2]}/{day[1]}" if day else str(value)
