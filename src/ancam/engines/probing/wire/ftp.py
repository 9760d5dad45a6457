"""Replies of FTP (RFC 959, 4.2): a number and a text, over one line or many."""

import re

from ancam.engines.probing.wire.errors import Garbled

BYTE_LIMIT = 8_192
_LINE = re.compile(rb"([1-5][0-5][0-9])(?:([ -])|\Z)")


class ReplyReader:
    """Reads one reply from pieces of any size; preliminary ones (1yz), behind which another follows, are passed over.

    `feed` takes what came, `finish` says that no more will come; `feed` and `message` raise Garbled when it is no
    reply, or longer than 8 KB. What comes behind the reply is ignored.
    """

    def __init__(self) -> None:
        self.is_done = False
        self._code = b""
        self._pending = b""
        self._heard = 0

    @property
    def message(self) -> int:
        """The reply's number. Raises Garbled before the reply has ended."""
        if not self.is_done:
            raise Garbled(protocol="ftp", why="no whole reply")
        return int(self._code)

    def feed(self, data: bytes) -> None:
        """Take what came next."""
        self._heard += len(data)
        *lines, self._pending = (self._pending + data).split(b"\n")
        for line in lines:
            if not self.is_done:
                self._take(line.rstrip(b"\r"))
        if self._heard > BYTE_LIMIT and not self.is_done:
            raise Garbled(protocol="ftp", why="a reply without end")

    def finish(self) -> None:
        """Take note that no more will come: a line without its end is none."""

    def _take(self, line: bytes) -> None:
        found = _LINE.match(line)
        if not self._code:
            if found is None:
                raise Garbled(protocol="ftp", why="no reply")
            self._code = found[1]
        # Between the first line and the last, which repeats the number before a space, anything may stand.
        if found is not None and found[1] == self._code and found[2] != b"-":
            self.is_done = not self._code.startswith(b"1")
            self._code = self._code if self.is_done else b""
