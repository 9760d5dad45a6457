"""A .doc of the old Word, by way of a program that opens it."""

import tempfile
from pathlib import Path

from ancam.engines.reading.docx_text import docx_lines
from ancam.engines.reading.errors import ConversionTooLong, ConverterMissing, DamagedFile
from ancam.engines.reading.extract import Extract
from ancam.engines.reading.legacy import modern
from ancam.engines.reading.limits import Limits
from ancam.engines.reading.steps import Progress, tell_nobody
from ancam.kit.office import NotConverted, converted, has_office
from ancam.kit.programs import ProgramFailed, find_program, output_of

_DOCX = "docx:MS Word 2007 XML"
_ANTIWORD = "antiword"


def doc_lines(data: bytes, name: str, limits: Limits, progress: Progress = tell_nobody) -> Extract:
    """Return the lines of a .doc, by LibreOffice or else by antiword; no macro of it is run.

    Raises `ConverterMissing` on a machine with neither, `ConversionTooLong`, `DamagedFile`, or what a .docx raises.
    """
    if has_office():
        progress("convert", 0, 0)
        return docx_lines(_as_docx(data, name, limits), name, limits)
    program = find_program(_ANTIWORD)
    if program is None:
        raise ConverterMissing(name=name)
    progress("convert", 0, 0)
    return _printed(program, data, name, limits)


def _as_docx(data: bytes, name: str, limits: Limits) -> bytes:
    try:
        return converted(data, "doc", _DOCX, time_limit_s=limits.seconds_of_conversion, most_bytes=limits.max_zip_bytes)
    except NotConverted as exc:
        raise (ConversionTooLong if exc.why == "time" else DamagedFile)(name=name) from exc


def _printed(program: str, data: bytes, name: str, limits: Limits) -> Extract:
    with tempfile.TemporaryDirectory(prefix="ancam-doc-") as folder:
        given = Path(folder, "letter.doc")
        given.write_bytes(data)
        words = [program, "-w", "0", "-m", "UTF-8.txt", str(given)]
        try:
            printed = output_of(words, time_limit_s=limits.seconds_of_conversion, folder=Path(folder))
        except ProgramFailed as exc:
            raise (ConversionTooLong if exc.why == "time" else DamagedFile)(name=name) from exc
    lines, legacy = modern(printed.decode(errors="replace").splitlines())
    return Extract(tuple(lines), legacy or "utf-8", guessed=legacy is not None)
