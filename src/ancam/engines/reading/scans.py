"""Pictures of pages → their words, by the recognition program with its Vietnamese data, several pages at a time."""

import os
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace

from ancam.engines.reading.errors import (
    DamagedFile,
    DocumentTooLong,
    PictureTooLarge,
    RecognitionMissing,
    RecognitionTooLong,
)
from ancam.engines.reading.extract import Extract
from ancam.engines.reading.limits import Limits
from ancam.engines.reading.page_edges import set_aside
from ancam.engines.reading.page_image import DPI, TOO_LARGE
from ancam.engines.reading.recognised import RecognisedPage, read_tsv
from ancam.engines.reading.steps import Progress, tell_nobody
from ancam.kit.programs import ProgramFailed, find_program, output_of

_PROGRAM, _LANGUAGE = "tesseract", "vie"
_ANSWERS_WITHIN_S = 20
# The lines of a page were laid level already; mostly it is upright then, else upside down.
_TURNS = (0, 180, 90, 270)
_MOST_MEMORY = 3_000_000_000
# Started with the folders that this process finds its modules in; it needs nothing else of ours.
_PAGE_PROGRAM = "import sys; from ancam.engines.reading.page_image import main; sys.exit(main(sys.argv[1:]))"


def can_recognise() -> bool:
    """Tell whether this machine has the recognition program with its Vietnamese data."""
    program = find_program(_PROGRAM)
    if program is None:
        return False
    try:
        printed = output_of([program, "--list-langs"], time_limit_s=_ANSWERS_WITHIN_S, settings=_settings())
    except ProgramFailed:
        return False
    return _LANGUAGE in printed.decode(errors="replace").split()


def picture_lines(data: bytes, name: str, limits: Limits, progress: Progress = tell_nobody) -> Extract:
    """Return the lines of a photo or a scan of one or more pages; raises what `recognise` raises."""
    _require_recognition(name)
    progress("recognise", 0, 0)
    count = int(_Reader(data, name, limits).from_page_program(str(limits.max_pixels)))
    seen = recognise(data, name, range(count), limits, progress)
    lines, aside = set_aside([seen[number].lines for number in range(count)])
    margins = (*aside, *(line for page in seen.values() for line in page.aside))
    return with_doubts(Extract(tuple(lines), pages=count, margins=margins), seen)


def with_doubts(extract: Extract, seen: Mapping[int, RecognisedPage]) -> Extract:
    """Return the extract with what is doubtful of the pages that were recognised."""
    unclear = tuple(sorted(number + 1 for number, page in seen.items() if not page.is_clear))
    unsure = frozenset(number for page in seen.values() for number in page.unsure)
    return replace(extract, ocr=bool(seen), unclear=unclear, unsure=unsure)


def recognise(
    data: bytes, name: str, numbers: Sequence[int], limits: Limits, progress: Progress = tell_nobody
) -> dict[int, RecognisedPage]:
    """Return the pages of a PDF or of a picture file as recognised, by their numbers from 0.

    Nothing is written to a disk. Takes about two seconds a page and core. Raises `RecognitionMissing` on a machine
    without the program, `DocumentTooLong`, `PictureTooLarge`, `RecognitionTooLong` or `DamagedFile`; what `progress`
    raises ends the work too.
    """
    if len(numbers) > limits.max_scanned_pages:
        raise DocumentTooLong(name=name, limit=limits.max_scanned_pages, measure="trang quét")
    _require_recognition(name)
    reader = _Reader(data, name, limits)
    found: dict[int, RecognisedPage] = {}
    progress("recognise", 0, len(numbers))
    pool = ThreadPoolExecutor(max_workers=os.cpu_count())
    try:
        futures = {pool.submit(reader.page, number): number for number in numbers}
        for done, future in enumerate(as_completed(futures), start=1):
            found[futures[future]] = future.result()
            progress("recognise", done, len(numbers))
    finally:
        pool.shutdown(cancel_futures=True)
    return found


def _require_recognition(name: str) -> None:
    if not can_recognise():
        raise RecognitionMissing(name=name)


class _Reader:
    """Reads the pages of one file within the time that the whole file may take."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self._data = data
        self._name = name
        self._limits = limits
        self._until = time.monotonic() + limits.seconds_of_recognition

    def page(self, number: int) -> RecognisedPage:
        """Return a page read the way up that gives words."""
        tried: list[RecognisedPage] = []
        for turn in _TURNS:
            tried.append(self._read(number, turn))
            if tried[-1].is_upright:
                break
        return max(tried, key=lambda page: page.right)

    def _read(self, number: int, turn: int) -> RecognisedPage:
        picture = self.from_page_program(str(number), str(turn), str(self._limits.max_pixels), page=number + 1)
        words = [_PROGRAM, "stdin", "stdout", "-l", _LANGUAGE, "--dpi", str(DPI), "--psm", "3", "tsv"]
        printed = self._output_of(words, picture, {"OMP_THREAD_LIMIT": "1", **_settings()}, number + 1)
        return read_tsv(printed.decode(errors="replace"))

    def from_page_program(self, *words: str, page: int = 1) -> bytes:
        """Return what `page_image` prints."""
        folders = os.pathsep.join(folder for folder in sys.path if folder)
        command = [sys.executable, "-c", _PAGE_PROGRAM, *words]
        return self._output_of(command, self._data, {"PYTHONPATH": folders}, page)

    def _output_of(self, words: Sequence[str], given: bytes, settings: dict[str, str], page: int) -> bytes:
        left = min(self._limits.seconds_per_page, self._until - time.monotonic())
        try:
            return output_of(
                words, time_limit_s=max(left, 0), given=given, settings=settings, most_memory_bytes=_MOST_MEMORY
            )
        except ProgramFailed as exc:
            if exc.why == "time":
                raise RecognitionTooLong(name=self._name, page=page) from exc
            if exc.code == TOO_LARGE:
                raise PictureTooLarge(name=self._name, page=page) from exc
            raise DamagedFile(name=self._name) from exc


def _settings() -> dict[str, str]:
    """Return where the data of the program lies, when the machine says so."""
    return {name: os.environ[name] for name in ("TESSDATA_PREFIX",) if name in os.environ}
