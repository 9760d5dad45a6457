"""What a browser sends waits in the holding folder, is stopped at the limit, and is gone when the request ends."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from ancam.web import clock
from ancam.web.uploads import sweep_holding, upload_refusal, uploaded_bytes


@pytest.fixture(autouse=True)
def holding(settings: object, tmp_path: Path) -> Path:
    folder = tmp_path / "holding"
    folder.mkdir()
    settings.HOLDING_FOLDER = settings.FILE_UPLOAD_TEMP_DIR = folder  # type: ignore[attr-defined]
    settings.MAX_UPLOAD_BYTES = 100_000  # type: ignore[attr-defined]
    return folder


def sent(content: bytes) -> HttpRequest:
    return RequestFactory().post("/", {"file": SimpleUploadedFile("letter.docx", content), "note": "giữ"})


def test_an_upload_waits_in_the_holding_folder_and_is_unlinked_with_the_request(holding: Path) -> None:
    request = sent(b"a" * 1000)

    upload = request.FILES["file"]

    assert Path(upload.temporary_file_path()).parent == holding
    assert uploaded_bytes(upload) == b"a" * 1000
    assert uploaded_bytes(upload) == b"a" * 1000
    assert upload_refusal(request) is None
    upload.close()
    assert list(holding.iterdir()) == []


def test_a_name_longer_than_a_path_may_be_is_no_part_of_the_path(holding: Path) -> None:
    name = "a." + "ộ" * 90
    request = RequestFactory().post("/", {"file": SimpleUploadedFile(name, b"a")})

    upload = request.FILES["file"]

    assert upload.name == name
    assert Path(upload.temporary_file_path()).parent == holding
    upload.close()


def test_an_upload_past_the_limit_is_stopped_and_told_with_the_rest_of_the_form(holding: Path) -> None:
    request = sent(b"a" * 300_000)

    assert "file" not in request.FILES
    refusal = upload_refusal(request)
    assert refusal is not None
    assert refusal.limit_bytes == 100_000
    assert "Tệp vượt quá giới hạn" in str(refusal)


def test_what_a_killed_process_left_behind_is_swept_after_an_hour(holding: Path) -> None:
    old, young = holding / "old", holding / "young"
    for path in (old, young):
        path.write_bytes(b"x")
    long_ago = (clock.now() - timedelta(minutes=61)).timestamp()
    os.utime(old, (long_ago, long_ago))

    assert sweep_holding() == 1
    assert [path.name for path in holding.iterdir()] == ["young"]
