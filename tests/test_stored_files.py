"""What the rooms keep in the store is theirs for good: the sweep of orphans leaves every file that a row names."""

import os
from pathlib import Path

import pytest
from django.conf import settings

from ancam.audit.jobs import sweep_store
from ancam.directives.models import Document, ProgressFile
from ancam.papers.models import Paper, SignedCopy
from ancam.web.storage import stored_bytes
from cast import make_world


@pytest.mark.django_db
def test_letters_evidence_and_papers_survive_the_sweep():
    make_world()
    stored = {path.name: path for path in Path(settings.STORE_FOLDER).glob("??/*")}
    for path in stored.values():
        os.utime(path, (0, 0))

    sweep_store()

    named = {row.file_digest for model in (Document, Paper) for row in model.objects.all()}
    named |= {row.digest for model in (ProgressFile, SignedCopy) for row in model.objects.all()}
    named |= {row.approved_digest for row in Paper.objects.exclude(approved_digest="")}
    assert len(named & stored.keys()) >= 5
    assert all(stored_bytes(digest) for digest in named & stored.keys())
