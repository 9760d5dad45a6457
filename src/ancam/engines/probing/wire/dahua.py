"""Dahua's search on UDP 37810: a DHIP header and JSON, both ways."""

import json
import struct

from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.plain_json import flat, json_object

PORT = 37810
_MAGIC = b"DHIP"
# Header length, magic, session, request, then twice the length of the JSON, each followed by four zero bytes.
_HEADER = struct.Struct("<I4sIIQQ")


def search() -> bytes:
    """Return a search, which changes nothing; `uni` asks for an answer to the sender alone."""
    body = json.dumps({"method": "DHDiscover.search", "params": {"mac": "", "uni": 1}}).encode() + b"\n"
    return _HEADER.pack(_HEADER.size, _MAGIC, 0, 0, len(body), len(body)) + body


def read(datagram: bytes) -> dict[str, str] | None:
    """Return what a device says of itself, None when it is no such answer.

    The fields of deviceInfo under small-letter names (devicetype, version, serialno, init, …, nested ones as
    ipv4address.ipaddress), and the mac that stands beside it.
    """
    if datagram[4:8] != _MAGIC or len(datagram) < _HEADER.size:
        return None
    length = _HEADER.unpack_from(datagram)[4]
    body = datagram[_HEADER.size :]
    try:
        answer = json_object(body[:length] if 0 < length <= len(body) else body)
    except Garbled:
        return None
    params = answer.get("params")
    about = params.get("deviceInfo") if isinstance(params, dict) else None
    if not isinstance(about, dict):
        return None
    return flat(about) | {name: text for name, text in flat(answer).items() if name == "mac" and text}
