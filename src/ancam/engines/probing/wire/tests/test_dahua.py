import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.wire.dahua import read, search


def datagram(body: bytes, length: int | None = None) -> bytes:
    length = len(body) if length is None else length
    return struct.pack("<I4s8xI4xI4x", 32, b"DHIP", length & 0xFFFFFFFF, length & 0xFFFFFFFF) + body


ABOUT = {
    "DeviceClass": "IPC", "DeviceType": "CAM-3", "HttpPort": 80, "Init": 14, "Port": 37777, "SerialNo": "SN\ud8003\0",
    "Vendor": "Hãng", "Version": "2.800.0", "Unused": None, "Flag": True, "DNS": ["1.1.1.1", "8.8.8.8", {}],
    "IPv4Address": {"DhcpEnable": False, "IPAddress": "10.9.9.9"}, "MachineName": "a\nb",
}  # fmt: skip
ANSWER = {"mac": "02:00:00:00:00:03", "method": "client.notifyDevInfo", "params": {"deviceInfo": ABOUT}}
GOOD = datagram(json.dumps(ANSWER).encode())


def test_a_search_has_the_header_and_its_lengths():
    asked = search()

    assert asked[:8] == b"\x20\x00\x00\x00DHIP"
    assert int.from_bytes(asked[16:20], "little") == int.from_bytes(asked[24:28], "little") == len(asked) - 32
    assert json.loads(asked[32:]) == {"method": "DHDiscover.search", "params": {"mac": "", "uni": 1}}


@pytest.mark.parametrize("padding", [b"", b"\n", b"\0\0\0", b"\n\0"])
@pytest.mark.parametrize("length", [None, 0, 0xFFFFFFFF])
def test_an_answer_gives_the_fields_of_the_device(padding, length):
    body = json.dumps(ANSWER).encode() + padding

    assert read(datagram(body, length)) == {
        "mac": "02:00:00:00:00:03", "deviceclass": "IPC", "devicetype": "CAM-3", "httpport": "80", "init": "14",
        "port": "37777", "serialno": "SN3", "vendor": "Hãng", "version": "2.800.0", "flag": "true",
        "dns": "1.1.1.1\n8.8.8.8", "ipv4address.dhcpenable": "false", "ipv4address.ipaddress": "10.9.9.9",
        "machinename": "a b",
    }  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"\x20\x00\x00\x00DHIP",
        GOOD.replace(b"DHIP", b"XHIP"),
        search(),
        datagram(b"[]"),
        datagram(b"{"),
        datagram(b"[" * 100_000),
        datagram(b'{"params": []}'),
        datagram(b'{"params": {"deviceInfo": "x"}}'),
        datagram(b'{"a": ' + b"9" * 5_000 + b"}"),
    ],
)
def test_anything_else_is_no_answer(other):
    assert read(other) is None


def test_fields_are_bounded_in_number_and_depth():
    deep: dict = {"x": 1}
    for _ in range(20):
        deep = {"d": deep}
    about = {**{f"f{number}": number for number in range(400)}}

    assert len(read(datagram(json.dumps({"params": {"deviceInfo": about}}).encode()))) == 256
    assert read(datagram(json.dumps({"params": {"deviceInfo": deep}}).encode())) == {}


@given(st.binary(max_size=100), st.integers(0, 400), st.integers(0, 4))
def test_no_datagram_raises_anything(data, position, removed):
    for other in (data, datagram(data), GOOD[:position] + data[:4] + GOOD[position + removed :]):
        assert all(text.encode() or not text for text in (read(other) or {}).values())
