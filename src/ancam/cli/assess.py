"""`ancam assess`: a signed authorisation in; who lives in its ranges, and what is wrong with it, out. No Django."""

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from ancam import __version__
from ancam.cli.assess_words import found_in_words, progress_in_words, stopped_in_words
from ancam.cli.language import phrase
from ancam.cli.progress import Progress
from ancam.engines.firmware.advisories import Certainty, advisories_for, build_date
from ancam.engines.probing.assess import Order
from ancam.engines.probing.assess import Progress as RunProgress
from ancam.engines.probing.detail import Advice, Identity, Verdict
from ancam.engines.probing.errors import DiskFull, NoIPv6Here
from ancam.engines.probing.looking.accounts import Account
from ancam.engines.probing.permission.authorisation import Authorisation
from ancam.engines.probing.permission.clock_guard import keep_time, require_forward
from ancam.engines.probing.permission.guard import permit
from ancam.engines.probing.permission.surroundings import has_ipv6, read_surroundings
from ancam.engines.probing.permission.trust import read_trust
from ancam.engines.probing.permission.windows import VIETNAM, closes_at
from ancam.engines.probing.recording.journal import Journal, NotKept
from ancam.engines.probing.recording.last_run import LastRun
from ancam.engines.probing.recording.logins import GuessedLogins
from ancam.engines.probing.recording.records import EVENTS, SUMMARY
from ancam.engines.probing.run import carry_out, open_run
from ancam.engines.probing.scans import FoundHost, found_in
from ancam.engines.probing.sending.stopping import STOP_FILE, Stop
from ancam.engines.probing.wire.errors import Garbled
from ancam.kit.data_folder import ASSESS_FOLDER, TRUST_FILE, data_folder
from ancam.kit.errors import AnCamError

FINISHED, STOPPED = 0, 3
_MOST_BYTES = 1_000_001  # one more than an authorisation may have


class OwnerPasswordMissing(AnCamError):
    """The environment does not hold the owner's password. Values: `variable`."""

    what = "Biến môi trường {variable} chưa có mật khẩu của chủ sở hữu"
    ground = "văn bản cho phép có chế độ owner_credential"
    next_step = "Đề nghị đặt biến đó rồi chạy lại; mật khẩu không ghi vào tệp nào"


class FileNotRead(AnCamError):
    """A file that was named cannot be read. Values: `file`, `error`."""

    what = "Không đọc được tệp {file}: {error}"
    next_step = "Đề nghị kiểm tra tên tệp và quyền đọc"


class ScanNotRead(AnCamError):
    """A result of an earlier scan is none that can be used. Values: `file`."""

    what = "Tệp {file} không phải kết quả quét của nmap hay masscan"
    next_step = "Đề nghị dùng tệp do nmap -oX, -oG hoặc masscan -oX, -oJ, -oL ghi ra"


class FolderNotUsable(AnCamError):
    """A folder cannot be made or written to. Values: `folder`, `error`."""

    what = "Không ghi được vào thư mục {folder}: {error}"
    next_step = "Đề nghị kiểm tra đường dẫn, quyền ghi và dung lượng đĩa"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments; help is Vietnamese, English with `ANCAM_LANG=en`."""
    file, folder = phrase("TỆP", "FILE"), phrase("THƯ MỤC", "FOLDER")
    parser.add_argument(
        "targets",
        nargs="*",
        metavar=phrase("MỤC TIÊU", "TARGET"),
        help=phrase("địa chỉ, dải a-b hoặc CIDR; bỏ trống là tất cả những gì được phép", "addresses, a-b or CIDR"),
    )
    parser.add_argument(
        "--authorization",
        required=True,
        type=Path,
        metavar=file,
        help=phrase("văn bản cho phép đã ký (ancam authorize)", "the signed authorisation (ancam authorize)"),
    )
    parser.add_argument(
        "--out", required=True, type=Path, metavar=folder, help=phrase("thư mục ghi kết quả", "where results go")
    )
    parser.add_argument(
        "--trust",
        type=Path,
        metavar=file,
        help=phrase(
            "khóa đã đăng ký; mặc định $ANCAM_DATA/trust.yaml", "enrolled keys; default $ANCAM_DATA/trust.yaml"
        ),
    )
    parser.add_argument(
        "--state",
        type=Path,
        metavar=folder,
        help=phrase("sổ giữ qua các đợt; mặc định $ANCAM_DATA/assess", "kept across runs; default $ANCAM_DATA/assess"),
    )
    parser.add_argument(
        "--unsigned",
        action="store_true",
        help=phrase("không cần chữ ký; chỉ trong phòng thí nghiệm", "no signatures; in a laboratory only"),
    )
    parser.add_argument(
        "--resume", action="store_true", help=phrase("làm tiếp đợt dở dang trong --out", "go on with the run in --out")
    )
    parser.add_argument(
        "--from-scan",
        type=Path,
        metavar=file,
        help=phrase("lấy thiết bị từ kết quả nmap hoặc masscan, không tự quét dải", "devices from nmap or masscan"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Assess what is permitted; 0 finished, 3 stopped early (`--resume` goes on), 2 refused with nothing sent."""
    now = now_here()
    trust_file = arguments.trust or data_folder() / TRUST_FILE
    state = arguments.state or data_folder() / ASSESS_FOLDER
    trust = read_trust(trust_file) if trust_file.exists() else None
    surroundings = read_surroundings()
    permitted = permit(
        _read(arguments.authorization), trust=trust, now=now, unsigned=arguments.unsigned, surroundings=surroundings
    )
    targets = permitted.scope.admit(arguments.targets) if arguments.targets else permitted.scope.allowed
    if targets.has_ipv6 and not has_ipv6():
        raise NoIPv6Here
    known = _known(arguments.from_scan) if arguments.from_scan else ()
    owner = _owner(permitted.authorisation)
    require_forward(state, now)
    with _writing_in(arguments.out):
        records = open_run(
            arguments.out, permitted, targets, trust_file if trust else None, resuming=arguments.resume, now=now
        )
    try:
        if records.is_finished:
            print(phrase("Đợt kiểm tra này đã xong", "This run is finished"), file=sys.stderr)
            return FINISHED
        with _writing_in(state):
            keep_time(state, now)
            guesses = GuessedLogins(state, now_here)
        stop = Stop(closes_at(permitted.authorisation, now), now_here, (arguments.out / STOP_FILE, state / STOP_FILE))
        journal = Journal(arguments.out / EVENTS, now_here)
        shown = ProgressLine(phrase("Đang kiểm tra", "Assessing"))
        order = Order(
            permit=permitted,
            targets=targets,
            records=records,
            journal=journal,
            guesses=guesses,
            stop=stop,
            now=now_here,
            user_agent=_user_agent(permitted.authorisation),
            seed=records.manifest["seed"],
            advisories=_advisories,
            built_on=build_date,
            last_run=LastRun(state, permitted.authorisation.owner.unit),
            owner=owner,
            known=known,
            progress=shown,
        )
        reason = asyncio.run(_until_signalled(order, stop))
        shown.end()
        _keep_end(state)
    except DiskFull as full:
        print(full, file=sys.stderr)
        return STOPPED
    finally:
        records.close()
    _tell(reason, arguments.out)
    return FINISHED if reason is None else STOPPED


class ProgressLine:
    """Shows on a terminal how far a run is."""

    def __init__(self, label: str) -> None:
        self._words = ""
        self._line = Progress(label, quiet=False, in_words=lambda _: self._words)

    def __call__(self, progress: RunProgress) -> None:
        self._words = progress_in_words(progress)
        self._line(progress.finished)

    def end(self) -> None:
        """Clear the line."""
        self._line.end()


async def _until_signalled(order: Order, stop: Stop) -> str | None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.pull, "signal")
    return await carry_out(order)


def _advisories(identity: Identity) -> Sequence[Advice]:
    """Return what published advisories say of a device, in the assessor's words."""
    signs = [shown for one in identity.evidence for shown in (one.value, one.excerpt)]
    return [
        Advice(
            match.id,
            Verdict.FAIL if match.certainty is Certainty.AFFECTED else Verdict.INCONCLUSIVE,
            match.confidence,
            match.source,
        )
        for match in advisories_for(identity.vendor, identity.model, identity.firmware, signs=signs)
    ]


def now_here() -> datetime:
    """Return the time in Vietnam."""
    return datetime.now(VIETNAM)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES)
    except OSError as exc:
        raise FileNotRead(file=str(path), error=exc.strerror) from exc


def _known(path: Path) -> tuple[FoundHost, ...]:
    try:
        return tuple(found_in(path))
    except OSError as exc:
        raise FileNotRead(file=str(path), error=exc.strerror) from exc
    except Garbled as exc:
        raise ScanNotRead(file=str(path)) from exc


@contextmanager
def _writing_in(folder: Path) -> Iterator[None]:
    """Tell a person which folder it is that cannot be written to."""
    try:
        yield
    except (OSError, NotKept) as exc:
        raise FolderNotUsable(folder=str(folder), error=getattr(exc, "strerror", None) or str(exc)) from exc


def _keep_end(state: Path) -> None:
    try:
        keep_time(state, now_here())
    except NotKept as exc:
        raise DiskFull(folder=str(state), error=str(exc)) from exc


def _owner(authorisation: Authorisation) -> Account | None:
    """Return the owner's account, its password from the environment; None when that mode is not authorised."""
    account = authorisation.owner_account
    if account is None or "owner_credential" not in authorisation.modes:
        return None
    password = os.environ.get(account.password_env)
    if not password:
        raise OwnerPasswordMissing(variable=account.password_env)
    return Account(account.username, password)


def _user_agent(authorisation: Authorisation) -> str:
    """Return what the device's log will hold: who asks, and how that person can be reached."""
    contact = authorisation.assessor.contact.encode("ascii", "ignore").decode()
    plain = "".join(sign for sign in contact if sign.isprintable() and sign not in "()")
    return f"AnCam/{__version__} (+{plain})"


def _tell(reason: str | None, folder: Path) -> None:
    if reason is not None:
        print(stopped_in_words(reason), file=sys.stderr)
        return
    for line in found_in_words(json.loads((folder / SUMMARY).read_bytes())):
        print(line)
    print(phrase(f"Kết quả: {folder}", f"Results: {folder}"))
