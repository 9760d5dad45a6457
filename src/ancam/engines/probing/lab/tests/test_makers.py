"""Each kind of device says on its ports what a real one says, as far as anybody can tell it apart by that."""

import contextlib
import json
import re
import struct
import uuid

import pytest

from ancam.engines.probing.lab.devices import kinds
from ancam.engines.probing.lab.placing import place
from ancam.engines.probing.lab.tests.asking import an_address, datagram, hear, http_ask, rtsp_ask, running

pytestmark = pytest.mark.network

WEB = [
    ("hikvision-camera", 80, "/", 200, "Server: App-webs/", "/doc/page/login.asp"),
    ("hikvision-camera", 80, "/ISAPI/System/deviceInfo", 401, 'Digest realm="IP Camera(', "<retryLoginTime>"),
    ("hikvision-camera", 80, "/SDK/activateStatus", 200, "application/xml", "<Activated>true</Activated>"),
    ("hikvision-nvr", 80, "/", 200, "Server: DNVRS-Webs", "g_szCacheTime"),
    ("hdparagon-camera", 80, "/ISAPI/Security/userCheck", 401, "App-webs/", "<lockStatus>unlock"),
    ("dahua-camera", 80, "/", 200, "CONNECTION: close", "<title>WEB SERVICE</title>"),
    ("dahua-camera", 80, "/cgi-bin/magicBox.cgi?action=getSystemInfo", 401, 'Digest realm="Login to 4M0', ""),
    ("xm-dvr", 80, "/", 200, "Server: uc-httpd 1.0.0", "<title>NETSurveillance WEB</title>"),
    ("uniview-camera", 80, "/LAPI/V1.0/System/DeviceInfo", 401, "Digest realm=", ""),
    ("axis-camera", 80, "/axis-cgi/param.cgi", 401, 'Digest realm="AXIS_ACCC8E', ""),
    ("hanwha-camera", 80, "/stw-cgi/system.cgi?msubmenu=deviceinfo&action=view", 401, "algorithm=SHA-256", ""),
    ("reolink-camera", 80, "/anything/at/all", 200, "Server: nginx", "<title>Reolink</title>"),
    ("tvt-recorder", 80, "/", 200, "Server: Cross Web Server", "classid="),
    ("tiandy-camera", 80, "/", 200, "text/html", "tiandy"),
    ("wificam", 81, "/", 401, 'Basic realm="WIFICAM"', ""),
    ("hipcam", 80, "/", 401, 'Basic realm="index.html"', ""),
    ("foscam-camera", 88, "/cgi-bin/CGIProxy.fcgi?cmd=getDevInfo", 200, "", "<result>-1</result>"),
    ("netwave-camera", 80, "/get_status.cgi", 200, "Server: Netwave IP Camera", "sys_ver="),
    ("vivotek-camera", 80, "/", 401, 'realm="streaming_server"', ""),
    ("dlink-camera", 80, "/", 401, 'Basic realm="DCS-2530L"', ""),
    ("avtech-camera", 80, "/", 200, "Server: Linux/2.x UPnP/1.0 Avtech/1.0", "::: Login :::"),
    ("bosch-camera", 80, "/view.htm", 401, "Use 'live' as User Name", ""),
    ("panasonic-camera", 80, "/", 200, "Server: HTTPD", "<title>WV-S1131 Network Camera</title>"),
    ("sony-camera", 80, "/nothing", 401, 'Basic realm="Sony Network Camera SNC-VM600"', ""),
    ("mobotix-camera", 80, "/", 200, "", "/control/userimage.html"),
    ("geovision-camera", 80, "/", 200, "Server: GeoHttpServer", "GeoVision"),
    ("grandstream-camera", 80, "/", 200, "Set-Cookie: session=", "<title>Grandstream</title>"),
    ("milesight-camera", 80, "/", 200, "", "<title>Milesight Network Camera</title>"),
    ("printer", 80, "/", 200, "", "LaserPrint"),
    ("shop-page", 80, "/", 200, "Server: nginx", "DS-2CD2143G0-I"),
    ("router", 80, "/", 401, "Wireless Router", ""),
    ("nas-synology", 5000, "/", 200, "", "Surveillance Station"),
    ("nas-qnap", 8080, "/cgi-bin/authLogin.cgi", 200, "Server: http server 1.0", "<QDocRoot"),
    ("ip-phone", 80, "/", 401, 'Digest realm="IP Phone', ""),
    ("nginx", 80, "/no-such", 404, "nginx", "Not Found"),
    ("smart-home-hub", 8123, "/", 200, "", "Home Assistant"),
]

RTSP = [
    ("hikvision-camera", "/Streaming/Channels/101", "401", 'Basic realm="IP Camera('),
    ("hikvision-camera", "/nothing", "401", 'Digest realm="IP Camera('),
    ("dahua-camera", "/cam/realmonitor?channel=1&subtype=0", "401", "Server: Dahua Rtsp Server"),
    ("ezviz-camera", "/h264/ch1/main/av_stream", "401", "IP Camera("),
    ("imou-camera", "/cam/realmonitor?channel=1&subtype=0&unicast=true", "401", 'realm="Login to 7J0'),
    ("hipcam", "/11", "401", "Hipcam RealServer/V1.0"),
    ("axis-camera", "/no-such", "404", "GStreamer RTSP server"),
    ("media-server-open", "/anything", "200", "GStreamer"),
    ("rtsp-proxy", "/cam1", "401", "gortsplib"),
]


@pytest.mark.parametrize(("kind", "port", "target", "status", "header", "text"), WEB)
def test_a_page_is_what_the_maker_serves(kind, port, target, status, header, text):
    ip = an_address()
    with running(place(ip, kind)):
        answer = http_ask(ip, target, port=port)

    heads = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    assert answer.status == status
    assert header in heads
    assert text in answer.body.decode()


@pytest.mark.parametrize(("kind", "path", "status", "text"), RTSP)
def test_a_stream_is_guarded_as_the_maker_guards_it(kind, path, status, text):
    ip = an_address()
    with running(place(ip, kind)):
        said = rtsp_ask(ip, path)

    assert said.startswith(f"RTSP/1.0 {status} ")
    assert text in said


@pytest.mark.parametrize("kind", list(kinds()))
def test_every_port_that_is_named_accepts(kind):
    ip = an_address()
    device = place(ip, kind)
    with running(device):
        for port in device.tcp:
            with contextlib.suppress(ConnectionResetError):  # accepted, then cut
                hear(ip, port, count=0)


def test_sadp_tells_model_firmware_and_activation():
    ip, asked = an_address(), str(uuid.uuid4())
    inquiry = f'<?xml version="1.0"?><Probe><Uuid>{asked}</Uuid><Types>inquiry</Types></Probe>'.encode()
    with running(place(ip, "hikvision-camera", old_firmware=True, password="not-activated")):
        said = datagram(ip, 37020, inquiry).decode()

    assert asked in said
    assert "<DeviceDescription>DS-2CD2143G0-I</DeviceDescription>" in said
    assert "<SoftwareVersion>V5.5.82build 190220</SoftwareVersion>" in said
    assert "<Activated>false</Activated>" in said


@pytest.mark.parametrize(("password", "init"), [("set", 2), ("not-activated", 1)])
def test_dahua_search_tells_type_version_and_state(password, init):
    ip = an_address()
    body = b'{"method":"DHDiscover.search","params":{"mac":"","uni":1}}'
    head = struct.pack("<I4sIIIIII", 0x20, b"DHIP", 0, 0, len(body), 0, len(body), 0)
    with running(place(ip, "dahua-camera", password=password)):
        said = datagram(ip, 37810, head + body)

    told = json.loads(said[32:].rstrip(b"\n\x00"))["params"]["deviceInfo"]
    assert said[4:8] == b"DHIP"
    assert (told["DeviceType"], told["Init"]) == ("IPC-HFW2431S-S-S2", init)
    assert told["IPv4Address"]["IPAddress"] == ip


def test_xm_search_tells_version_and_address():
    ip = an_address()
    with running(place(ip, "xm-ipc-questek", old_firmware=True)):
        said = datagram(ip, 34569, struct.pack("<BBHIIBBHI", 0xFF, 0, 0, 0, 0, 0, 0, 1530, 0))

    told = json.loads(said[20:].rstrip(b"\n\x00"))["NetWork.NetCommon"]
    assert struct.unpack_from("<H", said, 14)[0] == 1531
    assert told["Version"].startswith("V5.00.R02.000807D8")
    assert int(told["HostIP"], 16).to_bytes(4, "little") == bytes(int(part) for part in ip.split("."))


def probe(types: str) -> bytes:
    wanted = f"<d:Types>{types}</d:Types>" if types else ""
    return (
        '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:d="urn:d" xmlns:a="urn:a"><s:Header>'
        f"<a:MessageID>uuid:1</a:MessageID></s:Header><s:Body><d:Probe>{wanted}</d:Probe></s:Body></s:Envelope>"
    ).encode()


def test_ws_discovery_answers_those_who_look_for_its_type():
    camera, computer = an_address(), an_address()
    with running(place(camera, "hikvision-camera"), place(computer, "windows-pc")):
        for_video = datagram(camera, 3702, probe("dn:NetworkVideoTransmitter")).decode()
        for_anything = datagram(computer, 3702, probe("")).decode()
        for_computers = datagram(computer, 3702, probe("pub:Computer")).decode()
        for_other = datagram(computer, 3702, probe("dn:NetworkVideoTransmitter"), 0.1)

    assert "onvif://www.onvif.org/hardware/DS-2CD2143G0-I" in for_video
    assert f"<d:XAddrs>http://{camera}/onvif/device_service</d:XAddrs>" in for_video
    assert "pub:Computer" in for_anything
    assert "pub:Computer" in for_computers
    assert for_other == b""


def test_upnp_names_its_description_which_tells_the_model():
    ip = an_address()
    search = b"M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nST: ssdp:all\r\n\r\n"
    with running(place(ip, "hikvision-nvr")):
        said = datagram(ip, 1900, search).decode()
        location = re.search(r"LOCATION: http://[^/]+(\S+)", said)
        description = http_ask(ip, location[1] if location else "")

    assert b"<modelName>DS-7616NI-K2</modelName>" in description.body


def question(*names: str) -> bytes:
    asked = b"".join(
        b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\x00\x00\x0c\x00\x01"
        for name in names
    )
    return struct.pack(">HHHHHH", 7, 0, len(names), 0, 0, 0) + asked


def test_mdns_lists_services_and_then_their_devices():
    ip = an_address()
    with running(place(ip, "axis-camera")):
        services = datagram(ip, 5353, question("_services._dns-sd._udp.local"))
        cameras = datagram(ip, 5353, question("_axis-video._tcp.local", "_rtsp._tcp.local"))
        others = datagram(ip, 5353, question("_printer._tcp.local"), 0.1)

    assert b"_axis-video" in services
    assert b"AXIS P3245-V - ACCC8E" in cameras
    assert b"macaddress=ACCC8E" in cameras
    assert others == b""


def test_ubiquitis_discovery_tells_model_and_firmware_in_typed_fields():
    ip = an_address()
    with running(place(ip, "ubiquiti-camera", mark=7)):
        said = datagram(ip, 10001, b"\1\0\0\0")

    assert said[:4] == struct.pack(">BBH", 1, 0, len(said) - 4)
    assert b"\x02\x00\x0a" + bytes.fromhex("fcecda000007") + bytes(map(int, ip.split("."))) in said
    assert b"\x14\x00\x0dUVC G3 Bullet" in said and b"\x03\x00\x13UVC.S2L.v4.76.20.67" in said


@pytest.mark.parametrize(
    ("kind", "port"),
    [
        ("hikvision-camera", 3702),
        ("hikvision-camera", 37020),
        ("dahua-camera", 37810),
        ("xm-dvr", 34569),
        ("hikvision-nvr", 1900),
        ("axis-camera", 5353),
        ("ubiquiti-camera", 10001),
    ],
)
@pytest.mark.parametrize("data", [b"", b"\x00" * 40, b"<Probe>", b"<a:MessageID>1</a:MessageID>", b"<Uuid>1</Uuid>"])
def test_what_is_no_question_gets_no_answer(kind, port, data):
    ip = an_address()
    with running(place(ip, kind)):
        assert datagram(ip, port, data, 0.05) == b""


@pytest.mark.parametrize(
    ("kind", "posture", "port", "text"),
    [
        ("hikvision-camera", {"telnet": "login"}, 23, b"login: "),
        ("dahua-camera", {"telnet": "shell"}, 23, b"\r\n# "),
        ("grandstream-camera", {"telnet": "login"}, 23, b"Grandstream GXV3672_FHD Shell Command"),
        ("axis-camera", {"ftp": "login"}, 21, b"220 AXIS P3245-V Network Camera"),
        ("vivotek-camera", {"ftp": "login"}, 21, b"220 Welcome to Network Camera FTP Server"),
        ("xm-dvr-vantech", {}, 9527, b"console"),
        ("hikvision-camera", {"ssh": "weak"}, 22, b"SSH-2.0-dropbear_0.52"),
    ],
)
def test_a_port_that_speaks_first_says_what_the_maker_says(kind, posture, port, text):
    ip = an_address()
    with running(place(ip, kind, **posture)):
        said = hear(ip, port, count=len(text))

    assert text in said
    assert port != 23 or said.startswith(b"\xff\xfd")
