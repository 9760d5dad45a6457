"""`ancam read` as a person or a program calls it."""

import argparse
import datetime as dt
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import docx
import pytest
from python_calamine import CalamineWorkbook

from ancam.cli import read as command
from ancam.kit.errors import AnCamError


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def call(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))


@pytest.fixture
def saved(tmp_path: Path, letter: Callable[[str], str]) -> Path:
    path = tmp_path / "thu.txt"
    path.write_text(letter("cong-van-tinh-2024"), encoding="utf-8")
    return path


def test_one_file_gives_one_object(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(str(saved), "--format", "json") == 0

    answer = json.loads(capsys.readouterr().out)
    assert answer["schema"] == "ancam/reading/1"
    assert answer["source"]["name"] == "thu.txt"
    assert answer["obligations"][0]["deadline"]["last_day"] == "2024-03-29"
    assert "clauses" not in answer


def test_several_files_give_documents_and_a_refused_one_its_reason(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "rong.txt"
    empty.touch()

    assert call(str(saved), str(empty)) == 2

    told = capsys.readouterr()
    documents = json.loads(told.out)["documents"]
    assert documents[0]["obligations"]
    assert documents[1]["error"] == told.err.strip()
    assert told.err.count("\n") == 1


def test_a_table_names_bodies_deadlines_and_anomalies(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(str(saved), "--format", "table") == 0

    table = capsys.readouterr().out
    assert "1286/UBND-NC" in table
    assert "29/03/2024" in table
    assert "hằng quý" in table
    assert "là Chủ nhật" in table


def test_a_terminal_gets_the_table(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)

    assert call(str(saved)) == 0
    assert screen.getvalue().startswith("thu.txt: công văn")


def test_standard_input_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], saved: Path
) -> None:
    class Piped:
        buffer = io.BytesIO(saved.read_bytes())

    monkeypatch.setattr(sys, "stdin", Piped())

    assert call("-", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["source"]["name"] == "stdin"


def sheet_rows(content: bytes, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python()


def test_a_workbook_holds_the_duties_of_every_letter_and_what_each_says_of_itself(saved: Path, tmp_path: Path) -> None:
    other, book = tmp_path / "khac.txt", tmp_path / "nhiem-vu.xlsx"
    other.write_text(
        "Kính gửi: Các phòng\nYêu cầu các phòng thực hiện:\n1. Phổ biến Chỉ thị về camera.\n", encoding="utf-8"
    )

    assert call(str(saved), str(other), "--format", "xlsx", "--output", str(book)) == 0

    duties, letters = (sheet_rows(book.read_bytes(), name) for name in ("Nhiệm vụ", "Văn bản"))
    row = next(row for row in duties if dt.date(2024, 3, 29) in row)
    assert row[0] == "Công văn 1286/UBND-NC"
    assert row[3].split("; ")[0] == "Xác định cấp độ an toàn hệ thống thông tin"
    assert [row[0] for row in letters if row[0]][-2:] == ["Công văn 1286/UBND-NC", "Công văn (không số)"]
    assert letters[-1][8] == 1 and letters[-1][10] == "khac.txt"


def test_a_paper_holds_what_could_be_read_and_the_rest_is_told(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty, paper = tmp_path / "rong.txt", tmp_path / "nhiem-vu.docx"
    empty.touch()

    assert call(str(empty), str(saved), "--format", "docx", "--output", str(paper)) == 2

    written = docx.Document(str(paper))
    words = " ".join(
        [one.text for one in written.paragraphs[:2]] + [c.text for c in written.tables[0].columns[5].cells]
    )
    plain = words.replace("\xa0", " ").replace("\u2011", "-")
    assert plain.startswith("DANH MỤC NHIỆM VỤ Công văn 1286/UBND-NC")
    assert "đến hết ngày 29/03/2024" in plain
    assert capsys.readouterr().err.startswith("Tệp rong.txt không có nội dung")


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_bytes_go_to_a_pipe_as_they_are_and_always_the_same(
    form: str, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def piped() -> bytes:
        pipe = io.TextIOWrapper(io.BytesIO())
        monkeypatch.setattr(sys, "stdout", pipe)
        assert call(str(saved), "--format", form) == 0
        return cast("io.BytesIO", pipe.buffer).getvalue()

    first = piped()

    assert first.startswith(b"PK")
    assert piped() == first


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_a_terminal_gets_no_bytes(form: str, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)

    with pytest.raises(AnCamError, match=rf"Màn hình không hiện được kết quả dạng \.{form}.+--output"):
        call(str(saved), "--format", form)

    with pytest.raises(AnCamError, match="màn hình không nhận tệp nhị phân"):
        call(str(saved), "--format", form, "--output", "-")
    assert not screen.getvalue()


def test_nothing_is_made_when_nothing_could_be_read(tmp_path: Path) -> None:
    assert call("/khong/co.txt", "--format", "xlsx", "--output", str(tmp_path / "a.xlsx")) == 2

    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_is_left_alone(saved: Path, tmp_path: Path) -> None:
    kept = tmp_path / "cu.xlsx"
    kept.write_text("của người khác")

    with pytest.raises(AnCamError, match="Đã có tệp"):
        call(str(saved), "--format", "xlsx", "--output", str(kept))

    assert kept.read_text() == "của người khác"


@pytest.mark.parametrize("words", [(), ("--format", "json")])
def test_json_may_go_to_a_file_too(words: tuple[str, ...], saved: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.json"

    assert call(str(saved), *words, "--output", str(path)) == 0

    assert json.loads(path.read_text(encoding="utf-8"))["source"]["name"] == "thu.txt"


def test_a_missing_file_is_said_to_be_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("/khong/co.txt", "--format", "table") == 2

    assert capsys.readouterr().err == "Không mở được tệp co.txt. Đề nghị kiểm tra tên tệp và quyền đọc.\n"


def test_a_file_over_the_limit_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from ancam.engines.reading.limits import Limits

    monkeypatch.setattr(command, "Limits", lambda: Limits(max_bytes=10))
    large = tmp_path / "lon.txt"
    large.write_bytes(b"a" * 100)

    assert call(str(large)) == 2
    assert "giới hạn" in capsys.readouterr().err


def test_a_letter_without_number_or_date_still_has_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "thu.txt"
    path.write_text(
        "Kính gửi: Các phòng\nYêu cầu các phòng thực hiện:\n1. Phổ biến Chỉ thị về camera.\n", encoding="utf-8"
    )

    assert call(str(path), "--format", "table") == 0
    assert "(không số), không ngày" in capsys.readouterr().out


def test_no_django_is_imported() -> None:
    import subprocess

    code = "import sys, ancam.cli.read; sys.exit(any(m == 'django' or m.startswith('django.') for m in sys.modules))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own interpreter


def test_english_help_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def help_text() -> str:
        parser: Any = argparse.ArgumentParser()
        command.add_arguments(parser)
        return str(parser.format_help())

    monkeypatch.delenv("ANCAM_LANG", raising=False)
    assert "dạng kết quả" in help_text()
    monkeypatch.setenv("ANCAM_LANG", "en")
    assert "form of the answer" in help_text()
