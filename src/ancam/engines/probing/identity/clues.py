"""What a device answered, taken apart into clues: each a text from the one place where it may count as a sign."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from ancam.engines.probing.detail import Grade
from ancam.engines.probing.facts import Ask, DiscoveryAnswer, HostFacts, HttpAnswer, RtspAnswer, SoapKind
from ancam.engines.probing.identity.leaves import is_page, leaves
from ancam.engines.probing.wire.auth import challenges
from ancam.engines.probing.wire.messages import Message
from ancam.engines.probing.wire.pages import Elsewhere, redirect_of, scripts, title
from ancam.engines.probing.wire.text import clean, decoded

PAGE_LIMIT = 32_768
ANSWER_LIMIT = 1_200
TEXT_LIMIT = 400
CLUE_LIMIT = 400
EXCERPT_LIMIT = 120

DOCUMENTED = frozenset({Ask.INFO, Ask.CONFIG, Ask.LOGIN_STATE, Ask.ACTIVATION, Ask.OWNER_READ, Ask.LOGIN})
# Types of clues that are one source: two signs from one source are not independent of each other.
_SOURCES = {
    "http_title": "page",
    "http_script": "page",
    "http_inline": "page",
    "http_server": "server",
    "http_realm": "realm",
    "http_refusal": "path",
    "http_answer": "path",
    "favicon_md5": "favicon",
    "rtsp_server": "rtsp",
    "rtsp_realm": "rtsp",
    "onvif_manufacturer": "onvif",
    "onvif_scope": "onvif",
    "ws_type": "onvif",
    "ssdp_server": "ssdp",
    "ssdp_manufacturer": "ssdp",
    "ssdp_model": "ssdp",
    "ssdp_device": "ssdp",
    "tls_name": "tls",
}
_LABELS = {
    "http_server": "Server: ",
    "http_realm": "realm: ",
    "http_title": "title: ",
    "http_script": "page links to ",
    "http_refusal": "401 ",
    "favicon_md5": "favicon MD5 ",
    "rtsp_server": "RTSP Server: ",
    "rtsp_realm": "RTSP realm: ",
    "port": "tcp/",
    "oui": "MAC ",
}
_ORIGINS = {"ws_type": "onvif", "favicon_md5": "http", "oui": "oui", "port": "port"}
_NONCE = re.compile(r"\bnonce=\"[^\"]{0,1000}\"")
_PLACES = re.compile(r"<(?:frame|iframe)\s[^<>]{0,300}?src\s{0,3}=\s{0,3}[\"']?([^\"'\s<>]{1,300})", re.IGNORECASE)
_INLINE = re.compile(r"<script(?:\s[^<>]{0,200})?>([^<]{1,4000})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clue:
    """One text a device gave, and where it stood. origin: as in `Evidence`; source: what it is independent of."""

    type: str
    text: str
    grade: Grade

    @property
    def source(self) -> str:
        """The source of the clue; two of one source count once."""
        return _SOURCES.get(self.type, self.type)

    @property
    def origin(self) -> str:
        """Where the clue came from, as evidence names it."""
        if self.type == "http_answer" and self.text.startswith("/ISAPI/"):
            return "isapi"
        return _ORIGINS.get(self.type) or self.type.partition("_")[0]

    @property
    def excerpt(self) -> str:
        """The clue on one line, at most 120 characters."""
        return clean(_LABELS.get(self.type, "") + self.text, EXCERPT_LIMIT)


def clues_of(facts: HostFacts) -> list[Clue]:
    """Return every clue of a host, at most 400, texts cut to what signs look at."""
    found: dict[tuple[str, str], Clue] = {}
    for kind, text, grade in _texts(facts):
        limit = ANSWER_LIMIT if kind == "http_answer" else TEXT_LIMIT
        said = text[:limit] if kind == "http_answer" else clean(text, limit)
        known = found.get((kind, said))
        if said and (grade < known.grade if known else len(found) < CLUE_LIMIT):
            found[kind, said] = Clue(kind, said, grade)
    return list(found.values())


def realms(answers: Iterable[HttpAnswer | RtspAnswer]) -> list[str]:
    """Return the realms of all challenges, each once."""
    # A nonce is new with every answer: without it, the challenges of one device are few.
    values = (_NONCE.sub("", value) for answer in answers for value in answer.every("www-authenticate"))
    return [one.params["realm"] for one in challenges(dict.fromkeys(values)) if one.params.get("realm")]


def scopes_of(facts: HostFacts) -> list[str]:
    """Return the ONVIF scopes a device told, with what is written as %20 and the like read."""
    said = [answer.value("scopes") for answer in facts.discovered if answer.protocol == "ws-discovery"]
    said += [answer.values.get("scopes", "") for answer in facts.onvif if answer.kind is SoapKind.RESPONSE]
    # Some devices write the spaces of a name as they are; what follows one belongs to the scope before.
    parts = [part for text in said for part in re.split(r"\s+(?=\S{1,20}://)", text.strip())[:60]]
    return list(dict.fromkeys(clean(unquote(part), TEXT_LIMIT) for part in parts))


def descriptions(facts: HostFacts) -> list[dict[str, str]]:
    """Return what a device said of itself over UPnP: in its answer to the search, and in its description."""
    told = [dict(answer.values) for answer in facts.discovered if answer.protocol == "ssdp"]
    return told + [leaves(answer.body) for answer in facts.answers(Ask.DESCRIPTION) if answer.status == 200]


def value_of(values: Iterable[tuple[str, str]], name: str) -> str:
    """Return a field whose name may be written with any capitals, empty when it is not there."""
    return next((text for key, text in values if key.lower() == name), "")


def _texts(facts: HostFacts) -> Iterator[tuple[str, str, Grade]]:
    yield from _discovery_texts(facts)
    yield from _onvif_texts(facts)
    yield from _http_texts(facts)
    streams = [answer for answer in facts.rtsp if answer.status]
    yield from (("rtsp_server", name, Grade.C) for name in dict.fromkeys(one.header("server") for one in streams))
    yield from (("rtsp_realm", realm, Grade.C) for realm in realms(streams))
    for tls in facts.tls:
        if tls.certificate:
            names = (
                tls.certificate.subject,
                f"CN={tls.certificate.common_name}",
                *tls.certificate.alternative_names[:8],
            )
            yield from (("tls_name", name, Grade.C) for name in names)
    for banner in facts.banners:
        if banner.service in ("telnet", "ftp"):
            yield banner.service, banner.text, Grade.C
    yield from (("ssh", ssh.version, Grade.C) for ssh in facts.ssh)
    yield from (("port", str(port), Grade.D) for port in facts.open_ports[:40])


def _discovery_texts(facts: HostFacts) -> Iterator[tuple[str, str, Grade]]:
    for answer in facts.discovered:
        if answer.protocol in ("sadp", "dahua", "xm", "tapo", "ubiquiti"):
            yield answer.protocol, _summary(answer) or answer.protocol, Grade.B
        elif answer.protocol == "ws-discovery":
            for word in answer.value("types").split()[:20]:
                yield "ws_type", word.rpartition(":")[2], Grade.B
        elif answer.protocol in ("mdns", "snmp"):
            for text in list(answer.values.values())[:20]:
                yield from ((answer.protocol, line, Grade.B) for line in text.splitlines()[:20])
    for told in descriptions(facts):
        yield "ssdp_server", told.get("server", ""), Grade.C
        yield "ssdp_manufacturer", told.get("manufacturer", ""), Grade.B
        yield "ssdp_model", told.get("modelname", ""), Grade.B
        yield "ssdp_model", told.get("modelnumber", ""), Grade.B
        for name in ("st", "nt", "usn", "devicetype"):
            yield from (("ssdp_device", line, Grade.B) for line in told.get(name, "").splitlines()[:20])


def _summary(answer: DiscoveryAnswer) -> str:
    """Return model, class and maker as a device named them, on one line."""
    names = ("devicetype", "devicedescription", "device_type", "device_model", "model", "platform", "deviceclass")
    return " ".join(filter(None, (answer.value(name) for name in (*names, "vendor", "hostname"))))


def _onvif_texts(facts: HostFacts) -> Iterator[tuple[str, str, Grade]]:
    for answer in facts.onvif:
        if answer.kind is SoapKind.RESPONSE:
            grade = Grade.A if answer.with_credentials else Grade.B
            yield "onvif_manufacturer", value_of(answer.values.items(), "manufacturer"), grade
    yield from (("onvif_scope", scope, Grade.B) for scope in scopes_of(facts))


def _http_texts(facts: HostFacts) -> Iterator[tuple[str, str, Grade]]:
    yield from (("http_server", name, Grade.C) for name in dict.fromkeys(one.header("server") for one in facts.http))
    yield from (("http_realm", realm, Grade.C) for realm in realms(facts.http))
    pages: set[bytes] = set()
    for answer in facts.http:
        if answer.ask is Ask.HOME:
            yield "http_script", answer.path, Grade.C
            if answer.body not in pages or not answer.body:
                yield from _page_texts(answer, facts.ip)
            pages.add(answer.body)
        elif answer.ask in DOCUMENTED:
            yield from _documented_texts(answer, facts)
        elif answer.ask is Ask.FAVICON and answer.status == 200 and answer.body and not answer.is_cut:
            yield "favicon_md5", hashlib.md5(answer.body, usedforsecurity=False).hexdigest(), Grade.C


def _page_texts(answer: HttpAnswer, ip: str) -> Iterator[tuple[str, str, Grade]]:
    """Yield the title and the addresses a page is made of; words, pictures and links on it are no signs."""
    body = answer.body[:PAGE_LIMIT]
    here = Elsewhere("https" if answer.is_tls else "http", ip, answer.port, answer.path)
    if there := redirect_of(Message(answer.status, answer.headers, body, answer.is_cut, False), here):
        yield "http_script", there.path, Grade.C
    if b"<" in body:
        yield "http_title", title(body, answer.headers), Grade.C
        page = decoded(body)
        yield from (("http_script", place, Grade.C) for place in (*scripts(body), *_PLACES.findall(page)[:20]))
        yield from (("http_inline", text, Grade.C) for text in _INLINE.findall(page)[:10])


def _documented_texts(answer: HttpAnswer, facts: HostFacts) -> Iterator[tuple[str, str, Grade]]:
    grade = Grade.A if answer.ask is Ask.OWNER_READ else Grade.B
    text = decoded(answer.body[: 2 * ANSWER_LIMIT]).lstrip()
    if text and not is_page(text):
        yield "http_answer", f"{answer.path} {answer.status} {text}", grade
    if answer.status == 401 and _refuses_only_some(facts, answer.port):
        yield "http_refusal", answer.path, Grade.C


def _refuses_only_some(facts: HostFacts, port: int) -> bool:
    """Return whether a port was seen to answer otherwise than 401, best of all for a path that no device has."""
    invented = [one.status for one in facts.answers(Ask.NO_SUCH_PATH) if one.port == port]
    return 401 not in (invented or [one.status for one in facts.answers(Ask.HOME) if one.port == port] or [401])
