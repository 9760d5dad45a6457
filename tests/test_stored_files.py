"""What the rooms keep in the store is theirs for good: the sweep of orphans leaves every file that a row names."""

import os

import pytest

from ancam.audit.jobs import sweep_store
from ancam.web.storage import stored_bytes
from cast import make_world
from whole_instance import named_digests


@pytest.mark.django_db
def test_letters_evidence_and_papers_survive_the_sweep(settings, tmp_path):
    settings.STORE_FOLDER, settings.HOLDING_FOLDER = tmp_path / "files", tmp_path / "holding"
    make_world()
    stored = {path.name: path for path in settings.STORE_FOLDER.glob("??/*")}
    for path in stored.values():
        os.utime(path, (0, 0))

    sweep_store()

    assert len(stored) >= 6
    assert stored.keys() <= named_digests()
    assert all(stored_bytes(digest) for digest in stored)
