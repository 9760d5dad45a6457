"""SSDP, mDNS, Ubiquiti, SNMP and ADB: what is asked, what is read, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.wire import adb, mdns, snmp, ssdp, ubiquiti


def is_clean(values: dict[str, str] | None) -> bool:
    return all(text.encode() is not None and "\x00" not in text for text in (values or {}).values())


# SSDP

ROOT_DEVICE = (
    b"HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nEXT:\r\nLOCATION: http://10.9.9.9:49152/desc.xml\r\n"
    b"SERVER: Linux/3.4 UPnP/1.0\x07 x/1\r\nST: upnp:rootdevice\r\nUSN: uuid:ab::x\r\nX: 1\r\nX: 2\r\n\r\n"
)
DESCRIPTION = (
    b'<?xml version="1.0"?>\n<root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major></specVersion>'
    b"<device><friendlyName>Kho A</friendlyName><manufacturer>M</manufacturer><modelName>CAM-5</modelName>"
    b"<serialNumber>S1</serialNumber><deviceList><device><modelName>inner</modelName></device></deviceList>"
    b"</device></root>"
)


def test_a_search_asks_for_root_devices():
    assert ssdp.search().startswith(b'M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\n')
    assert ssdp.search("ssdp:all").endswith(b"ST: ssdp:all\r\n\r\n")


def test_an_answer_gives_its_headers():
    values = ssdp.read(ROOT_DEVICE)

    assert values["location"] == "http://10.9.9.9:49152/desc.xml"
    assert values["server"] == "Linux/3.4 UPnP/1.0 x/1"
    assert (values["ext"], values["x"]) == ("", "1\n2")


@pytest.mark.parametrize(
    "datagram",
    [
        b"",
        ssdp.search(),
        b"NOTIFY * HTTP/1.1\r\nUSN: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n",
        b"HTTP/1.1 404 x\r\nST: a\r\n",
    ],
)
def test_anything_else_is_no_answer_to_a_search(datagram):
    assert ssdp.read(datagram) is None


def test_a_description_tells_of_its_root_device():
    values = ssdp.read_description(DESCRIPTION)

    assert (values["friendlyname"], values["modelname"], values["serialnumber"]) == ("Kho A", "CAM-5", "S1")


@pytest.mark.parametrize(
    "xml", [b"", b"<root/>", b"<device><modelName>x</modelName></device>", b"<!DOCTYPE root><root/>"]
)
def test_anything_else_is_no_description(xml):
    assert ssdp.read_description(xml) is None


# mDNS


def label(*names: bytes) -> bytes:
    return b"".join(bytes([len(name)]) + name for name in names)


def record(name: bytes, kind: int, content: bytes) -> bytes:
    return name + kind.to_bytes(2, "big") + b"\x80\x01" + bytes(4) + len(content).to_bytes(2, "big") + content


HEAD = b"\0\0\x84\0" + b"\0\1" + b"\0\5" + b"\0\0" + b"\0\1"
QUESTION = label(b"_rtsp", b"_tcp", b"local") + b"\0\0\x0c\0\1"  # at 12; "local" at 23
ANSWER = (
    HEAD + QUESTION
    + record(b"\xc0\x0c", 12, label("Camera sân".encode()) + b"\xc0\x0c")
    + record(b"\xc0\x0c", 33, b"\0\0\0\0\x02\x2a" + label(b"cam-1") + b"\xc0\x17")
    + record(b"\xc0\x0c", 16, label(b"model=CAM-6", b"empty", b"", b"=x", b"model=other", b"fw=1\x00.2"))
    + record(b"\xc0\x0c", 1, bytes((10, 9, 9, 9)))
    + record(b"\xc0\x0c", 28, bytes(15) + b"\1")
    + record(b"\0", 47, b"other")
)  # fmt: skip


def test_a_question_names_its_services():
    asked = mdns.query(["_rtsp._tcp.local."])

    assert asked == bytes(4) + b"\0\1" + bytes(6) + QUESTION[:-2] + b"\x80\x01"
    assert mdns.query()[5] == 3


def test_an_answer_tells_services_hosts_and_texts():
    assert mdns.read(ANSWER) == {
        "ptr": "Camera sân._rtsp._tcp.local", "port": "554", "host": "cam-1.local", "a": "10.9.9.9", "aaaa": "::1",
        "txt": "model=CAM-6\nempty\n=x\nmodel=other\nfw=1.2", "txt.model": "CAM-6", "txt.fw": "1.2",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name", [b"\xc0\x0c", b"\xc0\x20", b"\xff\xff", b"\xc0", b"\x3fshort", b"\1a" * 300, b"\xc0\x0e\xc0\x0c"]
)
def test_names_that_lead_round_or_nowhere_end_the_reading(name):
    assert mdns.read(b"\0\0\x84\0\0\0\0\1\0\0\0\0" + record(name, 12, name)) is None


def test_what_came_before_a_broken_record_was_said():
    assert mdns.read(ANSWER[:-20])["ptr"] == "Camera sân._rtsp._tcp.local"
    assert mdns.read(HEAD + QUESTION + record(b"\0", 1, b"abcd") + record(b"\0", 1, b"abcd")[:-1]) == {
        "a": "97.98.99.100"
    }
    assert mdns.read(HEAD + QUESTION + b"\0\0\1") is None
    assert mdns.read(HEAD + QUESTION + record(b"\0", 12, b"\1a" * 40)) is None
    assert mdns.read(HEAD + QUESTION + record(b"\0", 33, b"short") + record(b"\0", 1, b"abc")) is None


@pytest.mark.parametrize("datagram", [b"", mdns.query(), b"\0\0\x84\0" + bytes(8)])
def test_anything_else_is_no_answer_to_a_question(datagram):
    assert mdns.read(datagram) is None


# Ubiquiti


def field(kind: int, content: bytes) -> bytes:
    return bytes([kind]) + len(content).to_bytes(2, "big") + content


FIELDS = (
    field(1, b"\2\0\0\0\0\7") + field(2, b"\2\0\0\0\0\7\x0a\x09\x09\x09") + field(2, b"\2\0\0\0\0\x08\x0a\x09\x09\x0a")
    + field(3, "AirCam.v1.2 ớ\0".encode()) + field(10, b"\0\0\1\0") + field(11, b"cua") + field(12, b"AirCam")
    + field(99, b"?") + field(1, b"x")
)  # fmt: skip
DEVICE = b"\1\0" + len(FIELDS).to_bytes(2, "big") + FIELDS


def test_a_device_of_ubiquiti_says_model_and_firmware():
    assert ubiquiti.search() == b"\1\0\0\0"
    assert ubiquiti.read(DEVICE) == {
        "mac": "02:00:00:00:00:07\n02:00:00:00:00:08", "ip": "10.9.9.9\n10.9.9.10", "firmware": "AirCam.v1.2 ớ",
        "uptime": "256", "hostname": "cua", "platform": "AirCam",
    }  # fmt: skip


@pytest.mark.parametrize(
    "datagram",
    [
        b"",
        b"\1\0\0\0",
        b"\3" + DEVICE[1:],
        DEVICE[:-1],
        b"\1\0\0\4\3\0\xff\xff",
        b"\1\0\0\3\x63\0\0",
        b"\1\0\0\1\0\0\0",
    ],
)
def test_anything_else_is_no_device_of_ubiquiti(datagram):
    assert ubiquiti.read(datagram) is None


def test_fields_are_bounded_in_number():
    fields = b"".join(field(11, b"%d" % number) for number in range(100))

    assert len(ubiquiti.read(b"\1\0" + len(fields).to_bytes(2, "big") + fields)["hostname"].split("\n")) == 64


# SNMP


def response(kind: int = 0xA2, name: bytes = bytes.fromhex("2b06010201010100"), value: bytes = b"\4\5Cam\0A") -> bytes:
    def tlv(tag: int, content: bytes) -> bytes:
        return bytes([tag, len(content)]) + content

    bindings = tlv(0x30, tlv(0x30, tlv(6, name) + value))
    return tlv(0x30, b"\2\1\1\4\6public" + tlv(kind, b"\2\4\0\0\1\0\2\1\0\2\1\0" + bindings))


def test_one_get_asks_for_the_description():
    assert snmp.get_sys_descr("public", 256) == bytes.fromhex(
        "302902010104067075626c6963a01c020400000100020100020100300e300c06082b060102010101000500"
    )


def test_a_response_gives_the_description():
    assert snmp.read(response()) == {"request_id": "256", "error": "0", "sysdescr": "CamA"}
    assert snmp.read(response(name=b"\x2b"))["sysdescr"] == ""
    assert snmp.read(response(value=b"\x81\0"))["sysdescr"] == ""
    assert snmp.read(response(value=b""))["sysdescr"] == ""


@pytest.mark.parametrize("datagram", [b"", snmp.get_sys_descr("public", 1), response(kind=0xA1), b"\x30\x03\2\1\1"])
def test_anything_else_is_no_response(datagram):
    assert snmp.read(datagram) is None


# ADB

BANNER = b"device::ro.product.name=ipc;ro.product.model=CAM-9;features=x\0"
OPEN = (
    b"CNXN"
    + bytes.fromhex("0000000100100000")
    + len(BANNER).to_bytes(4, "little")
    + bytes(4)
    + b"\xbc\xb1\xa7\xb1"
    + BANNER
)


def test_the_greeting_is_that_of_the_protocol():
    assert (
        adb.connect_message()
        == bytes.fromhex("434e584e000000010010000007000000320200 00bcb1a7b1".replace(" ", "")) + b"host::\0"
    )


def test_an_open_bridge_says_what_it_is():
    assert adb.read(OPEN) == {
        "command": "connect", "banner": "device::ro.product.name=ipc;ro.product.model=CAM-9;features=x",
        "ro.product.name": "ipc", "ro.product.model": "CAM-9",
    }  # fmt: skip
    assert adb.read(b"AUTH" + bytes(16) + b"\xbe\xaa\xab\xb7" + b"token") == {"command": "auth", "banner": ""}


@pytest.mark.parametrize("data", [b"", b"HTTP/1.1 400 Bad Request\r\n", OPEN[:20], OPEN.replace(b"\xbc\xb1", b"\0\0")])
def test_anything_else_is_no_bridge(data):
    assert adb.read(data) is None


# All of them

READERS = [
    (ssdp.read, ROOT_DEVICE),
    (ssdp.read_description, DESCRIPTION),
    (mdns.read, ANSWER),
    (ubiquiti.read, DEVICE),
    (snmp.read, response()),
    (adb.read, OPEN),
]


@given(st.sampled_from(READERS), st.binary(max_size=100), st.integers(0, 500), st.integers(0, 6))
def test_no_datagram_raises_anything(reader, data, position, removed):
    read, good = reader

    assert is_clean(read(data))
    assert is_clean(read(good[:position] + data[:6] + good[position + removed :]))
    assert is_clean(read(good[:12] + data))
