"""Whether two files hold the same words."""

import unicodedata

_AROUND = 40
# A hyphen at a line's end comes out of a .pdf as U+0002 or U+FFFE, and office programs write a second kind of hyphen.
_ONE_HYPHEN = str.maketrans(dict.fromkeys("\u0002\ufffe\u2010\u2011", "-") | dict.fromkeys("\u00ad\ufeff\u200b", ""))


def first_difference(issued: str, copy: str) -> str | None:
    """Return the words around the place where a copy first differs from what was issued; None when it never does.

    Spaces and line ends count for nothing, because programs set them each in its own way; every other sign counts.
    """
    expected, found = _bare(issued), _bare(copy)
    if expected == found:
        return None
    pairs = enumerate(zip(expected, found, strict=False))
    at = next((place for place, (one, other) in pairs if one != other), min(len(expected), len(found)))
    begin, end = max(0, at - _AROUND), at + _AROUND
    return shown(f"{expected[begin:end]} ≠ {found[begin:end]}")


def shown(text: str) -> str:
    """Return words that come from a file as they may be kept and shown: a sign that nobody sees becomes one that is.

    Databases refuse some of these, and others turn or hide the letters about them.
    """
    return "".join("\ufffd" if unicodedata.category(sign).startswith("C") else sign for sign in text)


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).translate(_ONE_HYPHEN).split())
