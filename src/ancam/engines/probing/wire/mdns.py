"""Multicast DNS on UDP 5353, asked of one address: which services a device names, and their texts."""

import ipaddress
from collections.abc import Iterable, Iterator

from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.text import clean, decoded, lines

PORT = 5353
SERVICES = ("_services._dns-sd._udp.local", "_axis-video._tcp.local", "_rtsp._tcp.local")
RECORD_LIMIT = 128
LABEL_LIMIT = 32
NAME_LIMIT = 255
_A, _PTR, _TXT, _AAAA, _SRV = 1, 12, 16, 28, 33
_ASK_UNICAST = 0x8001


def query(names: Iterable[str] = SERVICES) -> bytes:
    """Return a question for the pointers of some names, to be answered to the asker alone."""
    questions = [_written_name(name) + _PTR.to_bytes(2, "big") + _ASK_UNICAST.to_bytes(2, "big") for name in names]
    return bytes(4) + len(questions).to_bytes(2, "big") + bytes(6) + b"".join(questions)


def read(datagram: bytes) -> dict[str, str] | None:
    """Return what an answer says, None when the datagram is none or says nothing; several joined with line feeds.

    ptr: the names pointed to; host: targets of services; port; a, aaaa: addresses; txt: `key=value` texts, and each
    first of a key as "txt.KEY".
    """
    found: dict[str, list[str]] = {}
    try:
        for name, value in _records(datagram):
            found.setdefault(name, []).append(value)
    except Garbled:
        # What came before the broken part was said.
        pass
    values = {name: text for name, several in found.items() if (text := lines(several))}
    for pair in found.get("txt", []):
        key, equals, value = pair.partition("=")
        if equals and key:
            values.setdefault(f"txt.{key.lower()}", value)
    return values or None


def _records(data: bytes) -> Iterator[tuple[str, str]]:
    if len(data) < 12 or not data[2] & 0x80:
        return
    questions, *records = (int.from_bytes(data[index : index + 2], "big") for index in (4, 6, 8, 10))
    position = 12
    for _ in range(min(questions, RECORD_LIMIT)):
        position = _after_name(data, position) + 4
    for _ in range(min(sum(records), RECORD_LIMIT)):
        position = _after_name(data, position)
        if position + 10 > len(data):
            raise Garbled(protocol="mdns", why="a record that is cut")
        kind = int.from_bytes(data[position : position + 2], "big")
        start = position + 10
        position = start + int.from_bytes(data[position + 8 : start], "big")
        if position > len(data):
            raise Garbled(protocol="mdns", why="a record that is cut")
        yield from _record(data, kind, start, position)


def _record(data: bytes, kind: int, start: int, end: int) -> Iterator[tuple[str, str]]:
    content = data[start:end]
    if kind == _PTR:
        yield "ptr", _name(data, start)
    elif kind == _SRV and len(content) > 6:
        yield "port", str(int.from_bytes(content[4:6], "big"))
        yield "host", _name(data, start + 6)
    elif kind == _TXT:
        while start < end:
            after = start + 1 + data[start]
            if text := clean(decoded(data[start + 1 : min(after, end)])):
                yield "txt", text
            start = after
    elif (kind, len(content)) in ((_A, 4), (_AAAA, 16)):
        yield "a" if kind == _A else "aaaa", str(ipaddress.ip_address(content))


def _after_name(data: bytes, position: int) -> int:
    for _ in range(LABEL_LIMIT):
        size = data[position] if position < len(data) else 0
        if size == 0:
            return position + 1
        if size >= 0xC0:
            return position + 2
        position += 1 + size
    raise Garbled(protocol="mdns", why="a name without end")


def _name(data: bytes, position: int) -> str:
    # A pointer only ever leads back, before where this name or the pointed one began: no round is possible.
    labels: list[str] = []
    limit = position
    while len(labels) < LABEL_LIMIT:
        size = data[position] if position < len(data) else 0xFF
        if size == 0:
            return ".".join(labels)[:NAME_LIMIT]
        if size >= 0xC0:
            target = int.from_bytes(data[position : position + 2], "big") & 0x3FFF
            if position + 2 > len(data) or target >= limit:
                raise Garbled(protocol="mdns", why="a name that leads nowhere")
            position = limit = target
        else:
            labels.append(clean(decoded(data[position + 1 : position + 1 + size]), 63))
            position += 1 + size
    raise Garbled(protocol="mdns", why="a name without end")


def _written_name(name: str) -> bytes:
    labels = [label.encode()[:63] for label in name.rstrip(".").split(".")]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\x00"
