"""Whether a device's clock is right, and who sets it."""

from ipaddress import ip_address

from ancam.engines.probing.facts import OnvifAnswer, SoapKind
from ancam.engines.probing.judging.answers import Answer, Judge, Look, NotSeen, nothing_at, possible
from ancam.engines.probing.judging.onvif import ONVIF_PORTS
from ancam.engines.probing.judging.owner import owner_reason

SKEW_S = 60

_TIME_SERVER_FIELDS = ("DNSname", "IPv4Address", "IPv6Address")


def _skew(look: Look) -> Answer:
    readings = look.facts.clocks
    if not readings:
        return NotSeen("not-told") if look.facts.http or look.facts.onvif else nothing_at(look.facts, ONVIF_PORTS)
    # ONVIF names its zone; the Date of a small web server is often local time that calls itself GMT.
    reading = min(readings, key=lambda one: (one.source != "onvif", one.uncertainty_s))
    if abs(reading.offset_s) > SKEW_S + reading.uncertainty_s:
        word = "nhanh" if reading.offset_s > 0 else "chậm"
        evidence = f"{reading.source}: {word} khoảng {abs(reading.offset_s) / 60:.0f} phút"
        return possible("clock_skew", evidence, 0.95)
    return NotSeen("not-seen")


def _time_server(look: Look) -> Answer:
    told = [
        answer
        for answer in look.facts.onvif
        if answer.call == "GetNTP" and answer.with_credentials and answer.kind is SoapKind.RESPONSE
    ]
    if not told:
        return owner_reason(look)
    server = _server(told[0])
    if not server and told[0].values.get("FromDHCP", "").strip().lower() != "true":
        return possible("ntp_not_configured", "GetNTP: không có máy chủ thời gian", 0.9)
    if server and not _is_domestic(server):
        return possible("ntp_not_configured", f"GetNTP: máy chủ thời gian ở ngoài, {server}", 0.7)
    return NotSeen("not-seen")


def _server(answer: OnvifAnswer) -> str:
    texts = (answer.values.get(field, "").strip() for field in _TIME_SERVER_FIELDS)
    return next((text for text in texts if text not in ("", "0.0.0.0", "::")), "")  # noqa: S104 - the absence of one


def _is_domestic(server: str) -> bool:
    """Return whether a time server stands in the owner's network or, by its name, in Viet Nam."""
    try:
        return ip_address(server).is_private
    except ValueError:
        name = server.lower().rstrip(".")
        return "." not in name or name.endswith((".vn", ".local", ".lan")) or name.startswith("vn.")


CHECKS: dict[str, Judge] = {"CHK-TIME-01": _skew, "CHK-TIME-02": _time_server}
