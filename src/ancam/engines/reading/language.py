"""Whether a text is Vietnamese."""

import re

_WORD = re.compile(r"[^\W\d_]+")
_COMMON = frozenset(
    [
        "và",
        "của",
        "các",
        "cho",
        "trong",
        "về",
        "được",
        "có",
        "theo",
        "không",
        "là",
        "với",
        "những",
        "này",
        "để",
        "tại",
        "đến",
        "hoặc",
        "trên",
        "khi",
        "thực",
        "hiện",
        "ngày",
        "tháng",
        "năm",
        "số",
        "quy",
        "định",
        "báo",
        "cáo",
        "đơn",
        "vị",
        "cơ",
        "quan",
        "tỉnh",
        "xã",
        "sở",
        "công",
        "an",
    ]
)
_SAMPLE_WORDS = 3000
_FEWEST = 0.12


def is_vietnamese(low: str) -> bool:
    """Return whether enough of the words, in lower case, are common Vietnamese ones."""
    words = [found.group() for _, found in zip(range(_SAMPLE_WORDS), _WORD.finditer(low), strict=False)]
    return bool(words) and sum(word in _COMMON for word in words) >= len(words) * _FEWEST
