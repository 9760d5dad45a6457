"""Bytes of a device → clean text: no NUL, no control or direction-turning character, no lone surrogate."""

import codecs
import re
from collections.abc import Iterable

TEXT_LIMIT = 4_096
CUT_FROM = 4_096

# Besides the controls: invisible and direction-turning characters, which would let a device dress up its name in a
# record; surrogates and non-characters, which no UTF-8 file holds.
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_SPACES = re.compile("[\t\n\x0b\x0c\r\u2028\u2029]+")
# What a device may declare. Python knows codecs that are no charsets, some of them slow: a device chooses none of them.
_CHARSETS = {"gb2312": "gb18030", "gbk": "gb18030", "latin-1": "latin-1", "cp1252": "cp1252"} | {
    name: name
    for name in (
        "utf-8",
        "gb18030",
        "iso-8859-1",
        "windows-1252",
        "windows-1258",
        "big5",
        "shift_jis",
        "euc-kr",
        "euc-jp",
    )
}


def clean(value: str, limit: int = TEXT_LIMIT) -> str:
    """Return a text fit for one line of a record: at most `limit` characters, controls gone, line ends as a space."""
    return _REMOVED.sub("", _SPACES.sub(" ", value[: 2 * limit])).strip()[:limit]


def lines(values: Iterable[str], limit: int = TEXT_LIMIT) -> str:
    """Return several texts as one, joined with line feeds; empty ones and repetitions are left out."""
    return "\n".join(dict.fromkeys(text for value in values if (text := clean(value, limit))))


def decoded(data: bytes, charset: str = "") -> str:
    """Return the text of bytes, never failing: as declared when that works, else UTF-8, GB 2312 or Latin-1.

    GB 2312 proper has high bytes only in pairs, so that a Latin-1 text with single accents is not taken for Chinese.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    declared = _CHARSETS.get(charset.strip().lower(), "utf-8")
    for name in (declared, "utf-8", "gb2312"):
        try:
            # A long text may have been cut within its last character, and is still of its charset.
            decoder = codecs.getincrementaldecoder(name)()
            return decoder.decode(data, final=len(data) < CUT_FROM).removeprefix("\ufeff")
        except UnicodeError:
            continue
    return data.decode(declared, "replace") if charset.strip().lower() in _CHARSETS else data.decode("latin-1")
