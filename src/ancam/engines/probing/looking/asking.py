"""One question, one answer: what is asked of a port of one device, and what is kept of the answer."""

import asyncio
import random
import ssl
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Protocol, TypeVar

from ancam.engines.probing.facts import (
    Ask,
    ClockReading,
    HostFacts,
    HttpAnswer,
    OnvifAnswer,
    PortState,
    RtspAnswer,
    SoapKind,
)
from ancam.engines.probing.sending.budget import Budget
from ancam.engines.probing.sending.gate import Gate, may_be_asked
from ancam.engines.probing.sending.line import PIECE, Line
from ancam.engines.probing.sending.tls_line import NotTls, TlsLine
from ancam.engines.probing.wire import http, onvif, rtsp
from ancam.engines.probing.wire.errors import Garbled

_WHOLE_ANSWER_S = 4.0
_BODY_BYTES = {
    Ask.HOME: 65_536,
    Ask.SCRIPT: 65_536,
    Ask.FAVICON: 65_536,
    Ask.SETTING: 65_536,
    Ask.OWNER_SETTING: 65_536,
}
_SHORT_BODY_BYTES = 16_384
_SNAPSHOT_BYTES = 16
_BARE = frozenset({Ask.STREAM, Ask.BACKUP})  # nothing but the head is wanted
_LOGINS = frozenset({Ask.LOGIN, Ask.OWNER_READ, Ask.OWNER_SETTING})
_SECRET = frozenset({Ask.SETTING, Ask.OWNER_SETTING})  # passwords may stand in the body
_LONE_FAILURES = 3
_PAUSE_S = 0.3
_CLOCK_UNCERTAINTY_S = 2.0  # whole seconds, and the way of the answer

AnyLine = Line | TlsLine


class StoppedAnswering(Exception):
    """A port that had been open refuses or is silent again and again: the device is left alone."""


@dataclass(frozen=True, slots=True)
class Web:
    """A web server of one device: its port, and whether it speaks TLS."""

    port: int
    is_tls: bool


@dataclass(slots=True)
class Asker:
    """Asks one device. Every question is one line of the journal and counts against the device's budget.

    Ordinary trouble gives None; BudgetSpent, StoppedAnswering, Stopped and LocalFailure end the look at the device.
    """

    facts: HostFacts
    gate: Gate
    budget: Budget
    context: ssl.SSLContext
    user_agent: str
    draw: random.Random
    now: Callable[[], datetime]
    failures: int = 0

    @property
    def host(self) -> str:
        """The device's address as it stands in a URL."""
        return f"[{self.facts.ip}]" if ":" in self.facts.ip else self.facts.ip

    async def line(self, port: int) -> Line | None:
        """Open a line to a port, None when it did not open this time, or never may be asked."""
        # A device may name any port as its own.
        if not may_be_asked(port):
            return None
        answer = await self.gate.dial(self.facts.ip, port, self.budget)
        if isinstance(answer, PortState):
            if self.facts.tcp.get(port) is PortState.OPEN:
                self._count_failure(answer)
            return None
        self.facts.tcp[port] = PortState.OPEN  # one that only the device itself has named
        self.failures = 0
        return answer

    def _count_failure(self, answer: PortState) -> None:
        """Take in that a port which had been open no longer is."""
        self.failures += 1
        if answer is PortState.SILENT:
            self.gate.lose()
        if self.failures >= _LONE_FAILURES:
            raise StoppedAnswering

    async def tls(self, port: int) -> TlsLine | None:
        """Open a line and shake hands; None when that failed. Raises NotTls when the port speaks something else."""
        line = await self.line(port)
        if line is None:
            return None
        wrapped = TlsLine(line, self.context)
        try:
            async with asyncio.timeout(_WHOLE_ANSWER_S):
                await wrapped.shake_hands()
        except OSError:
            wrapped.close()
            return None
        except BaseException:
            wrapped.close()
            raise
        return wrapped

    async def open_web(self, web: Web) -> AnyLine | None:
        """Open a line to a web server, None when it did not open this time."""
        try:
            return await (self.tls(web.port) if web.is_tls else self.line(web.port))
        except NotTls:
            return None

    def host_header(self, web: Web) -> str:
        """Return what a browser would write in the Host header."""
        return self.host if web.port == (443 if web.is_tls else 80) else f"{self.host}:{web.port}"

    async def get(
        self,
        talk: "Talk",
        ask: Ask,
        path: str,
        method: str = "GET",
        headers: Iterable[tuple[str, str]] = (),
        body: bytes = b"",
    ) -> HttpAnswer | None:
        """Ask a web server and keep what it answers, of a setting without its body; None when there was no answer."""
        kept = (
            _SNAPSHOT_BYTES if ask is Ask.SNAPSHOT else 0 if ask in _BARE else _BODY_BYTES.get(ask, _SHORT_BODY_BYTES)
        )
        asked = http.request(
            method, path, self.host_header(talk.web), user_agent=self.user_agent, headers=headers, body=body
        )
        wanted = _Wanted(
            f"{method} {path}",
            asked,
            partial(http.HttpReader, is_head=method == "HEAD", body_limit=kept),
            is_picture=ask is Ask.SNAPSHOT,
            is_bare=ask in _BARE,
            is_login=ask in _LOGINS,
        )
        message = await self._answer(talk, wanted)
        if message is None:
            return None
        web = talk.web
        answer = HttpAnswer(
            ask, web.port, web.is_tls, method, path, message.status, message.headers, message.body, message.is_cut
        )
        self.facts.http.append(replace(answer, body=b"") if ask in _SECRET else answer)
        if ask is Ask.HOME:
            with suppress(ValueError, TypeError, OverflowError):
                self.keep_clock("http", parsedate_to_datetime(answer.header("date")))
        return answer

    def keep_clock(self, source: str, told: datetime) -> None:
        """Keep how far the device's clock is from ours, as it tells it now."""
        offset_s = (told - self.now()).total_seconds()
        self.facts.clocks.append(ClockReading(source, offset_s, _CLOCK_UNCERTAINTY_S))

    async def _answer(self, talk: "Talk", wanted: "_Wanted") -> http.HttpMessage | None:
        """Send and read one answer; when the device has closed a kept line meanwhile, a new one is opened once.

        A login is never sent again: the device may have counted the first before its line ended.
        """
        may_repeat = talk.was_used and not wanted.is_login
        message = await self._answer_once(talk, wanted)
        return await self._answer_once(talk, wanted) if message is None and may_repeat else message

    async def _answer_once(self, talk: "Talk", wanted: "_Wanted") -> http.HttpMessage | None:
        line = await talk.line()
        if line is None:
            return None
        message = await self._exchange(line, wanted)
        talk.heard_something = talk.heard_something or line.heard > 0
        talk.after(keeps=message is not None and message.keeps_alive)
        return message

    async def _exchange(self, line: AnyLine, wanted: "_Wanted") -> http.HttpMessage | None:
        reader = wanted.reader()
        return await converse(line, wanted.request_line, wanted.request, reader, partial(wanted.room, reader))

    async def call(
        self,
        talk: "Talk",
        path: str,
        call: str,
        body: bytes,
        *,
        with_credentials: bool = False,
        password_as_text: bool = False,
    ) -> OnvifAnswer:
        """Make one ONVIF call and keep what it answers; whether `body` carries an account is for the record alone."""
        asked = http.request(
            "POST",
            path,
            self.host_header(talk.web),
            user_agent=self.user_agent,
            headers=[("Content-Type", onvif.content_type())],
            body=body,
        )
        reader = partial(http.HttpReader, body_limit=65_536)
        wanted = _Wanted(f"POST {path} {call}", asked, reader, is_login=with_credentials)
        message = await self._answer(talk, wanted)
        if message is None:
            kind, values, status = SoapKind.OTHER, dict[str, str](), 0
        else:
            kind, values = onvif.read_answer(call, message.status, message.body)
            status = message.status
        web = talk.web
        answer = OnvifAnswer(web.port, web.is_tls, path, call, status, kind, values, with_credentials, password_as_text)
        if message is not None:
            self.facts.onvif.append(answer)
        return answer

    def stream_address(self, port: int, path: str) -> str:
        """Return a stream's address as an RTSP request names it."""
        return f"rtsp://{self.host}:{port}{path}"

    async def rtsp(
        self, line: AnyLine, ask: Ask, method: str, path: str, number: int, *, headers: Iterable[tuple[str, str]] = ()
    ) -> RtspAnswer | None:
        """Ask an RTSP server on an open line; OPTIONS and DESCRIBE are all that is ever asked."""
        url = self.stream_address(line.port, path)
        asked = rtsp.request(method, url, number, user_agent=self.user_agent, headers=headers)
        message = await converse(line, f"{method} {path}", asked, rtsp.RtspReader())
        if message is None:
            return None
        answer = RtspAnswer(
            ask, line.port, isinstance(line, TlsLine), method, path, message.status, message.headers, message.body
        )
        self.facts.rtsp.append(answer)
        return answer


@dataclass(slots=True)
class _Wanted:
    """A request to send, and how its answer is read."""

    request_line: str
    request: bytes
    reader: Callable[[], http.HttpReader]
    is_picture: bool = False
    is_bare: bool = False
    is_login: bool = False

    def room(self, reader: http.HttpReader) -> int:
        """Return how many bytes may be taken next: of a picture not one beyond what proves it, 0 when it is enough."""
        if self.is_bare and reader.head_is_complete:
            return 0
        return reader.room if self.is_picture else PIECE


Answer = TypeVar("Answer", covariant=True)


class Reader(Protocol[Answer]):
    """What makes one answer of pieces of any size; all but `is_done` raise Garbled when what came is none."""

    is_done: bool

    @property
    def message(self) -> Answer: ...
    def feed(self, data: bytes) -> None: ...
    def finish(self) -> None: ...


async def converse(
    line: AnyLine,
    request_line: str,
    request: bytes,
    reader: Reader[Answer],
    room: Callable[[], int] = lambda: PIECE,
) -> Answer | None:
    """Send a request and read its answer until it is whole or `room` is 0; None when what came is no answer.

    Without a request it hears what comes by itself.
    """
    if request:
        line.note(request_line)
    with suppress(Garbled, OSError):  # TimeoutError is an OSError; what came until then is an answer too
        async with asyncio.timeout(_WHOLE_ANSWER_S):
            await line.send(request)
            while not reader.is_done and (most := room()):
                data = await line.receive(most=most)
                if not data:
                    break
                reader.feed(data)
    try:
        reader.finish()
        return reader.message
    except Garbled:
        return None


async def heard_first(line: AnyLine, within_s: float, most: int) -> bytes:
    """Return what comes over a line without a question; a pause of a third of a second ends it."""
    heard = b""
    with suppress(OSError):
        while len(heard) < most:
            data = await line.receive(_PAUSE_S if heard else within_s, most)
            if not data:
                break
            heard += data
    return heard


class Talk:
    """Questions to one web server, over one line while the device keeps it open."""

    def __init__(self, asker: Asker, web: Web) -> None:
        self.web = web
        self.was_used = False
        self.heard_something = False
        self._asker = asker
        self._line: AnyLine | None = None

    def __enter__(self) -> "Talk":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def line(self) -> AnyLine | None:
        """Return the kept line, or a new one."""
        if self._line is None:
            self._line = await self._asker.open_web(self.web)
        return self._line

    def take(self, line: AnyLine) -> None:
        """Use a line that was opened for something else."""
        self._line = line

    def after(self, *, keeps: bool) -> None:
        """Keep the line for the next question, or end it."""
        self.was_used = True
        if not keeps:
            self.close()

    def close(self) -> None:
        """End the line."""
        if self._line is not None:
            self._line.close()
            self._line = None
            self.was_used = False
