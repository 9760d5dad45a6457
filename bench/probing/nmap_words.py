"""What nmap's own result says of each host, and whether that names a camera. Pure but for the file it reads.

A host counts as named when any service of it (product, version, further words, kind of device, CPE), any output of a
script, or the raw answer that nmap prints where it knows no product holds a word for a camera, or a maker, brand or
model of a camera of the laboratory. This favours nmap: a maker alone is enough, the list of makers comes from the
truth, and raw answers are words for a person, not a product. That a port is called rtsp is no name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import iterparse

CAMERA_WORDS = (
    *("camera", "ipcam", "ip cam", "webcam", "netcam", "dvr", "nvr", "cctv", "surveillance", "video recorder"),
    *("network video", "onvif"),
)
_SERVICE_WORDS = ("product", "version", "extrainfo", "devicetype", "ostype", "hostname")
_ESCAPED = re.compile(r"\\x[0-9A-Fa-f]{2}|\\.")
# Shorter names are found in words that mean something else.
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class NmapHost:
    """A host's open TCP ports and all words that nmap says of them."""

    ports: tuple[int, ...]
    words: str


@dataclass(frozen=True, slots=True)
class NmapResult:
    """A scan by address. seconds: from its start to its end; None when it was broken off."""

    hosts: Mapping[str, NmapHost]
    seconds: float | None
    began: str
    command: str


def read(path: Path) -> NmapResult:
    """Return what an XML result of nmap says; of a scan that was broken off, the hosts before that."""
    hosts: dict[str, NmapHost] = {}
    root, seconds = None, None
    try:
        for event, element in iterparse(path, events=("start", "end")):
            if root is None:
                root = element
            if event == "end" and element.tag == "host":
                _take_in(element, hosts)
                root.remove(element)
            elif event == "end" and element.tag == "finished":
                seconds = float(element.get("elapsed", "0"))
    except ParseError:
        if root is None:
            raise
    assert root is not None
    return NmapResult(hosts, seconds, root.get("startstr", ""), root.get("args", ""))


def signs_of(truth: Iterable[Mapping[str, Any]]) -> re.Pattern[str]:
    """Return what names a camera: words for one, and every maker, brand and model of a camera in the truth."""
    names = set(CAMERA_WORDS)
    for row in truth:
        if row["is_camera"]:
            names |= {row["vendor"], *row["also_vendor"], row["brand"], row["on_the_box"]["model"]}
    known = sorted((re.escape(name) for name in names if name and len(name) >= _SHORTEST_NAME), key=len, reverse=True)
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(known)})", re.IGNORECASE)


def named(result: NmapResult, signs: re.Pattern[str]) -> set[str]:
    """Return the hosts that nmap's words name as a camera or one of its makers."""
    return {ip for ip, host in result.hosts.items() if signs.search(host.words)}


def _take_in(host: Element, hosts: dict[str, NmapHost]) -> None:
    address = host.find("address")
    opened = [port for port in host.iter("port") if _is_open(port)]
    if address is not None and opened:
        ports = tuple(sorted(int(port.get("portid", "0")) for port in opened))
        scripts = [one.get("output", "") for one in host.iter("script")]
        words = [word for port in opened for word in _service_words(port)]
        hosts[address.get("addr", "")] = NmapHost(ports, "\n".join(words + scripts))


def _is_open(port: Element) -> bool:
    state = port.find("state")
    return state is not None and state.get("state") == "open"


def _service_words(port: Element) -> list[str]:
    service = port.find("service")
    if service is None:
        return []
    cpe = [one.text or "" for one in service.iter("cpe")]
    raw = _ESCAPED.sub(" ", service.get("servicefp", ""))
    return [service.get(name, "") for name in _SERVICE_WORDS] + cpe + [raw]
