"""Where the web server listens: `--host` and `--port` are `ANCAM_HOST` and `ANCAM_PORT` said on the command line."""

import argparse
import os

from ancam.cli.language import phrase


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `--host` and `--port`."""
    parser.add_argument("--host", help=phrase("địa chỉ lắng nghe (ANCAM_HOST)", "address to listen on (ANCAM_HOST)"))
    port = phrase("cổng lắng nghe (ANCAM_PORT)", "port to listen on (ANCAM_PORT)")
    parser.add_argument("--port", type=_port, help=port)


def listen_as_told(arguments: argparse.Namespace) -> None:
    """Put what was said into the environment, before the settings are read: they, and every child, agree on it."""
    for name, said in (("ANCAM_HOST", arguments.host), ("ANCAM_PORT", arguments.port)):
        if said:
            os.environ[name] = str(said)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 65535):
        told = phrase(f"chỉ nhận số từ 1 đến 65535, không nhận {text}", f"takes 1 to 65535, not {text}")
        raise argparse.ArgumentTypeError(told)
    return int(text)
