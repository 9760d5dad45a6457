"""Which pages of a .pdf must be read from their picture: those without words, and those whose words are spoilt."""

from collections.abc import Iterable, Sequence
from typing import Any

from ancam.engines.reading.errors import DamagedFile
from ancam.engines.reading.recognised import share_of_syllables
from ancam.engines.reading.syllables import rightness

_FEWEST_LETTERS = 20
_FEWEST_WORDS = 20
# Of clean letters nine words in ten are spelt as Vietnamese is, and four in five are so with marks. Recognised with
# the wrong data or stripped of their marks, two in three and none; English text, one in seven.
_VIETNAMESE_SPELLING = 0.35
_FEWEST_RIGHT = 0.2
# A picture that takes less of the page is an emblem or a signature.
_LEAST_AREA = 0.05
# Letters drawn as outlines, and no ruled frame.
_MANY_PATHS = 150
_MOST_OBJECTS = 5_000
_DEEPEST = 4


def is_wordless(text: str) -> bool:
    """Return whether a page has next to no letters of its own."""
    return len("".join(text.split())) < _FEWEST_LETTERS


def is_spoilt(text: str) -> bool:
    """Return whether the words of a page are Vietnamese that was badly recognised or lost its marks."""
    words, share = share_of_syllables(text)
    return words >= _FEWEST_WORDS and share >= _VIETNAMESE_SPELLING and rightness(text) < _FEWEST_RIGHT * words


def pages_showing(data: bytes, name: str, numbers: Sequence[int]) -> list[int]:
    """Return those of the pages that show a picture or letters drawn as outlines; the others are blank.

    Raises `DamagedFile`.
    """
    if not numbers:
        return []
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as document:
            return [number for number in numbers if _shows(document[number])]
    except pypdfium2.PdfiumError as exc:
        raise DamagedFile(name=name) from exc


def _shows(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    wide, high = page.get_size()
    paths = 0
    objects: Iterable[Any] = page.get_objects(max_depth=_DEEPEST)
    for number, one in enumerate(objects):
        if number > _MOST_OBJECTS or paths > _MANY_PATHS:
            return True
        if one.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = one.get_bounds()
            if (right - left) * (top - bottom) >= _LEAST_AREA * wide * high:
                return True
        paths += one.type == pdfium.FPDF_PAGEOBJ_PATH
    return False
