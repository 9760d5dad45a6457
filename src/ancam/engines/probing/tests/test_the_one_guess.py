"""A device is guessed at once in its life, and never where it harms."""

from datetime import timedelta
from typing import Any

import pytest

from ancam.engines.probing.facts import (
    Ask,
    Certificate,
    HttpAnswer,
    LoginResult,
    SshFacts,
    TlsFacts,
)
from ancam.engines.probing.judging.tests.facts_made import camera
from ancam.engines.probing.looking.accounts import guess_once
from ancam.engines.probing.looking.asking import Asker
from ancam.engines.probing.recording.logins import LEDGER, DeviceIdentity, GuessedLogins
from ancam.engines.probing.sending.stopping import Stopped
from ancam.engines.probing.tests.closed_devices import (
    BASIC,
    DIGEST,
    OPEN,
    Answer,
    logins,
    onvif_refusal,
    refusal,
    results,
    soap,
    tried,
)
from ancam.engines.probing.tests.devices import INFO, NOON
from ancam.engines.probing.tests.loopback import (
    Device,
    Request,
    a_stop,
    now,
    reply,
)

pytestmark = pytest.mark.network


@pytest.fixture
def guesses(tmp_path) -> GuessedLogins:
    return GuessedLogins(tmp_path / "state", now)


def ledger(tmp_path) -> str:
    return (tmp_path / "state" / LEDGER).read_text()


def guessed(
    tmp_path,
    guesses: GuessedLogins,
    answer: Answer,
    *known: Any,
    vendor: str = "Axis",
    is_public: bool = False,
    **how: Any,
) -> tuple[Asker, Device]:
    who = camera(vendor, serial="S1")
    return tried(tmp_path, answer, *known, do=lambda asker: guess_once(asker, who, guesses, is_public=is_public), **how)


@pytest.fixture
def axis() -> HttpAnswer:
    return refusal(path=OPEN)


def test_a_guess_is_on_the_disk_before_it_is_sent(tmp_path, guesses, axis):
    seen: list[str] = []

    def answer(_: Request) -> bytes:
        seen.append(ledger(tmp_path))
        return reply(200)

    asker, _ = guessed(tmp_path, guesses, answer, axis)

    assert '"phase": "sent"' in seen[0] and '"ended"' not in seen[0]
    assert results(asker) == [LoginResult.ACCEPTED] and asker.facts.logins[0].is_guess
    assert '"result": "accepted"' in ledger(tmp_path)


def test_a_run_that_is_cut_off_in_the_guess_never_repeats_it(tmp_path, guesses, axis):
    stop = a_stop()

    def answer(request: Request) -> bytes:
        if "authorization" not in request.headers:
            return reply(401)
        stop.pull("signal")
        raise ConnectionResetError

    def once() -> None:
        guessed(tmp_path, guesses, answer, axis, stop=stop)

    once()
    fresh = GuessedLogins(tmp_path / "state", now)
    asker, device = guessed(tmp_path, fresh, lambda _: reply(200), axis)

    assert not device.requests
    assert results(asker) == [LoginResult.UNANSWERED]


def test_a_run_that_is_stopped_before_the_guess_leaves_has_spent_it(tmp_path, guesses, axis):
    stop = a_stop()
    stop.pull("signal")

    with pytest.raises(Stopped):
        guessed(tmp_path, guesses, lambda _: reply(200), axis, stop=stop)
    asker, device = guessed(tmp_path, GuessedLogins(tmp_path / "state", now), lambda _: reply(200), axis)

    assert not device.requests
    assert results(asker) == [LoginResult.ALREADY_SPENT]


def test_a_line_that_ends_in_the_guess_does_not_get_it_twice(tmp_path, guesses, axis):
    asker, device = guessed(tmp_path, guesses, lambda _: None, axis)

    assert len(logins(device)) == 1
    assert results(asker) == [LoginResult.UNANSWERED]


def test_a_kept_line_that_ends_in_the_guess_does_not_get_it_twice(tmp_path, guesses, axis):
    def answer(request: Request) -> bytes | None:
        return None if "authorization" in request.headers else reply(401, **{"WWW-Authenticate": DIGEST})

    asker, device = guessed(tmp_path, guesses, answer, axis)

    assert len(logins(device)) == 1
    assert results(asker) == [LoginResult.UNANSWERED]


def test_no_guess_is_made_at_a_public_address(tmp_path, guesses, axis):
    asker, device = guessed(tmp_path, guesses, lambda _: reply(200), axis, is_public=True)

    assert not device.requests
    assert results(asker) == [LoginResult.PUBLIC_ADDRESS]
    assert ledger(tmp_path) == ""


@pytest.mark.parametrize(
    "said",
    [
        b'{"params":{"remainLockTimes": 2}}',
        b"<retryLoginTime>1</retryLoginTime>",
        b"<lockStatus>lock</lockStatus>",
        b"retryLoginTime=0",
    ],
)
def test_no_guess_is_made_where_few_are_left(tmp_path, guesses, said):
    asker, device = guessed(tmp_path, guesses, lambda _: reply(200, said), refusal(), vendor="Hikvision")

    assert device.asked == ["GET /ISAPI/Security/sessionLogin/capabilities?username=admin"]
    assert results(asker) == [LoginResult.FEW_LEFT]
    assert ledger(tmp_path) == ""


@pytest.mark.parametrize("said", [reply(200, b"<retryLoginTime>5</retryLoginTime>"), reply(200), reply(404), None])
def test_where_enough_are_left_or_nothing_is_said_the_guess_is_made(tmp_path, guesses, said):
    def answer(request: Request) -> bytes | None:
        return said if "sessionLogin" in request.path else reply(401)

    asker, device = guessed(tmp_path, guesses, answer, refusal(), vendor="Hikvision")

    assert device.asked[-1] == f"GET {INFO}"
    assert results(asker) == [LoginResult.REFUSED]


def test_a_documented_post_that_tells_what_is_left_carries_its_body(tmp_path, guesses):
    path = "/cgi-bin/magicBox.cgi?action=getSystemInfo"

    _, device = guessed(tmp_path, guesses, lambda _: reply(200), refusal(path=path), vendor="Dahua")

    assert [one.method for one in device.requests] == ["POST", "GET", "GET"]
    assert device.requests[0].headers["content-type"] == "application/json"


def test_a_device_is_guessed_at_over_onvif_where_nothing_else_asks(tmp_path, guesses):
    asker, device = guessed(tmp_path, guesses, lambda _: soap("GetDeviceInformation"), onvif_refusal())

    assert len(device.requests) == 1 and b"UsernameToken" in device.requests[0].body
    assert results(asker) == [LoginResult.ACCEPTED]


def test_a_guess_answers_a_basic_challenge_where_there_is_no_other(tmp_path, guesses):
    _, device = guessed(tmp_path, guesses, lambda _: reply(200), refusal(BASIC, path=OPEN))

    assert logins(device)[0].headers["authorization"].startswith("Basic ")


def test_a_challenge_is_asked_for_anew_right_before_it_is_answered(tmp_path, guesses):
    """A device may take a nonce only on the connection it was given on, and count anything else as a wrong login."""
    given: list[str] = []

    def answer(request: Request) -> bytes:
        if "authorization" not in request.headers:
            given.append(f"n{len(given)}")
            return reply(401, **{"WWW-Authenticate": f'Digest realm="cam", qop="auth", nonce="{given[-1]}"'})
        return reply(200 if f'nonce="{given[-1]}"' in request.headers["authorization"] else 401)

    asker, _ = guessed(tmp_path, guesses, answer, refusal(path=OPEN))

    assert (results(asker), given) == ([LoginResult.ACCEPTED], ["n0"])


@pytest.mark.parametrize("ask", [Ask.CONFIG, Ask.HOME])
def test_where_only_settings_or_the_first_page_are_closed_they_are_the_door(tmp_path, guesses, ask):
    closed = HttpAnswer(ask, 8080, False, "GET", "/closed", 401, (("www-authenticate", BASIC),))

    asker, device = guessed(tmp_path, guesses, lambda _: reply(200), closed)

    assert [one.path for one in logins(device)] == ["/closed"]
    assert results(asker) == [LoginResult.ACCEPTED]


def test_a_picture_is_no_door(tmp_path, guesses):
    picture = HttpAnswer(Ask.SNAPSHOT, 8080, False, "GET", "/snapshot.jpg", 401, (("www-authenticate", BASIC),))

    asker, device = guessed(tmp_path, guesses, lambda _: reply(200), picture)

    assert asker.facts.unasked == {"CHK-CRED-01": "no-login-offered"}
    assert not device.requests


def test_what_cannot_be_guessed_says_why(tmp_path, guesses, axis):
    without_login, _ = guessed(tmp_path, guesses, lambda _: reply(200), axis, vendor="")
    without_door, device = guessed(tmp_path, guesses, lambda _: reply(200))

    assert without_login.facts.unasked == {"CHK-CRED-01": "no-documented-default"}
    assert without_door.facts.unasked == {"CHK-CRED-01": "no-login-offered"}
    assert not device.requests


def test_a_device_that_moved_is_known_by_its_key(tmp_path, guesses, axis):
    certificate = Certificate(
        "", "", "", (), NOON, NOON + timedelta(1), "rsa", 2048, "sha256", True, "c" * 64, "k" * 64
    )
    guesses.spend(DeviceIdentity("", "", "k" * 64, "127.110.3.9"), "CHK-CRED-01")
    guesses.spend(DeviceIdentity("", "", "h" * 64, "127.110.3.8"), "CHK-CRED-01")

    def of(*known: Any) -> list[LoginResult]:
        who = camera("Axis")
        made = tried(
            tmp_path,
            lambda _: reply(200),
            axis,
            *known,
            do=lambda asker: guess_once(asker, who, guesses, is_public=False),
        )
        return results(made[0])

    assert of(TlsFacts(443, "TLSv1.2", "", certificate)) == [LoginResult.ALREADY_SPENT]
    assert of(TlsFacts(443, "TLSv1.2", "", None), SshFacts(22, "x", host_key_sha256="h" * 64)) == [
        LoginResult.ALREADY_SPENT
    ]
    assert of(SshFacts(22, "x")) == [LoginResult.ACCEPTED]
