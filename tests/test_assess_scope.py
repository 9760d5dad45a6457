"""Whatever a device answers, nothing outside the authorised addresses is reached and no name is resolved.

Hostile devices name other hosts wherever a device can name one; Python itself tells what the assessor's process did.
"""

import ast
import json
import socket
from contextlib import ExitStack
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import ancam.engines.probing
from ancam import __version__
from ancam.engines.probing.lab.tests.asking import an_address
from assessing import CONTACT, Assessor, authorisation
from hostile_devices import Answer, Devices, Handler, Line, devices, http_response

network = pytest.mark.network

AUDITED = str(Path(__file__).with_name("audited_assessor.py"))
OPENING = {"socket.connect", "socket.sendto", "socket.sendmsg"}
HARMLESS = {"socket.__new__"}
PROBING = Path(ancam.engines.probing.__file__).parent

# Hosts that no authorisation of these tests lists; {own} is the device's address, {near} its neighbour.
ELSEWHERE = (
    *("{near}", "{near}:8080", "{near}:9100", "127.0.0.1", "localhost", "LOCALHOST.", "0.0.0.0", "0", "127.1"),  # noqa: S104 - listens nowhere
    *("2130706433", "0x7f000001", "0177.0.0.1", "10.0.0.1", "169.254.169.254", "198.51.100.7", "224.0.0.1"),
    *("{own}@{near}", "{own}:80@{near}", "{near}#@{own}", "{own}%40{near}", "{own}.nip.example", "camera.example"),
    *("{own}\\@{near}", "{near}\\{own}", "user:pass@{near}", "xn--camera-1ya.example", "１２７.0.0.1", "máy.example"),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:{near}]", "[fe80::1%25lo]", "[fe80::1%lo]", "[2001:db8::7]"),
    *(
        "{own}:9100",
        "{own}:9107",
        "{own}:0",
        "{own}:70000",
        "{own}:-1",
        "{own}:",
        "{own}:80:90",
        "",
        "@",
        ":",
        "[",
        "]",
    ),
    *("{own} {near}", "{own}\t{near}", "{own}\r\nX: y", "{near}\x00{own}", "..", "//{near}", "{near}/{own}"),
)
SCHEMES = ("http", "https", "rtsp", "rtsps", "HTTP", "ftp", "file", "gopher", "")
WAYS = ("location", "meta", "script", "xaddrs", "capabilities", "stream", "snapshot", "ssdp", "rtsp")


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """Where a hostile device points to."""
    scheme = draw(st.sampled_from(SCHEMES))
    host = draw(st.sampled_from(ELSEWHERE))
    path = draw(st.sampled_from(["/", "/onvif/device_service", "/live?x=//{near}/", "/..//{near}/", ""]))
    return f"{scheme}:{'//'}{host}{path}" if scheme else f"//{host}{path}"


pointing = st.fixed_dictionaries({way: addresses() for way in WAYS})


@network
@pytest.mark.parametrize("part", range(2))
def test_every_known_trick_leads_nowhere(part, tmp_path):
    """Each host by each way, spread over devices that are assessed together."""
    told = [
        {way: f"{scheme}://{ELSEWHERE[(number + shift) % len(ELSEWHERE)]}/x" for shift, way in enumerate(WAYS)}
        for number in range(part, len(ELSEWHERE), 2)
        for scheme in ("http" if number % 2 else "https",)
    ]
    _assess_those_who_point(told, tmp_path)


@network
@settings(max_examples=3, phases=[Phase.generate])
@given(told=st.lists(pointing, min_size=8, max_size=16))
def test_whatever_devices_answer_nobody_else_is_reached(told):
    with TemporaryDirectory() as folder:
        _assess_those_who_point(told, Path(folder))


def _assess_those_who_point(told: list[dict[str, str]], folder: Path) -> None:
    """Assess devices that point elsewhere; fail unless all of them are finished and nobody else was reached."""
    owns = [an_address() for _ in told]
    near = an_address()
    tcp: dict[tuple[str, int], Handler] = {}
    udp: dict[tuple[str, int], Answer] = {}
    for own, ways in zip(owns, told, strict=True):
        said = {way: text.replace("{own}", own).replace("{near}", near) for way, text in ways.items()}
        tcp |= {(own, 80): _web(said), (own, 554): _rtsp(said)}
        udp |= {(own, 3702): _ws_discovery(own, said), (own, 1900): _ssdp(said)}
    assessor = Assessor(folder / "desk", authorisation(*owns), program=(AUDITED, str(folder / "acts")))
    with ExitStack() as stack:
        bystander = [_listening(stack, near, port) for port in (80, 443, 554, 8080, 9100)]
        bystander += [_listening(stack, own, 9100) for own in owns]
        hostile = stack.enter_context(devices(tcp, udp))
        run = assessor.finishes()
        assert [sock for sock in bystander if _was_reached(sock)] == []

    assert {row["ip"] for row in run.rows if row["is_camera"]} == set(owns)
    _require_within(folder / "acts", set(owns))
    _require_asked(hostile, owns)


def _require_within(file: Path, owns: set[str]) -> None:
    """Fail unless all that the process did on the network went to those addresses."""
    seen = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert {one["act"] for one in seen} - OPENING - HARMLESS == set()
    reached = {tuple(one["values"][1]) for one in seen if one["act"] in OPENING}
    kernel = (0, 0)  # rtnetlink: this machine's own list of interfaces
    assert {address for address, _ in reached - {kernel}} == owns
    assert not {port for _, port in reached - {kernel}} & set(range(9100, 9108))


def _require_asked(hostile: Devices, owns: list[str]) -> None:
    """Fail unless each device was asked for what it points with, by an assessor who says who that is."""
    for own in owns:
        heard = b"".join(hostile.heard[own, 80])
        assert b"GetCapabilities" in heard and b"GetStreamUri" in heard and b"GetSnapshotUri" in heard
        assert b"GET / HTTP" in heard
        assert b"DESCRIBE" in b"".join(hostile.heard[own, 554])
        assert hostile.heard[own, 3702] and hostile.heard[own, 1900]
        named = f"User-Agent: AnCam/{__version__} (+{CONTACT})\r\n".encode()
        assert all(named in request for port in (80, 554) for request in hostile.heard[own, port])


def _listening(stack: ExitStack, address: str, port: int) -> socket.socket:
    sock = stack.enter_context(socket.create_server((address, port)))
    sock.setblocking(False)
    return sock


def _was_reached(sock: socket.socket) -> bool:
    try:
        sock.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def _web(said: dict[str, str]) -> Handler:
    """A web server whose every page leads elsewhere, with ONVIF services that do so too."""
    page = (
        f'<html><head><meta http-equiv="refresh" content="0;url={escape(said["meta"])}">'
        f'<script src="{escape(said["script"])}"></script><script>window.location.href="{said["script"]}"</script>'
        "</head><body>IP Camera</body></html>"
    )
    location = said["location"].replace("\r\n", "\r\n ")

    async def serve(line: Line) -> None:
        while request := await line.request():
            if b"Envelope" in request:
                await line.send(http_response(_soap(request, said), headers="Content-Type: application/soap+xml\r\n"))
            elif request.startswith(b"GET / "):
                await line.send(http_response(page.encode(), headers="Content-Type: text/html\r\n"))
            else:
                await line.send(http_response(page.encode(), "302 Found", f"Location: {location}\r\n"))
            return

    return serve


def _soap(request: bytes, said: dict[str, str]) -> bytes:
    where = escape(said["capabilities"])
    answers = {
        b"GetSystemDateAndTime": "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:UTCDateTime><tt:Time>"
        "<tt:Hour>4</tt:Hour><tt:Minute>5</tt:Minute><tt:Second>6</tt:Second></tt:Time><tt:Date><tt:Year>2026</tt:Year>"
        "<tt:Month>11</tt:Month><tt:Day>23</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime>"
        "</tds:GetSystemDateAndTimeResponse>",
        b"GetCapabilities": f"<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Device><tt:XAddr>{where}</tt:XAddr>"
        f"</tt:Device><tt:Media><tt:XAddr>{where}</tt:XAddr></tt:Media></tds:Capabilities></tds:GetCapabilitiesResponse>",
        b"GetServices": f"<tds:GetServicesResponse><tds:Service><tds:XAddr>{where}</tds:XAddr></tds:Service>"
        "</tds:GetServicesResponse>",
        b"GetProfiles": '<trt:GetProfilesResponse><trt:Profiles token="p1"><tt:Name>main</tt:Name></trt:Profiles>'
        "</trt:GetProfilesResponse>",
        b"GetStreamUri": f"<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>{escape(said['stream'])}</tt:Uri>"
        "</trt:MediaUri></trt:GetStreamUriResponse>",
        b"GetSnapshotUri": f"<trt:GetSnapshotUriResponse><trt:MediaUri><tt:Uri>{escape(said['snapshot'])}</tt:Uri>"
        "</trt:MediaUri></trt:GetSnapshotUriResponse>",
        b"GetDeviceInformation": "<tds:GetDeviceInformationResponse><tds:Manufacturer>Đông Sơn</tds:Manufacturer>"
        "<tds:Model>DS-1</tds:Model><tds:FirmwareVersion>1.0</tds:FirmwareVersion></tds:GetDeviceInformationResponse>",
    }
    inner = next((answer for call, answer in answers.items() if call in request), "")
    return _envelope(inner)


def _envelope(inner: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"'
        ' xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:trt="http://www.onvif.org/ver10/media/wsdl"'
        ' xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"'
        ' xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing">'
        f"<s:Body>{_of_xml(inner)}</s:Body></s:Envelope>"
    ).encode()


def _of_xml(text: str) -> str:
    """What XML cannot hold is left out, so that the rest is read."""
    return "".join(sign for sign in text if sign in "\t\r\n" or ord(sign) >= 32)


def _ws_discovery(own: str, said: dict[str, str]) -> Answer:
    """The device's own address stands behind the other's, so that its service is found."""
    inner = (
        "<d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>urn:uuid:1</a:Address></a:EndpointReference>"
        "<d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>onvif://www.onvif.org/type/video_encoder</d:Scopes>"
        f"<d:XAddrs>{escape(said['xaddrs'])} http://{own}/onvif/device_service</d:XAddrs>"
        "</d:ProbeMatch></d:ProbeMatches>"
    )
    return lambda data: _envelope(inner)


def _ssdp(said: dict[str, str]) -> Answer:
    where = said["ssdp"].replace("\r\n", "\r\n ")
    answer = f"HTTP/1.1 200 OK\r\nST: upnp:rootdevice\r\nLOCATION: {where}\r\nUSN: uuid:1\r\n\r\n".encode()
    return lambda data: answer


def _rtsp(said: dict[str, str]) -> Handler:
    async def serve(line: Line) -> None:
        where = said["rtsp"].replace("\r\n", "\r\n ")
        number = 0
        while request := await line.request():
            number += 1
            if request.startswith(b"OPTIONS"):
                await line.send(f"RTSP/1.0 200 OK\r\nCSeq: {number}\r\nPublic: OPTIONS, DESCRIBE\r\n\r\n".encode())
            else:
                await line.send(f"RTSP/1.0 302 Moved\r\nCSeq: {number}\r\nLocation: {where}\r\n\r\n".encode())

    return serve


# What makes a socket, sends by one, resolves a name, or starts something that could.
MAKING = {
    *(
        "socket",
        "socketpair",
        "create_connection",
        "create_server",
        "fromfd",
        "open_connection",
        "open_unix_connection",
    ),
    *("start_server", "start_unix_server", "create_datagram_endpoint", "create_unix_connection", "sock_connect"),
    *("connect", "connect_ex", "sendto", "sendmsg", "bind", "sock_sendto", "getaddrinfo", "gethostbyname"),
    *("gethostbyname_ex", "gethostbyaddr", "getnameinfo", "getfqdn", "urlopen", "system", "popen", "Popen"),
}
THAT_COULD = {"subprocess", "http.client", "urllib.request", "ftplib", "smtplib", "telnetlib", "xmlrpc", "requests"}
THAT_COULD |= {"httpx", "aiohttp", "socketserver", "asyncore", "poplib", "imaplib", "multiprocessing", "ctypes"}
"""Modules whose own code opens connections, or escapes Python's."""


def _sources() -> list[Path]:
    found = [path for path in PROBING.rglob("*.py") if not {"lab", "tests"} & set(path.relative_to(PROBING).parts)]
    assert len(found) > 60
    return found


def _called(tree: ast.AST) -> set[str]:
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = {call.attr for call in calls if isinstance(call, ast.Attribute)}
    return named | {call.id for call in calls if isinstance(call, ast.Name)}


def _imported(tree: ast.AST) -> set[str]:
    found = {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
    whole = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return found | {f"{node.module}.{one.name}" for node in whole for one in node.names}


def test_sockets_are_made_at_one_gate_alone():
    """The gate's one exception asks the kernel for its own interfaces, and nobody else."""
    making = {}
    for path in _sources():
        if found := _called(ast.parse(path.read_text("utf-8"))) & MAKING:
            making[path.name] = found

    assert making == {"gate.py": {"socket", "connect_ex", "sendto"}, "surroundings.py": {"socket", "sendto"}}
    kernel = (PROBING / "surroundings.py").read_text("utf-8")
    assert kernel.count("socket.socket(") == kernel.count("socket.socket(socket.AF_NETLINK") == 1


def test_nothing_that_opens_connections_of_its_own_is_imported():
    for path in _sources():
        imported = _imported(ast.parse(path.read_text("utf-8")))
        assert not {name for name in imported for other in THAT_COULD if f"{name}.".startswith(f"{other}.")}, path
        assert not {name for name in imported if name.startswith("socket.")}, f"{path}: names out of socket hide it"
