import pytest

from ancam.engines.probing.facts import LoginAttempt, LoginResult, SoapKind
from ancam.engines.probing.judging.tests.facts_made import call, facts, said_of

OPEN = ("fail", "onvif_no_auth")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([call("GetDeviceInformation")], OPEN),
        ([call("GetDeviceInformation", SoapKind.NOT_AUTHORISED)], ("supports_pass", "")),
        ([call("GetDeviceInformation", SoapKind.FAULT)], ("not-assessable", "unclear")),
        ([call("GetDeviceInformation", with_credentials=True)], ("not-assessable", "not-asked")),
        (
            [call(name) for name in ("GetSystemDateAndTime", "GetCapabilities", "GetServices", "GetScopes")],
            ("not-assessable", "not-asked"),
        ),
        ([], ("not-assessable", "not-asked")),
    ],
)
def test_what_is_open_by_design_is_no_finding_and_device_information_is(answers, expected):
    assert said_of("CHK-ONVIF-01", facts(*answers)) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([call("GetProfiles")], OPEN),
        ([call("GetProfiles", SoapKind.NOT_AUTHORISED), call("GetStreamUri")], OPEN),
        ([call("GetProfiles", SoapKind.NOT_AUTHORISED)], ("not-assessable", "not-seen")),
        ([call("GetDeviceInformation")], ("not-assessable", "not-asked")),
    ],
)
def test_streams(answers, expected):
    assert said_of("CHK-ONVIF-03", facts(*answers)) == expected


def test_a_filtered_device_is_not_cleared():
    assert said_of("CHK-ONVIF-01", facts(silent=[80, 2020])) == ("not-assessable", "silent")


def test_the_list_of_users_is_never_asked_for():
    assert said_of("CHK-ONVIF-02", facts(call("GetDeviceInformation"))) == ("not-assessable", "manual-evidence")


@pytest.mark.parametrize(
    ("kind", "is_tls", "expected"),
    [
        (SoapKind.RESPONSE, False, ("fail", "onvif_plaintext_password")),
        (SoapKind.NOT_AUTHORISED, False, ("not-assessable", "not-seen")),
        (SoapKind.FAULT, False, ("not-assessable", "unclear")),
        (SoapKind.RESPONSE, True, ("not-assessable", "needs-owner-account")),
    ],
)
def test_a_password_in_the_clear(kind, is_tls, expected):
    tried = call("GetDeviceInformation", kind, is_tls=is_tls, with_credentials=True, password_as_text=True)

    assert said_of("CHK-ONVIF-05", facts(tried)) == expected


@pytest.mark.parametrize(
    ("result", "why"),
    [
        (LoginResult.ACCEPTED, "not-asked"),
        (LoginResult.REFUSED, "owner-refused"),
        (LoginResult.LOCKED, "locked"),
        (LoginResult.UNANSWERED, "owner-unanswered"),
    ],
)
def test_why_the_owners_account_told_nothing(result, why):
    host = facts()
    host.logins.append(LoginAttempt("owner", False, result, "audit"))

    assert said_of("CHK-ONVIF-05", host) == ("not-assessable", why)
