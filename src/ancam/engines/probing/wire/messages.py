"""The shape HTTP and RTSP share: a status line, headers, a body; read as it comes, bounded in every direction."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from ancam.engines.probing.facts import Headed
from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.text import clean, decoded

Headers = tuple[tuple[str, str], ...]

HEADER_LIMIT = 256
VALUE_LIMIT = 8_192
_BLANK_LINE = re.compile(rb"\n\r?\n")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}")
_DIGITS = re.compile(r"[0-9]{1,20}")
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


def end_of_head(data: bytes | bytearray, start: int) -> int:
    """Return where the body begins, looking from `start` on; -1 when the head has not ended yet."""
    found = _BLANK_LINE.search(data, max(0, start - 3))
    return found.end() if found else -1


def header_lines(data: bytes) -> tuple[Headers, bool]:
    """Return the headers of the lines after a status line, and whether all were kept (at most `HEADER_LIMIT` are).

    Names in small letters; a folded line belongs to the one before; what is no header line is left out.
    """
    found: list[tuple[str, list[str]]] = []
    has_all = True
    for line in data.split(b"\n"):
        text = decoded(line.rstrip(b"\r"))
        if text[:1] in (" ", "\t") and found:
            found[-1][1].append(text.strip())
            continue
        name, colon, value = text.partition(":")
        name = name.strip().lower()
        if not colon or not _NAME.fullmatch(name):
            continue
        has_all = len(found) < HEADER_LIMIT
        if not has_all:
            break
        found.append((name, [value]))
    return tuple((name, clean(" ".join(parts), VALUE_LIMIT)) for name, parts in found), has_all


def value_of(headers: Headers, name: str) -> str:
    """Return the first value of a header, empty when there is none."""
    return next((value for key, value in headers if key == name), "")


def values_of(headers: Headers, name: str) -> list[str]:
    """Return every value of a header."""
    return [value for key, value in headers if key == name]


@dataclass(frozen=True, slots=True)
class Message(Headed):
    """An answer. headers: names in small letters, in the order they came. body: unpacked when it was sent gzipped.

    is_cut: the device had more to say than was read, or ended before it had said what it announced. keeps_alive: the
    same connection may carry another request.
    """

    status: int
    headers: Headers
    body: bytes
    is_cut: bool
    keeps_alive: bool


def declared_length(headers: Headers) -> int | None:
    """Return what Content-Length says; None when it is absent, negative, contradicted or no number."""
    said = {part.strip() for value in values_of(headers, "content-length") for part in value.split(",")}
    if len(said) != 1:
        return None
    length = said.pop()
    return int(length) if _DIGITS.fullmatch(length) else None


def written(start: str, headers: Iterable[tuple[str, str]], body: bytes = b"") -> bytes:
    """Return a request's bytes. No value can bring a line end of its own."""
    for name, _value in headers:
        if not _NAME.fullmatch(name):
            raise Garbled(protocol="request", why="not a header name")
    lines = [start, *(f"{name}: {clean(value, VALUE_LIMIT)}" for name, value in headers), "", ""]
    return "\r\n".join(lines).encode() + body


def safe_target(target: str) -> str:
    """Return a path or URL in which whatever a request line cannot hold is percent-encoded."""
    return quote(target.encode("utf-8", "replace"), safe=_PRINTABLE)
