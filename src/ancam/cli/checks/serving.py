"""How browsers reach the instance: the address, TLS, the certificate."""

import ipaddress
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from ancam.cli.certificates import CertificateRefused, require_certificate
from ancam.cli.checks.finding import Finding, fault, good, note
from ancam.cli.language import phrase
from ancam.site.environment import host_in_address

SOON = timedelta(days=30)
OWN_NAMES = {"localhost", "127.0.0.1", "[::1]"}


def address(settings: Any) -> Iterator[Finding]:
    """Yield whether what crosses the network is encrypted, and whether browsers know the instance by a name."""
    name = phrase("địa chỉ", "address")
    where = f"{settings.HOST}:{settings.PORT}"
    if settings.SPEAKS_TLS:
        yield good(name, phrase(f"{where}, có TLS", f"{where}, with TLS"))
    elif _is_this_machine(settings.HOST):
        told = phrase(f"{where}, chỉ máy này mở được", f"{where}, for this machine alone")
        yield note(name, told, "ANCAM_BEHIND_TLS=true" + phrase("  # khi có máy chủ trung gian", "  # behind a proxy"))
    else:
        told = phrase(
            f"{where} không có TLS: mật khẩu đi qua mạng không mã hóa",
            f"{where} without TLS: passwords cross the network unencrypted",
        )
        yield fault(name, told, "ANCAM_TLS_CERT=/…/tls.pem ANCAM_TLS_KEY=/…/tls.key")
    if not set(settings.ALLOWED_HOSTS) - OWN_NAMES - {settings.HOST}:
        told = phrase("chưa có tên miền nào; trình duyệt khác máy bị từ chối", "no name; other machines are refused")
        yield note(phrase("tên miền", "names"), told, "ANCAM_ALLOWED_HOSTS=ancam.tinh.gov.vn")


def public_url(settings: Any) -> Iterator[Finding]:
    """Yield whether the links in mails lead to where browsers are let in."""
    from django.http.request import validate_host

    name, url = phrase("địa chỉ trong thư", "address in mails"), settings.PUBLIC_URL
    host = urlsplit(url).hostname or ""
    if not validate_host(host_in_address(host), settings.ALLOWED_HOSTS):
        told = phrase(f"{url} có tên mà AnCam không nhận", f"{url} has a name that AnCam refuses")
        names = ",".join([*settings.NAMES, host_in_address(host)])
        yield fault(name, told, f"ANCAM_ALLOWED_HOSTS={names}")
    elif settings.SENDS_MAIL and _is_this_machine(host):
        told = phrase(f"{url} chỉ máy này mở được", f"{url} opens on this machine alone")
        yield note(name, told, "ANCAM_PUBLIC_URL=https://ancam.tinh.gov.vn")
    else:
        yield good(name, url)


def certificate(cert: str, key: str, at: datetime) -> Iterator[Finding]:
    """Yield whether the certificate can be read, belongs to the key, and lasts."""
    name = phrase("chứng thư TLS", "certificate")
    try:
        found = require_certificate(cert, key, at)
    except CertificateRefused as refused:
        yield fault(name, refused.reason, refused.line)
        return
    if found is None:
        return
    if at > found.until - SOON:
        yield note(name, phrase(f"sắp hết hạn: {found.until:%d/%m/%Y}", f"expires soon: {found.until:%Y-%m-%d}"))
    else:
        yield good(name, phrase(f"dùng được đến {found.until:%d/%m/%Y}", f"valid until {found.until:%Y-%m-%d}"))


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
