import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.wire.dvrip import DvripHeader, read_header, written_header
from ancam.engines.probing.wire.xm import read, search

SETTINGS = {
    "BuildDate": "2020-01-02 03:04:05", "HostIP": "0x0A01A8C0", "HostName": "LocalHost", "HttpPort": 80,
    "MAC": "02:00:00:00:00:04", "SN": "ab12", "TCPPort": 34567, "Version": "V4.02", "GateWay": "0x01",
}  # fmt: skip
BODY = json.dumps({"NetWork.NetCommon": SETTINGS, "Ret": 100, "SessionID": "0x0"}).encode() + b"\n\0"
GOOD = written_header(1531, len(BODY)) + BODY


def test_a_search_is_a_header_alone():
    assert search() == bytes.fromhex("ff00000000000000000000000000fa0500000000")


def test_an_answer_gives_the_settings_with_addresses_in_dots():
    expected = {
        "builddate": "2020-01-02 03:04:05", "hostip": "192.168.1.10", "hostname": "LocalHost", "httpport": "80",
        "mac": "02:00:00:00:00:04", "sn": "ab12", "tcpport": "34567", "version": "V4.02", "gateway": "0x01",
    }  # fmt: skip

    assert read(GOOD) == expected
    assert read(written_header(1531, 0) + BODY) == expected


@pytest.mark.parametrize(
    "other",
    [
        b"",
        search(),
        written_header(1531, 2) + b"{}",
        written_header(1531, 2) + b'{"NetWork.NetCommon": 1}',
        b"\xff" * 40,
    ],
)
def test_anything_else_is_no_answer(other):
    assert read(other) is None


def test_a_header_is_read_and_a_body_without_end_refused():
    assert read_header(written_header(1000, 7) + b"body") == DvripHeader(0, 0, 1000, 7)
    assert read_header(bytes.fromhex("ff01000005000000020000000000e80303000000")) == DvripHeader(5, 2, 1000, 3)
    assert read_header(written_header(1000, 2**31)) is None
    assert read_header(b"\xff" * 19) is None
    assert read_header(b"HTTP/1.1 400 Bad Request\r\n") is None


@given(st.binary(max_size=100), st.integers(0, 300), st.integers(0, 4))
def test_no_datagram_raises_anything(data, position, removed):
    for datagram in (data, written_header(1531, 0) + data, GOOD[:position] + data[:4] + GOOD[position + removed :]):
        assert all(text.encode() or not text for text in (read(datagram) or {}).values())
