"""Xiongmai's search on UDP 34569: a DVRIP header; JSON with the network settings comes back."""

import re
from ipaddress import IPv4Address

from ancam.engines.probing.wire.dvrip import HEADER_SIZE, read_header, written_header
from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.plain_json import flat, json_object

PORT = 34569
_SEARCH = 1530
_SETTINGS = "NetWork.NetCommon"
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{8}")


def search() -> bytes:
    """Return a search, which changes nothing."""
    return written_header(_SEARCH, 0)


def read(datagram: bytes) -> dict[str, str] | None:
    """Return the network settings under small-letter names (hostname, mac, sn, version, builddate, …), None for others.

    Addresses, which come as hexadecimal numbers, are written with dots.
    """
    header = read_header(datagram)
    if header is None:
        return None
    body = datagram[HEADER_SIZE:]
    try:
        answer = json_object(body[: header.length] if header.length else body)
    except Garbled:
        return None
    settings = answer.get(_SETTINGS)
    if not isinstance(settings, dict):
        return None
    return {name: _with_dots(text) for name, text in flat(settings).items()}


def _with_dots(text: str) -> str:
    return str(IPv4Address(bytes.fromhex(text[2:])[::-1])) if _ADDRESS.fullmatch(text) else text
