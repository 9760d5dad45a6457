"""What a web side gives away without a login: folders, recordings, settings, files, cookies, age."""

import re
from collections.abc import Iterable

from ancam.engines.probing.facts import Ask, HttpAnswer
from ancam.engines.probing.judging.answers import (
    Answer,
    Judge,
    Look,
    NotSeen,
    body_text,
    fails,
    nothing_at,
    possible,
    supports,
    unsure,
)
from ancam.engines.probing.judging.http import HTTPS_PORTS, WEB_PORTS

_FOLDER = re.compile(r"<(?:title|h1)[^<>]{0,200}>\s{0,9}(?:index of /|directory listing (?:for|of) )", re.IGNORECASE)
_VIDEO_NAME = re.compile(r"[\w-]{1,80}\.(?:mp4|avi|h264|h265|264|265|dav|mkv|asf|flv|mov)\b", re.IGNORECASE)

_HTML = re.compile(r"<html|<!doctype html|<body|<form", re.IGNORECASE)
_ELEMENT = re.compile(r"<(?:\w{1,40}:)?([A-Za-z][\w.-]{0,60})(?:\s[^<>]{0,200})?>(?:<!\[CDATA\[)?[^<>\s]")
_KEY = re.compile(r"^\s{0,9}(?:var\s{1,9})?([A-Za-z][\w.\[\]-]{0,120})\s{0,9}=\s{0,9}[^\s;]", re.MULTILINE)
_MEMBER = re.compile(r'"([A-Za-z][\w-]{0,60})"\s{0,9}:\s{0,9}(?!null|""|\{\s{0,9}\}|\[\s{0,9}\])\S')
_SETTINGS = re.compile(
    r"(?:(?:product|system|system_info|device|dev|sys|camera)_)?(?:model|model_?name|prod(?:uct)?_?(?:name|nbr|fullname)|device_?(?:model|type|name|id)|type"
    r"|serial_?(?:number|no)|sn|hard(?:ware)?_?(?:id|ver(?:sion)?)"
    r"|(?:firm(?:ware)?|soft(?:ware)?|sys|app|web)_?ver(?:sion)?|version|build_?(?:date|day|time)|firmware_?released_?date"
    r"|mac(?:_?addr(?:ess)?)?|ip_?addr(?:ess)?|gateway|dns\w{0,10}|dhcp|host_?name|wifi_?\w{0,12}|ssid"
    r"|user_?(?:name)?\d?|pass(?:word|wd)?|pwd|ddns_?\w{0,12}|ntp_?\w{0,12}|rtsp_?port|http_?port|port_?(?:no|num))",
    re.IGNORECASE,
)
# How Bosch's RCP+ over HTTP answers a read.
_RCP_RESULT = re.compile(r"<rcp>.{0,400}?<result>\s{0,9}<(?:str|hex|dec)>[^<\s]", re.DOTALL)
# Alone, and not as a line of its own, these stand in refusals too.
_VAGUE = frozenset({"type", "sn", "version", "user", "username"})

_PLUGIN = re.compile(r"classid\s{0,9}=|\.cab\b|\.exe\b|npapi|application/x-[\w-]{0,40}plugin", re.IGNORECASE)
_OLD_SERVERS = re.compile(
    r"goahead-webs|boa/0\.9|thttpd/2\.|mini_httpd/1\.|uc-httpd[ /]1\.0\.0|lighttpd/1\.4\.[12]\d\b|lighttpd/1\.4\.3\d\b",
    re.IGNORECASE,
)
_PREFERENCE = re.compile(r"lang|language|theme|skin|locale", re.IGNORECASE)


def _refused(answers: Iterable[HttpAnswer]) -> bool:
    return any(answer.status in (401, 403) for answer in answers)


def _unasked(look: Look) -> NotSeen:
    """Why a documented path was not asked: its maker is not known, or there is no web side to ask."""
    if not look.facts.http:
        return nothing_at(look.facts, WEB_PORTS)
    return NotSeen("not-asked" if look.identity.vendor else "unknown-platform")


def _listing(look: Look) -> Answer:
    asked = [answer for answer in look.facts.http if answer.ask in (Ask.HOME, Ask.LISTING)]
    for answer in asked:
        if answer.status == 200 and _FOLDER.search(body_text(answer.body)):
            return fails("directory_listing", f"cổng {answer.port}: {answer.path}: 200, trang liệt kê thư mục", 0.95)
    return NotSeen("not-seen" if any(answer.ask is Ask.LISTING for answer in asked) else _unasked(look).why)


def _recordings(look: Look) -> Answer:
    asked = list(look.facts.answers(Ask.RECORDINGS))
    for answer in asked:
        names = set(_VIDEO_NAME.findall(body_text(answer.body))) if answer.status == 200 else ()
        if names:
            return fails("recordings_open", f"cổng {answer.port}: 200, mục lục nêu {len(names)} tên tệp video", 0.95)
    return NotSeen("not-seen") if asked else _unasked(look)


def settings_in(answer: HttpAnswer) -> list[str]:
    """Return the names of a device's own settings that a body states, sorted; none for a page meant for people.

    Names only: their values may be secrets.
    """
    text = body_text(answer.body)
    if _HTML.search(text[:4096]):
        return []
    if _RCP_RESULT.search(text[:4096]):
        return ["result"]
    nested = {name for name in {*_ELEMENT.findall(text), *_MEMBER.findall(text)} if _SETTINGS.fullmatch(name)}
    if len(nested) == 1 and {name.lower() for name in nested} <= _VAGUE:
        nested = set()
    lines = {name.rpartition(".")[2].partition("[")[0] for name in _KEY.findall(text)}
    return sorted({*nested, *(name for name in lines if _SETTINGS.fullmatch(name))})


def _config(look: Look) -> Answer:
    # What a maker answers to a POST, or gives out as "unrestricted", is open by its design.
    asked = [
        answer
        for answer in look.facts.http
        if answer.ask in (Ask.CONFIG, Ask.INFO) and answer.method == "GET" and "basicdeviceinfo" not in answer.path
    ]
    for answer in asked:
        names = settings_in(answer) if answer.status == 200 else []
        if names:
            told = ", ".join(names[:6])
            return fails(
                "config_open", f"cổng {answer.port}: {_bare(answer.path)}: 200 không đăng nhập, có {told}", 0.95
            )
    if _refused(asked):
        return supports("đường dẫn cấu hình theo tài liệu trả lời 401 hoặc 403", 0.9)
    return NotSeen("not-seen") if asked else _unasked(look)


def _bare(path: str) -> str:
    return path.partition("?")[0]


def _backup(look: Look) -> Answer:
    asked = list(look.facts.answers(Ask.BACKUP))
    answers_all = {answer.port for answer in look.facts.answers(Ask.NO_SUCH_PATH) if answer.status == 200}
    for answer in asked:
        kind = answer.header("content-type").lower()
        size = answer.header("content-length")
        is_file = answer.status == 200 and bool(kind) and "html" not in kind and size.isdecimal() and size.strip("0")
        if is_file and answer.port not in answers_all:
            return fails(
                "backup_file_open", f"cổng {answer.port}: HEAD {_bare(answer.path)}: 200, {kind}, {size} byte", 0.9
            )
    return NotSeen("not-seen") if asked else _unasked(look)


def _cookies(look: Look) -> Answer:
    missing: set[str] = set()
    has_cookie = False
    for answer in look.facts.http:
        for cookie in answer.every("set-cookie"):
            pair, _, attributes = cookie.partition(";")
            name, _, value = pair.partition("=")
            if not value.strip() or _PREFERENCE.search(name):
                continue
            has_cookie = True
            has = {part.partition("=")[0].strip().lower() for part in attributes.split(";")}
            missing.update(flag for flag in ("HttpOnly", "Secure", "SameSite") if flag.lower() not in has)
    if missing:
        return possible("cookie_flags_missing", f"Set-Cookie thiếu {', '.join(sorted(missing))}", 0.9)
    if has_cookie:
        return NotSeen("not-seen")
    return NotSeen("no-cookie") if look.facts.http else nothing_at(look.facts, WEB_PORTS)


def _security_headers(look: Look) -> Answer:
    pages = [answer for answer in look.facts.answers(Ask.HOME) if answer.status in (200, 401, 403)]
    if not pages:
        return NotSeen("no-page") if look.facts.http else nothing_at(look.facts, (*WEB_PORTS, *HTTPS_PORTS))
    missing: set[str] = set()
    for page in pages:
        policy = page.header("content-security-policy")
        if not page.header("x-frame-options") and "frame-ancestors" not in policy:
            missing.add("X-Frame-Options")
        if not page.header("x-content-type-options"):
            missing.add("X-Content-Type-Options")
        if page.is_tls and not page.header("strict-transport-security"):
            missing.add("Strict-Transport-Security")
    if missing:
        return possible("security_headers_missing", f"GET /: thiếu {', '.join(sorted(missing))}", 0.95)
    return NotSeen("not-seen")


def _plugin(look: Look) -> Answer:
    pages = [answer for answer in look.facts.http if answer.ask in (Ask.HOME, Ask.SCRIPT) and answer.status == 200]
    for page in pages:
        sign = _PLUGIN.search(body_text(page.body))
        if sign:
            return possible("web_plugin_required", f"cổng {page.port}: trang nêu {sign.group().strip()}", 0.85)
    return NotSeen("not-seen") if pages else NotSeen(_page_reason(look))


def _page_reason(look: Look) -> str:
    return "no-page" if look.facts.http else nothing_at(look.facts, WEB_PORTS).why


def _old_server(look: Look) -> Answer:
    servers = [(answer.port, answer.header("server")) for answer in look.facts.http if answer.header("server")]
    for port, server in servers:
        if _OLD_SERVERS.search(server):
            return possible("web_server_obsolete", f"cổng {port}: Server: {server}", 0.85)
    if servers:
        return unsure(f"Server: {servers[0][1]}; không nằm trong danh mục máy chủ web cũ", 0.5)
    return NotSeen("no-banner") if look.facts.http else nothing_at(look.facts, WEB_PORTS)


CHECKS: dict[str, Judge] = {
    "CHK-HTTP-05": _listing,
    "CHK-HTTP-06": _recordings,
    "CHK-HTTP-07": _config,
    "CHK-HTTP-08": _backup,
    "CHK-HTTP-09": _cookies,
    "CHK-HTTP-10": _security_headers,
    "CHK-HTTP-11": _plugin,
    "CHK-HTTP-12": _old_server,
}
