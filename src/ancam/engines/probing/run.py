"""A run from its folder to its summary: begun or resumed, carried out, compared across devices, closed."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from ancam import __version__
from ancam.engines.probing.assess import Assessment, Counts, Order
from ancam.engines.probing.errors import DiskFull
from ancam.engines.probing.judging.fleet import FLEET_CHECKS, FleetJudgement, judge_fleet, row_from
from ancam.engines.probing.permission.addresses import AddressSet, address_of
from ancam.engines.probing.permission.guard import Permit
from ancam.engines.probing.permission.scope import is_public
from ancam.engines.probing.recording.journal import NotKept
from ancam.engines.probing.recording.records import Records, begin, digest_of, resume
from ancam.engines.probing.recording.rows import detail_json, findings_of


def open_run(
    folder: Path, permit: Permit, targets: AddressSet, trust_file: Path | None, *, resuming: bool, now: datetime
) -> Records:
    """Return the records of a new run, or of the one in the folder; raises RunRefused.

    The manifest names the authorisation by the digest of what was signed, the trust file with its digest, and the
    targets; a run goes on only under the same authorisation and for the same targets.
    """
    manifest = {
        "version": __version__,
        "authorization": permit.authorisation.digest,
        "is_unsigned": permit.is_unsigned,
        "keys": [key.id for key in permit.keys],
        "trust": {"file": str(trust_file), "sha256": digest_of(trust_file)} if trust_file else None,
        "targets": [f"{address_of(first)}-{address_of(last)}" for first, last in targets.ranges],
        "seed": secrets.randbits(48),
        "started_at": now.isoformat(),
        "finished_at": None,
    }
    return (resume if resuming else begin)(folder, manifest)


async def carry_out(order: Order) -> str | None:
    """Carry a run out and close it; return None when it was finished, else why it stopped.

    What was kept is whole in either case: the summary and the manifest are written over it. Raises DiskFull.
    """
    try:
        return await _carry_out(order)
    except NotKept as exc:
        raise DiskFull(folder=str(order.records.folder), error=str(exc)) from exc


async def _carry_out(order: Order) -> str | None:
    order.journal.told("start", authorization=order.permit.authorisation.digest)
    assessment = Assessment(order)
    try:
        reason = await assessment.run()
    except BaseException:
        order.stop.pull("failure")
        raise
    order.journal.told("end", reason=reason)
    rows = order.records.rows
    ending = {"events_head": order.journal.head, "stopped": reason}
    if reason is not None:
        order.records.conclude(_summary(rows, assessment.counts, reason), ending)
        return reason
    fleet = judge_fleet(
        map(row_from, rows),
        modes=order.permit.authorisation.modes,
        is_exposed=is_public,
        previous=order.last_run.rows(order.targets),
    )
    rows = [_with_fleet(row, fleet) for row in rows]
    summary = {**_summary(rows, assessment.counts, reason), "fleet": fleet_json(fleet)}
    order.records.finish(rows, summary, {**ending, "finished_at": order.now().isoformat()})
    order.last_run.keep(rows, order.targets)
    return reason


def _with_fleet(row: dict[str, Any], fleet: FleetJudgement) -> dict[str, Any]:
    """Return a row with what the comparison of all devices says of this one."""
    details = fleet.details.get(row["ip"], ())
    reasons = fleet.not_assessable.get(row["ip"], ())
    return {
        **row,
        "findings": sorted({*row["findings"], *findings_of(details)}),
        "details": [*row["details"], *map(detail_json, details)],
        "not_assessable": [
            *(one for one in row["not_assessable"] if one["check"] not in FLEET_CHECKS),
            *({"check": one.check, "why": one.why} for one in reasons),
        ],
    }


def fleet_json(fleet: FleetJudgement) -> dict[str, Any]:
    """Return what was found across devices, for the summary."""
    changes = fleet.changes
    return {
        "groups": [{"kind": one.kind, "ips": list(one.ips), "evidence": one.evidence} for one in fleet.groups],
        "clock_median_s": fleet.clock_median_s,
        "changes": changes
        and {
            "gone": list(changes.gone),
            "new": list(changes.new),
            "changed": list(changes.changed),
            "share": round(changes.share, 4),
            "is_mass": changes.is_mass,
        },
    }


def _summary(rows: Sequence[dict[str, Any]], counts: Counts, reason: str | None) -> dict[str, Any]:
    cameras = [row for row in rows if row["is_camera"]]
    found: dict[str, int] = {}
    for row in cameras:
        for finding in row["findings"]:
            found[finding] = found.get(finding, 0) + 1
    return {
        "schema": "ancam/summary/1",
        "finished": reason is None,
        "stopped": reason,
        "devices": len(rows),
        "cameras": len(cameras),
        "findings": dict(sorted(found.items())),
        "incomplete": sum(not row["complete"] for row in rows),
        "costs": asdict(counts),
    }
