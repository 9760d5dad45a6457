"""Lines of the log, without what opens a door."""

import logging
import re

# One-time links: whoever reads the log must not be able to use them.
_TOKEN = re.compile(
    r"((?:/|%2F)(?:chao-mung|dang-ky|dat-lai-mat-khau|xac-nhan-thu|lich-han)(?:/|%2F))[^\s/\"'<>?&]+", re.IGNORECASE
)


class WithoutTokens(logging.Formatter):
    """Cut the token out of a one-time link wherever in the line it stands: message, arguments or traceback."""

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub(r"\1…", super().format(record))
