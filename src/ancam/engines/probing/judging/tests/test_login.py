import pytest

from ancam.engines.probing.facts import Ask, HostFacts, LoginAttempt, LoginResult
from ancam.engines.probing.judging.tests.facts_made import camera, evidence_of, facts, page, said_of

NOT_SEEN = ("not-assessable", "not-seen")


def after(result: LoginResult, check: str = "CHK-CRED-01", excerpt: str = "") -> HostFacts:
    host = facts()
    host.logins.append(LoginAttempt(check, True, result, "admin", excerpt))
    return host


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (LoginResult.ACCEPTED, ("fail", "default_credential")),
        (LoginResult.REFUSED, ("inconclusive", "")),
        (LoginResult.LOCKED, ("not-assessable", "locked")),
        (LoginResult.FEW_LEFT, ("not-assessable", "few-left")),
        (LoginResult.ALREADY_SPENT, ("not-assessable", "already-spent")),
        (LoginResult.PUBLIC_ADDRESS, ("not-assessable", "public-address")),
        (LoginResult.UNANSWERED, ("not-assessable", "silent")),
    ],
)
def test_the_makers_default_login(result, expected):
    assert said_of("CHK-CRED-01", after(result)) == expected


def test_the_owners_login_says_nothing_of_the_default():
    host = facts()
    host.logins.append(LoginAttempt("CHK-CRED-01", False, LoginResult.ACCEPTED, "audit"))

    assert said_of("CHK-CRED-01", host) == ("not-assessable", "not-asked")


def test_a_guess_spent_on_another_check_is_spent():
    assert said_of("CHK-CRED-01", after(LoginResult.REFUSED, "CHK-SNMP-01")) == (
        "not-assessable",
        "guess-went-elsewhere",
    )


@pytest.mark.parametrize(
    ("result", "why"), [(LoginResult.FEW_LEFT, "few-left"), (LoginResult.PUBLIC_ADDRESS, "public-address")]
)
def test_a_guess_that_was_not_made_is_not_spent(result, why):
    assert said_of("CHK-CRED-06", after(result)) == ("not-assessable", why)
    assert said_of("CHK-SNMP-01", after(result)) == ("not-assessable", why)


def test_what_one_device_cannot_show():
    assert said_of("CHK-CRED-02", facts()) == ("not-assessable", "needs-fleet")
    assert said_of("CHK-CRED-03", facts()) == ("not-assessable", "manual-evidence")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (facts(page("<retryLoginTime>5</retryLoginTime>", ask=Ask.LOGIN_STATE, status=401)), ("supports_pass", "")),
        (facts(page('{"remainLockSecond": 0}', ask=Ask.LOGIN_STATE)), ("supports_pass", "")),
        (facts(page("", ask=Ask.LOGIN_STATE, status=429, retry_after="30")), ("supports_pass", "")),
        (facts(page("<sessionID>1</sessionID>", ask=Ask.LOGIN_STATE)), ("inconclusive", "login_lockout_not_evident")),
        (facts(page("", ask=Ask.LOGIN_STATE, status=404)), ("not-assessable", "not-offered")),
        (facts(page("")), ("not-assessable", "not-asked")),
        (facts(closed=[80]), ("not-assessable", "not-offered")),
    ],
)
def test_signs_of_a_lock(host, expected):
    assert said_of("CHK-CRED-05", host) == expected


def test_the_login_of_an_unknown_platform_is_not_known():
    assert said_of("CHK-CRED-05", facts(page("")), camera("")) == ("not-assessable", "unknown-platform")


@pytest.mark.parametrize(
    ("result", "excerpt", "expected"),
    [
        (LoginResult.REFUSED, "The user does not exist", ("fail", "user_enumeration")),
        (LoginResult.REFUSED, "Tên người dùng không tồn tại", ("fail", "user_enumeration")),
        (LoginResult.REFUSED, "wrong user name or password", NOT_SEEN),
        (LoginResult.ACCEPTED, "", ("not-assessable", "unclear")),
    ],
)
def test_messages_that_tell_names_apart(result, excerpt, expected):
    assert said_of("CHK-CRED-06", after(result, "CHK-CRED-06", excerpt)) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (facts(page("<a>Forgot password?</a>")), ("inconclusive", "password_reset_exposed")),
        (facts(page("<a>Quên mật khẩu</a>")), ("inconclusive", "password_reset_exposed")),
        (facts(page("<a>Login</a>")), NOT_SEEN),
        (facts(page("", status=401)), ("not-assessable", "no-page")),
        (facts(silent=[80]), ("not-assessable", "silent")),
    ],
)
def test_ways_back_to_a_lost_password(host, expected):
    assert said_of("CHK-CRED-07", host) == expected


def test_no_evidence_names_an_account():
    assert "admin" not in evidence_of("CHK-CRED-01", after(LoginResult.ACCEPTED))
