"""How each open port is met: those that speak first are heard, the others are asked the least there is to ask."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from ancam.engines.probing.facts import Ask, Banner, HttpAnswer, TlsFacts
from ancam.engines.probing.looking.asking import Asker, Talk, Web, heard_first
from ancam.engines.probing.looking.ports import Opening, opening_of
from ancam.engines.probing.looking.together import together
from ancam.engines.probing.sending.budget import FIRST_BYTE_S
from ancam.engines.probing.sending.line import Line
from ancam.engines.probing.sending.tls_line import NotTls, TlsLine
from ancam.engines.probing.wire import adb, banners, http, tls
from ancam.engines.probing.wire.certificates import certificate_facts
from ancam.engines.probing.wire.ciphers import COMMON_CIPHERS, WEAK_CIPHERS, cipher_name
from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.ssh import SshExchange
from ancam.engines.probing.wire.text import clean

_MOST_REDIRECTS = 3
_HELLO_BYTES = 16_384
_TEXT_LENGTH = 1_000
EVERY_CIPHER = (*COMMON_CIPHERS, *WEAK_CIPHERS)


async def open_words(asker: Asker, ports: Iterable[int], vendors: Sequence[str]) -> None:
    """Meet each open port once, two at a time.

    vendors: who made the device, as far as is known already: Hikvision's control port 8000 is then left in peace.
    """
    waiting = iter([port for port in ports if not (port == 8000 and vendors[:1] == ["Hikvision"])])
    await together(_meet_all(asker, waiting), _meet_all(asker, waiting))


async def _meet_all(asker: Asker, waiting: Iterable[int]) -> None:
    for port in waiting:
        await meet(asker, port)


async def meet(asker: Asker, port: int) -> None:
    """Meet one open port in the way that suits its number."""
    opening = opening_of(port)
    if opening is Opening.WEB:
        await _meet_web(asker, port)
    elif opening is Opening.TLS:
        await meet_tls(asker, port)
    elif opening is Opening.LISTEN:
        await _listen(asker, port)
    elif opening is Opening.ADB:
        await _meet_adb(asker, port)
    elif opening is Opening.RTSPS:
        await _meet_rtsps(asker, port)
    elif opening is Opening.RTSP:
        await _meet_rtsp(asker, port)


async def _meet_web(asker: Asker, port: int) -> None:
    with Talk(asker, Web(port, is_tls=False)) as talk:
        home = await read_home(asker, talk)
    # Whoever says something that is no HTTP may speak TLS.
    if talk.heard_something if home is None else _wants_tls(home):
        await meet_tls(asker, port)


def _wants_tls(home: HttpAnswer) -> bool:
    """Whether a plain answer says that TLS is spoken here."""
    return home.status in (400, 426, 497) and b"https" in home.body.lower()


async def read_home(asker: Asker, talk: Talk) -> HttpAnswer | None:
    """Read the first page and where it leads on the same port; return the first answer, None when there was none."""
    first = answer = await asker.get(talk, Ask.HOME, "/")
    seen = {"/"}
    for _ in range(_MOST_REDIRECTS):
        if answer is None:
            break
        target = leads_to(asker, answer)
        if target is None or target.host != asker.facts.ip or target.port != talk.web.port or target.path in seen:
            break
        if (target.scheme == "https") != talk.web.is_tls:
            break
        seen.add(target.path)
        answer = await asker.get(talk, Ask.HOME, target.path)
    return first


def leads_to(asker: Asker, answer: HttpAnswer) -> http.Elsewhere | None:
    """Return where a page sends its reader, None when nowhere; the place is only named, the gate judges it."""
    message = http.HttpMessage(answer.status, answer.headers, answer.body, answer.is_cut, keeps_alive=False)
    scheme = "https" if answer.is_tls else "http"
    return http.redirect_of(message, http.Elsewhere(scheme, asker.facts.ip, answer.port, answer.path))


async def meet_tls(asker: Asker, port: int) -> None:
    """Shake hands, keep what the handshake shows, and read the first page over it."""
    try:
        line = await asker.tls(port)
    except NotTls:
        if not await look_at_hello(asker, port) and opening_of(port) is Opening.TLS:
            with Talk(asker, Web(port, is_tls=False)) as talk:
                await read_home(asker, talk)
        return
    if line is None:
        return
    keep_tls(asker, line)
    with Talk(asker, Web(port, is_tls=True)) as talk:
        talk.take(line)
        await read_home(asker, talk)


def keep_tls(asker: Asker, line: TlsLine) -> None:
    """Keep what a finished handshake shows: the highest version both speak, the cipher, the certificate."""
    certificate = None
    with suppress(Garbled):
        certificate = certificate_facts(line.certificate)
    has_secrecy = line.version == "TLSv1.3" or "DHE" in line.cipher
    asker.facts.tls.append(TlsFacts(line.port, line.version, line.cipher, certificate, has_forward_secrecy=has_secrecy))


async def look_at_hello(asker: Asker, port: int) -> bool:
    """Judge a server with which no handshake can be finished by its first message; False when it speaks no TLS."""
    answer = await say_hello(asker, port, highest="TLSv1.2", ciphers=EVERY_CIPHER)
    if answer is None or not answer.version:
        return False
    certificate = None
    with suppress(Garbled, IndexError):
        certificate = certificate_facts(answer.certificates[0])
    asker.facts.tls.append(TlsFacts(port, answer.version, cipher_name(answer.cipher), certificate))
    return True


async def say_hello(asker: Asker, port: int, *, highest: str, ciphers: Sequence[int]) -> "tls.HelloAnswer | None":
    """Send one ClientHello and read what the server makes of it; None when it neither took nor refused it."""
    line = await asker.line(port)
    if line is None:
        return None
    with line:
        line.note(f"ClientHello {highest}")
        reader = tls.ServerHelloReader()
        with suppress(OSError, Garbled):
            await line.send(tls.client_hello(highest=highest, ciphers=ciphers, random=asker.draw.randbytes(32)))
            while not reader.is_done:
                data = await line.receive(FIRST_BYTE_S, _HELLO_BYTES)
                if not data:
                    break
                reader.feed(data)
    answer = reader.answer
    return answer if answer.version or answer.alert is not None else None


async def _listen(asker: Asker, port: int) -> None:
    """Hear what a port says first: an SSH server's offers, an FTP greeting, a telnet prompt."""
    line = await asker.line(port)
    if line is None:
        return
    with line:
        heard = await heard_first(line, FIRST_BYTE_S, 4_096)
        service = banners.identify_first_bytes(heard)
        if service == "ssh":
            await _exchange_keys(asker, line, heard)
        elif service == "ftp":
            asker.facts.banners.append(Banner(port, "ftp", banners.ftp_greeting(heard) or ""))
            line.note("QUIT")
            with suppress(OSError):
                await line.send(b"QUIT\r\n")
        elif (text := banners.telnet_text(heard)) is not None:
            asker.facts.banners.append(Banner(port, "telnet", text))
        elif heard:
            asker.facts.banners.append(Banner(port, "unknown", clean(heard.decode("latin-1"), _TEXT_LENGTH)))


async def _exchange_keys(asker: Asker, line: Line, heard: bytes) -> None:
    """Read an SSH server's offers and learn its host key; the exchange ends before any authentication."""
    exchange = SshExchange()
    with suppress(OSError, Garbled):
        exchange.feed(heard)
        while not exchange.is_done:
            if answer := exchange.to_send():
                await line.send(answer)
            data = await line.receive()
            if not data:
                break
            exchange.feed(data)
    with suppress(Garbled):
        asker.facts.ssh.append(exchange.facts(line.port))


async def _meet_adb(asker: Asker, port: int) -> None:
    line = await asker.line(port)
    if line is None:
        return
    with line:
        line.note("CNXN")
        with suppress(OSError, Garbled):
            await line.send(adb.connect_message())
            if (said := adb.read(await line.receive())) is not None:
                asker.facts.banners.append(Banner(port, "adb", f"{said['command']} {said['banner']}".strip()))


async def _meet_rtsp(asker: Asker, port: int) -> None:
    line = await asker.line(port)
    if line is None:
        return
    with line:
        await asker.rtsp(line, Ask.OPTIONS, "OPTIONS", "/", 1)


async def _meet_rtsps(asker: Asker, port: int) -> None:
    try:
        line = await asker.tls(port)
    except NotTls:
        return
    if line is not None:
        with line:
            keep_tls(asker, line)
            await asker.rtsp(line, Ask.OPTIONS, "OPTIONS", "/", 1)
