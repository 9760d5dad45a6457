"""ONVIF over SOAP: the few reads that are ever sent, and their answers."""

import base64
import hashlib
import re
from datetime import UTC, datetime
from enum import StrEnum
from xml.sax.saxutils import escape

from ancam.engines.probing.facts import SoapKind
from ancam.engines.probing.wire.elements import Element, parsed
from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.text import clean, lines

_SOAP = "http://www.w3.org/2003/05/soap-envelope"
_WSDL = "http://www.onvif.org/ver10/{service}/wsdl"
_SCHEMA = "http://www.onvif.org/ver10/schema"
_WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss"
_MEDIA_SERVICE = re.compile(r"/ver[0-9]{1,3}/media/")
# ter:NotAuthorized, ter:NotAuthorised, wsse:FailedAuthentication, "Sender not authorized", …: only letters count.
_REFUSAL = re.compile(
    "notauthori[sz]ed|unauthori[sz]ed|authori[sz]ationfailed|failedauthentication|authenticationfail"
    "|authenticationrequired|notauthenticated|invalidsecurity|failedcheck|accessdenied|authorityfailure|invalidusername|invalidpassword"
)


class Service(StrEnum):
    """The two services that are read."""

    DEVICE = "device"
    MEDIA = "media"


class Call(StrEnum):
    """The calls that are ever sent: the ONVIF ones of `post_reads` in reference/device-checks.yaml, no other."""

    GET_SYSTEM_DATE_AND_TIME = "GetSystemDateAndTime"
    GET_CAPABILITIES = "GetCapabilities"
    GET_SERVICES = "GetServices"
    GET_DEVICE_INFORMATION = "GetDeviceInformation"
    GET_SCOPES = "GetScopes"
    GET_NETWORK_PROTOCOLS = "GetNetworkProtocols"
    GET_NETWORK_INTERFACES = "GetNetworkInterfaces"
    GET_NTP = "GetNTP"
    GET_PROFILES = "GetProfiles"
    GET_STREAM_URI = "GetStreamUri"
    GET_SNAPSHOT_URI = "GetSnapshotUri"


MEDIA_CALLS = frozenset({Call.GET_PROFILES, Call.GET_STREAM_URI, Call.GET_SNAPSHOT_URI})
_STREAM_SETUP = (
    f'<t:StreamSetup><s:Stream xmlns:s="{_SCHEMA}">RTP-Unicast</s:Stream>'
    f'<s:Transport xmlns:s="{_SCHEMA}"><s:Protocol>RTSP</s:Protocol></s:Transport></t:StreamSetup>'
)


def envelope(
    call: str, *, service: str = Service.DEVICE, token: str | None = None, security: str | None = None
) -> bytes:
    """Return the envelope of one call. token: of a profile, where the call needs one. security: `security_header`'s.

    Raises `Garbled` for a call that is not of `Call`, or not of that service.
    """
    if call not in list(Call) or (call in MEDIA_CALLS) != (service == Service.MEDIA):
        raise Garbled(protocol="onvif", why="a call that is never sent")
    inside = {
        Call.GET_CAPABILITIES: "<t:Category>All</t:Category>",
        Call.GET_SERVICES: "<t:IncludeCapability>false</t:IncludeCapability>",
        Call.GET_STREAM_URI: _STREAM_SETUP,
    }.get(Call(call), "")
    if token is not None:
        inside += f"<t:ProfileToken>{escape(clean(token, 128))}</t:ProfileToken>"
    head = f"<e:Header>{security}</e:Header>" if security else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<e:Envelope xmlns:e="{_SOAP}">{head}<e:Body>'
        f'<t:{call} xmlns:t="{_WSDL.format(service=service)}">{inside}</t:{call}></e:Body></e:Envelope>'
    ).encode()


def security_header(username: str, password: str, *, nonce: bytes, created: datetime, as_text: bool = False) -> str:
    """Return a WS-Security UsernameToken: with a digest of the password, or with the password itself when `as_text`.

    created: by the device's clock, or the device takes it for an old message; aware.
    """
    when = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    # The profile prescribes SHA-1.
    hashed = hashlib.sha1(nonce + when.encode() + password.encode(), usedforsecurity=False).digest()
    kind = "PasswordText" if as_text else "PasswordDigest"
    secret = escape(password) if as_text else base64.b64encode(hashed).decode()
    return (
        f'<w:Security e:mustUnderstand="1" xmlns:w="{_WSS}-wssecurity-secext-1.0.xsd"><w:UsernameToken>'
        f"<w:Username>{escape(username)}</w:Username>"
        f'<w:Password Type="{_WSS}-username-token-profile-1.0#{kind}">{secret}</w:Password>'
        f'<w:Nonce EncodingType="{_WSS}-soap-message-security-1.0#Base64Binary">{base64.b64encode(nonce).decode()}'
        f'</w:Nonce><u:Created xmlns:u="{_WSS}-wssecurity-utility-1.0.xsd">{when}</u:Created>'
        "</w:UsernameToken></w:Security>"
    )


def content_type() -> str:
    """Return the Content-Type of a call."""
    return "application/soap+xml; charset=utf-8"


def read_answer(call: str, status: int, body: bytes) -> tuple[SoapKind, dict[str, str]]:
    """Return what came back for a call, and the values of its response; SOAP 1.1 or 1.2, any prefix.

    values: local names of leaf elements → text, the first of each name; besides them, several joined with line feeds:
    "scopes"; "profile.token"; "protocols" as `name:enabled:port`; "media.xaddr" and "xaddrs" of services and
    capabilities; the UTC time as "UTCDateTime.Year", …; "subcode" of a
    fault, whose values are its own texts. Never raises.
    """
    try:
        root = parsed(body)
    except Garbled:
        return (SoapKind.NOT_AUTHORISED if status == 401 else SoapKind.OTHER), {}
    inside = root.first("Body") if root.name == "Envelope" else None
    content = inside.children[0] if inside and inside.children else Element("")
    kind = _kind(call, status, content)
    return kind, ({} if kind is SoapKind.OTHER else _values(content))


def device_time(values: dict[str, str]) -> datetime | None:
    """Return the device's clock of a GetSystemDateAndTime response, in UTC; None when it told none that exists."""
    parts = [values.get(f"UTCDateTime.{name}", "") for name in ("Year", "Month", "Day", "Hour", "Minute", "Second")]
    if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts):
        return None
    year, month, day, hour, minute, second = map(int, parts)
    try:
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None


def _kind(call: str, status: int, content: Element) -> SoapKind:
    if content.name == "Fault":
        said = re.sub("[^a-z]", "", " ".join(text for _name, text in content.leaves()).lower())
        return SoapKind.NOT_AUTHORISED if status == 401 or _REFUSAL.search(said) else SoapKind.FAULT
    if status == 401:
        return SoapKind.NOT_AUTHORISED
    return SoapKind.RESPONSE if content.name == f"{call}Response" and 200 <= status < 300 else SoapKind.OTHER


def _values(content: Element) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, text in content.leaves():
        values.setdefault(name, text)
    for element in content.walk():
        if element.name == "UTCDateTime":
            values.update({f"UTCDateTime.{name}": text for name, text in element.leaves()})
    joined = {
        "scopes": _texts(content, "ScopeItem"),
        "profile.token": [one.attributes.get("token", "") for one in content.walk() if one.name == "Profiles"],
        "protocols": [_protocol(one) for one in content.walk() if one.name == "NetworkProtocols"],
        "subcode": [text for one in content.walk() if one.name == "Subcode" for _name, text in one.leaves()],
        "media.xaddr": _media_addresses(content),
        "xaddrs": _texts(content, "XAddr"),
    }
    return values | {name: text for name, several in joined.items() if (text := lines(several))}


def _texts(content: Element, name: str) -> list[str]:
    return [text for key, text in content.leaves() if key == name]


def _protocol(element: Element) -> str:
    fields = dict(reversed(list(element.leaves())))
    return ":".join(fields.get(name, "") for name in ("Name", "Enabled", "Port"))


def _media_addresses(content: Element) -> list[str]:
    found = []
    for element in content.walk():
        fields = dict(element.leaves()) if element.name in ("Media", "Service") else {}
        if element.name == "Media" or _MEDIA_SERVICE.search(fields.get("Namespace", "")):
            found.append(fields.get("XAddr", ""))
    return found
