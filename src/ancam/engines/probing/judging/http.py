"""How the web side of a device is reached: in the clear, by which sign-in, and whether TLS stands beside it."""

import re

from ancam.engines.probing.facts import Ask, HostFacts, HttpAnswer, PortState, SoapKind
from ancam.engines.probing.judging.answers import (
    Answer,
    Judge,
    Look,
    NotSeen,
    body_text,
    fails,
    listed,
    nothing_at,
    possible,
)
from ancam.engines.probing.judging.headers import digest_hashes, leads_to_https, schemes, wants_tls

WEB_PORTS = (80, 81, 82, 88, 8000, 8080, 8899)
HTTPS_PORTS = (443, 8443)

# What only a device's own web side answers; a UPnP description or a missing page proves no such side.
_WEB_ASKS = frozenset(
    {
        Ask.INFO,
        Ask.CONFIG,
        Ask.SNAPSHOT,
        Ask.STREAM,
        Ask.RECORDINGS,
        Ask.LOGIN_STATE,
        Ask.ACTIVATION,
        Ask.SCRIPT,
        Ask.OWNER_READ,
        Ask.SETTING,
        Ask.OWNER_SETTING,
        Ask.LOGIN,
    }
)
_PAGE = frozenset({*range(200, 300), 301, 302, 303, 307, 308, 401, 403})
_ANSWER = frozenset({200, 206, 401, 403})
_SOAP = frozenset({SoapKind.RESPONSE, SoapKind.NOT_AUTHORISED, SoapKind.FAULT})

_PASSWORD_BOX = re.compile(r"""<input\b[^<>]{0,300}\btype\s{0,9}=\s{0,9}["']?password""", re.IGNORECASE)
_CHALLENGE_SCRIPT = re.compile(r"md5|sha1|sha256|rsa|aes|encrypt|rpc2|sessionlogin|challenge|nonce", re.IGNORECASE)


def cleartext_ports(facts: HostFacts) -> list[int]:
    """Return the ports where the web side or ONVIF is served over plain HTTP and not led on to HTTPS, ascending."""
    onvif = {answer.port for answer in facts.onvif if not answer.is_tls and answer.kind in _SOAP}
    return sorted(onvif.union(plain_web_ports(facts)))


def plain_web_ports(facts: HostFacts) -> list[int]:
    """Return the ports where web pages are served over plain HTTP and not led on to HTTPS, ascending."""
    plain = [answer for answer in facts.http if not answer.is_tls and not wants_tls(answer)]
    ports = sorted({answer.port for answer in plain})
    return [port for port in ports if _serves([answer for answer in plain if answer.port == port])]


def _serves(here: list[HttpAnswer]) -> bool:
    first = [answer for answer in here if answer.ask is Ask.HOME]
    if any(leads_to_https(answer) for answer in first):
        return False
    return any(answer.status in _PAGE for answer in first) or any(
        answer.status in _ANSWER and answer.ask in _WEB_ASKS for answer in here
    )


def tls_ports(facts: HostFacts) -> list[int]:
    """Return the ports where TLS was spoken, ascending."""
    spoken = {one.port for one in facts.tls}
    spoken.update(one.port for one in facts.http if one.is_tls)
    spoken.update(one.port for one in facts.rtsp if one.is_tls)
    return sorted(spoken)


def _tls_missing(look: Look) -> Answer:
    facts = look.facts
    served = plain_web_ports(facts)
    if tls_ports(facts):
        return NotSeen("not-seen")
    if not served:
        return NotSeen("no-page") if facts.http else nothing_at(facts, WEB_PORTS)
    states = [facts.tcp.get(port) for port in HTTPS_PORTS]
    if PortState.SILENT in states:
        return NotSeen("silent")
    if states[0] is None:
        return NotSeen("not-asked")
    spoken = {answer.port for answer in facts.http if not answer.is_tls and not wants_tls(answer)}
    if any(state is PortState.OPEN and port not in spoken for port, state in zip(HTTPS_PORTS, states, strict=True)):
        return NotSeen("unclear")
    return fails("tls_missing", f"{listed(served)}: phục vụ HTTP; không cổng nào có TLS (đã hỏi 443)", 0.95)


def _basic(look: Look) -> Answer:
    plain = [answer for answer in look.facts.http if not answer.is_tls and answer.status == 401]
    basic = [answer for answer in plain if "basic" in schemes(answer)]
    if basic:
        ports = listed(answer.port for answer in basic)
        return fails("http_basic_auth", f"{ports}: HTTP 401, WWW-Authenticate: Basic, không mã hóa", 0.97)
    return NotSeen("not-seen") if plain else _no_challenge(look)


def _digest_md5(look: Look) -> Answer:
    refused = [answer for answer in look.facts.http if answer.status == 401]
    ports = sorted({answer.port for answer in refused})
    old = [port for port in ports if _is_only_md5([answer for answer in refused if answer.port == port])]
    if old:
        return possible("http_digest_md5", f"{listed(old)}: chỉ có Digest, không có SHA-256", 0.9)
    return NotSeen("not-seen") if refused else _no_challenge(look)


def _is_only_md5(refused: list[HttpAnswer]) -> bool:
    offered = frozenset().union(*map(schemes, refused))
    hashes = frozenset().union(*map(digest_hashes, refused))
    return offered == {"digest"} and hashes == {"MD5"}


def _no_challenge(look: Look) -> NotSeen:
    return NotSeen("no-challenge") if look.facts.http else nothing_at(look.facts, WEB_PORTS)


def _cleartext(look: Look) -> Answer:
    facts = look.facts
    served = cleartext_ports(facts)
    if not served:
        answered = any(not answer.is_tls for answer in facts.http) or tls_ports(facts)
        silence = nothing_at(facts, WEB_PORTS)
        return silence if silence.why == "silent" or not answered else NotSeen("not-seen")
    pages = [
        body_text(answer.body)
        for answer in facts.http
        if answer.port in served and not answer.is_tls and answer.ask in (Ask.HOME, Ask.SCRIPT)
    ]
    what = f"{listed(served)}: phục vụ HTTP, không chuyển sang HTTPS"
    if any(_PASSWORD_BOX.search(page) for page in pages):
        if any(_CHALLENGE_SCRIPT.search(page) for page in pages):
            return possible("http_cleartext", f"{what}; có ô mật khẩu, tập lệnh có thể che mật khẩu", 0.97)
        return fails("http_cleartext", f"{what}; có ô mật khẩu, không thấy tập lệnh che mật khẩu", 0.97)
    return fails("http_cleartext", what, 0.97)


CHECKS: dict[str, Judge] = {
    "CHK-HTTP-01": _tls_missing,
    "CHK-HTTP-02": _basic,
    "CHK-HTTP-03": _digest_md5,
    "CHK-HTTP-04": _cleartext,
}
