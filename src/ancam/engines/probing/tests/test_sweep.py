"""The first look: each address is asked once, who lives is told, whatever else answers is not heard."""

import asyncio
import itertools
import json
import random
import socket
from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from pathlib import Path

import pytest

from ancam.engines.probing.facts import PortState
from ancam.engines.probing.looking import sweep
from ancam.engines.probing.looking.sweep import Question, Sweep, blocks
from ancam.engines.probing.permission.addresses import AddressSet
from ancam.engines.probing.recording.journal import verified
from ancam.engines.probing.sending.gate import LocalFailure, Strayed
from ancam.engines.probing.sending.stopping import Stopped
from ancam.engines.probing.tests.limits import no_more_files
from ancam.engines.probing.tests.loopback import (
    a_closed_port,
    a_gate,
    a_stop,
    no_port_free,
    serving,
    silence,
)

pytestmark = pytest.mark.network


class Heard:
    """Keeps what the sweep tells."""

    def __init__(self) -> None:
        self.ports: dict[tuple[str, int], PortState] = {}
        self.said: dict[str, Mapping[str, str]] = {}

    def knocked(self, address: str, port: int, state: PortState, after_s: float) -> None:
        self.ports[address, port] = state

    def told(self, address: str, question: Question, values: Mapping[str, str]) -> None:
        self.said[address] = values

    def lives(self, address: str) -> bool:
        return any(ip == address and state is not PortState.SILENT for (ip, _), state in self.ports.items())


def addresses(*texts: str) -> AddressSet:
    return AddressSet.of(ip_network(text) for text in texts)


def read_json(data: bytes) -> dict[str, str] | None:
    try:
        return json.loads(data)
    except ValueError:
        return None


def swept(gate, heard: Heard, targets: AddressSet, **values) -> Sweep:
    return Sweep(gate, heard, **{"questions": (), "ports": (), "timeout_s": 0.3, **values})


def run(one: Sweep, targets: AddressSet, skip=lambda _: False) -> None:
    asyncio.run(one.run(targets, random.Random(3), skip=skip))


@pytest.mark.usefixtures("no_datagram_is_answered")
def test_open_and_closed_and_silent_are_told_apart(tmp_path):
    heard, targets = Heard(), addresses("127.5.0.0/30")

    async def look() -> tuple[int, int]:
        async with serving(silence, "127.5.0.1") as port:
            with socket.create_server(("127.5.0.2", port), backlog=0) as full, socket.socket() as filler:
                filler.setblocking(False)
                filler.connect_ex(full.getsockname())
                one = swept(a_gate(tmp_path, "127.5.0.0/30"), heard, targets, ports=(port,))
                await one.run(targets, random.Random(3), skip=lambda _: False)
                return port, one.done

    port, done = asyncio.run(look())

    assert done == 4
    assert heard.ports == {
        ("127.5.0.0", port): PortState.CLOSED,
        ("127.5.0.1", port): PortState.OPEN,
        ("127.5.0.2", port): PortState.SILENT,
        ("127.5.0.3", port): PortState.CLOSED,
    }


@pytest.mark.usefixtures("no_datagram_is_answered")
def test_an_address_that_cannot_be_reached_from_here_is_not_open(tmp_path):
    # Linux refuses a connection to a broadcast address at once, and the socket then knows of no error.
    heard, targets = Heard(), addresses("127.255.255.255")

    run(swept(a_gate(tmp_path, "127.255.255.255"), heard, targets, ports=(80,)), targets)

    assert heard.ports == {("127.255.255.255", 80): PortState.SILENT}


@pytest.mark.usefixtures("no_datagram_is_answered")
def test_an_address_that_this_machine_refuses_to_send_to_does_not_hold_up_the_sweep(tmp_path):
    # As with the broadcast address of the assessor's own network.
    question = Question("sadp", 37020, b"who?", read_json)
    heard, targets = Heard(), addresses("127.255.255.255")

    run(swept(a_gate(tmp_path, "127.255.255.255"), heard, targets, questions=(question,)), targets)

    assert heard.said == {}


@pytest.mark.parametrize("lack", [no_port_free, no_more_files])
def test_a_lack_of_this_machine_leaves_nobody_unasked(tmp_path, device, lack):
    heard, targets = Heard(), addresses("127.5.0.0/30")
    question = Question("sadp", device.getsockname()[1], b"who?", read_json)

    async def look() -> None:
        answering(device, b'{"model": "DS-1"}')
        gate = a_gate(tmp_path, "127.5.0.0/30")
        one = swept(gate, heard, targets, questions=(question,))
        with lack():
            looking = asyncio.create_task(one.run(targets, random.Random(3), skip=lambda _: False))
            while gate.local_failures < 3:
                await asyncio.sleep(0)
        await looking

    asyncio.run(look())
    assert heard.said == {"127.5.0.2": {"model": "DS-1"}}


def test_more_answers_than_are_heard_at_once_are_heard_later(tmp_path, device, monkeypatch):
    monkeypatch.setattr(sweep, "_HEARD_AT_ONCE", 2)

    answers = [b"no answer"] * 5 + [b'{"model": "DS-1"}']
    assert ask(tmp_path, device, *answers).said == {"127.5.0.2": {"model": "DS-1"}}


@pytest.mark.usefixtures("no_datagram_is_answered")
def test_more_addresses_than_one_batch_are_all_met(tmp_path, monkeypatch):
    monkeypatch.setattr(sweep, "_BATCH", 3)
    heard, targets = Heard(), addresses("127.5.0.0/28")

    run(swept(a_gate(tmp_path, "127.5.0.0/28"), heard, targets, ports=(a_closed_port(),)), targets)

    assert len(heard.ports) == 16


@pytest.mark.usefixtures("no_datagram_is_answered")
def test_who_has_answered_is_not_asked_for_another_port(tmp_path):
    heard, targets = Heard(), addresses("127.5.0.1")
    ports = (a_closed_port(), a_closed_port())

    run(swept(a_gate(tmp_path, "127.5.0.1"), heard, targets, ports=ports), targets)

    assert len(heard.ports) == 1


@pytest.mark.usefixtures("no_datagram_is_answered")
def test_who_was_visited_before_is_left_out(tmp_path):
    heard, targets = Heard(), addresses("127.5.0.0/30")

    run(
        swept(a_gate(tmp_path, "127.5.0.0/30"), heard, targets, ports=(a_closed_port(),)),
        targets,
        skip=lambda address: address != "127.5.0.2",
    )

    assert [ip for ip, _ in heard.ports] == ["127.5.0.2"]


@pytest.fixture
def device() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.5.0.2", 0))
        sock.setblocking(False)
        yield sock


def answering(device: socket.socket, *answers: bytes) -> None:
    def answer() -> None:
        _, asker = device.recvfrom(2_000)
        for data in answers:
            device.sendto(data, asker)

    asyncio.get_running_loop().add_reader(device, answer)


def ask(tmp_path: Path, device: socket.socket, *answers: bytes, stranger: bytes = b"") -> Heard:
    heard, targets = Heard(), addresses("127.5.0.0/30")
    question = Question("sadp", device.getsockname()[1], b"who?", read_json)

    async def look() -> None:
        answering(device, *answers)
        one = swept(a_gate(tmp_path, "127.5.0.0/30"), heard, targets, questions=(question,))
        await one.run(targets, random.Random(3), skip=lambda _: False)

    asyncio.run(look())
    return heard


def test_a_device_that_answers_a_datagram_is_heard(tmp_path, device):
    assert ask(tmp_path, device, b'{"model": "DS-1"}').said == {"127.5.0.2": {"model": "DS-1"}}


def test_what_is_no_answer_of_the_protocol_is_not_heard(tmp_path, device):
    assert ask(tmp_path, device, b"\xff\xfe").said == {}


def test_who_was_not_asked_is_not_heard(tmp_path):
    heard, targets = Heard(), addresses("127.5.0.2")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        device.bind(("127.5.0.2", 0))
        device.setblocking(False)
        question = Question("sadp", device.getsockname()[1], b"who?", read_json)

        def answer_from_elsewhere() -> None:
            _, asker = device.recvfrom(2_000)
            for place in (("127.5.0.9", device.getsockname()[1]), ("127.5.0.2", 0)):
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
                    stranger.bind(place)
                    stranger.sendto(b'{"model": "false"}', asker)

        async def look() -> None:
            asyncio.get_running_loop().add_reader(device, answer_from_elsewhere)
            one = swept(a_gate(tmp_path, "127.5.0.2"), heard, targets, questions=(question,))
            await one.run(targets, random.Random(3), skip=lambda _: False)

        asyncio.run(look())

    assert heard.said == {}


@pytest.mark.usefixtures("no_datagram_is_answered")
def test_every_address_gets_every_question_once_with_a_line_for_each(tmp_path, device):
    ask(tmp_path, device)

    told = [(event["ip"], event["port"]) for event in verified(tmp_path / "events.jsonl")]
    assert sorted(told) == [(f"127.5.0.{number}", device.getsockname()[1]) for number in range(4)]


def test_a_sweep_beyond_the_scope_is_refused(tmp_path):
    targets = addresses("127.5.0.0/30")

    with pytest.raises(Strayed):
        run(swept(a_gate(tmp_path, "127.5.0.1"), Heard(), targets, ports=(80,)), targets)


def test_a_stop_ends_the_sweep(tmp_path):
    stop, targets = a_stop(), addresses("127.5.0.0/24")
    stop.pull("signal")

    with pytest.raises(Stopped):
        run(swept(a_gate(tmp_path, "127.5.0.0/24", stop=stop), Heard(), targets, ports=(80,)), targets)


@pytest.mark.usefixtures("no_datagram_is_answered")
def test_a_lack_of_sockets_here_loses_nobody(tmp_path):
    heard, targets = Heard(), addresses("127.5.0.0/26")

    async def look() -> int:
        async with serving(silence, "0.0.0.0") as port:  # noqa: S104 - all of loopback's addresses
            gate = a_gate(tmp_path, "127.5.0.0/26")
            one = swept(gate, heard, targets, ports=(port,))
            with no_more_files():
                looking = asyncio.create_task(one.run(targets, random.Random(3), skip=lambda _: False))
                while gate.local_failures < 3:
                    await asyncio.sleep(0)
            await looking
            return gate.local_failures

    assert asyncio.run(look()) >= 3
    assert len(heard.ports) == 64
    assert set(heard.ports.values()) == {PortState.OPEN}


@pytest.mark.parametrize("asked", [{"ports": (80,)}, {"questions": (Question("sadp", 37020, b"who?", read_json),)}])
def test_a_lack_that_lasts_for_a_minute_ends_the_sweep(tmp_path, asked):
    heard, targets = Heard(), addresses("127.5.0.0/30")
    seconds = itertools.count()
    one = swept(a_gate(tmp_path, "127.5.0.0/30"), heard, targets, clock=lambda: float(next(seconds)), **asked)

    async def look() -> None:
        with no_more_files():
            await one.run(targets, random.Random(3), skip=lambda _: False)

    with pytest.raises(LocalFailure):
        asyncio.run(look())

    assert next(seconds) > 60
    assert not heard.ports


@pytest.mark.parametrize("count", [0, 1, 2, 3, 100, 4_096, 4_097, 10_000])
def test_a_walk_through_a_range_meets_each_address_once(count):
    walked = [number for block in blocks(count, random.Random(count)) for number in block]

    assert sorted(walked) == list(range(count))


def test_neighbours_are_far_apart_in_time():
    walked = [number for block in blocks(1_024, random.Random(1)) for number in block]
    near = sum(abs(one - other) == 1 for one, other in itertools.pairwise(walked))

    assert near < 20
