"""Letters printed and scanned, in pictures and in PDFs of pictures, are read as they were written."""

import io
import os
import shutil
import subprocess
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from ancam.engines.reading import errors
from ancam.engines.reading.limits import Limits
from ancam.engines.reading.model import Reading
from ancam.engines.reading.read import read_document
from ancam.engines.reading.scans import can_recognise
from ancam.engines.reading.steps import Step
from ancam.engines.reading.tests.drawn import as_file, draw_letter, draw_lines

pytestmark = pytest.mark.skipif(
    not can_recognise(), reason="tesseract: sudo apt install tesseract-ocr tesseract-ocr-vie"
)

NAME = "cong-van-xa-khong-so-muc"
LONG = "cong-van-ngat-dong-2026"


def duties(reading: Reading) -> list[tuple[str, str, str, str]]:
    return [
        (one.id, one.kind, "; ".join(lead.text for lead in one.leads), str(one.deadline.last_day))
        for one in reading.obligations
    ]


def particulars(reading: Reading) -> tuple[object, ...]:
    head = reading.document
    return head.issuer, head.number, head.symbol, head.date, head.addressees, head.signer, head.implements


def error_rate(found: str, wanted: str) -> float:
    """Return the share of the letters below the head that are wrong, however the lines are broken."""
    bodies = ("".join(text.partition("Kính gửi")[2].split()) for text in (found, wanted))
    return 1 - SequenceMatcher(None, *bodies, autojunk=False).ratio()


@pytest.fixture
def expected(letter: Callable[[str], str]) -> Reading:
    return read_document(letter(NAME).encode(), "thu.txt")


@pytest.mark.parametrize("kind", ["PNG", pytest.param("JPEG", marks=pytest.mark.slow)])
def test_a_photo_of_a_letter_gives_its_words_and_duties(
    kind: str, letter: Callable[[str], str], expected: Reading
) -> None:
    data = as_file(draw_letter(letter(NAME)), kind)

    reading = read_document(data, f"anh.{kind.lower()}")

    assert duties(reading) == duties(expected)
    assert particulars(reading) == particulars(expected)
    assert error_rate(reading.text, letter(NAME)) < 0.02
    assert (reading.source.ocr, reading.source.pages) == (True, 1)
    assert reading.source.media_type == f"image/{kind.lower()}"
    assert "ocr_noise" not in {anomaly.code for anomaly in reading.anomalies}


@pytest.mark.parametrize("turn", [180, *(pytest.param(turn, marks=pytest.mark.slow) for turn in (90, 270, 3, -2, 183))])
def test_a_page_laid_askew_or_upside_down_is_turned(turn: int, letter: Callable[[str], str], expected: Reading) -> None:
    page = draw_letter(letter(NAME))[0].rotate(turn, expand=True, fillcolor=255, resample=2)

    reading = read_document(as_file([page], "PNG"), "anh.png")

    assert duties(reading) == duties(expected)
    assert reading.document.issuer == expected.document.issuer


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["TIFF", "PDF"])
def test_pages_are_read_in_their_order_without_what_they_repeat(kind: str, letter: Callable[[str], str]) -> None:
    text = letter(LONG)
    pages = draw_letter(text, footer="Trang #")
    told: list[tuple[Step, int, int]] = []

    reading = read_document(as_file(pages, kind), "quet", progress=lambda *one: told.append(one))

    assert duties(reading) == duties(read_document(text.encode(), "thu.txt"))
    assert error_rate(reading.text, text) < 0.02
    assert "Trang 2" not in reading.text
    assert [one for one in told if one[2] and one[0] == "recognise"] == [("recognise", done, 2) for done in range(3)]


def test_a_numeral_that_may_have_lost_a_stroke_is_doubted(letter: Callable[[str], str]) -> None:
    reading = read_document(as_file(draw_letter(letter("cong-van-huyen-2023"))[:1], "PDF"), "quet.pdf")

    (duty,) = (one for one in reading.obligations if "quý" in (one.deadline.text or ""))
    (doubt,) = (anomaly for anomaly in duty.anomalies if anomaly.code == "ocr_noise")
    assert reading.text[slice(*doubt.spans[0])] in doubt.message
    assert duty.confidence < 0.8


def test_a_page_with_spoilt_words_of_its_own_is_read_from_its_picture(
    letter: Callable[[str], str], expected: Reading
) -> None:
    layered = recognised_as_english(as_file(draw_letter(letter(NAME)), "PNG"))

    reading = read_document(layered, "quet.pdf")

    assert duties(reading) == duties(expected)
    assert (reading.source.ocr, reading.source.encoding) == (True, "utf-8")


def recognised_as_english(picture: bytes) -> bytes:
    """Return a PDF of the picture behind the words that the program makes of it with its English data."""
    if "eng" not in subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True).stdout:  # noqa: S607
        pytest.skip("tesseract: sudo apt install tesseract-ocr-eng")
    command = ["tesseract", "stdin", "stdout", "-l", "eng", "pdf"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    return subprocess.run(command, input=picture, capture_output=True, env=environment, check=True).stdout  # noqa: S603


def test_good_words_of_a_pdf_are_kept_and_only_the_scanned_page_is_recognised(
    letter: Callable[[str], str], make_pdf: Callable[..., bytes], expected: Reading
) -> None:
    lines = letter(NAME).split("\n")
    told: list[tuple[Step, int, int]] = []
    data = one_pdf(make_pdf([lines[:-6]]), as_file([draw_lines(lines[-6:])], "PDF"), make_pdf([[""]]))

    reading = read_document(data, "thu.pdf", progress=lambda *one: told.append(one))

    assert duties(reading) == duties(expected)
    assert reading.document.signer == expected.document.signer
    assert (reading.source.ocr, reading.source.pages) == (True, 3)
    assert told == [("read", 0, 3), ("recognise", 0, 1), ("recognise", 1, 1), ("read", 0, 1)]


def one_pdf(*parts: bytes) -> bytes:
    whole = pypdfium2.PdfDocument.new()
    for part in parts:
        with pypdfium2.PdfDocument(part) as document:
            whole.import_pages(document)
    stream = io.BytesIO()
    whole.save(stream)
    whole.close()
    return stream.getvalue()


def test_words_of_a_pdf_are_read_without_the_program(
    letter: Callable[[str], str], make_pdf: Callable[..., bytes], expected: Reading, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    reading = read_document(make_pdf([letter(NAME).split("\n")]), "thu.pdf")

    assert duties(reading) == duties(expected)
    assert not reading.source.ocr


@pytest.mark.parametrize("data", ["tessdata", "none"])
def test_a_machine_that_cannot_read_vietnamese_pictures_says_what_to_install(
    data: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if data == "none":
        monkeypatch.setenv("PATH", str(tmp_path))
    else:
        monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))

    for name, kind in (("quet.pdf", "PDF"), ("quet.png", "PNG")):
        with pytest.raises(errors.RecognitionMissing, match="sudo apt install tesseract-ocr tesseract-ocr-vie"):
            read_document(as_file([draw_lines(["Công văn"])], kind), name)


def test_a_program_that_does_not_answer_counts_as_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "tesseract"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert not can_recognise()


@pytest.mark.parametrize(
    ("limits", "refusal"),
    [
        (Limits(max_scanned_pages=0), errors.DocumentTooLong),
        (Limits(max_pixels=1_000_000), errors.PictureTooLarge),
        (Limits(seconds_per_page=0), errors.RecognitionTooLong),
        (Limits(seconds_of_recognition=0), errors.RecognitionTooLong),
    ],
)
def test_a_scan_past_a_bound_is_refused(limits: Limits, refusal: type[Exception]) -> None:
    with pytest.raises(refusal, match=r"quet\.png"):
        read_document(as_file([draw_lines(["Công văn"])], "PNG"), "quet.png", limits=limits)


def test_whoever_waits_may_end_the_work(letter: Callable[[str], str]) -> None:
    def stop(step: Step, done: int, pages: int) -> None:
        if step == "recognise" and pages:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        read_document(as_file([draw_lines(["Công văn"])], "PNG"), "quet.png", progress=stop)


@pytest.mark.parametrize("stamp", ["MẬT", pytest.param("TỐI MẬT", marks=pytest.mark.slow)])
def test_a_scan_with_a_stamp_of_secrecy_is_refused(stamp: str, letter: Callable[[str], str]) -> None:
    text = letter(NAME).replace("Số: 91", f"{stamp}\nSố: 91")

    with pytest.raises(errors.StateSecret):
        read_document(as_file(draw_letter(text), "PNG"), "quet.png")


@pytest.mark.slow
def test_a_stamp_beside_good_words_that_were_read_again_is_seen(letter: Callable[[str], str]) -> None:
    text = letter(NAME).replace("Số: 91", "MẬT\nSố: 91")

    with pytest.raises(errors.StateSecret):
        read_document(recognised_as_english(as_file(draw_letter(text), "PNG")), "quet.pdf")


def test_a_faint_scan_is_read_with_a_warning(letter: Callable[[str], str]) -> None:
    from PIL import Image, ImageFilter

    page = draw_letter(letter(NAME))[0]
    faint = page.resize((page.width // 3, page.height // 3)).filter(ImageFilter.GaussianBlur(1))

    reading = read_document(as_file([faint.resize(page.size, Image.Resampling.BICUBIC)], "PNG"), "mo.png")

    warnings = [anomaly.message for anomaly in reading.anomalies if anomaly.code == "ocr_noise"]
    assert any("Trang 1" in warning for warning in warnings)


def test_nothing_of_a_scan_is_written_to_a_disk(
    letter: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "gone"))
    assert shutil.which("tesseract")

    reading = read_document(as_file([draw_lines(letter(NAME).split("\n")[:8])], "PNG"), "quet.png")

    assert reading.document.number == "91"
    assert not list(tmp_path.iterdir())


def test_a_page_of_marks_that_are_no_words_is_refused_whichever_way_up() -> None:
    from PIL import Image, ImageDraw

    page = Image.new("L", (1240, 1754), 255)
    drawing = ImageDraw.Draw(page)
    for row in range(20):
        drawing.line((100, 100 + 70 * row, 1100, 130 + 70 * row), fill=0, width=3)

    with pytest.raises(errors.ReadingRefused):
        read_document(as_file([page], "PNG"), "vach.png")
