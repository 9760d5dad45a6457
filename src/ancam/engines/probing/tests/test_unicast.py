"""A datagram asks one address; what that address answers from the port that was asked is kept, and nothing else."""

import asyncio
import socket
from collections.abc import Callable, Iterator

import pytest

from ancam.engines.probing.facts import HostFacts
from ancam.engines.probing.looking import unicast
from ancam.engines.probing.looking.sweep import Question
from ancam.engines.probing.looking.visit import Permission, Visit
from ancam.engines.probing.tests.loopback import a_budget, a_gate, an_asker, now

pytestmark = pytest.mark.network

IP = "127.110.4.1"


@pytest.fixture
def device() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((IP, 0))
        sock.setblocking(False)
        yield sock


def read(data: bytes) -> dict[str, str] | None:
    return {"model": data.decode()} if data.startswith(b"DS") else None


def asked(tmp_path, device: socket.socket, answer: Callable[[tuple[str, int]], None]) -> HostFacts:
    question = Question("sadp", device.getsockname()[1], b"who?", read)

    async def ask() -> HostFacts:
        facts = HostFacts(IP)
        asyncio.get_running_loop().add_reader(device, lambda: answer(device.recvfrom(100)[1]))
        await unicast.ask(facts, question, a_gate(tmp_path, IP), a_budget())
        return facts

    return asyncio.run(ask())


def test_the_devices_own_answer_is_kept(tmp_path, device):
    facts = asked(tmp_path, device, lambda asker: device.sendto(b"DS-1", asker))

    assert [(one.protocol, one.port, one.value("model")) for one in facts.discovered] == [
        ("sadp", device.getsockname()[1], "DS-1")
    ]


@pytest.mark.usefixtures("no_datagram_is_answered")
def test_silence_is_nothing(tmp_path, device):
    assert not asked(tmp_path, device, lambda _: None).discovered


def test_what_is_no_answer_is_passed_over_and_the_answer_behind_it_heard(tmp_path, device):
    def answer(asker: tuple[str, int]) -> None:
        for place in (("127.110.4.2", device.getsockname()[1]), (IP, 0)):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
                stranger.bind(place)
                stranger.sendto(b"DS-false", asker)
        device.sendto(b"\xff\xfe", asker)
        device.sendto(b"DS-true", asker)

    assert [one.value("model") for one in asked(tmp_path, device, answer).discovered] == ["DS-true"]


def test_noise_without_end_is_not_heard_for_longer_than_an_answer_may_take(tmp_path, device):
    async def ask() -> HostFacts:
        facts = HostFacts(IP)
        question = Question("sadp", device.getsockname()[1], b"who?", read)
        asker: list[tuple[str, int]] = []
        loop = asyncio.get_running_loop()
        loop.add_reader(device, lambda: asker.append(device.recvfrom(100)[1]))

        async def make_noise() -> None:
            while True:
                for one in asker:
                    device.sendto(b"noise", one)
                await asyncio.sleep(0)

        noise = asyncio.create_task(make_noise())
        await unicast.ask(facts, question, a_gate(tmp_path, IP), a_budget())
        noise.cancel()
        return facts

    assert not asyncio.run(ask()).discovered


@pytest.mark.usefixtures("no_datagram_is_answered")
def test_what_this_machine_may_not_send_is_silence(tmp_path):
    # Linux lets nobody send to a broadcast address who has not said so.
    question = Question("sadp", 37020, b"who?", read)
    facts = HostFacts("127.255.255.255")

    asyncio.run(unicast.ask(facts, question, a_gate(tmp_path, "127.255.255.255"), a_budget()))

    assert not facts.discovered


def test_an_answer_by_datagram_is_kept_and_asked_for_once_more_only_when_it_got_lost(tmp_path):
    heard: list[bytes] = []

    async def not_waiting() -> None: ...

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        device.bind((IP, 1900))
        device.setblocking(False)

        def answer(data: bytes, asker: tuple[str, int]) -> None:
            heard.append(data)
            device.sendto(b"HTTP/1.1 200 OK\r\nST: upnp:rootdevice\r\nSERVER: x\r\n\r\n", asker)

        async def look() -> HostFacts:
            asyncio.get_running_loop().add_reader(device, lambda: answer(*device.recvfrom(2_000)))
            asker = an_asker(tmp_path, ip=IP)
            for _ in range(2):
                await Visit(asker, Permission(frozenset()), now(), before_talking=not_waiting).look()
            return asker.facts

        facts = asyncio.run(look())

    assert [one.protocol for one in facts.discovered] == ["ssdp"]
    assert len(heard) == 1


def test_an_ipv6_address_is_asked_from_ipv6(tmp_path):
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as device:
        device.bind(("::1", 0))
        device.setblocking(False)
        question = Question("sadp", device.getsockname()[1], b"who?", read)

        async def ask() -> HostFacts:
            facts = HostFacts("::1")
            asyncio.get_running_loop().add_reader(device, lambda: device.sendto(b"DS-6", device.recvfrom(100)[1]))
            await unicast.ask(facts, question, a_gate(tmp_path, "::1"), a_budget())
            return facts

        assert asyncio.run(ask()).discovered


def test_what_was_told_first_is_kept():
    facts, question = HostFacts(IP), Question("sadp", 37020, b"", read)

    unicast.keep(facts, question, {"model": "A"})
    unicast.keep(facts, question, {"model": "B"})

    assert [one.value("model") for one in facts.discovered] == ["A"]


def test_every_protocol_has_a_question_to_its_own_port():
    names = (*unicast.SWEPT, "ssdp", "mdns", "ubiquiti")
    made = unicast.questions(names)

    assert [one.protocol for one in made] == list(names)
    assert len({one.port for one in made}) == len(names)
    assert all(one.payload and one.read(b"\x00noise") is None for one in made)
    assert unicast.questions(("sadp",))[0].payload != unicast.questions(("sadp",))[0].payload
