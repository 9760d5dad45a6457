"""Hosts as values: what a device answered, in few words."""

from datetime import UTC, datetime

from ancam.engines.probing.facts import (
    Ask,
    Banner,
    Certificate,
    DiscoveryAnswer,
    HostFacts,
    HttpAnswer,
    OnvifAnswer,
    PortState,
    RtspAnswer,
    SoapKind,
    SshFacts,
    TlsFacts,
)
from ancam.engines.probing.tests.known import know

SERIAL = "5B0A3C7PAZ91234"
DIGEST = 'Digest realm="{}", qop="auth", nonce="d41d8cd9"'


def host(*answers, ports=(), is_trap=False):
    """Return what was seen of a host that gave these answers and has these ports open."""
    facts = HostFacts("10.9.8.7", tcp={port: PortState.OPEN for port in ports}, is_trap=is_trap)
    know(facts, *answers)
    return facts


def web(path="/", status=200, body="", ask=Ask.HOME, port=80, is_cut=False, **headers):
    """Return an HTTP answer; realm= stands for a digest challenge."""
    pairs = {name.replace("_", "-"): value for name, value in headers.items()}
    if "realm" in pairs:
        pairs["www-authenticate"] = DIGEST.format(pairs.pop("realm"))
    content = body if isinstance(body, bytes) else body.encode()
    return HttpAnswer(ask, port, port == 443, "GET", path, status, tuple(pairs.items()), content, is_cut)


def page(title="", head="", text="", **headers):
    """Return a first page."""
    return web(body=f"<html><head><title>{title}</title>{head}</head><body>{text}</body></html>", **headers)


def info(path, body="", status=200, ask=Ask.INFO, **headers):
    """Return what a documented path answered."""
    return web(path, status, body, ask, **headers)


def refusal(path, **headers):
    """Return a documented path that asks for a login."""
    return web(path, 401, ask=Ask.INFO, **headers)


def invented(status=404, port=80):
    """Return the answer for a path no device has."""
    return web("/khong-co-o-day", status, ask=Ask.NO_SUCH_PATH, port=port)


def favicon(body, is_cut=False):
    """Return an icon."""
    return web("/favicon.ico", 200, body, Ask.FAVICON, is_cut=is_cut)


def rtsp(status=401, server="", realm="", ask=Ask.OPTIONS):
    """Return an RTSP answer."""
    headers = [("server", server)] if server else []
    headers += [("www-authenticate", DIGEST.format(realm))] if realm else []
    return RtspAnswer(ask, 554, False, "OPTIONS", "*", status, tuple(headers))


def found(protocol, **values):
    """Return the answer to a discovery datagram."""
    return DiscoveryAnswer(protocol, 3702, values)


def camera_match(*scopes):
    """Return a WS-Discovery match of a network video transmitter with these ends of scopes."""
    said = "\n".join(f"onvif://www.onvif.org/{scope}" for scope in scopes)
    return found("ws-discovery", types="dn:NetworkVideoTransmitter\ntds:Device", scopes=said)


def soap(call="GetDeviceInformation", kind=SoapKind.RESPONSE, with_credentials=False, **values):
    """Return the answer to an ONVIF call."""
    named = {name.replace("_", "."): value for name, value in values.items()}
    return OnvifAnswer(80, False, "/onvif/device_service", call, 200, kind, named, with_credentials)


def certificate(common_name, subject="", alternative_names=()):
    """Return what TLS on 443 showed."""
    day = datetime(2026, 1, 1, tzinfo=UTC)
    shown = Certificate(
        subject or f"CN={common_name}",
        "",
        common_name,
        alternative_names,
        day,
        day,
        "rsa",
        2048,
        "sha256",
        True,
        "",
        "",
    )
    return TlsFacts(443, "TLSv1.2", "", shown)


def banner(service, text, port=23):
    """Return what a port said first."""
    return Banner(port, service, text)


def open_ssh(version):
    """Return an SSH server's identification."""
    return SshFacts(22, version)
