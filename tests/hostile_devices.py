"""Devices written for one test each: what they say is the test's own, and they keep what they were asked."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

_ESTABLISHED = 1
Handler = Callable[["Line"], Awaitable[None]]
Answer = Callable[[bytes], bytes | None]


@dataclass
class Line:
    """One accepted connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    heard: list[bytes]

    async def request(self) -> bytes:
        """Return one request, head and body; empty when the asker has gone."""
        try:
            head = await self.reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return b""
        length = next((line[15:] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), b"0")
        body = await self.reader.readexactly(int(length))
        self.heard.append(head + body)
        return head + body

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


@dataclass
class Devices:
    """Those that run: the connections that were accepted and the requests that were read, by address and port."""

    accepted: dict[tuple[str, int], int] = field(default_factory=dict)
    heard: dict[tuple[str, int], list[bytes]] = field(default_factory=dict)
    most_at_once: dict[str, int] = field(default_factory=dict)
    _open: dict[str, list[socket.socket]] = field(default_factory=dict)

    def opened(self, address: str, sock: socket.socket) -> None:
        """Count a connection, and those of the address that nobody has ended yet."""
        self._open[address] = [one for one in self._open.get(address, []) if _is_open(one)] + [sock]
        self.most_at_once[address] = max(self.most_at_once.get(address, 0), len(self._open[address]))

    def heard_at(self, place: tuple[str, int]) -> list[bytes]:
        return self.heard.setdefault(place, [])


def _is_open(sock: socket.socket) -> bool:
    """Whether a connection is open on both sides, as the kernel knows it before anybody reads."""
    return sock.fileno() >= 0 and sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] == _ESTABLISHED


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, answer: Answer, heard: list[bytes]) -> None:
        self._answer, self._heard = answer, heard

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._heard.append(data)
        if (said := self._answer(data)) is not None:
            self._transport.sendto(said, addr)


@contextmanager
def devices(tcp: dict[tuple[str, int], Handler], udp: dict[tuple[str, int], Answer] | None = None) -> Iterator[Devices]:
    """Listen at these addresses and ports, in a thread of its own."""
    found = Devices()
    ready = threading.Event()
    told: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
    failures: list[BaseException] = []

    def serve(place: tuple[str, int], handler: Handler):
        found.accepted[place] = 0

        async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            found.accepted[place] += 1
            found.opened(place[0], writer.get_extra_info("socket"))
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await handler(Line(reader, writer, found.heard_at(place)))
            writer.close()

        return served

    async def stay() -> None:
        end = asyncio.Event()
        loop = asyncio.get_running_loop()
        told.append((loop, end))
        try:
            servers = [await asyncio.start_server(serve(place, one), *place) for place, one in tcp.items()]
            ears = [
                (await loop.create_datagram_endpoint(partial(_Datagrams, answer, found.heard_at(place)), place))[0]
                for place, answer in (udp or {}).items()
            ]
            ready.set()
            await end.wait()
            for open_one in (*servers, *ears):
                open_one.close()
        except OSError as failure:
            failures.append(failure)
        finally:
            ready.set()

    thread = threading.Thread(target=lambda: asyncio.run(stay()), daemon=True)
    thread.start()
    ready.wait(30)
    try:
        if failures:
            raise failures[0]
        yield found
    finally:
        loop, end = told[0]
        if loop.is_running():
            loop.call_soon_threadsafe(end.set)
        thread.join(30)


def http_response(body: bytes = b"", status: str = "200 OK", headers: str = "") -> bytes:
    """Return an answer as a plain web server gives it."""
    head = f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode("utf-8", "surrogateescape") + body


async def silent(line: Line) -> None:
    """Accept and say nothing until the other side goes."""
    await line.reader.read()
