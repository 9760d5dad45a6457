"""SSDP on UDP 1900, and the UPnP description its answers point to."""

import re

from ancam.engines.probing.wire.elements import parsed
from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.messages import header_lines
from ancam.engines.probing.wire.text import lines

PORT = 1900
_GROUP = "239.255.255.250:1900"
_STATUS_LINE = re.compile(rb"HTTP/1\.[01][ \t]+200(?![0-9])")
_OWN = frozenset({"st", "usn", "location"})


def search(target: str = "upnp:rootdevice") -> bytes:
    """Return an M-SEARCH; "upnp:rootdevice" draws one answer of a device, "ssdp:all" one for each of its services."""
    return f'M-SEARCH * HTTP/1.1\r\nHOST: {_GROUP}\r\nMAN: "ssdp:discover"\r\nMX: 1\r\nST: {target}\r\n\r\n'.encode()


def read(datagram: bytes) -> dict[str, str] | None:
    """Return the headers of an answer to a search (server, location, usn, st, …), None for anything else."""
    status_line, _line_end, rest = datagram[:16_384].partition(b"\n")
    if not _STATUS_LINE.match(status_line):
        return None
    values: dict[str, list[str]] = {}
    for name, value in header_lines(rest)[0]:
        values.setdefault(name, []).append(value)
    return {name: lines(several) for name, several in values.items()} if values.keys() & _OWN else None


def read_description(xml: bytes) -> dict[str, str] | None:
    """Return what a UPnP description says of its root device under small-letter names, None when it is none.

    friendlyname, manufacturer, modelname, modelnumber, modeldescription, serialnumber, udn, presentationurl, …
    """
    try:
        root = parsed(xml)
    except Garbled:
        return None
    device = root.first("device") if root.name == "root" else None
    if device is None:
        return None
    values: dict[str, str] = {}
    for name, text in device.leaves():
        values.setdefault(name.lower(), text)
    return values
