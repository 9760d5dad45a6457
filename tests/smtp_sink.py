"""A real mail server on this machine that takes sign-ins over STARTTLS and keeps what it is sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from own_certificate import make_certificate, server_context
from running_ancam import free_port

USER, PASSWORD = "ancam", "thu-can-mat-khau"


@dataclass
class SmtpSink:
    """Where the server listens, the certificate to trust, and the messages that came."""

    port: int
    certificate: Path
    messages: list[EmailMessage] = field(default_factory=list)

    def url(self, password: str = PASSWORD) -> str:
        """Return the address for `ANCAM_EMAIL_URL`."""
        return f"smtp://{USER}:{quote(password)}@localhost:{self.port}"


@contextmanager
def smtp_sink(folder: Path) -> Iterator[SmtpSink]:
    """Run the server for as long as the block lasts."""
    certificate, key = make_certificate(folder, "localhost")
    messages: list[EmailMessage] = []
    port = free_port()
    controller = Controller(
        _Keeping(messages),
        hostname="127.0.0.1",
        port=port,
        tls_context=server_context(certificate, key),
        require_starttls=True,
        auth_required=True,
        authenticator=_known,
    )
    controller.start()
    try:
        yield SmtpSink(port, certificate, messages)
    finally:
        controller.stop()


class _Keeping:
    def __init__(self, messages: list[EmailMessage]) -> None:
        self.messages = messages

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.messages.append(BytesParser(policy=default).parsebytes(envelope.content))
        return "250 OK"


def _known(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)
