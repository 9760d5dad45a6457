"""What waits in the holding folder to be read."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from ancam.web import clock
from ancam.web.held import held_bytes, hold, let_go, sweep_held


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.HOLDING_FOLDER = tmp_path
    return tmp_path / "waiting"


def test_what_is_held_is_had_again_and_is_closed_to_others(folder):
    token = hold(b"scan")

    assert held_bytes(token) == b"scan"
    assert ((folder / token).stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_what_was_let_go_is_gone(folder):
    token = hold(b"scan")

    let_go(token)
    let_go(token)
    let_go("")

    assert not list(folder.iterdir())
    with pytest.raises(FileNotFoundError):
        held_bytes(token)


@pytest.mark.parametrize("token", ["", "../db.sqlite3", "/etc/passwd", "A" * 32])
def test_a_token_is_no_path(token):
    with pytest.raises(FileNotFoundError):
        held_bytes(token)


def test_only_what_nobody_names_any_more_is_swept(folder):
    named, forgotten, fresh = hold(b"1"), hold(b"2"), hold(b"3")
    long_ago = (clock.now() - timedelta(hours=2)).timestamp()
    for token in (named, forgotten):
        os.utime(folder / token, (long_ago, long_ago))

    assert sweep_held({named}, clock.now()) == 1

    assert {path.name for path in folder.iterdir()} == {named, fresh}
