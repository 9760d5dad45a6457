"""The table of commands and their common edge: errors of ours end in one sentence and exit code 2."""

import importlib
import os
import sys
from collections.abc import Sequence

from ancam import __version__
from ancam.cli.language import phrase
from ancam.cli.parsing import EXIT_REFUSED, CommandParser
from ancam.kit.errors import AnCamError

# name: (module, Vietnamese, English). A module offers add_arguments(parser) and run(arguments) -> exit code.
COMMANDS = {
    "run": ("run", "chạy AnCam trên một máy: trang web và việc nền", "run AnCam on one machine: web and jobs"),
    "web": ("web", "chỉ chạy trang web", "run the web server alone"),
    "worker": ("worker", "chỉ chạy việc nền", "run the jobs alone"),
    "read": ("read", "đọc văn bản thành danh mục nhiệm vụ", "read documents into duties"),
    "authorize": ("authorize", "văn bản cho phép kiểm tra mạng: lập, ký, khóa", "authorisations to assess a network"),
    "audit": ("audit", "kiểm tra sổ nhật ký", "verify the ledger"),
    "check": ("check", "kiểm tra thiết lập và máy chủ", "check the settings and the machine"),
    "backup": ("backup", "sao lưu toàn bộ vào một tệp có mật khẩu", "back everything up into one sealed file"),
    "restore": ("restore", "khôi phục từ tệp sao lưu", "restore from a backup"),
    "reseal": ("reseal", "mã hóa lại các bí mật bằng khóa mới nhất", "seal secrets anew with the newest key"),
    "assess": ("assess", "kiểm tra thiết bị trên mạng theo văn bản cho phép", "assess devices under an authorisation"),
    "lab": ("lab", "chạy phòng thí nghiệm camera mô phỏng", "run the laboratory of simulated cameras"),
    "demo": ("demo", "dựng một tỉnh giả định để xem thử", "fill an invented province to try out"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 2 refused (one sentence on stderr), 3 stopped early."""
    # Whatever a command makes, the database above all, is closed to other users of the machine.
    os.umask(0o077)
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("-h", "--help"):
        print(_overview())
        return 0 if words else EXIT_REFUSED
    if words[0] == "--version":
        print(f"AnCam {__version__}")
        return 0
    if words[0] not in COMMANDS:
        told = phrase(f"Không có lệnh “{words[0]}”. Xem: ancam --help", f"No command “{words[0]}”. See: ancam --help")
        print(told, file=sys.stderr)
        return EXIT_REFUSED
    return _run(words[0], words[1:])


def _run(name: str, words: list[str]) -> int:
    module_name, vi, en = COMMANDS[name]
    command = importlib.import_module(f"ancam.cli.{module_name}")
    parser = CommandParser(prog=f"ancam {name}", description=phrase(vi, en))
    command.add_arguments(parser)
    arguments = parser.parse_args(words)
    try:
        return int(command.run(arguments))
    except AnCamError as refusal:
        print(refusal, file=sys.stderr)
        return EXIT_REFUSED
    except BrokenPipeError:
        # The reader of our output has gone; what is still buffered must not raise again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 3
    except KeyboardInterrupt:
        return 3


def _overview() -> str:
    head = phrase(
        f"AnCam {__version__}: từ văn bản chỉ đạo đến nhiệm vụ được theo dõi.\n\nCách dùng: ancam LỆNH …\n\nLệnh:",
        f"AnCam {__version__}: from a directive's letter to tracked duties.\n\nUsage: ancam COMMAND …\n\nCommands:",
    )
    lines = [f"  {name:<11}{phrase(vi, en)}" for name, (_, vi, en) in COMMANDS.items()]
    tail = phrase("Xem thêm: ancam LỆNH --help", "More: ancam COMMAND --help")
    return "\n".join([head, *lines, "", tail])
