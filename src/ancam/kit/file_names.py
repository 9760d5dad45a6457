"""Names of files that come from outside: their ending is a claim, and what they hide is refused."""

import unicodedata
from pathlib import PurePath

from ancam.kit.errors import AnCamError

LONGEST = 255
# What a desktop runs, or opens as a page, when a name hides it before an innocent ending. Only what no abbreviation of
# an office is: `VB` stands in many a letter's name.
# fmt: off
RUNNABLE = frozenset({
    "bat", "chm", "cmd", "cpl", "dll", "docm", "dotm", "exe", "hta", "htm", "html", "jar", "jse", "lnk", "msi",
    "pif", "php", "pptm", "ps1", "scr", "svg", "vbe", "vbs", "wsf", "wsh", "xhtml", "xlsm", "xltm",
})
# fmt: on


class RunnableName(AnCamError):
    """A name that carries the ending of a program. Values: `field`, `name`, `ending`."""

    what = "Chưa nhận tệp {name}"
    ground = "tên tệp có đuôi .{ending}, là đuôi của chương trình, trang web hoặc tệp có macro"
    next_step = (
        "Đề nghị kiểm tra tệp đến từ đâu; đúng là văn bản thì lưu thành .docx hoặc .pdf, tên chỉ một đuôi, rồi gửi lại"
    )


def ending_of(name: str) -> str:
    """Return the ending of a name in lower case, without its dot; empty when it has none."""
    return PurePath(plain_name(name)).suffix.lower().removeprefix(".")


def plain_name(name: str) -> str:
    """Return a name as it may be kept and shown: its last part, nothing that hides or turns letters, 255 at most."""
    last = name.replace("\\", "/").rpartition("/")[2]
    letters = (" " if letter.isspace() else letter for letter in unicodedata.normalize("NFC", last))
    plain = "".join(letter for letter in letters if not unicodedata.category(letter).startswith("C"))
    return plain.strip(" .")[-LONGEST:]


def require_plain_ending(name: str, *, field: str = "file") -> None:
    """Raise `RunnableName` when any ending of the name is that of a program: `x.pdf.exe`, and `x.exe.pdf` too."""
    for ending in PurePath(plain_name(name)).suffixes:
        if ending.lower().strip(" .") in RUNNABLE:
            raise RunnableName(field=field, name=plain_name(name), ending=ending.lower().strip(" ."))
