"""What one check says of one device before reference data is joined to it, and the words to say it in."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ancam.engines.probing.detail import Advice, Identity, Verdict
from ancam.engines.probing.facts import HostFacts, PortState

MAX_EVIDENCE = 160

_SECRET = re.compile(r"(?i)(pass(?:word|wd)?|pwd|mật khẩu|token|secret|authorization)(\s{0,3}[=:]\s{0,3})[^\s,;&]+")
_USER_INFO = re.compile(r"//[^/\s@]{1,80}@")


@dataclass(frozen=True, slots=True)
class Look:
    """What a check may look at. advisories: what the published advisories say of a device, asked when needed.

    built_on: the day that a maker's version says it was built, None when it says none.
    """

    facts: HostFacts
    identity: Identity
    now: datetime
    is_exposed: bool
    advisories: Callable[[Identity], Sequence[Advice]]
    built_on: Callable[[str, str], date | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """A check's answer. finding: its id when the condition the check looks for was seen, else empty."""

    verdict: Verdict
    evidence: str
    confidence: float
    finding: str = ""
    advisories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotSeen:
    """A check that could not conclude. why: a key of `reasons.REASONS`."""

    why: str


Answer = Seen | NotSeen
Judge = Callable[[Look], Answer]


def fails(finding: str, evidence: str, confidence: float) -> Seen:
    """Return that the condition was seen and is a failure."""
    return Seen(Verdict.FAIL, evidence, confidence, finding)


def possible(finding: str, evidence: str, confidence: float) -> Seen:
    """Return that the condition was seen, which alone proves no failure."""
    return Seen(Verdict.INCONCLUSIVE, evidence, confidence, finding)


def unsure(evidence: str, confidence: float) -> Seen:
    """Return that something was seen from which the condition does not follow."""
    return Seen(Verdict.INCONCLUSIVE, evidence, confidence)


def supports(evidence: str, confidence: float) -> Seen:
    """Return that the opposite of the condition was seen."""
    return Seen(Verdict.SUPPORTS_PASS, evidence, confidence)


def by_exposure(look: Look, finding: str, evidence: str, confidence: float) -> Seen:
    """Return a failure for a device that answers from the Internet, else a condition that is only worth knowing."""
    return (fails if look.is_exposed else possible)(finding, evidence, confidence)


def nothing_at(facts: HostFacts, ports: Iterable[int]) -> NotSeen:
    """Return why nothing was learnt at TCP ports where a service was looked for.

    Silence outweighs a refusal: a filtered port may hold what the closed ones do not.
    """
    states = {facts.tcp[port] for port in ports if port in facts.tcp}
    if PortState.SILENT in states:
        return NotSeen("silent")
    if PortState.OPEN in states:
        return NotSeen("unclear")
    return NotSeen("not-offered" if states else "not-asked")


def open_among(facts: HostFacts, ports: Iterable[int]) -> list[int]:
    """Return which of some TCP ports are open, in the order given."""
    return [port for port in ports if facts.tcp.get(port) is PortState.OPEN]


def listed(ports: Iterable[int]) -> str:
    """Return "cổng 80, 8080", ascending and each once."""
    return "cổng " + ", ".join(map(str, sorted(set(ports))))


def one_line(text: str) -> str:
    """Return a text as one printable line of at most 160 characters; what looks like a secret is left out."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text[:2000]).split())
    hidden = _USER_INFO.sub("//…@", _SECRET.sub(r"\1\2…", plain))
    return hidden if len(hidden) <= MAX_EVIDENCE else hidden[: MAX_EVIDENCE - 1] + "…"


def body_text(body: bytes) -> str:
    """Return a body as text; bytes that are none become a sign that stands for them."""
    return body.decode("utf-8", "replace")
