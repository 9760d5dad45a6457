"""One process that looks at one range, by the assessor's own sweep or by a bare loop, and prints what that took.

usage: first_look.py sweep|bare NETWORK --per-s N [--ports-only]

bare: Python's epoll around non-blocking `connect`, nothing else: no scope, no journal, no order, no pace.
--ports-only: no datagrams, and every address is asked all ports though it has answered, as the bare loop does.
"""

import argparse
import asyncio
import errno
import json
import random
import resource
import select
import socket
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network
from pathlib import Path

from ancam.engines.probing.facts import PortState
from ancam.engines.probing.looking import unicast
from ancam.engines.probing.looking.ports import FIRST_LOOK
from ancam.engines.probing.looking.sweep import Question, Sweep
from ancam.engines.probing.permission.scope import Scope
from ancam.engines.probing.recording.journal import Journal
from ancam.engines.probing.sending.gate import Gate
from ancam.engines.probing.sending.pacing import CarefulPace
from ancam.engines.probing.sending.stopping import Stop

_BARE_AT_ONCE = 6_000


class Heard:
    """Counts what a sweep finds. With `stays_unknown` nobody is known to live, so all ports are asked."""

    def __init__(self, *, stays_unknown: bool) -> None:
        self.knocks = 0
        self.last_at = 0.0
        self._lives: set[str] = set()
        self._stays_unknown = stays_unknown

    def knocked(self, address: str, port: int, state: PortState, after_s: float) -> None:
        """Count a port that was decided."""
        self.knocks += 1
        self.last_at = time.perf_counter()
        if state is not PortState.SILENT:
            self._lives.add(address)

    def told(self, address: str, question: Question, values: Mapping[str, str]) -> None:
        """Count one who answered a datagram."""
        self._lives.add(address)

    def lives(self, address: str) -> bool:
        """Return whether an address is passed over."""
        return not self._stays_unknown and address in self._lives


async def swept(network: IPv4Network, per_s: float, *, ports_only: bool) -> dict[str, float]:
    """Return what a sweep took: s until it returned and until the last port was decided, and what was sent."""
    scope = Scope.of([network], [])
    heard = Heard(stays_unknown=ports_only)
    questions = [] if ports_only else unicast.questions()
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder) / "events.jsonl", _now)
        gate = Gate(scope, CarefulPace(per_s), Stop(_now() + timedelta(hours=1), _now, ()), journal)
        sweep = Sweep(gate, heard, questions=questions, ports=FIRST_LOOK)
        began, cpu_s = time.perf_counter(), time.process_time()
        await sweep.run(scope.allowed, random.Random(1), skip=lambda _: False)
        ended = time.perf_counter()
        journal.close()
    return {
        "whole_s": ended - began,
        "decided_s": heard.last_at - began,
        "knocks": heard.knocks,
        "turns": heard.knocks + network.num_addresses * len(questions),
        "cpu_s": time.process_time() - cpu_s,
    }


def bare(network: IPv4Network) -> dict[str, float]:
    """Return what a bare loop takes for the same ports."""
    draw = random.Random(1)
    todo = [(str(address), port) for port in FIRST_LOOK for address in network]
    draw.shuffle(todo)
    began, cpu_s = time.perf_counter(), time.process_time()
    waiting, more, done = iter(todo), True, 0
    open_: dict[int, socket.socket] = {}
    with select.epoll() as epoll:
        while more or open_:
            while more and len(open_) < _BARE_AT_ONCE:
                target = next(waiting, None)
                if target is None:
                    more = False
                    break
                sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
                if sock.connect_ex(target) == errno.EINPROGRESS:
                    open_[sock.fileno()] = sock
                    epoll.register(sock, select.EPOLLOUT)
                else:
                    sock.close()
                    done += 1
            for number, _ in epoll.poll(0.05 if open_ else 0):
                sock = open_.pop(number)
                sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                sock.close()
                done += 1
    took = time.perf_counter() - began
    return {"whole_s": took, "decided_s": took, "knocks": done, "turns": done, "cpu_s": time.process_time() - cpu_s}


def _now() -> datetime:
    return datetime.now(UTC)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("how", choices=("sweep", "bare"))
    parser.add_argument("network", type=IPv4Network)
    parser.add_argument("--per-s", type=float, default=1e6)
    parser.add_argument("--ports-only", action="store_true")
    asked = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    sweeping = asked.how == "sweep"
    took = (
        asyncio.run(swept(asked.network, asked.per_s, ports_only=asked.ports_only)) if sweeping else bare(asked.network)
    )
    print(json.dumps(took))
    return 0


if __name__ == "__main__":
    sys.exit(main())
