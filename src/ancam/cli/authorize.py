"""`ancam authorize`: an authorisation from its first line to its two signatures, and the keys that count."""

import argparse

from ancam.cli import authorize_keys, authorize_new, authorize_show, authorize_sign
from ancam.cli.language import phrase

_ACTS = {
    "new": (authorize_new, "lập tệp văn bản cho phép để điền", "write an authorisation to fill in"),
    "sign": (authorize_sign, "ký thay mặt một bên", "sign for one side"),
    "show": (authorize_show, "nói bằng lời tệp cho phép những gì", "say in words what a file permits"),
    "keys": (authorize_keys, "tạo, đăng ký, thu hồi khóa", "make, enrol and revoke keys"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the acts, each with its own arguments."""
    acts = parser.add_subparsers(prog=parser.prog, dest="act", required=True, metavar=phrase("VIỆC", "ACT"))
    for name, (module, vi, en) in _ACTS.items():
        told = phrase(vi, en)
        module.add_arguments(acts.add_parser(name, help=told, description=told))


def run(arguments: argparse.Namespace) -> int:
    """Do one act and return its exit code; refusals are raised."""
    return int(_ACTS[arguments.act][0].run(arguments))
