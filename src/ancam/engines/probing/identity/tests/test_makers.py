"""Each maker's platform is told by its own signs, and its devices are cameras or recorders."""

import pytest

from ancam.engines.probing.facts import Ask
from ancam.engines.probing.identity import identify
from ancam.engines.probing.identity.tests.hosts import (
    SERIAL,
    banner,
    camera_match,
    found,
    host,
    info,
    invented,
    page,
    refusal,
    rtsp,
    soap,
    web,
)

HIKVISION_XML = '<?xml version="1.0"?><{0} version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">{1}</{0}>'

# What was answered, the maker, the fingerprint.
CAMERAS = {
    "SADP": (host(found("sadp", devicedescription="DS-2CD2043G2-I")), "Hikvision", "hikvision-ipc"),
    "App-webs": (host(page("login", server="App-webs/")), "Hikvision", "hikvision-ipc"),
    "Hikvision's realm": (host(web(status=401, realm="IP Camera(D4512)")), "Hikvision", "hikvision-ipc"),
    "Hikvision's realm over RTSP": (host(rtsp(realm="DS-2DE4425IW-DE")), "Hikvision", "hikvision-ipc"),
    "ISAPI in its own form": (
        host(
            info("/ISAPI/Security/userCheck", HIKVISION_XML.format("userCheck", "<statusValue>401</statusValue>"), 401)
        ),
        "Hikvision",
        "hikvision-ipc",
    ),
    "activation": (
        host(info("/SDK/activateStatus", HIKVISION_XML.format("ActivateStatus", ""), ask=Ask.ACTIVATION)),
        "Hikvision",
        "hikvision-ipc",
    ),
    "two signs of medium weight": (
        host(
            page(head="<script>window.location.href='/doc/page/login.asp'</script>"),
            refusal("/ISAPI/System/deviceInfo"),
            invented(),
        ),
        "Hikvision",
        "hikvision-ipc",
    ),
    "DHDiscover": (host(found("dahua", devicetype="IPC-HFW1230S", vendor="Dahua")), "Dahua", "dahua-ipc"),
    "Dahua's RTSP": (host(rtsp(server="Dahua Rtsp Server")), "Dahua", "dahua-ipc"),
    "Dahua's realm with a serial": (host(web(status=401, realm=f"Login to {SERIAL}")), "Dahua", "dahua-ipc"),
    "Dahua's realm with a hash": (host(rtsp(realm="Login to " + "0a" * 16)), "Dahua", "dahua-ipc"),
    "Dahua's challenge": (
        host(
            info(
                "/RPC2_Login",
                f'{{"error":{{"code":268632079}},"params":{{"realm":"Login to {SERIAL}"}},"session":7}}',
                ask=Ask.LOGIN_STATE,
            )
        ),
        "Dahua",
        "dahua-ipc",
    ),
    "XM search": (host(found("xm", hostname="LocalHost", channelnum="1")), "XiongMai", "xiongmai"),
    "uc-httpd": (host(page("NETSurveillance WEB", server="uc-httpd 1.0.0")), "XiongMai", "xiongmai"),
    "H264 over ONVIF": (host(soap(Manufacturer="H264", Model="50H20L")), "XiongMai", "xiongmai"),
    "Uniview's LAPI": (
        host(info("/LAPI/V1.0/System/DeviceBasicInfo", '{"Response": {"ResponseCode": 3}}', 401)),
        "Uniview",
        "uniview-ipc",
    ),
    "UNV over ONVIF": (host(soap(Manufacturer="UNV", Model="IPC2122LR3")), "Uniview", "uniview-ipc"),
    "Uniview's hardware scope": (host(camera_match("hardware/IPC3614LR3-PF28-D")), "Uniview", "uniview-ipc"),
    "Axis's realm": (host(web(status=401, realm="AXIS_00408C112233")), "Axis", "axis"),
    "Axis's FTP": (host(banner("ftp", "220 AXIS P1365 Network Camera 6.50.1 (2017) ready.", 21)), "Axis", "axis"),
    "Axis over SSDP": (host(found("ssdp", manufacturer="AXIS", modelname="AXIS P3245-V")), "Axis", "axis"),
    "Axis, two of medium weight": (
        host(found("mdns", services="_axis-video._tcp.local"), page("AXIS")),
        "Axis",
        "axis",
    ),
    "Hanwha's realm": (host(rtsp(realm="iPOLiS_0009181A2B3C")), "Hanwha", "hanwha"),
    "Hanwha's answer": (
        host(info("/stw-cgi/system.cgi?msubmenu=deviceinfo&action=view", "Model=QNV-6082R\r\n")),
        "Hanwha",
        "hanwha",
    ),
    "Bosch": (host(web(server="VCS-VideoJet-Webserver")), "Bosch", "bosch"),
    "Vivotek": (host(web(server="Vivotek Network Camera")), "VIVOTEK", "vivotek"),
    "D-Link": (host(web(status=401, realm="DCS-932L")), "D-Link", "dlink-dcs"),
    "Tapo over RTSP": (host(rtsp(realm="TP-LINK IP-Camera")), "TP-Link", "tplink-tapo"),
    "Tapo's search": (host(found("tapo", device_type="SMART.IPCAMERA", device_model="C210")), "TP-Link", "tplink-tapo"),
    "Reolink": (
        host(info("/cgi-bin/api.cgi?cmd=GetDevInfo", '[{"cmd":"GetDevInfo","code":1,"error":{}}]')),
        "Reolink",
        "reolink",
    ),
    "Ubiquiti": (host(found("ubiquiti", model="UVC G4 Bullet")), "Ubiquiti", "ubiquiti-protect"),
    "AVTECH": (host(web(server="Linux/2.x UPnP/1.0 Avtech/1.0")), "AVTECH", "avtech"),
    "LILIN": (host(web(status=401, realm="Merit LILIN Ent. Co., Ltd.")), "Merit LILIN", "lilin"),
    "GeoVision": (host(web(server="GeoHttpServer")), "GeoVision", "geovision"),
    "Mobotix": (host(soap(Manufacturer="MOBOTIX AG")), "Mobotix", "mobotix"),
    "Panasonic": (host(soap(Manufacturer="i-PRO")), "Panasonic", "panasonic"),
    "Sony": (host(web(server="gen6th")), "Sony", "sony"),
    "ACTi": (host(web(server="Httpd v1.0 05may2008")), "ACTi", "acti"),
    "Avigilon": (host(rtsp(server="AvigilonOnvifNvt/2.4")), "Avigilon", "avigilon"),
    "Arecont": (host(web(status=401, realm="Arecont Vision")), "Arecont Vision", "arecont"),
    "Pelco": (host(found("ssdp", modelname="Pelco IXE21")), "Pelco", "pelco"),
    "Milesight": (host(soap(Manufacturer="Milesight")), "Milesight", "milesight"),
    "Grandstream": (host(banner("telnet", "Grandstream GXV3611_HD Shell Command.")), "Grandstream", "grandstream"),
    "Honeywell": (host(soap(Manufacturer="Honeywell")), "Honeywell", "honeywell"),
    "Geutebrück": (host(soap(Manufacturer="GEUTEBRUECK")), "Geutebrück", "geutebruck"),
    "Edimax": (host(web(status=401, realm="IC-3116W")), "Edimax", "edimax"),
    "TRENDnet": (host(web(status=401, realm="TV-IP110")), "TRENDnet", "trendnet"),
    "Canon": (host(found("snmp", sysdescr="Canon Network Camera VB-H41")), "Canon", "canon"),
    "Zavio": (host(soap(Manufacturer="ZAVIO")), "Zavio", "zavio"),
    "Brickcom": (host(web(status=401, realm="Brickcom OB-100A")), "Brickcom", "beward-brickcom"),
    "PTZOptics": (
        host(info("/cgi-bin/param.cgi?get_device_conf", 'devname="PT20X"\nversioninfo="SOC v6.3.40"')),
        "PTZOptics",
        "ptzoptics",
    ),
    "Foscam": (
        host(info("/cgi-bin/CGIProxy.fcgi?cmd=getDevInfo", "<CGI_Result><result>-2</result></CGI_Result>")),
        "Foscam",
        "foscam",
    ),
    "TVT": (host(web(server="Cross Web Server")), "TVT", "tvt"),
    "Tiandy": (host(soap(Manufacturer="TIANDY")), "Tiandy", "tiandy"),
    "Netwave": (host(web(server="Netwave IP Camera")), "Netwave", "netwave"),
    "Reecam": (host(web(server="ReeCam IP Camera")), "Reecam", "reecam"),
    "HiSilicon": (host(rtsp(server="Hipcam RealServer/V1.0")), "HiSilicon", "hisilicon-generic"),
    "WIFICAM": (host(web(status=401, realm="WIFICAM", server="GoAhead-Webs")), "WIFICAM", "goahead-wificam"),
    "Teledyne FLIR": (host(soap(Manufacturer="FLIR")), "Teledyne FLIR", "flir"),
    "Synology's camera": (
        host(soap(Manufacturer="Synology", Model="BC500"), page("BC500")),
        "Synology",
        "synology-cam",
    ),
}
RECORDERS = {
    "DNVRS-Webs": (host(web(server="DNVRS-Webs")), "Hikvision", "hikvision-nvr"),
    "a model of Hikvision's": (host(found("sadp", devicedescription="DS-7608NI-K2")), "Hikvision", "hikvision-nvr"),
    "what ISAPI calls it": (
        host(info("/ISAPI/System/deviceInfo", HIKVISION_XML.format("DeviceInfo", "<deviceType>NVR</deviceType>"))),
        "Hikvision",
        "hikvision-nvr",
    ),
    "a class of Dahua's": (host(found("dahua", devicetype="DHI-XVR5108", deviceclass="HCVR")), "Dahua", "dahua-nvr"),
    "XM with several channels": (host(found("xm", channelnum="16", sn="a1b2c3d4")), "XiongMai", "xiongmai"),
    "a title of Uniview's": (
        host(page("NVR301-08S3"), soap(Manufacturer="UNIVIEW")),
        "Uniview",
        "uniview-nvr",
    ),
    "TBK": (host(page("DVR Login", server="GNU rsp/1.0")), "TBK", "tbk-xvr"),
    "JAWS": (host(web(server="JAWS/1.0 Nov  4 2014")), "MVPower", "jaws"),
    "D-Link's": (host(web(status=401, realm="DNR-322L")), "D-Link", "dlink-dnr"),
    "Rifatron": (host(banner("telnet", "IMDVRS login: ")), "Rifatron", "rifatron"),
    "VioStor": (
        host(
            page("VioStor NVR"),
            info(
                "/cgi-bin/authLogin.cgi",
                "<QDocRoot><model><displayModelName>VioStor-2108</displayModelName></model></QDocRoot>",
            ),
        ),
        "QNAP",
        "qnap-nvr",
    ),
}


@pytest.mark.parametrize(("facts", "vendor", "platform"), CAMERAS.values(), ids=CAMERAS)
def test_a_camera_is_known_by_its_makers_own_signs(facts, vendor, platform):
    who = identify(facts)

    assert (who.is_camera, who.kind, who.vendor, who.platform) == (True, "camera", vendor, platform)
    assert {one.field for one in who.evidence} >= {"vendor", "platform"}


@pytest.mark.parametrize(("facts", "vendor", "platform"), RECORDERS.values(), ids=RECORDERS)
def test_a_recorder_counts_as_a_camera_and_is_called_one(facts, vendor, platform):
    who = identify(facts)

    assert (who.is_camera, who.kind, who.vendor, who.platform) == (True, "recorder", vendor, platform)


@pytest.mark.parametrize(
    "facts",
    [
        host(camera_match()),
        host(found("ws-discovery", types="tds:Device", scopes="onvif://www.onvif.org/type/video_encoder")),
        host(soap("GetSystemDateAndTime"), rtsp()),
        host(soap("GetCapabilities", media_xaddr="http://10.9.8.7/onvif/media")),
        host(soap("GetSystemDateAndTime"), rtsp(server="LIVE555 Streaming Media v2019.05.03")),
    ],
    ids=["its type", "its scopes", "its device service and RTSP", "its media service", "its software for streams"],
)
def test_a_device_that_speaks_onvif_is_a_camera_of_no_known_maker(facts):
    who = identify(facts)

    assert (who.is_camera, who.kind, who.vendor, who.platform) == (True, "camera", "", "onvif-generic")


def test_the_maker_of_a_device_comes_before_the_platform_of_many_makers():
    who = identify(host(rtsp(server="HiIpcam/V100R003 VodServer/1.0.0"), soap(Manufacturer="Foscam")))

    assert who.vendor == "Foscam"


def test_a_makers_page_with_its_port_and_a_stream_is_a_camera_of_no_proven_maker():
    page_and_stream = [page("WEB SERVICE"), rtsp()]

    who = identify(host(*page_and_stream, ports=[37777]))

    assert (who.is_camera, who.vendor) == (True, "")
    assert not identify(host(*page_and_stream)).is_camera


def test_a_makers_name_in_the_scopes_is_its_own_and_an_owners_name_is_nobodys():
    assert identify(host(camera_match("name/Honeywell_H4"))).vendor == "Honeywell"

    who = identify(host(camera_match("name/Honeywells%20Hof")))

    assert (who.vendor, who.brand) == ("", "")


def test_a_model_written_with_spaces_in_the_scopes_is_read_whole():
    who = identify(host(camera_match("hardware/FLEXIDOME IP indoor 5000i", "location/Kho%202")))

    assert (who.vendor, who.model) == ("Bosch", "FLEXIDOME IP indoor 5000i")
