"""Every connection passes the gate: within the scope, in its turn, within the budget, with a line in the journal."""

import asyncio
import errno
import os
import socket
import subprocess
import sys

import pytest

from ancam.engines.probing.facts import PortState
from ancam.engines.probing.recording.journal import NotKept, verified
from ancam.engines.probing.sending.budget import BudgetSpent
from ancam.engines.probing.sending.gate import NEVER_PORTS, LocalFailure, Strayed, state_of
from ancam.engines.probing.sending.line import Line
from ancam.engines.probing.sending.stopping import Stopped
from ancam.engines.probing.tests.limits import full_disk, no_more_files
from ancam.engines.probing.tests.loopback import (
    a_budget,
    a_closed_port,
    a_gate,
    a_stop,
    no_port_free,
    serving,
    silence,
)

pytestmark = pytest.mark.network


async def greeting(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"hello")
    await writer.drain()


def test_an_open_port_gives_a_line_that_talks(tmp_path):
    async def talk() -> bytes:
        gate, budget = a_gate(tmp_path, "127.0.0.0/8"), a_budget()
        async with serving(greeting) as port:
            line = await gate.dial("127.0.0.1", port, budget)
            assert isinstance(line, Line)
            with line:
                line.note("GET /")
                await line.send(b"GET /")
                heard = await line.receive()
        assert (budget.connections, budget.bytes_in) == (1, 5)
        return heard

    assert asyncio.run(talk()) == b"hello"
    events = list(verified(tmp_path / "events.jsonl"))
    assert [event["what"] for event in events] == ["connect", "request", "close"]
    assert (events[2]["in"], events[2]["out"]) == (5, 5)


def test_a_closed_port_says_so(tmp_path):
    gate = a_gate(tmp_path, "127.0.0.0/8")

    assert asyncio.run(gate.dial("127.0.0.1", a_closed_port(), a_budget())) is PortState.CLOSED


def test_a_port_whose_queue_is_full_is_silent(tmp_path):
    async def dial() -> Line | PortState:
        gate, budget = a_gate(tmp_path, "127.0.0.0/8"), a_budget()
        with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
            place = full.getsockname()
            waiting = [socket.socket() for _ in range(3)]
            for sock in waiting:
                sock.setblocking(False)
                sock.connect_ex(place)
            answer = await gate.dial("127.0.0.1", place[1], budget)
            for sock in waiting:
                sock.close()
        return answer

    assert asyncio.run(dial()) is PortState.SILENT


@pytest.mark.parametrize(
    "address", ["127.9.0.1", "10.0.0.1", "localhost", "127.1", "::ffff:127.9.0.1", "", "127.8.0.9"]
)
def test_what_is_outside_the_scope_is_not_reached(tmp_path, address):
    gate = a_gate(tmp_path, "127.8.0.0/16", deny=("127.8.0.9",))

    with pytest.raises(Strayed):
        asyncio.run(gate.dial(address, 80, a_budget()))
    with gate.datagrams() as sock, pytest.raises(Strayed):
        gate.send(sock, b"x", address, 37020)
    assert [(event["what"], event["ip"]) for event in verified(tmp_path / "events.jsonl")] == [("refused", address)] * 2


@pytest.mark.parametrize("port", [9100, 9103, 0, -1, 65_536])
def test_print_ports_and_what_is_no_port_are_not_reached(tmp_path, port):
    gate = a_gate(tmp_path, "127.0.0.0/8")

    with pytest.raises(Strayed) as strayed:
        asyncio.run(gate.dial("127.0.0.1", port, a_budget()))
    assert strayed.value.reason == "port"
    assert 9100 in NEVER_PORTS


def test_what_cannot_be_kept_is_not_sent(tmp_path):
    gate = a_gate(tmp_path, "127.0.0.0/8")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device, socket.create_server(("127.0.0.1", 0)) as server:
        device.bind(("127.0.0.1", 0))
        device.setblocking(False)
        server.setblocking(False)
        with full_disk():
            with gate.datagrams() as sock, pytest.raises(NotKept):
                gate.send(sock, b"who are you", "127.0.0.1", device.getsockname()[1])
            with pytest.raises(NotKept):
                asyncio.run(gate.dial("127.0.0.1", server.getsockname()[1], a_budget()))
        with pytest.raises(BlockingIOError):
            device.recv(100)
        with pytest.raises(BlockingIOError):
            server.accept()


def test_when_the_run_is_stopped_nothing_is_sent(tmp_path):
    stop = a_stop()
    gate = a_gate(tmp_path, "127.0.0.0/8", stop=stop)
    stop.pull("signal")

    with pytest.raises(Stopped):
        asyncio.run(gate.dial("127.0.0.1", 80, a_budget()))
    with gate.datagrams() as sock, pytest.raises(Stopped):
        gate.send(sock, b"x", "127.0.0.1", 37020)


def test_a_device_never_has_more_lines_open_than_it_may(tmp_path):
    async def most_at_once() -> int:
        most = now = 0

        async def count(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
            nonlocal most, now
            now += 1
            most = max(most, now)
            await reader.read()
            now -= 1

        async def use(port: int) -> None:
            line = await gate.dial("127.0.0.1", port, budget)
            assert isinstance(line, Line)
            await asyncio.sleep(0)
            line.close()
            line.close()

        gate, budget = a_gate(tmp_path, "127.0.0.0/8"), a_budget(at_once=2)
        async with serving(count) as port:
            await asyncio.gather(*(use(port) for _ in range(12)))
        return most

    assert asyncio.run(most_at_once()) <= 2


def test_a_device_without_time_left_is_asked_no_more(tmp_path):
    async def dial() -> None:
        gate, budget = a_gate(tmp_path, "127.0.0.0/8"), a_budget(seconds=0)
        async with serving(silence) as port:
            with pytest.raises(BudgetSpent) as spent:
                await gate.dial("127.0.0.1", port, budget)
        assert spent.value.what == "time"

    asyncio.run(dial())


def test_a_device_that_sends_too_much_is_cut_off(tmp_path):
    async def flood(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"x" * 65_536)
            await writer.drain()

    async def listen() -> int:
        gate, budget = a_gate(tmp_path, "127.0.0.0/8"), a_budget(bytes_left=100_000)
        async with serving(flood) as port:
            line = await gate.dial("127.0.0.1", port, budget)
            assert isinstance(line, Line)
            with line, pytest.raises(BudgetSpent):
                while True:
                    await line.receive()
        return budget.bytes_in

    assert 100_000 < asyncio.run(listen()) <= 100_000 + 16_384


def test_a_lack_that_lasts_is_told_as_ours(tmp_path, monkeypatch):
    monkeypatch.setattr("ancam.engines.probing.sending.gate._PAUSES_S", (0.0,) * 20)

    async def dial() -> None:
        gate = a_gate(tmp_path, "127.0.0.0/8")
        with no_more_files():
            await gate.dial("127.0.0.1", 80, a_budget())

    with pytest.raises(LocalFailure):
        asyncio.run(dial())


@pytest.mark.parametrize("lack", [no_port_free, no_more_files])
def test_a_lack_of_this_machine_says_nothing_of_the_device(tmp_path, lack):
    async def dial() -> Line | PortState:
        gate = a_gate(tmp_path, "127.0.0.1")
        async with serving(greeting) as port:
            with lack():
                dialling = asyncio.create_task(gate.dial("127.0.0.1", port, a_budget()))
                while gate.local_failures < 2:
                    await asyncio.sleep(0)
            answer = await dialling
            assert isinstance(answer, Line)
            answer.close()
            return answer

    assert isinstance(asyncio.run(dial()), Line)


def test_a_connection_that_cannot_be_written_down_is_not_made(tmp_path):
    async def dial() -> int:
        gate = a_gate(tmp_path, "127.0.0.1")
        os.close(gate._journal._descriptor)
        reached = 0

        async def count(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
            nonlocal reached
            reached += 1

        async with serving(count) as port:
            with pytest.raises(NotKept):
                await gate.dial("127.0.0.1", port, a_budget())
        return reached

    assert asyncio.run(dial()) == 0


def test_a_dial_that_is_cut_off_leaves_no_socket_and_frees_its_slot(tmp_path):
    async def dial() -> None:
        gate, budget = a_gate(tmp_path, "127.0.0.1"), a_budget(at_once=1)
        with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
            waiting = [socket.socket() for _ in range(3)]
            for sock in waiting:
                sock.setblocking(False)
                sock.connect_ex(full.getsockname())
            dialling = asyncio.create_task(gate.dial("127.0.0.1", full.getsockname()[1], budget))
            while not budget.connections:
                await asyncio.sleep(0)
            dialling.cancel()
            with pytest.raises(asyncio.CancelledError):
                await dialling
            for sock in waiting:
                sock.close()
        assert not budget.slots.locked()

    asyncio.run(dial())


def test_an_address_that_cannot_be_reached_from_here_is_silent(tmp_path):
    gate = a_gate(tmp_path, "127.255.255.255")

    assert asyncio.run(gate.dial("127.255.255.255", 80, a_budget())) is PortState.SILENT


def test_a_datagram_that_this_machine_may_not_send_is_not_tried_again(tmp_path):
    gate = a_gate(tmp_path, "127.255.255.255")

    with gate.datagrams() as sock:
        assert gate.send(sock, b"x", "127.255.255.255", 37020)
    assert gate.local_failures == 0


def test_a_datagram_too_large_to_be_sent_reaches_nobody_and_ends_nothing(tmp_path):
    gate = a_gate(tmp_path, "127.0.0.1")

    with gate.datagrams() as sock:
        assert gate.send(sock, bytes(70_000), "127.0.0.1", 37020)


def test_a_datagram_waits_until_this_machine_can_send_it(tmp_path):
    async def call_out(device: socket.socket) -> None:
        gate = a_gate(tmp_path, "127.0.0.1")
        with no_more_files():
            calling = asyncio.create_task(gate.call_out(b"who", "127.0.0.1", device.getsockname()[1], a_budget()))
            while gate.local_failures < 2:
                await asyncio.sleep(0)
        (await calling).close()

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        device.bind(("127.0.0.1", 0))
        device.settimeout(2)
        asyncio.run(call_out(device))
        assert device.recv(100) == b"who"


def test_a_datagram_that_this_machine_cannot_send_is_no_silence_of_the_device(tmp_path, monkeypatch):
    monkeypatch.setattr("ancam.engines.probing.sending.gate._PAUSES_S", (0.0,) * 20)

    async def call_out() -> None:
        gate = a_gate(tmp_path, "127.0.0.1")
        with no_more_files():
            await gate.call_out(b"who", "127.0.0.1", 37020, a_budget())

    with pytest.raises(LocalFailure):
        asyncio.run(call_out())


def test_a_datagram_finds_a_port_of_this_machine_later(tmp_path):
    async def call_out() -> None:
        gate = a_gate(tmp_path, "127.0.0.1")
        with no_port_free():
            calling = asyncio.create_task(gate.call_out(b"who", "127.0.0.1", 37020, a_budget()))
            while gate.local_failures < 2:
                await asyncio.sleep(0)
        (await calling).close()

    asyncio.run(call_out())


def test_a_datagram_beyond_the_scope_is_not_sent(tmp_path):
    with pytest.raises(Strayed):
        asyncio.run(a_gate(tmp_path, "127.0.0.1").call_out(b"who", "127.0.0.2", 37020, a_budget()))


def test_what_an_error_number_says_of_a_port():
    assert state_of(0) is PortState.OPEN
    assert state_of(errno.ECONNREFUSED) is PortState.CLOSED
    assert state_of(errno.ECONNRESET) is PortState.OPEN
    assert state_of(errno.EHOSTUNREACH) is PortState.SILENT


def test_a_datagram_is_sent_and_told(tmp_path):
    gate = a_gate(tmp_path, "127.0.0.0/8")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        device.bind(("127.0.0.1", 0))
        device.settimeout(2)
        with gate.datagrams() as sock:
            assert gate.send(sock, b"who are you", "127.0.0.1", device.getsockname()[1])
        assert device.recv(100) == b"who are you"

    assert next(iter(verified(tmp_path / "events.jsonl")))["out"] == 11


@pytest.mark.parametrize(("allowed", "room"), [((256, 1_024), 960), ((20_000, 20_000), 19_936), ((1_024, 1_024), 960)])
def test_a_run_takes_the_sockets_that_the_system_allows(tmp_path, allowed, room):
    """The usual limit of 1,024 files would have most of a range wait for sockets."""
    program = (
        f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, {allowed});"
        "from ancam.engines.probing.sending.gate import room_for_sockets; print(room_for_sockets())"
    )

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603

    assert int(told.stdout) == room
