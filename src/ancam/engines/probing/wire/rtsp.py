"""RTSP/1.0: OPTIONS and DESCRIBE written, an answer read as it comes, media of a session description named."""

import re
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
    written,
)
from ancam.engines.probing.wire.text import clean, decoded

RtspMessage = Message

FRAMES_LIMIT = 262_144
MEDIA_LIMIT = 64
# Never SETUP, never PLAY: nothing here starts a stream.
METHODS = frozenset({"OPTIONS", "DESCRIBE"})
_START = b"RTSP/"
_STATUS_LINE = re.compile(rb"RTSP/[0-9]\.[0-9][ \t]+([1-9][0-9]{2})(?![0-9])")


def request(method: str, url: str, cseq: int, *, user_agent: str, headers: Iterable[tuple[str, str]] = ()) -> bytes:
    """Return the bytes of an OPTIONS or DESCRIBE request. Raises `Garbled` for any other method."""
    if method not in METHODS:
        raise Garbled(protocol="rtsp", why="a method that is never sent")
    accept = [("Accept", "application/sdp")] if method == "DESCRIBE" else []
    head = [("CSeq", str(cseq)), ("User-Agent", user_agent), *accept, *headers]
    return written(f"{method} {safe_target(url)} RTSP/1.0", head)


class RtspReader:
    """Reads one answer from pieces of any size, the same whatever the pieces; see `http.HttpReader`.

    Interleaved frames (`$`) before the answer are passed over. A session description without Content-Length goes on
    until `finish`: call it at the end of the stream or of patience.
    """

    def __init__(self, *, head_limit: int = 32_768, body_limit: int = 262_144) -> None:
        self._head_limit = head_limit
        self._body_limit = body_limit
        self._pending = bytearray()
        self._scanned = 0
        self._to_skip = 0
        self._skipped = 0
        self._status = 0
        self._headers: Headers = ()
        self._body = bytearray()
        self._length: int | None = None
        self._is_cut = False
        self.head_is_complete = False
        self.is_done = False

    @property
    def message(self) -> RtspMessage:
        """The answer as far as it came. Raises `Garbled` before there is a head."""
        if not self.head_is_complete:
            raise Garbled(protocol="rtsp", why="no answer")
        stays = self.is_done and not self._is_cut and self._length is not None
        keeps_alive = stays and "close" not in value_of(self._headers, "connection").lower()
        return RtspMessage(self._status, self._headers, bytes(self._body), self._is_cut, keeps_alive)

    def feed(self, data: bytes) -> None:
        """Take what came next."""
        position = 0
        while position < len(data) and not self.is_done:
            room = max(1, self._head_limit - len(self._pending))
            self._pending += data[position : position + room]
            position += room
            if not self.head_is_complete:
                self._find_head()
            if self.head_is_complete:
                self._take_body()

    def finish(self) -> None:
        """Take note that no more will come."""
        if self.is_done:
            return
        if not self.head_is_complete:
            self._read_head(bytes(self._pending))
            self._is_cut = True
        self._is_cut = self._is_cut or self._length is not None
        self.is_done = True

    def _find_head(self) -> None:
        self._skip_frames()
        if not _START.startswith(bytes(self._pending[: len(_START)])):
            # A lone `$` may still become a frame.
            if self._pending[:1] == b"$" or not self._pending:
                return
            raise Garbled(protocol="rtsp", why="no status line")
        end = end_of_head(self._pending, self._scanned)
        self._scanned = len(self._pending)
        if end >= 0:
            self._read_head(bytes(self._pending[:end]))
            del self._pending[:end]
        elif len(self._pending) >= self._head_limit:
            self._read_head(bytes(self._pending))
            self._cut()

    def _skip_frames(self) -> None:
        while self._pending and not self._scanned:
            if self._to_skip:
                taken = min(self._to_skip, len(self._pending))
                self._to_skip -= taken
            elif self._pending[0] in b"\r\n":
                taken = 1
            elif self._pending[0] == ord("$") and len(self._pending) >= 4:
                taken = 4
                self._to_skip = int.from_bytes(self._pending[2:4], "big")
            else:
                return
            del self._pending[:taken]
            self._skipped += taken
            if self._skipped > FRAMES_LIMIT:
                raise Garbled(protocol="rtsp", why="frames without end")

    def _read_head(self, head: bytes) -> None:
        status_line, _line_end, rest = head.partition(b"\n")
        found = _STATUS_LINE.match(status_line)
        if not found:
            raise Garbled(protocol="rtsp", why="no status line" if head else "no answer")
        self._status = int(found[1])
        self._headers, has_all = header_lines(rest)
        self.head_is_complete = True
        self._length = declared_length(self._headers)
        kind = value_of(self._headers, "content-type").lower()
        if self._length is None and not (self._status == 200 and kind.startswith("application/sdp")):
            self._length = 0
        if not has_all:
            self._cut()

    def _take_body(self) -> None:
        wanted = len(self._pending) if self._length is None else self._length - len(self._body)
        taken = self._pending[: min(wanted, self._body_limit - len(self._body))]
        self._body += taken
        if self.is_done or len(self._body) == self._length:
            self.is_done = True
        elif len(self._body) == self._body_limit and (self._length or len(taken) < wanted):
            self._cut()
        self._pending.clear()

    def _cut(self) -> None:
        self._is_cut = True
        self.is_done = True


def media_of(sdp: bytes) -> list[str]:
    """Return the media a session description names, in order: "video H264/90000", or "audio" where no map is given."""
    found: list[str] = []
    for line in decoded(sdp).splitlines():
        if line.startswith("m=") and len(found) < MEDIA_LIMIT:
            found.append(clean(line[2:].split(" ", 1)[0], 32))
        elif line.startswith("a=rtpmap:") and found and " " not in found[-1]:
            _payload, _space, mapped = line.partition(" ")
            found[-1] = clean(f"{found[-1]} {mapped}", 100)
    return [media for media in found if media]
