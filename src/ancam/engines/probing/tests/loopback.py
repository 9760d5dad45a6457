"""Small servers and the parts of an assessment around them, for tests on loopback."""

import asyncio
import random
import socket
import ssl
import struct
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ancam.engines.probing.facts import HostFacts, PortState
from ancam.engines.probing.looking.asking import Asker
from ancam.engines.probing.permission.scope import Scope
from ancam.engines.probing.recording.journal import Journal
from ancam.engines.probing.sending.budget import Budget
from ancam.engines.probing.sending.gate import Gate
from ancam.engines.probing.sending.pacing import CarefulPace
from ancam.engines.probing.sending.stopping import Stop
from ancam.engines.probing.sending.tls_line import any_tls
from ancam.engines.probing.wire.tests.certificate_makers import make_sha256_certificate

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def now() -> datetime:
    return datetime.now(UTC)


class Clock:
    """A clock that stands still until a test moves it on. `now`: seconds."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def a_stop(seconds: float = 3_600) -> Stop:
    return Stop(now() + timedelta(seconds=seconds), now, ())


def a_gate(folder: Path, *allow: str, deny: tuple[str, ...] = (), stop: Stop | None = None, per_s: float = 1e6) -> Gate:
    scope = Scope.of([ip_network(text) for text in allow], [ip_network(text) for text in deny])
    return Gate(scope, CarefulPace(per_s), stop or a_stop(), Journal(folder / "events.jsonl", now))


def a_budget(
    *,
    at_once: int = 2,
    per_s: float = 1e6,
    bytes_left: int = 1_000_000,
    seconds: float = 15,
    clock: Callable[[], float] = monotonic,
) -> Budget:
    return Budget(at_once=at_once, per_s=per_s, bytes_left=bytes_left, seconds=seconds, clock=clock)


@asynccontextmanager
async def serving(
    handler: Handler, address: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
) -> AsyncIterator[int]:
    """Serve on a port of loopback and give its number."""

    tasks: set[asyncio.Task[None]] = set()

    async def closing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        tasks.add(task)
        try:
            await handler(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            tasks.discard(task)

    server = await asyncio.start_server(closing, address, port, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks)


@contextmanager
def no_port_free() -> Iterator[None]:
    """Sockets made meanwhile may take one port of this machine alone, which another has: as when all are taken."""
    port_range = 51  # IP_LOCAL_PORT_RANGE of Linux 6.3

    class OfOnePort(socket.socket):
        def connect_ex(self, place: Any) -> int:
            self.setsockopt(socket.IPPROTO_IP, port_range, taken_alone)
            return super().connect_ex(place)

        def sendto(self, *what: Any) -> int:
            self.setsockopt(socket.IPPROTO_IP, port_range, taken_alone)
            return super().sendto(*what)

    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams,
    ):
        port = server.getsockname()[1]
        datagrams.bind(("0.0.0.0", port))  # noqa: S104 - it receives nothing
        taken_alone = struct.pack("=I", port | port << 16)
        with pytest.MonkeyPatch.context() as lacking:
            lacking.setattr(socket, "socket", OfOnePort)
            yield


def a_closed_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accept and never say anything, until the other side goes."""
    await reader.read()


@asynccontextmanager
async def serving_all(handlers: Mapping[int, Handler], address: str = "127.0.0.1") -> AsyncIterator[None]:
    """Serve on several ports of one address."""
    async with AsyncExitStack() as stack:
        for port, handler in handlers.items():
            await stack.enter_async_context(serving(handler, address, port))
        yield


@cache
def a_tls_context() -> ssl.SSLContext:
    """Return what a server speaks TLS with: a certificate of its own making."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = x509.load_der_x509_certificate(make_sha256_certificate(key)).public_bytes(Encoding.PEM)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile() as file:
        file.write(certificate + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        context.load_cert_chain(file.name)
    return context


@dataclass(frozen=True)
class Request:
    """What a device was sent: HTTP or RTSP."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    line: int  # which of the device's connections it came on, from 1


@dataclass
class Device:
    """A server that answers as it is told, keeps its lines open and remembers what it was asked.

    answer: the bytes to send; None ends the line without a word. Bytes that end in `BYE` end it after them.
    """

    answer: Callable[[Request], bytes | None]
    requests: list[Request] = field(default_factory=list)
    lines: int = 0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.lines += 1
        number = self.lines
        while True:
            request = await _request(reader, number)
            self.requests.append(request)
            said = self.answer(request)
            writer.write((said or b"").removesuffix(BYE))
            await writer.drain()
            if said is None or said.endswith(BYE):
                return

    @property
    def asked(self) -> list[str]:
        """The methods and paths it was asked for."""
        return [f"{one.method} {one.path}" for one in self.requests]


BYE = b"\0bye"


async def _request(reader: asyncio.StreamReader, number: int) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *rest = head.strip().split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    method, path, _ = first.split(" ")
    return Request(method, path, headers, body, number)


def reply(status: int = 200, body: bytes | str = b"", protocol: str = "HTTP/1.1", **headers: str) -> bytes:
    """Return an answer with its length; underscores in names of headers are hyphens."""
    data = body.encode() if isinstance(body, str) else body
    head = [f"{protocol} {status} said", f"Content-Length: {len(data)}"]
    head += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*head, "", ""]).encode() + data


def an_asker(
    folder: Path,
    *open_ports: int,
    ip: str = "127.0.0.1",
    budget: Budget | None = None,
    stop: Stop | None = None,
    clock: Callable[[], datetime] = now,
) -> Asker:
    """Return what asks one device; the scope holds that device alone."""
    facts = HostFacts(ip, dict.fromkeys(open_ports, PortState.OPEN))
    return Asker(
        facts,
        a_gate(folder, ip, stop=stop),
        budget or a_budget(),
        any_tls(),
        "AnCam/0 (+to@an.example)",
        random.Random(5),
        clock,
    )
