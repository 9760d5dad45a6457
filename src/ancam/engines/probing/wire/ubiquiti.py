"""Ubiquiti's discovery on UDP 10001: four bytes asked, typed fields answered."""

import ipaddress

from ancam.engines.probing.wire.text import clean, decoded, lines

PORT = 10001
FIELD_LIMIT = 64
_NAMES = {
    0x03: "firmware",
    0x0B: "hostname",
    0x0C: "platform",
    0x0D: "essid",
    0x14: "model",
    0x15: "model",
    0x16: "version",
}
_MAC, _MAC_AND_ADDRESS, _UPTIME = 0x01, 0x02, 0x0A


def search() -> bytes:
    """Return a discovery request of version 1, which changes nothing."""
    return b"\x01\x00\x00\x00"


def read(datagram: bytes) -> dict[str, str] | None:
    """Return what a device says of itself, None when it is no such answer; several of one name joined with line feeds.

    mac, ip, firmware, hostname, platform, model, version, uptime (seconds), essid.
    """
    if len(datagram) < 7 or datagram[0] not in (1, 2):
        return None
    end = 4 + int.from_bytes(datagram[2:4], "big")
    if end > len(datagram):
        return None
    found: dict[str, list[str]] = {}
    position = 4
    for _ in range(FIELD_LIMIT):
        if position + 3 > end:
            break
        after = position + 3 + int.from_bytes(datagram[position + 1 : position + 3], "big")
        if after > end:
            return None
        for name, text in _field(datagram[position], datagram[position + 3 : after]):
            found.setdefault(name, []).append(text)
        position = after
    return {name: text for name, several in found.items() if (text := lines(several))} or None


def _field(kind: int, content: bytes) -> list[tuple[str, str]]:
    if kind == _MAC and len(content) == 6:
        return [("mac", content.hex(":"))]
    if kind == _MAC_AND_ADDRESS and len(content) == 10:
        return [("mac", content[:6].hex(":")), ("ip", str(ipaddress.ip_address(content[6:])))]
    if kind == _UPTIME and len(content) == 4:
        return [("uptime", str(int.from_bytes(content, "big")))]
    return [(_NAMES[kind], clean(decoded(content), 255))] if kind in _NAMES else []
