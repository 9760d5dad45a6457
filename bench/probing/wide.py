"""Part `wide`: 65,536 addresses, one in a hundred a device, the others silent, in network namespaces.

Where the time went is read from what the run wrote down: every turn of the pace is a line of it.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from costs import MOST_MEMORY_MB, print_costs
from goals import Goal, at_least, at_most
from simulated import assess, events_of, laboratory
from truth_scores import NEVER, score

from ancam.engines.probing.sending.budget import CONNECT_S

NETWORK, SEED = "10.90.0.0/16", 655
DEVICES = ip_network(NETWORK).num_addresses // 100
PER_S = 5_000  # the most that a signed authorisation may have


@dataclass(frozen=True, slots=True)
class Spent:
    """Where a run's time went, in seconds; turns: connections begun and datagrams sent."""

    turns_to_silent: int  # to addresses where nobody lives
    turns_to_devices: int
    sweep_s: float  # from the first turn to the last one to a silent address
    after_s: float  # from there to the last event: visits that were not over


def measured(folder: Path) -> list[Goal]:
    """Print the wall time and what it consists of, and return the goals; needs root."""
    if os.geteuid() != 0:
        print("Bỏ qua: cần quyền root để tạo không gian mạng")
        return []
    with laboratory(folder, NETWORK, DEVICES, SEED, namespace=f"ancam-bench-{os.getpid()}") as lab:
        run = assess(lab, "run", connections_per_s=PER_S)
    where = spent(events_of(run.folder), run.rows)
    found = score(lab.truth, run.rows, ())
    by_pace = (where.turns_to_silent + where.turns_to_devices) / PER_S
    print(f"{NETWORK}: {run.wall_s:.1f} s, trong đó")
    print(
        f"  quét đến địa chỉ im cuối cùng {where.sweep_s:.1f} s: nhịp {PER_S}/s buộc {by_pace:.1f} s"
        f" ({where.turns_to_silent:,} lượt tới địa chỉ im, {where.turns_to_devices:,} tới thiết bị), gấp"
        f" {where.sweep_s / by_pace:.2f}"
    )
    print(f"  thời hạn kết nối cuối {CONNECT_S:g} s và các lượt thăm còn lại: {where.after_s:.1f} s")
    print(f"  khởi động, so sánh, ghi kết quả: {run.wall_s - where.sweep_s - where.after_s:.1f} s")
    print_costs(run)
    cameras, findings, total = found.cameras, found.findings, lab.harm["total"]
    print(f"camera R {cameras.recall:.4f}, P {cameras.precision:.4f}; phát hiện F1 {findings.f1:.4f}")
    print(f"tổn hại: {', '.join(f'{what} {total[what]}' for what in (*NEVER, 'most_at_once'))}")
    return [
        at_least("dải /16: recall của camera", cameras.recall, 1.0, ".4f"),
        at_least("dải /16: precision của camera", cameras.precision, 1.0, ".4f"),
        at_least("dải /16: F1 của phát hiện", findings.f1, 0.99, ".4f"),
        at_most("dải /16: thời gian so với nhịp và thời hạn", run.wall_s / (by_pace + CONNECT_S), 1.5, ".2f"),
        at_most("dải /16: bộ nhớ nhiều nhất, MB", run.most_memory_mb, MOST_MEMORY_MB, ".0f"),
        *(at_most(f"dải /16: {what}", total[what], 0, "d") for what in NEVER),
    ]


def spent(events: Iterable[Mapping[str, Any]], devices: Mapping[str, Any]) -> Spent:
    """Return where the time of a run went, from its events in their order and the addresses that have a row."""
    silent = living = 0
    first = last_silent = last = ""
    for event in events:
        last = event["at"]
        if event["what"] in ("connect", "datagram"):
            first = first or last
            if event["ip"] in devices:
                living += 1
            else:
                silent += 1
                last_silent = last
    return Spent(silent, living, _between(first, last_silent), _between(last_silent, last))


def _between(one: str, other: str) -> float:
    if not (one and other):
        return 0.0
    return (datetime.fromisoformat(other) - datetime.fromisoformat(one)).total_seconds()
