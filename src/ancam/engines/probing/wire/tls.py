"""TLS hellos by hand, SSL 3.0 to TLS 1.3, so that servers that today's libraries refuse can still be judged.

Only the first flight is exchanged: no key is agreed, nothing is ever encrypted.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ancam.engines.probing.wire.ciphers import (
    COMMON_CIPHERS,
    FORWARD_SECRET_CIPHERS,
    TLS13_CIPHERS,
    WEAK_CIPHERS,
    cipher_name,
)
from ancam.engines.probing.wire.errors import Garbled

__all__ = [
    "COMMON_CIPHERS",
    "FORWARD_SECRET_CIPHERS",
    "TLS13_CIPHERS",
    "VERSIONS",
    "WEAK_CIPHERS",
    "HelloAnswer",
    "ServerHelloReader",
    "cipher_name",
    "client_hello",
]

VERSIONS = {"SSLv3": 0x0300, "TLSv1": 0x0301, "TLSv1.1": 0x0302, "TLSv1.2": 0x0303, "TLSv1.3": 0x0304}
BYTE_LIMIT = 131_072
RECORD_LIMIT = 18_432
MESSAGE_LIMIT = 64
CERTIFICATE_LIMIT = 10
RANDOM_SIZE = 32
_NAMES = {number: name for name, number in VERSIONS.items()}
_ALERT, _HANDSHAKE = 21, 22
_SERVER_HELLO, _CERTIFICATE, _HELLO_DONE = 2, 11, 14
_SUPPORTED_VERSIONS = 43
_NO_RENEGOTIATION = 0x00FF
_GROUPS = (0x001D, 0x0017, 0x0018, 0x0019, 0x001E, 0x0016, 0x000A, 0x0013, 0x0100, 0x0101)
# Old hashes too: whether a device signs with them is what is asked, nothing is trusted.
_SIGNATURES = (0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0807, 0x0401, 0x0501, 0x0601, 0x0402, 0x0203, 0x0201)
_OLD_SIGNATURES = (0x0202, 0x0101)


@dataclass(frozen=True, slots=True)
class HelloAnswer:
    """What a server answered to a hello.

    version: as in `VERSIONS`, empty when it said no hello; cipher: the number it chose, 0 when none; certificates: in
    DER, its own first (none under TLS 1.3, which hides them); alert: the number of the alert that ended it, or None.
    """

    version: str
    cipher: int
    certificates: tuple[bytes, ...]
    alert: int | None


def client_hello(*, highest: str, ciphers: Iterable[int], random: bytes) -> bytes:
    """Return a hello that offers versions up to `highest` (of `VERSIONS`) and `ciphers`; random: 32 bytes.

    No server name is sent: devices are asked by address. With TLS 1.3 no key is offered, so a server that speaks it
    asks for one, which names version and cipher and ends the exchange.
    """
    version = VERSIONS[highest]
    numbers = (*ciphers, _NO_RENEGOTIATION)
    suites = b"".join(number.to_bytes(2, "big") for number in numbers)
    if len(random) != RANDOM_SIZE:
        raise Garbled(protocol="tls", why="random of the wrong size")
    body = min(version, 0x0303).to_bytes(2, "big") + random + b"\x00" + _sized(suites, 2) + b"\x01\x00"
    if version > VERSIONS["SSLv3"]:
        body += _sized(_extensions(version), 2)
    hello = b"\x01" + _sized(body, 3)
    return bytes([_HANDSHAKE]) + min(version, 0x0301).to_bytes(2, "big") + _sized(hello, 2)


class ServerHelloReader:
    """Reads a server's first flight from pieces of any size, the same whatever the pieces.

    `feed` raises `Garbled` when what came is no TLS. Done at the end of the flight, at an alert, at a hello of TLS 1.3,
    and past 131,072 bytes. `answer` holds what came so far; a server that says nothing has version "".
    """

    def __init__(self) -> None:
        self._records = bytearray()
        self._messages = bytearray()
        self._fed = 0
        self._message_count = 0
        self._version = ""
        self._cipher = 0
        self._certificates: tuple[bytes, ...] = ()
        self._alert: int | None = None
        self.is_done = False

    @property
    def answer(self) -> HelloAnswer:
        """What the server answered so far."""
        return HelloAnswer(self._version, self._cipher, self._certificates, self._alert)

    def feed(self, data: bytes) -> None:
        """Take what came next."""
        if self.is_done:
            return
        data = data[: BYTE_LIMIT - self._fed]
        self._fed += len(data)
        self._records += data
        while not self.is_done and self._read_record():
            pass
        self.is_done = self.is_done or self._fed >= BYTE_LIMIT

    def finish(self) -> None:
        """Take note that no more will come."""
        self.is_done = True

    def _read_record(self) -> bool:
        kind = self._records[0] if self._records else _HANDSHAKE
        if kind not in (_ALERT, _HANDSHAKE) or bytes(self._records[1:2]) not in (b"", b"\x03"):
            raise Garbled(protocol="tls", why="no record of a handshake")
        if len(self._records) < 5:
            return False
        length = int.from_bytes(self._records[3:5], "big")
        if length > RECORD_LIMIT:
            raise Garbled(protocol="tls", why="a record that is too long")
        if len(self._records) < 5 + length:
            return False
        content = bytes(self._records[5 : 5 + length])
        del self._records[: 5 + length]
        if kind == _ALERT:
            self._alert = content[1] if len(content) > 1 else 0
            self.is_done = True
        else:
            self._messages += content
            while not self.is_done and self._read_message():
                pass
        return True

    def _read_message(self) -> bool:
        if len(self._messages) < 4:
            return False
        length = int.from_bytes(self._messages[1:4], "big")
        if length > BYTE_LIMIT:
            raise Garbled(protocol="tls", why="a message that is too long")
        if len(self._messages) < 4 + length:
            return False
        kind, body = self._messages[0], bytes(self._messages[4 : 4 + length])
        del self._messages[: 4 + length]
        self._message_count += 1
        if kind == _SERVER_HELLO:
            self._read_hello(body)
        elif not self._version:
            raise Garbled(protocol="tls", why="no hello")
        elif kind == _CERTIFICATE:
            self._certificates = _certificates(body)
        if kind == _HELLO_DONE or self._message_count >= MESSAGE_LIMIT or self._version == "TLSv1.3":
            self.is_done = True
        return True

    def _read_hello(self, body: bytes) -> None:
        after_session = 35 + (body[34] if len(body) > 34 else 0)
        if len(body) < after_session + 3:
            raise Garbled(protocol="tls", why="a hello that is too short")
        version = int.from_bytes(body[:2], "big")
        for kind, content in _read_extensions(body[after_session + 5 :]):
            if kind == _SUPPORTED_VERSIONS and len(content) == 2:
                version = int.from_bytes(content, "big")
        if version not in _NAMES:
            raise Garbled(protocol="tls", why="an unknown version")
        self._version = _NAMES[version]
        self._cipher = int.from_bytes(body[after_session : after_session + 2], "big")


def _sized(content: bytes, size: int) -> bytes:
    return len(content).to_bytes(size, "big") + content


def _extension(kind: int, content: bytes) -> bytes:
    return kind.to_bytes(2, "big") + _sized(content, 2)


def _numbers(numbers: Iterable[int]) -> bytes:
    return b"".join(number.to_bytes(2, "big") for number in numbers)


def _extensions(version: int) -> bytes:
    written = _extension(10, _sized(_numbers(_GROUPS), 2)) + _extension(11, b"\x01\x00")
    if version >= VERSIONS["TLSv1.2"]:
        signatures = _SIGNATURES if version == VERSIONS["TLSv1.3"] else _SIGNATURES + _OLD_SIGNATURES
        written += _extension(13, _sized(_numbers(signatures), 2))
    if version == VERSIONS["TLSv1.3"]:
        offered = _numbers(number for name, number in reversed(VERSIONS.items()) if name != "SSLv3")
        written += _extension(_SUPPORTED_VERSIONS, _sized(offered, 1)) + _extension(51, b"\x00\x00")
    return written


def _read_extensions(data: bytes) -> Iterable[tuple[int, bytes]]:
    position = 0
    while position + 4 <= len(data):
        kind, length = int.from_bytes(data[position : position + 2], "big"), data[position + 2 : position + 4]
        end = position + 4 + int.from_bytes(length, "big")
        yield kind, data[position + 4 : end]
        position = end


def _certificates(body: bytes) -> tuple[bytes, ...]:
    found: list[bytes] = []
    position = 3
    while position + 3 <= len(body) and len(found) < CERTIFICATE_LIMIT:
        end = position + 3 + int.from_bytes(body[position : position + 3], "big")
        if end > len(body):
            break
        found.append(body[position + 3 : end])
        position = end
    return tuple(found)
