"""What network this process stands in, as far as that decides whether unsigned work can reach a real device."""

import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
# A setting that the kernel offers in the machine's first network namespace alone, and one that it offers in each.
_FIRST_ALONE = "sys/net/core/netdev_max_backlog"
_IN_EACH = "sys/net/core/somaxconn"
# A route wider than this leads everywhere, whether it is called the default or is half of one.
_WIDE = 8
_REJECTS = 0x0200

_GETLINK, _NEWLINK, _DONE, _DUMP_REQUEST = 18, 16, 3, 0x301
_MESSAGE = struct.Struct("=IHHII")
_LINK_BYTES, _FLAGS_AT, _UP = 16, 8, 1
_NAME, _LINKINFO, _KIND = 3, 18, 1
_READ_AT_ONCE = 1 << 16
_TYPE_BITS = 0x3FFF


@dataclass(frozen=True, slots=True)
class Interface:
    """A network interface; `kind` as the kernel calls it ("veth", "bridge"), empty for hardware and `lo`."""

    name: str
    kind: str
    is_up: bool = True


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The network namespace of this process. What could not be found out counts as what refuses."""

    is_first_namespace: bool
    interfaces: tuple[Interface, ...]
    has_default_route: bool

    def reaches_out(self) -> str | None:
        """Return in words why real devices could be reached from here; None when it is a laboratory's namespace.

        A laboratory's is not the machine's first, has besides `lo` at most one interface, of kind veth, and no default
        route, of IPv4 or IPv6. Interfaces that are down do not count: many kernels put idle tunnels into every
        namespace.
        """
        others = [interface for interface in self.interfaces if interface.name != "lo" and interface.is_up]
        if self.is_first_namespace:
            return "đây là không gian mạng chính của máy"
        if len(others) > 1:
            return f"không gian mạng này có {len(others)} giao diện: {', '.join(other.name for other in others)}"
        if any(other.kind != "veth" for other in others):
            return f"giao diện {others[0].name} không phải loại veth"
        if self.has_default_route:
            return "không gian mạng này có đường ra mặc định"
        return None


def read_surroundings(proc: Path = _PROC) -> Surroundings:
    """Return where this process stands now. Where the machine does not tell, the answer is the one that refuses."""
    try:
        routes = (proc / "self/net/route").read_text("ascii")
        routes_v6 = _text_if_there(proc / "self/net/ipv6_route")
        interfaces = tuple(_interfaces(_links()))
        leads_everywhere = _leads_everywhere(routes, routes_v6)
    except (OSError, ValueError, IndexError, struct.error):
        return Surroundings(is_first_namespace=True, interfaces=(), has_default_route=True)
    return Surroundings(
        is_first_namespace=(proc / _FIRST_ALONE).exists() or not (proc / _IN_EACH).exists(),
        interfaces=interfaces,
        has_default_route=leads_everywhere,
    )


def has_ipv6(proc: Path = _PROC) -> bool:
    """Tell whether any interface of this process's namespace has an IPv6 address; without one nothing reaches IPv6."""
    return bool(_text_if_there(proc / "self/net/if_inet6"))


def _text_if_there(path: Path) -> str:
    """Return a text, empty when there is no such file: a kernel may have no IPv6."""
    return path.read_text("ascii") if path.exists() else ""


def _leads_everywhere(routes: str, routes_v6: str) -> bool:
    """Tell whether a route of /proc/net/route or /proc/net/ipv6_route is the default or wide enough to serve as one."""
    for line in routes.splitlines()[1:]:
        fields = line.split()
        if int(fields[7], 16).bit_count() < _WIDE and not int(fields[3], 16) & _REJECTS:
            return True
    for line in routes_v6.splitlines():
        fields = line.split()
        if int(fields[1], 16) < _WIDE and not int(fields[8], 16) & _REJECTS:
            return True
    return False


def _links() -> bytes:
    """Return the kernel's list of this namespace's interfaces: rtnetlink messages. Nothing leaves the machine.

    /sys/class/net shows the namespace in which it was mounted, which need not be this one, and not the kind.
    """
    request = struct.pack("=IHHIIBxHiII", 32, _GETLINK, _DUMP_REQUEST, 1, 0, 0, 0, 0, 0, 0)
    found = b""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as kernel:
        kernel.settimeout(5)
        kernel.sendto(request, (0, 0))
        while True:
            part = kernel.recv(_READ_AT_ONCE)
            found += part
            if any(kind == _DONE for kind, _ in _messages(part)):
                return found


def _interfaces(messages: bytes) -> Iterator[Interface]:
    for kind, body in _messages(messages):
        if kind == _NEWLINK:
            said = dict(_attributes(body[_LINK_BYTES:]))
            info = dict(_attributes(said.get(_LINKINFO, b"")))
            (flags,) = struct.unpack_from("=I", body, _FLAGS_AT)
            yield Interface(_text(said.get(_NAME, b"")), _text(info.get(_KIND, b"")), bool(flags & _UP))
        elif kind != _DONE:
            raise ValueError("the kernel refused")


def _messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    while len(data) >= _MESSAGE.size:
        length, kind, _, _, _ = _MESSAGE.unpack_from(data)
        if length < _MESSAGE.size:
            raise ValueError("a message without an end")
        yield kind, data[_MESSAGE.size : length]
        data = data[_aligned(length) :]


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    while len(data) >= 4:
        length, kind = struct.unpack_from("=HH", data)
        if length < 4:
            raise ValueError("an attribute without an end")
        yield kind & _TYPE_BITS, data[4:length]
        data = data[_aligned(length) :]


def _aligned(length: int) -> int:
    return (length + 3) & ~3


def _text(value: bytes) -> str:
    return value.partition(b"\0")[0].decode("utf-8", "replace")
