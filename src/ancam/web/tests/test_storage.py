"""The file store."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ancam.kit.bounds import TooLarge
from ancam.web.storage import open_stored, store_file


@pytest.fixture(autouse=True)
def store(settings: object, tmp_path: Path) -> Path:
    settings.STORE_FOLDER = tmp_path / "files"  # type: ignore[attr-defined]
    settings.HOLDING_FOLDER = tmp_path / "holding"  # type: ignore[attr-defined]
    return tmp_path / "files"


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_its_digest_closed_to_others(store: Path) -> None:
    kept = store_file([b"one ", b"two"])

    assert kept.digest == hashlib.sha256(b"one two").hexdigest()
    assert kept.size_bytes == 7
    with open_stored(kept.digest) as file:
        assert file.read() == b"one two"
    assert files_in(store)[0].stat().st_mode & 0o077 == 0
    assert store.stat().st_mode & 0o077 == 0


def test_the_same_bytes_are_kept_once(store: Path) -> None:
    assert store_file([b"same"]) == store_file([b"sa", b"me"])
    assert len(files_in(store)) == 1


def test_a_file_past_the_limit_leaves_nothing(store: Path, settings: object) -> None:
    settings.MAX_UPLOAD_BYTES = 10  # type: ignore[attr-defined]

    with pytest.raises(TooLarge):
        store_file([b"123456", b"789012"])

    assert files_in(store.parent) == []


def test_a_file_that_breaks_off_leaves_nothing(store: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        store_file(broken())

    assert files_in(store.parent) == []


def test_a_file_on_its_way_waits_where_the_hourly_sweep_looks(store: Path) -> None:
    seen: list[Path] = []

    def watched() -> Iterator[bytes]:
        seen.extend(files_in(store.parent))
        yield b"half"

    store_file(watched())

    assert [path.parent for path in seen] == [store.parent / "holding"]


def test_a_digest_that_the_store_does_not_hold_is_said() -> None:
    with pytest.raises(FileNotFoundError):
        open_stored("ab" * 32)
