import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.wire.elements import parsed
from ancam.engines.probing.wire.sadp import inquiry, read

GOOD = (
    '<?xml version="1.0" encoding="UTF-8" ?>\r\n<ProbeMatch>\r\n<Uuid>A1</Uuid>\r\n<Types>inquiry</Types>\r\n'
    "<DeviceType>136</DeviceType>\r\n<DeviceDescription>CAM-2 cửa</DeviceDescription>\r\n"
    "<DeviceSN>CAM-2X</DeviceSN>\r\n"
    "<CommandPort>8000</CommandPort>\r\n<HttpPort>80</HttpPort>\r\n<MAC>02-00-00-00-00-01</MAC>\r\n"
    "<IPv4Address>10.9.9.9</IPv4Address>\r\n<SoftwareVersion>V5.5.0build 200101</SoftwareVersion>\r\n"
    "<DSPVersion>V7.3 build 200101</DSPVersion>\r\n<Activated>false</Activated>\r\n<MAC>02-00-00-00-00-02</MAC>\r\n"
    "</ProbeMatch>\r\n\0\0\0"
).encode()


def test_an_inquiry_asks_and_changes_nothing():
    root = parsed(inquiry("ab-1"))

    assert list(root.leaves()) == [("Uuid", "AB-1"), ("Types", "inquiry")]
    assert root.name == "Probe"


def test_an_answer_gives_its_fields_the_first_of_each():
    values = read(GOOD)

    assert values["devicedescription"] == "CAM-2 cửa"
    assert values["softwareversion"] == "V5.5.0build 200101"
    assert values["activated"] == "false"
    assert values["mac"] == "02-00-00-00-00-01"
    assert values["commandport"] == "8000"


@pytest.mark.parametrize(
    "datagram", [b"", b"hello", inquiry("1"), b"<ProbeMatch><A>1</A></ProbeMatch>", b"<x><MAC/></x>"]
)
def test_anything_else_is_no_answer(datagram):
    assert read(datagram) is None


@given(st.binary(max_size=100), st.integers(0, 700), st.integers(0, 4))
def test_no_datagram_raises_anything(data, position, removed):
    for datagram in (data, GOOD[:position] + data[:4] + GOOD[position + removed :]):
        assert all(text == text.strip() for text in (read(datagram) or {}).values())
