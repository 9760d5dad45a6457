"""A device is guessed at once in its life: over runs, kills, changed addresses and two runs at the same time."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ancam.engines.probing.errors import StateUnreadable
from ancam.engines.probing.facts import LoginResult
from ancam.engines.probing.recording.logins import LEDGER, DeviceIdentity, EarlierGuess, GuessedLogins

CHECK = "CHK-CRED-01"


def noon() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


def device(serial: str = "", mac: str = "", key: str = "", address: str = "10.0.0.1") -> DeviceIdentity:
    return DeviceIdentity(serial, mac, key, address)


def result_of(earlier: EarlierGuess | None) -> LoginResult | None:
    return earlier.result if earlier else None


@pytest.fixture
def guesses(tmp_path: Path) -> GuessedLogins:
    return GuessedLogins(tmp_path / "state", noon)


def test_the_first_guess_is_given_and_the_second_is_not(guesses):
    assert guesses.spend(device("S1"), CHECK) is None
    assert result_of(guesses.spend(device("S1"), CHECK)) is LoginResult.ALREADY_SPENT


def test_what_a_guess_gave_is_told_to_whoever_asks_again(guesses):
    guesses.spend(device("S1"), CHECK)
    guesses.learn(device("S1"), LoginResult.ACCEPTED)

    assert result_of(guesses.spend(device("S1"), CHECK)) is LoginResult.ACCEPTED


def test_an_earlier_guess_is_told_with_the_check_that_it_went_to(guesses, tmp_path):
    guesses.spend(device("S1"), "CHK-FTP-02")
    guesses.learn(device("S1"), LoginResult.ACCEPTED)
    again = GuessedLogins(tmp_path / "state", noon)

    assert again.spend(device("S1"), CHECK) == EarlierGuess("CHK-FTP-02", LoginResult.ACCEPTED)


def test_a_guess_is_on_the_disk_before_it_may_be_sent(guesses, tmp_path):
    guesses.spend(device("S1"), CHECK)

    assert '"sent"' in (tmp_path / "state" / LEDGER).read_text()


def test_another_run_knows_of_it(guesses, tmp_path):
    other = GuessedLogins(tmp_path / "state", noon)
    guesses.spend(device("S1"), CHECK)

    assert result_of(other.spend(device("S1"), CHECK)) is LoginResult.ALREADY_SPENT
    assert result_of(GuessedLogins(tmp_path / "state", noon).spend(device("S1"), CHECK)) is LoginResult.ALREADY_SPENT


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (device("S1", address="10.0.0.1"), device("S1", address="10.0.0.9")),
        (device(mac="aa:bb", address="10.0.0.1"), device("S1", "aa:bb", address="10.0.0.9")),
        (device(key="k1"), device(key="k1", address="10.0.0.9")),
        (device(), device("S9", "cc:dd")),
    ],
    ids=["serial", "mac", "key", "address"],
)
def test_a_device_is_known_again_by_the_strongest_sign_both_have(guesses, first, second):
    guesses.spend(first, CHECK)

    assert result_of(guesses.spend(second, CHECK)) is LoginResult.ALREADY_SPENT


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (device("S1", "aa:bb"), device("S2", "aa:bb")),
        (device(mac="aa:bb"), device(mac="aa:cc")),
        (device("S1"), device("S2", address="10.0.0.9")),
    ],
    ids=["serials differ", "macs differ", "nothing in common"],
)
def test_another_device_gets_its_own_guess(guesses, first, second):
    guesses.spend(first, CHECK)

    assert guesses.spend(second, CHECK) is None


def test_a_torn_line_told_of_nothing_that_was_sent(guesses, tmp_path):
    guesses.spend(device("S1"), CHECK)
    ledger = tmp_path / "state" / LEDGER
    whole = ledger.read_bytes()
    ledger.write_bytes(whole + b'{"at": "2026-11')

    again = GuessedLogins(tmp_path / "state", noon)

    assert ledger.read_bytes() == whole
    assert again.spend(device("S2", address="10.0.0.2"), CHECK) is None
    assert result_of(again.spend(device("S1"), CHECK)) is LoginResult.ALREADY_SPENT


def test_a_ledger_that_cannot_be_read_refuses_all_guesses(tmp_path):
    folder = tmp_path / "state"
    folder.mkdir()
    (folder / LEDGER).write_text('{"phase": "sent"}\n')

    with pytest.raises(StateUnreadable):
        GuessedLogins(folder, noon)


def test_no_password_is_ever_in_the_ledger(guesses, tmp_path):
    guesses.spend(device("S1"), CHECK)
    guesses.learn(device("S1"), LoginResult.REFUSED)

    assert "12345" not in (tmp_path / "state" / LEDGER).read_text()
