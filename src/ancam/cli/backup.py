"""`ancam backup`: the whole instance in one file sealed with a passphrase, while AnCam runs."""

import argparse
import json
import sys
from pathlib import Path

from ancam.cli import outcomes, passphrase
from ancam.cli.django_setup import require_prepared_instance, set_up_django
from ancam.cli.language import phrase
from ancam.cli.processes import end_by_signal
from ancam.cli.progress import Progress
from ancam.cli.sinks import sink
from ancam.kit.bounds import size_in_words


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    file = phrase(
        "tệp sao lưu; mặc định ancam-NGÀY-GIỜ.age trong thư mục hiện tại; '-' là đầu ra chuẩn",
        "the backup; default ancam-DATE-TIME.age in the current folder; '-' is standard output",
    )
    parser.add_argument("file", nargs="?", metavar=phrase("TỆP", "FILE"), help=file)
    passphrase.add_arguments(parser)
    without = phrase("không kèm khóa của hệ thống", "leave the instance's keys out")
    parser.add_argument("--without-key", action="store_true", help=without)
    outcomes.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the backup and say what is in it. With `-` the figures go to stderr."""
    end_by_signal()
    set_up_django()
    require_prepared_instance()
    from ancam.keeping.backup import write_backup
    from ancam.web import clock

    at = clock.now()
    name = arguments.file or f"ancam-{at.astimezone(clock.VIETNAM):%Y%m%d-%H%M%S}.age"
    told = Progress(phrase("Đang sao lưu", "Backing up"), quiet=arguments.quiet)
    secret = passphrase.new_passphrase(arguments.passphrase_file)
    with sink(name) as file:
        summary = write_backup(file, secret, with_keys=not arguments.without_key, at=at, told=told)
    told.end()
    if arguments.quiet:
        return 0
    size = Path(name).stat().st_size if name != "-" else None
    out = sys.stderr if name == "-" else sys.stdout
    if arguments.json:
        values = {"file": name, "size_bytes": size, **summary.as_values()}
        print(json.dumps(values, ensure_ascii=False, indent=1), file=out)
        return 0
    size_told = "" if size is None else f" ({size_in_words(size)})"
    print(phrase("Đã sao lưu", "Backed up") + f": {name}{size_told}", file=out)
    outcomes.tell_contents(summary, out)
    return 0
