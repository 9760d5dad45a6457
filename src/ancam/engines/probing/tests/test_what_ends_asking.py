"""What a device does wrong ends nothing but its own look, and leaves no line open."""

import asyncio

import pytest

from ancam.engines.probing.facts import Ask
from ancam.engines.probing.looking.asking import StoppedAnswering, Talk, Web
from ancam.engines.probing.looking.together import together
from ancam.engines.probing.recording.journal import verified
from ancam.engines.probing.sending.budget import BudgetSpent
from ancam.engines.probing.sending.gate import Strayed
from ancam.engines.probing.sending.stopping import Stopped
from ancam.engines.probing.tests.devices import hanging, raw, saying
from ancam.engines.probing.tests.loopback import (
    BYE,
    Device,
    Request,
    a_budget,
    a_closed_port,
    a_stop,
    a_tls_context,
    an_asker,
    reply,
    serving,
    silence,
)
from ancam.engines.probing.tests.questions import asked

pytestmark = pytest.mark.network


def test_a_port_that_does_not_open_is_no_answer_and_the_third_time_ends_the_look(tmp_path):
    port = a_closed_port()
    asker = an_asker(tmp_path, port)

    async def ask_it() -> None:
        assert await asked(asker, port) is None
        assert await asker.tls(port) is None
        with pytest.raises(StoppedAnswering):
            await asked(asker, port)

    asyncio.run(ask_it())
    assert asker.budget.connections == 3


def test_a_port_that_only_the_device_named_says_nothing_of_those_that_were_open(tmp_path):
    port = a_closed_port()
    asker = an_asker(tmp_path)

    async def ask_it() -> None:
        for _ in range(4):
            assert await asked(asker, port) is None

    asyncio.run(ask_it())
    assert asker.failures == 0


@pytest.mark.parametrize("port", [9100, 0, 65_536])
def test_a_port_that_is_never_asked_is_not_asked_for_a_device_that_names_it(tmp_path, port):
    asker = an_asker(tmp_path)

    assert asyncio.run(asked(asker, port)) is None
    assert asker.budget.connections == 0


def test_an_answer_in_between_forgives_what_failed(tmp_path):
    async def ask_it() -> int:
        async with serving(saying(reply())) as port:
            shut = a_closed_port()
            asker = an_asker(tmp_path, port, shut)
            for one in (shut, shut, port, shut, shut):
                await asked(asker, one)
            return asker.failures

    assert asyncio.run(ask_it()) == 2


def test_a_port_that_falls_silent_slows_the_run_down(tmp_path):
    with hanging("127.0.0.1") as full:
        port = full.getsockname()[1]
        asker = an_asker(tmp_path, port, budget=a_budget(seconds=5))
        asker.budget.answered_in(0.0)

        assert asyncio.run(asked(asker, port)) is None

    assert asker.gate.pace.losses == 1


def test_a_device_out_of_scope_is_not_asked(tmp_path):
    asker = an_asker(tmp_path)
    asker.facts.ip = "127.0.0.2"

    with pytest.raises(Strayed):
        asyncio.run(asked(asker, 80))


@pytest.mark.parametrize("is_tls", [False, True])
def test_time_that_runs_out_in_the_middle_of_an_answer_frees_the_line(tmp_path, is_tls):
    async def ask_it():
        async with serving(silence) as port:
            asker = an_asker(tmp_path, port, budget=a_budget(at_once=1, seconds=1))
            assert await asked(asker, port, is_tls=is_tls) is None
            with pytest.raises(BudgetSpent):
                await asked(asker, port, is_tls=is_tls)
            return asker

    asker = asyncio.run(ask_it())
    assert not asker.budget.slots.locked()
    assert [event["what"] for event in verified(tmp_path / "events.jsonl")][-1] == "close"


@pytest.mark.parametrize("is_tls", [False, True])
def test_bytes_that_run_out_in_the_middle_of_an_answer_free_the_line(tmp_path, is_tls):
    async def ask_it():
        flood = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n" + b"x" * 60_000)
        async with serving(flood, tls=a_tls_context() if is_tls else None) as port:
            asker = an_asker(tmp_path, port, budget=a_budget(at_once=1, bytes_left=3_000))
            with pytest.raises(BudgetSpent):
                await asked(asker, port, is_tls=is_tls)
            return asker

    asker = asyncio.run(ask_it())
    assert not asker.budget.slots.locked()
    assert asker.facts.http == []


def test_a_stop_in_the_middle_sends_nothing_more(tmp_path):
    stop = a_stop()

    def answer(_: Request) -> bytes:
        stop.pull("signal")
        return reply(Connection="close") + BYE

    device = Device(answer)

    async def ask_it():
        async with serving(device) as port:
            asker = an_asker(tmp_path, port, stop=stop)
            with Talk(asker, Web(port, False)) as talk:
                await asker.get(talk, Ask.HOME, "/1")
                with pytest.raises(Stopped):
                    await asker.get(talk, Ask.HOME, "/2")
            return asker

    assert len(asyncio.run(ask_it()).facts.http) == 1
    assert device.asked == ["GET /1"]


def test_what_ends_one_ends_all_before_it_goes_on():
    ended: list[str] = []

    async def go_on() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("the other")

    async def fail() -> None:
        raise StoppedAnswering

    async def ask() -> None:
        with pytest.raises(StoppedAnswering):
            await together(go_on(), fail())
        assert ended == ["the other"]

    asyncio.run(ask())
