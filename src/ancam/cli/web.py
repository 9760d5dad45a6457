"""`ancam web`: the web server alone."""

import argparse
import os
import signal

from ancam.cli.django_setup import require_prepared_instance, set_up_django
from ancam.cli.language import phrase
from ancam.cli.processes import call_when_orphaned

BLOCKING_THREADS = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help=phrase("địa chỉ lắng nghe", "address to listen on"))
    parser.add_argument("--port", type=int, help=phrase("cổng lắng nghe", "port to listen on"))


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    set_up_django()
    require_prepared_instance()
    from pathlib import Path

    from django.conf import settings
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    call_when_orphaned(lambda: os.kill(os.getpid(), signal.SIGTERM))
    Server(
        "ancam.site.wsgi:application",
        address=arguments.host or settings.HOST,
        port=arguments.port or settings.PORT,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=BLOCKING_THREADS,
        workers_kill_timeout=5,
        websockets=False,
        log_level=LogLevels.warning,
        ssl_cert=Path(settings.TLS_CERT) if settings.TLS_CERT else None,
        ssl_key=Path(settings.TLS_KEY) if settings.TLS_KEY else None,
    ).serve()
    return 0
