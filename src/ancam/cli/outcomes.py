"""How a command over the whole instance tells what it did: in lines, as JSON, or not at all."""

import argparse
from typing import TYPE_CHECKING, TextIO

from ancam.cli.language import phrase

if TYPE_CHECKING:
    from ancam.keeping.contents import Summary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `--quiet` and `--json`."""
    parser.add_argument("--quiet", action="store_true", help=phrase("chỉ in khi có lỗi", "print only errors"))
    parser.add_argument("--json", action="store_true", help=phrase("in kết quả dạng JSON", "print the result as JSON"))


def tell_contents(summary: "Summary", out: TextIO) -> None:
    """Print how much a backup holds, and the head of its ledger."""
    manifest = summary.manifest
    rows, files = sum(manifest.rows.values()), manifest.files
    print(phrase(f"  {rows} dòng dữ liệu, {files} tệp", f"  {rows} rows, {files} files"), file=out)
    if manifest.trust_digest:
        keys = manifest.trusted_keys
        print(phrase(f"  tệp khóa tin cậy: {keys} khóa có hiệu lực", f"  enrolled keys that count: {keys}"), file=out)
    if guesses := manifest.guesses:
        print(phrase(f"  sổ đăng nhập đã thử: {guesses} dòng", f"  guessed logins: {guesses} lines"), file=out)
    print(phrase("  mốc sổ nhật ký", "  ledger head") + f": {summary.head.ledger_head}", file=out)
