"""The row of a device in `hosts.jsonl`, as the contract of `ancam assess` lays it out."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ancam.engines.probing.detail import Detail, Identity
from ancam.engines.probing.facts import HostFacts
from ancam.engines.probing.judging import Judgement

# Clocks are read to about two seconds: finer than this they would seem to change from run to run.
CLOCK_STEP_S = 10


def row_of(
    facts: HostFacts,
    identity: Identity,
    judgement: Judgement,
    *,
    first_seen: datetime,
    last_seen: datetime,
    connections: int,
    bytes_in: int,
) -> dict[str, Any]:
    """Return what is kept of a device. `cut_short` says why it was not asked everything, empty when it was."""
    return {
        "ip": facts.ip,
        "is_camera": identity.is_camera,
        "kind": identity.kind,
        "vendor": identity.vendor,
        "brand": identity.brand,
        "model": identity.model,
        "firmware": identity.firmware,
        "serial": identity.serial,
        "mac": identity.mac,
        "ports": facts.open_ports,
        "udp": facts.answered_udp,
        "identity": [
            {"field": one.field, "value": one.value, "grade": one.grade, "from": one.origin, "excerpt": one.excerpt}
            for one in identity.evidence
        ],
        "findings": findings_of(judgement.details),
        "details": [detail_json(one) for one in judgement.details],
        "not_assessable": [{"check": one.check, "why": one.why} for one in judgement.not_assessable],
        "keys": keys_of(facts),
        "complete": not facts.cut_short,
        "cut_short": facts.cut_short,
        "first_seen": first_seen.isoformat(timespec="milliseconds"),
        "last_seen": last_seen.isoformat(timespec="milliseconds"),
        "connections": connections,
        "bytes_in": bytes_in,
    }


def findings_of(details: Iterable[Detail]) -> list[str]:
    """Return the distinct ids of what was found, in alphabetical order."""
    return sorted({one.finding for one in details if one.finding})


def detail_json(one: Detail) -> dict[str, Any]:
    """Return one check's answer as the contract lays it out."""
    return {
        "finding": one.finding or None,
        "check": one.check,
        "verdict": one.verdict,
        "severity": one.severity,
        "evidence": one.evidence,
        "requirements": list(one.requirements),
        "advisories": list(one.advisories),
        "confidence": one.confidence,
        "layer": one.layer,
    }


def keys_of(facts: HostFacts) -> dict[str, Any]:
    """Return the digests by which devices are compared with one another, and how far the device's clock was off."""
    seen = [one.certificate for one in facts.tls if one.certificate]
    return {
        "tls": sorted({one.key_sha256 for one in seen}),
        "certificates": sorted({one.sha256 for one in seen}),
        "ssh": sorted({one.host_key_sha256 for one in facts.ssh if one.host_key_sha256}),
        "clock_offset_s": next((round(one.offset_s / CLOCK_STEP_S) * CLOCK_STEP_S for one in facts.clocks), None),
    }
