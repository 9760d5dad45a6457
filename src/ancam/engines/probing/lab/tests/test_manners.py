"""Hostile and clumsy devices behave as they do in the field."""

import contextlib
import socket

import pytest

from ancam.engines.probing.lab.device import Pace
from ancam.engines.probing.lab.placing import place
from ancam.engines.probing.lab.tests.asking import (
    WAIT_S,
    an_address,
    datagram,
    hear,
    http_ask,
    onvif_ask,
    rtsp_ask,
    running,
    say,
)
from ancam.engines.probing.lab.tests.test_makers import probe

pytestmark = pytest.mark.network

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


def test_head_is_answered_otherwise_than_get():
    ip = an_address()
    with running(place(ip, "hikvision-camera", manner="head-differs")):
        assert http_ask(ip, "/").status == 200
        assert http_ask(ip, "/", method="HEAD").status == 405
        assert http_ask(ip, "/ISAPI/System/deviceInfo").status == 401
        assert http_ask(ip, "/ISAPI/System/deviceInfo", method="HEAD").status == 200


def test_the_first_page_leads_to_another_host():
    ip = an_address()
    with running(place(ip, "hikvision-camera", manner="redirects-away")):
        answer = http_ask(ip)

    assert answer.status == 302
    assert answer.header("location").startswith("http://203.0.113.77/")


def test_http_leads_to_https_on_the_same_host():
    ip = an_address()
    with running(place(ip, "vigi-camera")):
        answer = http_ask(ip, "/x?y=1")
        safe = http_ask(ip, port=443, is_tls=True)

    assert (answer.status, answer.header("location")) == (301, f"https://{ip}/x?y=1")
    assert b"<title>VIGI</title>" in safe.body


def test_services_streams_and_pictures_are_named_on_other_hosts():
    ip = an_address()
    with running(place(ip, "hikvision-camera", manner="names-elsewhere", onvif="open")):
        found = datagram(ip, 3702, probe("")).decode()
        services = onvif_ask(ip, "GetServices").body.decode()
        stream = onvif_ask(ip, "GetStreamUri", path="/onvif/Media").body.decode()
        picture = onvif_ask(ip, "GetSnapshotUri", path="/onvif/Media").body.decode()

    assert "http://elsewhere.example:80/onvif/device_service" in found or "elsewhere.example" in found
    assert "elsewhere.example" in services
    assert "rtsp://203.0.113.77:554" in stream
    assert "elsewhere.example" in picture


def test_ten_megabytes_of_headers():
    ip = an_address()
    with running(place(ip, "huge-head-host")):
        said = say(ip, 80, GET)

    assert len(said) > 10_000_000
    assert said.count(b"X-Filler-") == 10_000


def test_a_page_without_an_end():
    ip = an_address()
    with running(place(ip, "endless-host")), socket.create_connection((ip, 80), WAIT_S) as line:
        line.sendall(GET)
        taken = 0
        while taken < 5_000_000:
            taken += len(line.recv(65_536))
        # Whoever does not read leaves the device waiting, not growing.
        line.sendall(GET)


def test_one_byte_now_and_then():
    ip = an_address()
    with running(place(ip, "dribbling-host"), pace=Pace(dribble_s=0.0001)):
        said = say(ip, 80, b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")

    assert said.startswith(b"HTTP/1.1 200 OK")


def test_one_byte_now_and_then_ends_when_nobody_listens():
    ip = an_address()
    with running(place(ip, "dribbling-host")), socket.create_connection((ip, 80), WAIT_S) as line:
        line.sendall(GET)
        assert line.recv(4096) == b"H"


def test_xml_with_nested_entities():
    ip = an_address()
    with running(place(ip, "hikvision-camera", manner="xml-bomb", onvif="open")):
        answer = onvif_ask(ip, "GetDeviceInformation").body
        page = http_ask(ip, "/").body
        state = http_ask(ip, "/SDK/activateStatus").body

    assert b"<!ENTITY e9" in answer and b"&e9;" in answer
    assert b"<!ENTITY" not in page
    assert b"&e9;" in state


def test_one_request_and_goodbye():
    ip = an_address()
    with running(place(ip, "hikvision-camera", manner="one-request")):
        assert say(ip, 80, GET + GET).count(b"HTTP/1.1 200") == 1


def test_a_patient_server_answers_one_request_after_the_other():
    ip = an_address()
    with running(place(ip, "hikvision-camera")), socket.create_connection((ip, 80), WAIT_S) as line:
        said = b""
        line.sendall(GET[:10])
        line.sendall(GET[10:] + GET)
        while said.count(b"HTTP/1.1 200") < 2:
            said += line.recv(4096)
        line.sendall(b"GET / HTTP/1.0\r\n\r\n")
        said = b"".join(iter(lambda: line.recv(4096), b""))

    assert b"Connection: close" in said


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"HELLO\r\n\r\n",
        b"GET / SPDY/9\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"y" * 40_000,
    ],
)
def test_what_is_no_request_ends_the_connection(data):
    web, stream = an_address(), an_address()
    with running(place(web, "hikvision-camera"), place(stream, "media-server")):
        with contextlib.suppress(ConnectionResetError):
            assert say(web, 80, data).startswith(b"HTTP/1.1 400")
        with contextlib.suppress(ConnectionResetError):
            assert say(stream, 554, data).startswith(b"RTSP/1.0 400")


def test_a_request_comes_with_its_body_in_pieces():
    ip = an_address()
    body = b'{"method": "getAllUnrestrictedProperties"}'
    head = b"POST /axis-cgi/basicdeviceinfo.cgi HTTP/1.0\r\nContent-Length: %d\r\n\r\n" % len(body)
    with running(place(ip, "axis-camera")), socket.create_connection((ip, 80), WAIT_S) as line:
        line.sendall(head + body[:5])
        line.sendall(body[5:])
        assert b"P3245-V" in b"".join(iter(lambda: line.recv(4096), b""))


@pytest.mark.parametrize(("manner", "kind"), [("mute", "hikvision-camera"), ("plain", "mute-host")])
def test_a_mute_host_accepts_and_says_nothing(manner, kind):
    ip = an_address()
    with running(place(ip, kind, manner=manner)), socket.create_connection((ip, 80), WAIT_S) as line:
        line.settimeout(0.1)
        line.sendall(GET)
        with pytest.raises(TimeoutError):
            line.recv(1)


@pytest.mark.parametrize(("manner", "kind"), [("resets", "hikvision-camera"), ("plain", "resetting-host")])
def test_a_resetting_host_hangs_up(manner, kind):
    ip = an_address()
    with running(place(ip, kind, manner=manner)), pytest.raises(ConnectionError):
        hear(ip, 80)


def test_a_trap_is_open_wherever_it_is_asked():
    ip = an_address()
    with running(place(ip, "all-ports-trap")):
        for port in (21, 80, 443, 554, 5555, 8000, 34567, 37777, 49152, 65534):
            hear(ip, port, count=0)


@pytest.mark.parametrize(("kind", "open_port"), [("silent-host", None), ("camera-on-8080-alone", 8080)])
def test_a_firewall_drops_what_comes_to_other_ports(kind, open_port):
    ip = an_address()
    with running(place(ip, kind)):
        for port in (80, 554, 8000):
            with socket.socket() as line:
                line.settimeout(0.1)
                with pytest.raises(TimeoutError):
                    line.connect((ip, port))
        assert datagram(ip, 3702, probe(""), 0.1) == b""
        assert open_port is None or http_ask(ip, port=open_port).status == 200


def test_a_wrong_path_is_shown_and_the_right_one_is_not():
    ip = an_address()
    with running(place(ip, "onvif-camera", stream="wrong-path-open")):
        assert rtsp_ask(ip, "/no-such-stream").startswith("RTSP/1.0 200")
        assert rtsp_ask(ip, "/stream0").startswith("RTSP/1.0 401")


def test_rtsp_says_what_it_understands_and_refuses_the_rest():
    ip = an_address()
    with running(place(ip, "reolink-camera", stream="open")):
        assert "Public: OPTIONS, DESCRIBE" in rtsp_ask(ip, "/", method="OPTIONS")
        assert rtsp_ask(ip, "/", method="TEARDOWN").startswith("RTSP/1.0 405")
        assert rtsp_ask(ip, "/no-such").startswith("RTSP/1.0 404")
        shown = say_until_body(ip)

    assert "m=audio" in shown


def say_until_body(ip: str) -> str:
    with socket.create_connection((ip, 554), WAIT_S) as line:
        line.sendall(f"DESCRIBE rtsp://{ip}/h264Preview_01_main RTSP/1.0\r\nCSeq: 1\r\n\r\n".encode())
        said = b""
        while b"trackID=2" not in said:
            said += line.recv(4096)
        return said.decode()


def test_onvif_alone_on_its_port_serves_nothing_else():
    ip = an_address()
    with running(place(ip, "onvif-camera")):
        assert http_ask(ip, "/", port=8899).status == 404
        assert onvif_ask(ip, "GetSystemDateAndTime", port=8899).status == 200
        assert onvif_ask(ip, "GetSystemDateAndTime").status == 405


@pytest.mark.parametrize(
    "call", ["GetCapabilities", "GetProfiles", "GetNetworkProtocols", "GetNetworkInterfaces", "GetNTP"]
)
def test_an_open_onvif_answers_each_read(call):
    ip = an_address()
    with running(place(ip, "hikvision-camera", onvif="open")):
        assert f"{call}Response".encode() in onvif_ask(ip, call).body


def test_onvif_may_show_its_media_alone():
    ip = an_address()
    with running(place(ip, "hikvision-camera", onvif="media-open")):
        assert onvif_ask(ip, "GetProfiles", path="/onvif/Media").status == 200
        assert b"NotAuthorized" in onvif_ask(ip, "GetDeviceInformation").body


def test_onvif_over_tls_where_there_is_no_other_web():
    ip = an_address()
    with running(place(ip, "hikvision-camera", web="https")):
        assert onvif_ask(ip, "GetSystemDateAndTime", port=443, is_tls=True).status == 200
        assert f"https://{ip}/onvif/device_service" in datagram(ip, 3702, probe("")).decode()
