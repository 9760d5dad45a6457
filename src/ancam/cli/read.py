"""`ancam read`: documents in, their duties out, as JSON or as a table."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ancam.cli.language import phrase
from ancam.engines.reading.contract import refusal_json, to_json
from ancam.engines.reading.errors import FileTooLarge, ReadingRefused, UnsupportedType
from ancam.engines.reading.limits import Limits
from ancam.engines.reading.model import Obligation, Reading
from ancam.engines.reading.read import read_document
from ancam.kit.bounds import size_in_words

DONE = 0
REFUSED = 2

_HEADINGS = ("Mục", "Chủ trì", "Nhiệm vụ", "Thời hạn", "Tin cậy")
_WIDTHS = (8, 26, 60, 22, 7)
_CADENCES = {
    "none": "", "monthly": "hằng tháng", "quarterly": "hằng quý", "yearly": "hằng năm",
    "periodic": "định kỳ", "continuous": "thường xuyên",
}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments; help is Vietnamese, English with `ANCAM_LANG=en`."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar=phrase("TỆP", "FILE"),
        help=phrase(
            "văn bản .txt .md .html .docx .odt .pdf có lớp chữ; '-' là đầu vào chuẩn",
            "documents: .txt .md .html .docx .odt, .pdf with a text layer; '-' is standard input",
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


def run(arguments: argparse.Namespace) -> int:
    """Read each file and print one answer; 0 when all were read, 2 when one was refused (its reason on stderr)."""
    chosen = arguments.format or ("table" if sys.stdout.isatty() else "json")
    if chosen in ("xlsx", "docx"):
        print(UnsupportedType(name=f"--format {chosen}", kind="kết quả"), file=sys.stderr)
        return REFUSED
    results = [_read(name) for name in arguments.files]
    for _, outcome in results:
        if isinstance(outcome, ReadingRefused):
            print(outcome, file=sys.stderr)
    if chosen == "json":
        _print_json(results)
    else:
        _print_tables(results)
    return REFUSED if any(isinstance(outcome, ReadingRefused) for _, outcome in results) else DONE


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


def _print_json(results: list[tuple[str, Reading | ReadingRefused]]) -> None:
    documents: list[dict[str, Any]] = [
        refusal_json(name, str(outcome)) if isinstance(outcome, ReadingRefused) else to_json(outcome)
        for name, outcome in results
    ]
    answer = documents[0] if len(documents) == 1 else {"documents": documents}
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def _print_tables(results: list[tuple[str, Reading | ReadingRefused]]) -> None:
    readings = [outcome for _, outcome in results if isinstance(outcome, Reading)]
    sys.stdout.write("\n".join(line for reading in readings for line in _table(reading)))
    sys.stdout.write("\n" if readings else "")


def _table(reading: Reading) -> Iterator[str]:
    head = reading.document
    number = f"{head.number or '…'}/{head.symbol}" if head.symbol else "(không số)"
    issued = f"{head.date or 'không ngày'}, {head.issuer or 'không rõ cơ quan'}"
    yield f"{reading.source.name}: {head.kind or 'văn bản'} {number}, {issued}"
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
    parts = (f"{last:%d/%m/%Y}" if last else one.deadline.text or "", _CADENCES[one.cadence])
    return ", ".join(part for part in parts if part)
