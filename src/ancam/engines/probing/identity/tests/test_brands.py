"""The brand on the box beside the maker of the platform, each with its own evidence."""

import pytest

from ancam.engines.probing.detail import Grade
from ancam.engines.probing.identity import identify
from ancam.engines.probing.identity.tests.hosts import (
    SERIAL,
    camera_match,
    certificate,
    found,
    host,
    info,
    page,
    rtsp,
    soap,
    web,
)

SADP = found("sadp", devicedescription="DS-2CD2143G0-I")
BRANDS = {
    "KBVision over ONVIF": (host(soap(Manufacturer="KBVISION", Model="KX-A2111N2")), "Dahua", "KBVision", "kbvision"),
    "KBVision by DHDiscover": (
        host(found("dahua", devicetype="KX-C2001S4", vendor="KBVision")),
        "Dahua",
        "KBVision",
        "kbvision",
    ),
    "KBVision by its model alone": (
        host(found("dahua", devicetype="KX-C2001S4", vendor="Private")),
        "Dahua",
        "KBVision",
        "kbvision",
    ),
    "KBVision by its title": (
        host(page("KBVISION"), rtsp(realm=f"Login to {SERIAL}")),
        "Dahua",
        "KBVision",
        "kbvision",
    ),
    "Imou": (host(found("dahua", devicetype="IPC-C22EP", vendor="IMOU")), "Dahua", "Imou", "imou"),
    "Amcrest": (host(soap(Manufacturer="Amcrest"), rtsp(server="Dahua Rtsp Server")), "Dahua", "Amcrest", "dahua-oem"),
    "Honeywell on Dahua's platform": (
        host(soap(Manufacturer="Honeywell"), web(status=401, realm=f"Login to {SERIAL}")),
        "Dahua",
        "Honeywell",
        "dahua-ipc",
    ),
    "HDParagon over ONVIF": (
        host(SADP, soap(Manufacturer="HDPARAGON", Model="HDS-2143IRP")),
        "Hikvision",
        "HDParagon",
        "hikvision-oem",
    ),
    "HDParagon by its model": (
        host(found("sadp", devicedescription="HDS-2143IRP")),
        "Hikvision",
        "HDParagon",
        "hikvision-oem",
    ),
    "HDParagon by its certificate": (
        host(SADP, certificate("HDPARAGON", "CN=ipc,O=HDPARAGON,C=VN")),
        "Hikvision",
        "HDParagon",
        "hikvision-oem",
    ),
    "HiLook": (host(SADP, camera_match("name/HiLook%20IPC-B120H")), "Hikvision", "HiLook", "hikvision-oem"),
    "EZVIZ": (host(found("sadp", devicedescription="CS-C6N-A0-1C2WFR")), "Hikvision", "EZVIZ", "ezviz"),
    "EZVIZ over ONVIF": (host(soap(Manufacturer="EZVIZ")), "Hikvision", "EZVIZ", "ezviz"),
    "Questek on a platform that is known": (
        host(found("xm", sn="1"), soap(Manufacturer="Questek")),
        "XiongMai",
        "Questek",
        "xiongmai",
    ),
    "Questek on one that is not": (host(camera_match(), soap(Manufacturer="Questek")), "", "Questek", "onvif-generic"),
    "Vantech": (host(found("xm", sn="1"), soap(Manufacturer="VANTECH")), "XiongMai", "Vantech", "xiongmai"),
    "Provision-ISR": (
        host(web(server="Cross Web Server"), soap(Manufacturer="Provision-ISR")),
        "TVT",
        "Provision-ISR",
        "tvt",
    ),
    "Tapo": (
        host(rtsp(realm="TP-LINK IP-Camera"), found("mdns", name="Tapo_C210_0A1B")),
        "TP-Link",
        "Tapo",
        "tplink-tapo",
    ),
    "Vantech by its host name": (host(found("xm", hostname="VANTECH-NVR")), "XiongMai", "Vantech", "xiongmai"),
    "VIGI": (host(soap(Manufacturer="TP-Link VIGI", Model="VIGI C345")), "TP-Link", "VIGI", "tplink-vigi"),
    "a name nobody knows": (host(camera_match(), soap(Manufacturer="Sao Khuê")), "", "Sao Khuê", "onvif-generic"),
    "no name": (host(found("dahua", vendor="General"), soap(Manufacturer="General")), "Dahua", "", "dahua-ipc"),
    "the maker's own name": (
        host(SADP, soap(Manufacturer="Hangzhou Hikvision Digital")),
        "Hikvision",
        "",
        "hikvision-ipc",
    ),
    "the maker's short name": (host(soap(Manufacturer="UNV")), "Uniview", "", "uniview-ipc"),
}


@pytest.mark.parametrize(("facts", "vendor", "brand", "platform"), BRANDS.values(), ids=BRANDS)
def test_the_brand_is_told_apart_from_the_maker(facts, vendor, brand, platform):
    who = identify(facts)

    assert who.is_camera
    assert (who.vendor, who.brand, who.platform) == (vendor, brand, platform)


def test_brand_and_maker_have_evidence_of_their_own():
    who = identify(host(SADP, soap(Manufacturer="HDPARAGON")))

    assert [(one.grade, one.origin) for one in who.evidence if one.field == "brand"] == [(Grade.B, "onvif")]
    assert (Grade.B, "sadp") in {(one.grade, one.origin) for one in who.evidence if one.field == "vendor"}


def test_a_brand_recorder_is_a_recorder():
    who = identify(host(found("dahua", devicetype="KX-7108TD6", deviceclass="XVR", vendor="KBVision")))

    assert (who.kind, who.brand) == ("recorder", "KBVision")


def test_a_brand_of_another_platform_is_not_read_from_a_page():
    assert identify(host(page("KBVISION"), SADP, info("/ISAPI/System/deviceInfo", ""))).brand == ""
