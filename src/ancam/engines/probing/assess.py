"""A permit and targets → a run: who lives is found, each device has its turn, its row is kept as it finishes."""

import asyncio
import random
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from time import monotonic, process_time

from ancam.engines.probing.detail import Advice, Identity
from ancam.engines.probing.facts import HostFacts
from ancam.engines.probing.identity import identify
from ancam.engines.probing.judging import judge
from ancam.engines.probing.looking import unicast
from ancam.engines.probing.looking.accounts import Account
from ancam.engines.probing.looking.asking import Asker
from ancam.engines.probing.looking.canary import Canary
from ancam.engines.probing.looking.living import Living
from ancam.engines.probing.looking.ports import FIRST_LOOK
from ancam.engines.probing.looking.sweep import AT_ONCE, Sweep
from ancam.engines.probing.looking.visit import Permission, Visit
from ancam.engines.probing.permission.addresses import AddressSet
from ancam.engines.probing.permission.guard import Permit
from ancam.engines.probing.permission.scope import is_public
from ancam.engines.probing.recording.journal import Journal, NotKept
from ancam.engines.probing.recording.last_run import LastRun
from ancam.engines.probing.recording.logins import GuessedLogins
from ancam.engines.probing.recording.records import STOPPED, Records
from ancam.engines.probing.recording.rows import row_of
from ancam.engines.probing.scans import FoundHost
from ancam.engines.probing.sending.budget import Budget
from ancam.engines.probing.sending.gate import NEVER_PORTS, Gate, LocalFailure, room_for_sockets
from ancam.engines.probing.sending.pacing import CarefulPace
from ancam.engines.probing.sending.stopping import Stop, Stopped
from ancam.engines.probing.sending.tls_line import any_tls

_VISITS_AT_ONCE = 500
_SOCKETS_OF_A_VISIT = 8  # two lines, and a datagram of each protocol
_WATCH_S = 0.5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: addresses looked at first, of how many; devices found, and those finished."""

    swept: int
    addresses: int
    found: int
    finished: int


@dataclass(frozen=True, slots=True)
class Order:
    """All that a run needs: what is permitted, what is asked for, where it is kept, who helps it judge."""

    permit: Permit
    targets: AddressSet
    records: Records
    journal: Journal
    guesses: GuessedLogins
    stop: Stop
    now: Callable[[], datetime]
    user_agent: str
    seed: int
    advisories: Callable[[Identity], Sequence[Advice]]
    built_on: Callable[[str, str], date | None]
    last_run: LastRun
    owner: Account | None = None
    known: Sequence[FoundHost] = ()  # from a scan that was made before: then no range is swept
    progress: Callable[[Progress], None] = lambda _: None


@dataclass(slots=True)
class Counts:
    """What a run cost and met, for its summary."""

    swept: int = 0  # addresses looked at first
    refusing: int = 0  # addresses that answered only to refuse
    devices: int = 0
    connections: int = 0
    bytes_in: int = 0
    wall_s: float = 0.0
    cpu_s: float = 0.0
    most_memory_mb: float = 0.0
    slowest_per_s: float = 0.0  # how far the pace went down when answers were lost
    losses: int = 0
    local_failures: int = 0
    hung: tuple[str, ...] = ()  # canaries that no longer answered after their visit


class Assessment:
    """One run, from its first packet to its last row."""

    def __init__(self, order: Order) -> None:
        limits = order.permit.limits
        self.counts = Counts()
        self._order = order
        self._pace = CarefulPace(limits.connections_per_s)
        self._gate = Gate(order.permit.scope, self._pace, order.stop, order.journal)
        self._context: ssl.SSLContext = any_tls()
        self._draw = random.Random(order.seed)  # noqa: S311 - an order of asking, no secret
        self._living = Living()
        room = room_for_sockets()
        self._visits_at_once = min(_VISITS_AT_ONCE, max(1, room // (2 * _SOCKETS_OF_A_VISIT)))
        self._sweep = Sweep(
            self._gate,
            self._living,
            questions=unicast.questions(),
            ports=FIRST_LOOK,
            at_once=min(AT_ONCE, max(1, room // 2)),
        )
        self._canary = Canary(self._gate, order.stop)
        self._visits: dict[str, Visit] = {}
        self._is_swept = False
        self._permission = Permission(order.permit.authorisation.modes, order.owner, order.guesses, is_public)

    async def run(self) -> str | None:
        """Carry the run out; return None when all was asked, else why it was stopped (see Stop).

        Raises NotKept when what was seen could not be kept; what was kept before is whole.
        """
        order, started, cpu_s = self._order, monotonic(), process_time()
        try:
            await self._ask_all()
            self._keep_unfinished()
            self._sync()
        finally:
            self._count_costs(monotonic() - started, process_time() - cpu_s)
        return order.stop.reason

    async def _ask_all(self) -> None:
        """Return when all was asked, or the run is stopped; raises NotKept."""
        not_kept: BaseException | None = None
        try:
            async with asyncio.TaskGroup() as group:
                watch = group.create_task(self._watch())
                sweeping = group.create_task(self._look_first())
                visits = [group.create_task(self._visit_all()) for _ in range(self._visits_at_once)]
                await asyncio.gather(sweeping, *visits)
                watch.cancel()
        except* Stopped:
            pass  # the stop switch keeps why
        except* LocalFailure:
            self._order.stop.pull("local-failure")
        except* NotKept as failures:
            not_kept = first_of(failures)
        if not_kept is not None:
            raise not_kept

    async def _look_first(self) -> None:
        """Find out who lives, or take it from a scan that was made before."""
        order = self._order
        try:
            for host in order.known:
                if not order.records.has(host.ip) and host.ip in order.targets:
                    self._living.known(host.ip, sorted({*host.tcp} - NEVER_PORTS))
            if not order.known:
                await self._sweep.run(order.targets, self._draw, skip=order.records.has)
        finally:
            self._is_swept = True
            self._living.arrived.set()

    async def _watch(self) -> None:
        """Twice a second: look for a reason to stop, win back speed, bring what was kept to the disk."""
        order = self._order
        while True:
            order.progress(Progress(self._sweep.done, order.targets.count, self._living.found, self.counts.devices))
            if order.stop.look() is not None:
                order.stop.check()
            self._pace.recover()
            await asyncio.to_thread(self._sync)
            await asyncio.sleep(_WATCH_S)

    def _sync(self) -> None:
        self._order.records.sync()
        self._order.journal.sync()

    async def _visit_all(self) -> None:
        """Visit one device after the other until nobody waits and nobody can come any more."""
        living = self._living
        while True:
            facts = living.next()
            if facts is not None:
                await self._visit(facts)
            elif self._is_swept:
                return
            else:
                living.arrived.clear()
                await living.arrived.wait()

    async def _visit(self, facts: HostFacts) -> None:
        order, limits = self._order, self._order.permit.limits
        budget = Budget(
            at_once=limits.per_host_connections,
            per_s=limits.per_host_per_s,
            bytes_left=limits.per_host_bytes,
            seconds=limits.per_host_s,
        )
        if facts.answered_in_s is not None:
            budget.answered_in(facts.answered_in_s)
        draw = random.Random(facts.ip)  # noqa: S311 - an order of asking, the same in every run; no secret
        asker = Asker(facts, self._gate, budget, self._context, order.user_agent, draw, order.now)
        visit = Visit(asker, self._permission, order.now(), partial(self._canary.wait, facts.ip))
        self._visits[facts.ip] = visit
        await visit.look()
        del self._visits[facts.ip]
        self._keep(visit)
        await self._canary.look_after(asker)
        self._living.leave(facts.ip)

    def _keep(self, visit: Visit) -> None:
        """Judge what was seen of a device and keep its row; who only refused has none."""
        order, facts, budget = self._order, visit.facts, visit.asker.budget
        self.counts.connections += budget.connections
        self.counts.bytes_in += budget.bytes_in
        if not facts.open_ports and not facts.discovered:
            self.counts.refusing += 1
            return
        identity = identify(facts)
        judgement = judge(
            facts,
            identity,
            modes=self._permission.modes,
            now=order.now(),
            is_exposed=is_public(facts.ip),
            advisories=order.advisories,
            built_on=order.built_on,
        )
        order.records.keep(
            row_of(
                facts,
                identity,
                judgement,
                first_seen=visit.started_at,
                last_seen=order.now(),
                connections=budget.connections,
                bytes_in=budget.bytes_in,
            )
        )
        self.counts.devices += 1

    def _keep_unfinished(self) -> None:
        """Keep what was seen of the devices whose visit was cut off; they are visited anew when the run goes on."""
        for visit in self._visits.values():
            visit.facts.cut_short = f"{STOPPED}-{self._order.stop.reason}"
            self._keep(visit)

    def _count_costs(self, wall_s: float, cpu_s: float) -> None:
        counts = self.counts
        counts.wall_s, counts.cpu_s = round(wall_s, 3), round(cpu_s, 3)
        counts.most_memory_mb = most_memory_mb()
        counts.slowest_per_s = self._pace.slowest_per_s
        counts.losses = self._pace.losses
        counts.local_failures = self._gate.local_failures
        counts.hung = tuple(self._canary.hung)
        counts.swept = self._sweep.done


def most_memory_mb() -> float:
    """Return the most memory that this process has held, in MB; what `getrusage` says may be its parent's."""
    told = Path("/proc/self/status").read_text("ascii").partition("VmHWM:")[2]
    return round(int(told.split()[0]) / 1024, 1)


def first_of(failures: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return the first error of a group, however deep it lies."""
    first = failures.exceptions[0]
    return first_of(first) if isinstance(first, BaseExceptionGroup) else first
