"""What headers and first pages say of how a device wants to be talked to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ancam.engines.probing.facts import HttpAnswer
from ancam.engines.probing.judging.answers import body_text

_WORD = re.compile(r'([A-Za-z][\w-]*)\s{0,9}=\s{0,9}("[^"]*"|[^\s,]*)|([A-Za-z][\w-]*)')
_SCHEMES = frozenset({"basic", "digest", "bearer", "negotiate", "ntlm", "wsse"})

_META = re.compile(r"<meta\b([^<>]{0,300})>", re.IGNORECASE)
_REFRESH = re.compile(r"url\s{0,9}=\s{0,9}[\"']?\s{0,9}https:", re.IGNORECASE)
_SCRIPTED = re.compile(
    r"""location(?:\.href|\.protocol)?\s{0,9}=\s{0,9}["'`]https:"""
    r"""|location\.(?:replace|assign)\(\s{0,9}["'`]https:"""
    r"""|location(?:\.href)?\s{0,9}=\s{0,9}(?:window\.|document\.)?location\.href\.replace\(\s{0,9}.?["'/^]{0,2}http:?""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """One way of signing in that a challenge offers, in small letters; algorithm empty when none is named."""

    scheme: str
    algorithm: str = ""


def offers(values: Iterable[str]) -> list[Offer]:
    """Return the ways of signing in that WWW-Authenticate headers offer, several in one header too."""
    found: list[Offer] = []
    for value in values:
        for name, text, bare in _WORD.findall(value):
            if bare.lower() in _SCHEMES:
                found.append(Offer(bare.lower()))
            elif name.lower() == "algorithm" and found:
                found[-1] = Offer(found[-1].scheme, text.strip('"').lower())
    return found


def leads_to_https(answer: HttpAnswer) -> bool:
    """Return whether an answer sends the browser on to HTTPS: by Location, a refresh, or a script of the page."""
    if answer.header("location").strip().lower().startswith("https:"):
        return True
    if _REFRESH.search(answer.header("refresh")):
        return True
    page = body_text(answer.body)
    if any("refresh" in meta.lower() and _REFRESH.search(meta) for meta in _META.findall(page)):
        return True
    return _SCRIPTED.search(page) is not None


def wants_tls(answer: HttpAnswer) -> bool:
    """Return whether a plain request was refused because the port speaks TLS."""
    return answer.status in (400, 497) and b"https" in answer.body[:4096].lower()
