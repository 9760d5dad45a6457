"""`ancam restore`: an instance out of a backup, on an empty place or instead of another instance."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ancam.cli import outcomes, passphrase
from ancam.cli.django_setup import require_database, set_up_django
from ancam.cli.language import phrase
from ancam.cli.processes import end_by_signal
from ancam.cli.progress import Progress
from ancam.keeping.errors import FileTrouble

if TYPE_CHECKING:
    from ancam.keeping.contents import Summary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    file = phrase("tệp do ancam backup tạo; '-' là đầu vào chuẩn", "made by ancam backup; '-' is standard input")
    parser.add_argument("file", metavar=phrase("TỆP", "FILE"), help=file)
    passphrase.add_arguments(parser)
    check = phrase("chỉ kiểm tra tệp, không khôi phục", "only check the file")
    replace = phrase("thay hệ thống đang có, cất dữ liệu cũ sang bên", "replace what is there, set the old aside")
    acts = parser.add_mutually_exclusive_group()
    acts.add_argument("--check", action="store_true", help=check)
    acts.add_argument("--replace", action="store_true", help=replace)
    outcomes.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Restore or check, and say what is there now."""
    end_by_signal()
    set_up_django()
    with _source(arguments.file) as source:
        outcome = _check(arguments, source) if arguments.check else _restore(arguments, source)
    summary, aside = outcome
    if arguments.quiet:
        return 0
    if arguments.json:
        print(json.dumps({**summary.as_values(), "set_aside": aside}, ensure_ascii=False, indent=1))
        return 0
    done = phrase("Bản sao lưu nguyên vẹn", "The backup is whole")
    print(done if arguments.check else phrase("Đã khôi phục", "Restored"))
    outcomes.tell_contents(summary, sys.stdout)
    if not summary.head.has_keys:
        without = phrase("bản sao lưu không kèm khóa", "the backup holds no keys")
        print(f"  {without}: ANCAM_ENCRYPTION_KEY")
    if aside:
        print(phrase("  dữ liệu cũ được cất với tên", "  the old data are kept as") + f" {aside}")
    return 0


def _check(arguments: argparse.Namespace, source: BinaryIO) -> "tuple[Summary, str]":
    from ancam.keeping.reading import Checking, read_backup

    told = Progress(phrase("Đang kiểm tra", "Checking"), quiet=arguments.quiet)
    secret = passphrase.known_passphrase(arguments.passphrase_file)
    try:
        return read_backup(source, secret, Checking(), told=told), ""
    finally:
        told.end()


def _restore(arguments: argparse.Namespace, source: BinaryIO) -> "tuple[Summary, str]":
    from django.db import connection

    from ancam.keeping.in_use import be_alone_on_instance
    from ancam.keeping.places import require_free_place
    from ancam.keeping.restore import restore_backup
    from ancam.web import clock

    if connection.vendor == "postgresql":
        require_database()
    be_alone_on_instance()
    require_free_place(replace=arguments.replace)  # before anyone is asked for a passphrase
    told = Progress(phrase("Đang khôi phục", "Restoring"), quiet=arguments.quiet)
    secret = passphrase.known_passphrase(arguments.passphrase_file)
    try:
        at = clock.now().astimezone(clock.VIETNAM)
        return restore_backup(source, secret, replace=arguments.replace, at=at, told=told)
    finally:
        told.end()


@contextmanager
def _source(name: str) -> Iterator[Any]:
    try:
        if name == "-":
            yield sys.stdin.buffer
            return
        with Path(name).open("rb") as file:
            yield file
    except OSError as exc:
        raise FileTrouble(name=exc.filename or name, reason=exc.strerror or str(exc)) from exc
