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
    from ancam.keeping.restore import Restored


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
        restored = None if arguments.check else _restore(arguments, source)
        summary = restored.summary if restored else _check(arguments, source)
    if arguments.quiet:
        return 0
    if arguments.json:
        print(json.dumps({**summary.as_values(), **_done(restored)}, ensure_ascii=False, indent=1))
        return 0
    print(phrase("Đã khôi phục", "Restored") if restored else phrase("Bản sao lưu nguyên vẹn", "The backup is whole"))
    outcomes.tell_contents(summary, sys.stdout)
    if not summary.head.has_keys:
        without = phrase("bản sao lưu không kèm khóa", "the backup holds no keys")
        print(f"  {without}: ANCAM_ENCRYPTION_KEY")
    if restored:
        _tell(restored)
    return 0


def _done(restored: "Restored | None") -> dict[str, Any]:
    if not restored:
        return {"set_aside": ""}
    return {"set_aside": restored.aside, **restored.put_back.as_values()}


def _tell(restored: "Restored") -> None:
    trust, guesses = restored.put_back.trust, restored.put_back.guesses
    if trust and trust.is_new:
        print(phrase(*_TRUST_AS_KEPT))
    elif trust:
        print(phrase(*_TRUST_STAYS))
        if trust.revoked:
            ids = ", ".join(trust.revoked)
            print(phrase(f"    thu hồi theo bản sao lưu: {ids}", f"    revoked as in the backup: {ids}"))
        if left_out := ", ".join(
            [*trust.left_out, *(f"{held.prefix} ({held.unit})" for held in trust.left_out_prefixes)]
        ):
            print(phrase(*_LEFT_OUT) + f": {left_out}")
    if guesses:
        added = f"  thêm vào sổ đăng nhập đã thử: {guesses} dòng; dòng đang có được giữ đủ"
        print(phrase(added, f"  added to the guessed logins: {guesses} lines; what was there stays"))
    if restored.aside:
        print(phrase("  dữ liệu cũ được cất với tên", "  the old data are kept as") + f" {restored.aside}")


_TRUST_AS_KEPT = (
    "  trust.yaml như lúc sao lưu; khóa thu hồi sau lúc đó phải thu hồi lại, xem: ancam authorize keys list",
    "  trust.yaml is as it was then: revoke anew what was revoked since; see: ancam authorize keys list",
)
_TRUST_STAYS = (
    "  trust.yaml đang có được giữ, không khóa nào của bản sao lưu được thêm vào",
    "  the trust.yaml that was here stays; no key of the backup was enrolled",
)
_LEFT_OUT = (
    "    có hiệu lực trong bản sao lưu nhưng không ở đây, cần thì đăng ký lại",
    "    counts in the backup and not here, to be enrolled again where needed",
)


def _check(arguments: argparse.Namespace, source: BinaryIO) -> "Summary":
    from ancam.keeping.reading import Checking, read_backup

    told = Progress(phrase("Đang kiểm tra", "Checking"), quiet=arguments.quiet)
    secret = passphrase.known_passphrase(arguments.passphrase_file)
    try:
        return read_backup(source, secret, Checking(), told=told)
    finally:
        told.end()


def _restore(arguments: argparse.Namespace, source: BinaryIO) -> "Restored":
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
