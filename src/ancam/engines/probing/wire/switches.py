"""Which fields of a device's settings are on or off, whether they came as XML, as JSON or as lines of name=value."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from ancam.engines.probing.wire.elements import Element, parsed
from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.plain_json import json_object
from ancam.engines.probing.wire.text import decoded

BYTE_LIMIT = 65_536
FIELD_LIMIT = 2_000
SWITCH_LIMIT = 64
_ON = {"true", "yes", "on", "1"}
_OFF = {"false", "no", "off", "0"}
_LINE = re.compile(r"^[ \t]{0,8}([\w.\[\]-]{1,200})[ \t]{0,4}=[ \t]{0,4}(.{0,40})", re.MULTILINE)
_INDEX = re.compile(r"\[\d{0,6}\]")

_Field = tuple[tuple[str, ...], str]


def switches(body: bytes, names: Iterable[str]) -> tuple[bool, ...]:
    """Return whether each field of these names is on, in the order they stand; never fails.

    names: the ends of dotted names in any case: "Filter.Enabled" is `root.Network.Filter.Enabled` and the `Enabled`
    within a `Filter`. Places in a list are no part of a name. A value that is neither on nor off is left out. At most
    64 KB, 2,000 fields and 64 switches are looked at.
    """
    wanted = [tuple(name.lower().split(".")) for name in names]
    found: list[bool] = []
    with suppress(Garbled):
        for _, (name, value) in zip(range(FIELD_LIMIT), _fields(body[:BYTE_LIMIT]), strict=False):
            word = value.strip(" \t\r\"'").lower()
            if word in _ON | _OFF and any(name[-len(one) :] == one for one in wanted):
                found.append(word in _ON)
    return tuple(found[:SWITCH_LIMIT])


def _fields(body: bytes) -> Iterator[_Field]:
    text = decoded(body).lstrip("\ufeff\x00 \t\r\n")
    if text.startswith("<"):
        yield from _of_element(parsed(body))
    elif text.startswith("{"):
        yield from _of_json(json_object(body))
    else:
        for name, value in _LINE.findall(text):
            yield tuple(_INDEX.sub("", name).lower().split(".")), value


def _of_element(root: Element) -> Iterator[_Field]:
    waiting: list[tuple[tuple[str, ...], Element]] = [((), root)]
    while waiting:
        above, element = waiting.pop()
        name = (*above, element.name.lower())
        if not element.children:
            yield name, element.text
        waiting.extend((name, child) for child in reversed(element.children))


def _of_json(root: dict[str, Any]) -> Iterator[_Field]:
    waiting: list[tuple[tuple[str, ...], Any]] = [((), root)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(((*name, str(key).lower()), one) for key, one in reversed(value.items()))
        elif isinstance(value, list):
            waiting.extend((name, one) for one in reversed(value))
        else:
            yield name, str(value)
