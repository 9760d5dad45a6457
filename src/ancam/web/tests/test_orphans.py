"""What the store holds and no row names is removed after a day; nothing else is."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from ancam.web.models import WorkerHeartbeat
from ancam.web.orphans import LEFT_ALONE_FOR, sweep_orphans
from ancam.web.set_aside import ASIDE
from ancam.web.storage import open_stored, store_file

AT = datetime(2026, 11, 21, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> Path:
    settings.STORE_FOLDER, settings.HOLDING_FOLDER = tmp_path / "files", tmp_path / "holding"
    return tmp_path / "files"


def kept(content: bytes, *, days_ago: float) -> str:
    digest = store_file([content]).digest
    with open_stored(digest) as file:
        written = (AT - timedelta(days=days_ago)).timestamp()
        os.utime(file.name, (written, written))
    return digest


def holds(digest: str) -> bool:
    try:
        open_stored(digest).close()
    except FileNotFoundError:
        return False
    return True


@pytest.mark.django_db
def test_an_old_file_that_no_row_names_is_removed(store):
    orphan = kept(b"taken back", days_ago=2)

    swept = sweep_orphans(AT)

    assert (swept.files, swept.size_bytes) == (1, len(b"taken back"))
    assert not holds(orphan)
    assert sweep_orphans(AT).files == 0


@pytest.mark.django_db
def test_what_a_row_names_and_what_is_young_stay(store):
    named, young = kept(b"named", days_ago=400), kept(b"young", days_ago=LEFT_ALONE_FOR.days - 0.1)
    WorkerHeartbeat.objects.create(worker=named, beat_at=AT)

    assert sweep_orphans(AT).files == 0
    assert holds(named) and holds(young)


@pytest.mark.django_db
def test_while_an_old_instance_is_set_aside_its_files_stay(store, tmp_path, monkeypatch):
    orphan = kept(b"named by an old row", days_ago=400)
    with monkeypatch.context() as here:
        if connection.vendor == "postgresql":
            connection.cursor().execute(f"CREATE SCHEMA {ASIDE}20261121_100000")
        else:
            here.setitem(connection.settings_dict, "NAME", str(tmp_path / "ancam.sqlite3"))
            (tmp_path / f"{ASIDE}20261121_100000.sqlite3").touch()

        swept = sweep_orphans(AT)

    assert swept.files == 0
    assert holds(orphan)


@pytest.mark.django_db
def test_what_is_no_file_of_the_store_is_left_alone(store):
    store_file([b"x"])
    strange = next(store.glob("??")) / "notes.txt"
    strange.write_text("?")
    os.utime(strange, (0, 0))

    sweep_orphans(AT)

    assert strange.exists()


@pytest.mark.django_db
def test_more_files_than_are_asked_about_at_once(store, monkeypatch):
    monkeypatch.setattr("ancam.web.orphans.AT_ONCE", 2)
    digests = [kept(bytes([number]), days_ago=3) for number in range(5)]

    assert sweep_orphans(AT).files == 5
    assert not any(holds(digest) for digest in digests)
