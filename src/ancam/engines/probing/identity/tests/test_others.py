"""What is taken for a camera and is none: other devices, pages full of camera words, software that streams, traps."""

import pytest

from ancam.engines.probing.facts import Ask, SoapKind, TlsFacts
from ancam.engines.probing.identity import identify
from ancam.engines.probing.identity.tests.hosts import (
    banner,
    certificate,
    favicon,
    found,
    host,
    info,
    invented,
    open_ssh,
    page,
    refusal,
    rtsp,
    soap,
    web,
)

SHOP = page(
    "DS-2CD2143G0-I Camera chính hãng, giá tốt",
    '<script src="/theme/cart.js"></script>',
    "<h1>NETSurveillance WEB</h1> Hikvision App-webs/ Dahua Rtsp Server uc-httpd 1.0.0 ONVIF NetworkVideoTransmitter "
    '<a href="/doc/page/login.asp">Login to 0123456789ABC</a> <a href="/ISAPI/System/deviceInfo">IP Camera(D1234)</a>',
    server="nginx/1.24.0",
)
OTHERS = {
    "a printer over WS-Discovery": (host(found("ws-discovery", types="wsdp:Device wprt:PrintDeviceType")), "printer"),
    "a printer by its page": (
        host(page("HP LaserJet MFP M428", server="HP HTTP Server; HP LaserJet"), ports=[631, 9100]),
        "printer",
    ),
    "a printer over mDNS": (host(found("mdns", services="_ipp._tcp.local\n_http._tcp.local")), "printer"),
    "a router over SSDP": (
        host(found("ssdp", st="urn:schemas-upnp-org:device:InternetGatewayDevice:1", manufacturer="TP-Link")),
        "router",
    ),
    "a router by its realm": (host(web(status=401, realm="TP-LINK Wireless N Router WR841N")), "router"),
    "a router by its server": (
        host(page("RouterOS router configuration page", server="mikrotik"), ports=[8291]),
        "router",
    ),
    "a router of D-Link's": (host(web(status=401, realm="DIR-615")), "router"),
    "an access point of Ubiquiti's": (host(found("ubiquiti", model="UAP-AC-Pro")), "router"),
    "a switch that answers SADP": (host(found("sadp", devicedescription="DS-3E0318P-E")), "router"),
    "a switch that answers DHDiscover": (host(found("dahua", devicetype="PFS3010-8ET-96")), "router"),
    "a NAS by its search": (host(found("ssdp", server="Synology/DSM/10.9.8.7")), "nas"),
    "a NAS with Surveillance Station": (
        host(
            page(
                "Surveillance Station - Synology DiskStation",
                '<script src="/webman/security.cgi"></script>',
                server="nginx",
            ),
            certificate("synology.com", "CN=synology.com,O=Synology Inc.,C=TW"),
            info(
                "/webapi/query.cgi?api=SYNO.API.Info", '{"data":{"SYNO.API.Auth":{"path":"auth.cgi"}},"success":true}'
            ),
        ),
        "nas",
    ),
    "a NAS of QNAP's": (host(page("QTS", server="http server 1.0"), certificate("QNAP NAS")), "nas"),
    "a phone": (host(page("Yealink T46S Phone"), ports=[5060]), "phone"),
    "a video phone": (host(page("Grandstream GXV3275", server="Grandstream GXV3275")), "phone"),
    "a television": (host(found("ssdp", st="urn:schemas-upnp-org:device:MediaRenderer:1", modelname="QA55Q60A")), "tv"),
    "a player over mDNS": (host(found("mdns", services="_googlecast._tcp.local")), "tv"),
    "films and music at home": (host(found("ssdp", st="urn:schemas-upnp-org:device:MediaServer:1")), "media-server"),
    "MediaMTX": (host(rtsp(server="gortsplib")), "media-server"),
    "GStreamer with an open stream": (host(rtsp(200, server="GStreamer RTSP server", ask=Ask.STREAM)), "media-server"),
    "VLC beside a page of camera words": (host(SHOP, rtsp(200, server="VLC/3.0.18")), "media-server"),
    "Wowza": (host(page("WEB SERVICE"), rtsp(server="Wowza Streaming Engine 4.8.5")), "media-server"),
    "a PC": (host(found("ws-discovery", types="wsdp:Device pub:Computer")), "computer"),
    "a server": (
        host(open_ssh("SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13"), web(server="Microsoft-IIS/10.0")),
        "computer",
    ),
    "a shop": (host(SHOP), "web"),
    "a plain web server": (host(page("Welcome to nginx!", server="nginx"), ports=[80, 8000]), "web"),
    "a login page": (host(page("Login"), invented()), "web"),
    "a stream of unknown software": (host(rtsp()), "unknown"),
    "a closed door": (host(web(status=401, realm="Restricted"), ports=[37777, 8000]), "unknown"),
    "a stream that broke off": (host(rtsp(0, server="Dahua Rtsp Server")), "unknown"),
    "TLS that showed no certificate": (host(TlsFacts(443, "TLSv1.3", "", None)), "unknown"),
    "silence": (host(), "unknown"),
}


@pytest.mark.parametrize(("facts", "kind"), OTHERS.values(), ids=OTHERS)
def test_another_device_is_no_camera(facts, kind):
    who = identify(facts)

    assert (who.is_camera, who.kind, who.brand, who.platform) == (False, kind, "", "")


def test_a_page_that_claims_a_model_gives_no_model():
    assert identify(host(SHOP, web(status=401, realm="DS-2CD2143G0-I trong kho", port=8080))).model == "DS-2CD2143G0-I"
    assert identify(host(SHOP)).model == ""


def test_a_trap_is_never_a_camera_whatever_it_says():
    who = identify(
        host(found("sadp", devicedescription="DS-2CD2043G2-I"), rtsp(server="Dahua Rtsp Server"), is_trap=True)
    )

    assert (who.is_camera, who.kind, who.vendor) == (False, "trap", "")


@pytest.mark.parametrize(
    "answers",
    [
        [page("NETSurveillance WEB", '<script src="/jsCore/rpcCore.js"></script>')],
        [page("WEB SERVICE", '<link href="/skin/default_1/a.css" rel="stylesheet">')],
        [page("AXIS"), certificate("axis-00408c112233")],
        [page(head="<script>var g_szCacheTime = '2019';</script>"), web("/doc/page/login.asp")],
    ],
)
def test_pages_and_certificates_alone_make_no_camera(answers):
    who = identify(host(*answers))

    assert (who.is_camera, who.kind, who.vendor) == (False, "web", "")


def test_an_icon_alone_makes_no_camera():
    facts = host(favicon(b"\x00\x00\x01\x00" + b"icon"), favicon(b"", is_cut=True), page("WEB SERVICE"))

    assert not identify(facts).is_camera


@pytest.mark.parametrize(
    "answers",
    [
        [refusal("/ISAPI/System/deviceInfo"), invented(401)],
        [refusal("/ISAPI/System/deviceInfo"), web(status=401)],
        [refusal("/ISAPI/System/deviceInfo")],
        [refusal("/ISAPI/System/deviceInfo"), invented(port=8080)],
    ],
    ids=["it refuses every path", "it refuses the first page", "nothing to compare", "another port"],
)
def test_a_server_that_refuses_everything_is_not_known_by_what_it_refuses(answers):
    facts = host(page(head="<script>location.href='/doc/page/login.asp'</script>", port=81), *answers)

    assert not identify(facts).is_camera


def test_a_page_in_place_of_an_answer_says_nothing():
    catch_all = "<!DOCTYPE html><html>www.hikvision.com/ver20 <model>DS-2CD2143G0-I</model></html>"

    who = identify(host(info("/ISAPI/System/deviceInfo", catch_all), page("Cổng thông tin")))

    assert (who.kind, who.model) == ("web", "")


def test_soap_without_media_or_a_plain_refusal_is_no_camera():
    assert not identify(host(soap("GetSystemDateAndTime"))).is_camera
    assert not identify(host(soap(kind=SoapKind.NOT_AUTHORISED), rtsp())).is_camera


def test_a_device_proven_to_be_another_is_not_made_a_camera_by_less():
    who = identify(host(page("WEB SERVICE"), rtsp(), found("mdns", services="_printer._tcp.local"), ports=[37777]))

    assert who.kind == "printer"


def test_a_camera_that_also_streams_with_common_software_stays_one():
    facts = host(
        page("WEB SERVICE"),
        refusal("/cgi-bin/magicBox.cgi?action=getSystemInfo"),
        invented(),
        rtsp(server="LIVE555 Streaming Media"),
    )

    assert (identify(facts).kind, identify(facts).vendor) == ("camera", "Dahua")


def test_a_makers_device_with_a_stream_is_a_camera_whatever_its_model():
    assert identify(host(found("sadp", devicedescription="DS-3E0318P-E"), rtsp())).is_camera


def test_what_a_router_says_of_itself_is_kept():
    who = identify(
        host(
            found("ubiquiti", model="USW-24", firmware="6.5.59", mac="FC:EC:DA:01:02:03"), banner("unknown", "x", 1234)
        )
    )

    assert (who.kind, who.vendor, who.model, who.mac) == ("router", "Ubiquiti", "USW-24", "FC:EC:DA:01:02:03")
