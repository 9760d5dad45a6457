"""`ancam read`: documents in, their duties out, as JSON, a table, a workbook or a paper to print."""

import argparse
import json
import sys
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from ancam.cli.language import phrase
from ancam.cli.progress import Progress
from ancam.cli.read_lists import CADENCES, listed_letter, title_of
from ancam.cli.sinks import STANDARD_OUTPUT, require_free, sink
from ancam.cli.workers import Late, Lost, TookTooLong, cores, results, stopped_after
from ancam.engines.drafting.duty_list import write_duty_list
from ancam.engines.drafting.duty_list_values import ListedLetter
from ancam.engines.drafting.duty_workbook import write_duty_workbook
from ancam.engines.reading.contract import refusal_json, to_json
from ancam.engines.reading.errors import FileTooLarge, ReadingRefused
from ancam.engines.reading.limits import Limits
from ancam.engines.reading.model import Obligation, Reading
from ancam.engines.reading.read import read_document
from ancam.kit.bounds import size_in_words
from ancam.kit.errors import AnCamError

DONE = 0
REFUSED = 2

_HEADINGS = ("Mục", "Chủ trì", "Nhiệm vụ", "Thời hạn", "Tin cậy")
_WIDTHS = (8, 26, 60, 22, 7)
_WRITERS = {"xlsx": write_duty_workbook, "docx": write_duty_list}
# For one file: the longest text takes seconds, 500 scanned pages many minutes.
WITHIN_S = 1800
_GRACE_S = 30  # for what only the end of its process stops
_BAR = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What one file gave: its part of the whole answer, None when it has none; and its refusal."""

    part: str | ListedLetter | None
    refusal: ReadingRefused | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments; help is Vietnamese, English with `ANCAM_LANG=en`."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar=phrase("TỆP", "FILE"),
        help=phrase(
            "văn bản .txt .md .html .docx .doc .odt .pdf, ảnh .png .jpg .tif; '-' là đầu vào chuẩn",
            "documents: .txt .md .html .docx .doc .odt .pdf, pictures: .png .jpg .tif; '-' is standard input",
        ),
    )
    parser.add_argument(
        "--format",
        choices=("json", "table", "xlsx", "docx"),
        help=phrase(
            "dạng kết quả; mặc định: table trên màn hình, json khi nối sang chương trình khác",
            "form of the answer; default: table on a terminal, json in a pipe",
        ),
    )
    parser.add_argument(
        "--output",
        metavar=phrase("TỆP", "FILE"),
        help=phrase(
            "ghi kết quả vào tệp mới; nên có với xlsx và docx, vốn không in ra màn hình",
            "write the answer to a new file; wanted for xlsx and docx, which no terminal shows",
        ),
    )


def run(arguments: argparse.Namespace) -> int:
    """Read each file and give one answer; 0 when all were read, 2 when one was refused (its reason on stderr).

    A workbook or paper holds what could be read, and is not made when nothing could.
    """
    output = arguments.output
    chosen = arguments.format or ("table" if sys.stdout.isatty() and not output else "json")
    if chosen in _WRITERS and not output and sys.stdout.isatty():
        raise NoBytesOnTerminal(form=f".{chosen}")
    if output and output != STANDARD_OUTPUT:
        require_free(output)
    refused: list[str] = []
    with closing(_answers(arguments.files, chosen)) as answers:
        parts = _told(answers, arguments.files, refused)
        _write(_pieces(chosen, parts, many=len(arguments.files) > 1), output)
    return REFUSED if refused else DONE


class NoBytesOnTerminal(AnCamError):
    """A workbook or paper with nowhere to go but a terminal. Values: `form`."""

    what = "Màn hình không hiện được kết quả dạng {form}"
    next_step = "Đề nghị thêm --output TỆP, hoặc nối kết quả sang một tệp"


class StoppedLate(ReadingRefused):
    """It took longer than a file may. Values: `minutes`."""

    what = "Đọc {name} quá {minutes} phút chưa xong nên đã dừng"
    next_step = "Đề nghị tách thành nhiều tệp nhỏ hơn"


class ReaderDied(ReadingRefused):
    """The process that read the file was killed from outside."""

    what = "Việc đọc {name} bị ngắt giữa chừng, có thể vì máy hết bộ nhớ"
    next_step = "Đề nghị đóng bớt chương trình khác rồi đọc riêng tệp này"


class ReaderFailed(ReadingRefused):
    """A defect of ours. Values: `error`, the name of the exception; its words may hold words of the document."""

    what = "Phần mềm gặp lỗi {error} khi đọc {name}"
    next_step = "Đề nghị báo cho người phát triển phần mềm"


def _answers(paths: list[str], chosen: str) -> Generator[Answer, None, None]:
    """Yield what each file gives, in their order: one is read right here, many on all cores."""
    # Standard input is this process's own.
    if len(paths) == 1 or STANDARD_OUTPUT in paths:
        yield from (answer_of(path, chosen) for path in paths)
        return
    work = partial(_safe_answer_of, chosen=chosen)
    outcomes = results(work, paths, min(cores(), len(paths)), WITHIN_S + _GRACE_S)
    with closing(outcomes):
        for path, outcome in zip(paths, outcomes, strict=True):
            yield _refused(_lost(outcome, _name(path)), chosen) if isinstance(outcome, Lost) else outcome


def answer_of(path: str, chosen: str) -> Answer:
    """Return what one file gives in the form that was chosen."""
    name = _name(path)
    try:
        with stopped_after(WITHIN_S):
            return Answer(_part(read_document(_bytes(path, name), name), chosen))
    except ReadingRefused as refusal:
        return _refused(refusal, chosen)
    except TookTooLong:
        return _refused(StoppedLate(name=name, minutes=WITHIN_S // 60), chosen)


def _safe_answer_of(path: str, chosen: str) -> Answer:
    """Return what one of many files gives; a defect of ours costs this file and not the others."""
    try:
        return answer_of(path, chosen)
    except Exception as exc:  # noqa: BLE001 - the top of a worker: told as a refusal, and whole when read alone
        return _refused(ReaderFailed(name=_name(path), error=type(exc).__name__), chosen)


def _name(path: str) -> str:
    return "stdin" if path == STANDARD_OUTPUT else Path(path).name


def _lost(outcome: Lost, name: str) -> ReadingRefused:
    return StoppedLate(name=name, minutes=WITHIN_S // 60) if isinstance(outcome, Late) else ReaderDied(name=name)


def _refused(refusal: ReadingRefused, chosen: str) -> Answer:
    part = _json(refusal_json(refusal.name, str(refusal))) if chosen == "json" else None
    return Answer(part, refusal)


def _part(reading: Reading, chosen: str) -> str | ListedLetter:
    if chosen == "json":
        return _json(to_json(reading))
    return "".join(f"{line}\n" for line in _table(reading)) if chosen == "table" else listed_letter(reading)


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)


def _told(answers: Iterator[Answer], paths: list[str], refused: list[str]) -> Iterator[str | ListedLetter]:
    """Yield the parts as they come; show how far they are, say each refusal and add it to those `refused`."""
    progress = Progress(phrase("Đang đọc", "Reading"), quiet=len(paths) == 1, in_words=partial(_bar, len(paths)))
    for done, answer in enumerate(answers, start=1):
        if answer.refusal or sys.stdout.isatty():
            progress.end()
        if answer.refusal:
            refused.append(answer.refusal.name)
            print(answer.refusal, file=sys.stderr)
        if answer.part is not None:
            yield answer.part
        progress(done)
    progress.end()


def _bar(whole: int, done: int) -> str:
    full = done * _BAR // whole
    return f"{'█' * full}{'░' * (_BAR - full)} {done}/{whole}"


def _pieces(chosen: str, parts: Iterator[Any], *, many: bool) -> Iterator[str | bytes]:
    """Yield what is written, piece by piece; nothing when there is nothing to write."""
    if chosen in _WRITERS:
        if letters := list(parts):
            yield _WRITERS[chosen](letters)
    elif chosen == "table":
        yield from parts
    elif many:
        yield from _listed(parts)
    else:
        yield from (f"{part}\n" for part in parts)


def _listed(parts: Iterator[str]) -> Iterator[str]:
    """Yield `{"documents": […]}` as its objects come, laid out as `json.dumps` lays out the whole."""
    before = '{\n "documents": [\n  '
    for part in parts:
        yield before + part.replace("\n", "\n  ")
        before = ",\n  "
    yield "\n ]\n}\n"


def _write(pieces: Iterator[str | bytes], output: str | None) -> None:
    for first in pieces:
        if output in (None, STANDARD_OUTPUT) and isinstance(first, str):
            sys.stdout.write(first)
            continue
        with sink(output or STANDARD_OUTPUT) as file:
            for piece in chain([first], pieces):
                file.write(piece.encode() if isinstance(piece, str) else piece)


class FileNotOpened(ReadingRefused):
    """No such file, or no right to read it."""

    what = "Không mở được tệp {name}"
    next_step = "Đề nghị kiểm tra tên tệp và quyền đọc"


def _bytes(path: str, name: str) -> bytes:
    limit = Limits().max_bytes
    try:
        if path == "-":
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(path).open("rb") as stream:
                data = stream.read(limit + 1)
    except OSError as exc:
        raise FileNotOpened(name=name) from exc
    if len(data) > limit:
        raise FileTooLarge(name=name, limit=size_in_words(limit))
    return data


def _table(reading: Reading) -> Iterator[str]:
    head = reading.document
    issued = f"{head.date or 'không ngày'}, {head.issuer or 'không rõ cơ quan'}"
    yield f"{reading.source.name}: {title_of(head)}, {issued}"
    yield from (f"  ! {anomaly.message}" for anomaly in reading.anomalies)
    yield _row(_HEADINGS)
    yield _row(tuple("-" * width for width in _WIDTHS))
    for one in reading.obligations:
        yield _row(
            (one.id, ", ".join(actor.text for actor in one.leads), one.action, _when(one), f"{one.confidence:.2f}")
        )
        yield from (f"{'':{_WIDTHS[0]}}  ! {anomaly.message}" for anomaly in one.anomalies)


def _row(cells: tuple[str, ...]) -> str:
    return "  ".join(f"{_cut(cell, width):<{width}}" for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _when(one: Obligation) -> str:
    last = one.deadline.last_day
    parts = (f"{last:%d/%m/%Y}" if last else one.deadline.text or "", CADENCES[one.cadence])
    return ", ".join(part for part in parts if part)
