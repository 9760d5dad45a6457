"""Devices that want an account, as tests of logins meet them, and what is known of them before."""

import os
from collections.abc import Callable
from typing import Any

from ancam.engines.probing.facts import (
    Ask,
    HttpAnswer,
    LoginResult,
    OnvifAnswer,
    SoapKind,
)
from ancam.engines.probing.identity import services_of
from ancam.engines.probing.looking.accounts import Account, ask_as_owner
from ancam.engines.probing.looking.asking import Asker
from ancam.engines.probing.tests.devices import INFO, asked_at, in_envelope
from ancam.engines.probing.tests.loopback import (
    Device,
    Request,
    reply,
)

# Each process of a test run asks a device at an address of its own.
IP = f"127.110.3.{os.getpid() % 250 + 1}"
OPEN = next(read.path for read in services_of("Axis").info if read.method == "GET")
OWNER = Account("kiemtra", "mật khẩu của chủ")
DIGEST = 'Digest realm="cam", qop="auth", nonce="abc", algorithm=MD5'
BASIC = 'Basic realm="cam"'
Answer = Callable[[Request], bytes | None]


def refusal(*challenges: str, path: str = INFO, port: int = 8080) -> HttpAnswer:
    headers = tuple(("www-authenticate", one) for one in challenges or (BASIC, DIGEST))
    return HttpAnswer(Ask.INFO, port, False, "GET", path, 401, headers)


def onvif_refusal(kind: SoapKind = SoapKind.NOT_AUTHORISED, is_tls: bool = False) -> OnvifAnswer:
    return OnvifAnswer(8080, is_tls, "/onvif/device_service", "GetDeviceInformation", 401, kind)


def soap(call: str, kind: str = "Response", fault: str = "not authorized") -> bytes:
    return in_envelope(
        f"<{call}{kind}><Model>x</Model></{call}{kind}>" if kind == "Response" else f"<Fault>{fault}</Fault>"
    )


def tried(tmp_path, answer: Answer, *known: Any, do: Callable[[Asker], Any], **how: Any) -> tuple[Asker, Device]:
    device = Device(answer)
    return asked_at(IP, tmp_path, do, {8080: device}, *known, **how), device


def logins(device: Device) -> list[Request]:
    """Return the requests that carried an account."""
    return [one for one in device.requests if "authorization" in one.headers or b"UsernameToken" in one.body]


def as_owner(tmp_path, answer: Answer, *known: Any, vendor: str = "Axis", **how: Any) -> tuple[Asker, Device]:
    return tried(tmp_path, answer, *known, do=lambda asker: ask_as_owner(asker, vendor, OWNER), **how)


def onvif_alone(request: Request) -> bytes:
    """Answer as a device that knows ONVIF's calls and no page."""
    if request.method != "POST":
        return reply(404)
    return soap("GetNTP" if b"GetNTP" in request.body else "GetDeviceInformation")


def results(asker: Asker) -> list[LoginResult]:
    return [one.result for one in asker.facts.logins]
