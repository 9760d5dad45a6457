"""Asking a laboratory as anybody would: plain sockets, `http.client`, `ssl`; nothing of AnCam's own wire code."""

import asyncio
import hashlib
import http.client
import itertools
import os
import re
import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ancam.engines.probing.lab.device import Pace
from ancam.engines.probing.lab.laboratory import Laboratory
from ancam.engines.probing.lab.logins import Account
from ancam.engines.probing.lab.placing import Placed

OWNER = Account("audit", "owner's own")
WAIT_S = 5
_numbers = itertools.count(1)


def an_address() -> str:
    """Return a loopback address that no other test of this machine uses."""
    number = next(_numbers)
    return f"127.{128 + os.getpid() % 120}.{number // 250}.{number % 250 + 1}"


@contextmanager
def running(*placed: Placed, owner: Account | None = OWNER, pace: Pace | None = None) -> Iterator[Laboratory]:
    """A laboratory in a thread of its own, so that tests may ask it with blocking sockets."""
    laboratory = Laboratory(placed, owner=owner, pace=pace)
    ready, failures = threading.Event(), list[BaseException]()
    told: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def stay() -> None:
        end = asyncio.Event()
        told.append((asyncio.get_running_loop(), end))
        try:
            async with laboratory:
                ready.set()
                await end.wait()
            assert asyncio.all_tasks() == {asyncio.current_task()}
        except BaseException as failure:  # noqa: BLE001 - raised again in the test's own thread
            failures.append(failure)
        finally:
            ready.set()

    thread = threading.Thread(target=lambda: asyncio.run(stay()), daemon=True)
    thread.start()
    ready.wait(WAIT_S)
    try:
        if not failures:
            yield laboratory
    finally:
        loop, end = told[0]
        if loop.is_running():
            loop.call_soon_threadsafe(end.set)
        thread.join(WAIT_S)
        assert not thread.is_alive()
    for failure in failures:
        raise failure


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def every(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]


def any_tls(highest: ssl.TLSVersion | None = None, ciphers: str = "ALL:eNULL:@SECLEVEL=0") -> ssl.SSLContext:
    """A client that accepts whatever a device shows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers(ciphers)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        if highest is not None:
            context.maximum_version = highest
    return context


def http_ask(
    ip: str,
    target: str = "/",
    *,
    port: int = 80,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: bytes | None = None,
    is_tls: bool = False,
) -> Answer:
    """One request on a connection of its own, its answer read whole."""
    if is_tls:
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            ip, port, timeout=WAIT_S, context=any_tls()
        )
    else:
        connection = http.client.HTTPConnection(ip, port, timeout=WAIT_S)
    try:
        connection.request(method, target, body, headers or {})
        answer = connection.getresponse()
        return Answer(answer.status, answer.getheaders(), answer.read())
    finally:
        connection.close()


def digest(challenge: str, method: str, uri: str, username: str, password: str) -> str:
    """An `Authorization` value for a Digest challenge."""
    told = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge.removeprefix("Digest ")))
    made = hashlib.sha256 if told.get("algorithm") == "SHA-256" else hashlib.md5

    def of(text: str) -> str:
        return made(text.encode()).hexdigest()

    realm, nonce = told["realm"], told["nonce"]
    first, second = of(f"{username}:{realm}:{password}"), of(f"{method}:{uri}")
    start = f'Digest username="{username}", realm="{realm}", nonce="{nonce}", uri="{uri}"'
    if "algorithm" in told:
        start += f", algorithm={told['algorithm']}"
    if "qop" not in told:
        response = of(f"{first}:{nonce}:{second}")
        return f'{start}, response="{response}"'
    response = of(f"{first}:{nonce}:00000001:abc:auth:{second}")
    return f'{start}, qop=auth, nc=00000001, cnonce="abc", response="{response}"'


def http_login(ip: str, target: str, username: str, password: str, *, port: int = 80, is_tls: bool = False) -> Answer:
    """Ask, answer the Digest challenge, and ask again."""
    refused = http_ask(ip, target, port=port, is_tls=is_tls)
    value = digest(refused.header("www-authenticate"), "GET", target, username, password)
    return http_ask(ip, target, port=port, is_tls=is_tls, headers={"Authorization": value})


def rtsp_ask(ip: str, path: str, *, port: int = 554, method: str = "DESCRIBE", more: str = "") -> str:
    """One RTSP request and what came back within its connection."""
    with socket.create_connection((ip, port), WAIT_S) as line:
        line.sendall(f"{method} rtsp://{ip}:{port}{path} RTSP/1.0\r\nCSeq: 1\r\n{more}\r\n".encode())
        said = b""
        while b"\r\n\r\n" not in said:
            said += line.recv(65_536) or b"\r\n\r\n"
        return said.decode()


def hear(ip: str, port: int, *, count: int = 1) -> bytes:
    """What a port says of itself."""
    with socket.create_connection((ip, port), WAIT_S) as line:
        said = b""
        while len(said) < count:
            said += (piece := line.recv(4096))
            if not piece:
                break
        return said


def say(ip: str, port: int, data: bytes) -> bytes:
    """Everything that a port answers to some bytes until it hangs up."""
    with socket.create_connection((ip, port), WAIT_S) as line:
        line.sendall(data)
        return b"".join(iter(lambda: line.recv(65_536), b""))


def datagram(ip: str, port: int, data: bytes, wait_s: float = WAIT_S) -> bytes:
    """The answer to one datagram; empty when none came."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(wait_s)
        sock.connect((ip, port))
        sock.send(data)
        try:
            return sock.recv(65_536)
        except TimeoutError:
            return b""


def soap(call: str, inner: str = "", header: str = "") -> bytes:
    """A SOAP envelope around one call."""
    return (
        '<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"'
        ' xmlns:tds="http://www.onvif.org/ver10/device/wsdl">'
        f"<s:Header>{header}</s:Header><s:Body><tds:{call}>{inner}</tds:{call}></s:Body></s:Envelope>"
    ).encode()


def onvif_ask(
    ip: str, call: str, *, path: str = "/onvif/device_service", port: int = 80, is_tls: bool = False, header: str = ""
) -> Answer:
    """One ONVIF call."""
    return http_ask(ip, path, port=port, method="POST", is_tls=is_tls, body=soap(call, header=header))
