"""A visit fills what is known of one device; whatever ends it early is said, and what was seen until then is kept."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from ancam.engines.probing.facts import Ask, DiscoveryAnswer, HostFacts, LoginResult, PortState
from ancam.engines.probing.identity import services_of
from ancam.engines.probing.looking import asking, unicast, visit
from ancam.engines.probing.looking.accounts import Account
from ancam.engines.probing.looking.asking import Asker
from ancam.engines.probing.looking.visit import Permission, Visit
from ancam.engines.probing.recording.logins import GuessedLogins
from ancam.engines.probing.sending.budget import Budget
from ancam.engines.probing.sending.stopping import Stopped
from ancam.engines.probing.tests.loopback import (
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

pytestmark = pytest.mark.network

IP = "127.110.5.1"
READING = frozenset({"discovery", "readonly"})


@pytest.fixture(autouse=True)
def short_patience(monkeypatch) -> None:
    monkeypatch.setattr(asking, "_WHOLE_ANSWER_S", 0.3)
    monkeypatch.setattr(unicast, "_ANSWER_S", 0.02)


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


INFO = "/ISAPI/System/deviceInfo"
DEVICE_INFO = '<DeviceInfo xmlns="http://www.hikvision.com/ver20/XMLSchema"><model>DS-2CD2143G0-I</model></DeviceInfo>'


def hikvision(request: Request) -> bytes:
    if request.path == INFO:
        if "authorization" in request.headers:
            return reply(200, DEVICE_INFO)
        return reply(401, WWW_Authenticate='Digest realm="DS-2CD2143G0-I", qop="auth", nonce="a"')
    if request.path == "/":
        return reply(200, Server="App-webs/")
    return reply(404)


def rtsp(request: Request) -> bytes:
    if "authorization" in request.headers:
        return reply(200, protocol="RTSP/1.0")
    return reply(401, protocol="RTSP/1.0", WWW_Authenticate='Digest realm="DS-2CD2143G0-I", nonce="a"')


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


def test_an_answer_by_datagram_is_kept_and_asked_for_once_more_only_when_it_got_lost(tmp_path):
    heard: list[bytes] = []
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
                await Visit(asker, Permission(frozenset()), now(), Waiting()).look()
            return asker.facts

        facts = asyncio.run(look())

    assert [one.protocol for one in facts.discovered] == ["ssdp"]
    assert len(heard) == 1


@contextmanager
def hanging(port: int) -> Iterator[socket.socket]:
    """A port whose queue is full until somebody accepts."""
    with socket.create_server((IP, port), backlog=0) as full:
        full.setblocking(False)
        waiting = [socket.socket() for _ in range(3)]
        for sock in waiting:
            sock.setblocking(False)
            sock.connect_ex((IP, port))
        yield full
        for sock in waiting:
            sock.close()


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
    with hanging(8000) as full:
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

    with hanging(8000):
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

    with hanging(8000):
        assert asyncio.run(look()).budget.connections == 2


# What ends a visit.


def test_time_that_runs_out_keeps_what_was_seen(tmp_path):
    slow = Device(lambda request: reply(200, Server="App-webs/") if request.path == "/" else b"")

    facts, _ = visited(tmp_path, {8080: slow}, budget=a_budget(seconds=0.2))

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
