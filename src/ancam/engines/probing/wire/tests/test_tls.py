import ssl
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.wire.certificates import certificate_facts
from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.tests.certificate_makers import make_sha256_certificate
from ancam.engines.probing.wire.tests.feeding import at_once, by_byte, outcome
from ancam.engines.probing.wire.tls import (
    COMMON_CIPHERS,
    FORWARD_SECRET_CIPHERS,
    TLS13_CIPHERS,
    VERSIONS,
    WEAK_CIPHERS,
    HelloAnswer,
    ServerHelloReader,
    cipher_name,
    client_hello,
)

RANDOM = bytes(range(32))
EVERY_CIPHER = TLS13_CIPHERS + COMMON_CIPHERS + WEAK_CIPHERS


@pytest.fixture(scope="module")
def identity(tmp_path_factory) -> Path:
    """A key and its certificate in one file."""
    key = rsa.generate_private_key(65537, 2048)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path_factory.mktemp("tls") / "identity.pem"
    path.write_bytes(secret + ssl.DER_cert_to_PEM_cert(make_sha256_certificate(key)).encode())
    return path


def flight_of(identity: Path, hello: bytes, *, highest: str = "TLSv1_3", ciphers: str = "ALL:@SECLEVEL=0") -> bytes:
    """Return what a real server answers to a hello: its first flight, or its alert."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(identity)
    context.set_ciphers(ciphers)
    with pytest.warns(DeprecationWarning):
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = getattr(ssl.TLSVersion, highest)
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = context.wrap_bio(incoming, outgoing, server_side=True)
    incoming.write(hello)
    with pytest.raises(ssl.SSLError):  # it wants more, or refuses
        server.do_handshake()
    return outgoing.read()


def read(flight: bytes) -> HelloAnswer:
    reader = ServerHelloReader()
    reader.feed(flight)
    reader.finish()
    return reader.answer


@pytest.mark.parametrize("version", ["TLSv1", "TLSv1.1", "TLSv1.2"])
def test_a_server_chooses_the_offered_version_and_shows_its_certificate(identity, version):
    answer = read(flight_of(identity, client_hello(highest=version, ciphers=COMMON_CIPHERS, random=RANDOM)))

    assert answer.version == version
    assert answer.cipher in COMMON_CIPHERS
    assert certificate_facts(answer.certificates[0]).common_name == "#camera"
    assert answer.alert is None


def test_a_server_of_tls_1_3_names_it_and_its_cipher(identity):
    flight = flight_of(identity, client_hello(highest="TLSv1.3", ciphers=EVERY_CIPHER, random=RANDOM))

    assert read(flight) == HelloAnswer("TLSv1.3", read(flight).cipher, (), None)
    assert read(flight).cipher in TLS13_CIPHERS


def test_an_older_server_answers_the_newest_hello_with_its_own_highest(identity):
    hello = client_hello(highest="TLSv1.3", ciphers=EVERY_CIPHER, random=RANDOM)

    assert read(flight_of(identity, hello, highest="TLSv1_2")).version == "TLSv1.2"
    assert read(flight_of(identity, hello, highest="TLSv1_1")).version == "TLSv1.1"


def test_a_server_without_a_cipher_in_common_answers_with_an_alert(identity):
    hello = client_hello(highest="TLSv1.2", ciphers=FORWARD_SECRET_CIPHERS, random=RANDOM)

    assert read(flight_of(identity, hello, ciphers="AES128-SHA:@SECLEVEL=0")) == HelloAnswer("", 0, (), 40)


def test_weak_ciphers_are_accepted_by_a_server_that_takes_them(identity):
    hello = client_hello(highest="TLSv1.2", ciphers=WEAK_CIPHERS, random=RANDOM)

    assert read(flight_of(identity, hello, ciphers="NULL:@SECLEVEL=0")).cipher in WEAK_CIPHERS
    assert read(flight_of(identity, hello, ciphers="AES128-SHA:@SECLEVEL=0")).alert == 40


def test_an_old_hello_has_no_extensions():
    hello = client_hello(highest="SSLv3", ciphers=[0x000A], random=RANDOM)

    assert hello[:11] == bytes.fromhex("16030000 2f 0100002b 0300".replace(" ", ""))
    assert hello[11:] == RANDOM + bytes.fromhex("00 0004 000a 00ff 0100".replace(" ", ""))


def test_a_random_of_another_size_is_refused():
    with pytest.raises(Garbled):
        client_hello(highest="TLSv1.2", ciphers=[], random=b"")


def test_the_tables_of_ciphers_are_apart():
    assert not set(WEAK_CIPHERS) & set(COMMON_CIPHERS)
    assert set(FORWARD_SECRET_CIPHERS) < set(COMMON_CIPHERS)
    assert {0x0005, 0x000A, 0x0003, 0x0034, 0x003B} <= set(WEAK_CIPHERS)
    assert cipher_name(0xC02F) == "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
    assert (cipher_name(0), cipher_name(0x5A5A)) == ("", "0x5a5a")


def record(kind: int, content: bytes) -> bytes:
    return bytes([kind, 3, 3]) + len(content).to_bytes(2, "big") + content


def message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + len(body).to_bytes(3, "big") + body


def hello_body(version: int = 0x0300, session: bytes = b"", extensions: bytes = b"") -> bytes:
    return version.to_bytes(2, "big") + RANDOM + bytes([len(session)]) + session + b"\x00\x05\x00" + extensions


OLD_FLIGHT = (
    record(22, message(2, hello_body(session=b"s" * 32)) + message(11, b"\0\0\x0c\0\0\x03abc\0\0\x03def"))
    + record(22, b"")
    + record(22, message(14, b"")[:2])
    + record(22, message(14, b"")[2:])
)


@pytest.mark.parametrize("pieces", [at_once, by_byte])
@pytest.mark.parametrize(
    ("flight", "expected"),
    [
        (OLD_FLIGHT + b"more", HelloAnswer("SSLv3", 5, (b"abc", b"def"), None)),
        (record(21, b"\x02\x28"), HelloAnswer("", 0, (), 40)),
        (record(21, b""), HelloAnswer("", 0, (), 0)),
        (record(22, message(2, hello_body())) + record(21, b"\x02\x46"), HelloAnswer("SSLv3", 5, (), 70)),
        (record(22, message(2, hello_body(0x0303, extensions=b"\0\x06\0\x2b\0\x02\x03\x04"))),
         HelloAnswer("TLSv1.3", 5, (), None)),
        (record(22, message(2, hello_body(0x0303, extensions=b"\0\x0a\0\x2b\0\x01\x03\x00\x17\xff\xff"))),
         HelloAnswer("TLSv1.2", 5, (), None)),
        (record(22, message(2, hello_body()) + message(11, b"\0\0\0\xff\xff\xff")), HelloAnswer("SSLv3", 5, (), None)),
        (record(22, message(2, hello_body()) + message(11, b"\0\0\0" + b"\0\0\x01a" * 20)),
         HelloAnswer("SSLv3", 5, (b"a",) * 10, None)),
        (record(22, message(2, hello_body()) + message(12, b"x") * 100), HelloAnswer("SSLv3", 5, (), None)),
        (b"", HelloAnswer("", 0, (), None)),
        (record(22, b"") * 30_000, HelloAnswer("", 0, (), None)),
    ],
)  # fmt: skip
def test_flights_are_read_whatever_the_pieces(pieces, flight, expected):
    assert outcome(ServerHelloReader(), pieces(flight), lambda reader: reader.answer) == expected


@pytest.mark.parametrize("pieces", [at_once, by_byte])
@pytest.mark.parametrize(
    "junk",
    [
        b"HTTP/1.1 400 Bad Request\r\n",
        b"\x16\x02",
        b"\x16\x03\x01\xff\xff",
        record(22, message(2, b"short")),
        record(22, message(2, hello_body(0x0499))),
        record(22, message(11, b"")),
        record(22, b"\x02\xff\xff\xff"),
        record(23, b"application data"),
    ],
)
def test_junk_is_garbled(pieces, junk):
    assert outcome(ServerHelloReader(), pieces(junk), lambda reader: reader.answer) == "garbled"


def test_a_flight_that_has_ended_takes_no_more():
    reader = ServerHelloReader()
    reader.feed(OLD_FLIGHT)
    reader.feed(b"junk that is no TLS")

    assert reader.is_done
    assert reader.answer.version == "SSLv3"


@given(st.binary(max_size=80), st.integers(0, len(OLD_FLIGHT)), st.integers(0, 4))
def test_no_bytes_raise_anything_but_garbled(data, position, removed):
    for flight in (data, OLD_FLIGHT[:position] + data[:5] + OLD_FLIGHT[position + removed :]):
        one = outcome(ServerHelloReader(), at_once(flight), lambda reader: reader.answer)
        assert outcome(ServerHelloReader(), by_byte(flight), lambda reader: reader.answer) == one


def test_every_version_has_a_hello_that_a_reader_of_records_takes_for_one():
    for version in VERSIONS:
        hello = client_hello(highest=version, ciphers=EVERY_CIPHER, random=RANDOM)
        assert int.from_bytes(hello[3:5], "big") == len(hello) - 5 == int.from_bytes(hello[6:9], "big") + 4
