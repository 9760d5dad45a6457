"""What headers and first pages say of how a device wants to be talked to."""

import re

from ancam.engines.probing.facts import HttpAnswer, RtspAnswer
from ancam.engines.probing.judging.answers import body_text
from ancam.engines.probing.wire.auth import challenges
from ancam.engines.probing.wire.http import Elsewhere, HttpMessage, redirect_of

# Ways to TLS that name no address, so that a reader of addresses does not see them.
_REFRESH_HEADER = re.compile(r"url\s{0,9}=\s{0,9}[\"']?\s{0,9}https:", re.IGNORECASE)
_CHANGES_PROTOCOL = re.compile(
    r"""location\.protocol\s{0,9}=\s{0,9}["'`]https:"""
    r"""|location(?:\.href)?\s{0,9}=\s{0,9}`https:"""
    r"""|location(?:\.href)?\s{0,9}=\s{0,9}["']https:(?://)?["']\s{0,9}\+"""
    r"""|location\.(?:replace|assign)\(\s{0,9}["'`]https:(?://)?["'`]\s{0,9}\+"""
    r"""|location(?:\.href)?\s{0,9}=\s{0,9}(?:window\.|document\.)?location\.href\.replace\(\s{0,9}["'/^]{1,2}http:""",
    re.IGNORECASE,
)
_TLS_STATUSES = frozenset({400, 426, 497})


def schemes(answer: HttpAnswer | RtspAnswer) -> frozenset[str]:
    """Return the ways of signing in that an answer offers: "basic", "digest", …"""
    return frozenset(challenge.scheme for challenge in challenges(answer.every("www-authenticate")))


def digest_hashes(answer: HttpAnswer) -> frozenset[str]:
    """Return the hashes of the Digest challenges of an answer: "MD5", "SHA-256", …"""
    told = challenges(answer.every("www-authenticate"))
    return frozenset(challenge.algorithm for challenge in told if challenge.scheme == "digest")


def leads_to_https(answer: HttpAnswer) -> bool:
    """Return whether an answer sends the browser on to HTTPS: by Location, a refresh, or a script of the page."""
    message = HttpMessage(answer.status, answer.headers, answer.body, answer.is_cut, False)
    place = redirect_of(message, Elsewhere("https" if answer.is_tls else "http", "device", answer.port, answer.path))
    if place is not None and place.scheme == "https":
        return True
    return bool(_REFRESH_HEADER.search(answer.header("refresh")) or _CHANGES_PROTOCOL.search(body_text(answer.body)))


def wants_tls(answer: HttpAnswer) -> bool:
    """Return whether a plain request was refused because the port speaks TLS."""
    return answer.status in _TLS_STATUSES and b"https" in answer.body[:4096].lower()
