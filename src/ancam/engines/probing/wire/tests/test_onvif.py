import base64
import hashlib
import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.facts import SoapKind
from ancam.engines.probing.wire.elements import parsed
from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.onvif import (
    Call,
    content_type,
    device_time,
    envelope,
    read_answer,
    security_header,
)

SOAP_11, SOAP_12 = "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"
ZONE = timezone(timedelta(hours=7))


def answer(body: str, soap: str = SOAP_12, prefix: str = "SOAP-ENV:") -> bytes:
    colon = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{prefix}Envelope {colon}="{soap}"><{prefix}Body>{body}'
        f"</{prefix}Body></{prefix}Envelope>\r\n\0\0"
    ).encode()


INFORMATION = (
    '<tds:GetDeviceInformationResponse xmlns:tds="http://www.onvif.org/ver10/device/wsdl"><tds:Manufacturer>Nhà A'
    "</tds:Manufacturer><tds:Model>CAM-1</tds:Model><tds:FirmwareVersion>V1.0 &amp; b</tds:FirmwareVersion>"
    "<tds:SerialNumber>\n SN1\x07 </tds:SerialNumber><tds:HardwareId/></tds:GetDeviceInformationResponse>"
)


@pytest.mark.parametrize("call", list(Call))
def test_every_call_is_well_formed_and_of_its_service(call):
    service = "media" if call in (Call.GET_PROFILES, Call.GET_STREAM_URI, Call.GET_SNAPSHOT_URI) else "device"
    root = parsed(envelope(call, service=service, token='a"&<b'))

    assert root.first("Body").children[0].name == call
    assert root.first("ProfileToken").text == 'a"&<b'
    assert f"ver10/{service}/wsdl".encode() in envelope(call, service=service)
    assert content_type().startswith("application/soap+xml")


def test_what_each_call_must_say_is_said():
    assert b"<t:Category>All</t:Category>" in envelope("GetCapabilities")
    assert b"RTP-Unicast" in envelope("GetStreamUri", service="media", token="p")


@pytest.mark.parametrize(
    ("call", "service"),
    [("GetUsers", "device"), ("SetNTP", "device"), ("GetProfiles", "device"), ("GetScopes", "media"), ("", "device")],
)
def test_no_other_call_is_ever_written(call, service):
    with pytest.raises(Garbled):
        envelope(call, service=service)


def test_a_signed_call_carries_a_digest_and_the_time_in_utc():
    head = security_header(
        "user", "userpassword", nonce=bytes(16),
        created=datetime(2010, 9, 16, 14, 50, 45, tzinfo=ZONE),
    )  # fmt: skip
    token = parsed(envelope("GetDeviceInformation", security=head)).first("UsernameToken")

    assert dict(token.leaves())["Created"] == "2010-09-16T07:50:45Z"
    assert re.fullmatch(r"[A-Za-z0-9+/]{27}=", dict(token.leaves())["Password"])
    assert "userpassword" not in head


def test_the_digest_is_of_nonce_time_and_password():
    nonce, created = b"0123456789abcdef", datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)
    expected = base64.b64encode(hashlib.sha1(nonce + b"2026-11-20T01:02:03Z" + b"p<w").digest()).decode()  # noqa: S324

    assert expected in security_header("a", "p<w", nonce=nonce, created=created)
    assert '#PasswordText">p&lt;w<' in security_header("a", "p<w", nonce=nonce, created=created, as_text=True)


@pytest.mark.parametrize(
    ("soap", "prefix"), [(SOAP_11, "SOAP-ENV:"), (SOAP_12, "env:"), (SOAP_12, ""), (SOAP_12, "unbound.x:")]
)
def test_a_response_is_read_with_any_prefix(soap, prefix):
    kind, values = read_answer("GetDeviceInformation", 200, answer(INFORMATION, soap, prefix))

    assert kind is SoapKind.RESPONSE
    assert values == {
        "Manufacturer": "Nhà A", "Model": "CAM-1", "FirmwareVersion": "V1.0 & b", "SerialNumber": "SN1",
        "HardwareId": "",
    }  # fmt: skip


def test_a_prefix_that_is_bound_to_nothing_is_forgiven():
    body = b"<s:Envelope><s:Body><t:GetNTPResponse><t:DNSname>a</t:DNSname></t:GetNTPResponse></s:Body></s:Envelope>"

    assert read_answer("GetNTP", 200, body) == (SoapKind.RESPONSE, {"DNSname": "a"})


def test_what_is_said_several_times_is_joined():
    scopes = "".join(
        f"<Scopes><ScopeItem>onvif://www.onvif.org/{name}</ScopeItem></Scopes>" for name in ("name/A", "type/b")
    )
    profiles = '<Profiles token="p1" fixed="true"><Name>main</Name></Profiles><Profiles token="p2"/><Profiles/>'
    protocols = (
        "<NetworkProtocols><Name>HTTP</Name><Enabled>true</Enabled><Port>80</Port></NetworkProtocols>"
        "<NetworkProtocols><Name>HTTPS</Name><Enabled>false</Enabled><Port>443</Port><Port>8443</Port></NetworkProtocols>"
    )

    def values(call: str, body: str) -> dict[str, str]:
        return read_answer(call, 200, answer(f"<{call}Response>{body}</{call}Response>"))[1]

    assert values("GetScopes", scopes)["scopes"] == "onvif://www.onvif.org/name/A\nonvif://www.onvif.org/type/b"
    assert values("GetProfiles", profiles)["profile.token"] == "p1\np2"
    assert values("GetNetworkProtocols", protocols)["protocols"] == "HTTP:true:80\nHTTPS:false:443"


@pytest.mark.parametrize(
    ("call", "body"),
    [
        ("GetCapabilities", "<Capabilities><Device><XAddr>http://h/d</XAddr></Device><Media><XAddr>http://h/m</XAddr>"
         "<StreamingCapabilities><RTP_TCP>true</RTP_TCP></StreamingCapabilities></Media></Capabilities>"),
        ("GetServices", "<Service><Namespace>http://www.onvif.org/ver10/device/wsdl</Namespace><XAddr>http://h/d</XAddr>"
         "</Service><Service><Namespace>http://www.onvif.org/ver10/media/wsdl</Namespace><XAddr>http://h/m</XAddr></Service>"),
    ],
)  # fmt: skip
def test_the_media_service_is_told_apart(call, body):
    _kind, values = read_answer(call, 200, answer(f"<{call}Response>{body}</{call}Response>"))

    assert values["media.xaddr"] == "http://h/m"
    assert values["xaddrs"] == "http://h/d\nhttp://h/m"
    assert values["XAddr"] == "http://h/d"


FAULT_12 = (
    "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>{code}</s:Value></s:Subcode></s:Code>"
    '<s:Reason><s:Text xml:lang="en">{why}</s:Text></s:Reason></s:Fault>'
)
FAULT_11 = "<Fault><faultcode>{code}</faultcode><faultstring>{why}</faultstring></Fault>"


@pytest.mark.parametrize("fault", [FAULT_11, FAULT_12])
@pytest.mark.parametrize(
    ("code", "why", "kind"),
    [
        ("ter:NotAuthorized", "", SoapKind.NOT_AUTHORISED),
        ("ter:notAuthorised", "", SoapKind.NOT_AUTHORISED),
        (
            "s:Sender",
            "The action requested requires authorization; the sender is not authorized",
            SoapKind.NOT_AUTHORISED,
        ),
        ("wsse:FailedAuthentication", "", SoapKind.NOT_AUTHORISED),
        ("x:Not_Authorized", "", SoapKind.NOT_AUTHORISED),
        ("ter:ActionNotSupported", "Optional action not implemented", SoapKind.FAULT),
        ("ter:InvalidArgVal", "", SoapKind.FAULT),
    ],
)
def test_a_fault_says_whether_it_is_about_rights(fault, code, why, kind):
    read, values = read_answer("GetDeviceInformation", 400, answer(fault.format(code=code, why=why)))

    assert read is kind
    assert code in values.values()


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, b"", SoapKind.NOT_AUTHORISED),
        (401, b"<html><br></html>", SoapKind.NOT_AUTHORISED),
        (401, answer(INFORMATION), SoapKind.NOT_AUTHORISED),
        (401, answer(FAULT_11.format(code="ter:Other", why="")), SoapKind.NOT_AUTHORISED),
        (200, b"<html></html>", SoapKind.OTHER),
        (200, b"", SoapKind.OTHER),
        (404, answer(INFORMATION), SoapKind.OTHER),
        (200, answer(""), SoapKind.OTHER),
        (200, answer("<GetScopesResponse/>"), SoapKind.OTHER),
        (200, b"<Envelope/>", SoapKind.OTHER),
    ],
)
def test_what_is_no_response_is_not_taken_for_one(status, body, kind):
    assert read_answer("GetDeviceInformation", status, body)[0] is kind


TIME = (
    "<GetSystemDateAndTimeResponse><SystemDateAndTime><LocalDateTime><Time><Hour>9</Hour></Time></LocalDateTime>"
    "<UTCDateTime><Time><Hour>{hour}</Hour><Minute>4</Minute><Second>{second}</Second></Time><Date><Year>{year}</Year>"
    "<Month>11</Month><Day>20</Day></Date></UTCDateTime></SystemDateAndTime></GetSystemDateAndTimeResponse>"
)


@pytest.mark.parametrize(
    ("hour", "second", "year", "expected"),
    [
        ("2", "5", "2026", datetime(2026, 11, 20, 2, 4, 5, tzinfo=UTC)),
        ("2", "60", "1970", datetime(1970, 11, 20, 2, 4, 59, tzinfo=UTC)),
        ("24", "5", "2026", None),
        ("2", "5", "0", None),
        ("2", "5", "-1", None),
        ("2", "5", "9" * 5_000, None),
    ],
)
def test_the_clock_is_read_in_utc(hour, second, year, expected):
    body = answer(TIME.format(hour=hour, second=second, year=year))

    assert device_time(read_answer("GetSystemDateAndTime", 200, body)[1]) == expected


def test_a_device_that_tells_no_time_has_none():
    assert device_time({}) is None


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'


@pytest.mark.parametrize(
    "document",
    [
        BOMB,
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        "<a>&b;</a>",
        "<a>" * 40 + "</a>" * 40,
        "<a>" + "<b/>" * 6_000 + "</a>",
        "<a>" + "x" * 300_000 + "</a>",
        "<a><b></a></b>",
        "",
        "no tags",
        "<a/><b/>",
    ],
)
def test_bombs_and_broken_documents_are_garbled(document):
    with pytest.raises(Garbled):
        parsed(document.encode())


def test_a_document_in_chinese_is_read():
    assert parsed('<?xml version="1.0" encoding="GB2312"?><a>网络</a>'.encode("gbk")).text == "网络"


def test_the_calls_are_those_of_the_reference(shared):
    import yaml

    reads = yaml.safe_load((shared / "reference/device-checks.yaml").read_text(encoding="utf-8"))["post_reads"]

    assert set(Call) == {call for read in reads if "ONVIF" in read["target"] for call in read["calls"]}


@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 8))
def test_no_bytes_raise_anything(data, position, removed):
    good = answer(FAULT_12.format(code="a", why="b"))

    for body in (data, good[:position] + data[:6] + good[position + removed :]):
        _kind, values = read_answer("GetScopes", 200, body)
        assert all(value.isprintable() or "\n" in value for value in values.values())
