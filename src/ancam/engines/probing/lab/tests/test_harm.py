"""Whatever harms a device is counted by the device."""

import contextlib
import socket

import pytest

from ancam.engines.probing.lab.device import Pace
from ancam.engines.probing.lab.harm import Harm, report
from ancam.engines.probing.lab.placing import place
from ancam.engines.probing.lab.tests.asking import (
    WAIT_S,
    an_address,
    http_ask,
    onvif_ask,
    rtsp_ask,
    running,
)

pytestmark = pytest.mark.network

SNAPSHOT = "/ISAPI/Streaming/channels/101/picture"


def test_most_at_once_and_most_in_a_second_are_counted():
    harm = Harm()
    for now_s in (0.1, 0.2, 0.3, 1.5):
        harm.opened(now_s)
    harm.closed()
    harm.opened(2.0)

    assert (harm.connections, harm.most_at_once, harm.most_in_a_second) == (5, 4, 3)


def test_the_report_sums_but_takes_the_greatest_of_the_most():
    one, other = Harm(connections=3, most_at_once=2), Harm(connections=4, most_at_once=1)

    total = report({"a": one, "b": other})["total"]

    assert (total["connections"], total["most_at_once"]) == (7, 2)
    assert report({})["total"]["connections"] == 0


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_a_request_that_changes_something_is_a_write(method):
    ip = an_address()
    with running(place(ip, "hikvision-camera")) as laboratory:
        assert http_ask(ip, "/ISAPI/System/reboot", method=method, body=b"<x/>").status == 405
        assert http_ask(ip, "/", method="OPTIONS").status == 405

    assert laboratory.harm[ip].writes == 1


@pytest.mark.parametrize(
    ("call", "writes", "user_lists"),
    [
        ("GetSystemDateAndTime", 0, 0),
        ("GetDeviceInformation", 0, 0),
        ("SetSystemDateAndTime", 1, 0),
        ("SystemReboot", 1, 0),
        ("GetUsers", 0, 1),
    ],
)
def test_an_onvif_call_that_changes_something_or_lists_users_is_counted(call, writes, user_lists):
    ip = an_address()
    with running(place(ip, "hikvision-camera", onvif="open")) as laboratory:
        onvif_ask(ip, call)

    assert (laboratory.harm[ip].writes, laboratory.harm[ip].user_lists) == (writes, user_lists)


@pytest.mark.parametrize(("call", "writes"), [("GetSystemDateAndTime", 0), ("SystemReboot", 1), ("GetUsers", 1)])
def test_an_onvif_read_is_no_write_where_there_is_no_onvif(call, writes):
    ip = an_address()
    with running(place(ip, "mobotix-camera")) as laboratory:
        onvif_ask(ip, call)

    assert laboratory.harm[ip].writes == writes


@pytest.mark.parametrize(
    ("command", "writes", "user_lists"), [("GetDevInfo", 0, 0), ("GetUser", 0, 1), ("Reboot", 1, 0), ("", 1, 0)]
)
def test_reolinks_commands_are_counted_by_what_they_do(command, writes, user_lists):
    ip = an_address()
    body = f'[{{"cmd": "{command}"}}]'.encode()
    with running(place(ip, "reolink-camera")) as laboratory:
        assert b"please login first" in http_ask(ip, "/api.cgi", method="POST", body=body).body

    assert (laboratory.harm[ip].writes, laboratory.harm[ip].user_lists) == (writes, user_lists)


def test_axis_tells_anybody_what_is_unrestricted_and_counts_what_is_no_read():
    ip, path = an_address(), "/axis-cgi/basicdeviceinfo.cgi"
    with running(place(ip, "axis-camera")) as laboratory:
        known = http_ask(ip, path, method="POST", body=b'{"method": "getAllUnrestrictedProperties"}')
        refused = http_ask(ip, path, method="POST", body=b'{"method": "getAllProperties"}')
        writes = laboratory.harm[ip].writes
        http_ask(ip, path, method="POST", body=b'{"method": "setSomething"}')

    assert b'"ProdNbr": "P3245-V"' in known.body
    assert refused.status == 401
    assert (writes, laboratory.harm[ip].writes) == (0, 1)


def test_tvts_interface_takes_reads_behind_a_login():
    ip = an_address()
    with running(place(ip, "tvt-recorder")) as laboratory:
        assert http_ask(ip, "/queryBasicCfg", method="POST", body=b"<request/>").status == 401

    assert laboratory.harm[ip].writes == 0


def first_bytes(ip: str, headers: str) -> bytes:
    """What a careful asker takes: the head, 16 bytes, and no more."""
    with socket.create_connection((ip, 80), WAIT_S) as line:
        line.sendall(f"GET {SNAPSHOT} HTTP/1.1\r\nHost: {ip}\r\n{headers}\r\n".encode())
        said = b""
        while len(said.partition(b"\r\n\r\n")[2]) < 16:
            said += line.recv(4096)
        return said


def test_a_picture_is_counted_when_more_than_its_first_bytes_are_taken():
    careful, careless = an_address(), an_address()
    devices = [place(ip, "hikvision-camera", snapshot_open=True) for ip in (careful, careless)]
    with running(*devices, pace=Pace(picture_s=0.2)) as laboratory:
        started = first_bytes(careful, "")
        part = first_bytes(careful, "Range: bytes=0-15\r\n")
        only_head = http_ask(careful, SNAPSHOT, method="HEAD")
        taken = http_ask(careless, SNAPSHOT)

    assert started.partition(b"\r\n\r\n")[2].startswith(b"\xff\xd8\xff")
    assert part.startswith(b"HTTP/1.1 206 ")
    assert (only_head.status, only_head.header("content-type")) == (200, "image/jpeg")
    assert len(taken.body) > 10_000
    assert (laboratory.harm[careful].pictures, laboratory.harm[careless].pictures) == (0, 1)


def test_a_stream_over_http_is_a_picture_too():
    ip = an_address()
    with running(place(ip, "axis-camera", mjpeg_open=True), pace=Pace(picture_s=0.01)) as laboratory:
        answer = http_ask(ip, "/axis-cgi/mjpg/video.cgi")

    assert answer.header("content-type").startswith("multipart/x-mixed-replace")
    assert laboratory.harm[ip].pictures == 1


@pytest.mark.parametrize("method", ["SETUP", "PLAY"])
def test_a_stream_that_is_set_up_or_played_is_a_picture(method):
    ip = an_address()
    with running(place(ip, "hikvision-camera", stream="open")) as laboratory:
        rtsp_ask(ip, "/Streaming/Channels/101", method=method)

    assert laboratory.harm[ip].pictures == 1


def test_a_printers_raw_port_must_never_be_touched():
    ip = an_address()
    with running(place(ip, "printer")) as laboratory, socket.create_connection((ip, 9100), WAIT_S) as line:
        line.sendall(b"x")
        while not laboratory.harm[ip].raw_print:
            pass

    assert laboratory.harm[ip].raw_print == 1


def test_a_fragile_device_hangs_above_six_connections_for_good():
    ip = an_address()
    inquiry = b"<Probe><Uuid>1</Uuid><Types>inquiry</Types></Probe>"
    with running(place(ip, "hikvision-camera", manner="fragile")) as laboratory, contextlib.ExitStack() as open_lines:
        lines = [open_lines.enter_context(socket.create_connection((ip, 80), WAIT_S)) for _ in range(6)]
        lines[0].sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert lines[0].recv(16).startswith(b"HTTP/1.1 200")
        open_lines.enter_context(socket.create_connection((ip, 80), WAIT_S))
        open_lines.enter_context(socket.create_connection((ip, 80), WAIT_S))
        while not laboratory.harm[ip].hangs:
            pass
        for line in lines[1:3]:
            line.settimeout(0.1)
            line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            with pytest.raises(TimeoutError):
                line.recv(16)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.settimeout(0.1)
            sock.sendto(inquiry, (ip, 37020))
            with pytest.raises(TimeoutError):
                sock.recv(4096)

    assert laboratory.harm[ip].hangs == 1


def test_connections_and_bytes_are_counted_over_tls_too():
    ip = an_address()
    with running(place(ip, "hikvision-camera", web="both")) as laboratory:
        http_ask(ip)
        http_ask(ip, port=443, is_tls=True)
        with socket.create_connection((ip, 443), WAIT_S) as line:
            line.sendall(b"GET / HTTP/1.0\r\n\r\n")
            assert b"HTTP" not in line.recv(4096)

    assert laboratory.harm[ip].connections == 3
    assert laboratory.harm[ip].requests == 2
    assert laboratory.harm[ip].bytes_sent > 500
