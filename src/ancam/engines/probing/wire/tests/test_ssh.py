"""The exchange against a small server written here from RFC 4253, with keys of the cryptography library."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, x25519
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.facts import SshFacts
from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.ssh import SshExchange
from ancam.engines.probing.wire.tests.feeding import at_once, by_byte

HOST_KEY = (
    (11).to_bytes(4, "big")
    + b"ssh-ed25519"
    + (32).to_bytes(4, "big")
    + (ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw())
)
FINGERPRINT = hashlib.sha256(HOST_KEY).hexdigest()
DH_PRIME_BYTES = {
    "diffie-hellman-group14-sha256": 256,
    "diffie-hellman-group14-sha1": 256,
    "diffie-hellman-group1-sha1": 128,
}


def string(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content


def packet(payload: bytes) -> bytes:
    padding = 16 - (len(payload) + 5) % 8
    return (len(payload) + padding + 1).to_bytes(4, "big") + bytes([padding]) + payload + b"\x55" * padding


def kex_init(exchanges: str, *, host_keys: str = "ssh-ed25519,ssh-rsa", guess: bool = False) -> bytes:
    ciphers = ("aes128-ctr,3des-cbc", "aes128-ctr,arcfour")
    lists = (exchanges, host_keys, *ciphers, "hmac-sha1", "hmac-sha1", "none", "none", "", "")
    return b"\x14" + bytes(16) + b"".join(string(one.encode()) for one in lists) + bytes([guess]) + bytes(4)


def reply(host_key: bytes = HOST_KEY) -> bytes:
    return packet(b"\x1f" + string(host_key) + string(b"value") + string(b"signature"))


class Server:
    """A server that checks what it is sent and answers as it should."""

    def __init__(self, exchange: str) -> None:
        self.exchange = exchange
        self.received = b""

    def first(self) -> bytes:
        return b"Welcome\r\nSSH-2.0-dropbear_2014.63\r\n" + packet(kex_init(f"unknown,{self.exchange}"))

    def answer(self, data: bytes) -> bytes:
        """Read identification, offers and the client's value; return the reply with the host key."""
        line, _end, rest = data.partition(b"\r\n")
        assert line == b"SSH-2.0-AnCam"
        offers, rest = self.payload(rest)
        assert offers[0] == 20
        assert self.exchange.encode() in offers
        value, rest = self.payload(rest)
        assert rest == b""
        assert value[0] == 30
        self.check(value[5:])
        return packet(b"\x02ignore") + reply()

    def payload(self, data: bytes) -> tuple[bytes, bytes]:
        length, padding = int.from_bytes(data[:4], "big"), data[4]
        assert (4 + length) % 8 == 0
        assert padding >= 4
        return data[5 : 4 + length - padding], data[4 + length :]

    def check(self, value: bytes) -> None:
        if self.exchange.startswith("curve25519"):
            assert x25519.X25519PrivateKey.generate().exchange(x25519.X25519PublicKey.from_public_bytes(value))
        elif self.exchange.startswith("ecdh"):
            assert ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), value)
        else:
            assert 1 < int.from_bytes(value, "big") < 2 ** (8 * DH_PRIME_BYTES[self.exchange])
            assert value[0] < 0x80


def talk(data: bytes, pieces=at_once) -> SshExchange:
    exchange = SshExchange()
    for piece in pieces(data):
        exchange.feed(piece)
    return exchange


@pytest.mark.parametrize(
    "name",
    ["curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256", *DH_PRIME_BYTES],
)
@pytest.mark.parametrize("pieces", [at_once, by_byte])
def test_the_host_key_is_learnt_by_every_exchange(name, pieces):
    server, exchange = Server(name), SshExchange()
    for piece in pieces(server.first()):
        exchange.feed(piece)
    for piece in pieces(server.answer(exchange.to_send())):
        exchange.feed(piece)

    assert exchange.is_done
    assert exchange.to_send() == b""
    assert exchange.facts(2222) == SshFacts(
        2222, "SSH-2.0-dropbear_2014.63", ("unknown", name), ("ssh-ed25519", "ssh-rsa"),
        ("aes128-ctr", "3des-cbc", "arcfour"), FINGERPRINT,
    )  # fmt: skip


def test_the_primes_are_primes_of_their_size():
    from ancam.engines.probing.wire import ssh

    for prime, bits in ((ssh._GROUP_1, 1024), (ssh._GROUP_14, 2048)):
        assert prime.bit_length() == bits
        assert pow(2, prime - 1, prime) == 1
        assert pow(3, (prime - 1) // 2 - 1, (prime - 1) // 2) == 1


IDENTIFIED = b"SSH-2.0-x\r\n"


@pytest.mark.parametrize(
    ("data", "version"),
    [
        (b"SSH-1.5-OldOne\n", "SSH-1.5-OldOne"),
        (IDENTIFIED + packet(kex_init("unknown")), "SSH-2.0-x"),
        (IDENTIFIED + packet(kex_init("curve25519-sha256", host_keys="none")), "SSH-2.0-x"),
        (IDENTIFIED + packet(b"\x01disconnected"), "SSH-2.0-x"),
        (b"SSH-1.99-x\r\n" + packet(b"\x02") * 100, "SSH-1.99-x"),
        (IDENTIFIED + packet(b"\x02" + b"a" * 30_000) * 5, "SSH-2.0-x"),
        (IDENTIFIED + packet(kex_init("curve25519-sha256")) + packet(b"\x15"), "SSH-2.0-x"),
    ],
)
def test_a_server_that_shows_no_key_is_still_known(data, version):
    exchange = talk(data + b"more")

    assert exchange.is_done
    exchange.feed(b"more")
    assert (exchange.facts(22).version, exchange.facts(22).host_key_sha256) == (version, "")


def test_a_wrong_guess_of_the_server_is_passed_over():
    wrong = IDENTIFIED + packet(kex_init("ecdh-sha2-nistp256,curve25519-sha256", guess=True)) + reply(b"other")
    right = IDENTIFIED + packet(kex_init("curve25519-sha256", guess=True))

    assert talk(wrong + reply()).facts(22).host_key_sha256 == FINGERPRINT
    assert talk(right + reply()).facts(22).host_key_sha256 == FINGERPRINT


def test_a_key_before_the_offers_and_offers_said_again_are_passed_over():
    again = IDENTIFIED + reply(b"early") + packet(kex_init("curve25519-sha256")) + packet(kex_init("x")) + reply()

    assert talk(again).facts(22).key_exchanges == ("curve25519-sha256",)
    assert talk(again).facts(22).host_key_sha256 == FINGERPRINT


@pytest.mark.parametrize("pieces", [at_once, by_byte])
@pytest.mark.parametrize(
    "junk",
    [
        b"x\n" * 40,
        b"a" * 2_000,
        b"a" * 2_000 + b"\n",
        IDENTIFIED + b"\xff\xff\xff\xff\x04",
        IDENTIFIED + b"\0\0\0\1\0",
        IDENTIFIED + b"\0\0\0\x08\x07" + bytes(7),
        IDENTIFIED + packet(b"\x14short"),
        IDENTIFIED + packet(b"\x14" + bytes(16) + b"\xff\xff\xff\xff"),
        IDENTIFIED + packet(kex_init("curve25519-sha256")) + packet(b"\x1f\xff\xff\xff\xff"),
        IDENTIFIED + packet(kex_init("curve25519-sha256")) + packet(b"\x1f" + bytes(8)),
    ],
)
def test_junk_is_garbled(pieces, junk):
    with pytest.raises(Garbled):
        talk(junk, pieces)


def test_a_server_that_never_says_who_it_is_is_garbled():
    exchange = talk(b"nothing")

    with pytest.raises(Garbled):
        exchange.facts(22)
    with pytest.raises(Garbled):
        exchange.finish()


def test_the_end_of_the_stream_ends_the_exchange():
    exchange = talk(IDENTIFIED)
    exchange.finish()

    assert exchange.is_done
    assert exchange.facts(22) == SshFacts(22, "SSH-2.0-x")


def test_names_are_clean_and_bounded():
    names = ",".join([f"n{number}" for number in range(200)])
    facts = talk(b"SSH-2.0-a\x1b\x00b\r\n" + packet(kex_init(names + "\x00"))).facts(22)

    assert facts.version == "SSH-2.0-ab"
    assert len(facts.key_exchanges) == 64


GOOD = IDENTIFIED + packet(kex_init("curve25519-sha256")) + reply()


def outcome(data: bytes, pieces) -> object:
    exchange = SshExchange(random=bytes)
    try:
        for piece in pieces(data):
            exchange.feed(piece)
        return exchange.facts(22)
    except Garbled:
        return "garbled"


@given(st.binary(max_size=100), st.integers(0, len(GOOD)), st.integers(0, 6))
def test_no_bytes_raise_anything_but_garbled(data, position, removed):
    for answer in (data, IDENTIFIED + data, GOOD[:position] + data[:6] + GOOD[position + removed :]):
        assert outcome(answer, by_byte) == outcome(answer, at_once)
