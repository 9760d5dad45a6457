import pytest

from ancam.engines.probing.facts import Ask
from ancam.engines.probing.judging.tests.facts_made import camera, evidence_of, facts, page, said_of

DEVICE_INFO = (
    '<?xml version="1.0"?><DeviceInfo version="2.0"><model>DS-2CD2143G0-I</model>'
    "<macAddress>4c:bd</macAddress></DeviceInfo>"
)
REFUSAL = (
    '<?xml version="1.0"?><ResponseStatus version="1.0"><requestURL>/ISAPI/System/deviceInfo</requestURL>'
    "<statusCode>4</statusCode><statusString>Invalid Operation</statusString></ResponseStatus>"
)
LOGIN_PAGE = '<!DOCTYPE html><html><body>model=DS-2<form><input type="password"></form></body></html>'
NOT_SEEN = ("not-assessable", "not-seen")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (facts(page("<title>Index of /sd/</title>", ask=Ask.LISTING, path="/sd/")), ("fail", "directory_listing")),
        (facts(page("<h1>Index of /</h1>")), ("fail", "directory_listing")),
        (facts(page("<title>Directory listing for /record/</title>", ask=Ask.LISTING)), ("fail", "directory_listing")),
        (facts(page("<p>Index of / is a phrase</p>", ask=Ask.LISTING)), NOT_SEEN),
        (facts(page("", ask=Ask.LISTING, status=404)), NOT_SEEN),
        (facts(page("")), ("not-assessable", "not-asked")),
        (facts(closed=[80]), ("not-assessable", "not-offered")),
    ],
)
def test_folders(host, expected):
    assert said_of("CHK-HTTP-05", host) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (facts(page('["20261119_01.mp4", "20261119_02.mp4"]', ask=Ask.RECORDINGS)), ("fail", "recordings_open")),
        (facts(page("no files", ask=Ask.RECORDINGS)), NOT_SEEN),
        (facts(page("a.mp4", ask=Ask.RECORDINGS, status=401)), NOT_SEEN),
        (facts(page("")), ("not-assessable", "not-asked")),
    ],
)
def test_recordings(host, expected):
    assert said_of("CHK-HTTP-06", host) == expected


@pytest.mark.parametrize(
    "body",
    [
        DEVICE_INFO,
        "<rcp><command><hex>0x002f</hex></command><result><str>6.50.0133</str></result></rcp>",
        "type=IPC-HDW1230T1",
        '<config><deviceName type="string"><![CDATA[cua-01]]></deviceName></config>',
        "version=2.800.0000000.16.R,build:2020-06-05",
        "root.Brand.ProdNbr=M3045-V\nroot.Brand.Brand=AXIS",
        "table.Network.eth0.IPAddress=10.77.64.17",
        "var sys_ver='17.37.2.49';\nvar alias='cua';",
        '{"Response": {"Data": {"DeviceModel": "IPC2122", "SerialNumber": "210235"}}}',
        "<Configuration><Product_model>GXV3672</Product_model><System_Version>1.0.2</System_Version></Configuration>",
        "system_info_modelname='CC9381'\r\nsystem_info_firmwareversion='0117a'\r\n",
    ],
)
def test_settings_that_are_read_without_a_login(body):
    assert said_of("CHK-HTTP-07", facts(page(body, ask=Ask.INFO))) == ("fail", "config_open")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (facts(page(LOGIN_PAGE, ask=Ask.CONFIG)), NOT_SEEN),
        (facts(page(REFUSAL, ask=Ask.INFO)), NOT_SEEN),
        (facts(page("<rcp><type>P_STRING</type><result><err>0x60</err></result></rcp>", ask=Ask.INFO)), NOT_SEEN),
        (facts(page('{"type": "error", "detail": "please login first"}', ask=Ask.INFO)), NOT_SEEN),
        (facts(page('{"error": {"code": 5}, "model": null}', ask=Ask.INFO)), NOT_SEEN),
        (facts(page("", ask=Ask.INFO, status=401)), ("supports_pass", "")),
        (facts(page("", ask=Ask.CONFIG, status=403)), ("supports_pass", "")),
        (facts(page(DEVICE_INFO, ask=Ask.OWNER_READ)), ("not-assessable", "not-asked")),
        (
            facts(page('{"data": {"Brand": "AXIS", "ProdNbr": "M3045-V"}}', ask=Ask.INFO, method="POST")),
            ("not-assessable", "not-asked"),
        ),
    ],
)
def test_what_is_no_open_configuration(host, expected):
    assert said_of("CHK-HTTP-07", host) == expected


def test_an_unknown_platform_has_no_documented_path():
    assert said_of("CHK-HTTP-07", facts(page("")), camera("")) == ("not-assessable", "unknown-platform")


def test_values_of_an_open_configuration_are_never_repeated():
    host = facts(page("user1=admin\npassword=Bi-mat-99\nssid=NhaToi", ask=Ask.CONFIG, path="/get_params.cgi?pwd=x"))

    said = evidence_of("CHK-HTTP-07", host)

    assert "password" in said
    assert not any(secret in said for secret in ("Bi-mat-99", "NhaToi", "pwd=x"))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (
            [page("", ask=Ask.BACKUP, content_type="application/octet-stream", content_length="8192")],
            ("fail", "backup_file_open"),
        ),
        ([page("", ask=Ask.BACKUP, content_type="text/html", content_length="8192")], NOT_SEEN),
        ([page("", ask=Ask.BACKUP, content_type="application/x-tar", content_length="0")], NOT_SEEN),
        ([page("", ask=Ask.BACKUP, content_length="8192")], NOT_SEEN),
        ([page("", ask=Ask.BACKUP, status=401, content_type="application/x-tar", content_length="9")], NOT_SEEN),
        (
            [
                page("", ask=Ask.NO_SUCH_PATH, content_type="application/x-tar", content_length="9"),
                page("", ask=Ask.BACKUP, content_type="application/x-tar", content_length="9"),
            ],
            NOT_SEEN,
        ),
        ([page("")], ("not-assessable", "not-asked")),
    ],
)
def test_backup_files(answers, expected):
    assert said_of("CHK-HTTP-08", facts(*answers)) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (facts(page("", set_cookie="session=abc; path=/")), ("inconclusive", "cookie_flags_missing")),
        (facts(page("", set_cookie="session=abc; HttpOnly; Secure; SameSite=Strict")), NOT_SEEN),
        (facts(page("", set_cookie=["lang=vi; path=/", "session=; path=/"])), ("not-assessable", "no-cookie")),
        (facts(page("")), ("not-assessable", "no-cookie")),
        (facts(silent=[80]), ("not-assessable", "silent")),
    ],
)
def test_cookies(host, expected):
    assert said_of("CHK-HTTP-09", host) == expected


ALL_HEADERS = {"content_security_policy": "frame-ancestors 'none'", "x_content_type_options": "nosniff"}


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (facts(page("")), ("inconclusive", "security_headers_missing")),
        (facts(page("", **ALL_HEADERS)), NOT_SEEN),
        (facts(page("", is_tls=True, port=443, **ALL_HEADERS)), ("inconclusive", "security_headers_missing")),
        (facts(page("", is_tls=True, strict_transport_security="max-age=1", **ALL_HEADERS)), NOT_SEEN),
        (facts(page("", status=401)), ("inconclusive", "security_headers_missing")),
        (facts(page("", status=302)), ("not-assessable", "no-page")),
        (facts(closed=[80]), ("not-assessable", "not-offered")),
    ],
)
def test_security_headers(host, expected):
    assert said_of("CHK-HTTP-10", host) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (facts(page('<object classid="clsid:1234">')), ("inconclusive", "web_plugin_required")),
        (facts(page("var u='/codebase/WebComponents.exe'", ask=Ask.SCRIPT)), ("inconclusive", "web_plugin_required")),
        (facts(page("<p>video</p>")), NOT_SEEN),
        (facts(page("", status=401)), ("not-assessable", "no-page")),
        (facts(closed=[80]), ("not-assessable", "not-offered")),
    ],
)
def test_plugins(host, expected):
    assert said_of("CHK-HTTP-11", host) == expected


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        ("GoAhead-Webs", ("inconclusive", "web_server_obsolete")),
        ("Boa/0.94.13", ("inconclusive", "web_server_obsolete")),
        ("thttpd/2.25b 29dec2003", ("inconclusive", "web_server_obsolete")),
        ("mini_httpd/1.19 19dec2003", ("inconclusive", "web_server_obsolete")),
        ("uc-httpd 1.0.0", ("inconclusive", "web_server_obsolete")),
        ("lighttpd/1.4.35", ("inconclusive", "web_server_obsolete")),
        ("lighttpd/1.4.67", ("inconclusive", "")),
        ("nginx", ("inconclusive", "")),
    ],
)
def test_old_web_servers(server, expected):
    assert said_of("CHK-HTTP-12", facts(page("", server=server))) == expected


def test_a_web_server_without_a_name():
    assert said_of("CHK-HTTP-12", facts(page(""))) == ("not-assessable", "no-banner")
    assert said_of("CHK-HTTP-12", facts(closed=[80])) == ("not-assessable", "not-offered")
