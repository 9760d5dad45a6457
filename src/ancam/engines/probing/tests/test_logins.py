"""A device is guessed at once in its life: over runs, kills, changed addresses and two runs at the same time."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ancam.engines.probing.errors import StateTooLarge, StateUnreadable
from ancam.engines.probing.facts import LoginResult
from ancam.engines.probing.recording.logins import (
    LEDGER,
    MOST_LEDGER_BYTES,
    DeviceIdentity,
    EarlierGuess,
    GuessedLogins,
    count_lines,
    join_ledger,
    ledger_to_keep,
)

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


def ledger_of(folder: Path, *devices: DeviceIdentity) -> bytes:
    made = GuessedLogins(folder, noon)
    for one in devices:
        made.spend(one, CHECK)
        made.learn(one, LoginResult.REFUSED)
    return (folder / LEDGER).read_bytes()


def test_only_whole_lines_of_a_ledger_are_kept(tmp_path):
    whole = ledger_of(tmp_path, device("S1"))
    (tmp_path / LEDGER).write_bytes(whole + b'{"at": "2026-11')

    assert ledger_to_keep(tmp_path) == whole
    assert count_lines(whole, LEDGER) == 2


def test_where_nobody_was_guessed_at_nothing_is_kept_and_nothing_made(tmp_path):
    assert ledger_to_keep(tmp_path / "state") == b""
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize("line", ['{"phase": "sent"}\n', "[]\n", "\0\0\n"])
def test_a_ledger_that_cannot_be_read_is_not_kept(tmp_path, line):
    (tmp_path / LEDGER).write_bytes(ledger_of(tmp_path, device("S1")) + line.encode())

    with pytest.raises(StateUnreadable) as refusal:
        ledger_to_keep(tmp_path)
    assert "dòng 3" in str(refusal.value)


def test_a_ledger_larger_than_any_is_not_read(tmp_path):
    with (tmp_path / LEDGER).open("wb") as file:
        file.truncate(MOST_LEDGER_BYTES + 1)

    with pytest.raises(StateTooLarge):
        ledger_to_keep(tmp_path)


def test_a_line_without_its_end_is_no_line(tmp_path):
    with pytest.raises(StateUnreadable):
        count_lines(ledger_of(tmp_path, device("S1"))[:-1], LEDGER)


def test_ledgers_that_are_joined_forget_no_guess_of_either(tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    ledger_of(here, device("S1"), device("S2", address="10.0.0.2"))
    other = ledger_of(there, device("S3", address="10.0.0.3"))
    before = (here / LEDGER).read_bytes()

    assert (join_ledger(here, other), join_ledger(here, other)) == (2, 0)

    assert (here / LEDGER).read_bytes() == before + other
    joined = GuessedLogins(here, noon)
    for number in (1, 2, 3):
        earlier = joined.spend(device(f"S{number}", address=f"10.0.0.{number}"), CHECK)
        assert result_of(earlier) is LoginResult.REFUSED


def test_lines_that_both_ledgers_have_are_kept_once(tmp_path):
    older = ledger_of(tmp_path, device("S1"))
    newer = ledger_of(tmp_path, device("S2", address="10.0.0.2"))

    assert join_ledger(tmp_path, older) == 0
    assert (tmp_path / LEDGER).read_bytes() == newer
    assert join_ledger(tmp_path / "new", newer + older) == 4
    assert (tmp_path / "new" / LEDGER).read_bytes() == newer


def test_a_ledger_is_made_where_there_was_none_for_this_account_alone(tmp_path):
    join_ledger(tmp_path / "new" / "state", ledger_of(tmp_path, device("S1")))

    made = tmp_path / "new" / "state" / LEDGER
    assert (made.stat().st_mode & 0o777, made.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_line_torn_here_gives_way_and_one_that_cannot_be_read_stays(tmp_path):
    other = ledger_of(tmp_path / "other", device("S1"))
    (tmp_path / LEDGER).write_bytes(b"?\n" + other[:-7])

    join_ledger(tmp_path, other)

    assert (tmp_path / LEDGER).read_bytes() == b"?\n" + other


def test_a_run_that_holds_the_ledger_open_meanwhile_knows_of_the_joined_guesses(guesses, tmp_path):
    guesses.spend(device("S1"), CHECK)
    join_ledger(tmp_path / "state", ledger_of(tmp_path / "other", device("S2", address="10.0.0.2")))

    assert result_of(guesses.spend(device("S2", address="10.0.0.2"), CHECK)) is LoginResult.REFUSED
    assert guesses.spend(device("S3", address="10.0.0.3"), CHECK) is None
    assert count_lines((tmp_path / "state" / LEDGER).read_bytes(), LEDGER) == 4
