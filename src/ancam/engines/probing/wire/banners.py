"""What a port says first, without being asked: which service it is, and its greeting."""

import re
from typing import Literal

from ancam.engines.probing.wire.text import clean, decoded

BYTE_LIMIT = 8_192
TEXT_LIMIT = 1_000

# IAC, then a command with an option, a subnegotiation up to its end, or a command alone.
_NEGOTIATION = re.compile(rb"\xff(?:[\xfb-\xfe][\x00-\xff]|\xfa[^\xff]*(?:\xff\xf0)?|[\xf0-\xf9]|\xff)")
# At the very start and for an option that exists: pictures and sounds hold the same bytes.
_OPTION = re.compile(rb"[\r\n\x00]{0,8}\xff(?:[\xfb-\xfe][\x00-\x32\xff]|\xfa)")
_LOGIN_PROMPT = re.compile(
    r"\b(?:login|log in|username|user name|user|account|password)\s{0,3}:\s{0,3}\Z", re.IGNORECASE
)
# "# ", "~ $", "[root@dvr ~]#", "BusyBox v1.16 … #": a sign at the very end, which a shell alone leaves there.
_SHELL_PROMPT = re.compile(r"(?:^|[\s\w~\]/)>:-])[#$]\s{0,3}\Z")
_CONSOLE = re.compile(r"\b(?:busybox|built-in shell|enter 'help' for a list)", re.IGNORECASE)
_ASKS_FOR_LOGIN = re.compile(r"\b(?:login|username|user name|password)\s{0,3}:", re.IGNORECASE)
_FTP = re.compile(rb"220[ -]")
# The first line of a multi-line greeting ends in the last line with a space behind the number.
_FTP_NUMBERS = re.compile(r"(?m)^220[ -]")
_NOT_FTP = re.compile(r"\b(?:e?smtp|mail)\b", re.IGNORECASE)

Service = Literal["ssh", "ftp", "telnet", "http", "rtsp", "unknown"]


def telnet_text(data: bytes) -> str | None:
    """Return what a telnet service wrote, without its negotiation; None when nothing proves telnet.

    Proof: options negotiated with IAC, or a prompt for a login or of a shell. The text may be empty.
    """
    data = data[:BYTE_LIMIT]
    if identify_known_protocol(data) != "unknown":
        return None
    text = _written(data)
    is_proven = _OPTION.match(data) or _LOGIN_PROMPT.search(text) or _SHELL_PROMPT.search(text) or _CONSOLE.search(text)
    return clean(text, TEXT_LIMIT) if is_proven else None


def is_shell_without_login(text: str) -> bool:
    """Tell whether a telnet text ends in the prompt of a shell and nowhere asked who is there."""
    return bool(_SHELL_PROMPT.search(text)) and not _ASKS_FOR_LOGIN.search(text)


def ftp_greeting(data: bytes) -> str | None:
    """Return the greeting of an FTP service without its numbers, None when it is none; mail servers greet alike."""
    if not _FTP.match(data):
        return None
    text = clean(_FTP_NUMBERS.sub("", decoded(data[:BYTE_LIMIT])), TEXT_LIMIT)
    return None if _NOT_FTP.search(text) else text


def identify_first_bytes(data: bytes) -> Service:
    """Return which service speaks so; "unknown" when the bytes prove none."""
    known = identify_known_protocol(data)
    return "telnet" if known == "unknown" and telnet_text(data) is not None else known


def identify_known_protocol(data: bytes) -> Service:
    """Return which service the very first bytes are of; telnet, which has no such sign, is "unknown" here."""
    if data.startswith(b"SSH-"):
        return "ssh"
    if data.startswith(b"HTTP/"):
        return "http"
    if data.startswith(b"RTSP/"):
        return "rtsp"
    return "ftp" if ftp_greeting(data) is not None else "unknown"


def _written(data: bytes) -> str:
    return decoded(_NEGOTIATION.sub(b"", data)).replace("\x00", "").rstrip("\r\n")
