"""What a web page says of itself, and where it sends its reader: looked for, never carried out."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from ancam.engines.probing.wire.messages import Headers, Message, safe_target, value_of
from ancam.engines.probing.wire.text import clean, decoded

TITLE_LIMIT = 200
PATH_LIMIT = 2_048
SCRIPT_LIMIT = 50
SCRIPT_SIZE_LIMIT = 20_000
TAG_LIMIT = 500
_PORTS = {"http": 80, "https": 443}

_CHARSET = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_CHARSET_BYTES = re.compile(rb"<meta[^<>]{1,200}?charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TITLE = re.compile(r"<title(?:\s[^<>]{0,200})?>([^<]{0,2000})", re.IGNORECASE)
_META = re.compile(r"<meta\s([^<>]{1,1000})>", re.IGNORECASE)
_REFRESH = re.compile(r"http-equiv\s{0,5}=\s{0,5}[\"']?refresh", re.IGNORECASE)
_REFRESH_URL = re.compile(r"\burl\s{0,5}=\s{0,5}[\"']?([^\"'>]{1,2048})", re.IGNORECASE)
_SCRIPT = re.compile(r"<script(?:\s[^<>]{0,1000})?>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_LOCATION = r"\blocation(?:\.href)?\s{0,5}=(?!=)\s{0,5}|\blocation\.(?:replace|assign)\s{0,5}\(\s{0,5}"
_GOES_TO = re.compile(rf"(?:{_LOCATION})([\"'])([^\"'\n]{{1,2048}})\1")
# `location.href = "https://" + location.host`: the same page over TLS.
_GOES_TO_TLS = re.compile(
    rf"(?:{_LOCATION})([\"'])https:(?://)?\1\s{{0,5}}\+\s{{0,5}}(?:[\"']//[\"']\s{{0,5}}\+\s{{0,5}})?"
    r"(?:window\.|document\.|self\.|top\.)?location\.host"
)
_HOST = re.compile(r"[\w.:-]{1,255}")
_LINKED = re.compile(r"<(script|link)\s([^<>]{1,1000})>", re.IGNORECASE)
_SOURCE = {
    "script": re.compile(r"\bsrc\s{0,5}=\s{0,5}[\"']?([^\"'\s>]{1,2048})", re.IGNORECASE),
    "link": re.compile(r"\bhref\s{0,5}=\s{0,5}[\"']?([^\"'\s>]{1,2048})", re.IGNORECASE),
}
_STYLE_SHEET = re.compile(r"\brel\s{0,5}=\s{0,5}[\"']?stylesheet", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where an answer leads. scheme: "http" or "https"; host as text, never resolved here; path with its query."""

    scheme: str
    host: str
    port: int
    path: str


def title(body: bytes, headers: Headers) -> str:
    """Return the title of a page, at most 200 characters on one line; empty when it has none."""
    found = _TITLE.search(_page(body, headers))
    return clean(" ".join(html.unescape(found[1]).split()), TITLE_LIMIT) if found else ""


def redirect_of(message: Message, base: Elsewhere) -> Elsewhere | None:
    """Return where an answer sends its reader: by Location, a meta refresh or a plain script; None when nowhere else.

    base: what was asked. The place is only named: whoever goes there asks the scope first.
    """
    if 300 <= message.status < 400:
        return _resolved(value_of(message.headers, "location"), base)
    if not 200 <= message.status < 300:
        return None
    page = _page(message.body, message.headers)
    return next((place for link in _links(page, base) if (place := _resolved(link, base))), None)


def scripts(body: bytes) -> list[str]:
    """Return the addresses of the scripts and style sheets a page links to, as written there, at most 50."""
    found = []
    for tag in islice(_LINKED.finditer(_COMMENT.sub("", decoded(body))), TAG_LIMIT):
        kind = tag[1].lower()
        source = _SOURCE[kind].search(tag[2])
        if source and (kind == "script" or _STYLE_SHEET.search(tag[2])):
            found.append(clean(html.unescape(source[1]), PATH_LIMIT))
    return list(dict.fromkeys(found))[:SCRIPT_LIMIT]


def _page(body: bytes, headers: Headers) -> str:
    declared = _CHARSET.search(value_of(headers, "content-type"))
    inside = _CHARSET_BYTES.search(body[:4_096])
    charset = declared[1] if declared else inside[1].decode() if inside else ""
    return _COMMENT.sub("", decoded(body, charset))


def _links(page: str, base: Elsewhere) -> Iterator[str]:
    for meta in _META.finditer(page):
        if _REFRESH.search(meta[1]) and (found := _REFRESH_URL.search(html.unescape(meta[1]))):
            yield found[1]
    for script in _inline_scripts(page):
        if base.scheme == "http" and _GOES_TO_TLS.search(script):
            yield f"https://{_bracketed(base.host)}/"
        if found := _GOES_TO.search(script):
            yield found[2]


def _inline_scripts(page: str) -> Iterator[str]:
    for tag in islice(_SCRIPT.finditer(page), SCRIPT_LIMIT):
        limit = tag.end() + SCRIPT_SIZE_LIMIT
        end = _SCRIPT_END.search(page, tag.end(), limit)
        yield page[tag.end() : end.start() if end else limit]


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _resolved(link: str, base: Elsewhere) -> Elsewhere | None:
    link = clean(link, PATH_LIMIT)
    try:
        parts = urlsplit(urljoin(f"{base.scheme}://{_bracketed(base.host)}:{base.port}{base.path}", link))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if not link or parts.scheme not in _PORTS or not _HOST.fullmatch(host) or port == 0:
        return None
    path = safe_target(parts.path or "/") + (f"?{safe_target(parts.query)}" if parts.query else "")
    place = Elsewhere(parts.scheme, host, port or _PORTS[parts.scheme], path[:PATH_LIMIT])
    return None if place == base else place
