import pytest

from ancam.engines.probing.facts import SoapKind
from ancam.engines.probing.judging.tests.facts_made import call, camera, described, facts, page, said_of, told

POSSIBLE = ("inconclusive", "vendor_port_exposed")
OTHER = ("not-assessable", "other-platform")
UNKNOWN = ("not-assessable", "unknown-platform")


@pytest.mark.parametrize(
    ("check", "port", "who", "expected"),
    [
        ("CHK-VP-01", 8000, camera("Hikvision"), POSSIBLE),
        ("CHK-VP-01", 8000, camera("Hikvision", brand="HDParagon"), POSSIBLE),
        ("CHK-VP-01", 8000, camera("EZVIZ"), POSSIBLE),
        ("CHK-VP-01", 8000, camera("", brand="HiLook"), POSSIBLE),
        ("CHK-VP-01", 8000, camera("Dahua", brand="HiLook"), OTHER),
        ("CHK-VP-01", 8000, camera("Xiongmai"), OTHER),
        ("CHK-VP-01", 8000, camera(""), UNKNOWN),
        ("CHK-VP-03", 37777, camera("Dahua", brand="KBVision"), POSSIBLE),
        ("CHK-VP-03", 37777, camera("Imou"), POSSIBLE),
        ("CHK-VP-03", 37777, camera("Hikvision"), OTHER),
        ("CHK-VP-03", 37778, camera("Dahua"), ("inconclusive", "")),
        ("CHK-VP-04", 34567, camera("XiongMai"), POSSIBLE),
    ],
)
def test_a_control_port_counts_on_its_makers_platform(check, port, who, expected):
    assert said_of(check, facts(open=[port]), who) == expected


@pytest.mark.parametrize(
    ("check", "port", "answer"),
    [
        ("CHK-VP-01", 8000, told("sadp", 37020)),
        ("CHK-VP-03", 37777, told("dahua", 37810)),
        ("CHK-VP-04", 34567, told("xm", 34569)),
    ],
)
def test_a_maker_is_also_known_by_its_own_discovery(check, port, answer):
    assert said_of(check, facts(answer, open=[port]), camera("")) == POSSIBLE
    assert said_of(check, facts(answer, open=[port]), camera("Axis")) == OTHER


def test_outside_it_is_a_failure():
    assert said_of("CHK-VP-01", facts(open=[8000]), is_exposed=True) == ("fail", "vendor_port_exposed")


@pytest.mark.parametrize(
    "answer", [page("", port=8000), call("GetScopes", SoapKind.FAULT, port=8000), described(401, port=8000)]
)
def test_a_port_that_speaks_another_protocol_is_no_control_port(answer):
    assert said_of("CHK-VP-01", facts(answer, open=[8000])) == ("not-assessable", "other-service")


def test_a_control_port_that_does_not_answer():
    assert said_of("CHK-VP-01", facts(closed=[8000])) == ("not-assessable", "not-offered")
    assert said_of("CHK-VP-01", facts(silent=[8000])) == ("not-assessable", "silent")


@pytest.mark.parametrize(
    ("check", "port", "who"),
    [
        ("CHK-VP-05", 82, camera("Uniview")),
        ("CHK-VP-06", 9008, camera("TVT")),
        ("CHK-VP-07", 9000, camera("Reolink")),
        ("CHK-VP-08", 3001, camera("Tiandy")),
        ("CHK-VP-09", 8800, camera("TP-Link", brand="Tapo")),
        ("CHK-VP-09", 9010, camera("Hikvision", brand="EZVIZ")),
        ("CHK-VP-09", 8086, camera("Dahua", platform="imou")),
        ("CHK-VP-11", 1756, camera("Bosch")),
        ("CHK-VP-11", 4520, camera("Hanwha")),
        ("CHK-VP-11", 10000, camera("GeoVision")),
    ],
)
def test_other_services_of_a_maker(check, port, who):
    assert said_of(check, facts(open=[port]), who) == ("inconclusive", "vendor_service_open")
    assert said_of(check, facts(closed=[port]), who) == ("not-assessable", "not-offered")
    assert said_of(check, facts(open=[port]), camera("Axis")) == OTHER
    assert said_of(check, facts(open=[port]), camera("")) == UNKNOWN


def test_the_usual_web_port_is_no_service_of_a_makers_own():
    assert said_of("CHK-VP-05", facts(open=[80]), camera("Uniview")) == ("not-assessable", "not-asked")


def test_tvt_names_its_server():
    host = facts(page("", server="Cross Web Server"))

    assert said_of("CHK-VP-06", host, camera("")) == ("inconclusive", "vendor_service_open")
