"""Settings that the owner's account reads: on or off, or why that is not known."""

import pytest

from ancam.engines.probing.facts import HostFacts, LoginAttempt, LoginResult, SettingAnswer
from ancam.engines.probing.identity import services_of
from ancam.engines.probing.judging.tests.facts_made import (
    EVERY_MODE,
    camera,
    facts,
    judged,
    said_of,
)

NOT_SEEN = ("not-assessable", "not-seen")
CHECKS = {
    "automatic_update": "CHK-FW-06",
    "p2p": "CHK-P2P-03",
    "ddns": "CHK-P2P-04",
    "log": "CHK-LOG-01",
    "ip_filter": "CHK-ADMIN-01",
}


def read(setting: str, *switches: bool, status: int = 200, confidence: str = "medium") -> HostFacts:
    host = facts()
    host.settings.append(SettingAnswer(setting, "/documented", status, switches, confidence))
    return host


def logged_in(*results: LoginResult) -> HostFacts:
    host = facts()
    host.logins += [LoginAttempt("owner", False, result, "audit") for result in results]
    return host


@pytest.mark.parametrize(
    ("setting", "switches", "finding"),
    [
        ("automatic_update", [False], "auto_update_disabled"),
        ("automatic_update", [True], ""),
        ("p2p", [True], "p2p_enabled"),
        ("p2p", [False], ""),
        ("ddns", [False, True], "ddns_enabled"),
        ("ddns", [False, False], ""),
        ("log", [False], "logging_disabled"),
        ("log", [False, True], ""),
        ("ip_filter", [False, False], "ip_filter_unused"),
        ("ip_filter", [True], ""),
    ],
)
def test_a_setting_is_on_when_one_of_its_entries_is(setting, switches, finding):
    expected = ("inconclusive", finding) if finding else NOT_SEEN

    assert said_of(CHECKS[setting], read(setting, *switches)) == expected


def test_a_setting_says_nothing_of_another():
    host = read("ddns", True)
    host.logins.append(LoginAttempt("owner", False, LoginResult.ACCEPTED, "audit"))

    assert said_of("CHK-P2P-03", host) == ("not-assessable", "not-asked")


@pytest.mark.parametrize(
    ("statuses", "why"),
    [
        ([200], "not-told"),
        ([404], "not-there"),
        ([403], "not-there"),
        ([404, 200], "not-told"),
        ([404, 500], "unclear"),
    ],
)
def test_an_answer_without_a_switch_says_why_nothing_is_known(statuses, why):
    host = facts()
    host.settings += [SettingAnswer("ddns", "/documented", status, (), "medium") for status in statuses]

    assert said_of("CHK-P2P-04", host) == ("not-assessable", why)


@pytest.mark.parametrize(
    ("results", "why"),
    [
        ([], "needs-owner-account"),
        ([LoginResult.ACCEPTED], "not-asked"),
        ([LoginResult.ACCEPTED, LoginResult.REFUSED], "owner-refused"),
        ([LoginResult.ACCEPTED, LoginResult.LOCKED], "locked"),
        ([LoginResult.UNANSWERED], "owner-unanswered"),
        ([LoginResult.NOT_OFFERED], "no-login-offered"),
        ([LoginResult.FEW_LEFT], "few-left"),
    ],
)
def test_what_was_not_read_says_how_the_owners_logins_ended(results, why):
    assert said_of("CHK-P2P-04", logged_in(*results)) == ("not-assessable", why)


def test_what_was_not_read_when_time_was_up_says_so():
    host = logged_in(LoginResult.ACCEPTED)
    host.cut_short = "budget-time"

    assert said_of("CHK-P2P-04", host) == ("not-assessable", "budget-time")


def test_where_no_path_is_documented_no_account_would_help():
    assert said_of("CHK-LOG-01", facts(), camera("Dahua")) == ("not-assessable", "not-documented")
    assert said_of("CHK-P2P-03", facts(), camera("Tiandy")) == ("not-assessable", "not-documented")
    assert said_of("CHK-P2P-03", facts(), camera("")) == ("not-assessable", "unknown-platform")


@pytest.mark.parametrize("check", CHECKS.values())
def test_without_the_mode_nothing_is_said(check):
    host = read(next(setting for setting, one in CHECKS.items() if one == check), True)
    modes = EVERY_MODE - {"owner_credential"}

    assert said_of(check, host, modes=modes) == ("not-assessable", "mode-not-authorised")


def test_a_path_that_nobody_compared_with_a_device_makes_the_answer_less_sure():
    def confidence(of: str) -> float:
        (detail,) = [one for one in judged(read("ddns", True, confidence=of)).details if one.check == "CHK-P2P-04"]
        return detail.confidence

    assert confidence("low") < confidence("medium") <= confidence("high")


@pytest.mark.parametrize("vendor", ["Hikvision", "Dahua", "Uniview", "Axis", "Hanwha", "VIVOTEK"])
def test_every_documented_setting_has_its_check(vendor):
    for one in services_of(vendor).owner_reads:
        host = facts()
        for is_on in (True, False):
            host.settings[:] = [SettingAnswer(one.setting, one.path, 200, (is_on,), one.confidence)]
            made = judged(host, camera(vendor))
            told = {one.check for one in made.details} | {
                one.check for one in made.not_assessable if one.why == "not-seen"
            }
            assert CHECKS[one.setting] in told
