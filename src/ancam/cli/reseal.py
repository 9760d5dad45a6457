"""`ancam reseal`: after a new encryption key was put first, close every stored secret with it, so the old may go."""

import argparse
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from ancam.cli import outcomes
from ancam.cli.django_setup import require_prepared_instance, set_up_django
from ancam.cli.language import phrase
from ancam.cli.processes import end_by_signal
from ancam.cli.progress import Progress

if TYPE_CHECKING:
    from ancam.keeping.resealing import Sealed

EXIT_NOT_ALL = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    dry_run = phrase("chỉ đếm, không đổi gì", "only count, change nothing")
    parser.add_argument("--dry-run", action="store_true", help=dry_run)
    outcomes.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Reseal, or count, and say with which keys the secrets are sealed now; 1 when some could not be resealed."""
    end_by_signal()
    set_up_django()
    require_prepared_instance()
    from ancam.keeping.resealing import count_sealed

    sealed = count_sealed() if arguments.dry_run else _reseal(quiet=arguments.quiet)
    if arguments.json:
        print(json.dumps({**asdict(sealed), "older": sealed.older, "total": sealed.total}))
    elif not arguments.quiet:
        _tell(sealed)
    if sealed.closed:
        vi = (
            f"{sealed.closed} bí mật không khóa nào mở được, nên giữ nguyên. "
            "Đề nghị thêm khóa cũ vào sau ANCAM_ENCRYPTION_KEY rồi chạy lại; mất hẳn khóa đó thì người liên quan "
            "thiết lập lại lớp thứ hai."
        )
        en = f"{sealed.closed} secrets open with no key and stay as they are. Add the old key and run this again."
        print(phrase(vi, en), file=sys.stderr)
    if sealed.older and not arguments.dry_run:
        vi = (
            f"{sealed.older} bí mật vừa được lưu bằng khóa cũ trong lúc chạy. "
            "Đề nghị khởi động lại AnCam trên mọi máy để dùng khóa mới, rồi chạy lại: ancam reseal"
        )
        en = (
            f"{sealed.older} secrets were sealed with an older key meanwhile. Restart AnCam everywhere, run this again."
        )
        print(phrase(vi, en), file=sys.stderr)
    return EXIT_NOT_ALL if sealed.closed or (sealed.older and not arguments.dry_run) else 0


def _reseal(*, quiet: bool) -> "Sealed":
    from ancam.keeping.resealing import reseal_secrets
    from ancam.web import clock

    told = Progress(phrase("Đang mã hóa lại", "Resealing"), quiet=quiet, in_words=str)
    try:
        return reseal_secrets(at=clock.now(), told=told)
    finally:
        told.end()


def _tell(sealed: "Sealed") -> None:
    print(phrase(f"{sealed.total} bí mật trong cơ sở dữ liệu", f"{sealed.total} secrets in the database"))
    for number, count in enumerate(sealed.by_key, start=1):
        which = phrase(f"khóa thứ {number}", f"key {number}")
        newest = phrase(" (mới nhất)", " (newest)") if number == 1 else ""
        print(f"  {which}{newest}: {count}")
    if len(sealed.by_key) > 1 and not sealed.older and not sealed.closed:
        print(phrase("  Các khóa sau khóa thứ nhất bỏ được.", "  The keys after the first may be dropped."))
