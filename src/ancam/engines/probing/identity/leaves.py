"""Names and values of a device's short answer, whether it came as XML, as JSON or as lines of name=value."""

import re

from ancam.engines.probing.wire.text import clean, decoded

READ_LIMIT = 16_384
VALUE_LIMIT = 200
_XML = re.compile(r"<(?:[\w-]{1,30}:)?([A-Za-z_][\w.-]{0,60})(?:\s[^<>]{0,300})?>([^<>]{1,400})</")
_JSON = re.compile(r'"([\w.-]{1,60})"\s{0,5}:\s{0,5}(?:"((?:[^"\\]|\\.){0,400})"|(-?[0-9.]{1,30}|true|false))')
_LINE = re.compile(r"^[ \t]{0,8}(?:var[ \t]{1,4})?([\w.\[\]-]{1,80})[ \t]{0,4}:?=[ \t]{0,4}(.{0,400})", re.MULTILINE)


def is_page(text: str) -> bool:
    """Return whether an answer is a web page rather than data."""
    return text.lstrip()[:300].lower().startswith(("<!doctype html", "<html", "<head", "<script"))


def leaves(body: bytes) -> dict[str, str]:
    """Return the values by their names in small letters, the first of each name, read leniently and never failing.

    XML elements lose their prefix; a web page has none. At most the first 16 KB are looked at.
    """
    text = decoded(body[:READ_LIMIT]).lstrip()
    if is_page(text):
        return {}
    found: dict[str, str] = {}
    for name, value in _pairs(text):
        if said := clean(value, VALUE_LIMIT):
            found.setdefault(name.lower(), said)
    return found


def _pairs(text: str) -> list[tuple[str, str]]:
    if text.startswith("<"):
        return _XML.findall(text)
    if text.startswith(("{", "[")):
        return [(name, quoted or bare) for name, quoted, bare in _JSON.findall(text)]
    lines = text.replace("&", "\n").replace(";", "\n")
    return [(name, value.strip(" \t\r'\"")) for name, value in _LINE.findall(lines)]
