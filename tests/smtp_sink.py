"""A real mail server on this machine that takes sign-ins over STARTTLS and keeps what it is sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from threading import Condition
from typing import Any
from urllib.parse import quote

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from own_certificate import make_certificate, server_context
from running_ancam import free_port

USER, PASSWORD = "ancam", "thu-can-mat-khau"
MAIL_WITHIN_S = 30


@dataclass
class SmtpSink:
    """Where the server listens, the certificate to trust, and the messages that came."""

    port: int
    certificate: Path
    messages: list[EmailMessage] = field(default_factory=list)
    arrived: Condition = field(default_factory=Condition)

    def url(self, password: str = PASSWORD) -> str:
        """Return the address for `ANCAM_EMAIL_URL`."""
        return f"smtp://{USER}:{quote(password)}@localhost:{self.port}"

    def mail_to(self, address: str, words: str) -> EmailMessage:
        """Return the mail to this address whose subject holds these words, once it has come; half a minute at most."""

        def found() -> EmailMessage | None:
            wanted = (one for one in self.messages if one["To"] == address and words in one["Subject"])
            return next(wanted, None)

        with self.arrived:
            message = self.arrived.wait_for(found, timeout=MAIL_WITHIN_S)
        assert message, f"no mail to {address} of {[one['Subject'] for one in self.messages]}"
        return message


@contextmanager
def smtp_sink(folder: Path) -> Iterator[SmtpSink]:
    """Run the server for as long as the block lasts."""
    certificate, key = make_certificate(folder, "localhost")
    sink = SmtpSink(free_port(), certificate)
    controller = Controller(
        _Keeping(sink),
        hostname="127.0.0.1",
        port=sink.port,
        tls_context=server_context(certificate, key),
        require_starttls=True,
        auth_required=True,
        authenticator=_known,
    )
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


class _Keeping:
    def __init__(self, sink: SmtpSink) -> None:
        self.sink = sink

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        with self.sink.arrived:
            self.sink.messages.append(BytesParser(policy=default).parsebytes(envelope.content))
            self.sink.arrived.notify_all()
        return "250 OK"


def _known(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)
