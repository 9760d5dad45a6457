"""A connection sends all of what is said, however slowly it is taken, and is let go once."""

import asyncio
import socket

from ancam.engines.probing.lab.harm import Harm
from ancam.engines.probing.lab.line import Line
from ancam.engines.probing.lab.talkers import MuteTalk


def connected(loop: asyncio.AbstractEventLoop) -> tuple[Line, socket.socket]:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    return Line(loop, ours, MuteTalk(), Harm()), theirs


def test_much_is_sent_in_time():
    async def talk() -> tuple[int, bool]:
        loop = asyncio.get_running_loop()
        line, theirs = connected(loop)
        with theirs:
            line.send(b"x" * 5_000_000)
            line.finish()
            taken = 0
            while piece := await loop.sock_recv(theirs, 65_536):
                taken += len(piece)
        return taken, line.is_open

    assert asyncio.run(talk()) == (5_000_000, False)


def test_nobody_listens_any_more():
    async def talk() -> bool:
        line, theirs = connected(asyncio.get_running_loop())
        theirs.close()
        line.send(b"x")
        line.send(b"x")
        line.reset()
        return line.is_open

    assert asyncio.run(talk()) is False


def test_waking_without_reason_changes_nothing():
    async def talk() -> bool:
        line, theirs = connected(asyncio.get_running_loop())
        with theirs:
            line._readable()
            is_open = line.is_open
            line.close()
        return is_open

    assert asyncio.run(talk()) is True
