"""Certificates for tests: sound ones from a library, spoilt ones by hand."""

import ipaddress
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

SUBJECT = x509.Name(
    [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, 'Nhà "A", Hà Nội'),
        x509.NameAttribute(NameOID.COMMON_NAME, "#camera"),
        x509.NameAttribute(NameOID.EMAIL_ADDRESS, "a@b.example"),
    ]
)


def make_certificate(
    key: Any = None, *, issuer: x509.Name = SUBJECT, hash_: Any = None, padding: Any = None, until: int = 2060
) -> bytes:
    """Return a certificate in DER, signed with its own key, whatever issuer it names."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    names = [
        x509.DNSName("cam.local"),
        x509.IPAddress(ipaddress.ip_address("10.9.9.9")),
        x509.RFC822Name("a@b.example"),
    ]
    builder = (
        x509.CertificateBuilder()
        .subject_name(SUBJECT)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(0x1122334455)
        .not_valid_before(datetime(2020, 1, 2, tzinfo=UTC))
        .not_valid_after(datetime(until, 1, 2, 3, 4, 5, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
    )
    extra = {"rsa_padding": padding} if padding else {}
    return builder.sign(key, hash_, **extra).public_bytes(serialization.Encoding.DER)


def make_sha256_certificate(key: Any = None, **options: Any) -> bytes:
    """Return such a certificate, signed over SHA-256."""
    return make_certificate(key, hash_=hashes.SHA256(), **options)


def tlv(tag: int, *contents: bytes) -> bytes:
    """Return a value in DER."""
    content = b"".join(contents)
    size = len(content)
    length = bytes([size]) if size < 0x80 else b"\x82" + size.to_bytes(2, "big")
    return bytes([tag]) + length + content
