"""Model, firmware, serial number and hardware address: read where they stand, graded by where that is."""

import pytest

from ancam.engines.probing.detail import Grade
from ancam.engines.probing.facts import Ask
from ancam.engines.probing.identity import identify, normal
from ancam.engines.probing.identity.tests.hosts import (
    SERIAL,
    banner,
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

DEVICE_INFO = (
    '<?xml version="1.0" encoding="UTF-8"?><DeviceInfo version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">'
    "<deviceName>Cổng trường</deviceName><model>DS-2CD2143G0-I</model>"
    "<serialNumber>DS-2CD2143G0-I20190220AAWRC1</serialNumber>"
    "<macAddress>44:19:b6:0a:0b:0c</macAddress><firmwareVersion>V5.5.82</firmwareVersion>"
    "<firmwareReleasedDate>build 190220</firmwareReleasedDate><deviceType>IPCamera</deviceType></DeviceInfo>"
)
# What was answered → model, firmware, serial, mac, all of grade B.
ANSWERS = {
    "SADP": (
        [
            found(
                "sadp",
                devicedescription="DS-2CD2143G0-I",
                softwareversion="V5.5.82build 190220",
                devicesn="DS-2CD2143G0-I20190220AAWRC1",
                mac="44-19-b6-0a-0b-0c",
            )
        ],
        ("DS-2CD2143G0-I", "V5.5.82 build 190220", "DS-2CD2143G0-I20190220AAWRC1", "44:19:B6:0A:0B:0C"),
    ),
    "ISAPI": (
        [info("/ISAPI/System/deviceInfo", DEVICE_INFO)],
        ("DS-2CD2143G0-I", "V5.5.82 build 190220", "DS-2CD2143G0-I20190220AAWRC1", "44:19:B6:0A:0B:0C"),
    ),
    "DHDiscover": (
        [
            found(
                "dahua",
                devicetype="IPC-HFW1230S",
                version="2.800.0000000.31.R,build:2021-06-08",
                serialno=SERIAL,
                mac="3c:ef:8c:01:02:03",
            )
        ],
        ("IPC-HFW1230S", "2.800.0000000.31.R, Build Date 2021-06-08", SERIAL, "3C:EF:8C:01:02:03"),
    ),
    "magicBox": (
        [
            info(
                "/cgi-bin/magicBox.cgi?action=getSystemInfo",
                f"appAutoStart=true\r\ndeviceType=31\r\nserialNumber={SERIAL}\r\n",
            ),
            info("/cgi-bin/magicBox.cgi?action=getSoftwareVersion", "version=2.800.0000000.31.R,build:2021-06-08\r\n"),
            info("/cgi-bin/magicBox.cgi?action=getDeviceType", "type=IPC-HFW1230S\r\n"),
        ],
        ("IPC-HFW1230S", "2.800.0000000.31.R, Build Date 2021-06-08", SERIAL, ""),
    ),
    "XM": (
        [found("xm", version="V4.02.R11.00006510.10010.1304", sn="0a1b2c3d4e5f6071", mac="00:12:12:01:02:03")],
        ("", "V4.02.R11.00006510.10010.1304", "0a1b2c3d4e5f6071", "00:12:12:01:02:03"),
    ),
    "ONVIF": (
        [
            soap(
                Manufacturer="UNIVIEW",
                Model="IPC2122LR3",
                FirmwareVersion="IPC_B1213.6.5.230215",
                SerialNumber="210235C3",
            ),
            soap("GetNetworkInterfaces", Name="eth0", HwAddress="48:ea:63:01:02:03"),
        ],
        ("IPC2122LR3", "IPC_B1213.6.5.230215", "210235C3", "48:EA:63:01:02:03"),
    ),
    "scopes": (
        [camera_match("hardware/DS-2CD1043G0E%2DI", "name/HIKVISION%20DS-2CD1043G0E-I", "MAC/44:19:b6:0a:0b:0c")],
        ("DS-2CD1043G0E-I", "", "", "44:19:B6:0A:0B:0C"),
    ),
    "basicdeviceinfo": (
        [
            info(
                "/axis-cgi/basicdeviceinfo.cgi",
                '{"apiVersion":"1.3","data":{"propertyList":{"Brand":"AXIS","ProdNbr":"P3245-V","Version":"10.12.114","SerialNumber":"ACCC8E010203"}}}',
            )
        ],
        ("P3245-V", "10.12.114", "ACCC8E010203", "AC:CC:8E:01:02:03"),
    ),
    "param.cgi": (
        [
            info(
                "/axis-cgi/param.cgi?action=list", "root.Brand.ProdNbr=M3045\nroot.Properties.Firmware.Version=8.40.4\n"
            )
        ],
        ("M3045", "8.40.4", "", ""),
    ),
    "SUNAPI": (
        [
            info(
                "/stw-cgi/system.cgi?msubmenu=deviceinfo&action=view",
                "Model=QNV-6082R\r\nFirmwareVersion=1.41.14_20230915\r\nConnectedMACAddress=00:09:18:01:02:03\r\n",
            )
        ],
        ("QNV-6082R", "1.41.14_20230915", "", "00:09:18:01:02:03"),
    ),
    "LAPI": (
        [
            info(
                "/LAPI/V1.0/System/DeviceBasicInfo",
                '{"Response": {"Data": {"DeviceModel": "IPC322ER3", "SerialNumber": "21023", '
                '"FirmwareVersion": "DIPC-B1213.6.5.230215"}}}',
            )
        ],
        ("IPC322ER3", "DIPC-B1213.6.5.230215", "21023", ""),
    ),
    "getparam": (
        [
            info(
                "/cgi-bin/viewer/getparam.cgi?system_info",
                "system_info_modelname='FD8177-HT'\r\nsystem_info_firmwareversion='FD8177-VVTK-0106a'\r\n",
            )
        ],
        ("FD8177-HT", "FD8177-VVTK-0106a", "", ""),
    ),
    "Netwave's status": (
        [info("/get_status.cgi", "var id='00626E0A0B0C';\nvar sys_ver='11.37.2.54';\n", server="Netwave IP Camera")],
        ("", "11.37.2.54", "", "00:62:6E:0A:0B:0C"),
    ),
    "Sony's inquiry": (
        [info("/command/inquiry.cgi?inq=sysinfo", "ModelName=SNC-VM600&Serial=5012&SoftVersion=1.80.00\r\n")],
        ("SNC-VM600", "1.80.00", "5012", ""),
    ),
    "Grandstream's": (
        [
            info(
                "/goform/config?cmd=get&type=systeminfo",
                "<?xml version='1.0'?><Configuration><Product_model>GXV3672_FHD</Product_model>"
                "<System_Version>1.0.2.12</System_Version></Configuration>",
            )
        ],
        ("GXV3672_FHD", "1.0.2.12", "", ""),
    ),
    "SSDP": (
        [found("ssdp", manufacturer="AXIS", modelname="AXIS P1365", modelnumber="P1365", serialnumber="00408C010203")],
        ("AXIS P1365", "", "00408C010203", ""),
    ),
    "a description with the model in its number": (
        [
            web(
                "/description.xml",
                200,
                "<root><modelName>Hikvision Camera</modelName><modelNumber>DS-2CD2143G0-I</modelNumber></root>",
                Ask.DESCRIPTION,
            ),
        ],
        ("DS-2CD2143G0-I", "", "", ""),
    ),
    "the Tapo search": (
        [
            found(
                "tapo",
                device_type="SMART.IPCAMERA",
                device_model="C210",
                firmware="1.1.16 Build 211209 Rel.37726N",
                mac="aa-bb-cc-01-02-03",
            )
        ],
        ("C210", "1.1.16 Build 211209 Rel.37726N", "", "AA:BB:CC:01:02:03"),
    ),
}


@pytest.mark.parametrize(("answers", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_a_documented_answer_is_read_with_grade_b(answers, expected):
    who = identify(host(*answers))

    assert (who.model, who.firmware, who.serial, who.mac) == expected
    assert all(
        who.grade_of(field) is Grade.B for field in ("model", "firmware", "serial", "mac") if getattr(who, field)
    )


@pytest.mark.parametrize(
    ("answer", "field", "value"),
    [
        (web(status=401, realm="DS-2CD2143G0-I"), "model", "DS-2CD2143G0-I"),
        (web(status=401, realm="DCS-932L"), "model", "DCS-932L"),
        (rtsp(realm=f"Login to {SERIAL}"), "serial", SERIAL),
        (web(status=401, realm="AXIS_00408C112233"), "mac", "00:40:8C:11:22:33"),
        (banner("ftp", "220 AXIS P1365 Network Camera 6.50.1 (2017) ready."), "model", "P1365"),
        (banner("ftp", "220 AXIS P1365 Network Camera 6.50.1 (2017) ready."), "firmware", "6.50.1"),
        (banner("telnet", "Grandstream GXV3611_HD Shell Command."), "model", "GXV3611_HD"),
        (web(status=401, realm="Sony Network Camera SNC-CH140"), "model", "SNC-CH140"),
    ],
)
def test_a_banner_or_a_realm_is_read_with_grade_c(answer, field, value):
    who = identify(host(answer))

    assert getattr(who, field) == value
    assert who.grade_of(field) is Grade.C


def test_an_element_without_a_word_says_nothing():
    body = DEVICE_INFO.replace("DS-2CD2143G0-I20190220AAWRC1", "\u200b \n")

    assert identify(host(info("/ISAPI/System/deviceInfo", body))).serial == ""


def test_a_hash_in_dahuas_realm_is_no_serial_number():
    assert identify(host(rtsp(realm="Login to " + "0a" * 16))).serial == ""


def test_the_owners_reading_comes_first():
    who = identify(
        host(
            found("sadp", devicedescription="DS-2CD2143G0-I", softwareversion="V5.5.0build 170725"),
            info("/ISAPI/System/deviceInfo", DEVICE_INFO, ask=Ask.OWNER_READ),
            soap(with_credentials=False, FirmwareVersion="V5.5.0 build 170725"),
        )
    )

    assert who.firmware == "V5.5.82 build 190220"
    assert who.grade_of("firmware") is Grade.A


def test_onvif_with_the_owners_account_is_of_grade_a():
    assert identify(host(camera_match(), soap(with_credentials=True, Model="C1"))).grade_of("model") is Grade.A


def test_what_was_said_twice_has_the_better_grade():
    who = identify(host(soap(Manufacturer="TIANDY"), soap(Manufacturer="TIANDY", with_credentials=True)))

    assert who.grade_of("vendor") is Grade.A


def test_of_equal_grades_most_sources_win():
    who = identify(
        host(
            soap(Manufacturer="HIKVISION", Model="IPC"),
            found("sadp", devicedescription="DS-2CD2143G0-I"),
            info("/ISAPI/System/deviceInfo", DEVICE_INFO),
        )
    )

    assert who.model == "DS-2CD2143G0-I"


def test_a_version_without_its_build_gives_way_to_the_one_with_it():
    who = identify(
        host(
            found("dahua", version="2.800.0000000.31.R"),
            soap(Manufacturer="Dahua", FirmwareVersion="2.800.0000000.31.R, Build Date 2021-06-08"),
        )
    )

    assert who.firmware == "2.800.0000000.31.R, Build Date 2021-06-08"


def test_the_version_of_a_web_client_is_no_firmware():
    who = identify(
        host(
            page(head='<script src="/doc/script/login.js?version=V4.0.1build181225"></script>', server="App-webs/"),
            page(head="<script>var g_szCacheTime = 'V4.0.1.7 build 1812';</script>", port=8080),
        )
    )

    assert who.firmware == ""
    assert {(one.value, one.grade) for one in who.evidence if one.field == "web_version"} == {
        ("V4.0.1build181225", Grade.C),
        ("V4.0.1.7 build 1812", Grade.C),
    }


def test_a_certificate_may_hold_the_hardware_address():
    assert (
        identify(host(certificate("axis-00408c112233"), web(status=401, realm="AXIS_00408C112233"))).mac
        == "00:40:8C:11:22:33"
    )


def test_every_excerpt_is_one_short_line():
    long = "DS-2CD2143G0-I " + "\x1b[31m\r\n" * 9 + "x" * 900

    who = identify(
        host(web(status=401, realm="hikvision"), found("sadp", devicedescription=long, devicesn="a\nb"), page(long))
    )

    assert all(len(one.excerpt) <= 120 and one.excerpt.isprintable() for one in who.evidence)


@pytest.mark.parametrize(
    ("said", "build", "version"),
    [
        ("V5.5.82build 190220", "", "V5.5.82 build 190220"),
        ("V5.5.82", "build 190220", "V5.5.82 build 190220"),
        ("V4.30.005_build210625", "", "V4.30.005 build 210625"),
        ("V5.5.82", "2019-02-20", "V5.5.82"),
        ("2.800.0000000.31.R,build:2021-06-08", "", "2.800.0000000.31.R, Build Date 2021-06-08"),
        ("2.800.0000000.31.R,2021-06-08", "", "2.800.0000000.31.R, Build Date 2021-06-08"),
        ("2.800.0000000.31.R, Build Date 2021-06-08", "", "2.800.0000000.31.R, Build Date 2021-06-08"),
        ("1.1.16 Build 211209 Rel.37726N", "", "1.1.16 Build 211209 Rel.37726N"),
        ("DIPC-B1213.6.5.230215", "", "DIPC-B1213.6.5.230215"),
        ("N/A", "build 190220", ""),
    ],
)
def test_firmware_is_written_as_the_advisories_write_it(said, build, version):
    assert normal.firmware(said, build) == version


@pytest.mark.parametrize(
    "text", ["", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:01", "44:19:b6", "x44:19:b6:0a:0b:0c:0d9"]
)
def test_what_no_device_can_own_is_no_hardware_address(text):
    assert normal.hardware_address(text) == ""
