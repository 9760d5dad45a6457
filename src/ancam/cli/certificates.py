"""The certificate by which the web server speaks TLS: whether it can be used, asked before anything listens."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ancam.cli.language import phrase
from ancam.kit.errors import AnCamError

LEAST_RSA_BITS = 2048
CURVES = {"secp256r1", "secp384r1"}


class CertificateRefused(AnCamError):
    """TLS cannot be spoken with what was given. Values: `name` (the setting), `reason`, `line`."""

    what = "Chưa chạy được TLS: {reason}"
    ground = "máy chủ không phục vụ với chứng thư mà trình duyệt sẽ từ chối, và không tự bỏ TLS"
    next_step = "Đề nghị đặt lại: {line}"


@dataclass(frozen=True, slots=True)
class Certificate:
    """From when to when a certificate holds."""

    since: datetime
    until: datetime


def require_certificate(cert: str, key: str, at: datetime) -> Certificate | None:
    """Return the certificate, None where none is set; raise `CertificateRefused` for one that browsers would refuse."""
    if not cert:
        return None
    found = _read(cert, key)
    if at > found.until:
        day = f"{found.until:%d/%m/%Y}"
        raise _refused("CERT", phrase(f"chứng thư {cert} đã hết hạn từ {day}", f"{cert} expired on {day}"))
    if at < found.since:
        day = f"{found.since:%d/%m/%Y}"
        told = phrase(
            f"chứng thư {cert} chỉ dùng được từ {day}, hoặc đồng hồ của máy chậm", f"{cert} holds only from {day}"
        )
        raise _refused("CERT", told)
    return found


def _read(cert: str, key: str) -> Certificate:
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        found = x509.load_pem_x509_certificate(Path(cert).read_bytes())
    except (OSError, ValueError) as exc:
        raise _refused("CERT", phrase(f"{cert} không phải chứng thư PEM", f"{cert} is no PEM certificate")) from exc
    try:
        certified: Any = found.public_key()
    except (UnsupportedAlgorithm, ValueError):
        certified = None
    if not _is_taken(certified):
        kinds = "RSA 2048+, ECDSA P-256, P-384"
        told = phrase(
            f"chứng thư {cert} dùng loại khóa mà trình duyệt không nhận; dùng được: {kinds}",
            f"{cert} has a kind of key that browsers refuse; taken are {kinds}",
        )
        raise _refused("CERT", told)
    try:
        public = load_pem_private_key(Path(key).read_bytes(), None).public_key()
    except TypeError as exc:
        told = phrase(f"khóa {key} đặt mật khẩu, máy chủ không nhập được", f"{key} asks for a password")
        raise _refused("KEY", told) from exc
    except (OSError, ValueError, UnsupportedAlgorithm) as exc:
        raise _refused("KEY", phrase(f"{key} không phải khóa riêng PEM", f"{key} is no PEM private key")) from exc
    if certified != public:
        raise _refused("KEY", phrase(f"khóa {key} không đi với chứng thư {cert}", f"{key} is not the key of {cert}"))
    return Certificate(found.not_valid_before_utc, found.not_valid_after_utc)


def _is_taken(public: Any) -> bool:
    """Tell whether browsers and the web server both speak with a key; with another the server ends as it starts."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if isinstance(public, rsa.RSAPublicKey):
        return public.key_size >= LEAST_RSA_BITS
    return isinstance(public, ec.EllipticCurvePublicKey) and public.curve.name in CURVES


def _refused(which: str, reason: str) -> CertificateRefused:
    name = f"ANCAM_TLS_{which}"
    ends = {"CERT": "chuỗi-chứng-thư.pem", "KEY": "khóa-của-chứng-thư.pem"}
    return CertificateRefused(name=name, reason=reason, line=f"{name}=/đường-dẫn/{ends[which]}")
