"""SSH up to the server's host key, and no further: no login is ever tried, no name is ever sent."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ancam.engines.probing.facts import SshFacts
from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.text import clean, decoded

BYTE_LIMIT = 131_072
LINE_LIMIT = 1_024
LINES_LIMIT = 32
PACKET_LIMIT = 35_000
PACKETS_LIMIT = 64
NAMES_LIMIT = 64
_DISCONNECT, _KEX_INIT, _NEW_KEYS, _KEX_FIRST, _KEX_REPLY = 1, 20, 21, 30, 31
# The generator is 2; the primes are those of RFC 2409 (group 1, "Oakley 2") and RFC 3526 (group 14).
_PI_PART = (
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B"
    "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6"
    "49286651ECE"
)
_GROUP_1 = int(_PI_PART + "65381FFFFFFFFFFFFFFFF", 16)
_GROUP_14 = int(
    _PI_PART + "45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D"
    "670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718"
    "3995497CEA956AE515D2261898FA051015728E5A8AACAA68FFFFFFFFFFFFFFFF",
    16,
)
_EXCHANGES = (
    "curve25519-sha256",
    "curve25519-sha256@libssh.org",
    "ecdh-sha2-nistp256",
    "diffie-hellman-group14-sha256",
    "diffie-hellman-group14-sha1",
    "diffie-hellman-group1-sha1",
)
_HOST_KEYS = (
    "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "rsa-sha2-512", "rsa-sha2-256",
    "ssh-rsa", "ssh-dss",
)  # fmt: skip
# Only named, never used: the connection ends before anything is encrypted.
_CIPHERS = (
    "chacha20-poly1305@openssh.com", "aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr", "aes192-ctr",
    "aes128-ctr", "aes256-cbc", "aes128-cbc", "3des-cbc", "blowfish-cbc", "arcfour256", "arcfour128", "arcfour",
)  # fmt: skip
_MACS = (
    "hmac-sha2-256-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512", "hmac-sha1", "hmac-md5", "hmac-sha1-96",
    "hmac-md5-96", "umac-64@openssh.com",
)  # fmt: skip
_COMPRESSIONS = ("none", "zlib@openssh.com", "zlib")


@dataclass(frozen=True, slots=True)
class _Offers:
    key_exchanges: tuple[str, ...]
    host_key_types: tuple[str, ...]
    ciphers: tuple[str, ...]
    guess_follows: bool


class SshExchange:
    """One conversation with an SSH server, without sockets: send what `to_send` gives, `feed` what comes back.

    identification: of ours, after "SSH-2.0-". random: where random bytes come from. Done when the host key is known,
    when there is none to learn (SSH 1, no exchange in common, a disconnect), or past 131,072 bytes or 64 packets.
    `feed` raises `Garbled` when what came is no SSH.
    """

    def __init__(self, *, identification: str = "AnCam", random: Callable[[int], bytes] = os.urandom) -> None:
        self._random = random
        self._out = f"SSH-2.0-{clean(identification, 200)}\r\n".encode()
        self._pending = bytearray()
        self._fed = 0
        self._lines = 0
        self._packets = 0
        self._version = ""
        self._offers: _Offers | None = None
        self._exchange = ""
        self._skips_one = False
        self._host_key_sha256 = ""
        self.is_done = False

    def to_send(self) -> bytes:
        """Return what is to be sent now; each byte is given once."""
        data, self._out = self._out, b""
        return data

    def feed(self, data: bytes) -> None:
        """Take what came next."""
        if self.is_done:
            return
        data = data[: BYTE_LIMIT - self._fed]
        self._fed += len(data)
        self._pending += data
        while not self.is_done and (self._read_packet() if self._version else self._read_line()):
            pass
        self.is_done = self.is_done or self._fed >= BYTE_LIMIT

    def finish(self) -> None:
        """Take note that no more will come. Raises `Garbled` when the server never identified itself."""
        self.is_done = True
        if not self._version:
            raise Garbled(protocol="ssh", why="no identification")

    def facts(self, port: int) -> SshFacts:
        """Return what was learnt so far. Raises `Garbled` when the server has not identified itself."""
        if not self._version:
            raise Garbled(protocol="ssh", why="no identification")
        offers = self._offers or _Offers((), (), (), False)
        return SshFacts(
            port, self._version, offers.key_exchanges, offers.host_key_types, offers.ciphers, self._host_key_sha256
        )

    def _read_line(self) -> bool:
        end = self._pending.find(b"\n")
        if end > LINE_LIMIT or (end < 0 and len(self._pending) > LINE_LIMIT) or self._lines > LINES_LIMIT:
            raise Garbled(protocol="ssh", why="no identification")
        if end < 0:
            return False
        line = bytes(self._pending[:end])
        del self._pending[: end + 1]
        self._lines += 1
        if line.startswith(b"SSH-"):
            self._version = clean(decoded(line), 255)
            if self._version.startswith(("SSH-2.", "SSH-1.99-")):
                self._out += _packet(self._kex_init())
            else:
                self.is_done = True
        return True

    def _read_packet(self) -> bool:
        if len(self._pending) < 5:
            return False
        length, padding = int.from_bytes(self._pending[:4], "big"), self._pending[4]
        if not padding + 2 <= length <= PACKET_LIMIT:
            raise Garbled(protocol="ssh", why="a packet of an odd length")
        if len(self._pending) < 4 + length:
            return False
        payload = bytes(self._pending[5 : 4 + length - padding])
        del self._pending[: 4 + length]
        self._packets += 1
        self._read_message(payload[0], payload[1:])
        self.is_done = self.is_done or self._packets >= PACKETS_LIMIT
        return True

    def _read_message(self, kind: int, body: bytes) -> None:
        if kind in (_DISCONNECT, _NEW_KEYS):
            self.is_done = True
        elif kind == _KEX_INIT and self._offers is None:
            self._offers = _read_offers(body)
            self._begin_exchange(self._offers)
        elif kind >= _KEX_FIRST and self._skips_one:
            self._skips_one = False
        elif kind == _KEX_REPLY and self._exchange:
            self._host_key_sha256 = hashlib.sha256(_read_string(body)).hexdigest()
            self.is_done = True

    def _begin_exchange(self, offers: _Offers) -> None:
        self._exchange = next((name for name in _EXCHANGES if name in offers.key_exchanges), "")
        if not self._exchange or not any(name in offers.host_key_types for name in _HOST_KEYS):
            self.is_done = True
            return
        self._skips_one = offers.guess_follows and offers.key_exchanges[0] != _EXCHANGES[0]
        self._out += _packet(bytes([_KEX_FIRST]) + _string(self._public_value()))

    def _public_value(self) -> bytes:
        # The secret half is dropped: what it would protect is never said.
        if self._exchange.startswith("curve25519"):
            private = x25519.X25519PrivateKey.from_private_bytes(self._random(32))
            return private.public_key().public_bytes_raw()
        if self._exchange.startswith("ecdh"):
            secret = int.from_bytes(self._random(31), "big") + 1
            public = ec.derive_private_key(secret, ec.SECP256R1()).public_key()
            return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        prime = _GROUP_14 if "group14" in self._exchange else _GROUP_1
        number = pow(2, int.from_bytes(self._random(40), "big") | 1 << 319, prime)
        return number.to_bytes(number.bit_length() // 8 + 1, "big")

    def _kex_init(self) -> bytes:
        lists = (_EXCHANGES, _HOST_KEYS, _CIPHERS, _CIPHERS, _MACS, _MACS, _COMPRESSIONS, _COMPRESSIONS, (), ())
        return bytes([_KEX_INIT]) + self._random(16) + b"".join(map(_name_list, lists)) + bytes(5)


def _string(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content


def _name_list(names: tuple[str, ...]) -> bytes:
    return _string(",".join(names).encode())


def _packet(payload: bytes) -> bytes:
    padding = 8 - (len(payload) + 5) % 8
    padding += 8 if padding < 4 else 0
    return (len(payload) + padding + 1).to_bytes(4, "big") + bytes([padding]) + payload + bytes(padding)


def _read_string(data: bytes) -> bytes:
    length = int.from_bytes(data[:4], "big")
    if len(data) < 4 + length or not length:
        raise Garbled(protocol="ssh", why="a text that is cut")
    return data[4 : 4 + length]


def _read_offers(body: bytes) -> _Offers:
    position = 16
    lists: list[tuple[str, ...]] = []
    for _ in range(10):
        end = position + 4 + int.from_bytes(body[position : position + 4], "big")
        if end > len(body) or position + 4 > len(body):
            raise Garbled(protocol="ssh", why="offers that are cut")
        names = decoded(body[position + 4 : end]).split(",")[:NAMES_LIMIT]
        lists.append(tuple(name for one in names if (name := clean(one, 64))))
        position = end
    ciphers = tuple(dict.fromkeys(lists[2] + lists[3]))
    return _Offers(lists[0], lists[1], ciphers, body[position : position + 1] not in (b"", b"\x00"))
