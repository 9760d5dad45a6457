"""Hikvision's search on UDP 37020: an XML inquiry and what a device says of itself to it."""

from xml.sax.saxutils import escape

from ancam.engines.probing.wire.elements import parsed
from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.text import clean

PORT = 37020
_OWN = frozenset({"mac", "devicetype", "devicedescription", "devicesn", "softwareversion", "dspversion", "activated"})


def inquiry(uuid: str) -> bytes:
    """Return an inquiry, which changes nothing; uuid: as text, new for each inquiry."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Probe><Uuid>{escape(clean(uuid, 64).upper())}</Uuid>'
        "<Types>inquiry</Types></Probe>"
    ).encode()


def read(datagram: bytes) -> dict[str, str] | None:
    """Return the fields of a ProbeMatch under small-letter names (devicedescription, activated, …), None for others."""
    try:
        root = parsed(datagram)
    except Garbled:
        return None
    values: dict[str, str] = {}
    for name, text in root.leaves():
        values.setdefault(name.lower(), text)
    return values if root.name == "ProbeMatch" and values.keys() & _OWN else None
