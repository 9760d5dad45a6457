"""Part `discovery`: the first look alone, dense beside a bare loop, silent beside what rate and timeouts dictate."""

import json
import os
import statistics
import subprocess
import sys
from ipaddress import ip_network
from pathlib import Path

from goals import Goal, at_least, at_most

from ancam.engines.probing.lab.namespaces import joined
from ancam.engines.probing.sending.budget import CONNECT_S

DENSE = "127.92.0.0/19"  # every address of it answers, by refusing
SILENT = "10.92.0.0/20"
SILENT_PER_S = 5_000  # the most that a signed authorisation may have
ROUNDS = 3
_LOOK = Path(__file__).with_name("first_look.py")


def measured(folder: Path) -> list[Goal]:
    """Print both, and return the goals; the silent range needs root."""
    del folder
    return [*_dense(), *_silent()]


def _dense() -> list[Goal]:
    shares = []
    for _ in range(ROUNDS):
        mine, peer = _looked("sweep", DENSE, "--ports-only"), _looked("bare", DENSE)
        rates = [one["knocks"] / one["decided_s"] for one in (mine, peer)]
        shares.append(rates[0] / rates[1])
        print(f"dải dày {DENSE}: {rates[0]:,.0f} cổng/s; vòng epoll trần {rates[1]:,.0f}/s; {shares[-1]:.0%}")
    return [at_least("dải dày so với vòng epoll trần", statistics.median(shares), 0.4, ".2f")]


def _silent() -> list[Goal]:
    if os.geteuid() != 0:
        print("dải thưa: bỏ qua, cần quyền root để tạo không gian mạng")
        return []
    name = f"ancam-bench-{os.getpid()}"
    with joined(name, SILENT, []):
        took = _looked("sweep", SILENT, f"--per-s={SILENT_PER_S}", namespace=name)
    dictated = took["turns"] / SILENT_PER_S + CONNECT_S
    ratio = took["whole_s"] / dictated
    print(
        f"dải thưa {SILENT}, {ip_network(SILENT).num_addresses} địa chỉ đều im: {took['whole_s']:.1f} s;"
        f" nhịp {SILENT_PER_S}/s cho {took['turns']:.0f} lượt và {CONNECT_S:g} s chờ buộc {dictated:.1f} s;"
        f" gấp {ratio:.2f}"
    )
    return [at_most("dải thưa so với nhịp và thời hạn", ratio, 1.5, ".2f")]


def _looked(how: str, network: str, *words: str, namespace: str = "") -> dict[str, float]:
    inside = ["ip", "netns", "exec", namespace] if namespace else []
    command = [*inside, sys.executable, str(_LOOK), how, network, *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))
