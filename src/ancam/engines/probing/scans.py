"""Results of an earlier nmap or masscan run as a source of discovery: who was found, with which open ports.

What a file says is a hint: every address is asked of the scope again before anything is sent.
"""

import codecs
import ipaddress
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax import ContentHandler, SAXException
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser

from ancam.engines.probing.wire.errors import Garbled

BYTE_LIMIT = 1_000_000_000
LINE_LIMIT = 1_000_000
DEPTH_LIMIT = 64
HOST_LIMIT = 1_000_000
CHUNK_SIZE = 65_536
_GREPABLE_HOST = re.compile(r"(?:^|\t)Host: (\S{2,45}) .{0,300}?\tPorts: (.*)")
_GREPABLE_PORT = re.compile(r"([0-9]{1,5})/open/(tcp|udp)/")
_LINE_STARTS = ("# Nmap", "# Masscan", "#masscan", "Host: ", "Timestamp: ", "open ")
_LISTED = re.compile(r"open (tcp|udp) ([0-9]{1,5}) (\S{2,45})(?: .*)?")


@dataclass(frozen=True, slots=True)
class FoundHost:
    """An address as it is usually written, and its open ports, ascending."""

    ip: str
    tcp: tuple[int, ...]
    udp: tuple[int, ...]


def found_in(path: Path) -> Iterator[FoundHost]:
    """Yield the hosts of a result file with at least one open port, each once, in the order they first came.

    Reads nmap -oX and -oG, masscan -oX, -oJ, -oL and -oG, also when the scan was broken off; what is not open, no
    address or no port is passed over. Raises `Garbled` when the file is none of these, or passes a limit: 1 GB, 1 MB a
    line, a million hosts. Memory: what the hosts need.
    """
    found: dict[str, dict[str, set[int]]] = {}
    for address, protocol, port in _open_ports(path):
        ports = found.get(address)
        if ports is None:
            if len(found) == HOST_LIMIT:
                raise Garbled(protocol="scan", why="too many hosts")
            ports = found[address] = {"tcp": set(), "udp": set()}
        ports[protocol].add(port)
    for address, ports in found.items():
        yield FoundHost(address, tuple(sorted(ports["tcp"])), tuple(sorted(ports["udp"])))


def _open_ports(path: Path) -> Iterator[tuple[str, str, int]]:
    pieces = _pieces(path)
    start = next(pieces, "")
    kind = start.lstrip()[:1]
    said = _xml_ports if kind == "<" else _json_ports if kind in ("[", "{") else _line_ports
    for address, protocol, port in said(_with(start, pieces)):
        try:
            ip, number = str(ipaddress.ip_address(address)), int(port)
        except ValueError:
            continue
        if protocol in ("tcp", "udp") and 0 < number < 65_536 and "%" not in ip:
            yield ip, protocol, number


def _pieces(path: Path) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    total = 0
    with path.open("rb") as file:
        while data := file.read(CHUNK_SIZE):
            total += len(data)
            if total > BYTE_LIMIT:
                raise Garbled(protocol="scan", why="too long")
            yield decoder.decode(data)


def _with(start: str, pieces: Iterator[str]) -> Iterator[str]:
    yield start
    yield from pieces


def _lines(pieces: Iterable[str]) -> Iterator[str]:
    rest = ""
    for piece in pieces:
        *whole, rest = (rest + piece).split("\n")
        yield from whole
        if len(rest) > LINE_LIMIT:
            raise Garbled(protocol="scan", why="a line without end")
    yield rest


def _line_ports(pieces: Iterator[str]) -> Iterator[tuple[str, str, str]]:
    is_known = False
    for line in _lines(pieces):
        is_known = is_known or line.startswith(_LINE_STARTS)
        if listed := _LISTED.fullmatch(line.rstrip()):
            yield listed[3], listed[1], listed[2]
        elif host := _GREPABLE_HOST.search(line):
            yield from ((host[1], port[2], port[1]) for port in _GREPABLE_PORT.finditer(host[2]))
        elif line.strip() and not is_known:
            raise Garbled(protocol="scan", why="no result of nmap or masscan")


def _json_ports(pieces: Iterator[str]) -> Iterator[tuple[str, str, str]]:
    # masscan writes an object a line and commas that JSON does not have, so each object is read on its own.
    waiting: list[str] = []
    size = depth = 0
    for line in _lines(pieces):
        waiting.append(line)
        size += len(line)
        depth += line.count("{") - line.count("}")
        if size > LINE_LIMIT:
            raise Garbled(protocol="scan", why="an object without end")
        if depth <= 0:
            yield from _object_ports(" ".join(waiting))
            waiting, size, depth = [], 0, 0


def _object_ports(text: str) -> Iterator[tuple[str, str, str]]:
    decoder = json.JSONDecoder()
    position = text.find("{")
    while position >= 0:
        try:
            host, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return
        ports = host.get("ports")
        for port in ports if isinstance(ports, list) else ():
            if isinstance(port, dict) and port.get("status", "open") == "open":
                yield _word(host.get("ip")), _word(port.get("proto")), _word(port.get("port"))
        position = text.find("{", end)


def _word(value: Any) -> str:
    return str(value)[:64] if isinstance(value, str | int) else ""


def _xml_ports(pieces: Iterator[str]) -> Iterator[tuple[str, str, str]]:
    reader = _ScanReader()
    # nmap declares a document type, so that alone is no reason to refuse; entities are.
    parser = create_parser(forbid_dtd=False)
    parser.setContentHandler(reader)
    try:
        for piece in pieces:
            parser.feed(piece)
            yield from reader.taken()
    except DefusedXmlException as exc:
        raise Garbled(protocol="scan", why="entities") from exc
    except SAXException as exc:
        # A scan that was broken off leaves its file open; the hosts before that were found.
        if not reader.is_scan:
            raise Garbled(protocol="scan", why="broken XML") from exc
    yield from reader.taken()
    if not reader.is_scan:
        raise Garbled(protocol="scan", why="no result of nmap or masscan")


class _ScanReader(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.is_scan = False
        self._depth = 0
        self._address = ""
        self._protocol = ""
        self._port = ""
        self._found: list[tuple[str, str, str]] = []

    def taken(self) -> list[tuple[str, str, str]]:
        """Return what was found since the last time."""
        found, self._found = self._found, []
        return found

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise Garbled(protocol="scan", why="too deep")
        if name == "nmaprun" and self._depth == 1:
            self.is_scan = True
        elif name == "host":
            self._address = ""
        elif name == "address" and attrs.get("addrtype", "ipv4") in ("ipv4", "ipv6"):
            self._address = self._address or attrs.get("addr", "")
        elif name == "port":
            self._protocol, self._port = attrs.get("protocol", ""), attrs.get("portid", "")
        elif name == "state" and attrs.get("state") == "open":
            self._found.append((self._address, self._protocol, self._port))

    def endElement(self, name: str) -> None:
        self._depth -= 1
