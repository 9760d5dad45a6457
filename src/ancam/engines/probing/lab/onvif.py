"""A device's ONVIF services: the clock for everybody, the rest behind a login unless its posture says otherwise."""

import re
from collections.abc import Callable, Mapping
from html import escape, unescape

from ancam.engines.probing.lab.actions import challenges
from ancam.engines.probing.lab.device import Device
from ancam.engines.probing.lab.messages import Reply, Request
from ancam.engines.probing.lab.postures import Manner, Onvif, Web

_USER_LISTS = ("GetUsers", "GetRemoteUser")
_CALL = re.compile(r"<(?:[\w.-]+:)?Body[^>]*>\s*<(?:[\w.-]+:)?(\w+)")
_ELEMENT = r"<(?:[\w.-]+:)?{0}(\s[^>]*)?>([^<]*)</"
_SPACES = (
    'xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:tds="http://www.onvif.org/ver10/device/wsdl" '
    'xmlns:trt="http://www.onvif.org/ver10/media/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema" '
    'xmlns:ter="http://www.onvif.org/ver10/error"'
)
_TYPE = "application/soap+xml; charset=utf-8"
_OPEN_CALLS = {"GetSystemDateAndTime", "GetCapabilities", "GetServices", "GetServiceCapabilities", "GetWsdlUrl"}
_MEDIA_CALLS = {"GetProfiles", "GetStreamUri", "GetSnapshotUri"}


def serves(device: Device, request: Request) -> bool:
    """Return whether a request is for an ONVIF service of this device."""
    service = device.kind.onvif
    return (
        bool(service.name)
        and request.method == "POST"
        and request.path in (service.device_path, service.media_path)
        and device.tcp.get(request.port) == _service_with_onvif(device)
    )


def reads(request: Request) -> bool:
    """Return whether a request is an ONVIF call that changes nothing and lists no users, wherever it arrives."""
    call = _call(request.body.decode("utf-8", "replace"))
    return request.method == "POST" and call.startswith("Get") and call not in _USER_LISTS


def answer(device: Device, request: Request) -> Reply:
    """Return the answer to one call. What would change the device, or list its users, is counted."""
    text = request.body.decode("utf-8", "replace")
    call = _call(text)
    if call in _USER_LISTS:
        device.harm.user_lists += 1
    elif not call.startswith("Get"):
        device.harm.writes += 1
    if call not in _ANSWERS:
        return _fault("s:Sender", "ter:ActionNotSupported", "Action not supported")
    if not _may(device, call, text, request):
        if device.kind.onvif.refuses == "401":
            values = tuple(("WWW-Authenticate", line) for line in challenges(device, ("MD5",)))
            return Reply(401, _TYPE, values)
        return _fault("s:Sender", "ter:NotAuthorized", "Sender not authorized")
    return Reply(200, _TYPE, body=_envelope(_ANSWERS[call](device, text)))


def _call(text: str) -> str:
    match = _CALL.search(text)
    return match[1] if match else ""


def scopes(device: Device) -> list[str]:
    """Return the device's ONVIF scopes."""
    service = device.kind.onvif
    place = "onvif://www.onvif.org/"
    return [
        f"{place}type/video_encoder",
        f"{place}Profile/Streaming",
        f"{place}hardware/{device.values['model']}",
        f"{place}name/{device.fill(service.name)}",
        f"{place}location/country/vietnam",
    ]


def service_address(device: Device, path: str) -> str:
    """Return the address of a service as the device names it."""
    service = _service_with_onvif(device)
    port = next(port for port, name in device.tcp.items() if name == service)
    scheme, usual = ("https", 443) if service == "web-tls" else ("http", 80)
    host = device.placed.away_name if device.posture.manner is Manner.NAMES_ELSEWHERE else device.placed.ip
    return f"{scheme}://{host}{'' if port == usual else f':{port}'}{path}"


def _service_with_onvif(device: Device) -> str:
    """Return the one service of a device that carries ONVIF: its own port, else the web's."""
    has = set(device.tcp.values())
    if "onvif" in has:
        return "onvif"
    return "web" if "web" in has and device.posture.web is not Web.REDIRECT else "web-tls"


def _may(device: Device, call: str, text: str, request: Request) -> bool:
    posture = device.posture.onvif
    if call in _OPEN_CALLS or posture is Onvif.OPEN:
        return True
    if posture is Onvif.MEDIA_OPEN and call in _MEDIA_CALLS:
        return True
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "digest":
        return device.logins.digest(request.method, value, device.values["realm"])
    if "UsernameToken" not in text:
        return False
    username, password, nonce, created = (_element(text, name) for name in ("Username", "Password", "Nonce", "Created"))
    return device.logins.token(
        username[1],
        password[1],
        nonce[1],
        created[1],
        is_text="PasswordDigest" not in password[0],
        now=device.now(),
    )


def _element(text: str, name: str) -> tuple[str, str]:
    match = re.search(_ELEMENT.format(name), text)
    return (match[1] or "", unescape(match[2].strip())) if match else ("", "")


def _time(device: Device, text: str) -> str:
    now = device.now()
    return (
        "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType>"
        "<tt:DaylightSavings>false</tt:DaylightSavings><tt:TimeZone><tt:TZ>ICT-7</tt:TZ></tt:TimeZone><tt:UTCDateTime>"
        f"<tt:Time><tt:Hour>{now.hour}</tt:Hour><tt:Minute>{now.minute}</tt:Minute><tt:Second>{now.second}</tt:Second>"
        f"</tt:Time><tt:Date><tt:Year>{now.year}</tt:Year><tt:Month>{now.month}</tt:Month><tt:Day>{now.day}</tt:Day>"
        "</tt:Date></tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>"
    )


def _information(device: Device, text: str) -> str:
    service = device.kind.onvif
    told = {
        "Manufacturer": device.fill(service.manufacturer),
        "Model": device.values["model"],
        "FirmwareVersion": device.values["firmware"],
        "SerialNumber": device.values["serial"],
        "HardwareId": "88",
    }
    inner = "".join(f"<tds:{name}>{escape(value)}</tds:{name}>" for name, value in told.items())
    return f"<tds:GetDeviceInformationResponse>{inner}</tds:GetDeviceInformationResponse>"


def _capabilities(device: Device, text: str) -> str:
    parts = "".join(
        f"<tt:{name}><tt:XAddr>{service_address(device, path)}</tt:XAddr></tt:{name}>"
        for name, path in _addresses(device).items()
    )
    return f"<tds:GetCapabilitiesResponse><tds:Capabilities>{parts}</tds:Capabilities></tds:GetCapabilitiesResponse>"


def _services(device: Device, text: str) -> str:
    parts = "".join(
        f"<tds:Service><tds:Namespace>http://www.onvif.org/ver10/{name.lower()}/wsdl</tds:Namespace><tds:XAddr>"
        f"{service_address(device, path)}</tds:XAddr><tds:Version><tt:Major>2</tt:Major><tt:Minor>60</tt:Minor>"
        "</tds:Version></tds:Service>"
        for name, path in _addresses(device).items()
    )
    return f"<tds:GetServicesResponse>{parts}</tds:GetServicesResponse>"


def _addresses(device: Device) -> dict[str, str]:
    service = device.kind.onvif
    return {"Device": service.device_path, "Media": service.media_path}


def _scopes(device: Device, text: str) -> str:
    parts = "".join(
        f"<tds:Scopes><tt:ScopeDef>Fixed</tt:ScopeDef><tt:ScopeItem>{scope}</tt:ScopeItem></tds:Scopes>"
        for scope in scopes(device)
    )
    return f"<tds:GetScopesResponse>{parts}</tds:GetScopesResponse>"


def _protocols(device: Device, text: str) -> str:
    names = {"web": "HTTP", "web-tls": "HTTPS", "rtsp": "RTSP"}
    parts = "".join(
        f"<tds:NetworkProtocols><tt:Name>{names[service]}</tt:Name><tt:Enabled>true</tt:Enabled><tt:Port>{port}</tt:Port>"
        "</tds:NetworkProtocols>"
        for port, service in device.tcp.items()
        if service in names
    )
    return f"<tds:GetNetworkProtocolsResponse>{parts}</tds:GetNetworkProtocolsResponse>"


def _interfaces(device: Device, text: str) -> str:
    return (
        '<tds:GetNetworkInterfacesResponse><tds:NetworkInterfaces token="eth0"><tt:Enabled>true</tt:Enabled><tt:Info>'
        f"<tt:Name>eth0</tt:Name><tt:HwAddress>{device.values['mac']}</tt:HwAddress></tt:Info></tds:NetworkInterfaces>"
        "</tds:GetNetworkInterfacesResponse>"
    )


def _ntp(device: Device, text: str) -> str:
    return (
        "<tds:GetNTPResponse><tds:NTPInformation><tt:FromDHCP>false</tt:FromDHCP><tt:NTPManual><tt:Type>DNS</tt:Type>"
        "<tt:DNSname>time.example</tt:DNSname></tt:NTPManual></tds:NTPInformation></tds:GetNTPResponse>"
    )


def _profiles(device: Device, text: str) -> str:
    return (
        '<trt:GetProfilesResponse><trt:Profiles token="Profile_1" fixed="true"><tt:Name>mainStream</tt:Name>'
        '</trt:Profiles><trt:Profiles token="Profile_2" fixed="true"><tt:Name>subStream</tt:Name></trt:Profiles>'
        "</trt:GetProfilesResponse>"
    )


def _stream_uri(device: Device, text: str) -> str:
    service = device.kind.onvif
    host = device.placed.away if device.posture.manner is Manner.NAMES_ELSEWHERE else device.placed.ip
    return _uri("GetStreamUri", f"rtsp://{host}:554{service.stream_path}")


def _snapshot_uri(device: Device, text: str) -> str:
    service = device.kind.onvif
    return _uri("GetSnapshotUri", service_address(device, service.snapshot_path))


def _uri(call: str, uri: str) -> str:
    return (
        f"<trt:{call}Response><trt:MediaUri><tt:Uri>{escape(uri)}</tt:Uri><tt:Timeout>PT60S</tt:Timeout>"
        f"</trt:MediaUri></trt:{call}Response>"
    )


def _envelope(inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><s:Envelope {_SPACES}><s:Body>{inner}</s:Body></s:Envelope>'.encode()


def _fault(code: str, subcode: str, why: str) -> Reply:
    inner = (
        f"<s:Fault><s:Code><s:Value>{code}</s:Value><s:Subcode><s:Value>{subcode}</s:Value></s:Subcode></s:Code>"
        f'<s:Reason><s:Text xml:lang="en">{why}</s:Text></s:Reason></s:Fault>'
    )
    return Reply(400, _TYPE, body=_envelope(inner))


_ANSWERS: Mapping[str, Callable[[Device, str], str]] = {
    "GetSystemDateAndTime": _time,
    "GetDeviceInformation": _information,
    "GetCapabilities": _capabilities,
    "GetServices": _services,
    "GetScopes": _scopes,
    "GetNetworkProtocols": _protocols,
    "GetNetworkInterfaces": _interfaces,
    "GetNTP": _ntp,
    "GetProfiles": _profiles,
    "GetStreamUri": _stream_uri,
    "GetSnapshotUri": _snapshot_uri,
}
