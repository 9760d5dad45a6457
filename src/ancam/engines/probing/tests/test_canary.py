"""Nobody is spoken to before the first device has come through; the second that hangs ends the run."""

import asyncio

import pytest

from ancam.engines.probing.facts import PortState
from ancam.engines.probing.looking import canary
from ancam.engines.probing.looking.asking import Asker
from ancam.engines.probing.looking.canary import Canary
from ancam.engines.probing.sending.budget import Budget
from ancam.engines.probing.sending.stopping import Stop
from ancam.engines.probing.tests.devices import hanging
from ancam.engines.probing.tests.loopback import a_budget, a_closed_port, a_gate, a_stop, an_asker, serving, silence

pytestmark = pytest.mark.network


def a_canary(tmp_path, stop: Stop | None = None) -> Canary:
    return Canary(a_gate(tmp_path, "127.110.6.0/24"), stop or a_stop())


def of(tmp_path, ip: str, *ports: int, budget: Budget | None = None) -> Asker:
    return an_asker(tmp_path, *ports, ip=ip, budget=budget or a_budget())


async def spoken(one: Canary, *addresses: str) -> list[str]:
    """Let these wait and return, a moment later, who may speak."""
    may: list[str] = []

    async def wait(address: str) -> None:
        await one.wait(address)
        may.append(address)

    waiting = [asyncio.create_task(wait(address)) for address in addresses]
    for _ in range(5):
        await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    return may


def test_only_the_first_speaks_until_it_has_come_through(tmp_path):
    async def run() -> None:
        one = a_canary(tmp_path)
        assert await spoken(one, "127.110.6.1", "127.110.6.2") == ["127.110.6.1"]
        async with serving(silence, "127.110.6.1") as port:
            await one.look_after(of(tmp_path, "127.110.6.1", port))
        assert await spoken(one, "127.110.6.2", "127.110.6.3") == ["127.110.6.2", "127.110.6.3"]
        assert not one.hung

    asyncio.run(run())


def test_those_who_wait_are_let_go_when_the_canary_takes_too_long(tmp_path, monkeypatch):
    monkeypatch.setattr(canary, "_LONGEST_WAIT_S", 0.02)

    async def run() -> None:
        one = a_canary(tmp_path)
        await one.wait("127.110.6.1")
        await one.wait("127.110.6.2")

    asyncio.run(run())


def test_those_who_wait_are_let_go_when_the_canary_comes_through(tmp_path):
    async def run() -> None:
        one = a_canary(tmp_path)
        await one.wait("127.110.6.1")
        waiting = asyncio.create_task(one.wait("127.110.6.2"))
        await asyncio.sleep(0)
        await one.look_after(of(tmp_path, "127.110.6.1"))
        await waiting

    asyncio.run(run())


def test_the_second_that_hangs_stops_the_run(tmp_path):
    stop = a_stop()

    async def run() -> None:
        one = a_canary(tmp_path, stop)
        for number, reason in ((1, None), (2, "canary-hung")):
            ip = f"127.110.6.{number}"
            assert await spoken(one, ip) == [ip]
            with hanging(ip) as full:
                asker = of(tmp_path, ip, full.getsockname()[1])
                asker.budget.answered_in(0)
                await one.look_after(asker)
            assert stop.reason == reason
        assert one.hung == ["127.110.6.1", "127.110.6.2"]

    asyncio.run(run())


def test_a_port_that_refuses_or_whose_budget_is_spent_does_not_hang(tmp_path):
    async def run() -> None:
        for budget in (a_budget(), a_budget(seconds=0)):
            one = a_canary(tmp_path)
            await one.wait("127.110.6.1")
            await one.look_after(of(tmp_path, "127.110.6.1", a_closed_port(), budget=budget))
            assert not one.hung

    asyncio.run(run())


def test_one_port_that_still_answers_is_enough(tmp_path):
    async def run() -> None:
        one = a_canary(tmp_path)
        await one.wait("127.110.6.1")
        async with serving(silence, "127.110.6.1") as port:
            with hanging("127.110.6.1") as full:
                asker = of(tmp_path, "127.110.6.1", port, full.getsockname()[1])
                asker.budget.answered_in(0)
                await one.look_after(asker)
        assert not one.hung

    asyncio.run(run())


def test_only_the_canary_itself_is_looked_after(tmp_path):
    async def run() -> None:
        one = a_canary(tmp_path)
        await one.wait("127.110.6.1")
        other = of(tmp_path, "127.110.6.2", 80)
        await one.look_after(other)
        assert other.budget.connections == 0
        assert other.facts.tcp[80] is PortState.OPEN

    asyncio.run(run())
