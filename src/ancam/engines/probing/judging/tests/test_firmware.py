from datetime import date

import pytest

from ancam.engines.probing.detail import Advice, Grade, Verdict
from ancam.engines.probing.facts import Ask, Banner, RtspAnswer
from ancam.engines.probing.judging.tests.facts_made import camera, evidence_of, facts, judged, page, said_of, told

KNOWN = camera(model="DS-2CD2143G0-I", firmware="V5.5.82 build 190220")
POSSIBLY = Advice("CVE-2021-36260", Verdict.INCONCLUSIVE, 0.9, "NVD")
NAMED = Advice("HSRC-202109-01", Verdict.FAIL, 0.8, "Hikvision")
OUTSIDE = Advice("CVE-2017-7921", Verdict.SUPPORTS_PASS, 0.9, "NVD")


@pytest.mark.parametrize(
    ("advice", "expected", "ids"),
    [
        ([POSSIBLY, OUTSIDE], ("inconclusive", "firmware_vulnerable"), ("CVE-2021-36260",)),
        ([POSSIBLY, NAMED], ("fail", "firmware_vulnerable"), ("CVE-2021-36260", "HSRC-202109-01")),
    ],
)
def test_advisories_whose_range_holds_the_version(advice, expected, ids):
    details = [one for one in judged(facts(), KNOWN, advisories=lambda _: advice).details if one.check == "CHK-FW-02"]

    assert [(one.verdict.value, one.finding) for one in details] == [expected]
    assert details[0].advisories == ids


def test_a_version_outside_every_range_is_no_pass():
    assert said_of("CHK-FW-02", facts(), KNOWN, advisories=lambda _: [OUTSIDE]) == ("not-assessable", "not-seen")
    assert said_of("CHK-FW-02", facts(), camera()) == ("not-assessable", "version-unknown")


def test_a_version_from_a_banner_is_less_sure():
    sure = camera(firmware="V5.5.82 build 190220", grade=Grade.A)
    vague = camera(firmware="V5.5.82 build 190220", grade=Grade.C)

    def confidence(who):
        details = judged(facts(), who, advisories=lambda _: [POSSIBLY]).details
        return next(one.confidence for one in details if one.check == "CHK-FW-02")

    assert confidence(sure) > confidence(vague)
    assert "hạng C" in evidence_of("CHK-FW-04", facts(), vague)


def test_an_unknown_version_has_no_grade():
    assert said_of("CHK-FW-04", facts(), camera()) == ("not-assessable", "version-unknown")


@pytest.mark.parametrize(
    ("built", "expected"),
    [
        (date(2024, 11, 19), ("inconclusive", "firmware_outdated")),
        (date(2024, 11, 20), ("not-assessable", "not-seen")),
        (date(2024, 2, 29), ("inconclusive", "firmware_outdated")),
        (None, ("not-assessable", "no-build-date")),
    ],
)
def test_older_than_24_months(built, expected):
    days = {("Hikvision", KNOWN.firmware): built}

    assert said_of("CHK-FW-03", facts(), KNOWN, built_on=lambda *said: days[said]) == expected


def test_without_a_version_nothing_is_said_of_its_age():
    assert said_of("CHK-FW-03", facts(), camera(firmware="")) == ("not-assessable", "version-unknown")


def test_a_build_date_may_stand_in_a_field_of_its_own():
    host = facts(told("xm", 34569, builddate="2019-08-14 10:00:00"))
    days = {("XiongMai", "2019-08-14 10:00:00"): date(2019, 8, 14)}

    said = said_of("CHK-FW-03", host, camera("XiongMai"), built_on=lambda *said: days.get(said))
    assert said == ("inconclusive", "firmware_outdated")


def test_the_exact_version_before_a_login():
    in_script = page('var fw="V5.5.82_build190220";', ask=Ask.SCRIPT, path="/version.js")
    only_the_web_client = page('var version="V4.0.1 build 190220";', ask=Ask.SCRIPT)
    longer_number = page("5.5.821 190220")

    assert said_of("CHK-ID-02", facts(in_script), KNOWN) == ("inconclusive", "firmware_version_disclosed")
    assert said_of("CHK-ID-02", facts(only_the_web_client), KNOWN) == ("not-assessable", "not-seen")
    assert said_of("CHK-ID-02", facts(longer_number), KNOWN) == ("not-assessable", "not-seen")
    assert said_of("CHK-ID-02", facts(), KNOWN) == ("not-assessable", "no-page")
    assert said_of("CHK-ID-02", facts(in_script), camera()) == ("not-assessable", "version-unknown")


def test_a_short_version_counts_only_as_a_whole():
    assert said_of("CHK-ID-02", facts(page("jquery 4.30")), camera(firmware="4.30")) == ("not-assessable", "not-seen")
    spelt = facts(page("release r4.30-b7"))
    assert said_of("CHK-ID-02", spelt, camera(firmware="r4.30-b7")) == ("inconclusive", "firmware_version_disclosed")


def test_greetings_tell_versions_too():
    who = camera("Axis", firmware="5.51.7.4")
    greeting = facts()
    greeting.banners.append(Banner(21, "ftp", "AXIS M3045-V 5.51.7.4 (2020) ready."))
    rtsp = facts(RtspAnswer(Ask.OPTIONS, 554, False, "OPTIONS", "/", 200, (("server", "Axis/5.51.7.4"),)))

    assert said_of("CHK-ID-02", greeting, who) == ("inconclusive", "firmware_version_disclosed")
    assert said_of("CHK-ID-02", rtsp, who) == ("inconclusive", "firmware_version_disclosed")
