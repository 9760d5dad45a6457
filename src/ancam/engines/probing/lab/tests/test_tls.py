"""TLS and certificates are as good or bad as the posture says, and SSH shows a host key that holds."""

import base64
import contextlib
import hashlib
import socket
import ssl
import struct
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, x25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_ssh_public_key

from ancam.engines.probing.lab.placing import place
from ancam.engines.probing.lab.tests.asking import WAIT_S, an_address, any_tls, running

pytestmark = pytest.mark.network


def shaken(ip: str, context: ssl.SSLContext, port: int = 443) -> tuple[str | None, str, x509.Certificate]:
    """The version, the cipher and the certificate that a port agrees to."""
    with socket.create_connection((ip, port), WAIT_S) as line, context.wrap_socket(line) as safe:
        cipher, shown = safe.cipher(), safe.getpeercert(binary_form=True)
        assert cipher is not None and shown is not None
        return safe.version(), cipher[0], x509.load_der_x509_certificate(shown)


def certificate(**posture) -> x509.Certificate:
    ip = an_address()
    with running(place(ip, "hikvision-camera", web="both", **posture)):
        return shaken(ip, any_tls())[2]


def common_name(made: x509.Certificate) -> str:
    return made.subject.rfc4514_string()


@pytest.mark.parametrize(
    "proof", ["self-signed", "expired", "not-yet", "weak-rsa", "sha1", "shared-key", "default-name"]
)
def test_most_certificates_are_signed_by_their_own_key(proof):
    made = certificate(proof=proof)

    assert made.issuer == made.subject
    if proof == "sha1":  # the library checks none of these any more
        assert made.signature_algorithm_oid.dotted_string == "1.2.840.113549.1.1.5"
        key = made.public_key()
        assert isinstance(key, rsa.RSAPublicKey)
        key.verify(made.signature, made.tbs_certificate_bytes, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - what it has
    else:
        made.verify_directly_issued_by(made)


def test_some_are_signed_by_an_authority():
    made = certificate(proof="lab-ca")

    assert made.issuer.rfc4514_string() == "CN=AnCam Lab CA"
    assert made.subject != made.issuer


def test_validity_is_past_to_come_or_now():
    now = datetime.now(UTC)

    assert certificate(proof="expired").not_valid_after_utc < now
    assert certificate(proof="not-yet").not_valid_before_utc > now + timedelta(days=100)
    assert certificate().not_valid_before_utc < now < certificate().not_valid_after_utc


def test_keys_are_strong_weak_or_shared():
    weak, usual = certificate(proof="weak-rsa").public_key(), certificate().public_key()
    first, second = (certificate(proof="shared-key").public_key() for _ in range(2))

    assert isinstance(weak, rsa.RSAPublicKey) and weak.key_size == 1024
    assert isinstance(usual, ec.EllipticCurvePublicKey)
    assert first == second


def test_a_makers_default_name_stays_on_the_certificate():
    assert common_name(certificate(proof="default-name")) == "CN=Hikvision"
    assert common_name(certificate()) != "CN=Hikvision"


@pytest.mark.parametrize(
    ("tls", "highest", "version"),
    [
        ("modern", None, "TLSv1.3"),
        ("modern", ssl.TLSVersion.TLSv1_2, "TLSv1.2"),
        ("tolerant", None, "TLSv1.2"),
        ("tolerant", ssl.TLSVersion.TLSv1, "TLSv1"),
        ("legacy", None, "TLSv1.1"),
        ("weak-cipher", None, "TLSv1.2"),
        ("no-forward-secrecy", None, "TLSv1.2"),
    ],
)
def test_versions_are_those_of_the_posture(tls, highest, version):
    ip = an_address()
    with running(place(ip, "hikvision-camera", web="https", tls=tls)):
        assert shaken(ip, any_tls(highest))[0] == version


@pytest.mark.parametrize(
    ("tls", "ciphers"),
    [("modern", "NULL-SHA256:@SECLEVEL=0"), ("no-forward-secrecy", "ECDHE:DHE:@SECLEVEL=0")],
)
def test_what_is_not_offered_is_refused(tls, ciphers):
    ip = an_address()
    device = place(ip, "hikvision-camera", web="https", tls=tls)
    with running(device), pytest.raises((ssl.SSLError, ConnectionResetError)):
        shaken(ip, any_tls(ssl.TLSVersion.TLSv1_2, ciphers))


@pytest.mark.parametrize(
    ("tls", "ciphers"), [("weak-cipher", "NULL-SHA256:@SECLEVEL=0"), ("no-forward-secrecy", "AES128-SHA:@SECLEVEL=0")]
)
def test_what_should_not_be_offered_is_taken(tls, ciphers):
    ip = an_address()
    with running(place(ip, "hikvision-camera", web="https", tls=tls)):
        assert shaken(ip, any_tls(ssl.TLSVersion.TLSv1_2, ciphers))[1] == ciphers.partition(":")[0]


def test_a_hello_in_pieces_and_a_goodbye():
    ip = an_address()
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = any_tls().wrap_bio(incoming, outgoing)
    device = place(ip, "hikvision-camera", web="https")
    with running(device) as laboratory, socket.create_connection((ip, 443), WAIT_S) as line:
        with pytest.raises(ssl.SSLWantReadError):
            client.do_handshake()
        hello = outgoing.read()
        line.sendall(hello[:20])
        line.sendall(hello[20:])
        is_done = False
        while not is_done:
            incoming.write(line.recv(4096))
            with contextlib.suppress(ssl.SSLWantReadError):
                client.do_handshake()
                is_done = True
        line.sendall(outgoing.read())
        with pytest.raises(ssl.SSLWantReadError):
            client.unwrap()
        line.sendall(outgoing.read())
        while line.recv(4096):
            pass

    assert laboratory.harm[ip].requests == 0


def text(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def packet(payload: bytes) -> bytes:
    pad = 8 - (len(payload) + 5) % 8
    pad += 8 if pad < 4 else 0
    return struct.pack(">IB", len(payload) + pad + 1, pad) + payload + bytes(pad)


class Ssh:
    """An SSH client as far as the host key."""

    def __init__(self, ip: str) -> None:
        self.line = socket.create_connection((ip, 22), WAIT_S)
        self.buffer = b""
        self.version = self.until(b"\r\n")

    def more(self) -> None:
        piece = self.line.recv(4096)
        if not piece:
            raise ConnectionResetError
        self.buffer += piece

    def until(self, mark: bytes) -> bytes:
        while mark not in self.buffer:
            self.more()
        said, _, self.buffer = self.buffer.partition(mark)
        return said

    def packet(self) -> bytes:
        while len(self.buffer) < 4 or len(self.buffer) < 4 + int.from_bytes(self.buffer[:4], "big"):
            self.more()
        length, pad = struct.unpack_from(">IB", self.buffer)
        payload, self.buffer = self.buffer[5 : 4 + length - pad], self.buffer[4 + length :]
        return payload

    def exchanged(self, public: bytes) -> tuple[bytes, bytes, bytes, bytes, bytes]:
        """Both offers, and what the server answers to our half: its key, its half and its signature."""
        ours = b"\x14" + bytes(16) + text(b"") * 10 + bytes(5)
        self.line.sendall(b"SSH-2.0-anybody\r\n" + packet(ours)[:9])
        self.line.sendall(packet(ours)[9:])
        theirs = self.packet()
        self.line.sendall(packet(b"\x1e" + text(public)))
        answer = self.packet()
        assert answer[0] == 31 and self.packet() == b"\x15"
        parts, rest = [], answer[1:]
        while rest:
            size = int.from_bytes(rest[:4], "big")
            parts.append(rest[4 : 4 + size])
            rest = rest[4 + size :]
        self.line.close()
        return ours, theirs, parts[0], parts[1], parts[2]


def number(value: int) -> bytes:
    return text(value.to_bytes(value.bit_length() // 8 + 1, "big"))


@pytest.mark.parametrize("kind", ["hikvision-camera", "router"])
def test_ssh_proves_that_it_holds_its_host_key(kind):
    ip = an_address()
    private = x25519.X25519PrivateKey.generate()
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    with running(place(ip, kind, ssh="own-key")):
        client = Ssh(ip)
        ours, theirs, blob, half, signature = client.exchanged(public)

    shared = number(int.from_bytes(private.exchange(x25519.X25519PublicKey.from_public_bytes(half)), "big"))
    said = [b"SSH-2.0-anybody", client.version, ours, theirs, blob, public, half]
    digest = hashlib.sha256(b"".join(text(part) for part in said) + shared).digest()
    key = load_ssh_public_key(b"ssh-ed25519 " + base64.b64encode(blob))
    assert isinstance(key, ed25519.Ed25519PublicKey)
    key.verify(signature[-64:], digest)


def test_a_recorders_ssh_key_is_rsa():
    ip = an_address()
    public = x25519.X25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    with running(place(ip, "dahua-xvr", ssh="own-key")):
        _, theirs, blob, _, _ = Ssh(ip).exchanged(public)

    assert b"rsa-sha2-256" in theirs
    assert blob.startswith(text(b"ssh-rsa"))


def test_a_weak_ssh_offers_only_what_was_given_up():
    ip = an_address()
    with running(place(ip, "hikvision-camera", ssh="weak")):
        _, theirs, blob, _, signature = Ssh(ip).exchanged((12345**40).to_bytes(69, "big"))

    assert b"diffie-hellman-group1-sha1" in theirs
    assert b"curve25519" not in theirs
    assert blob.startswith(text(b"ssh-rsa")) and signature.startswith(text(b"ssh-rsa"))


def test_a_shared_ssh_key_is_the_same_on_every_device_of_the_kind():
    one, other = an_address(), an_address()
    public = x25519.X25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    devices = [
        place(ip, "hikvision-camera", mark=number, ssh="shared-key") for number, ip in enumerate((one, other), 1)
    ]
    with running(*devices):
        assert Ssh(one).exchanged(public)[2] == Ssh(other).exchanged(public)[2]


OURS = packet(b"\x14" + bytes(16) + text(b"") * 10 + bytes(5))


@pytest.mark.parametrize(
    "pieces",
    [
        [b"GET / HT", b"TP/1.0\r\n\r\n"],
        [b"SSH-2.0-x\r\n", bytes(8)],
        [b"SSH-2.0-x\r\n", packet(b"\x1e")],
        [b"SSH-2.0-x\r\n", packet(b"\x05")[:7], packet(b"\x05")[7:]],
        [b"SSH-2.0-x\r\n", OURS + packet(b"\x1e" + text(bytes(32)))],
    ],
)
def test_ssh_ends_what_is_no_key_exchange(pieces):
    ip = an_address()
    device = place(ip, "hikvision-camera", ssh="own-key")
    with running(device) as laboratory, socket.create_connection((ip, 22), WAIT_S) as line:
        sent = 0
        for piece in pieces:
            line.sendall(piece)
            sent += len(piece)
            while laboratory.harm[ip].bytes_received < sent:
                pass
        with contextlib.suppress(ConnectionResetError):
            assert b"SSH-2.0-dropbear" in b"".join(iter(lambda: line.recv(4096), b""))
