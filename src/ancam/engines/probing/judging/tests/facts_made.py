"""Facts for tests: a camera that answers as it is told, and what the checks then say of it."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from ancam.engines.probing.detail import Advice, Evidence, Grade, Identity
from ancam.engines.probing.facts import (
    Ask,
    Certificate,
    DiscoveryAnswer,
    HostFacts,
    HttpAnswer,
    OnvifAnswer,
    PortState,
    RtspAnswer,
    SoapKind,
    TlsFacts,
)
from ancam.engines.probing.judging import Judgement, judge
from ancam.engines.probing.tests.known import know

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
EVERY_MODE = frozenset({"passive", "discovery", "readonly", "owner_credential", "default_credential"})
SDP = b"v=0\r\no=- 1 1 IN IP4 10.77.64.17\r\ns=Media\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"


def no_advice(_: Identity) -> Sequence[Advice]:
    return ()


def no_day(_: str, __: str) -> date | None:
    return None


def camera(vendor: str = "Hikvision", **said: Any) -> Identity:
    texts = {"brand": "", "platform": "", "model": "", "firmware": "", "serial": "", "mac": "", **said}
    grade = texts.pop("grade", Grade.B)
    evidence = tuple(
        Evidence(field, value, grade, "sadp", value) for field, value in {"vendor": vendor, **texts}.items() if value
    )
    return Identity(is_camera=True, kind="camera", vendor=vendor, evidence=evidence, **texts)


def facts(*answers: Any, open: Sequence[int] = (), closed: Sequence[int] = (), silent: Sequence[int] = ()) -> HostFacts:
    """Return the facts of a host with these answers, each put where it belongs, and ports in these states."""
    host = HostFacts("10.77.64.17")
    know(host, *answers)
    for state, ports in ((PortState.OPEN, open), (PortState.CLOSED, closed), (PortState.SILENT, silent)):
        host.tcp.update(dict.fromkeys(ports, state))
    return host


def page(
    body: bytes | str = b"",
    *,
    ask: Ask = Ask.HOME,
    status: int = 200,
    port: int = 80,
    is_tls: bool = False,
    **said: Any,
) -> HttpAnswer:
    """Return an HTTP answer; names left over are headers, with _ for -; a list stands for several of one name."""
    method, path = said.pop("method", "GET"), said.pop("path", "/")
    headers = [
        (name.replace("_", "-"), text)
        for name, value in said.items()
        for text in (value if isinstance(value, list) else [value])
    ]
    data = body.encode() if isinstance(body, str) else body
    return HttpAnswer(ask, port, is_tls, method, path, status, tuple(headers), data)


def refused(*challenges: str, **said: Any) -> HttpAnswer:
    return page(status=401, www_authenticate=list(challenges), **said)


def described(
    status: int, body: bytes = b"", *, ask: Ask = Ask.STREAM, port: int = 554, is_tls: bool = False, **said: Any
) -> RtspAnswer:
    path = said.pop("path", "/Streaming/Channels/101")
    headers = tuple(
        (name.replace("_", "-"), text)
        for name, value in said.items()
        for text in (value if isinstance(value, list) else [value])
    )
    return RtspAnswer(ask, port, is_tls, "DESCRIBE", path, status, headers, body)


def call(
    name: str, kind: SoapKind = SoapKind.RESPONSE, *, port: int = 80, is_tls: bool = False, **said: Any
) -> OnvifAnswer:
    return OnvifAnswer(port, is_tls, "/onvif/device_service", name, 200, kind, **said)


def told(protocol: str, port: int, **values: str) -> DiscoveryAnswer:
    return DiscoveryAnswer(protocol, port, values)


def certificate(**said: Any) -> Certificate:
    values: dict[str, Any] = {
        "subject": "CN=cam-17.example.vn",
        "issuer": "CN=CA An Bình",
        "common_name": "cam-17.example.vn",
        "alternative_names": (),
        "not_before": datetime(2026, 1, 1, tzinfo=UTC),
        "not_after": datetime(2027, 1, 1, tzinfo=UTC),
        "key_type": "rsa",
        "key_bits": 2048,
        "signature_hash": "sha256",
        "is_self_signed": False,
        "sha256": "c" * 64,
        "key_sha256": "k" * 64,
    }
    return Certificate(**{**values, **said})


def tls(
    port: int = 443, highest: str = "TLSv1.2", cipher: str = "ECDHE-RSA-AES128-GCM-SHA256", **said: Any
) -> TlsFacts:
    return TlsFacts(port, highest, cipher, said.pop("shown", certificate()), **said)


def judged(
    host: HostFacts,
    who: Identity | None = None,
    *,
    modes: frozenset[str] = EVERY_MODE,
    is_exposed: bool = False,
    advisories: Callable[[Identity], Sequence[Advice]] = no_advice,
    built_on: Callable[[str, str], date | None] = no_day,
) -> Judgement:
    return judge(
        host,
        who or camera(),
        modes=modes,
        now=NOW,
        is_exposed=is_exposed,
        advisories=advisories,
        built_on=built_on,
    )


def said_of(check: str, host: HostFacts, who: Identity | None = None, **how: Any) -> tuple[str, str]:
    """Return what one check says: its verdict and finding, or "not-assessable" and the reason."""
    judgement = judged(host, who, **how)
    for detail in judgement.details:
        if detail.check == check:
            return detail.verdict.value, detail.finding
    return next(("not-assessable", one.why) for one in judgement.not_assessable if one.check == check)


def evidence_of(check: str, host: HostFacts, who: Identity | None = None, **how: Any) -> str:
    """Return the evidence of the one detail of a check."""
    return next(detail.evidence for detail in judged(host, who, **how).details if detail.check == check)
