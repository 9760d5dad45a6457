"""`ancam backup`: the whole instance in one file sealed with a passphrase, while AnCam runs."""

import argparse
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from ancam.cli import outcomes, passphrase
from ancam.cli.django_setup import require_prepared_instance, set_up_django
from ancam.cli.language import phrase
from ancam.cli.processes import end_by_signal
from ancam.cli.progress import Progress
from ancam.keeping.errors import FileTrouble, WouldOverwrite
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
    with _sink(name) as sink:
        summary = write_backup(sink, secret, with_keys=not arguments.without_key, at=at, told=told)
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


@contextmanager
def _sink(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        if sys.stdout.isatty():
            raise FileTrouble(name="-", reason=phrase("màn hình không nhận tệp nhị phân", "a terminal takes no bytes"))
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(name)
    if path.exists():
        raise WouldOverwrite(name=name)
    try:
        with _whole_or_not_at_all(path) as file:
            yield file
    except OSError as exc:
        raise FileTrouble(name=exc.filename or name, reason=exc.strerror or str(exc)) from exc


@contextmanager
def _whole_or_not_at_all(path: Path) -> Iterator[BinaryIO]:
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield cast("BinaryIO", file)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(temporary).unlink()
