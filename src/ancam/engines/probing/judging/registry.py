"""A device's facts and identity → what each check of the reference list says of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from ancam.engines.probing.detail import Advice, Detail, Identity, NotAssessable
from ancam.engines.probing.facts import HostFacts
from ancam.engines.probing.judging import (
    clock,
    desk,
    discovery,
    firmware,
    http,
    login,
    onvif,
    owner,
    pages,
    rtsp,
    services,
    snapshot,
    tls,
    vendor_ports,
)
from ancam.engines.probing.judging.answers import Judge, Look, NotSeen, Seen, one_line
from ancam.reference import reference

_FAMILIES = (
    clock, desk, discovery, firmware, http, login, onvif, owner, pages, rtsp, services, snapshot, tls, vendor_ports
)  # fmt: skip

# What reference data holds of medium or low confidence cannot make a device's answer surer than itself.
_CEILINGS = {"high": 1.0, "medium": 0.9, "low": 0.6}
_CAPTURE = frozenset({"pcap", "flow"})


@dataclass(frozen=True, slots=True)
class Check:
    """What reference data says of one check. is_capture: it needs passive capture on the owner's network."""

    id: str
    mode: str
    severity: str
    severity_exposed: str
    layer: str
    requirements: tuple[str, ...]
    ceiling: float
    is_capture: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the checks say of one device: each gave a detail or is named with its reason, in the order of the list."""

    details: tuple[Detail, ...]
    not_assessable: tuple[NotAssessable, ...]

    @property
    def findings(self) -> tuple[str, ...]:
        """The ids of the conditions that were seen, each once, in the order of the checks."""
        return tuple(dict.fromkeys(detail.finding for detail in self.details if detail.finding))


@cache
def checks() -> tuple[Check, ...]:
    """Return the checks of the reference list, in its order."""
    return tuple(_check(item) for item in reference("device-checks")["checks"])


def _check(item: Mapping[str, Any]) -> Check:
    return Check(
        id=item["id"],
        mode=item["mode"],
        severity=item["severity"],
        severity_exposed=item["severity_exposed"],
        layer=item["layer"],
        requirements=tuple(item["requirements"]),
        ceiling=_CEILINGS[item["confidence"]],
        is_capture=item["mode"] == "passive" and not _CAPTURE.isdisjoint(item["protocols"]),
    )


def judges(families: Iterable[Any] = _FAMILIES) -> dict[str, Judge]:
    """Return the judgement of each check; raises ValueError when two families answer the same check."""
    joined: dict[str, Judge] = {}
    for family in families:
        twice = joined.keys() & family.CHECKS.keys()
        if twice:
            raise ValueError(f"answered twice: {', '.join(sorted(twice))}")
        joined.update(family.CHECKS)
    return joined


_JUDGES = judges()


def judge(
    facts: HostFacts,
    identity: Identity,
    *,
    modes: frozenset[str],
    now: datetime,
    is_exposed: bool,
    advisories: Callable[[Identity], Sequence[Advice]],
    built_on: Callable[[str, str], date | None],
) -> Judgement:
    """Return what every check says of a device; nothing at all of a host that is no camera or recorder.

    modes: those of the authorisation. now: aware. is_exposed: the device was reached from the Internet.
    A check whose mode is not authorised never gives a detail; what needs no packet is always answered.
    """
    if not identity.is_camera:
        return Judgement((), ())
    look = Look(facts, identity, now, is_exposed, advisories, built_on)
    details: list[Detail] = []
    unanswered: list[NotAssessable] = []
    for check in checks():
        answer = _answer(check, look, modes)
        if isinstance(answer, Seen):
            details.append(detail_of(check, answer, is_exposed=is_exposed))
        else:
            unanswered.append(NotAssessable(check.id, answer.why))
    return Judgement(tuple(details), tuple(unanswered))


def _answer(check: Check, look: Look, modes: frozenset[str]) -> Seen | NotSeen:
    facts = look.facts
    if check.id in facts.unasked:
        return NotSeen(facts.unasked[check.id])
    if facts.is_trap:
        return NotSeen("trap")
    if check.mode not in modes and (check.mode != "passive" or check.is_capture):
        return NotSeen("mode-not-authorised")
    answer = _JUDGES[check.id](look)
    if answer == NotSeen("not-asked") and facts.cut_short:
        return NotSeen(facts.cut_short)
    return answer


def detail_of(check: Check, seen: Seen, *, is_exposed: bool) -> Detail:
    """Return an answer joined with its reference data. What names no finding weighs "info"."""
    weight = check.severity_exposed if is_exposed else check.severity
    return Detail(
        check=check.id,
        finding=seen.finding,
        verdict=seen.verdict,
        evidence=one_line(seen.evidence),
        confidence=min(seen.confidence, check.ceiling),
        layer=check.layer,
        severity=weight if seen.finding else "info",
        requirements=check.requirements,
        advisories=seen.advisories,
    )
