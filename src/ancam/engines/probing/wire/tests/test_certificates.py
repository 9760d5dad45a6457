import base64
import hashlib
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, padding, rsa
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.wire.certificates import certificate_facts
from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.tests.certificate_makers import (
    make_certificate,
    make_sha256_certificate,
    tlv,
)

# Made for this test with `openssl req -x509 -newkey rsa:512 -md5 -set_serial 0`: what today's libraries refuse.
OLD = base64.b64decode(
    "MIIB+TCCAaOgAwIBAgIBADANBgkqhkiG9w0BAQQFADA3MQswCQYDVQQGEwJWTjEVMBMGA1UECgwMTmhhIHNhbiB4dWF0MREwDwYD"
    "VQQDDAhjYW0sIHNhdTAeFw0yNjExMjIxMDQxMjJaFw0zNjExMTkxMDQxMjJaMDcxCzAJBgNVBAYTAlZOMRUwEwYDVQQKDAxOaGEg"
    "c2FuIHh1YXQxETAPBgNVBAMMCGNhbSwgc2F1MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALp0ZaHMJ0yLUy7Ft32AsJwxuHGU8TP/"
    "gbmdrkklOJCJOPSNgjJHGKUFasHRdzlX2kMUy9I2fKxuphRSa79JOfMCAwEAAaOBmTCBljAdBgNVHQ4EFgQU9qlqgC3XXXbqAApV"
    "px6OPK5JOr0wHwYDVR0jBBgwFoAU9qlqgC3XXXbqAApVpx6OPK5JOr0wDwYDVR0TAQH/BAUwAwEB/zBDBgNVHREEPDA6ggljYW0u"
    "bG9jYWyHBAoJCQmHEP0AAAAAAAAAAAAAAAAAAAGBC2FAYi5leGFtcGxlhghodHRwOi8veDANBgkqhkiG9w0BAQQFAANBAJjTKD6O"
    "MMRPsVP/URRt9zkrcLBY6PojLO98WvdDikBH+l6GRAFrNaz6pibggvje1y+2dbdSzcVgARa7ri0ZQ1A="
)
SHA256_RSA = bytes.fromhex("06092a864886f70d01010b")
UTC_2020, UTC_2030 = tlv(0x17, b"200102030405Z"), tlv(0x17, b"300102030405Z")


def spoilt(
    *,
    validity: bytes = UTC_2020 + UTC_2030,
    name: bytes = b"",
    key: bytes = b"",
    scheme: bytes = SHA256_RSA,
    version: bytes = b"",
    extensions: bytes = b"",
) -> bytes:
    """Return a certificate put together by hand, its signature empty."""
    key = key or tlv(0x30, tlv(0x30, bytes.fromhex("06032b6570")), tlv(0x03, b"\0" * 33))
    fields = (
        version, tlv(0x02, b"\xff"), tlv(0x30, scheme), tlv(0x30, name), tlv(0x30, validity), tlv(0x30, name), key,
        extensions,
    )  # fmt: skip
    return tlv(0x30, tlv(0x30, *fields), tlv(0x30, scheme), tlv(0x03, b"\0"))


def test_a_sound_certificate_says_what_the_library_says():
    der = make_sha256_certificate()
    facts, known = certificate_facts(der), x509.load_der_x509_certificate(der)

    assert facts.subject == known.subject.rfc4514_string() == facts.issuer
    assert facts.common_name == "#camera"
    assert facts.alternative_names == ("cam.local", "10.9.9.9", "a@b.example")
    assert (facts.not_before, facts.not_after) == (known.not_valid_before_utc, known.not_valid_after_utc)
    assert (facts.key_type, facts.key_bits, facts.signature_hash) == ("ec", 256, "sha256")
    assert facts.is_self_signed
    assert facts.sha256 == known.fingerprint(hashes.SHA256()).hex()
    spki = known.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert facts.key_sha256 == hashlib.sha256(spki).hexdigest()


def test_a_certificate_of_another_issuer_is_not_its_own():
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "CA")])

    assert not certificate_facts(make_sha256_certificate(issuer=issuer)).is_self_signed


@pytest.mark.parametrize(
    ("make_key", "options", "expected"),
    [
        (lambda: rsa.generate_private_key(65537, 2048), {"hash_": hashes.SHA256()}, ("rsa", 2048, "sha256")),
        (lambda: ec.generate_private_key(ec.SECP521R1()), {"hash_": hashes.SHA512()}, ("ec", 521, "sha512")),
        (lambda: ec.generate_private_key(ec.BrainpoolP256R1()), {"hash_": hashes.SHA384()}, ("ec", 256, "sha384")),
        (ed25519.Ed25519PrivateKey.generate, {}, ("ed25519", 0, "")),
        (lambda: dsa.generate_private_key(1024), {"hash_": hashes.SHA224()}, ("dsa", 1024, "sha224")),  # noqa: S505 - to be seen
        (
            lambda: rsa.generate_private_key(65537, 2048),
            {"hash_": hashes.SHA256(), "padding": padding.PSS(padding.MGF1(hashes.SHA256()), 32)},
            ("rsa", 2048, "sha256"),
        ),
    ],
)  # fmt: skip
def test_keys_and_hashes_of_every_kind_are_told(make_key, options, expected):
    facts = certificate_facts(make_certificate(make_key(), **options))

    assert (facts.key_type, facts.key_bits, facts.signature_hash) == expected


def test_a_certificate_that_libraries_refuse_is_read():
    facts = certificate_facts(OLD)

    assert (facts.key_type, facts.key_bits, facts.signature_hash) == ("rsa", 512, "md5")
    assert facts.subject == "CN=cam\\, sau,O=Nha san xuat,C=VN"
    assert facts.alternative_names == ("cam.local", "10.9.9.9", "fd00::1", "a@b.example", "http://x")


@pytest.mark.parametrize("serial", [b"\0" * 5, b"\xff" * 5, b"\x80\0\0\0\0"])
def test_an_odd_serial_number_is_no_hindrance(serial):
    der = make_sha256_certificate().replace(bytes.fromhex("1122334455"), serial)

    assert certificate_facts(der).common_name == "#camera"


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        (0x17, b"491231235959Z", datetime(2049, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (0x17, b"5001010000Z", datetime(1950, 1, 1, tzinfo=UTC)),
        (0x17, b"200101000000+0700", datetime(2019, 12, 31, 17, tzinfo=UTC)),
        (0x18, b"20200101000000.5-0100", datetime(2020, 1, 1, 1, tzinfo=UTC)),
        (0x18, b"99991231235959Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_times_of_both_kinds_are_read(tag, text, expected):
    assert certificate_facts(spoilt(validity=tlv(tag, text) + UTC_2030)).not_before == expected


@pytest.mark.parametrize(
    "validity",
    [
        b"",
        UTC_2020,
        tlv(0x17, b"209901000000Z") * 2,
        tlv(0x18, b"2001020304Z") * 2,
        tlv(0x13, b"200102030405Z") * 2,
        tlv(0x18, b"99991231235959-0100") * 2,
        tlv(0x17, b"200102030405+9900") * 2,
        tlv(0x18, b"00000102030405Z") * 2,
    ],
)
def test_times_that_do_not_exist_are_garbled(validity):
    with pytest.raises(Garbled):
        certificate_facts(spoilt(validity=validity))


def test_names_in_odd_alphabets_are_clean_text():
    def named(tag: int, text: bytes) -> bytes:
        return tlv(0x31, tlv(0x30, bytes.fromhex("0603550403"), tlv(tag, text)))

    name = (
        named(0x1E, "Hà".encode("utf-16-be")) + named(0x0C, b"a\xff\x00") + named(0x14, b"d\xe9p\xf4t")
        + named(0x1C, b"\x00\x11\xff") + tlv(0x31, tlv(0x30, bytes.fromhex("06032a0304")))
    )  # fmt: skip
    facts = certificate_facts(spoilt(name=name))

    assert facts.common_name == "Hà"
    assert facts.subject == "1.2.3.4=,CN=\ufffd,CN=dépôt,CN=aÿ,CN=Hà"


def test_a_name_without_end_is_bounded():
    one = tlv(0x31, tlv(0x30, bytes.fromhex("0603550403"), tlv(0x0C, b"a" * 50)))

    assert len(certificate_facts(spoilt(name=one * 300)).subject) <= 4_096


EMPTY_EXTENSION = tlv(0x30)
OTHER_NAME = tlv(0x30, bytes.fromhex("0603551d11"), tlv(0x04, tlv(0x30, tlv(0x87, b"abc"), tlv(0xA0, b"x"))))


@pytest.mark.parametrize(
    "extensions", [tlv(0xA3, b"\x30"), tlv(0xA3, tlv(0x30, EMPTY_EXTENSION, OTHER_NAME)), tlv(0xA1, b"x"), tlv(0xA3)]
)
def test_spoilt_extensions_leave_the_rest(extensions):
    facts = certificate_facts(spoilt(version=tlv(0xA0, tlv(0x02, b"\2")), extensions=extensions))

    assert (facts.alternative_names, facts.key_type) == ((), "ed25519")


RSA, EC, DSA, PSS = (
    bytes.fromhex(number)
    for number in ("06092a864886f70d010101", "06072a8648ce3d0201", "06072a8648ce380401", "06092a864886f70d01010a")
)  # fmt: skip


@pytest.mark.parametrize(
    ("scheme", "public", "expected"),
    [
        (RSA, b"\0broken", ("rsa", 0)),
        (RSA, b"", ("rsa", 0)),
        (EC, b"\0", ("ec", 0)),
        (DSA, b"\0", ("dsa", 0)),
        (b"\x06\x01\x01", b"\0", ("other", 0)),
        (b"\x06\x00", b"\0", ("other", 0)),
    ],
)
def test_spoilt_keys_have_no_size(scheme, public, expected):
    facts = certificate_facts(spoilt(key=tlv(0x30, tlv(0x30, scheme), tlv(0x03, public))))

    assert (facts.key_type, facts.key_bits) == expected


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        (PSS + tlv(0x30), "sha1"),
        (PSS, ""),
        (PSS + tlv(0x30, tlv(0xA1), tlv(0xA0, tlv(0x30, tlv(0x06, b"\x2a")))), ""),
        (b"\x06\x01\x2a", ""),
    ],
)
def test_a_signature_scheme_tells_its_hash(scheme, expected):
    assert certificate_facts(spoilt(scheme=scheme)).signature_hash == expected


@pytest.mark.parametrize(
    "der",
    [
        b"",
        b"\x30",
        b"\x30\x80\x00\x00",
        b"\x30\x84\xff\xff\xff\xff",
        b"\x30\x89" + b"\x01" * 9,
        b"\x1f\x01\x00",
        tlv(0x30),
        tlv(0x30, tlv(0x30), tlv(0x30)),
        tlv(0x30, tlv(0x30, tlv(0xA0)), tlv(0x30)),
        tlv(0x30, tlv(0x04)),
        b"\x30\x82\xff\xff" + b"a" * 70_000,
        b"-----BEGIN CERTIFICATE-----",
    ],
)
def test_what_is_no_certificate_is_garbled(der):
    with pytest.raises(Garbled):
        certificate_facts(der)


GOOD = make_sha256_certificate()


@given(st.binary(max_size=200), st.integers(0, len(GOOD)), st.integers(0, 6))
def test_no_bytes_raise_anything_but_garbled(data, position, removed):
    for der in (data, GOOD[:position] + data[:6] + GOOD[position + removed :]):
        try:
            facts = certificate_facts(der)
        except Garbled:
            continue
        assert facts.subject.encode().decode() == facts.subject


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_certificate_with_one_other_byte_is_read_or_garbled(position, byte):
    try:
        certificate_facts(GOOD[:position] + bytes([byte]) + GOOD[position + 1 :])
    except Garbled as exc:
        assert exc.protocol in ("der", "x509")
