"""A letter of the old Word is read where a program opens it; elsewhere it is said what to install."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ancam.engines.reading import errors
from ancam.engines.reading.limits import Limits
from ancam.engines.reading.read import read_document
from ancam.engines.reading.sniff import MACROS, file_kind
from ancam.engines.reading.steps import Step
from ancam.kit import office

NAME = "cong-van-xa-khong-so-muc"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
DOC = OLE + "WordDocument".encode("utf-16-le") + bytes(600)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Put a program that does what the test says in the place of LibreOffice or of antiword; no other is there."""
    monkeypatch.setenv("PATH", f"{tmp_path}")

    def place(name: str, words: str) -> None:
        (tmp_path / name).write_text(f"#!/bin/sh\n{words}\n")
        (tmp_path / name).chmod(0o700)

    return place


@pytest.mark.skipif(not office.has_office(), reason="soffice: sudo apt install libreoffice-writer-nogui")
def test_a_doc_gives_the_duties_of_its_letter(letter: Callable[[str], str], tmp_path: Path) -> None:
    text = letter(NAME)
    (tmp_path / "thu.txt").write_text(text, encoding="utf-8")
    command = [
        shutil.which("soffice") or "libreoffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
    ]
    subprocess.run(  # noqa: S603 - the converter of the test's own letter
        [*command, "--convert-to", "doc:MS Word 97", "--outdir", str(tmp_path), str(tmp_path / "thu.txt")], check=True
    )

    reading = read_document((tmp_path / "thu.doc").read_bytes(), "thu.doc")

    assert reading.obligations == read_document(text.encode(), "thu.txt").obligations
    assert (reading.source.media_type, reading.source.ocr) == ("application/msword", False)


def test_antiword_serves_where_libreoffice_is_not(
    program: Callable[[str, str], None], letter: Callable[[str], str], tmp_path: Path
) -> None:
    (tmp_path / "said.txt").write_text(letter(NAME), encoding="utf-8")
    program(
        "antiword", f"for last; do :; done; test -s $last && while read -r l; do echo $l; done < {tmp_path}/said.txt"
    )

    reading = read_document(DOC, "thu.doc")

    assert [one.id for one in reading.obligations] == [
        one.id for one in read_document(letter(NAME).encode(), "thu.txt").obligations
    ]


def test_without_either_it_says_what_to_install(program: Callable[[str, str], None]) -> None:
    with pytest.raises(errors.ConverterMissing, match="sudo apt install libreoffice-writer-nogui"):
        read_document(DOC, "thu.doc")


@pytest.mark.parametrize("name", ["soffice", "antiword"])
def test_who_waits_is_told_before_the_program_begins(
    name: str, program: Callable[[str, str], None], tmp_path: Path
) -> None:
    program(name, f"echo > {tmp_path}/begun")

    def stop(step: Step, done: int, pages: int) -> None:
        assert (step, done, pages) == ("convert", 0, 0)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read_document(DOC, "thu.doc", progress=stop)
    assert not (tmp_path / "begun").exists()


@pytest.mark.parametrize("name", ["soffice", "antiword"])
@pytest.mark.parametrize(
    ("words", "refusal"), [("exit 1", errors.DamagedFile), ("while :; do :; done", errors.ConversionTooLong)]
)
def test_a_doc_that_the_program_does_not_open_is_refused(
    name: str, words: str, refusal: type[Exception], program: Callable[[str, str], None]
) -> None:
    program(name, words)

    with pytest.raises(refusal, match=r"thu\.doc"):
        read_document(DOC, "thu.doc", limits=Limits(seconds_of_conversion=1))


def test_a_doc_with_macros_is_no_letter() -> None:
    with_macros = DOC + "_VBA_PROJECT".encode("utf-16-le")

    assert file_kind(with_macros, "thu.doc") == MACROS
    with pytest.raises(errors.WrongType, match="macro"):
        read_document(with_macros, "thu.doc")
