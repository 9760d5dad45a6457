"""Only pages that show something and have no words of their own are taken for pictures."""

from collections.abc import Callable

import pytest

from ancam.engines.reading.errors import DamagedFile
from ancam.engines.reading.picture_pages import pages_showing
from ancam.engines.reading.tests.drawn import with_picture


def with_paths(pdf: bytes, count: int) -> bytes:
    """Return the PDF of one blank page with strokes on it, as letters that were drawn as outlines have."""
    drawn = b"".join(b"%d 10 m 20 %d l S\n" % (n % 500, n % 700) for n in range(count))
    start = pdf.index(b"<< /Length", pdf.index(b"/FontBBox"))
    end = pdf.index(b"endstream", start)
    return pdf[:start] + b"<< /Length %d >>\nstream\n%s\n" % (len(drawn), drawn) + pdf[end:]


def test_a_page_shows_a_picture_or_many_strokes_and_an_emblem_or_a_frame_does_not_count(
    make_pdf: Callable[..., bytes],
) -> None:
    blank = make_pdf([[""]])
    wanted = {
        "blank": (blank, []),
        "emblem": (with_picture(blank, 100), []),
        "scan": (with_picture(blank, 800), [0]),
        "frame": (with_paths(blank, 20), []),
        "outlines": (with_paths(blank, 400), [0]),
    }

    assert {kind: pages_showing(data, "a.pdf", [0]) for kind, (data, _) in wanted.items()} == {
        kind: pages for kind, (_, pages) in wanted.items()
    }


def test_a_file_that_breaks_off_is_said_to_be_damaged() -> None:
    assert pages_showing(b"", "a.pdf", []) == []
    with pytest.raises(DamagedFile):
        pages_showing(b"%PDF-1.5 broken", "a.pdf", [0])
