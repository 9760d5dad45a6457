"""Devices as tests of the assessor need them, what they answer, and what is known of them."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ancam.engines.probing.facts import (
    Ask,
    DiscoveryAnswer,
    HttpAnswer,
)
from ancam.engines.probing.looking.asking import Asker
from ancam.engines.probing.tests.known import know
from ancam.engines.probing.tests.loopback import Device, Handler, Request, an_asker, reply, serving_all

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
INFO = "/ISAPI/System/deviceInfo"
DEVICE_INFO = '<DeviceInfo xmlns="http://www.hikvision.com/ver20/XMLSchema"><model>DS-2CD2143G0-I</model></DeviceInfo>'
Part = Callable[[Asker], Awaitable[Any]]


def saying(data: bytes) -> Device:
    """Return a device that answers this, whatever it is asked."""
    return Device(lambda _: data)


def raw(*pieces: bytes) -> Handler:
    """Return a server that sends these as soon as it is asked anything, each by itself, and then waits."""

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        await reader.read()

    return speak


@contextmanager
def hanging(ip: str, port: int = 0) -> Iterator[socket.socket]:
    """A port that takes no more connections, because its queue is full, until somebody accepts.

    One connection fills it. More would try again every second, and take the place that accepting makes.
    """
    with socket.create_server((ip, port), backlog=0) as full, socket.socket() as filler:
        full.setblocking(False)
        filler.setblocking(False)
        filler.connect_ex(full.getsockname())
        yield full


def in_envelope(content: str) -> bytes:
    """Return the answer to an ONVIF call."""
    envelope = f'<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>{content}</e:Body></e:Envelope>'
    return reply(body=envelope)


def hikvision(request: Request) -> bytes:
    """Answer as a camera of Hikvision that wants an account, whichever it is."""
    if request.path == INFO:
        if "authorization" in request.headers:
            return reply(200, DEVICE_INFO)
        return reply(401, WWW_Authenticate='Digest realm="DS-2CD2143G0-I", qop="auth", nonce="a"')
    if request.path == "/":
        return reply(200, Server="App-webs/")
    return reply(404)


def rtsp(request: Request) -> bytes:
    """Answer as its streams."""
    if "authorization" in request.headers:
        return reply(200, protocol="RTSP/1.0")
    return reply(401, protocol="RTSP/1.0", WWW_Authenticate='Digest realm="DS-2CD2143G0-I", nonce="a"')


def home(port: int = 8080, is_tls: bool = False, status: int = 200, body: bytes = b"", **headers: str) -> HttpAnswer:
    """Return the first page of a device."""
    return HttpAnswer(Ask.HOME, port, is_tls, "GET", "/", status, tuple(headers.items()), body)


def match(*addresses: str) -> DiscoveryAnswer:
    """Return a device's answer to WS-Discovery that names these addresses of its service."""
    return DiscoveryAnswer("ws-discovery", 3702, {"xaddrs": " ".join(addresses), "scopes": "onvif://www.onvif.org/x"})


def asked_at(ip: str, folder: Path, part: Part, handlers: dict[int, Handler], *known: Any, **how: Any) -> Asker:
    """Ask a device, of which the known is known, for one part; return who asked. It is noon."""

    async def ask() -> Asker:
        async with serving_all(handlers, ip):
            asker = an_asker(folder, *handlers, ip=ip, clock=lambda: NOON, **how)
            know(asker.facts, *known)
            await part(asker)
            return asker

    return asyncio.run(ask())
