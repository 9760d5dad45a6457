"""What a device's TLS accepts and what its certificates say."""

from collections.abc import Iterator

from ancam.engines.probing.facts import Certificate, TlsFacts
from ancam.engines.probing.judging.answers import (
    Answer,
    Judge,
    Look,
    NotSeen,
    fails,
    listed,
    nothing_at,
    possible,
    supports,
    unsure,
)

TLS_PORTS = (443, 8443, 322, 9443)

_LEGACY = frozenset({"SSLv2", "SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1"})
_CURRENT = frozenset({"TLSv1.2", "TLSv1.3"})
_WEAK_IN_CIPHER = ("NULL", "EXPORT", "EXP-", "RC4", "DES", "ANON", "ADH-", "AECDH-")
_BROKEN_HASHES = frozenset({"md2", "md4", "md5"})
_OLD_HASHES = frozenset({"sha1"})
_DEFAULT_NAMES = frozenset(
    {
        "general", "localhost", "localhost.localdomain", "example.com", "www.example.com", "default", "test", "server",
        "device", "camera", "ipcamera", "ip camera", "ipcam", "ip cam", "network camera", "ipc", "nvr", "dvr", "xvr",
        "embedded", "goahead", "onvif", "127.0.0.1", "192.168.0.64", "192.168.1.64", "192.168.1.108",
        "192.0.0.64", "product root ca", "webserver", "web server", "hikvision", "dahua",
        "ezviz", "imou", "uniview", "tp-link", "tapo", "reolink", "tvt", "xiongmai", "h264dvr",
    }
)  # fmt: skip


def _answer_when_there_is_tls(look: Look, answer: Answer) -> Answer:
    return answer if look.facts.tls else nothing_at(look.facts, TLS_PORTS)


def _certificates(look: Look) -> Iterator[tuple[int, Certificate]]:
    return ((one.port, one.certificate) for one in look.facts.tls if one.certificate is not None)


def _without_certificate(look: Look) -> Answer:
    """The answer when no certificate showed the condition."""
    read = any(True for _ in _certificates(look))
    return _answer_when_there_is_tls(look, NotSeen("not-seen" if read else "unclear"))


def _legacy_protocol(look: Look) -> Answer:
    old = [one for one in look.facts.tls if one.highest in _LEGACY]
    if old:
        return fails("tls_legacy_protocol", f"{_ports(old)}: cao nhất {old[0].highest}", 0.97)
    current = [one for one in look.facts.tls if one.highest in _CURRENT]
    also = [one for one in current if one.accepts_legacy]
    if also:
        return unsure(f"{_ports(also)}: cao nhất {also[0].highest}, vẫn nhận bản dưới 1.2", 0.95)
    if current and all(one.accepts_legacy is False for one in look.facts.tls):
        return supports(f"{_ports(current)}: chỉ nhận từ TLS 1.2", 0.95)
    if current:
        return unsure(f"{_ports(current)}: cao nhất {current[0].highest}; chưa rõ có nhận bản dưới 1.2", 0.9)
    return _answer_when_there_is_tls(look, NotSeen("unclear"))


def _ports(some: list[TlsFacts]) -> str:
    return listed(one.port for one in some)


def _weak_cipher(look: Look) -> Answer:
    weak = [one for one in look.facts.tls if one.accepts_weak_cipher or _is_weak(one.cipher)]
    if weak:
        named = next((one.cipher for one in weak if _is_weak(one.cipher)), "")
        return fails("tls_weak_cipher", f"{_ports(weak)}: nhận bộ mã yếu {named}", 0.95)
    known = any(one.accepts_weak_cipher is False for one in look.facts.tls)
    return _answer_when_there_is_tls(look, NotSeen("not-seen" if known else "not-asked"))


def _is_weak(cipher: str) -> bool:
    return any(part in cipher.upper() for part in _WEAK_IN_CIPHER)


def _expired(look: Look) -> Answer:
    for port, one in _certificates(look):
        if one.not_after < look.now:
            return possible("tls_expired", f"cổng {port}: chứng thư hết hạn ngày {one.not_after:%d/%m/%Y}", 0.97)
        if one.not_before > look.now:
            return possible("tls_expired", f"cổng {port}: chứng thư có hiệu lực từ {one.not_before:%d/%m/%Y}", 0.97)
    return _without_certificate(look)


def _self_signed(look: Look) -> Answer:
    for port, one in _certificates(look):
        if one.issuer == one.subject:
            return possible("tls_self_signed", f"cổng {port}: chứng thư tự ký, {one.subject or 'không tên'}", 0.95)
    return _without_certificate(look)


def _weak_key(look: Look) -> Answer:
    answers = [found for port, one in _certificates(look) if (found := _weakness(port, one)) is not None]
    worst = min(answers, key=lambda answer: answer[0], default=None)
    if worst is None:
        return _without_certificate(look)
    is_doubtful, evidence = worst
    return (possible if is_doubtful else fails)("tls_weak_key", evidence, 0.97)


def _weakness(port: int, one: Certificate) -> tuple[bool, str] | None:
    """Return whether a weakness proves no failure yet, and the evidence; None when key and signature are sound."""
    signed = one.signature_hash.lower().replace("-", "")
    evidence = f"cổng {port}: khóa {one.key_type.upper()} {one.key_bits} bit, chữ ký {signed or 'không nêu băm'}"
    is_rsa = one.key_type == "rsa"
    if signed in _BROKEN_HASHES or (is_rsa and 0 < one.key_bits < 1024):
        return False, evidence
    is_short = 0 < one.key_bits < {"rsa": 2048, "dsa": 2048, "ec": 224}.get(one.key_type, 0)
    return (True, evidence) if is_short or signed in _OLD_HASHES else None


def _default_certificate(look: Look) -> Answer:
    names = {name.casefold() for name in (look.identity.vendor, look.identity.brand) if name}
    for port, one in _certificates(look):
        name = one.common_name.strip().casefold()
        if name in _DEFAULT_NAMES or name.partition(" ")[0] in names or "default" in name:
            return possible("tls_default_certificate", f"cổng {port}: CN={one.common_name}", 0.85)
    return _without_certificate(look)


def _forward_secrecy(look: Look) -> Answer:
    without = [one for one in look.facts.tls if one.has_forward_secrecy is False and one.highest != "TLSv1.3"]
    if without:
        return possible("tls_no_forward_secrecy", f"{_ports(without)}: không có ECDHE hay DHE", 0.9)
    known = any(one.has_forward_secrecy or one.highest == "TLSv1.3" for one in look.facts.tls)
    return _answer_when_there_is_tls(look, NotSeen("not-seen" if known else "not-asked"))


def _shared_key(look: Look) -> Answer:
    return _answer_when_there_is_tls(look, NotSeen("needs-fleet"))


CHECKS: dict[str, Judge] = {
    "CHK-TLS-01": _legacy_protocol,
    "CHK-TLS-02": _weak_cipher,
    "CHK-TLS-03": _expired,
    "CHK-TLS-04": _self_signed,
    "CHK-TLS-05": _weak_key,
    "CHK-TLS-06": _default_certificate,
    "CHK-TLS-07": _shared_key,
    "CHK-TLS-08": _forward_secrecy,
}
