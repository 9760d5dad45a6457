"""What a camera is asked without an account: ONVIF's open calls, the maker's documented reads, a stream, a picture."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit

from ancam.engines.probing.facts import Ask, HttpAnswer, OnvifAnswer, SoapKind
from ancam.engines.probing.identity import ANY_MAKER, DocumentedRead, likely_platforms, services_of
from ancam.engines.probing.looking.asking import AnyLine, Asker, Talk, Web
from ancam.engines.probing.looking.first_words import EVERY_CIPHER, leads_to, say_hello
from ancam.engines.probing.looking.ports import ONVIF, ONVIF_ALONE, Opening, opening_of
from ancam.engines.probing.sending.tls_line import NotTls
from ancam.engines.probing.wire import http, onvif, rtsp
from ancam.engines.probing.wire.ciphers import WEAK_CIPHERS
from ancam.engines.probing.wire.tls import HelloAnswer

DEVICE_SERVICE = "/onvif/device_service"
_MEDIA_SERVICE = "/onvif/media_service"
NO_SUCH_PATH = "/ancam-no-such-path"
_OPEN_CALLS = ("GetDeviceInformation", "GetScopes", "GetNetworkInterfaces", "GetNetworkProtocols", "GetCapabilities")
# Folders that embedded web servers are known to list. Source: CHK-HTTP-05.
_FOLDERS = ("/images/", "/snapshot/", "/sd/", "/record/")
_MOST_STREAMS = 3
_MOST_SNAPSHOTS = 2
_MOST_SCRIPTS = 3


def webs(asker: Asker) -> list[Web]:
    """Return the web servers that have answered, plain ones first, by port."""
    met = {Web(answer.port, answer.is_tls) for answer in asker.facts.http}
    return sorted(met, key=lambda web: (web.is_tls, web.port))


def main_web(asker: Asker) -> Web | None:
    """Return the web server that documented reads are asked of: one that serves, on a usual port where there is one."""
    met = [web for web in webs(asker) if not _only_leads_on(asker, web)] or webs(asker)
    return next((web for web in met if web.port in (80, 443)), met[0] if met else None)


def _only_leads_on(asker: Asker, web: Web) -> bool:
    """Whether a plain server does nothing but send its readers to TLS."""
    home = next(iter(_homes(asker, web)), None)
    target = home and leads_to(asker, home)
    return bool(target and target.scheme == "https" and not web.is_tls)


def _homes(asker: Asker, web: Web) -> list[HttpAnswer]:
    """Return the first pages of a web server: the first, and where it leads on the same port."""
    return [one for one in asker.facts.answers(Ask.HOME) if Web(one.port, one.is_tls) == web]


def may_speak_onvif(asker: Asker) -> bool:
    """Whether anything but a web server points to a camera: a mere web server is not sent a call."""
    facts = asker.facts
    has_place = bool(facts.rtsp or ONVIF_ALONE.intersection(facts.open_ports))
    return (
        has_place
        or any("onvif" in answer.value("scopes") for answer in facts.discovered)
        or bool(likely_platforms(facts))
    )


async def ask_onvif(asker: Asker) -> None:
    """Find the ONVIF device service and make the calls that need no account to be answered, or refused."""
    for web, path in _services(asker):
        with Talk(asker, web) as talk:
            first = await call(asker, talk, path, "GetSystemDateAndTime")
            if first.kind is SoapKind.OTHER:
                continue
            for name in _OPEN_CALLS:
                await call(asker, talk, path, name)
            await _ask_media(asker, talk)
            return


def _services(asker: Asker) -> list[tuple[Web, str]]:
    """Return where the device says its service is, else where it may be; another host's address is never used."""
    named = [address for answer in asker.facts.discovered for address in answer.value("xaddrs").split()]
    places = [place for address in named if (place := _own_place(asker, address))]
    if not places:
        # Only who does not say where its service is has calls sent where it might be: elsewhere they are no reads.
        met = {web.port: web for web in webs(asker)}
        places = [(web, DEVICE_SERVICE) for port, web in met.items() if port in ONVIF]
        places += [(web, DEVICE_SERVICE) for port, web in met.items() if web.is_tls and port not in ONVIF]
    return list(dict.fromkeys(places))[:4]


def _own_place(asker: Asker, address: str) -> tuple[Web, str] | None:
    """Return the server and path of an address when it is the device's own, None for any other host."""
    with suppress(ValueError):
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if parts.scheme in ("http", "https") and parts.hostname == asker.facts.ip:
            return Web(port, parts.scheme == "https"), (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return None


async def call(asker: Asker, talk: Talk, path: str, name: str, token: str = "") -> OnvifAnswer:
    """Make one open call; the device's clock is read from the answer that tells it."""
    service = "media" if name in ("GetProfiles", "GetStreamUri", "GetSnapshotUri") else "device"
    body = onvif.envelope(name, service=service, token=token or None)
    answer = await asker.call(talk, path, name, body)
    if name == "GetSystemDateAndTime" and answer.kind is SoapKind.RESPONSE:
        told = onvif.device_time(dict(answer.values))
        if told is not None:
            asker.keep_clock("onvif", told)
    return answer


async def _ask_media(asker: Asker, talk: Talk) -> None:
    """Ask the media service for its profiles and, where it gives them, for the first one's addresses."""
    profiles = await call(asker, talk, _media_path(asker), "GetProfiles")
    token = profiles.values.get("profile.token", "").partition("\n")[0]
    if profiles.kind is SoapKind.RESPONSE and token:
        await call(asker, talk, profiles.path, "GetStreamUri", token)
        await call(asker, talk, profiles.path, "GetSnapshotUri", token)


def _media_path(asker: Asker) -> str:
    """Return the path of the media service as the device's capabilities name it."""
    for answer in asker.facts.onvif:
        for address in answer.values.get("media.xaddr", "").split():
            with suppress(ValueError):
                return urlsplit(address).path or _MEDIA_SERVICE
    return _MEDIA_SERVICE


async def ask_information(asker: Asker, vendor: str) -> None:
    """Ask for what the maker documents as the device's information, without an account."""
    web = main_web(asker)
    if web is not None:
        with Talk(asker, web) as talk:
            for read in services_of(vendor).info[:2]:
                answer = await ask_documented(asker, talk, Ask.INFO, read)
                status = answer.status if answer else 0
                if status == 401 and not any(one.port == web.port for one in asker.facts.answers(Ask.NO_SUCH_PATH)):
                    # A server that refuses every path alike says nothing of whose paths they are.
                    await asker.get(talk, Ask.NO_SUCH_PATH, NO_SUCH_PATH)
                if status == 200:
                    break


async def ask_documented(asker: Asker, talk: Talk, ask: Ask, read: DocumentedRead) -> HttpAnswer | None:
    """Make one documented read; None when there was no answer."""
    headers = [("Content-Type", read.content_type)] if read.content_type else []
    return await asker.get(talk, ask, read.path, read.method, headers, read.body)


async def ask_streams(asker: Asker, vendors: Sequence[str]) -> None:
    """Ask each RTSP server to describe one documented stream without an account; nothing is set up or played."""
    for port in sorted({answer.port for answer in asker.facts.rtsp}):
        waiting = _stream_paths(asker, vendors)
        # A server that hangs up behind an answer is called once more for what is left.
        for _ in range(2):
            line = await rtsp_line(asker, port) if waiting else None
            if line is not None:
                with line:
                    waiting = await _describe(asker, line, waiting)


async def rtsp_line(asker: Asker, port: int) -> AnyLine | None:
    """Open a line to an RTSP server, over TLS where its port is for that; None when it did not open."""
    with suppress(NotTls):
        return await (asker.tls(port) if opening_of(port) is Opening.RTSPS else asker.line(port))
    return None


async def _describe(asker: Asker, line: AnyLine, paths: list[str]) -> list[str]:
    """Ask for one path after the other until one is shown or refused; return what is left when the line ended."""
    for number, path in enumerate(paths, start=1):
        answer = await asker.rtsp(line, Ask.STREAM, "DESCRIBE", path, 2 * number)
        if answer is None:
            return paths[number - 1 :] if number > 1 else []
        if answer.status == 200:
            # A server that describes whatever it is asked for has shown no stream.
            await asker.rtsp(line, Ask.NO_SUCH_PATH, "DESCRIBE", NO_SUCH_PATH, 2 * number + 1)
        if answer.status in (401, 403) or (answer.status == 200 and rtsp.media_of(answer.body)):
            return []
    return []


def _stream_paths(asker: Asker, vendors: Sequence[str]) -> list[str]:
    """Return the documented paths, and the one the device itself names; of that only the path is used."""
    named = []
    for answer in asker.facts.onvif:
        if answer.call == "GetStreamUri":
            with suppress(ValueError):
                parts = urlsplit(answer.values.get("Uri", ""))
                if parts.scheme in ("rtsp", "rtsps"):
                    named.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    documented = [read.path for vendor in vendors for read in services_of(vendor).rtsp or services_of(ANY_MAKER).rtsp]
    # What the maker documents proves more than what the device names; a guess at the maker proves less.
    paths = [*documented, *named] if len(vendors) == 1 else [*named, *documented]
    return [path for path in dict.fromkeys(paths) if path][:_MOST_STREAMS]


async def ask_pictures(asker: Asker, vendors: Sequence[str]) -> None:
    """Ask for the head of each documented snapshot, then for its first 16 bytes; the picture is never taken."""
    web = main_web(asker)
    if web is None:
        return
    with Talk(asker, web) as talk:
        for path in _snapshot_paths(asker, vendors):
            await asker.get(talk, Ask.SNAPSHOT, path, "HEAD")
            answer = await asker.get(talk, Ask.SNAPSHOT, path, "GET", [("Range", "bytes=0-15")])
            if answer is not None and answer.status in (200, 206):
                return


def _snapshot_paths(asker: Asker, vendors: Sequence[str]) -> list[str]:
    """Return the documented paths, and the one that the device names on itself."""
    named = []
    for answer in asker.facts.onvif:
        place = _own_place(asker, answer.values.get("Uri", "")) if answer.call == "GetSnapshotUri" else None
        if place is not None:
            named.append(place[1])
    documented = []
    for vendor in vendors:
        reads = services_of(vendor).snapshot or services_of(ANY_MAKER).snapshot
        documented += [read.path for read in reads[:_MOST_SNAPSHOTS]]
    return list(dict.fromkeys([*documented, *named[:1]]))


async def ask_handshakes(asker: Asker) -> None:
    """See which old versions and weak ciphers each TLS server accepts: two hellos each, no handshake is finished."""
    seen = asker.facts.tls
    for place, one in enumerate(seen):
        legacy = await say_hello(asker, one.port, highest="TLSv1.1", ciphers=EVERY_CIPHER)
        seen[place] = replace(one, accepts_legacy=_is_accepted(legacy))
        weak = await say_hello(asker, one.port, highest="TLSv1.2", ciphers=WEAK_CIPHERS)
        seen[place] = replace(seen[place], accepts_weak_cipher=_is_accepted(weak))


def _is_accepted(answer: HelloAnswer | None) -> bool | None:
    return None if answer is None else bool(answer.version)


async def ask_the_rest(asker: Asker, vendor: str) -> None:
    """Make the maker's other documented reads, and look where embedded web servers are careless."""
    web = main_web(asker)
    if web is None:
        return
    services = services_of(vendor)
    with Talk(asker, web) as talk:
        for ask, reads in (
            (Ask.ACTIVATION, services.activation[:1]),
            (Ask.LOGIN_STATE, services.login_state[:1]),
            (Ask.CONFIG, services.config[:1]),
            (Ask.BACKUP, services.backup[:1]),
            (Ask.RECORDINGS, services.recordings[:1]),
            (Ask.STREAM, services.stream[:1]),
        ):
            for read in reads:
                await ask_documented(asker, talk, ask, read)
        for script in _scripts(asker, web):
            await asker.get(talk, Ask.SCRIPT, script)
        for folder in _FOLDERS:
            await asker.get(talk, Ask.LISTING, folder)
    await _ask_description(asker)


def _scripts(asker: Asker, web: Web) -> list[str]:
    """Return the scripts of the first page that lie on the same server."""
    links = [link for home in _homes(asker, web) for link in http.scripts(home.body)]
    own = [link for link in links if link.startswith("/") and link[:2] != "//"]
    return list(dict.fromkeys(own))[:_MOST_SCRIPTS]


async def _ask_description(asker: Asker) -> None:
    """Read the UPnP description that the device named, when it lies on the device itself."""
    for answer in asker.facts.discovered:
        place = _own_place(asker, answer.value("location")) if answer.protocol == "ssdp" else None
        for _ in range(2):
            place = await _read_description(asker, *place) if place is not None else None


async def _read_description(asker: Asker, web: Web, path: str) -> tuple[Web, str] | None:
    """Read a description; return where on the device itself it is instead, None when it is here or nowhere."""
    with Talk(asker, web) as talk:
        answer = await asker.get(talk, Ask.DESCRIPTION, path)
    target = leads_to(asker, answer) if answer is not None else None
    if target is None or target.host != asker.facts.ip:
        return None
    return Web(target.port, target.scheme == "https"), target.path
