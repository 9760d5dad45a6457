"""Who lives in a range: a few datagrams and three ports, asked of every address in an order that spares all.

A connection costs one socket and no task here: a whole range is begun and heard through one epoll.
"""

import asyncio
import errno
import random
import select
import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from ancam.engines.probing.facts import PortState
from ancam.engines.probing.sending.budget import CONNECT_S
from ancam.engines.probing.sending.gate import Gate, LocalFailure, family_of, state_of

# Addresses of one block are asked port by port; memory is bounded by the block, not by the range.
BLOCK = 4_096
# At the highest pace that may be signed, more than the silence of a second takes.
AT_ONCE = 6_000
_BATCH = 256
_TICK_S = 0.002
_ANSWER_S = 1.0
_DATAGRAM_BYTES = 65_535
_HEARD_AT_ONCE = 512
_LONGEST_LACK_S = 60.0


class Addresses(Protocol):
    """A range of addresses that can be drawn from without listing it."""

    def __len__(self) -> int: ...
    def at(self, index: int) -> str: ...


@dataclass(frozen=True, slots=True)
class Question:
    """A datagram that devices of a kind answer. `read` returns what it said, None when it is no such answer."""

    protocol: str
    port: int
    payload: bytes
    read: Callable[[bytes], Mapping[str, str] | None]


class Listener(Protocol):
    """Who is told what the sweep finds; called from within the sweep, so it must be quick."""

    def knocked(self, address: str, port: int, state: PortState, after_s: float) -> None: ...
    def told(self, address: str, question: Question, values: Mapping[str, str]) -> None: ...
    def lives(self, address: str) -> bool: ...


class Sweep:
    """The first look at a range. Every address gets each question once and, until it has answered, each port once."""

    def __init__(
        self,
        gate: Gate,
        listener: Listener,
        *,
        questions: Sequence[Question],
        ports: Sequence[int],
        timeout_s: float = CONNECT_S,
        at_once: int = AT_ONCE,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._gate = gate
        self._listener = listener
        self._questions = questions
        self._ports = ports
        self._timeout_s = timeout_s
        self._at_once = at_once
        self._clock = clock
        self._epoll = select.epoll()
        self._begun: dict[int, tuple[socket.socket, str, int, float]] = {}
        self._ends: deque[tuple[float, int, socket.socket]] = deque()
        self._again: deque[tuple[str, int]] = deque()
        self._ears: dict[int, tuple[socket.socket, Question]] = {}
        self._mouths: dict[tuple[str, int], socket.socket] = {}
        self._asked: set[str] = set()
        self._lacking_since: float | None = None
        self.done = 0  # addresses through with the first look

    async def run(self, addresses: Addresses, draw: random.Random, *, skip: Callable[[str], bool]) -> None:
        """Look at every address that is not skipped; ends when the last answer is in.

        Raises Stopped, Strayed, and LocalFailure when this machine could send nothing for a minute.
        """
        try:
            for block in blocks(len(addresses), draw):
                members = [address for address in map(addresses.at, block) if not skip(address)]
                self._asked.update(members)
                await self._look(members)
                self.done += len(block)
            await self._wait_out()
        finally:
            self.close()

    async def _look(self, members: list[str]) -> None:
        for question in self._questions:
            await self._send_all(question, members)
        for port in self._ports:
            await self._knock_all(members, port)

    async def _send_all(self, question: Question, members: list[str]) -> None:
        waiting = deque(members)
        while waiting:
            turns = self._gate.pace.take(_BATCH)
            for _ in range(min(turns, len(waiting))):
                address = waiting.popleft()
                if not self._send(question, address):
                    waiting.append(address)
                    break
            await self._tick()

    def _send(self, question: Question, address: str) -> bool:
        """Send one datagram; False when this machine has to breathe first."""
        sock = self._mouth(question, family_of(address))
        if sock is None or not self._gate.send(sock, question.payload, address, question.port):
            self._lack()
            return False
        self._lacking_since = None
        return True

    def _mouth(self, question: Question, family: int) -> socket.socket | None:
        """Return the socket for a question, None when there is none to be had; answers come back to it."""
        sock = self._mouths.get((question.protocol, family))
        if sock is None and (sock := self._gate.datagrams(family)) is not None:
            self._mouths[question.protocol, family] = sock
            self._ears[sock.fileno()] = (sock, question)
            self._epoll.register(sock, select.EPOLLIN)
        return sock

    def _lack(self) -> None:
        """Take in that this machine could send nothing just now; raises LocalFailure when that lasts for a minute."""
        now = self._clock()
        self._lacking_since = now if self._lacking_since is None else self._lacking_since
        if now - self._lacking_since > _LONGEST_LACK_S:
            raise LocalFailure

    async def _knock_all(self, members: list[str], port: int) -> None:
        waiting = iter(members)
        more = True
        while more:
            room = min(_BATCH, self._at_once - len(self._begun))
            turns = self._gate.pace.take(room) if room > 0 else 0
            more = self._knock_some(waiting, port, turns) if turns else more
            await self._tick(0 if turns == _BATCH else _TICK_S)

    def _knock_some(self, waiting: Iterator[str], port: int, turns: int) -> bool:
        """Begin as many connections as there are turns; False when nobody is left to knock at."""
        while turns:
            address = next(waiting, None)
            if address is None:
                return False
            if not self._listener.lives(address):
                turns -= 1
                if not self._knock(address, port):
                    break
        return True

    def _knock(self, address: str, port: int) -> bool:
        """Begin one connection; False when this machine has to breathe first."""
        started = self._clock()
        sock, code = self._gate.begin(address, port)
        if sock is None:
            self._lack()
            self._again.append((address, port))
            return False
        self._lacking_since = None
        if code != errno.EINPROGRESS:
            sock.close()
            self._listener.knocked(address, port, state_of(code), self._clock() - started)
            return True
        number = sock.fileno()
        self._begun[number] = (sock, address, port, started)
        self._ends.append((started + self._timeout_s, number, sock))
        self._epoll.register(number, select.EPOLLOUT)
        return True

    async def _tick(self, rest_s: float = _TICK_S) -> None:
        """Hear what has come, give up what took too long, try again what failed here; let others run."""
        self._hear()
        self._give_up()
        for _ in range(min(len(self._again), self._gate.pace.take(_BATCH) if self._again else 0)):
            if not self._knock(*self._again.popleft()):
                break
        await asyncio.sleep(rest_s)

    def _hear(self) -> None:
        for number, _ in self._epoll.poll(0, _HEARD_AT_ONCE):
            if number in self._ears:
                self._listen(*self._ears[number])
            else:
                self._settle(*self._begun.pop(number))

    def _settle(self, sock: socket.socket, address: str, port: int, started: float) -> None:
        code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        sock.close()
        self._listener.knocked(address, port, state_of(code), self._clock() - started)

    def _listen(self, sock: socket.socket, question: Question) -> None:
        for _ in range(_HEARD_AT_ONCE):
            try:
                data, source = sock.recvfrom(_DATAGRAM_BYTES)
            except OSError:
                return
            # Who was not asked is not heard, and what does not come from the port that was asked neither.
            if source[0] in self._asked and source[1] == question.port:
                values = question.read(data)
                if values is not None:
                    self._listener.told(source[0], question, values)

    def _give_up(self) -> None:
        now = self._clock()
        while self._ends and self._ends[0][0] <= now:
            _, number, sock = self._ends.popleft()
            begun = self._begun.get(number)
            if begun is not None and begun[0] is sock:
                del self._begun[number]
                sock.close()
                self._listener.knocked(begun[1], begun[2], PortState.SILENT, self._timeout_s)

    async def _wait_out(self) -> None:
        """Wait for the last connections and datagrams to be answered."""
        until = self._clock() + _ANSWER_S
        while self._begun or self._again or self._clock() < until:
            await self._tick()

    def close(self) -> None:
        """Close whatever is open."""
        for sock, *_ in self._begun.values():
            sock.close()
        for sock, _question in self._ears.values():
            sock.close()
        self._begun.clear()
        self._ears.clear()
        self._epoll.close()


def blocks(count: int, draw: random.Random) -> Iterable[list[int]]:
    """Yield the numbers below `count` in blocks, drawn so that neighbours in the range are far apart in time.

    A walk through the range with a step that shares no divisor with its length meets each number once.
    """
    if count == 0:
        return
    step = draw.randrange(count) if count > 1 else 1
    while not _coprime(step, count):
        step = step % count + 1
    at = draw.randrange(count)
    for start in range(0, count, BLOCK):
        block = [(at + number * step) % count for number in range(start, min(start + BLOCK, count))]
        draw.shuffle(block)
        yield block


def _coprime(step: int, count: int) -> bool:
    while count:
        step, count = count, step % count
    return step == 1
