"""Requests and replies over HTTP, as the laboratory's servers read and write them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

HEAD_LIMIT_BYTES = 32_768
BODY_LIMIT_BYTES = 262_144
_FIRST_LINE = re.compile(r"([A-Z]{3,16}) (\S{1,4096}) (HTTP|RTSP)/1\.([01])")
_ORIGIN = re.compile(r"^\w+://[^/]*")


class NotUnderstood(Exception):
    """What came is no request."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `target` is an origin-form target or a URL; header names are in small letters."""

    method: str
    target: str
    is_http11: bool
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_tls: bool = False
    port: int = 0

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """The target's query."""
        return self.target.partition("?")[2]

    @property
    def stream_path(self) -> str:
        """The path and query of an RTSP URL."""
        return _ORIGIN.sub("", self.target) or "/"


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply. is_picture: its body is shown no further than 16 bytes unless the asker stays for more."""

    status: int
    type: str = "text/html"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    is_picture: bool = False

    @property
    def is_xml(self) -> bool:
        """Whether the body is XML."""
        return "xml" in self.type


class Inbox:
    """Bytes that came in, from which whole requests are taken."""

    def __init__(self, *, is_tls: bool = False, port: int = 0) -> None:
        self._buffer = bytearray()
        self._is_tls = is_tls
        self._port = port

    def add(self, data: bytes) -> None:
        """Keep what came."""
        self._buffer += data

    def take(self) -> Request | None:
        """Return the next whole request, None when more must come; raises NotUnderstood."""
        head, end, _ = bytes(self._buffer[:HEAD_LIMIT_BYTES]).partition(b"\r\n\r\n")
        if not end:
            if len(self._buffer) >= HEAD_LIMIT_BYTES or not _could_begin(self._buffer):
                raise NotUnderstood
            return None
        first, *rest = head.decode("latin-1").split("\r\n")
        match = _FIRST_LINE.fullmatch(first)
        if match is None:
            raise NotUnderstood
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
        length_text = headers.get("content-length", "0")
        length = int(length_text) if length_text.isdecimal() else BODY_LIMIT_BYTES + 1
        if length > BODY_LIMIT_BYTES:
            raise NotUnderstood
        whole = len(head) + 4 + length
        if len(self._buffer) < whole:
            return None
        body = bytes(self._buffer[len(head) + 4 : whole])
        del self._buffer[:whole]
        return Request(match[1], match[2], match[4] == "1", headers, body, self._is_tls, self._port)


def _could_begin(buffer: bytearray) -> bool:
    # A TLS hello or other bytes on a text port: a real server answers these at once with an error, or hangs up.
    return bytes(buffer[:16]).isascii() and all(byte >= 9 for byte in buffer[:16])


def reason(status: int) -> str:
    """Return a status' usual words."""
    return HTTPStatus(status).phrase
