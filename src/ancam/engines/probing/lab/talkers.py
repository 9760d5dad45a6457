"""The small services: telnet, FTP, a maker's control port, debug banners, and hosts that say nothing or hang up."""

from ancam.engines.probing.lab.device import Device
from ancam.engines.probing.lab.line import Line
from ancam.engines.probing.lab.postures import Ftp, Telnet

_ASKS_TERMINAL = bytes([0xFF, 0xFD, 0x01, 0xFF, 0xFD, 0x1F, 0xFF, 0xFB, 0x01, 0xFF, 0xFB, 0x03])
_LINE_LIMIT = 1024


class MuteTalk:
    """Accepts, and never says a word."""

    def begin(self, line: Line) -> None:
        """Nothing."""

    def received(self, line: Line, data: bytes) -> None:
        """Nothing, whatever it was."""


class ResetTalk(MuteTalk):
    """Accepts, and hangs up at once."""

    def begin(self, line: Line) -> None:
        """Cut."""
        line.reset()


class RawPrintTalk(MuteTalk):
    """A printer's port 9100: whatever comes would be printed, a connection alone is harm."""

    def begin(self, line: Line) -> None:
        """Count it."""
        line.harm.raw_print += 1


class BannerTalk(MuteTalk):
    """Says one thing first, then waits."""

    def __init__(self, banner: bytes) -> None:
        self._banner = banner

    def begin(self, line: Line) -> None:
        """Say it."""
        line.send(self._banner)


class TelnetTalk:
    """Telnet: option negotiation, then a login prompt or, on the worst devices, a shell."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self._has_shell = device.posture.telnet is Telnet.SHELL
        self._username = ""
        self._buffer = bytearray()

    def begin(self, line: Line) -> None:
        """Negotiate and prompt."""
        prompt = "\r\n# " if self._has_shell else self._device.fill(self._device.kind.telnet_greeting)
        line.send(_ASKS_TERMINAL + prompt.encode())

    def received(self, line: Line, data: bytes) -> None:
        """A command in a shell is a write; a name and a password are a login."""
        self._buffer += bytes(byte for byte in data if byte < 0x80)
        said, end, rest = bytes(self._buffer[:_LINE_LIMIT]).partition(b"\n")
        if not end:
            return
        self._buffer = bytearray(rest)
        word = said.strip().decode("ascii", "replace")
        if self._has_shell:
            line.harm.writes += 1
            line.send(b"# ")
        elif not self._username:
            self._username = word or "?"
            line.send(b"Password: ")
        else:
            self._device.logins.with_password(self._username, lambda known: known == word)
            self._username = ""
            line.send(b"Login incorrect\r\nlogin: ")


class FtpTalk:
    """FTP: a greeting, and a login that counts."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self._username = ""
        self._buffer = bytearray()

    def begin(self, line: Line) -> None:
        """Greet."""
        line.send(self._device.fill(self._device.kind.ftp_greeting).encode() + b"\r\n")

    def received(self, line: Line, data: bytes) -> None:
        """Answer one command after the other."""
        self._buffer += data
        while line.is_open and b"\n" in self._buffer:
            said, _, rest = bytes(self._buffer).partition(b"\n")
            self._buffer = bytearray(rest)
            verb, _, rest_of_line = said.strip().decode("latin-1").partition(" ")
            self._answer(line, verb.upper(), rest_of_line)

    def _answer(self, line: Line, verb: str, word: str) -> None:
        if verb == "QUIT":
            line.send(b"221 Goodbye.\r\n")
            line.finish()
        elif verb == "USER":
            self._username = word
            line.send(b"331 Please specify the password.\r\n")
        elif verb == "PASS":
            is_known = self._is_let_in(word)
            line.send(b"230 Login successful.\r\n" if is_known else b"530 Login incorrect.\r\n")
        else:
            line.harm.writes += verb in ("STOR", "DELE", "MKD", "RMD", "RNFR", "APPE", "SITE")
            line.send(b"530 Please login with USER and PASS.\r\n")

    def _is_let_in(self, password: str) -> bool:
        logins = self._device.logins
        if self._username.lower() == "anonymous" and self._device.posture.ftp is Ftp.ANONYMOUS:
            return logins.without_account(is_let_in=True)
        return logins.with_password(self._username, lambda known: known == password)
