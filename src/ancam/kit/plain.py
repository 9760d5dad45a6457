"""Frozen dataclasses as plain JSON values, and back: what a paper keeps of the values it was made from."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints


def as_plain(value: Any) -> Any:
    """Return a value as JSON holds it: a dataclass as a dict, a tuple as a list, a day as its ISO text."""
    if is_dataclass(value):
        return {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, list | tuple):
        return [as_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def from_plain(kind: Any, plain: Any) -> Any:
    """Return the value of type `kind` of which `as_plain` gave `plain`.

    `kind` is a dataclass of texts, numbers, days, such dataclasses, tuples of these, and each of these or None. Names
    that the dataclass lacks are left out, so that an older shape still reads. Raises `TypeError` when one is missing.
    """
    if plain is None:
        return None
    if get_origin(kind) is UnionType:
        return from_plain(next(part for part in get_args(kind) if part is not NoneType), plain)
    if get_origin(kind) is tuple:
        return tuple(from_plain(get_args(kind)[0], item) for item in plain)
    if is_dataclass(kind):
        return _dataclass(kind, plain)
    return date.fromisoformat(plain) if kind is date else plain


_hints = cache(get_type_hints)


def _dataclass(kind: Any, plain: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    known = [field.name for field in fields(kind) if field.name in plain]
    return kind(**{name: from_plain(hints[name], plain[name]) for name in known})
