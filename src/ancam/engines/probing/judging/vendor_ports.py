"""Ports through which a maker's own software talks to its devices, judged only on that maker's platform."""

from dataclasses import dataclass

from ancam.engines.probing.detail import Identity
from ancam.engines.probing.judging.answers import (
    Answer,
    Judge,
    Look,
    NotSeen,
    by_exposure,
    listed,
    nothing_at,
    open_among,
    possible,
    unsure,
)


@dataclass(frozen=True, slots=True)
class Platform:
    """A maker's platform. names: the maker and the brands that run on it; discovery: its own discovery protocol."""

    names: tuple[str, ...]
    discovery: str = ""


# Brands as in the fingerprints; a brand sold on several platforms is left out, since it proves none of them.
HIKVISION = Platform(
    ("hikvision", "ezviz", "hilook", "hdparagon", "annke", "lts", "hyundai", "safire", "abus"), discovery="sadp"
)
DAHUA = Platform(("dahua", "imou", "kbvision", "amcrest", "lorex", "ic realtime", "q-see"), discovery="dahua")
XIONGMAI = Platform(("xiongmai", "sofia"), discovery="xm")
UNIVIEW = Platform(("uniview", "unv"))
TVT = Platform(("tvt",))
REOLINK = Platform(("reolink",))
TIANDY = Platform(("tiandy",))
TP_LINK = Platform(("tp-link", "tplink", "tapo", "vigi"))
EZVIZ = Platform(("ezviz",))
IMOU = Platform(("imou",))
BOSCH = Platform(("bosch",))
HANWHA = Platform(("hanwha", "samsung", "wisenet"))
GEOVISION = Platform(("geovision",))


def _is_named(name: str, platform: Platform) -> bool:
    return name.casefold().startswith(platform.names)


def runs_on(identity: Identity, platform: Platform) -> bool:
    """Return whether a device is known to run on a platform; the maker's name outweighs the brand on the box."""
    return _is_named(identity.vendor or identity.platform or identity.brand, platform)


def _is_sold_as(identity: Identity, platform: Platform) -> bool:
    return any(_is_named(name, platform) for name in (identity.vendor, identity.brand, identity.platform))


def _reason(look: Look, platform: Platform) -> NotSeen | None:
    """Return why a port says nothing of a platform; None when it does."""
    if runs_on(look.identity, platform):
        return None
    if look.identity.vendor:
        return NotSeen("other-platform")
    speaks = any(answer.protocol == platform.discovery for answer in look.facts.discovered)
    return None if speaks else NotSeen("unknown-platform")


def _control_port(platform: Platform, port: int, beside: tuple[int, ...] = ()) -> Judge:
    """Return the check of a maker's control port; `beside` are ports of the same software that alone prove less."""

    def judge(look: Look) -> Answer:
        reason = _reason(look, platform)
        if reason is not None:
            return reason
        facts = look.facts
        spoken = [one.port for one in facts.http] + [one.port for one in facts.onvif] + [one.port for one in facts.rtsp]
        if port in spoken:
            return NotSeen("other-service")
        found = open_among(facts, (port, *beside))
        if port in found:
            return by_exposure(look, "vendor_port_exposed", f"{listed(found)} mở: cổng điều khiển riêng của hãng", 0.9)
        if found:
            return unsure(f"{listed(found)} mở; cổng {port} không mở", 0.7)
        return nothing_at(facts, (port,))

    return judge


def _own_services(*services: tuple[Platform, tuple[int, ...]]) -> Judge:
    """Return the check of a maker's other ports; ports that any camera may open are no sign of them."""

    def judge(look: Look) -> Answer:
        for platform, ports in services:
            if _is_sold_as(look.identity, platform):
                found = open_among(look.facts, ports)
                if found:
                    return possible("vendor_service_open", f"{listed(found)} mở: dịch vụ riêng của hãng", 0.85)
                return nothing_at(look.facts, ports)
        return NotSeen("other-platform" if look.identity.vendor else "unknown-platform")

    return judge


def _tvt(look: Look) -> Answer:
    for answer in look.facts.http:
        if "cross web server" in answer.header("server").lower():
            return possible("vendor_service_open", f"cổng {answer.port}: Server: {answer.header('server')}", 0.9)
    return _own_services((TVT, (4567, 9008)))(look)


CHECKS: dict[str, Judge] = {
    "CHK-VP-01": _control_port(HIKVISION, 8000),
    "CHK-VP-03": _control_port(DAHUA, 37777, (37778,)),
    "CHK-VP-04": _control_port(XIONGMAI, 34567),
    "CHK-VP-05": _own_services((UNIVIEW, (81, 82, 49152))),
    "CHK-VP-06": _tvt,
    "CHK-VP-07": _own_services((REOLINK, (9000,))),
    "CHK-VP-08": _own_services((TIANDY, (3000, 3001, 3010))),
    "CHK-VP-09": _own_services((TP_LINK, (2020, 8800)), (EZVIZ, (9010, 9020)), (IMOU, (8086,))),
    "CHK-VP-11": _own_services((BOSCH, (1756,)), (HANWHA, (4520, 4521)), (GEOVISION, (10000,))),
}
