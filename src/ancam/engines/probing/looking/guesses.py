"""Guesses at what needs no maker's name: FTP's anonymous account, and SNMP's community `public`."""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from functools import partial

from ancam.engines.probing.facts import HostFacts, LoginResult
from ancam.engines.probing.looking import unicast
from ancam.engines.probing.looking.asking import AnyLine, Asker, converse
from ancam.engines.probing.looking.sweep import Question
from ancam.engines.probing.wire import ftp, snmp

ANONYMOUS = "anonymous"
_FTP_PORT = 21
_GREETS, _WANTS_PASSWORD = 220, 331
_FTP_RESULTS = {230: LoginResult.ACCEPTED, 530: LoginResult.REFUSED}
_NO_ACCESS = ("6", "16")  # noAccess and authorizationError of RFC 3416


def greets_as_ftp(facts: HostFacts) -> bool:
    """Tell whether the FTP port was met, and greeted as FTP does."""
    return any(banner.port == _FTP_PORT and banner.service == "ftp" for banner in facts.banners)


async def log_in_anonymously(asker: Asker) -> LoginResult:
    """Say once that nobody in particular comes, and go; nothing is listed, read or written."""
    line = await asker.line(_FTP_PORT)
    if line is None:
        return LoginResult.UNANSWERED
    with line:
        result = await _as_anonymous(line)
        line.note("QUIT")
        with suppress(OSError):
            await line.send(b"QUIT\r\n")
    return result


async def _as_anonymous(line: AnyLine) -> LoginResult:
    if await converse(line, "", b"", ftp.ReplyReader()) != _GREETS:
        return LoginResult.UNANSWERED
    code = await converse(line, f"USER {ANONYMOUS}", f"USER {ANONYMOUS}\r\n".encode(), ftp.ReplyReader())
    if code == _WANTS_PASSWORD:
        code = await converse(line, "PASS", b"PASS guest\r\n", ftp.ReplyReader())
    return _FTP_RESULTS.get(code or 0, LoginResult.UNANSWERED)


async def read_as_public(asker: Asker) -> LoginResult:
    """Ask by one datagram what the device calls itself; whoever does not know the community is silent."""
    request_id = secrets.randbelow(2**31)
    question = Question(
        "snmp", snmp.PORT, snmp.get_sys_descr("public", request_id), partial(_answer_to, str(request_id))
    )
    said = await unicast.answer_to(asker.facts.ip, question, asker.gate, asker.budget)
    if said is None:
        return LoginResult.UNANSWERED
    return LoginResult.REFUSED if said["error"] in _NO_ACCESS else LoginResult.ACCEPTED


def _answer_to(request_id: str, datagram: bytes) -> Mapping[str, str] | None:
    """Return what a datagram says when it answers this very request."""
    said = snmp.read(datagram)
    return said if said is not None and said["request_id"] == request_id else None
