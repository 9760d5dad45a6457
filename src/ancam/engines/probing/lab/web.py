"""A device's web server: pages, challenges, redirects, pictures, and the manners of hostile ones."""

from collections.abc import Iterator
from dataclasses import replace
from email.utils import format_datetime
from itertools import repeat

from ancam.engines.probing.lab import onvif
from ancam.engines.probing.lab.actions import ACTIONS, authorised, refused
from ancam.engines.probing.lab.device import Device
from ancam.engines.probing.lab.devices import Route, Site, sites
from ancam.engines.probing.lab.given_away import is_open
from ancam.engines.probing.lab.line import Line
from ancam.engines.probing.lab.messages import Inbox, NotUnderstood, Reply, Request, reason
from ancam.engines.probing.lab.postures import Manner, Web

PICTURE_HEAD_BYTES = 16
_PICTURE = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + bytes(40_000) + b"\xff\xd9"
_HUGE_HEAD_LINES = 10_000  # of a little over 1 KB each
_NO_SITE = Site(routes=())


class WebTalk:
    """HTTP on one connection of one device."""

    def __init__(self, device: Device, *, is_tls: bool, port: int, is_onvif_alone: bool = False) -> None:
        self._device = device
        self._inbox = Inbox(is_tls=is_tls, port=port)
        self._is_onvif_alone = is_onvif_alone
        self._is_done = False

    def begin(self, line: Line) -> None:
        """A web server waits."""

    def received(self, line: Line, data: bytes) -> None:
        """Answer every whole request that has come."""
        self._inbox.add(data)
        try:
            while not self._is_done and (request := self._inbox.take()) is not None:
                self._answer(line, request)
        except NotUnderstood:
            self._is_done = True
            line.send(_head(self._device, _site(self._device), Reply(400), 0, closes=True))
            line.finish()

    def _answer(self, line: Line, request: Request) -> None:
        device, site = self._device, _site(self._device)
        device.harm.requests += 1
        reply = answer(device, site, request, is_onvif_alone=self._is_onvif_alone)
        is_head = request.method == "HEAD"
        manner = device.posture.manner
        closes = (
            not site.keeps_alive
            or not request.is_http11
            or request.headers.get("connection", "").lower() == "close"
            or manner is Manner.ONE_REQUEST
            or reply.is_picture
        )
        self._is_done = closes or manner in _FLOODS
        head = _head(device, site, reply, len(reply.body), closes=self._is_done)
        if manner in _FLOODS:
            _flood(line, device, head)
        elif is_head or not reply.is_picture:
            line.send(head if is_head else head + reply.body)
            if closes:
                line.finish()
        else:
            _show(line, device, head, reply.body)


def answer(device: Device, site: Site, request: Request, *, is_onvif_alone: bool = False) -> Reply:
    """Return what the device answers to one request."""
    posture = device.posture
    if posture.web is Web.REDIRECT and not request.is_tls and not is_onvif_alone:
        return Reply(301, headers=(("Location", f"https://{device.placed.ip}{request.target}"),))
    if onvif.serves(device, request):
        return _bombed(device, onvif.answer(device, request))
    if is_onvif_alone:
        return Reply(404)
    if posture.manner is Manner.REDIRECTS_AWAY and request.path == "/":
        return Reply(302, headers=(("Location", f"http://{device.placed.away}/doc/page/login.asp"),))
    route = _route(site, request.target)
    if request.method not in ("GET", "HEAD"):
        return _posted(device, route, request)
    reply = _bombed(device, _page(device, site, route, request))
    if request.method == "HEAD" and posture.manner is Manner.HEAD_DIFFERS:
        return Reply(405) if reply.status == 200 else replace(reply, status=200, headers=())
    return reply


def _site(device: Device) -> Site:
    return sites()[device.kind.site] if device.kind.site else _NO_SITE


def _route(site: Site, target: str) -> Route | None:
    found = {route.target: route for route in site.routes}
    return found.get(target) or found.get(target.partition("?")[0])


def _page(device: Device, site: Site, route: Route | None, request: Request) -> Reply:
    if route is None:
        return _no_page(device, site, request)
    if not is_open(device.posture, route) and not authorised(device, request):
        type_ = "application/xml" if site.refusal.startswith("<?xml") else "text/html"
        denied = refused(device, device.fill(site.refusal).encode(), type_)
        return replace(denied, status=site.refusal_status) if site.refusal_status else denied
    headers = tuple((name, device.fill(value)) for name, value in route.headers)
    if not route.picture:
        return Reply(route.status, route.type, headers, device.fill(route.body).encode())
    if site.ranges and "range" in request.headers and "multipart" not in route.type:
        span = (("Content-Range", f"bytes 0-15/{len(_PICTURE)}"),)
        return Reply(206, route.type, headers + span, _PICTURE[:PICTURE_HEAD_BYTES])
    part = b"--boundarySample\r\nContent-Type: image/jpeg\r\n\r\n" if "multipart" in route.type else b""
    return Reply(route.status, route.type, headers, part + _PICTURE, is_picture=True)


def _no_page(device: Device, site: Site, request: Request) -> Reply:
    if site.unknown == "login" and not authorised(device, request):
        return refused(device)
    if site.unknown == "home":
        return _page(device, site, _route(site, "/"), request)
    return Reply(404, body=b"<html><head><title>404 Not Found</title></head><body>Not Found</body></html>")


def _posted(device: Device, route: Route | None, request: Request) -> Reply:
    if request.method == "POST" and route is not None and route.action:
        return ACTIONS[route.action](device, request)
    # Who is asked for ONVIF and has none is not changed by a call that only reads.
    if request.method != "OPTIONS" and not onvif.reads(request):
        device.harm.writes += 1
    return Reply(405)


def _bombed(device: Device, reply: Reply) -> Reply:
    if device.posture.manner is not Manner.XML_BOMB or not reply.is_xml:
        return reply
    entities = '<!ENTITY e0 "0123456789">' + "".join(
        f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10)
    )
    declaration, _, rest = reply.body.decode().partition("?>")
    inner, closing, name = rest.rpartition("</")
    text = f"{declaration}?><!DOCTYPE bomb [{entities}]>{inner}&e9;{closing}{name}"
    return replace(reply, body=text.encode())


def _head(device: Device, site: Site, reply: Reply, length: int, *, closes: bool) -> bytes:
    lines = [f"HTTP/1.1 {reply.status} {reason(reply.status)}"]
    if site.dated:
        lines.append(f"Date: {format_datetime(device.now(), usegmt=True)}")
    lines += [f"{name}: {value}" for name, value in (*site.headers, *reply.headers)]
    lines.append(f"Content-Type: {reply.type}")
    if "multipart" not in reply.type:
        lines.append(f"Content-Length: {length}")
    if not any(name.lower() == "connection" for name, _ in site.headers):
        lines.append(f"Connection: {'close' if closes else 'keep-alive'}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _show(line: Line, device: Device, head: bytes, picture: bytes) -> None:
    """Send the first bytes of a picture; whoever is still there after a while takes it all, which is harm."""
    line.send(head + picture[:PICTURE_HEAD_BYTES])

    def rest() -> None:
        line.harm.pictures += 1
        line.send(picture[PICTURE_HEAD_BYTES:])
        line.finish()

    line.later(device.pace.picture_s, rest)


def _flood(line: Line, device: Device, head: bytes) -> None:
    if device.posture.manner is Manner.DRIBBLE:
        _dribble(line, head, device.pace.dribble_s)
    elif device.posture.manner is Manner.ENDLESS:
        line.pour(_endless(head))
    else:
        line.pour(_huge_head(head))


_FLOODS = (Manner.HUGE_HEAD, Manner.ENDLESS, Manner.DRIBBLE)


def _endless(head: bytes) -> Iterator[bytes]:
    lines = [line for line in head.split(b"\r\n") if not line.startswith(b"Content-Length")]
    yield b"\r\n".join(lines)
    yield from repeat(b"<p>" + b"x" * 16_000 + b"</p>\n")


def _huge_head(head: bytes) -> Iterator[bytes]:
    yield head[:-2]
    for number in range(0, _HUGE_HEAD_LINES, 16):
        yield b"".join(b"X-Filler-%d: %s\r\n" % (number + part, b"x" * 1000) for part in range(16))
    yield b"\r\n"


def _dribble(line: Line, rest: bytes, every_s: float) -> None:
    line.send(rest[:1])
    if len(rest) > 1:
        line.later(every_s, lambda: _dribble(line, rest[1:], every_s))
    else:
        line.finish()
