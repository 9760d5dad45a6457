"""Who has answered the first look and waits for a visit: those with something open before those that only refuse."""

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ancam.engines.probing.facts import HostFacts, PortState
from ancam.engines.probing.looking import unicast
from ancam.engines.probing.looking.sweep import Question
from ancam.engines.probing.sending.budget import CONNECT_S


@dataclass(slots=True)
class Living:
    """Hears the sweep and hands out who is to be visited, each once. What is known of a device goes with its visit."""

    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    found: int = 0  # devices with something open, or that said who they are
    _facts: dict[str, HostFacts] = field(default_factory=dict)
    _likely: deque[str] = field(default_factory=deque)
    _refusing: dict[str, int] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def knocked(self, address: str, port: int, state: PortState, after_s: float) -> None:
        """Take in what a port did in the first look, and after how long; silence says nothing."""
        if state is PortState.SILENT:
            return
        facts = self._facts.get(address)
        if facts is None and state is PortState.OPEN:
            facts = self._found(address)
        if facts is not None:
            facts.tcp.setdefault(port, state)
            facts.answered_in_s = after_s if facts.answered_in_s is None else min(facts.answered_in_s, after_s)
        elif address not in self._seen:
            self._seen.add(address)
            self._refusing[address] = port
            self.arrived.set()

    def told(self, address: str, question: Question, values: Mapping[str, str]) -> None:
        """Take in what a device said to a datagram."""
        facts = self._facts.get(address) or self._found(address)
        if facts is not None:
            unicast.keep(facts, question, values)

    def known(self, address: str, ports: Iterable[int]) -> None:
        """Take in a device that an earlier scan found, with the ports it found open."""
        for port in ports:
            self.knocked(address, port, PortState.OPEN, CONNECT_S)

    def lives(self, address: str) -> bool:
        """Whether an address has answered."""
        return address in self._seen

    def next(self) -> HostFacts | None:
        """Return who is to be visited next, None when nobody waits."""
        if self._likely:
            return self._facts[self._likely.popleft()]
        if self._refusing:
            address, port = self._refusing.popitem()
            facts = self._facts[address] = HostFacts(address)
            facts.tcp[port] = PortState.CLOSED
            return facts
        return None

    def leave(self, address: str) -> None:
        """Forget what is known of a device whose visit has ended."""
        del self._facts[address]

    def _found(self, address: str) -> HostFacts | None:
        """Take in a device; None when its visit has ended before: what comes late changes nothing."""
        port = self._refusing.pop(address, None)
        if address in self._seen and port is None:
            return None
        self._seen.add(address)
        facts = self._facts[address] = HostFacts(address)
        if port is not None:
            facts.tcp[port] = PortState.CLOSED
        self.found += 1
        self._likely.append(address)
        self.arrived.set()
        return facts
