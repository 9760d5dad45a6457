"""`ancam web`: the web server alone."""

import argparse
import os
import signal

from ancam.cli.certificates import require_certificate
from ancam.cli.django_setup import require_prepared_instance, set_up_django
from ancam.cli.listening import add_arguments, listen_as_told
from ancam.cli.processes import call_when_orphaned

__all__ = ["add_arguments", "run"]

# A body that comes slowly holds a thread while it is read, so there are many more threads than work for them.
BLOCKING_THREADS = 32


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    listen_as_told(arguments)
    set_up_django()
    from django.conf import settings

    from ancam.web import clock

    require_certificate(settings.TLS_CERT, settings.TLS_KEY, clock.now())
    require_prepared_instance()
    from pathlib import Path

    from granian.constants import Interfaces, SSLProtocols
    from granian.log import LogLevels
    from granian.server import Server

    call_when_orphaned(lambda: os.kill(os.getpid(), signal.SIGTERM))
    Server(
        "ancam.site.wsgi:application",
        address=settings.HOST,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=BLOCKING_THREADS,
        workers_kill_timeout=5,
        websockets=False,
        log_level=LogLevels.error,  # its one warning is that there are more threads than processors
        ssl_cert=Path(settings.TLS_CERT) if settings.TLS_CERT else None,
        ssl_key=Path(settings.TLS_KEY) if settings.TLS_KEY else None,
        # With 1.2 only ciphers with forward secrecy are offered; older programs that ask for the health page need it.
        ssl_protocol_min=SSLProtocols.tls12,
    ).serve()
    return 0
