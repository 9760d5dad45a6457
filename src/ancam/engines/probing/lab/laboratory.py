"""All devices of a laboratory on their addresses, in one process and without a task each."""

import asyncio
import contextlib
import resource
import socket
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Self

from ancam.engines.probing.lab import certificates, discovery
from ancam.engines.probing.lab.device import Device, Pace
from ancam.engines.probing.lab.errors import AddressNotOurs
from ancam.engines.probing.lab.harm import Harm, report
from ancam.engines.probing.lab.line import Line, Talk
from ancam.engines.probing.lab.logins import Account
from ancam.engines.probing.lab.placing import Placed
from ancam.engines.probing.lab.ports import KNOWN_UDP
from ancam.engines.probing.lab.postures import Manner, Ssh
from ancam.engines.probing.lab.rtsp import RtspTalk
from ancam.engines.probing.lab.ssh import SshTalk
from ancam.engines.probing.lab.talkers import BannerTalk, FtpTalk, MuteTalk, RawPrintTalk, ResetTalk, TelnetTalk
from ancam.engines.probing.lab.web import WebTalk

_BACKLOG = 128
_ACCEPTS_AT_ONCE = 32
_DATAGRAM_BYTES = 65_536


class Laboratory:
    """Devices that listen while the context is entered.

    `owner`: the account that the owner has put on every device with a password of its own.
    Raises AddressNotOurs when an address cannot be listened on; then nothing listens.
    """

    def __init__(self, placed: Iterable[Placed], *, owner: Account | None = None, pace: Pace | None = None) -> None:
        self.devices = {one.ip: Device(one, owner, pace) for one in placed}
        self._listening: list[socket.socket] = []
        self._held: list[socket.socket] = []
        self._lines: set[Line] = set()

    @property
    def harm(self) -> dict[str, Harm]:
        """The counters by address."""
        return {ip: device.harm for ip, device in self.devices.items()}

    def harm_report(self) -> dict[str, Any]:
        """Return the content of a harm file as of now."""
        return report(self.harm)

    async def __aenter__(self) -> Self:
        _allow_many_files()
        loop = asyncio.get_running_loop()
        try:
            for device in self.devices.values():
                self._open(loop, device)
        except BaseException:
            self._close(loop)
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close(asyncio.get_running_loop())

    def _close(self, loop: asyncio.AbstractEventLoop) -> None:
        for sock in self._listening:
            loop.remove_reader(sock)
            sock.close()
        for sock in self._held:
            sock.close()
        for line in list(self._lines):
            line.close()
        self._listening.clear()
        self._held.clear()

    def _open(self, loop: asyncio.AbstractEventLoop, device: Device) -> None:
        placed = device.placed
        talks = {port: _talk_maker(device, service, port) for port, service in placed.tcp.items()}
        context = None
        if any(service.endswith("-tls") for service in placed.tcp.values()):
            context = certificates.context(placed, device.values, certificates.today())
        for port, make in talks.items():
            tls = context if placed.tcp[port].endswith("-tls") else None
            listener = self._bound(placed.ip, port, socket.SOCK_STREAM)
            listener.listen(_BACKLOG)
            self._listening.append(listener)
            loop.add_reader(listener, self._accept, loop, listener, device, make, tls)
        for port, protocol in placed.udp.items():
            sock = self._bound(placed.ip, port, socket.SOCK_DGRAM)
            self._listening.append(sock)
            loop.add_reader(sock, self._datagram, sock, device, discovery.ANSWERS[protocol])
        if device.kind.drops_rest:
            self._fall_silent(placed)

    def _bound(self, ip: str, port: int, kind: socket.SocketKind) -> socket.socket:
        sock = socket.socket(socket.AF_INET, kind)
        sock.setblocking(False)
        try:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind((ip, port))
        except OSError as failure:
            sock.close()
            raise AddressNotOurs(ip=ip, port=port, reason=failure.strerror) from failure
        return sock

    def _fall_silent(self, placed: Placed) -> None:
        """Let the address drop whatever comes to a port that is not open, as a firewall does.

        A queue of one that is full drops every further SYN; a UDP socket that nobody reads says nothing.
        """
        for port in placed.silent_tcp:
            queue = self._bound(placed.ip, port, socket.SOCK_STREAM)
            queue.listen(0)
            filler = socket.socket()
            filler.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                filler.connect((placed.ip, port))
            self._held += [queue, filler]
        for port in KNOWN_UDP:
            if port not in placed.udp:
                self._held.append(self._bound(placed.ip, port, socket.SOCK_DGRAM))

    def _accept(
        self,
        loop: asyncio.AbstractEventLoop,
        listener: socket.socket,
        device: Device,
        make: Callable[[], Talk],
        tls: Any,
    ) -> None:
        for _ in range(_ACCEPTS_AT_ONCE):
            try:
                sock, _address = listener.accept()
            except OSError:  # nobody waits any more, or whoever waited has gone
                return
            sock.setblocking(False)
            device.opened()
            is_mute = device.is_hung
            talk = MuteTalk() if is_mute else make()
            line = Line(loop, sock, talk, device.harm, None if is_mute else tls, self._lines.discard)
            if line.is_open:
                self._lines.add(line)

    def _datagram(self, sock: socket.socket, device: Device, answer: discovery.Answer) -> None:
        with contextlib.suppress(OSError):  # whoever asked may have gone
            data, asker = sock.recvfrom(_DATAGRAM_BYTES)
            device.harm.datagrams += 1
            device.harm.bytes_received += len(data)
            said = None if device.is_hung else answer(device, data)
            if said is not None:
                device.harm.bytes_sent += sock.sendto(said, asker)


def _talk_maker(device: Device, service: str, port: int) -> Callable[[], Talk]:
    """Return what makes a talk for each connection to one port."""
    if device.posture.manner is Manner.MUTE:
        return MuteTalk
    if device.posture.manner is Manner.RESETS:
        return ResetTalk
    if service == "ssh":
        key = certificates.host_key(device.placed)
        return lambda: SshTalk(device, key, is_weak=device.posture.ssh is Ssh.WEAK)
    if service.startswith("says:"):
        banner = device.fill(service.removeprefix("says:")).encode()
        return lambda: BannerTalk(banner)
    makers: dict[str, Callable[[], Talk]] = {
        "web": lambda: WebTalk(device, is_tls=False, port=port),
        "web-tls": lambda: WebTalk(device, is_tls=True, port=port),
        "onvif": lambda: WebTalk(device, is_tls=False, port=port, is_onvif_alone=True),
        "rtsp": lambda: RtspTalk(device, port=port),
        "rtsp-tls": lambda: RtspTalk(device, port=port),
        "telnet": lambda: TelnetTalk(device),
        "ftp": lambda: FtpTalk(device),
        "raw-print": RawPrintTalk,
        "vendor": MuteTalk,
        "mute": MuteTalk,
        "resets": ResetTalk,
    }
    return makers[service]


def _allow_many_files() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
