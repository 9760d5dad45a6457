"""A device's RTSP service: what may be asked, whether a stream is there, and who may see it."""

import re

from ancam.engines.probing.lab.device import Device
from ancam.engines.probing.lab.line import Line
from ancam.engines.probing.lab.messages import Inbox, NotUnderstood, Request
from ancam.engines.probing.lab.postures import Stream

_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Stream Not Found", 405: "Method Not Allowed"}
_METHODS = "OPTIONS, DESCRIBE, SETUP, TEARDOWN, PLAY, PAUSE, GET_PARAMETER, SET_PARAMETER"
# XiongMai's address of a stream carries a name and a password, which makes asking for it a login.
_LOGIN_IN_PATH = re.compile(r"user=([^&_/]*)[&_]password=([^&_/]*)")


class RtspTalk:
    """RTSP on one connection of one device."""

    def __init__(self, device: Device, *, port: int) -> None:
        self._device = device
        self._inbox = Inbox(port=port)
        self._is_done = False

    def begin(self, line: Line) -> None:
        """A stream server waits."""

    def received(self, line: Line, data: bytes) -> None:
        """Answer every whole request that has come."""
        self._inbox.add(data)
        try:
            while not self._is_done and (request := self._inbox.take()) is not None:
                self._device.harm.requests += 1
                line.send(answer(self._device, request))
        except NotUnderstood:
            self._is_done = True
            line.send(b"RTSP/1.0 400 Bad Request\r\n\r\n")
            line.finish()


def answer(device: Device, request: Request) -> bytes:
    """Return the answer to one request. A stream that is set up or played is counted as a picture taken."""
    if request.method == "OPTIONS":
        return _reply(device, request, 200, (("Public", _METHODS),))
    if request.method in ("SETUP", "PLAY", "RECORD", "ANNOUNCE"):
        device.harm.pictures += 1
        return _reply(device, request, 401, _challenges(device))
    if request.method != "DESCRIBE":
        return _reply(device, request, 405)
    return _describe(device, request)


def _describe(device: Device, request: Request) -> bytes:
    is_stream = _is_stream(device, request.stream_path)
    stream = device.posture.stream
    has_login = _authorised(device, request)
    is_open = stream is Stream.OPEN or (stream is Stream.WRONG_PATH_OPEN and not is_stream)
    if not is_open and not has_login:
        status = 401 if is_stream else device.kind.rtsp.unknown
        return _reply(device, request, status, _challenges(device) if status == 401 else ())
    if not is_stream and stream is not Stream.WRONG_PATH_OPEN and device.kind.rtsp.unknown != 200:
        return _reply(device, request, 404)
    headers = (("Content-Type", "application/sdp"), ("Content-Base", request.target))
    return _reply(device, request, 200, headers, _session(device))


def _is_stream(device: Device, path: str) -> bool:
    """Whether a path is one of the device's streams; a query beyond the documented one does no harm."""
    return any(
        path == known or path.startswith((f"{known}&", f"{known}?", f"{known}/")) for known in device.kind.rtsp.paths
    )


def _authorised(device: Device, request: Request) -> bool:
    if named := _LOGIN_IN_PATH.search(request.stream_path):
        return device.logins.with_password(named[1], lambda known: known == named[2])
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        return device.logins.basic(value)
    if scheme.lower() == "digest":
        return device.logins.digest(request.method, value, device.fill(device.kind.rtsp.realm))
    return False


def _challenges(device: Device) -> tuple[tuple[str, str], ...]:
    realm = device.fill(device.kind.rtsp.realm)
    schemes = ("basic",) if device.posture.stream is Stream.BASIC else device.kind.rtsp.schemes
    told = {"basic": f'Basic realm="{realm}"', "digest": f'Digest realm="{realm}", nonce="{device.logins.nonce()}"'}
    return tuple(("WWW-Authenticate", told[scheme]) for scheme in schemes)


def _session(device: Device) -> bytes:
    lines = [
        "v=0",
        f"o=- 1 1 IN IP4 {device.placed.ip}",
        "s=Media Presentation",
        "t=0 0",
        "m=video 0 RTP/AVP 96",
        "a=rtpmap:96 H264/90000",
        "a=control:trackID=1",
    ]
    if device.kind.rtsp.has_audio:
        lines += ["m=audio 0 RTP/AVP 8", "a=rtpmap:8 PCMA/8000", "a=control:trackID=2"]
    return ("\r\n".join(lines) + "\r\n").encode()


def _reply(
    device: Device, request: Request, status: int, headers: tuple[tuple[str, str], ...] = (), body: bytes = b""
) -> bytes:
    lines = [f"RTSP/1.0 {status} {_REASONS[status]}", f"CSeq: {request.headers.get('cseq', '0')}"]
    if device.kind.rtsp.server:
        lines.append(f"Server: {device.kind.rtsp.server}")
    lines += [f"{name}: {value}" for name, value in headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body
