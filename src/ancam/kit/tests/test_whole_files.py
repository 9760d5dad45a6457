"""A file is replaced whole, keeps out other users, and what a kill left beside it does no harm."""

from pathlib import Path

import pytest

from ancam.kit.whole_files import beside, replace_file


def test_a_file_is_written_for_its_owner_alone(tmp_path):
    replace_file(tmp_path / "a", b"one")

    assert (tmp_path / "a").read_bytes() == b"one"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def test_a_file_may_keep_the_mode_it_had(tmp_path):
    replace_file(tmp_path / "a", b"one", mode=0o640)

    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_what_a_kill_left_beside_is_written_over(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    beside(tmp_path / "a").write_bytes(b"half of what was longer than the new one")

    replace_file(tmp_path / "a", b"new")

    assert (tmp_path / "a").read_bytes() == b"new"
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path):
    with pytest.raises(OSError):
        replace_file(tmp_path / "none" / "a", b"x")
