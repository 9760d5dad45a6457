"""A visit fills what is known of one device; whatever ends it early is said, and what was seen until then is kept."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from ancam.engines.probing.facts import Ask, DiscoveryAnswer, HostFacts, LoginResult, PortState
from ancam.engines.probing.identity import identify, services_of
from ancam.engines.probing.looking import unicast, visit
from ancam.engines.probing.looking.accounts import Account
from ancam.engines.probing.looking.asking import Asker
from ancam.engines.probing.looking.visit import Permission, Visit
from ancam.engines.probing.recording.logins import LEDGER, GuessedLogins
from ancam.engines.probing.sending.budget import Budget
from ancam.engines.probing.sending.stopping import Stopped
from ancam.engines.probing.tests.devices import DEVICE_INFO, INFO, hanging, hikvision, rtsp
from ancam.engines.probing.tests.loopback import (
    Clock,
    Device,
    Handler,
    Request,
    a_budget,
    a_stop,
    an_asker,
    now,
    reply,
    serving_all,
)
from ancam.engines.probing.wire import snmp

pytestmark = [pytest.mark.network, pytest.mark.usefixtures("no_datagram_is_answered")]

IP = "127.110.5.1"
READING = frozenset({"discovery", "readonly"})


class Waiting:
    """What is waited for before a device is spoken to."""

    def __init__(self) -> None:
        self.times = 0

    async def __call__(self) -> None:
        self.times += 1


def visited(
    tmp_path,
    handlers: dict[int, Handler],
    *,
    modes: frozenset[str] = READING,
    known: HostFacts | None = None,
    **how: Any,
) -> tuple[HostFacts, Waiting]:
    """Visit a device and return what is known of it then, and who waited."""
    waiting = Waiting()
    permission = Permission(
        modes, how.pop("owner", None), how.pop("guesses", None), how.pop("is_public", lambda _: False)
    )

    async def look() -> HostFacts:
        async with serving_all(handlers, IP):
            asker = an_asker(tmp_path, ip=IP, **how)
            if known:
                asker.facts = known
            await Visit(asker, permission, now(), waiting).look()
            return asker.facts

    return asyncio.run(look()), waiting


def a_camera() -> dict[int, Handler]:
    return {8080: Device(hikvision), 8554: Device(rtsp)}


def test_a_camera_is_asked_everything_its_checks_need(tmp_path):
    facts, waiting = visited(tmp_path, a_camera())

    assert facts.cut_short == ""
    assert facts.open_ports == [8080, 8554]
    assert facts.tcp[9443] is PortState.CLOSED
    assert {Ask.HOME, Ask.INFO, Ask.NO_SUCH_PATH, Ask.SNAPSHOT, Ask.CONFIG} <= {one.ask for one in facts.http}
    assert [one.ask for one in facts.rtsp] == [Ask.OPTIONS, Ask.STREAM]
    assert not facts.logins and not facts.unasked
    assert waiting.times == 1


def test_with_every_mode_the_owner_reads_and_one_guess_is_made(tmp_path):
    modes = READING | {"owner_credential", "default_credential"}
    guesses = GuessedLogins(tmp_path / "state", now)

    facts, _ = visited(tmp_path, a_camera(), modes=modes, owner=Account("kiemtra", "x"), guesses=guesses)

    assert [(one.is_guess, one.result) for one in facts.logins] == [
        (False, LoginResult.ACCEPTED),
        (True, LoginResult.ACCEPTED),
    ]


def test_the_owners_account_is_used_only_where_its_mode_is_permitted(tmp_path):
    device = Device(hikvision)

    facts, _ = visited(tmp_path, {8080: device, 8554: Device(rtsp)}, owner=Account("kiemtra", "x"))

    assert (facts.logins, facts.settings) == ([], [])
    assert not [one for one in device.requests if "authorization" in one.headers]
    assert not {read.path for read in services_of("Hikvision").owner_reads} & {one.path for one in device.requests}


def test_at_a_public_address_no_guess_is_made(tmp_path):
    guesses = GuessedLogins(tmp_path / "state", now)

    facts, _ = visited(
        tmp_path, a_camera(), modes=READING | {"default_credential"}, guesses=guesses, is_public=lambda ip: ip == IP
    )

    assert [one.result for one in facts.logins] == [LoginResult.PUBLIC_ADDRESS]


@pytest.mark.parametrize("may_guess", [True, False])
def test_a_guess_is_made_with_its_mode_alone(tmp_path, monkeypatch, may_guess):
    monkeypatch.setattr(snmp, "PORT", 16161)  # the usual one may need root
    modes = READING | ({"default_credential"} if may_guess else frozenset())
    guesses = GuessedLogins(tmp_path / "state", now)
    open_to_all = Device(lambda request: reply(200, DEVICE_INFO) if request.path == INFO else reply(404))
    with datagrams(16161) as agent:
        facts, _ = visited(tmp_path, {8080: open_to_all, 8554: Device(rtsp)}, modes=modes, guesses=guesses)
        heard = [data for data, _ in received(agent)]

    assert [(one.check, one.result) for one in facts.logins] == (
        [("CHK-SNMP-01", LoginResult.UNANSWERED)] if may_guess else []
    )
    assert len(heard) == may_guess
    assert bool((tmp_path / "state" / LEDGER).read_text()) is may_guess


def test_where_only_discovery_is_permitted_nobody_is_spoken_to(tmp_path):
    camera = a_camera()

    facts, waiting = visited(tmp_path, camera, modes=frozenset({"discovery"}))

    assert facts.open_ports == [8080, 8554]
    assert (facts.http, facts.rtsp, waiting.times) == ([], [], 0)


def test_who_has_nothing_open_and_said_nothing_is_not_spoken_to(tmp_path):
    facts, waiting = visited(tmp_path, {})

    assert set(facts.tcp.values()) == {PortState.CLOSED}
    assert (waiting.times, facts.cut_short) == (0, "")


def test_a_trap_that_opens_everything_is_left_at_once(tmp_path):
    trap = Device(lambda _: reply())

    facts, waiting = visited(tmp_path, dict.fromkeys((*visit.FIRST_LOOK, *visit.SECOND_LOOK), trap))

    assert facts.is_trap
    assert (trap.requests, waiting.times) == ([], 0)


def test_what_is_no_camera_is_asked_for_its_first_page_alone(tmp_path):
    printer = Device(lambda _: reply(200, "<title>HP LaserJet Pro</title>", Server="HP HTTP Server; HP LaserJet"))

    facts, _ = visited(tmp_path, {8080: printer})

    assert printer.asked == ["GET /"]
    assert facts.cut_short == ""


def test_a_web_server_of_unknown_kind_is_sent_no_call(tmp_path):
    server = Device(lambda _: reply(200, "<title>Xin chào</title>"))

    visited(tmp_path, {8080: server})

    assert server.asked == ["GET /"]


def test_what_was_asked_before_is_not_asked_again(tmp_path):
    camera = Device(hikvision)
    known = HostFacts(IP, {8080: PortState.OPEN, 8554: PortState.CLOSED})

    facts, _ = visited(tmp_path, {8080: camera}, known=known)

    assert camera.lines == len({one.line for one in camera.requests})
    assert facts.tcp[8554] is PortState.CLOSED


def test_a_device_that_only_said_who_it_is_by_datagram_is_examined(tmp_path):
    said = DiscoveryAnswer("sadp", 37020, {"devicedescription": "DS-2CD2143G0-I", "devicesn": "DS-2CD1234"})

    facts, waiting = visited(tmp_path, {}, known=HostFacts(IP, discovered=[said]))

    assert waiting.times == 1
    assert facts.tcp[9443] is PortState.CLOSED


@contextmanager
def datagrams(port: int) -> Iterator[socket.socket]:
    """A port of the device's that takes datagrams."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        device.bind((IP, port))
        device.setblocking(False)
        yield device


def received(device: socket.socket) -> Iterator[tuple[bytes, Any]]:
    with suppress(BlockingIOError):
        while True:
            yield device.recvfrom(2_000)


PROTECT = "<title>UniFi Protect</title>"
TOLD = b"\x14\0\6UVC G3" + b"\3\0\x09UVC.v4.76"


@pytest.mark.parametrize(
    ("page", "modes", "is_asked"),
    [
        (PROTECT, READING, True),
        (PROTECT, frozenset({"readonly"}), False),
        ("<title>Xin chào</title>", READING, False),
    ],
)
def test_a_device_of_ubiquiti_is_asked_in_its_own_way(tmp_path, monkeypatch, page, modes, is_asked):
    monkeypatch.setattr(unicast, "_ANSWER_S", 1.0)  # here an answer comes

    async def look(device: socket.socket) -> HostFacts:
        def answer() -> None:
            data, asker = device.recvfrom(100)
            heard.append(data)
            device.sendto(b"\1\0" + len(TOLD).to_bytes(2, "big") + TOLD, asker)

        asyncio.get_running_loop().add_reader(device, answer)
        async with serving_all({8080: Device(lambda _: reply(200, page)), 8554: Device(rtsp)}, IP):
            asker = an_asker(tmp_path, ip=IP)
            await Visit(asker, Permission(modes), now(), Waiting()).look()
            return asker.facts

    heard: list[bytes] = []
    with datagrams(10001) as device:
        facts = asyncio.run(look(device))

    assert heard == [b"\1\0\0\0"] * is_asked
    assert [one.value("model") for one in facts.discovered if one.protocol == "ubiquiti"] == ["UVC G3"] * is_asked
    assert (identify(facts).vendor == "Ubiquiti") is is_asked


def test_a_port_that_was_silent_alone_is_asked_once_more_and_counts_as_a_loss(tmp_path):
    async def look(full: socket.socket) -> Asker:
        asker = an_asker(tmp_path, ip=IP)

        async def wake_up() -> None:
            while asker.facts.tcp.get(8000) is not PortState.SILENT:
                await asyncio.sleep(0)
            with suppress(BlockingIOError):
                while True:
                    accepted.append(full.accept()[0])

        waking = asyncio.create_task(wake_up())
        await Visit(asker, Permission(frozenset()), now(), Waiting()).look()
        await waking
        return asker

    accepted: list[socket.socket] = []
    with hanging(IP, 8000) as full:
        asker = asyncio.run(look(full))
        for sock in accepted:
            sock.close()

    assert asker.facts.tcp[8000] is PortState.OPEN
    assert asker.gate.pace.losses == 1


def test_a_port_that_stays_silent_is_no_loss(tmp_path):
    async def look() -> Asker:
        asker = an_asker(tmp_path, ip=IP)
        await Visit(asker, Permission(frozenset()), now(), Waiting()).look()
        return asker

    with hanging(IP, 8000):
        asker = asyncio.run(look())

    assert asker.facts.tcp[8000] is PortState.SILENT
    assert asker.gate.pace.losses == 0


def test_a_device_that_drops_much_is_not_asked_twice(tmp_path):
    known = HostFacts(IP, dict.fromkeys((*visit.FIRST_LOOK, *visit.SECOND_LOOK), PortState.CLOSED))
    del known.tcp[8000], known.tcp[8080]

    async def look() -> Asker:
        asker = an_asker(tmp_path, ip=IP)
        asker.facts = known
        await Visit(asker, Permission(frozenset()), now(), Waiting()).look()
        return asker

    with hanging(IP, 8000):
        assert asyncio.run(look()).budget.connections == 2


# What ends a visit.


def test_time_that_runs_out_keeps_what_was_seen(tmp_path):
    clock = Clock()

    def answer(request: Request) -> bytes:
        if request.path == "/":
            return reply(200, Server="App-webs/")
        clock.now += 15
        return b"HTTP/1.1"

    facts, _ = visited(tmp_path, {8080: Device(answer)}, budget=a_budget(seconds=15, clock=clock))

    assert facts.cut_short == "budget-time"
    assert [one.path for one in facts.http] == ["/"]


def test_bytes_that_run_out_keep_what_was_seen(tmp_path):
    facts, _ = visited(tmp_path, {8080: Device(lambda _: reply(200, "x" * 9_000))}, budget=a_budget(bytes_left=5_000))

    assert facts.cut_short == "budget-bytes"
    assert facts.open_ports == [8080]


def test_a_device_that_stops_answering_is_left_alone(tmp_path):
    asked: list[int] = []

    async def look() -> HostFacts:
        async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            asked.append(1)
            await reader.read(1)
            server.close()

        server = await asyncio.start_server(lambda _, writer: writer.close(), IP, 8080)

        async def then_shut() -> None:
            server.close()
            await server.wait_closed()

        asker = an_asker(tmp_path, ip=IP)
        asker.facts.tcp.update(dict.fromkeys((80, 81, 82, 88), PortState.OPEN))
        await Visit(asker, Permission(READING), now(), then_shut).look()
        return asker.facts

    assert asyncio.run(look()).cut_short == "stopped-answering"


def broken(raised: Exception) -> Callable[[], Any]:
    async def wait() -> None:
        raise raised

    return wait


@pytest.mark.parametrize(
    ("raised", "said"),
    [(visit.LocalFailure("x"), "local-failure"), (ConnectionAbortedError(), "connection-lost")],
)
def test_what_fails_here_or_on_the_way_is_said(tmp_path, raised, said):
    async def look() -> HostFacts:
        async with serving_all({8080: Device(lambda _: reply())}, IP):
            asker = an_asker(tmp_path, ip=IP)
            await Visit(asker, Permission(READING), now(), broken(raised)).look()
            return asker.facts

    assert asyncio.run(look()).cut_short == said


def test_a_stop_ends_the_visit_and_the_run(tmp_path):
    stop = a_stop()

    def answer(_: Request) -> bytes | None:
        stop.pull("signal")
        return reply(200, Server="App-webs/")

    device = Device(answer)
    with pytest.raises(Stopped):
        visited(tmp_path, {8080: device}, stop=stop)

    assert device.asked == ["GET /"]


def test_a_device_never_has_more_lines_than_it_may(tmp_path):
    open_now = most = 0

    async def count(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        try:
            await Device(hikvision)(reader, writer)
        finally:
            open_now -= 1

    budget: Budget = a_budget(at_once=2)
    visited(tmp_path, {8080: count, 8554: count, 8000: count}, budget=budget)

    assert most <= 2
    assert not budget.slots.locked()
