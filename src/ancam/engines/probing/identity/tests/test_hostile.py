"""Whatever a host sends, identifying it ends well and quickly, and random pages are no cameras."""

import string

from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.detail import Identity
from ancam.engines.probing.facts import Ask, OnvifAnswer, SoapKind
from ancam.engines.probing.identity import identify, likely_platforms
from ancam.engines.probing.identity.tests.hosts import banner, certificate, found, host, open_ssh, rtsp, soap, web

texts = st.text(max_size=300)
bodies = st.binary(max_size=2_000) | st.text(max_size=1_000).map(str.encode)
statuses = st.integers(100, 599)
paths = st.sampled_from(["/", "/ISAPI/System/deviceInfo", "/cgi-bin/magicBox.cgi", "/get?model", "/LAPI/x"]) | texts
protocols = st.sampled_from(
    ["sadp", "dahua", "xm", "ssdp", "mdns", "ws-discovery", "ubiquiti", "tapo", "snmp", "other"]
)
names = (
    st.sampled_from(["devicetype", "version", "mac", "scopes", "types", "vendor", "channelnum", "modelname", "st"])
    | texts
)
values = st.dictionaries(names, texts | st.just("١٦") | st.just("onvif://www.onvif.org/name/%ff%00"), max_size=6)


@st.composite
def answers(draw):
    """Draw one answer of any kind with anything in it."""
    text, body, pairs = draw(texts), draw(bodies), draw(values)
    header = draw(texts)
    return draw(
        st.sampled_from(
            [
                web(
                    draw(paths), draw(statuses), body, draw(st.sampled_from(Ask)), server=header, www_authenticate=text
                ),
                rtsp(draw(st.integers(0, 999)), header, text),
                OnvifAnswer(80, False, "/", text, 200, draw(st.sampled_from(SoapKind)), pairs),
                found(draw(protocols)),
                found_with(draw(protocols), pairs),
                certificate(text, header, (header,)),
                banner(draw(st.sampled_from(["telnet", "ftp", "unknown"])), text),
                open_ssh(text),
            ]
        )
    )


def found_with(protocol, pairs):
    answer = found(protocol)
    answer.values.update(pairs)
    return answer


@given(st.lists(answers(), max_size=8))
def test_nothing_a_host_sends_breaks_the_reading(given_answers):
    facts = host(*given_answers, ports=[80, 8000])

    who = identify(facts)

    assert isinstance(who, Identity)
    assert all(len(one.excerpt) <= 120 and "\n" not in one.excerpt for one in who.evidence)
    assert isinstance(likely_platforms(facts), list)


CAMERA_WORDS = """Hikvision DS-2CD2143G0-I NETSurveillance Dahua ONVIF camera IP RTSP /ISAPI/System/deviceInfo App-webs/
uc-httpd <title> </title> <h1> <a href=/doc/page/login.asp> </script> <script> 'WEB SERVICE' Axis KBVISION login"""
WORDS = st.sampled_from(CAMERA_WORDS.split()) | st.text(string.ascii_letters, min_size=1, max_size=8)


@given(st.lists(WORDS, max_size=80), statuses, st.sampled_from(["nginx", "Apache/2.4", "", "cloudflare"]))
def test_no_page_of_any_words_is_a_camera(words, status, server):
    body = " ".join(words).encode()

    who = identify(
        host(web("/", status, body, server=server), web("/shop", status, body, port=8080), ports=[80, 554, 8000])
    )

    assert not who.is_camera
    assert who.vendor == ""


def test_a_body_made_to_be_slow_is_read_quickly():
    bodies_made_to_be_slow = [
        b"<script " * 40_000,
        b"<title" + b" " * 200_000,
        b'"a":"' + b"\\" * 200_000,
        b"<a>" * 90_000,
    ]
    facts = host(
        *(web("/", 200, body) for body in bodies_made_to_be_slow),
        *(web("/ISAPI/System/deviceInfo", 200, body, Ask.INFO) for body in bodies_made_to_be_slow),
        *(web("/", 401, realm="Login to " + "A" * 60_000) for _ in range(2)),
        soap(Manufacturer="A" * 60_000),
    )

    assert not identify(facts).is_camera
