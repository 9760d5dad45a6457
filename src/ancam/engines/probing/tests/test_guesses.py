"""The one guess of a device's life: what it goes to, that it is written down first, and what is said to whom."""

import asyncio
import socket
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from ancam.engines.probing.facts import Ask, Banner, HostFacts, HttpAnswer, LoginResult
from ancam.engines.probing.identity import services_of
from ancam.engines.probing.judging.tests.facts_made import camera, said_of
from ancam.engines.probing.looking import guesses
from ancam.engines.probing.looking.accounts import guess_once
from ancam.engines.probing.recording.journal import verified
from ancam.engines.probing.recording.logins import LEDGER, GuessedLogins
from ancam.engines.probing.sending.budget import BudgetSpent
from ancam.engines.probing.tests.loopback import Device, a_budget, an_asker, now, reply, serving_all
from ancam.engines.probing.wire import ftp, snmp

pytestmark = pytest.mark.network

IP = "127.110.21.1"
FTP, SNMP, WEB = 2121, 16161, 8080  # the usual ones may need root
LOGIN = next(read.path for read in services_of("Axis").info if read.method == "GET")
BASIC = 'Basic realm="cam"'
WELCOME = {"USER": b"331 Password?\r\n", "PASS": b"230 Welcome.\r\n", "QUIT": b"221 Bye.\r\n"}


@pytest.fixture(autouse=True)
def ports_of_anybody(monkeypatch) -> None:
    monkeypatch.setattr(guesses, "_FTP_PORT", FTP)
    monkeypatch.setattr(snmp, "PORT", SNMP)


@dataclass
class FtpServer:
    """Greets, answers each command by its verb, and remembers what it heard, and when."""

    answers: Mapping[str, bytes] = field(default_factory=lambda: WELCOME)
    greeting: bytes = b"220 ready\r\n"
    heard: list[str] = field(default_factory=list)
    on_command: Callable[[str], None] = lambda _: None
    lines: int = 0  # that are open

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.lines += 1
        try:
            await self._talk(reader, writer)
        finally:
            self.lines -= 1

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(self.greeting)
        while line := (await reader.readline()).decode().strip():
            self.heard.append(line)
            self.on_command(line)
            said = self.answers.get(line.split()[0], b"")
            if said == b"hang up":
                return
            writer.write(said)


@dataclass
class SnmpAgent:
    """Answers each datagram as it is told, and remembers it. answer: what to send, None for silence."""

    answer: Callable[[bytes], list[bytes]] = lambda _: []
    heard: list[bytes] = field(default_factory=list)

    def listen(self, sock: socket.socket) -> None:
        data, asker = sock.recvfrom(2_000)
        self.heard.append(data)
        for said in self.answer(data):
            sock.sendto(said, asker)


def description(asked: bytes, error: int = 0, moved: int = 0) -> bytes:
    """Return the answer to a GET, of another request when `moved`."""
    number = (int.from_bytes(asked[17:21], "big") + moved).to_bytes(5, "big")[1:]
    bindings = bytes.fromhex("3012301006082b06010201010100") + b"\4\4CamA"
    body = b"\2\4" + number + b"\2\1" + bytes([error]) + b"\2\1\0" + bindings
    inner = b"\2\1\1\4\6public" + b"\xa2" + bytes([len(body)]) + body
    return b"\x30" + bytes([len(inner)]) + inner


@dataclass
class Room:
    """One device and what may be guessed at on it."""

    folder: Path
    ftp: FtpServer = field(default_factory=FtpServer)
    snmp: SnmpAgent = field(default_factory=SnmpAgent)
    web: Device = field(default_factory=lambda: Device(lambda _: reply(200)))
    ledger: GuessedLogins = field(init=False)

    def __post_init__(self) -> None:
        self.ledger = GuessedLogins(self.folder / "state", now)

    def guess(
        self, *known: Any, vendor: str = "", is_public: bool = False, serves_ftp: bool = True, **how: Any
    ) -> HostFacts:
        """Make the guess, and return what is known of the device then."""

        async def ask() -> HostFacts:
            async with AsyncExitStack() as stack:
                handlers = {WEB: self.web, FTP: self.ftp} if serves_ftp else {WEB: self.web}
                await stack.enter_async_context(serving_all(handlers, IP))
                agent = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
                agent.bind((IP, SNMP))
                asyncio.get_running_loop().add_reader(agent, self.snmp.listen, agent)
                asker = an_asker(self.folder, WEB, ip=IP, **how)
                for one in known:
                    (asker.facts.http if isinstance(one, HttpAnswer) else asker.facts.banners).append(one)
                await guess_once(asker, camera(vendor, serial="S1"), self.ledger, is_public=is_public)
                asyncio.get_running_loop().remove_reader(agent)
                while self.ftp.lines:
                    await asyncio.sleep(0)
                return asker.facts

        return asyncio.run(ask())

    @property
    def written(self) -> str:
        return (self.folder / "state" / LEDGER).read_text()

    @property
    def asked(self) -> list[str]:
        return [event["line"] for event in verified(self.folder / "events.jsonl") if event["what"] == "request"]


@pytest.fixture
def room(tmp_path) -> Room:
    return Room(tmp_path)


GREETED = Banner(FTP, "ftp", "ready")
DOOR = HttpAnswer(Ask.INFO, WEB, False, "GET", LOGIN, 401, (("www-authenticate", BASIC),))


def ended(facts: HostFacts) -> list[tuple[str, LoginResult]]:
    assert all(one.is_guess for one in facts.logins)
    return [(one.check, one.result) for one in facts.logins]


# What it goes to.


def test_the_makers_documented_login_comes_first(room):
    facts = room.guess(GREETED, DOOR, vendor="Axis")

    assert ended(facts) == [("CHK-CRED-01", LoginResult.ACCEPTED)]
    assert (room.ftp.heard, room.snmp.heard) == ([], [])
    assert not facts.unasked


@pytest.mark.parametrize(("known", "vendor"), [((), "Axis"), ((DOOR,), "")])
def test_without_one_or_a_place_for_it_anonymous_ftp_comes_next(room, known, vendor):
    facts = room.guess(GREETED, *known, vendor=vendor)

    assert ended(facts) == [("CHK-FTP-02", LoginResult.ACCEPTED)]
    assert facts.logins[0].username == "anonymous"
    assert room.ftp.heard == ["USER anonymous", "PASS guest", "QUIT"]
    assert (room.web.requests, room.snmp.heard) == ([], [])
    assert list(facts.unasked) == ["CHK-CRED-01"]


@pytest.mark.parametrize("known", [(), (Banner(FTP, "unknown", "hello"),), (Banner(2222, "ftp", "elsewhere"),)])
def test_where_neither_is_offered_one_datagram_asks_by_snmp(room, known):
    room.snmp.answer = lambda asked: [description(asked)]

    facts = room.guess(*known)

    assert ended(facts) == [("CHK-SNMP-01", LoginResult.ACCEPTED)]
    assert len(room.snmp.heard) == 1 and b"\4\6public\xa0" in room.snmp.heard[0]
    assert (room.ftp.heard, room.web.requests) == ([], [])


def test_every_other_check_that_shares_the_guess_says_so(room):
    facts = room.guess(GREETED)

    assert said_of("CHK-FTP-02", facts) == ("fail", "ftp_anonymous")
    assert said_of("CHK-CRED-01", facts) == ("not-assessable", "no-documented-default")
    assert said_of("CHK-SNMP-01", facts) == ("not-assessable", "guess-went-elsewhere")
    assert said_of("CHK-CRED-06", facts) == ("not-assessable", "guess-went-elsewhere")


# Once in a life.


@pytest.mark.parametrize(("known", "check"), [((GREETED,), "CHK-FTP-02"), ((), "CHK-SNMP-01")], ids=["ftp", "snmp"])
def test_a_guess_is_on_the_disk_under_its_check_before_it_is_sent(room, known, check):
    seen: list[str] = []
    room.ftp.on_command = lambda _: seen.append(room.written)

    def answer(asked: bytes) -> list[bytes]:
        seen.append(room.written)
        return [description(asked)]

    room.snmp.answer = answer
    room.guess(*known)

    assert f'"phase": "sent", "check": "{check}"' in seen[0] and '"ended"' not in seen[0]
    assert '"result": "accepted"' in room.written


def test_a_later_run_guesses_nothing_and_says_what_the_earlier_learnt(room, tmp_path):
    room.guess(GREETED)
    later = Room(tmp_path)
    later.ftp.heard, later.snmp.heard = [], []

    facts = later.guess(GREETED, DOOR, vendor="Axis")

    assert ended(facts) == [("CHK-FTP-02", LoginResult.ACCEPTED)]
    assert (later.ftp.heard, later.snmp.heard, later.web.requests) == ([], [], [])
    assert said_of("CHK-CRED-01", facts) == ("not-assessable", "guess-went-elsewhere")
    assert later.written.count('"phase": "sent"') == 1


def test_a_later_run_of_the_same_choice_shows_the_same(room, tmp_path):
    first, again = room.guess(GREETED), Room(tmp_path).guess(GREETED)

    assert again.logins == first.logins


def test_what_answered_an_earlier_guess_and_is_gone_is_no_finding(room, tmp_path):
    room.guess(GREETED)

    facts = Room(tmp_path).guess()

    assert said_of("CHK-FTP-02", facts) == ("not-assessable", "not-asked")


def test_a_guess_that_was_cut_off_is_spent(room, tmp_path):
    room.ftp.answers = {"USER": b"331 " + b"x" * 5_000 + b"\r\n"}
    with pytest.raises(BudgetSpent):
        room.guess(GREETED, budget=a_budget(bytes_left=1_000))

    again = Room(tmp_path)
    assert ended(again.guess(GREETED)) == [("CHK-FTP-02", LoginResult.ALREADY_SPENT)]
    assert again.ftp.heard == []


# Where none is made.


@pytest.mark.parametrize(("known", "check"), [((GREETED,), "CHK-FTP-02"), ((), "CHK-SNMP-01")])
def test_no_guess_is_made_at_a_public_address(room, known, check):
    facts = room.guess(*known, is_public=True)

    assert ended(facts) == [(check, LoginResult.PUBLIC_ADDRESS)]
    assert (room.ftp.heard, room.snmp.heard, room.written) == ([], [], "")
    assert said_of("CHK-CRED-06", facts) == ("not-assessable", "public-address")


@pytest.mark.parametrize("known", [(GREETED,), ()], ids=["ftp", "snmp"])
def test_no_guess_is_made_where_few_are_left(room, known):
    room.web = Device(lambda _: reply(200, "<retryLoginTime>1</retryLoginTime>"))
    home = HttpAnswer(Ask.HOME, WEB, False, "GET", "/", 200)

    facts = room.guess(home, *known, vendor="Hikvision")

    assert [one.result for one in facts.logins] == [LoginResult.FEW_LEFT]
    assert (room.ftp.heard, room.snmp.heard, room.written) == ([], [], "")
    assert said_of("CHK-CRED-06", facts) == ("not-assessable", "few-left")


def test_who_has_no_web_server_is_not_asked_what_is_left(room):
    facts = room.guess(GREETED, vendor="Hikvision")

    assert ended(facts) == [("CHK-FTP-02", LoginResult.ACCEPTED)]
    assert not room.web.requests


# FTP.


@pytest.mark.parametrize(
    ("greeting", "answers", "result", "heard"),
    [
        (b"220 hi\r\n", {"USER": b"230 Come in.\r\n"}, LoginResult.ACCEPTED, ["USER anonymous", "QUIT"]),
        (b"220 hi\r\n", {"USER": b"530 Nobody.\r\n"}, LoginResult.REFUSED, ["USER anonymous", "QUIT"]),
        (b"220 hi\r\n", {"USER": b"332 Account?\r\n"}, LoginResult.UNANSWERED, ["USER anonymous", "QUIT"]),
        (b"421 Too many.\r\n", {}, LoginResult.UNANSWERED, ["QUIT"]),
        (b"", {}, LoginResult.UNANSWERED, ["QUIT"]),
        (b"220 hi\r\n", {"USER": b""}, LoginResult.UNANSWERED, ["USER anonymous", "QUIT"]),
        (b"220 hi\r\n", {"USER": b"HTTP/1.1 400 ?\r\n"}, LoginResult.UNANSWERED, ["USER anonymous", "QUIT"]),
        (b"220 hi\r\n", {"USER": b"hang up"}, LoginResult.UNANSWERED, ["USER anonymous"]),
    ],
)
def test_a_name_alone_may_decide(room, greeting, answers, result, heard):
    room.ftp.greeting, room.ftp.answers = greeting, answers

    assert ended(room.guess(GREETED)) == [("CHK-FTP-02", result)]
    assert room.ftp.heard == heard


@pytest.mark.parametrize(
    ("said", "result"),
    [
        (b"230-Welcome\r\n331 to the\r\n230 camera\r\n", LoginResult.ACCEPTED),
        (b"530 Login incorrect.\r\n", LoginResult.REFUSED),
        (b"331 Once more?\r\n", LoginResult.UNANSWERED),
        (b"421 Bye.\r\n", LoginResult.UNANSWERED),
        (b"230-" + b"x" * 2 * ftp.BYTE_LIMIT, LoginResult.UNANSWERED),
        (b"230-\r\n" * ftp.BYTE_LIMIT, LoginResult.UNANSWERED),
        (b"", LoginResult.UNANSWERED),
    ],
    ids=["many lines", "refused", "again", "busy", "endless line", "endless lines", "silence"],
)
def test_a_password_is_said_once_and_then_goodbye(room, said, result):
    room.ftp.answers = {**WELCOME, "PASS": said}
    room.ftp.greeting = b"220-Camera\r\n220 ready\r\n"

    assert ended(room.guess(GREETED)) == [("CHK-FTP-02", result)]
    assert room.ftp.heard == ["USER anonymous", "PASS guest", "QUIT"]
    assert room.asked == ["USER anonymous", "PASS", "QUIT"]


def test_a_port_that_no_longer_opens_has_cost_the_guess(room):
    assert ended(room.guess(GREETED, serves_ftp=False)) == [("CHK-FTP-02", LoginResult.UNANSWERED)]
    assert '"result": "unanswered"' in room.written


# SNMP.


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (lambda asked: [description(asked)], LoginResult.ACCEPTED),
        (lambda asked: [description(asked, error=5)], LoginResult.ACCEPTED),
        (lambda asked: [description(asked, error=16)], LoginResult.REFUSED),
        (lambda asked: [description(asked, moved=1)], LoginResult.UNANSWERED),
        (lambda asked: [description(asked, moved=1), b"noise", asked, description(asked)], LoginResult.ACCEPTED),
        (lambda asked: [b"noise", asked], LoginResult.UNANSWERED),
        (lambda _: [], LoginResult.UNANSWERED),
    ],
    ids=["answer", "error", "no access", "another request", "at last", "noise", "silence"],
)
def test_only_an_answer_to_the_very_request_counts(room, answer, result):
    room.snmp.answer = answer

    facts = room.guess()

    assert ended(facts) == [("CHK-SNMP-01", result)]
    assert len(room.snmp.heard) == 1
    assert (said_of("CHK-SNMP-01", facts)[0] == "fail") is (result is LoginResult.ACCEPTED)


def test_an_answer_from_another_port_is_nobodys(room):
    def from_elsewhere(sock: socket.socket) -> None:
        data, asker = sock.recvfrom(2_000)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            stranger.bind((IP, 0))
            stranger.sendto(description(data), asker)

    room.snmp.listen = from_elsewhere  # type: ignore[method-assign]

    assert ended(room.guess()) == [("CHK-SNMP-01", LoginResult.UNANSWERED)]


def test_each_request_has_a_number_of_its_own(tmp_path):
    rooms = [Room(tmp_path / name) for name in ("a", "b")]
    for one in rooms:
        one.guess()

    assert rooms[0].snmp.heard != rooms[1].snmp.heard
