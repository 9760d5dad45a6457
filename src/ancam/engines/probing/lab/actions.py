"""What a POST to a page does: a maker's login, or a read by POST. Everything else is a write, and counted."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from ancam.engines.probing.lab.device import Device
from ancam.engines.probing.lab.messages import Reply, Request

Action = Callable[[Device, Request], Reply]


def _rpc2_login(device: Device, request: Request) -> Reply:
    """Dahua's two steps: a challenge to an empty password, then the login itself."""
    asked = _json(request.body)
    told = asked.get("params")
    if asked.get("method") != "global.login" or not isinstance(told, dict):
        device.harm.writes += 1
        return _as_json({"id": asked.get("id"), "error": {"code": 268894210, "message": "Request invalid!"}})
    realm, challenge, session = device.values["realm"], device.values["digits9"], device.values["token"]
    username, password = str(told.get("userName", "")), str(told.get("password", ""))
    answer: dict[str, Any] = {"id": asked.get("id"), "session": session, "result": False}
    if not password:
        answer["params"] = {"encryption": "Default", "random": challenge, "realm": realm}
        answer["error"] = {"code": 268632079, "message": "Component error: login challenge!"}
        return _as_json(answer)

    def upper(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest().upper()  # noqa: S324 - as the maker's login says

    def is_right(known: str) -> bool:
        return password == upper(f"{username}:{challenge}:{upper(f'{username}:{realm}:{known}')}")

    if device.logins.with_password(username, is_right):
        return _as_json(
            {"id": asked.get("id"), "session": session, "result": True, "params": {"keepAliveInterval": 60}}
        )
    answer["error"] = {"code": 268632085, "message": "Component error: User or password not valid!"}
    return _as_json(answer)


def _login_form(device: Device, request: Request) -> Reply:
    """A form with any field named like a user and one named like a password."""
    told = parse_qs(request.body.decode("latin-1"), keep_blank_values=True)
    username = next((values[0] for name, values in told.items() if re.search("user|name|account", name, re.I)), "")
    password = next((values[0] for name, values in told.items() if re.search("pass|pwd|psw", name, re.I)), "")
    if device.logins.with_password(username, lambda known: known == password):
        return Reply(200, body=device.fill("<html><body><<model>>: đã đăng nhập</body></html>").encode())
    return Reply(401, body=b"<html><body>login failed</body></html>")


def _axis_info(device: Device, request: Request) -> Reply:
    """Axis' basic device information: what is unrestricted is told to anybody."""
    method = _json(request.body).get("method")
    if method not in ("getAllUnrestrictedProperties", "getAllProperties", "getSupportedVersions"):
        device.harm.writes += 1
        return Reply(400, type="application/json")
    if method == "getAllProperties" and not authorised(device, request):
        return refused(device)
    told = {"Brand": "AXIS", "ProdNbr": "<<model>>", "ProdFullName": "AXIS <<model>> Network Camera"}
    told |= {"Version": "<<firmware>>", "SerialNumber": "<<mac_plain>>", "ProdType": "Network Camera"}
    filled = {name: device.fill(text) for name, text in told.items()}
    return _as_json({"apiVersion": "1.3", "data": {"propertyList": filled}})


def _reolink_api(device: Device, request: Request) -> Reply:
    """Reolink's commands: a login is one, everything else wants its token."""
    match = re.search(rb'"cmd"\s*:\s*"(\w+)"', request.body)
    command = match[1].decode() if match else ""
    if command == "Login":
        user = re.search(rb'"userName"\s*:\s*"([^"]*)"', request.body)
        word = re.search(rb'"password"\s*:\s*"([^"]*)"', request.body)
        known_as, given = (found[1].decode("latin-1") if found else "" for found in (user, word))
        if device.logins.with_password(known_as, lambda known: known == given):
            return _as_json([{"cmd": "Login", "code": 0, "value": {"Token": {"leaseTime": 3600, "name": "token"}}}])
        return _as_json([{"cmd": "Login", "code": 1, "error": {"detail": "login failed", "rspCode": -7}}])
    if not command.startswith("Get"):
        device.harm.writes += 1
    if command == "GetUser":
        device.harm.user_lists += 1
    return _as_json([{"cmd": command, "code": 1, "error": {"detail": "please login first", "rspCode": -6}}])


def _tvt_api(device: Device, request: Request) -> Reply:
    """TVT's XML interface: each read wants a login."""
    return Reply(200, "application/xml") if authorised(device, request) else refused(device)


ACTIONS: Mapping[str, Action] = {
    "rpc2-login": _rpc2_login,
    "login-form": _login_form,
    "axis-info": _axis_info,
    "reolink-api": _reolink_api,
    "tvt-api": _tvt_api,
}


def authorised(device: Device, request: Request) -> bool:
    """Return whether a request carries a login that the device accepts."""
    login = device.kind.login
    if login.query and login.query[0] in (told := parse_qs(request.query, keep_blank_values=True)):
        given = told.get(login.query[1], [""])[0]
        return device.logins.with_password(told[login.query[0]][0], lambda known: known == given)
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != login.scheme:
        return False
    if scheme.lower() == "basic":
        return device.logins.basic(value)
    return device.logins.digest(request.method, value, device.values["realm"])


def refused(device: Device, body: bytes = b"", type: str = "text/html") -> Reply:
    """Return the answer to whoever may not read a page: a challenge, or for devices with a form a plain refusal."""
    login = device.kind.login
    if login.scheme == "form":
        return Reply(403, type, body=body)
    return Reply(401, type, tuple(("WWW-Authenticate", line) for line in challenges(device, login.algorithms)), body)


def challenges(device: Device, algorithms: tuple[str, ...]) -> list[str]:
    """Return the values of the `WWW-Authenticate` headers."""
    realm = device.values["realm"]
    if device.kind.login.scheme == "basic":
        return [f'Basic realm="{realm}"']
    return [
        f'Digest realm="{realm}", qop="auth", nonce="{device.logins.nonce()}"'
        + ("" if algorithm == "MD5" else f", algorithm={algorithm}")
        for algorithm in algorithms
    ]


def _json(body: bytes) -> dict[str, Any]:
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _as_json(content: Any) -> Reply:
    return Reply(200, "application/json", body=json.dumps(content).encode())
