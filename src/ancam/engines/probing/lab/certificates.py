"""TLS certificates and keys of the devices, good and bad, and SSH host keys."""

import hashlib
import ssl
import tempfile
import warnings
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from ancam.engines.probing.lab.devices import filled
from ancam.engines.probing.lab.placing import Placed
from ancam.engines.probing.lab.postures import Proof, Ssh, Tls
from ancam.engines.probing.lab.ssh import HostKey

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
_SHA256_RSA = bytes.fromhex("2a864886f70d01010b")
_SHA1_RSA = bytes.fromhex("2a864886f70d010105")
_VERSIONS = {
    Tls.MODERN: (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3, "DEFAULT:@SECLEVEL=0"),
    Tls.TOLERANT: (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_2, "DEFAULT:@SECLEVEL=0"),
    Tls.LEGACY: (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1, "DEFAULT:@SECLEVEL=0"),
    Tls.WEAK_CIPHER: (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2, "ALL:eNULL:@SECLEVEL=0"),
    Tls.NO_FORWARD_SECRECY: (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2, "kRSA+AES:@SECLEVEL=0"),
}


@cache
def _rsa_key(name: str, bits: int) -> rsa.RSAPrivateKey:
    # Named, so that one process makes a key once: large ones take long.
    return rsa.generate_private_key(65537, bits)


@cache
def _curve_key(name: str) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@cache
def _host_key(name: str) -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.generate()


def host_key(placed: Placed) -> HostKey:
    """Return a device's SSH host key."""
    if placed.posture.ssh is Ssh.SHARED_KEY:
        return _host_key(placed.kind.id)
    if placed.posture.ssh is Ssh.WEAK:
        return _rsa_key(f"ssh {placed.mac}", 1024)
    return _rsa_key(f"ssh {placed.mac}", 2048) if placed.kind.kind == "recorder" else _host_key(placed.mac)


def tls_key(placed: Placed) -> Key:
    """Return a device's TLS key: elliptic, except where its posture wants RSA."""
    proof = placed.posture.proof
    if proof is Proof.SHARED_KEY:
        return _rsa_key(placed.kind.id, 2048)
    if proof is Proof.WEAK_RSA:
        return _rsa_key(placed.mac, 1024)
    if proof is Proof.SHA1 or placed.posture.tls is not Tls.MODERN:
        return _rsa_key(placed.mac, 2048)
    return _curve_key(placed.mac)


def certificate(placed: Placed, values: dict[str, str], now: datetime) -> bytes:
    """Return a device's certificate as DER."""
    proof = placed.posture.proof
    begins, ends = {
        Proof.EXPIRED: (now - timedelta(days=3700), now - timedelta(days=50)),
        Proof.NOT_YET: (now + timedelta(days=300), now + timedelta(days=3900)),
    }.get(proof, (now - timedelta(days=30), now + timedelta(days=700)))
    wanted = placed.kind.default_certificate_name if proof is Proof.DEFAULT_NAME else placed.kind.certificate_name
    subject = _name(filled(wanted, values))
    key = tls_key(placed)
    is_issued = proof is Proof.LAB_CA
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(_name("AnCam Lab CA") if is_issued else subject)
        .public_key(key.public_key())
        .serial_number(int.from_bytes(hashlib.sha256(placed.mac.encode()).digest()[:8], "big"))
        .not_valid_before(begins)
        .not_valid_after(ends)
        .sign(_curve_key("AnCam Lab CA") if is_issued else key, hashes.SHA256())
    )
    if proof is Proof.SHA1 and isinstance(key, rsa.RSAPrivateKey):
        return _signed_with_sha1(built, key)
    return built.public_bytes(Encoding.DER)


def _signed_with_sha1(made: x509.Certificate, key: rsa.RSAPrivateKey) -> bytes:
    """Return the certificate anew with the signature that the library no longer makes; all lengths stay the same."""
    told = made.tbs_certificate_bytes.replace(_SHA256_RSA, _SHA1_RSA)
    signature = key.sign(told, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - a bad certificate, on purpose
    whole = made.public_bytes(Encoding.DER).replace(_SHA256_RSA, _SHA1_RSA)
    return whole.replace(made.signature, signature)


def context(placed: Placed, values: dict[str, str], now: datetime) -> ssl.SSLContext:
    """Return what a device's TLS ports speak."""
    lowest, highest, ciphers = _VERSIONS[placed.posture.tls]
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.set_ciphers(ciphers)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # old versions are the point
        made.minimum_version, made.maximum_version = lowest, highest
    key = tls_key(placed).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    shown = ssl.DER_cert_to_PEM_cert(certificate(placed, values, now))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "both.pem"
        path.write_bytes(key + shown.encode())
        made.load_cert_chain(path)
    return made


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def today() -> datetime:
    """Return the instant by which validity is reckoned."""
    return datetime.now(UTC).replace(microsecond=0)
