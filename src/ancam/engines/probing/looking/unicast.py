"""Datagrams to one address that devices answer: who makes them, and what comes back."""

import socket
import uuid
from collections.abc import Mapping
from contextlib import suppress
from time import monotonic

from ancam.engines.probing.facts import DiscoveryAnswer, HostFacts
from ancam.engines.probing.looking.sweep import Question
from ancam.engines.probing.sending.budget import Budget
from ancam.engines.probing.sending.gate import Gate, readable
from ancam.engines.probing.wire import dahua, mdns, sadp, ssdp, ubiquiti, ws_discovery, xm

_ANSWER_S = 1.0
_MOST_BYTES = 65_535

# Asked of every address: what answers one of these is a device of surveillance, and says which.
SWEPT = ("ws-discovery", "sadp", "dahua", "xm")
_MDNS_NAMES = ("_services._dns-sd._udp.local", "_axis-video._tcp.local", "_rtsp._tcp.local")


def questions(names: tuple[str, ...] = SWEPT) -> list[Question]:
    """Return the questions of the named protocols; one-time ids are drawn anew."""
    made = {
        "ws-discovery": lambda: Question(
            "ws-discovery", 3702, ws_discovery.probe(str(uuid.uuid4())), ws_discovery.read
        ),
        "sadp": lambda: Question("sadp", 37020, sadp.inquiry(str(uuid.uuid4())), sadp.read),
        "dahua": lambda: Question("dahua", 37810, dahua.search(), dahua.read),
        "xm": lambda: Question("xm", 34569, xm.search(), xm.read),
        "ssdp": lambda: Question("ssdp", 1900, ssdp.search(), ssdp.read),
        "mdns": lambda: Question("mdns", 5353, mdns.query(_MDNS_NAMES), mdns.read),
        "ubiquiti": lambda: Question("ubiquiti", 10001, ubiquiti.search(), ubiquiti.read),
    }
    return [made[name]() for name in names]


async def ask(facts: HostFacts, question: Question, gate: Gate, budget: Budget) -> None:
    """Send one datagram and keep its answer; silence is nothing. Waits a second at most. Raises LocalFailure."""
    values = await answer_to(facts.ip, question, gate, budget)
    if values is not None:
        keep(facts, question, values)


async def answer_to(address: str, question: Question, gate: Gate, budget: Budget) -> Mapping[str, str] | None:
    """Send one datagram and return what the device answered, None when nothing came within a second.

    Raises LocalFailure.
    """
    sock = await gate.call_out(question.payload, address, question.port, budget)
    with sock, suppress(OSError):  # TimeoutError is one
        return await _heard(address, question, sock, monotonic() + _ANSWER_S)
    return None


async def _heard(address: str, question: Question, sock: socket.socket, until: float) -> Mapping[str, str] | None:
    """Read until the device itself has answered the question; who else sends something is not heard."""
    while (left_s := until - monotonic()) > 0:
        await readable(sock, left_s)
        data, source = sock.recvfrom(_MOST_BYTES)
        if source[0] == address and source[1] == question.port:
            values = question.read(data)
            if values is not None:
                return values
    return None


def keep(facts: HostFacts, question: Question, values: Mapping[str, str]) -> None:
    """Keep what a device said to a question, once."""
    if all(answer.protocol != question.protocol for answer in facts.discovered):
        facts.discovered.append(DiscoveryAnswer(question.protocol, question.port, values))
