"""`ancam read` as a person or a program calls it."""

import argparse
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ancam.cli import read as command


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
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

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


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_forms_not_made_yet_are_refused(form: str, saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(str(saved), "--format", form) == 2

    told = capsys.readouterr()
    assert (told.out, "chưa hỗ trợ" in told.err) == ("", True)


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
