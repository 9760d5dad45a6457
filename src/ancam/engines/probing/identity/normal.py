"""One way of writing for what devices write in several: firmware, hardware addresses, models."""

import re

from ancam.engines.probing.wire.text import clean

_NOTHING = frozenset(
    {"", "0", "-", "n/a", "na", "none", "null", "unknown", "default", "undefined", "(null)", "not set"}
)
_HIKVISION = re.compile(r"(V?\d{1,3}\.\d{1,3}\.\d{1,3})[\s,_]*build[\s_]*(\d{6})(?!\d)", re.IGNORECASE)
_DAHUA = re.compile(
    r"(V?\d[\w.]{5,60}?)\s*,\s*(?:build\s*(?:date)?\s*[:=]?\s*)?(\d{4}-\d{2}-\d{2})(?!\d)", re.IGNORECASE
)
_HARDWARE_ADDRESS = re.compile(r"(?<![0-9A-Za-z])([0-9A-Fa-f]{2})" + r"[:-]?([0-9A-Fa-f]{2})" * 5 + r"(?![0-9A-Za-z])")


def said(text: str, limit: int = 64) -> str:
    """Return a value on one line, empty when it says nothing ("N/A", "unknown", "0")."""
    value = clean(text, limit)
    return "" if value.casefold() in _NOTHING else value


def firmware(text: str, build: str = "") -> str:
    """Return a version as its maker's advisories write it; what is not recognised stays as it was.

    build: a build told beside the version, as ISAPI's firmwareReleasedDate, "build 190220".
    """
    version = said(text)
    if version and build and re.fullmatch(r"build\s*\d{6}", build.strip(), re.IGNORECASE):
        version = f"{version} {build.strip()}"
    if found := _HIKVISION.fullmatch(version):
        return f"{found[1]} build {found[2]}"
    if found := _DAHUA.fullmatch(version):
        return f"{found[1]}, Build Date {found[2]}"
    return version


def hardware_address(text: str) -> str:
    """Return a MAC as AA:BB:CC:DD:EE:FF, empty when the text holds none that a device could own."""
    found = _HARDWARE_ADDRESS.search(text)
    pairs = [pair.upper() for pair in found.groups()] if found else []
    is_group = bool(pairs) and int(pairs[0], 16) & 1
    return "" if is_group or set(pairs) == {"00"} else ":".join(pairs)
