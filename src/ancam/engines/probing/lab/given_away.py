"""What a placed device gives away to anybody: its services, its open pages, and which fields of its identity."""

from ancam.engines.probing.lab.devices import Route, Site, sites
from ancam.engines.probing.lab.placing import Placed
from ancam.engines.probing.lab.postures import UNREADABLE_WEB, Manner, Onvif, Posture

# What each discovery protocol says of a device's identity; every one is a documented answer (grade B).
_SAID = {
    "sadp": ("vendor", "model", "firmware", "serial", "mac"),
    "dahua": ("vendor", "model", "firmware", "serial", "mac"),
    "xm": ("vendor", "firmware", "serial", "mac"),
    "ws-discovery": ("model",),
    "mdns": ("model",),
    "ssdp": (),
    "ubiquiti": ("vendor", "model", "firmware", "mac"),
}
_NO_SITE = Site(routes=())


def services(placed: Placed) -> set[str]:
    """Return the names of the services on its open ports."""
    return set(placed.tcp.values())


def has_web(placed: Placed) -> bool:
    """Return whether it has web pages."""
    return bool({"web", "web-tls"} & services(placed))


def site(placed: Placed) -> Site:
    """Return its web pages; a site without any when it has none."""
    return sites()[placed.kind.site] if placed.kind.site and has_web(placed) else _NO_SITE


def is_open(posture: Posture, route: Route) -> bool:
    """Return whether anybody may read a page."""
    return route.guard == "open" or (route.guard != "login" and bool(getattr(posture, f"{route.guard}_open")))


def open_routes(placed: Placed) -> list[Route]:
    """Return the pages that anybody may read, none where its manners let nobody."""
    if placed.posture.manner in UNREADABLE_WEB:
        return []
    return [route for route in site(placed).routes if is_open(placed.posture, route)]


def is_guarding(placed: Placed) -> bool:
    """Return whether some page asks who is there; pages of settings are asked for by owners alone."""
    pages = site(placed)
    plain = [route for route in pages.routes if not route.setting]
    return pages.unknown == "login" or any(not is_open(placed.posture, route) for route in plain)


def has_onvif(placed: Placed) -> bool:
    """Return whether it has ONVIF services on an open port."""
    return bool(placed.kind.onvif.name) and bool({"onvif", "web", "web-tls"} & services(placed))


def identity_grades(placed: Placed) -> dict[str, str]:
    """Return which fields of its identity a device gives away without a login, each with the best grade."""
    fields = [(field, "B") for protocol in placed.kind.udp.values() for field in _SAID[protocol]]
    if has_onvif(placed) and placed.posture.onvif is Onvif.OPEN and placed.posture.manner is not Manner.XML_BOMB:
        fields += [(field, "B") for field in ("model", "firmware", "serial", "mac")]
    for route in open_routes(placed):
        hides_xml = placed.posture.manner is Manner.XML_BOMB and "xml" in route.type
        fields += [(field, route.grade) for field in route.tells if not hides_xml]
    if is_guarding(placed) and placed.posture.manner not in UNREADABLE_WEB:
        fields += [(field, "C") for field in placed.kind.login.tells]
    best: dict[str, str] = {}
    for field, grade in fields:
        best[field] = min(grade, best.get(field, grade))
    return dict(sorted(best.items()))
