"""The one door to the network: every socket is opened here, after the scope has admitted the address."""

import asyncio
import errno
import resource
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Protocol

from ancam.engines.probing.facts import PortState
from ancam.engines.probing.sending.budget import Budget
from ancam.engines.probing.sending.line import Line
from ancam.engines.probing.sending.pacing import CarefulPace
from ancam.engines.probing.sending.stopping import Stop

# Raw print ports print whatever they are sent.
NEVER_PORTS = frozenset({9100, 9101, 9102, 9103, 9104, 9105, 9106, 9107})
# What this machine failed at, not the device: tried again, never taken for an answer. What it may not do at all, such
# as reach a broadcast address or pass its own firewall, is no such lack: it would be tried for ever.
LOCAL_FAILURES = frozenset(
    {
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOBUFS,
        errno.ENOMEM,
        errno.EADDRNOTAVAIL,
        errno.EADDRINUSE,
        errno.EAGAIN,
    }
)
_FILES = 16_384
_OTHER_FILES = 64
# Between tries that this machine failed at.
_PAUSES_S = tuple(min(0.02 * 2**number, 1.0) for number in range(20))


class Admitting(Protocol):
    """What says whether an address may be reached; None when it may."""

    def refusal(self, address: str) -> str | None: ...


class Recording(Protocol):
    """What keeps a line of everything that is sent."""

    def connecting(self, address: str, port: int) -> None: ...
    def sending(self, address: str, port: int, size_bytes: int) -> None: ...
    def asked(self, address: str, port: int, line: str) -> None: ...
    def closed(self, address: str, port: int, received: int, sent: int) -> None: ...
    def refused(self, address: str, port: int, reason: str) -> None: ...


class Strayed(Exception):
    """Somebody wanted to reach an address or port that is not permitted. Nothing was sent."""

    def __init__(self, address: str, port: int, reason: str) -> None:
        super().__init__(f"{address}:{port}: {reason}")
        self.address, self.port, self.reason = address, port, reason


class LocalFailure(Exception):
    """This machine could not open a connection, tried again and again; nothing is known of the device."""


class Gate:
    """Opens connections and sends datagrams within the scope, at the permitted pace, with a line for each.

    Whatever address is met in an answer passes `_admit` again before a socket is made for it. Names are never resolved.
    """

    def __init__(
        self,
        scope: Admitting,
        pace: CarefulPace,
        stop: Stop,
        journal: Recording,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.pace = pace
        self.local_failures = 0
        self._scope = scope
        self._stop = stop
        self._journal = journal
        self._clock = clock

    def _admit(self, address: str, port: int) -> None:
        """Raise Strayed or Stopped unless this address and port may be reached now."""
        self._stop.check()
        reason = self._scope.refusal(address)
        if reason is None and not may_be_asked(port):
            reason = "port"
        if reason is not None:
            self._journal.refused(address, port, reason)
            raise Strayed(address, port, reason)

    def begin(self, address: str, port: int) -> tuple[socket.socket | None, int]:
        """Begin a TCP connection; return its socket and the errno of `connect`, or (None, errno) when none was made.

        The caller has waited for its turn. EINPROGRESS and 0 are no failures.
        """
        self._admit(address, port)
        try:
            sock = socket.socket(family_of(address), socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
        except OSError as exc:
            self.local_failures += 1
            return None, exc.errno or errno.EMFILE
        try:
            self._journal.connecting(address, port)
        except BaseException:
            sock.close()
            raise
        code = sock.connect_ex((address, port))
        if code in LOCAL_FAILURES:
            self.local_failures += 1
            sock.close()
            return None, code
        return sock, code

    def datagrams(self, family: int = socket.AF_INET) -> socket.socket | None:
        """Return a socket of this machine for datagrams, None when none was made; it reaches nobody but by `send`."""
        try:
            sock = socket.socket(family, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
        except OSError:
            self.local_failures += 1
            return None
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_000_000)
        return sock

    def send(self, sock: socket.socket, payload: bytes, address: str, port: int) -> bool:
        """Send one datagram; False when this machine could not just now, and it must be tried again."""
        self._admit(address, port)
        self._journal.sending(address, port, len(payload))
        try:
            sock.sendto(payload, (address, port))
        except OSError as exc:
            if exc.errno in LOCAL_FAILURES:
                self.local_failures += 1
                return False
        return True

    def lose(self) -> None:
        """Slow down: a device that had answered did not."""
        self.pace.lose()

    async def dial(self, address: str, port: int, budget: Budget) -> Line | PortState:
        """Connect to a device within its budget and return the open line, or how the port refused.

        The line holds one of the device's slots until it is closed. Raises BudgetSpent, Stopped, Strayed, LocalFailure.
        """
        await budget.slots.acquire()
        try:
            answer = await self._dial(address, port, budget)
        except BaseException:
            budget.slots.release()
            raise
        if isinstance(answer, PortState):
            budget.slots.release()
        return answer

    async def _dial(self, address: str, port: int, budget: Budget) -> Line | PortState:
        for pause_s in _PAUSES_S:
            await self._turn(budget)
            with budget.busy():
                within_s = budget.within_s(budget.connect_s)
                started = self._clock()
                sock, code = self.begin(address, port)
                if sock is not None:
                    budget.count_connection()
                    state = await self._settled(sock, code, within_s)
                    if state is PortState.SILENT:
                        budget.left_unanswered()
                    else:
                        budget.answered_in(self._clock() - started)
                    if state is PortState.OPEN:
                        return Line(sock, address, port, budget, self._journal)
                    return state
            await asyncio.sleep(pause_s)
        raise LocalFailure(f"{address}:{port}")

    async def call_out(self, payload: bytes, address: str, port: int, budget: Budget) -> socket.socket:
        """Send one datagram at the device's turn and return the socket that its answer comes to; the caller closes it.

        Raises Stopped, Strayed, LocalFailure.
        """
        for pause_s in _PAUSES_S:
            await self._turn(budget)
            sock = self.datagrams(family_of(address))
            if sock is not None:
                try:
                    if self.send(sock, payload, address, port):
                        return sock
                except BaseException:
                    sock.close()
                    raise
                sock.close()
            await asyncio.sleep(pause_s)
        raise LocalFailure(f"{address}:{port}")

    async def _turn(self, budget: Budget) -> None:
        """Wait for the device's own turn, then for one of the whole run."""
        for pace in (budget.pace, self.pace):
            if wait_s := pace.wait_s():
                await asyncio.sleep(wait_s)

    async def _settled(self, sock: socket.socket, code: int, within_s: float) -> PortState:
        """Wait until a connection that was begun is decided."""
        if code == errno.EINPROGRESS:
            try:
                await writable(sock, within_s)
            except TimeoutError:
                sock.close()
                return PortState.SILENT
            except BaseException:
                sock.close()
                raise
            code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        state = state_of(code)
        if state is not PortState.OPEN:
            sock.close()
        return state


def may_be_asked(port: int) -> bool:
    """Tell whether a port is ever asked, of any device."""
    return 0 < port < 65_536 and port not in NEVER_PORTS


def state_of(code: int) -> PortState:
    """Return what the errno of a connection that could be begun says of the port.

    A connection that is reset at once was made before: only a refusal closes a port.
    """
    if code in (0, errno.ECONNRESET):
        return PortState.OPEN
    return PortState.CLOSED if code == errno.ECONNREFUSED else PortState.SILENT


def room_for_sockets() -> int:
    """Return how many sockets this process may hold, after asking the system for as many as a run can use."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _FILES if hard == resource.RLIM_INFINITY else min(hard, _FILES)
    if most > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return max(soft, most) - _OTHER_FILES


async def writable(sock: socket.socket, within_s: float) -> None:
    """Return when a socket can be written to; raises TimeoutError.

    Tens of thousands of ports are waited for in a run: a timer of the loop costs a third of `asyncio.timeout`.
    """
    loop = asyncio.get_running_loop()
    number = sock.fileno()
    await _ready(partial(loop.add_writer, number), partial(loop.remove_writer, number), within_s)


async def readable(sock: socket.socket, within_s: float) -> None:
    """Return when there is something to read; raises TimeoutError."""
    loop = asyncio.get_running_loop()
    number = sock.fileno()
    await _ready(partial(loop.add_reader, number), partial(loop.remove_reader, number), within_s)


async def _ready(watch: Callable[..., None], leave: Callable[[], bool], within_s: float) -> None:
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[bool] = loop.create_future()
    watch(_resolve, ready, True)
    timer = loop.call_later(within_s, _resolve, ready, False)
    try:
        if not await ready:
            raise TimeoutError
    finally:
        timer.cancel()
        leave()


def _resolve(ready: "asyncio.Future[bool]", is_so: bool) -> None:
    # The answer and the end of patience may come at once.
    with suppress(asyncio.InvalidStateError):
        ready.set_result(is_so)


def family_of(address: str) -> int:
    """Return the kind of socket that reaches an address."""
    return socket.AF_INET6 if ":" in address else socket.AF_INET
