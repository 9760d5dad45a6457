"""A document is made into another by LibreOffice, or it is said why not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ancam.kit import office
from ancam.kit.office import NotConverted, converted, has_office


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a program that does what the test says in LibreOffice's place."""

    def place(words: str) -> None:
        (tmp_path / "office").write_text(f"#!/bin/sh\n{words}\n")
        (tmp_path / "office").chmod(0o700)
        monkeypatch.setattr(office, "PROGRAMS", (str(tmp_path / "office"),))

    return place


def convert(**bounds: int) -> bytes:
    return converted(b"given", "doc", "docx:MS Word 2007 XML", **{"time_limit_s": 20, "most_bytes": 100_000, **bounds})


def test_the_document_made_is_given_and_its_folder_is_gone(program: Callable[[str], None], tmp_path: Path) -> None:
    program(f'for last; do :; done; pwd > {tmp_path}/folder; cat "$last" > paper.docx; echo " made" >> paper.docx')

    assert convert() == b"given made\n"
    assert not Path((tmp_path / "folder").read_text().strip()).exists()


def test_no_macro_may_run_and_nothing_is_fetched(program: Callable[[str], None]) -> None:
    program("cat profile/user/registrymodifications.xcu > paper.docx")

    settings = convert().decode()

    assert '"DisableMacrosExecution" oor:op="fuse"><value>true<' in settings
    assert '"BlockUntrustedRefererLinks" oor:op="fuse"><value>true<' in settings


@pytest.mark.parametrize(
    ("words", "bounds", "why"),
    [
        ("exit 1", {}, "failed"),
        ("exit 0", {}, "failed"),
        ("sleep 60", {"time_limit_s": 1}, "time"),
        ("echo much > paper.docx", {"most_bytes": 2}, "size"),
    ],
)
def test_why_there_is_no_document_is_said(
    words: str, bounds: dict[str, int], why: str, program: Callable[[str], None]
) -> None:
    program(words)

    with pytest.raises(NotConverted) as refusal:
        convert(**bounds)

    assert refusal.value.why == why


def test_a_machine_without_the_program_gives_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "PROGRAMS", ())

    assert not has_office()
    with pytest.raises(NotConverted):
        convert()
