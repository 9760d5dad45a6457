"""`ancam audit verify`: prove that the ledger is whole, or that an export of it is, with no instance at hand."""

import argparse
from pathlib import Path

from ancam.audit.errors import ExportRefused, HeadRefused
from ancam.audit.exports import check_export
from ancam.audit.rules import parse_head
from ancam.cli.django_setup import require_prepared_instance, set_up_django
from ancam.cli.language import phrase


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verify = phrase("kiểm tra toàn bộ sổ nhật ký", "verify the whole ledger")
    parser.add_argument("act", metavar="verify", choices=["verify"], help=verify)
    kept = phrase("mốc SỐ:MÃ đã giữ từ trước, sổ phải còn chứa", "a head N:DIGEST kept earlier, still to be found")
    parser.add_argument("--head", metavar="N:DIGEST", help=kept)
    export = phrase(
        "kiểm tra một bản xuất .jsonl thay cho sổ; không cần cơ sở dữ liệu",
        "verify an exported .jsonl file instead of the ledger; needs no database",
    )
    parser.add_argument("--file", metavar="EXPORT", type=Path, help=export)


def run(arguments: argparse.Namespace) -> int:
    """Print the ledger's head, or what the export holds; a broken chain is raised and told."""
    if arguments.file:
        print(_verified_export(arguments.file, arguments.head or ""))
        return 0
    set_up_django()
    require_prepared_instance()
    from ancam.audit.selectors import verify_ledger

    print(verify_ledger(arguments.head))
    return 0


def _verified_export(path: Path, kept_head: str) -> str:
    """Return in words what the export holds. Reads row by row; raises as `check_export` does, and `HeadRefused`."""
    if kept_head and parse_head(kept_head) is None:
        raise HeadRefused(head=kept_head)
    try:
        with path.open(encoding="utf-8", newline="\n") as rows:
            found = check_export(rows, name=path.name, kept_head=kept_head)
    except (OSError, UnicodeDecodeError) as exc:
        raise ExportRefused(name=path.name, row=0, why=str(exc)) from exc
    if not found.lines:
        return phrase("Bản xuất không có dòng nhật ký nào.", "The export holds no line of the ledger.")
    if found.is_whole:
        held = phrase("trọn vẹn từ dòng đầu tiên của sổ", "whole from the ledger's first line")
    elif found.run_count == 1:
        held = phrase("một đoạn liền mạch của sổ", "one unbroken part of the ledger")
    else:
        held = phrase(
            "các dòng đã lọc; mỗi dòng đúng mã của nó, các dòng ở giữa không có trong tệp",
            "filtered lines; each has its own seal, those between are not in the file",
        )
    lines = phrase(f"{found.lines} dòng ({found.numbers})", f"{found.lines} lines ({found.numbers})")
    return f"{lines}: {held}\n{found.head}"
