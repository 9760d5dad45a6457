"""Every page that takes a file, sent what is not what it says: refused with the reason, nothing kept.

The pages are found by walking every address, so that a new one is not forgotten.
"""

import io
import sys
import zipfile
from pathlib import Path
from urllib.parse import quote

import docx
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse

from ancam.accounts.models import ImportBatch
from ancam.directives.models import Document, OfflineReturn, ProgressFile
from ancam.papers.models import SignedCopy
from ancam.web.downloads import download
from cast import World
from test_whose_eyes import CAST, addresses, body_of, signed_in

pytestmark = pytest.mark.django_db

PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """Let the test look at its own files: others of the same run keep theirs at the same time."""
    settings.STORE_FOLDER, holding = tmp_path / "files", tmp_path / "holding"
    settings.HOLDING_FOLDER = settings.FILE_UPLOAD_TEMP_DIR = holding
    for folder in (settings.STORE_FOLDER, holding):
        folder.mkdir()


def packed(parts: dict[str, bytes], onto: bytes = b"") -> bytes:
    stream = io.BytesIO(onto)
    with zipfile.ZipFile(stream, "a" if onto else "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word() -> bytes:
    stream = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Báo cáo kết quả rà soát camera.")
    document.save(stream)
    return stream.getvalue()


PROGRAM = Path(sys.executable).resolve().read_bytes()[:20_000]
HOSTILE = {
    "bao-cao.pdf.exe": PROGRAM,
    "bao-cao.exe.pdf": b"%PDF-1.7\n",
    "bao-cao.pdf": PROGRAM,
    "bao-cao.docx": PROGRAM,
    "bao-cao.xlsx": PROGRAM,
    "bao-cao.txt": b"#!/bin/sh\nrm -rf /\n",
    "bao-cao.csv": PAGE,
    "trang.html": PAGE,
    "hinh.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "trang.pdf": PAGE + b"%PDF-1.7\n",
    "macro.docx": packed({"word/vbaProject.bin": b"x"}, onto=word()),
    "macro.xlsx": packed({"xl/workbook.xml": b"<workbook/>", "xl/vbaProject.bin": b"x"}),
    "bom.docx": packed({"word/lon.xml": bytes(60_000_000)}, onto=word()),
    "bom.xlsx": packed({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": bytes(60_000_000)}),
    "thua.docx": word()[:-50],
}


def forms(world: World) -> dict[str, tuple[str, str, str, dict[str, object]]]:
    """Return, for each page that takes a file, who sends it, where to, in which field, with what beside it."""
    report = {"percentage": 60, "text": "Đã rà soát"}
    submitted = reverse("progress_submit", args=[world.assignments[0].periods.get().pk])
    sent_back = reverse("offline_receive", args=[world.returned.workbook.pk])
    return {
        "document_upload": ("owner", reverse("document_upload"), "file", {"agency": world.holder.pk}),
        "assignment": ("subordinate", submitted, "attachments", report),
        "period": ("subordinate", submitted, "attachments", report),
        "offline_workbook": ("owner", sent_back, "file", {"signed_by": "Trần Văn Bình, Chủ tịch UBND xã"}),
        "signed_copy_add": ("owner", reverse("signed_copy_add", args=[world.paper.pk]), "file", {}),
        "import_agencies": ("administrator", reverse("import_agencies"), "file", {}),
        "import_people": ("administrator", reverse("import_people"), "file", {}),
        "ledger_checks": ("administrator", reverse("ledger_checks"), "export", {}),
    }


def kept() -> tuple[object, ...]:
    counts = [model.objects.count() for model in (Document, ProgressFile, OfflineReturn, SignedCopy, ImportBatch)]
    return (*counts, sorted(path.name for path in Path(settings.STORE_FOLDER).glob("??/*")))


@pytest.mark.slow
def test_every_page_that_takes_a_file_is_tried_here(world):
    found = set()
    for who in CAST:
        client = signed_in(world.people[who])
        found |= {
            resolve(address).url_name for address in addresses(world) if 'type="file"' in body_of(client.get(address))
        }

    assert found == set(forms(world))


@pytest.mark.parametrize(
    "page",
    [
        "document_upload",
        "period",
        "offline_workbook",
        "signed_copy_add",
        "import_agencies",
        "import_people",
        "ledger_checks",
    ],
)
def test_what_is_not_what_it_says_is_refused_and_nothing_is_kept(world, page):
    who, address, field, beside = forms(world)[page]
    client, before = signed_in(world.people[who]), kept()

    for file_name, content in HOSTILE.items():
        answer = client.post(address, {**beside, field: SimpleUploadedFile(file_name, content)})

        assert answer.status_code == 422, file_name
        assert "Đề nghị" in body_of(answer) and 'class="invalid-feedback' in body_of(answer), file_name
    assert kept() == before
    assert not list(Path(settings.HOLDING_FOLDER).iterdir())


def test_a_name_that_turns_its_letters_is_kept_as_it_reads(world):
    who, address, field, beside = forms(world)["assignment"]
    sent = SimpleUploadedFile("bao-cao\u202excod.txt", b"Xong")

    signed_in(world.people[who]).post(address, {**beside, field: sent})

    assert ProgressFile.objects.latest("pk").name == "bao-caoxcod.txt"


def test_what_is_kept_is_handed_out_as_a_download_and_never_shown(world):
    file = world.reports[0].files.get()

    answer = signed_in(world.people["owner"]).get(reverse("progress_file", args=[file.pk]))

    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(file.name)}"
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    assert "private" in answer["Cache-Control"]


def test_a_name_cannot_break_out_of_its_header():
    answer = download(b"x", 'a"; filename=b.exe')

    assert answer["Content-Disposition"] == 'attachment; filename="a\\"; filename=b.exe"'
