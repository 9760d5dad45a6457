"""A stamp of secrecy, which ends the reading before anything of the document is kept."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

# A stamp stands alone on its line, framed or not; `bí mật nhà nước` or `mật khẩu` in a sentence is none.
_GRADE = r"(?:TUYỆT|TỐI)\s+MẬT|MẬT"
_STAMP = re.compile(rf"[\W_]*(?:(?:Độ|ĐỘ)\s+(?:mật|MẬT)\s*[:\-]?\s*)?(?:{_GRADE}|Tuyệt mật|Tối mật|Mật)[\W_]*")
_NAMED = re.compile(rf"[\W_]*(?:Độ|ĐỘ)\s+(?:mật|MẬT)\s*:\s*(?:{_GRADE}|[Tt]uyệt mật|[Tt]ối mật|[Mm]ật)\b.*")
_BESIDE = re.compile(rf"(?:^|\s{{2,}}|\t|\|)[\W_]*(?:{_GRADE})[\W_]*(?:$|\s{{2,}}|\t|\|)")
_SPACED = re.compile(r"(?:\w\s+)+\w")
_CLAUSE = re.compile(r"\W*1[.)]\s|\W*I[.)]\s|\W*(?:Điều|ĐIỀU) 1\b")
_HEAD_LINES = 60


def bears_stamp(lines: Sequence[str], margins: Iterable[str] = ()) -> bool:
    """Return whether the head of a document, or a margin of its pages, carries a secrecy stamp."""
    return any(_is_stamp(line) for line in (*_head(lines), *margins))


def _head(lines: Sequence[str]) -> list[str]:
    head: list[str] = []
    for line in (line for line in lines if line.strip()):
        if _CLAUSE.match(line) or len(head) == _HEAD_LINES:
            break
        head.append(line)
    return head


def _is_stamp(line: str) -> bool:
    line = unicodedata.normalize("NFC", line).replace("\xa0", " ").strip()
    if len(line) > 300:
        return False
    tight = "".join(line.split()) if _SPACED.fullmatch(line) else line
    return bool(
        _STAMP.fullmatch(line)
        or _NAMED.fullmatch(line)
        or _BESIDE.search(line)
        or tight in ("MẬT", "TỐIMẬT", "TUYỆTMẬT")
    )
