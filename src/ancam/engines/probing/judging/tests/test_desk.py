import pytest

from ancam.engines.probing.judging.tests.facts_made import camera, evidence_of, facts, said_of, told


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
