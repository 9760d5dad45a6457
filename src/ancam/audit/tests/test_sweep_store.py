"""Files that no row names leave, and the ledger says so; files of the rooms stay."""

import os
from pathlib import Path

import pytest
from django.conf import settings as here

from ancam.audit.jobs import sweep_store
from ancam.audit.models import Entry
from ancam.audit.services import begin_instance
from ancam.web import clock
from ancam.web.storage import store_file


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORE_FOLDER, settings.HOLDING_FOLDER = tmp_path / "files", tmp_path / "holding"


def grow_old() -> None:
    for path in Path(here.STORE_FOLDER).glob("??/*"):
        os.utime(path, (0, 0))


@pytest.mark.django_db
def test_the_ledger_says_how_many_files_left():
    begin_instance(at=clock.now())
    store_file([b"taken back"])
    grow_old()

    sweep_store()
    sweep_store()

    line = Entry.objects.get(action="audit.sweep_store")
    assert line.change == {"count": 1, "size_bytes": 10}
