"""TLS over an open line: every protocol and cipher this machine speaks, no certificate refused; all is looked at."""

import ssl
import warnings

from ancam.engines.probing.sending.budget import FIRST_BYTE_S
from ancam.engines.probing.sending.line import PIECE, Line

_HANDSHAKE_ROUNDS = 12
# OP_LEGACY_SERVER_CONNECT of OpenSSL, which Python names from 3.12 on: servers older than secure renegotiation.
_LEGACY_SERVER_CONNECT = 0x4


class NotTls(Exception):
    """The port speaks no TLS in which this machine could finish a handshake. `why`: OpenSSL's word for it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def any_tls() -> ssl.SSLContext:
    """Return a context that accepts whatever a device offers: its weakness is what is to be seen."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with warnings.catch_warnings():
        # Old protocols are deprecated for whoever wants to be safe; the assessor wants to see them.
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    context.options |= _LEGACY_SERVER_CONNECT
    return context


class TlsLine:
    """A line whose bytes are wrapped in TLS; the same door as Line."""

    def __init__(self, line: Line, context: ssl.SSLContext) -> None:
        self.address, self.port = line.address, line.port
        self._line = line
        self._in = ssl.MemoryBIO()
        self._out = ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._in, self._out, server_side=False)

    def __enter__(self) -> "TlsLine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def shake_hands(self) -> None:
        """Finish the handshake; raises NotTls, TimeoutError, OSError, BudgetSpent."""
        for _ in range(_HANDSHAKE_ROUNDS):
            try:
                self._tls.do_handshake()
            except ssl.SSLWantReadError:
                await self._flush()
                await self._fill(FIRST_BYTE_S)
            except ssl.SSLError as exc:
                raise NotTls(exc.reason or type(exc).__name__) from exc
            else:
                await self._flush()
                return
        raise NotTls("no end of handshake")

    @property
    def heard(self) -> int:
        """The bytes that came."""
        return self._line.heard

    @property
    def version(self) -> str:
        """The protocol that was agreed on, `TLSv1.2`."""
        return self._tls.version() or ""

    @property
    def cipher(self) -> str:
        """The cipher that was agreed on, in OpenSSL's name."""
        agreed = self._tls.cipher()
        return agreed[0] if agreed else ""

    @property
    def certificate(self) -> bytes:
        """The device's certificate in DER, empty when it sent none."""
        return self._tls.getpeercert(binary_form=True) or b""

    def note(self, request_line: str) -> None:
        """Keep the first line of what is about to be asked."""
        self._line.note(request_line)

    async def send(self, data: bytes) -> None:
        """Send all of it; raises OSError, BudgetSpent."""
        self._tls.write(data)
        await self._flush()

    async def receive(self, within_s: float = FIRST_BYTE_S, most: int = PIECE) -> bytes:
        """Return the next bytes, empty at the end; raises TimeoutError, OSError, BudgetSpent."""
        while True:
            try:
                return self._tls.read(most)
            except ssl.SSLWantReadError:
                await self._fill(within_s)
            except ssl.SSLError:
                # However a device ends TLS, it has said what it had to say.
                return b""

    def close(self) -> None:
        """End the connection."""
        self._line.close()

    async def _flush(self) -> None:
        if data := self._out.read():
            await self._line.send(data)

    async def _fill(self, within_s: float) -> None:
        data = await self._line.receive(within_s)
        if data:
            self._in.write(data)
        else:
            self._in.write_eof()
