"""A page comes out upright and grey, however its file holds it; nothing larger than the bound is unpacked."""

import io
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from ancam.engines.reading.page_image import DAMAGED, TOO_LARGE, PageTooLarge, main, page_png, pages_in
from ancam.engines.reading.tests.drawn import as_file, draw_lines, with_picture

MOST = 20_000_000
SENTENCE = "bảo đảm an toàn thông tin cho camera giám sát trên địa bàn "
LINES = [(SENTENCE[5 * n :] + SENTENCE[: 5 * n]).strip() for n in range(12)]


def a_page() -> Image.Image:
    return draw_lines(LINES).crop((0, 0, 1654, 900))


def packed(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def page(data: bytes, number: int = 0, turn: int = 0) -> Image.Image:
    return Image.open(io.BytesIO(page_png(data, number, turn, MOST)))


def ink_in_rows(picture: Image.Image) -> int:
    """Return how many rows have next to no ink: many when the lines run from side to side."""
    rows = picture.resize((1, picture.height), Image.Resampling.BOX).tobytes()
    return sum(row > 250 for row in rows)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16"])
def test_every_kind_of_picture_becomes_grey_on_white(mode: str) -> None:
    drawn = a_page()
    if mode == "I;16":
        data = packed(Image.frombytes("I;16", drawn.size, b"".join(bytes((0, v)) for v in drawn.tobytes())))
    else:
        data = packed(drawn.convert(mode), "JPEG" if mode == "CMYK" else "PNG")

    found = page(data)

    assert (found.mode, found.size) == ("L", drawn.size)
    assert found.getpixel((5, 5)) >= 250
    assert found.getextrema()[0] < 60


def test_what_is_clear_is_paper() -> None:
    clear = Image.new("RGBA", (2000, 2000), (0, 0, 0, 0))

    assert page(packed(clear)).getextrema() == (255, 255)


def test_a_photo_is_turned_as_its_camera_was_held() -> None:
    marked = a_page()
    exif = Image.Exif()
    exif[0x0112] = 3

    turned, straight = page(packed(marked, exif=exif)), page(packed(marked.rotate(180)))

    assert turned.tobytes() == straight.tobytes()


@pytest.mark.parametrize("turn", [90, 4, -5.5, 93])
def test_lines_are_laid_level(turn: float) -> None:
    straight = a_page()
    askew = straight.rotate(turn, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)

    assert ink_in_rows(page(packed(askew))) > 0.9 * ink_in_rows(straight)


def test_a_page_is_turned_when_asked() -> None:
    drawn = a_page()

    assert page(packed(drawn), turn=180).tobytes() == page(packed(drawn)).rotate(180).tobytes()


@pytest.mark.parametrize(("size", "long_side"), [((600, 800), 1600), ((5200, 1000), 3508), ((1700, 2200), 2200)])
def test_a_page_comes_in_the_size_that_is_read_best(size: tuple[int, int], long_side: int) -> None:
    assert max(page(packed(Image.new("L", size, 255))).size) == long_side


def test_the_pages_of_a_picture_are_counted_and_told_apart() -> None:
    data = as_file([Image.new("L", (1700, 1700), 255), Image.new("L", (1700, 1700), 0)], "TIFF")

    assert pages_in(data, MOST) == 2
    assert page(data, 1).getextrema() == (0, 0)


def test_a_page_of_a_pdf_is_drawn_as_finely_as_it_was_scanned() -> None:
    scanned = as_file([a_page()], "PDF")

    assert abs(max(page(scanned).size) - 1654) < 5


def test_letters_and_small_pictures_of_a_pdf_are_drawn_at_the_usual_fineness(make_pdf: Callable[..., bytes]) -> None:
    for data in (make_pdf([LINES]), with_picture(make_pdf([LINES]), 100)):
        assert abs(max(page(data).size) - 842 / 72 * 300) < 5


def test_a_picture_past_the_bound_is_not_unpacked() -> None:
    large = packed(Image.new("1", (20_000, 20_000)))
    second = as_file([Image.new("L", (100, 100)), Image.new("L", (5000, 5000))], "TIFF")

    for data, number in ((large, 0), (second, 1), (packed(Image.new("1", (5_000, 5_000))), 0)):
        with pytest.raises(PageTooLarge):
            page_png(data, number, 0, MOST)


@pytest.mark.parametrize(
    ("data", "words", "code", "begins"),
    [
        (packed(Image.new("L", (50, 50))), ["1000000"], 0, b"1"),
        (packed(Image.new("L", (50, 50), 255)), ["0", "0", "1000000"], 0, b"\x89PNG"),
        (packed(Image.new("L", (50, 50))), ["100"], TOO_LARGE, b""),
        (b"\xff\xd8\xff\xe0 no picture", ["100"], DAMAGED, b""),
    ],
)
def test_as_a_program_it_prints_its_answer_or_says_how_it_failed(
    data: bytes, words: list[str], code: int, begins: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=printed))

    assert main(words) == code
    assert printed.getvalue().startswith(begins) and bool(printed.getvalue()) == bool(begins)
