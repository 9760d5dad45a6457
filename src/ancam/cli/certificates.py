"""The certificate by which the web server speaks TLS: whether it can be used, asked before anything listens."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ancam.cli.language import phrase
from ancam.kit.errors import AnCamError


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


def read_certificate(cert: str, key: str) -> Certificate:
    """Return the period of the certificate; raise `CertificateRefused` when either is unreadable or they differ."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        found = x509.load_pem_x509_certificate(Path(cert).read_bytes())
    except (OSError, ValueError) as exc:
        raise _refused("CERT", phrase(f"{cert} không phải chứng thư PEM", f"{cert} is no PEM certificate")) from exc
    try:
        public = load_pem_private_key(Path(key).read_bytes(), None).public_key()
    except TypeError as exc:
        told = phrase(f"khóa {key} đặt mật khẩu, máy chủ không nhập được", f"{key} asks for a password")
        raise _refused("KEY", told) from exc
    except (OSError, ValueError) as exc:
        raise _refused("KEY", phrase(f"{key} không phải khóa riêng PEM", f"{key} is no PEM private key")) from exc
    if found.public_key() != public:
        raise _refused("KEY", phrase(f"khóa {key} không đi với chứng thư {cert}", f"{key} is not the key of {cert}"))
    return Certificate(found.not_valid_before_utc, found.not_valid_after_utc)


def require_certificate(cert: str, key: str, at: datetime) -> None:
    """Raise `CertificateRefused` unless browsers would take the certificate at this time. Nothing is asked without."""
    if not cert:
        return
    found = read_certificate(cert, key)
    if at > found.until:
        day = f"{found.until:%d/%m/%Y}"
        raise _refused("CERT", phrase(f"chứng thư {cert} đã hết hạn từ {day}", f"{cert} expired on {day}"))
    if at < found.since:
        day = f"{found.since:%d/%m/%Y}"
        told = phrase(
            f"chứng thư {cert} chỉ dùng được từ {day}, hoặc đồng hồ của máy chậm", f"{cert} holds only from {day}"
        )
        raise _refused("CERT", told)


def _refused(which: str, reason: str) -> CertificateRefused:
    name = f"ANCAM_TLS_{which}"
    ends = {"CERT": "chuỗi-chứng-thư.pem", "KEY": "khóa-của-chứng-thư.pem"}
    return CertificateRefused(name=name, reason=reason, line=f"{name}=/đường-dẫn/{ends[which]}")
