"""An argument parser whose own words are Vietnamese too."""

import argparse
import re
import sys
from typing import Any, NoReturn

from ancam.cli.language import phrase

EXIT_REFUSED = 2

_COMPLAINTS = (
    (r"the following arguments are required: (.+)", "thiếu {0}"),
    (r"unrecognized arguments: (.+)", "không hiểu {0}"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", "{0} không nhận {1}; chấp nhận: {2}"),
    (r"argument (.+?): expected one argument", "{0} cần một giá trị"),
    (r"argument (.+?): expected at least one argument", "{0} cần ít nhất một giá trị"),
    (r"argument (.+?): invalid .+? value: (.+)", "{0} không nhận giá trị {1}"),
    (r"argument (.+?): (chỉ nhận .+)", "{0} {1}"),
)


class CommandParser(argparse.ArgumentParser):
    """`argparse` with Vietnamese headings and complaints; exit code 2 and one sentence on stderr when refused."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs, add_help=False, formatter_class=_HelpLayout, allow_abbrev=False)
        self._positionals.title = phrase("Đối số", "Arguments")
        self._optionals.title = phrase("Tùy chọn", "Options")
        self.add_argument("-h", "--help", action="help", help=phrase("xem trợ giúp rồi thoát", "show help and exit"))

    def error(self, message: str) -> NoReturn:
        told = phrase(
            f"Lệnh chưa đúng: {_in_vietnamese(message)}. Xem cách dùng: {self.prog} --help",
            f"Command not understood: {message}. See: {self.prog} --help",
        )
        print(told, file=sys.stderr)
        sys.exit(EXIT_REFUSED)


class _HelpLayout(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, phrase("Cách dùng: ", "Usage: "))


def _in_vietnamese(message: str) -> str:
    for pattern, wording in _COMPLAINTS:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return wording.format(*match.groups())
    return message
