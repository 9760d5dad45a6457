"""A copy that came back, looked into: what it is, whether its signatures hold, whether it says what was issued."""

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from ancam.engines.signing.errors import Fault
from ancam.engines.signing.words import first_difference
from ancam.kit.errors import Wording
from ancam.papers.errors import CheckFailed, CopyRefused
from ancam.papers.models import TextMatch

TIME_LIMIT_S = 40
MOST_DIFFERENCE = 300
MOST_LOGGED = 2_000
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")

WHY = {
    Fault.NOT_A_PDF: Wording("tệp không phải PDF, JPEG hay PNG"),
    Fault.DAMAGED: Wording("tệp PDF bị hỏng hoặc không đọc được"),
    Fault.ENCRYPTED: Wording("tệp PDF đặt mật khẩu hoặc bị mã hóa"),
    Fault.TOO_LONG: Wording("tệp quá lớn hoặc quá phức tạp để kiểm tra"),
    Fault.TOO_MANY_OBJECTS: Wording("tệp quá lớn hoặc quá phức tạp để kiểm tra"),
    Fault.TOO_MANY_SIGNATURES: Wording("tệp mang quá nhiều chữ ký"),
    Fault.ALTERED: Wording("nội dung đã bị sửa, không còn khớp chữ ký số"),
    Fault.BROKEN: Wording("chữ ký số không hợp lệ"),
    Fault.NOT_WHOLE: Wording("chữ ký số không bao trùm cả tệp"),
    Fault.CHANGED_AFTER: Wording("tệp đã bị thay đổi sau khi ký"),
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """What a sound copy holds: its signatures as plain values, and its words, None for a picture."""

    signatures: list[dict[str, Any]]
    text: str | None


def look_into(data: bytes, at: datetime) -> Found:
    """Return what a copy holds; raise `CopyRefused` for one that is not sound. Up to 40 s, no network.

    Raises `CheckFailed` when no .pdf can be checked on this machine, which is no fault of this one.

    A .pdf comes from outside and may be made to harm: it is read in a process of its own, within bounds of time and
    memory. A picture is not opened at all.
    """
    if data.startswith(_PICTURES):
        return Found([], None)
    answer = _asked(data, at)
    if "fault" in answer:
        raise CopyRefused(field="file", why=WHY[Fault(answer["fault"])])
    return Found(answer["signatures"], answer["text"])


def compared(issued: str | None, copy: str | None) -> tuple[TextMatch, str]:
    """Return whether a copy holds the words that were issued, and where they first differ.

    Unknown when either holds no words, as a scan does.
    """
    if not (issued or "").strip() or not (copy or "").strip():
        return TextMatch.UNKNOWN, ""
    difference = first_difference(issued or "", copy or "")
    return (TextMatch.SAME, "") if difference is None else (TextMatch.DIFFERENT, difference[:MOST_DIFFERENCE])


def _asked(data: bytes, at: datetime) -> dict[str, Any]:
    # -P: where the server was started, a file of the library's name must not stand in for it.
    command = [sys.executable, "-P", "-m", "ancam.engines.signing", str(settings.SIGNATURE_ROOTS), at.isoformat()]
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            command, input=data, capture_output=True, timeout=TIME_LIMIT_S, check=False
        )
    except subprocess.TimeoutExpired:
        return {"fault": Fault.TOO_LONG}
    if done.returncode < 0:
        # A signal: ended by its own bounds of memory and time.
        return {"fault": Fault.TOO_LONG}
    if done.returncode:
        told = done.stderr.decode(errors="replace")[-MOST_LOGGED:]
        log.error("checking a signed copy ended with code %s: %s", done.returncode, told)
        raise CheckFailed(field="file")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
