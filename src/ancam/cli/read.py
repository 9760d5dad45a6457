"""`ancam read`: documents in, their duties out, as JSON, a table, a workbook or a paper to print."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ancam.cli.language import phrase
from ancam.cli.read_lists import CADENCES, listed_letter, title_of
from ancam.cli.sinks import STANDARD_OUTPUT, require_free, sink
from ancam.engines.drafting.duty_list import write_duty_list
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
    results = [_read(name) for name in arguments.files]
    for _, outcome in results:
        if isinstance(outcome, ReadingRefused):
            print(outcome, file=sys.stderr)
    if answer := _answer(chosen, results):
        _write(answer, output)
    return REFUSED if any(isinstance(outcome, ReadingRefused) for _, outcome in results) else DONE


class NoBytesOnTerminal(AnCamError):
    """A workbook or paper with nowhere to go but a terminal. Values: `form`."""

    what = "Màn hình không hiện được kết quả dạng {form}"
    next_step = "Đề nghị thêm --output TỆP, hoặc nối kết quả sang một tệp"


def _answer(chosen: str, results: list[tuple[str, Reading | ReadingRefused]]) -> str | bytes:
    """Return what is given back in the form that was chosen; nothing when there is nothing to write."""
    if chosen == "json":
        return _as_json(results)
    readings = [outcome for _, outcome in results if isinstance(outcome, Reading)]
    if chosen == "table":
        return "".join(f"{line}\n" for reading in readings for line in _table(reading))
    return _WRITERS[chosen]([listed_letter(reading) for reading in readings]) if readings else b""


def _write(answer: str | bytes, output: str | None) -> None:
    if output in (None, STANDARD_OUTPUT) and isinstance(answer, str):
        sys.stdout.write(answer)
        return
    with sink(output or STANDARD_OUTPUT) as file:
        file.write(answer.encode() if isinstance(answer, str) else answer)


def _read(path: str) -> tuple[str, Reading | ReadingRefused]:
    name = "stdin" if path == "-" else Path(path).name
    try:
        return name, read_document(_bytes(path, name), name)
    except ReadingRefused as refusal:
        return name, refusal


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


def _as_json(results: list[tuple[str, Reading | ReadingRefused]]) -> str:
    documents: list[dict[str, Any]] = [
        refusal_json(name, str(outcome)) if isinstance(outcome, ReadingRefused) else to_json(outcome)
        for name, outcome in results
    ]
    answer = documents[0] if len(documents) == 1 else {"documents": documents}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


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
