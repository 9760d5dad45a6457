"""The Android debug bridge on TCP 5555: one greeting, and what it draws."""

import re
import struct

from ancam.engines.probing.wire.text import clean, decoded

PORT = 5555
BODY_LIMIT = 4_096
_VERSION = 0x01000000
# Command, two arguments, length and sum of the body, and the command again with every bit turned.
_HEADER = struct.Struct("<4sIIIII")
_COMMANDS = {b"CNXN": "connect", b"AUTH": "auth", b"STLS": "tls"}
_PROPERTY = re.compile(r"(ro\.[\w.]{1,60})=([^;]{0,200})")


def connect_message() -> bytes:
    """Return the greeting; no command follows it, nothing is opened or run."""
    body = b"host::\x00"
    return _HEADER.pack(b"CNXN", _VERSION, BODY_LIMIT, len(body), sum(body), _turned(b"CNXN")) + body


def read(data: bytes) -> dict[str, str] | None:
    """Return what a debug bridge answers, None when it is none.

    command: "connect" (open to anyone), "auth" or "tls" (it wants a key); banner; and the properties in it under their
    names (ro.product.model, …).
    """
    if len(data) < _HEADER.size:
        return None
    command, _first, _second, length, _sum, magic = _HEADER.unpack_from(data)
    if command not in _COMMANDS or magic != _turned(command):
        return None
    values = {"command": _COMMANDS[command], "banner": ""}
    if command == b"CNXN":
        values["banner"] = clean(decoded(data[_HEADER.size : _HEADER.size + min(length, BODY_LIMIT)]))
        values |= {name: clean(value) for name, value in _PROPERTY.findall(values["banner"])}
    return values


def _turned(command: bytes) -> int:
    return int.from_bytes(command, "little") ^ 0xFFFFFFFF
