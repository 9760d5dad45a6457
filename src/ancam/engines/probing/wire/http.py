"""HTTP/1.x: a request's bytes, and an answer read as it comes."""

import re
import zlib
from collections.abc import Iterable

from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.messages import (
    Headers,
    Message,
    declared_length,
    end_of_head,
    header_lines,
    safe_target,
    value_of,
    values_of,
    written,
)
from ancam.engines.probing.wire.pages import Elsewhere, redirect_of, scripts, title

__all__ = ["Elsewhere", "HttpMessage", "HttpReader", "redirect_of", "request", "scripts", "title"]

HttpMessage = Message

INTERIM_LIMIT = 8
BLANK_LIMIT = 64
CHUNK_LINE_LIMIT = 256
CHUNK_OVERHEAD_LIMIT = 65_536
_START = b"HTTP/"
_STATUS_LINE = re.compile(rb"HTTP/([0-9])\.([0-9])[ \t]+([1-9][0-9]{2})(?![0-9])")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,16})[ \t]*(?:;.*)?\r?")
_NO_BODY = frozenset({204, 304})


def request(
    method: str,
    target: str,
    host: str,
    *,
    user_agent: str,
    headers: Iterable[tuple[str, str]] = (),
    body: bytes = b"",
) -> bytes:
    """Return the bytes of a request; `host` as the Host header has it, with the port where it is not the usual.

    Any form of answer is accepted unless `headers` say which.
    """
    told = dict([("Accept", "*/*"), *headers])
    head = [("Host", host), ("User-Agent", user_agent), *told.items()]
    if body or method == "POST":
        head.append(("Content-Length", str(len(body))))
    return written(f"{method} {safe_target(target) or '/'} HTTP/1.1", head, body)


class HttpReader:
    """Reads one answer from pieces of any size, the same whatever the pieces.

    `feed` takes what came, `finish` says that no more will come (end of stream, or of patience). Both raise `Garbled`
    when what came is no HTTP. Past `head_limit` or `body_limit` bytes the answer is done and `is_cut`; what comes after
    the end is ignored. Memory: what the limits allow.
    """

    def __init__(self, *, is_head: bool = False, head_limit: int = 32_768, body_limit: int = 262_144) -> None:
        self._is_head = is_head
        self._head_limit = head_limit
        self._body_limit = body_limit
        self._pending = bytearray()
        self._scanned = 0
        self._interim = 0
        self._status = 0
        self._minor = 1
        self._headers: Headers = ()
        self._body = bytearray()
        self._framing = "head"  # then "length", "close", "chunk-size", "chunk", "chunk-end", "trailer"
        self._missing = 0
        self._overhead = 0
        self._is_cut = False
        self._is_framed = True
        self.head_is_complete = False
        self.is_done = False

    @property
    def room(self) -> int:
        """How many bytes of the body are still kept; of what comes after them, none would be."""
        return self._body_limit - len(self._body)

    @property
    def message(self) -> HttpMessage:
        """The answer as far as it came. Raises `Garbled` before there is a head."""
        if not self.head_is_complete:
            raise Garbled(protocol="http", why="no answer")
        body = _unpacked(bytes(self._body), value_of(self._headers, "content-encoding"), self._body_limit)
        said = value_of(self._headers, "connection").lower()
        wants_more = "close" not in said if self._minor else "keep-alive" in said
        keeps_alive = wants_more and self.is_done and self._is_framed and not self._is_cut and self._status != 101
        return HttpMessage(self._status, self._headers, body, self._is_cut, keeps_alive)

    def feed(self, data: bytes) -> None:
        """Take what came next."""
        position = 0
        # One slice at a time keeps what is pending within the limits, however much is fed at once.
        while position < len(data) and not self.is_done:
            room = self._room()
            self._pending += data[position : position + room]
            position += room
            while not self.is_done and self._step():
                pass

    def finish(self) -> None:
        """Take note that no more will come."""
        if self.is_done:
            return
        if self._framing == "head":
            self._read_head(bytes(self._pending), is_whole=False)
            self._is_framed = False
        self._is_cut = self._is_cut or self._framing != "close"
        self.is_done = True

    def _room(self) -> int:
        if self._framing == "head":
            return max(1, self._head_limit - len(self._pending))
        return 4_096

    def _step(self) -> bool:
        """Go one step on with what is pending; return False when more is needed."""
        if self._framing == "head":
            return self._head_step()
        if self._framing in ("length", "close", "chunk"):
            return self._body_step()
        return self._line_step()

    def _head_step(self) -> bool:
        if self._scanned < len(_START):
            self._check_start()
        end = end_of_head(self._pending, self._scanned)
        self._scanned = len(self._pending)
        if end >= 0:
            head = bytes(self._pending[:end])
            del self._pending[:end]
            self._scanned = 0
            self._read_head(head, is_whole=True)
            return True
        if len(self._pending) < self._head_limit:
            return False
        self._read_head(bytes(self._pending), is_whole=False)
        self._cut()
        return False

    def _check_start(self) -> None:
        # A device may send line ends of the answer before; more than a few of them are no answer.
        blank = len(self._pending) - len(self._pending.lstrip(b"\r\n"))
        self._overhead += blank
        del self._pending[:blank]
        if not _START.startswith(bytes(self._pending[: len(_START)])) or self._overhead > BLANK_LIMIT:
            raise Garbled(protocol="http", why="no status line")

    def _read_head(self, head: bytes, *, is_whole: bool) -> None:
        status_line, _line_end, rest = head.partition(b"\n")
        found = _STATUS_LINE.match(status_line)
        if not found or found[1] != b"1":
            raise Garbled(protocol="http", why="no status line" if head else "no answer")
        status = int(found[3])
        if 100 <= status < 200 and status != 101 and is_whole:
            self._interim += 1
            if self._interim > INTERIM_LIMIT:
                raise Garbled(protocol="http", why="only interim answers")
            return
        self._status, self._minor = status, int(found[2])
        self._headers, has_all = header_lines(rest)
        self.head_is_complete = True
        if not has_all:
            self._cut()
        elif is_whole:
            self._begin_body()

    def _begin_body(self) -> None:
        coding = ",".join(values_of(self._headers, "transfer-encoding")).lower()
        length = declared_length(self._headers)
        if self._is_head or self._status in _NO_BODY or self._status == 101:
            self.is_done = True
        elif coding.strip().endswith("chunked"):
            self._framing = "chunk-size"
        elif length is None or coding:
            self._framing = "close"
            self._is_framed = False
        else:
            self._framing, self._missing = "length", length
            self._end_of_length()

    def _body_step(self) -> bool:
        if not self._pending:
            return False
        wanted = len(self._pending) if self._framing == "close" else min(self._missing, len(self._pending))
        taken = min(wanted, self._body_limit - len(self._body))
        self._body += self._pending[:taken]
        del self._pending[:taken]
        self._missing -= taken
        if self._framing == "length":
            self._end_of_length()
        elif self._framing == "chunk" and not self._missing:
            self._framing = "chunk-end"
        elif taken < wanted:
            self._cut()
        return not self.is_done

    def _end_of_length(self) -> None:
        if not self._missing:
            self.is_done = True
        elif len(self._body) == self._body_limit:
            self._cut()

    def _line_step(self) -> bool:
        end = self._pending.find(b"\n")
        if end < 0 and len(self._pending) <= CHUNK_LINE_LIMIT:
            return False
        line = bytes(self._pending[:end]) if 0 <= end <= CHUNK_LINE_LIMIT else None
        self._overhead += len(line or b"") + 1
        if line is None or self._overhead > CHUNK_OVERHEAD_LIMIT:
            self._cut()
            return False
        del self._pending[: end + 1]
        self._read_chunk_line(line)
        return not self.is_done

    def _read_chunk_line(self, line: bytes) -> None:
        if self._framing == "chunk-end":
            self._framing = "chunk-size"
            if line.strip():
                self._cut()
        elif self._framing == "trailer":
            self.is_done = not line.strip()
        elif found := _CHUNK_SIZE.fullmatch(line):
            self._missing = int(found[1], 16)
            self._framing = "chunk" if self._missing else "trailer"
        else:
            self._cut()

    def _cut(self) -> None:
        self._is_cut = True
        self.is_done = True


def _unpacked(body: bytes, coding: str, limit: int) -> bytes:
    """Return a gzipped body unpacked, at most `limit` bytes; as it came when it is not what it says."""
    if coding.lower() not in ("gzip", "x-gzip", "deflate"):
        return body
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(body, limit) or body
    except zlib.error:
        return body
