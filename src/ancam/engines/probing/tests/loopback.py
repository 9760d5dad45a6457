"""Small servers and the parts of an assessment around them, for tests on loopback."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

from ancam.engines.probing.budget import Budget
from ancam.engines.probing.gate import Gate
from ancam.engines.probing.journal import Journal
from ancam.engines.probing.pacing import CarefulPace
from ancam.engines.probing.scope import Scope
from ancam.engines.probing.stopping import Stop

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def now() -> datetime:
    return datetime.now(UTC)


def a_stop(seconds: float = 3_600) -> Stop:
    return Stop(now() + timedelta(seconds=seconds), now, ())


def a_gate(folder: Path, *allow: str, deny: tuple[str, ...] = (), stop: Stop | None = None, per_s: float = 1e6) -> Gate:
    scope = Scope.of([ip_network(text) for text in allow], [ip_network(text) for text in deny])
    return Gate(scope, CarefulPace(per_s), stop or a_stop(), Journal(folder / "events.jsonl", now))


def a_budget(*, at_once: int = 2, per_s: float = 1e6, bytes_left: int = 1_000_000, seconds: float = 15) -> Budget:
    return Budget(at_once=at_once, per_s=per_s, bytes_left=bytes_left, seconds=seconds)


@asynccontextmanager
async def serving(handler: Handler, address: str = "127.0.0.1", port: int = 0) -> AsyncIterator[int]:
    """Serve on a port of loopback and give its number."""

    async def closing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await handler(reader, writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(closing, address, port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def a_closed_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accept and never say anything, until the other side goes."""
    await reader.read()
