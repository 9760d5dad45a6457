import pytest

from ancam.engines.probing.facts import ClockReading, HostFacts, SoapKind
from ancam.engines.probing.judging.tests.facts_made import call, evidence_of, facts, page, said_of

NOT_SEEN = ("not-assessable", "not-seen")
SKEWED = ("inconclusive", "clock_skew")


def reading(*clocks: ClockReading) -> HostFacts:
    host = facts()
    host.clocks.extend(clocks)
    return host


@pytest.mark.parametrize(
    ("offset_s", "uncertainty_s", "expected"),
    [(61.5, 1.0, SKEWED), (-3600, 2.0, SKEWED), (61.0, 1.0, NOT_SEEN), (60.0, 0.0, NOT_SEEN), (-30, 1.0, NOT_SEEN)],
)
def test_a_minute_and_what_is_uncertain(offset_s, uncertainty_s, expected):
    assert said_of("CHK-TIME-01", reading(ClockReading("onvif", offset_s, uncertainty_s))) == expected


def test_onvif_outweighs_a_date_that_calls_local_time_gmt():
    host = reading(ClockReading("http", 25_200, 0.5), ClockReading("onvif", 1, 2))

    assert said_of("CHK-TIME-01", host) == NOT_SEEN


def test_evidence_tells_ahead_from_behind():
    assert "nhanh khoảng 2 phút" in evidence_of("CHK-TIME-01", reading(ClockReading("http", 90, 1)))
    assert "chậm khoảng 2 phút" in evidence_of("CHK-TIME-01", reading(ClockReading("http", -90, 1)))


def test_a_device_without_a_clock():
    assert said_of("CHK-TIME-01", facts(page(""))) == ("not-assessable", "not-told")
    assert said_of("CHK-TIME-01", facts(silent=[80])) == ("not-assessable", "silent")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"FromDHCP": "false"}, ("inconclusive", "ntp_not_configured")),
        ({"FromDHCP": "false", "IPv6Address": "::"}, ("inconclusive", "ntp_not_configured")),
        ({"FromDHCP": "true"}, NOT_SEEN),
        ({"DNSname": "time.windows.com"}, ("inconclusive", "ntp_not_configured")),
        ({"IPv4Address": "129.6.15.28"}, ("inconclusive", "ntp_not_configured")),
        ({"IPv4Address": "10.77.64.2"}, NOT_SEEN),
        ({"DNSname": "ntp.example.vn"}, NOT_SEEN),
        ({"DNSname": "vn.pool.ntp.org"}, NOT_SEEN),
        ({"DNSname": "timeserver"}, NOT_SEEN),
    ],
)
def test_who_sets_the_clock(values, expected):
    assert said_of("CHK-TIME-02", facts(call("GetNTP", values=values, with_credentials=True))) == expected


def test_only_the_owners_account_learns_who_sets_the_clock():
    refused = call("GetNTP", SoapKind.NOT_AUTHORISED, with_credentials=True)

    assert said_of("CHK-TIME-02", facts(refused)) == ("not-assessable", "needs-owner-account")
