import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.wire.elements import parsed
from ancam.engines.probing.wire.ws_discovery import probe, read

MATCH = (
    '<?xml version="1.0" encoding="utf-8"?><{p}Envelope xmlns:{x}="http://www.w3.org/2003/05/soap-envelope"><{p}Header>'
    "<wsa:RelatesTo>uuid:1</wsa:RelatesTo></{p}Header><{p}Body><d:ProbeMatches><d:ProbeMatch><wsa:EndpointReference>"
    "<wsa:Address>urn:uuid:ab</wsa:Address></wsa:EndpointReference>"
    "<d:Types>dn:NetworkVideoTransmitter tds:Device</d:Types>"
    "<d:Scopes>onvif://www.onvif.org/type/video\n onvif://www.onvif.org/name/C%20A</d:Scopes>"
    "<d:XAddrs>http://10.9.9.9/onvif/device_service http://[fe80::1]/o</d:XAddrs></d:ProbeMatch></d:ProbeMatches>"
    "</{p}Body></{p}Envelope>"
)
GOOD = MATCH.format(p="SOAP-ENV:", x="SOAP-ENV").encode()


def test_a_probe_asks_for_network_video_transmitters():
    root = parsed(probe("6f0b<"))

    assert root.first("MessageID").text == "uuid:6f0b<"
    assert root.first("Types").text == "dn:NetworkVideoTransmitter"


@pytest.mark.parametrize("prefix", ["SOAP-ENV", "env", "s"])
def test_a_match_is_read_with_any_prefix(prefix):
    assert read(MATCH.format(p=f"{prefix}:", x=prefix).encode() + b"\0\r\n") == {
        "types": "dn:NetworkVideoTransmitter\ntds:Device",
        "scopes": "onvif://www.onvif.org/type/video\nonvif://www.onvif.org/name/C%20A",
        "xaddrs": "http://10.9.9.9/onvif/device_service\nhttp://[fe80::1]/o",
        "endpoint": "urn:uuid:ab",
        "relates_to": "uuid:1",
    }


def test_a_match_that_says_nothing_is_still_one():
    assert read(b"<Envelope><Body><ProbeMatches/></Body></Envelope>") == dict.fromkeys(
        ["types", "scopes", "xaddrs", "endpoint", "relates_to"], ""
    )


@pytest.mark.parametrize(
    "datagram", [b"", b"\xff\xfe", b"<a/>", probe("1"), b"<Envelope/>", b"<Envelope><Body><Hello/></Body></Envelope>"]
)
def test_anything_else_is_no_match(datagram):
    assert read(datagram) is None


@given(st.binary(max_size=100), st.integers(0, 900), st.integers(0, 4))
def test_no_datagram_raises_anything(data, position, removed):
    for datagram in (data, GOOD[:position] + data[:4] + GOOD[position + removed :]):
        assert read(datagram) is None or set(read(datagram)) >= {"types", "scopes", "xaddrs", "endpoint"}
