import pytest

from ancam.engines.probing.facts import Ask
from ancam.engines.probing.judging.tests.facts_made import call, camera, evidence_of, facts, page, said_of, told

SCOPES = "onvif://www.onvif.org/hardware/DS-2CD2143G0-I\nonvif://www.onvif.org/name/HIKVISION%20DS-2CD2143G0-I"
PROBE_MATCH = told("ws-discovery", 3702, scopes=SCOPES)
SILENT = ("not-assessable", "silent")


@pytest.mark.parametrize(
    ("check", "answer", "finding"),
    [
        ("CHK-ONVIF-04", PROBE_MATCH, "ws_discovery_exposed"),
        (
            "CHK-SSDP-01",
            told("ssdp", 1900, server="Linux UPnP/1.0", location="http://10.77.64.17:49152/d.xml"),
            "upnp_exposed",
        ),
        ("CHK-VP-10", told("ubiquiti", 10001, model="UVC-G4", firmware="4.30"), "vendor_discovery_exposed"),
    ],
)
def test_a_discovery_service_is_worth_knowing_inside_and_a_failure_outside(check, answer, finding):
    assert said_of(check, facts(answer)) == ("inconclusive", finding)
    assert said_of(check, facts(answer), is_exposed=True) == ("fail", finding)


@pytest.mark.parametrize(
    "check", ["CHK-ONVIF-04", "CHK-SSDP-01", "CHK-SSDP-02", "CHK-MDNS-01", "CHK-VP-02", "CHK-CRED-04"]
)
def test_a_datagram_that_is_not_answered_proves_nothing(check):
    assert said_of(check, facts()) == SILENT


def test_a_ubiquiti_device_may_be_silent_and_others_are_not_asked():
    assert said_of("CHK-VP-10", facts(), camera("Ubiquiti")) == SILENT
    assert said_of("CHK-VP-10", facts()) == ("not-assessable", "other-platform")


def test_bonjour_is_only_worth_knowing():
    answer = told("mdns", 5353, name="AXIS M3045-V", services="_axis-video._tcp.local")

    assert said_of("CHK-MDNS-01", facts(answer), is_exposed=True) == ("inconclusive", "mdns_info_disclosed")
    assert said_of("CHK-MDNS-01", facts(told("mdns", 5353, name=""))) == SILENT


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (facts(page("<modelName>UVC</modelName>", ask=Ask.DESCRIPTION)), ("inconclusive", "upnp_info_disclosed")),
        (facts(page("<modelName></modelName>", ask=Ask.DESCRIPTION)), ("not-assessable", "not-seen")),
        (facts(page("<modelName>UVC</modelName>", ask=Ask.DESCRIPTION, status=301)), ("not-assessable", "not-seen")),
        (facts(told("ssdp", 1900)), ("not-assessable", "not-asked")),
    ],
)
def test_upnp_descriptions(host, expected):
    assert said_of("CHK-SSDP-02", host) == expected


def activate(state: str) -> str:
    return f"<ActivateStatus><Activated>{state}</Activated></ActivateStatus>"


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (facts(told("sadp", 37020, activated="false")), ("fail", "not_activated")),
        (facts(told("sadp", 37020, activated="true")), ("supports_pass", "")),
        (facts(told("sadp", 37020, devicedescription="DS-2")), ("not-assessable", "not-told")),
        (facts(told("dahua", 37810, init="1")), ("fail", "not_activated")),
        (facts(told("dahua", 37810, init="165")), ("fail", "not_activated")),
        (facts(told("dahua", 37810, init="166")), ("supports_pass", "")),
        (facts(told("dahua", 37810, init="0")), ("not-assessable", "not-told")),
        (facts(told("dahua", 37810, init="²")), ("not-assessable", "not-told")),
        (facts(page(activate("false"), ask=Ask.ACTIVATION)), ("fail", "not_activated")),
        (facts(page(activate("true"), ask=Ask.ACTIVATION)), ("supports_pass", "")),
        (facts(page("Initialized=False", ask=Ask.ACTIVATION)), ("fail", "not_activated")),
        (facts(page(activate("false"), ask=Ask.ACTIVATION, status=404)), ("not-assessable", "not-told")),
        (
            facts(told("sadp", 37020, activated="true"), page(activate("false"), ask=Ask.ACTIVATION)),
            ("fail", "not_activated"),
        ),
    ],
)
def test_activation(host, expected):
    assert said_of("CHK-CRED-04", host) == expected


@pytest.mark.parametrize(
    ("activated", "expected"),
    [("false", ("inconclusive", "not_activated")), ("true", ("inconclusive", "")), ("", ("inconclusive", ""))],
)
def test_sadp_is_only_worth_knowing(activated, expected):
    answer = told("sadp", 37020, devicedescription="DS-2CD2143G0-I", activated=activated)

    assert said_of("CHK-VP-02", facts(answer)) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (facts(PROBE_MATCH), ("inconclusive", "default_hostname")),
        (facts(told("mdns", 5353, hostname="ipcamera.local")), ("inconclusive", "default_hostname")),
        (facts(told("xm", 34569, hostname="LocalHost")), ("inconclusive", "default_hostname")),
        (facts(told("dahua", 37810, machinename="cong-truong-01")), ("not-assessable", "not-seen")),
        (facts(told("ws-discovery", 3702, scopes="onvif://www.onvif.org/name/Dahua")), ("not-assessable", "not-seen")),
        (
            facts(call("GetScopes", values={"scopes": "onvif://www.onvif.org/name/General"})),
            ("inconclusive", "default_hostname"),
        ),
        (facts(), ("not-assessable", "not-told")),
    ],
)
def test_names_left_as_they_came(host, expected):
    assert said_of("CHK-ID-03", host) == expected


def test_evidence_shows_what_the_device_said_of_itself():
    assert "hardware/DS-2CD2143G0-I" in evidence_of("CHK-ONVIF-04", facts(PROBE_MATCH))
    assert evidence_of("CHK-VP-02", facts(told("sadp", 37020))) == "UDP 37020: SADP trả lời, Activated=không nêu"
