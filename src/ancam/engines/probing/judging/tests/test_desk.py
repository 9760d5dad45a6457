import pytest

from ancam.engines.probing.facts import Ask, LoginAttempt, LoginResult
from ancam.engines.probing.judging.tests.facts_made import camera, evidence_of, facts, page, said_of, told

NOT_SEEN = ("not-assessable", "not-seen")


def test_open_ports_are_listed_for_whoever_holds_the_declaration():
    host = facts(told("sadp", 37020), open=[80, 554])

    assert said_of("CHK-PORT-01", host) == ("inconclusive", "")
    assert "TCP 80, 554; UDP 37020" in evidence_of("CHK-PORT-01", host)
    assert said_of("CHK-PORT-01", facts(silent=[80])) == ("not-assessable", "silent")


def test_exposure_is_seen_only_from_outside():
    assert said_of("CHK-PORT-02", facts(open=[80])) == ("not-assessable", "other-viewpoint")
    assert said_of("CHK-PORT-02", facts(open=[80]), is_exposed=True) == ("fail", "internet_exposed")
    assert "UDP 3702" in evidence_of("CHK-PORT-02", facts(told("ws-discovery", 3702)), is_exposed=True)


def test_who_the_device_is_waits_for_its_label():
    assert said_of("CHK-ID-01", facts(), camera("Hikvision", model="DS-2CD2143G0-I")) == ("inconclusive", "")
    assert "hạng B" in evidence_of("CHK-ID-01", facts(), camera("Hikvision"))
    assert "chưa rõ" in evidence_of("CHK-ID-01", facts(), camera("", brand="Vantech"))
    assert said_of("CHK-ID-01", facts(), camera("")) == ("not-assessable", "unknown-platform")


@pytest.mark.parametrize(
    ("check", "why"),
    [
        ("CHK-PORT-03", "other-viewpoint"),
        ("CHK-UPNP-01", "router-consent"),
        ("CHK-ID-04", "needs-register"),
        ("CHK-FW-01", "needs-support-table"),
        ("CHK-FW-05", "outside-capture"),
        ("CHK-P2P-01", "outside-capture"),
        ("CHK-P2P-02", "outside-capture"),
        ("CHK-BOT-01", "outside-capture"),
    ],
)
def test_what_this_engine_never_answers(check, why):
    assert said_of(check, facts(open=[80])) == ("not-assessable", why)


@pytest.mark.parametrize(
    ("check", "path", "body", "expected"),
    [
        (
            "CHK-P2P-04",
            "/ISAPI/System/Network/DDNS",
            "<DDNS><enabled>true</enabled></DDNS>",
            ("inconclusive", "ddns_enabled"),
        ),
        ("CHK-P2P-04", "/ISAPI/System/Network/DDNS", "<DDNS><enabled>false</enabled></DDNS>", NOT_SEEN),
        ("CHK-P2P-03", "/cgi?name=T2UServer", "table.T2UServer.Enable=true", ("inconclusive", "p2p_enabled")),
        ("CHK-LOG-01", "/api/Syslog", '{"Enable": 0}', ("inconclusive", "logging_disabled")),
        ("CHK-LOG-01", "/api/Syslog", '{"Enable": 1}', NOT_SEEN),
        (
            "CHK-ADMIN-01",
            "/cgi?name=AccessFilter",
            "table.AccessFilter.Enable=false",
            ("inconclusive", "ip_filter_unused"),
        ),
        ("CHK-FW-06", "/cgi?name=AutoUpgrade", "nothing said", ("not-assessable", "unclear")),
        ("CHK-FW-06", "/cgi?name=General", "table.General.Enable=false", ("not-assessable", "not-asked")),
    ],
)
def test_settings_read_with_the_owners_account(check, path, body, expected):
    assert said_of(check, facts(page(body, ask=Ask.OWNER_READ, path=path))) == expected


def test_settings_without_an_account():
    host = facts()
    host.logins.append(LoginAttempt("owner", False, LoginResult.REFUSED, "audit"))

    assert said_of("CHK-P2P-04", facts()) == ("not-assessable", "needs-owner-account")
    assert said_of("CHK-P2P-04", host) == ("not-assessable", "owner-refused")
