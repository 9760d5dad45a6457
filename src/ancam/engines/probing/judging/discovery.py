"""What a device says of itself to a discovery datagram, and whether it has been activated."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from ancam.engines.probing.facts import Ask, DiscoveryAnswer
from ancam.engines.probing.judging.answers import (
    Answer,
    Judge,
    Look,
    NotSeen,
    body_text,
    by_exposure,
    fails,
    possible,
    supports,
    unsure,
)

_INIT_BITS = 3
_INIT_FACTORY = 1
_INIT_DONE = 2

_ACTIVATED = re.compile(r"(activated|initialized)\W{1,9}(true|false)", re.IGNORECASE)
_DESCRIBED = re.compile(r"<(modelName|modelNumber|serialNumber|presentationURL)>\s{0,9}[^<\s]")
_SCOPE_NAME = re.compile(r"onvif://www\.onvif\.org/name/(\S{1,120})", re.IGNORECASE)
_DEFAULT_HOST = re.compile(
    r"(?:ip[ _-]?camera|hik(?:vision)?(?: \S{1,40})?|general|dome|localhost)(?:\.local\.?)?", re.IGNORECASE
)


def _answers(look: Look, protocol: str) -> list[DiscoveryAnswer]:
    return [answer for answer in look.facts.discovered if answer.protocol == protocol]


def _said(answer: DiscoveryAnswer, *parts: str) -> str:
    return f"UDP {answer.port}: " + ", ".join(part for part in parts if part)


def _ws_discovery(look: Look) -> Answer:
    answers = _answers(look, "ws-discovery")
    if answers:
        scopes = answers[0].value("scopes").replace("onvif://www.onvif.org/", "")
        return by_exposure(look, "ws_discovery_exposed", _said(answers[0], "ProbeMatch", scopes), 0.97)
    return NotSeen("silent")


def _ssdp(look: Look) -> Answer:
    answers = _answers(look, "ssdp")
    if answers:
        told = answers[0].value("server") or answers[0].value("st")
        return by_exposure(look, "upnp_exposed", _said(answers[0], "trả lời M-SEARCH", told), 0.95)
    return NotSeen("silent")


def _description(look: Look) -> Answer:
    asked = list(look.facts.answers(Ask.DESCRIPTION))
    for answer in asked:
        told = sorted(set(_DESCRIBED.findall(body_text(answer.body)))) if answer.status == 200 else []
        if told:
            evidence = f"cổng {answer.port}: mô tả UPnP nêu {', '.join(told)}"
            return possible("upnp_info_disclosed", evidence, 0.95)
    if asked:
        return NotSeen("not-seen")
    return NotSeen("not-asked" if _answers(look, "ssdp") else "silent")


def _mdns(look: Look) -> Answer:
    for answer in _answers(look, "mdns"):
        told = ", ".join(text.replace("\n", " ") for text in answer.values.values() if text.strip())
        if told:
            return possible("mdns_info_disclosed", f"UDP {answer.port}: {told}", 0.9)
    return NotSeen("silent")


def activation(look: Look) -> Iterator[tuple[str, bool]]:
    """Yield where a device tells whether it has been activated, and what it tells."""
    for answer in look.facts.discovered:
        told = answer.value("activated").strip().lower()
        if answer.protocol == "sadp" and told in ("true", "false"):
            yield "SADP Activated", told == "true"
        init = answer.value("init").strip()
        if answer.protocol == "dahua" and re.fullmatch(r"\d{1,9}", init, re.ASCII):
            state = int(init) & _INIT_BITS
            if state in (_INIT_FACTORY, _INIT_DONE):
                yield f"DHDiscover Init={init}", state == _INIT_DONE
    for page in look.facts.answers(Ask.ACTIVATION):
        match = _ACTIVATED.search(body_text(page.body)) if page.status == 200 else None
        if match:
            yield f"cổng {page.port}: {match.group(1)}", match.group(2).lower() == "true"


def _activated(look: Look) -> Answer:
    told = list(activation(look))
    for where, is_activated in told:
        if not is_activated:
            return fails("not_activated", f"{where}: thiết bị chưa kích hoạt", 0.95)
    if told:
        return supports(f"{told[0][0]}: thiết bị đã kích hoạt", 0.9)
    answered = _answers(look, "sadp") or _answers(look, "dahua") or any(look.facts.answers(Ask.ACTIVATION))
    return NotSeen("not-told" if answered else "silent")


def _sadp(look: Look) -> Answer:
    for answer in _answers(look, "sadp"):
        told = answer.value("activated").strip().lower()
        evidence = _said(answer, "SADP trả lời", answer.value("devicedescription"), f"Activated={told or 'không nêu'}")
        return possible("not_activated", evidence, 0.95) if told == "false" else unsure(evidence, 0.95)
    return NotSeen("silent")


def _ubiquiti(look: Look) -> Answer:
    for answer in _answers(look, "ubiquiti"):
        told = ", ".join(text for text in (answer.value("model"), answer.value("firmware")) if text)
        return by_exposure(
            look, "vendor_discovery_exposed", f"UDP {answer.port}: gói dò Ubiquiti trả lời, {told}", 0.95
        )
    return NotSeen("silent" if "ubiquiti" in look.identity.vendor.casefold() else "other-platform")


def _host_names(look: Look) -> Iterator[str]:
    for answer in look.facts.discovered:
        yield from _SCOPE_NAME.findall(answer.value("scopes"))
        for field in ("hostname", "host", "name", "machinename"):
            yield from answer.value(field).splitlines()
    for soap in look.facts.onvif:
        yield from _SCOPE_NAME.findall(soap.values.get("scopes", ""))


def _default_name(look: Look) -> Answer:
    names = [unquote(name).strip() for name in _host_names(look) if name.strip()]
    for name in names:
        if _DEFAULT_HOST.fullmatch(name):
            return possible("default_hostname", f"tên thiết bị: {name}", 0.8)
    return NotSeen("not-seen" if names else "not-told")


CHECKS: dict[str, Judge] = {
    "CHK-ONVIF-04": _ws_discovery,
    "CHK-SSDP-01": _ssdp,
    "CHK-SSDP-02": _description,
    "CHK-MDNS-01": _mdns,
    "CHK-VP-02": _sadp,
    "CHK-VP-10": _ubiquiti,
    "CHK-CRED-04": _activated,
    "CHK-ID-03": _default_name,
}
