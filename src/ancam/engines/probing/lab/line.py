"""One TCP connection as a device holds it: counted, slow or fast, plain or through TLS; without a task of its own."""

import asyncio
import socket
import ssl
import struct
from collections.abc import Callable, Iterator
from typing import Protocol

from ancam.engines.probing.lab.harm import Harm

_READ_BYTES = 65_536
_RESET = struct.pack("ii", 1, 0)


class Talk(Protocol):
    """What a service says on one connection."""

    def begin(self, line: "Line") -> None:
        """The connection stands; over TLS, the handshake is done."""

    def received(self, line: "Line", data: bytes) -> None:
        """The other side sent something."""


class Line:
    """A connection that was accepted. Everything happens in the loop's callbacks; nothing is raised out of them."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        sock: socket.socket,
        talk: Talk,
        harm: Harm,
        tls: ssl.SSLContext | None = None,
        on_close: Callable[["Line"], None] | None = None,
    ) -> None:
        self.harm = harm
        self._loop = loop
        self._sock: socket.socket | None = sock
        self._talk = talk
        self._on_close = on_close
        self._unsent = bytearray()
        self._flow: Iterator[bytes] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._closes_when_sent = False
        self._shakes_hands = tls is not None
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = tls.wrap_bio(self._in, self._out, server_side=True) if tls else None
        loop.add_reader(sock, self._readable)
        if tls is None:
            talk.begin(self)

    @property
    def is_open(self) -> bool:
        """Whether it has not been closed by either side."""
        return self._sock is not None

    def send(self, data: bytes) -> None:
        """Send all of `data`, in time."""
        self._push(self._sealed(data))

    def pour(self, flow: Iterator[bytes]) -> None:
        """Send what `flow` yields, each piece when the one before has left; then close."""
        self._flow = flow
        self._flush()

    def later(self, delay_s: float, act: Callable[[], None]) -> None:
        """Do something after a while, unless the connection is closed by then; one thing at a time."""
        self._timer = self._loop.call_later(delay_s, act)

    def finish(self) -> None:
        """Close once everything has been sent."""
        self._closes_when_sent = True
        self._flush()

    def reset(self) -> None:
        """Cut the connection hard."""
        if self._sock is not None:
            self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            self.close()

    def close(self) -> None:
        """Let go of the connection at once."""
        if self._sock is None:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._loop.remove_reader(self._sock)
        self._loop.remove_writer(self._sock)
        self._sock.close()
        self._sock = None
        self.harm.closed()
        if self._on_close is not None:
            self._on_close(self)

    def _readable(self) -> None:
        assert self._sock is not None  # noqa: S101 - a closed socket has no reader
        try:
            data = self._sock.recv(_READ_BYTES)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if not data:
            self.close()
            return
        self.harm.bytes_received += len(data)
        if self.harm.hangs:
            return
        if self._tls is None:
            self._talk.received(self, data)
        else:
            self._through_tls(self._tls, data)

    def _through_tls(self, tls: ssl.SSLObject, data: bytes) -> None:
        self._in.write(data)
        try:
            if self._shakes_hands:
                tls.do_handshake()
                self._shakes_hands = False
                self._push(self._out.read())
                self._talk.begin(self)
            while self.is_open and (plain := tls.read(_READ_BYTES)):
                self._talk.received(self, plain)
            self.close()
        except ssl.SSLWantReadError:
            self._push(self._out.read())
        except ssl.SSLError:  # a handshake that cannot be
            self._push(self._out.read())
            self.finish()

    def _sealed(self, data: bytes) -> bytes:
        if self._tls is None:
            return data
        self._tls.write(data)
        return self._out.read()

    def _push(self, data: bytes) -> None:
        self._unsent += data
        self._flush()

    def _flush(self) -> None:
        while self._sock is not None:
            if self._unsent:
                try:
                    sent = self._sock.send(self._unsent)
                except (BlockingIOError, InterruptedError):
                    self._loop.add_writer(self._sock, self._flush)
                    return
                except OSError:
                    self.close()
                    return
                self.harm.bytes_sent += sent
                del self._unsent[:sent]
            elif self._flow is not None:
                self._draw(self._flow)
                return
            elif self._closes_when_sent:
                self.close()
            else:
                self._loop.remove_writer(self._sock)
                return

    def _draw(self, flow: Iterator[bytes]) -> None:
        """Take one piece; the next comes with the loop's next round, so that an endless page starves nobody."""
        assert self._sock is not None  # noqa: S101 - asked of an open line alone
        piece = next(flow, None)
        if piece is None:
            self._flow = None
            self._closes_when_sent = True
        else:
            self._unsent += self._sealed(piece)
        self._loop.add_writer(self._sock, self._flush)
