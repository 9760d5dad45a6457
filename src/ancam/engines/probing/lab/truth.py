"""What is true of each device, from how it was set up and from the definitions of the checks, never by asking it.

A finding is in one of three sets. `findings`: its condition holds and can be seen without an account.
`with_default_credential`: seen only by the one guessed login. `undecided`: the definition leaves it open for such a
device, or its manners hide it; an assessor may report it or not. Whatever is in none of them does not hold.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from ancam.engines.probing.lab.device import values_of
from ancam.engines.probing.lab.devices import Route, Site, sites
from ancam.engines.probing.lab.placing import Placed
from ancam.engines.probing.lab.postures import (
    UNREADABLE_WEB,
    Lockout,
    Manner,
    Onvif,
    Password,
    Posture,
    Proof,
    Ssh,
    Stream,
    Telnet,
    Tls,
    Web,
)

# What each discovery protocol says of a device's identity; every one is a documented answer (grade B).
_SAID = {
    "sadp": ("vendor", "model", "firmware", "serial", "mac"),
    "dahua": ("vendor", "model", "firmware", "serial", "mac"),
    "xm": ("vendor", "firmware", "serial", "mac"),
    "ws-discovery": ("model",),
    "mdns": ("model",),
    "ssdp": (),
}
_SHOWS_ACTIVATION = {"sadp", "dahua"}
# Compared with papers, seen from elsewhere, or of the maker's whole range: no laboratory device has or lacks them.
_ALWAYS_UNDECIDED = {
    "undeclared_port_open",
    "internet_exposed",
    "network_not_segmented",
    "not_in_register",
    "end_of_support",
    "guest_account_enabled",
    "onvif_users_exposed",
    "login_lockout_not_evident",
    "password_reset_exposed",
}
_WEB_FINDINGS = {
    "http_cleartext",
    "tls_missing",
    "http_basic_auth",
    "http_digest_md5",
    "snapshot_open",
    "stream_open",
    "config_open",
    "recordings_open",
    "directory_listing",
    "backup_file_open",
    "cookie_flags_missing",
    "security_headers_missing",
    "web_plugin_required",
    "web_server_obsolete",
    "firmware_version_disclosed",
    "upnp_info_disclosed",
    "clock_skew",
}
_NO_SITE = Site(routes=())


def truth(placed: Iterable[Placed]) -> dict[str, Any]:
    """Return the content of a truth file, with what holds of devices together among each device's findings."""
    rows = [row_of(one) for one in placed]
    every = list(placed)
    for finding, keys in _shared(every).items():
        for row, key in zip(rows, keys, strict=True):
            if key and keys.count(key) > 1:
                row["findings"] = sorted([*row["findings"], finding])
    return {"schema": "ancam/lab-truth/1", "devices": rows}


def row_of(placed: Placed) -> dict[str, Any]:
    """Return what is true of one device by itself."""
    kind, values = placed.kind, values_of(placed)
    known = identity_grades(placed)
    found, hidden = _findings(placed)
    with_default = _with_default(placed)
    hidden = (hidden | _ALWAYS_UNDECIDED) - found
    if _keeps_default(placed) and not with_default:
        hidden.add("default_credential")
    row: dict[str, Any] = {
        "ip": placed.ip,
        "lab_kind": kind.id,
        "group": kind.group,
        "is_camera": kind.is_camera,
        "kind": kind.kind,
        "vendor": kind.vendor,
        "also_vendor": list(kind.also_vendor),
        "brand": kind.brand,
        "model": placed.model.name if "model" in known else "",
        "firmware": placed.firmware.text if "firmware" in known else "",
        "serial": values["serial"] if "serial" in known else "",
        "mac": values["mac"] if "mac" in known else "",
        "grades": known,
        "on_the_box": {"model": placed.model.name, "firmware": placed.firmware.text, "mac": values["mac"]},
        "ports": list(placed.tcp),
        "udp": sorted(kind.udp),
        "is_scored": kind.is_camera,
        "findings": sorted(found) if kind.is_camera else [],
        "with_default_credential": sorted(with_default) if kind.is_camera else [],
        "undecided": sorted(hidden) if kind.is_camera else [],
        "posture": _words(placed.posture),
    }
    return row


def identity_grades(placed: Placed) -> dict[str, str]:
    """Return which fields of its identity a device gives away without a login, each with the best grade."""
    fields = [(field, "B") for protocol in placed.kind.udp.values() for field in _SAID[protocol]]
    if _has_onvif(placed) and placed.posture.onvif is Onvif.OPEN and placed.posture.manner is not Manner.XML_BOMB:
        fields += [(field, "B") for field in ("model", "firmware", "serial", "mac")]
    for route in _open_routes(placed):
        hides_xml = placed.posture.manner is Manner.XML_BOMB and "xml" in route.type
        fields += [(field, route.grade) for field in route.tells if not hides_xml]
    best: dict[str, str] = {}
    for field, grade in fields:
        best[field] = min(grade, best.get(field, grade))
    return dict(sorted(best.items()))


def _findings(placed: Placed) -> tuple[set[str], set[str]]:
    """Return what holds of a device, and what is left open."""
    found, hidden = set[str](), set(placed.kind.undecided)
    for part in (_web, _tls, _rtsp, _onvif, _discovery, _ports, _firmware):
        holds, open_ = part(placed)
        found |= holds
        hidden |= open_
    if placed.posture.manner in UNREADABLE_WEB and _has_web(placed):
        hidden |= found & _WEB_FINDINGS
        found -= _WEB_FINDINGS
    return found, hidden


def _services(placed: Placed) -> set[str]:
    return set(placed.tcp.values())


def _has_web(placed: Placed) -> bool:
    return bool({"web", "web-tls"} & _services(placed))


def _site(placed: Placed) -> Site:
    return sites()[placed.kind.site] if placed.kind.site and _has_web(placed) else _NO_SITE


def _is_open(posture: Posture, route: Route) -> bool:
    return route.guard == "open" or (route.guard != "login" and bool(getattr(posture, f"{route.guard}_open")))


def _open_routes(placed: Placed) -> list[Route]:
    if placed.posture.manner in UNREADABLE_WEB:
        return []
    return [route for route in _site(placed).routes if _is_open(placed.posture, route)]


def _web(placed: Placed) -> tuple[set[str], set[str]]:
    kind, posture, site = placed.kind, placed.posture, _site(placed)
    found, hidden = set[str](), {"firmware_version_disclosed"}
    serves_plain = "web" in _services(placed) and posture.web is not Web.REDIRECT
    is_guarding = site.unknown == "login" or any(not _is_open(posture, route) for route in site.routes)
    if serves_plain or "onvif" in _services(placed):
        found.add("http_cleartext")
    if "web" in _services(placed) and not any(service.endswith("-tls") for service in _services(placed)):
        found.add("tls_missing")
    if kind.login.scheme == "basic" and serves_plain and is_guarding:
        found.add("http_basic_auth")
    if kind.login.scheme == "digest" and is_guarding and kind.login.algorithms == ("MD5",):
        found.add("http_digest_md5")
    if kind.onvif.refuses == "401":
        hidden.add("http_digest_md5")
    found |= {finding for route in _open_routes(placed) for finding in route.shows}
    found |= {"web_server_obsolete"} if site.obsolete else set()
    if posture.manner is Manner.HEAD_DIFFERS:
        hidden.add("backup_file_open")
    unseen = set[str]()
    if posture.manner is Manner.XML_BOMB:
        unseen = {finding for route in site.routes if "xml" in route.type for finding in route.shows}
    if posture.manner is Manner.REDIRECTS_AWAY:
        unseen = {finding for route in site.routes if route.target == "/" for finding in route.shows} | {"tls_missing"}
    if _has_web(placed):
        missing, doubtful = _headers(site)
        found |= missing
        hidden |= doubtful
    is_dated = site.dated and _has_web(placed)
    if abs(posture.clock_off_s) > 60 and (is_dated or _has_onvif(placed)):
        found.add("clock_skew")
    return found - unseen, hidden | unseen


def _headers(site: Site) -> tuple[set[str], set[str]]:
    """Return what the headers of a site's pages lack, and what is only partly so."""
    found, hidden = set[str](), set[str]()
    names = {name.lower() for name, _ in site.headers}
    guards = {"x-frame-options", "content-security-policy", "x-content-type-options", "strict-transport-security"}
    (hidden if names & guards else found).add("security_headers_missing")
    cookies = [value for route in site.routes for name, value in route.headers if name.lower() == "set-cookie"]
    if any(not all(flag in cookie.lower() for flag in ("httponly", "secure", "samesite")) for cookie in cookies):
        found.add("cookie_flags_missing")
    return found, hidden


def _tls(placed: Placed) -> tuple[set[str], set[str]]:
    if not any(service.endswith("-tls") for service in _services(placed)):
        return set(), set()
    proof, tls = placed.posture.proof, placed.posture.tls
    conditions = {
        "tls_self_signed": proof is not Proof.LAB_CA,
        "tls_expired": proof in (Proof.EXPIRED, Proof.NOT_YET),
        "tls_weak_key": proof in (Proof.WEAK_RSA, Proof.SHA1),
        "tls_default_certificate": proof is Proof.DEFAULT_NAME,
        "tls_legacy_protocol": tls is Tls.LEGACY,
        "tls_weak_cipher": tls is Tls.WEAK_CIPHER,
        "tls_no_forward_secrecy": tls is Tls.NO_FORWARD_SECRECY,
    }
    return {finding for finding, holds in conditions.items() if holds}, set()


def _rtsp(placed: Placed) -> tuple[set[str], set[str]]:
    services, stream, rtsp = _services(placed), placed.posture.stream, placed.kind.rtsp
    if "rtsp" not in services:
        return set(), set()
    is_guarded = stream is not Stream.OPEN
    conditions = {
        "rtsp_no_auth": not is_guarded,
        "rtsp_basic_auth": is_guarded and (stream is Stream.BASIC or rtsp.schemes == ("basic",)),
        "rtsp_unencrypted": "rtsp-tls" not in services,
        "rtsp_info_disclosed": rtsp.discloses,
    }
    return {finding for finding, holds in conditions.items() if holds}, set()


def _has_onvif(placed: Placed) -> bool:
    return bool(placed.kind.onvif.name) and bool({"onvif", "web", "web-tls"} & _services(placed))


def _onvif(placed: Placed) -> tuple[set[str], set[str]]:
    posture = placed.posture
    is_web_alone = "onvif" not in _services(placed)
    if not _has_onvif(placed) or posture.onvif is Onvif.GUARDED:
        return set(), set()
    is_hidden = (
        posture.manner is Manner.XML_BOMB
        or (is_web_alone and posture.manner in UNREADABLE_WEB)
        # The media service's path is learnt from addresses that lead away.
        or (posture.manner is Manner.NAMES_ELSEWHERE and posture.onvif is Onvif.MEDIA_OPEN)
    )
    return (set(), {"onvif_no_auth"}) if is_hidden else ({"onvif_no_auth"}, set())


def _discovery(placed: Placed) -> tuple[set[str], set[str]]:
    kind, protocols = placed.kind, set(placed.kind.udp.values())
    conditions = {
        "ws_discovery_exposed": "ws-discovery" in protocols,
        "upnp_exposed": "ssdp" in protocols,
        "mdns_info_disclosed": "mdns" in protocols,
        "default_hostname": kind.onvif.is_default_name and "ws-discovery" in protocols,
    }
    hidden = {"vendor_discovery_exposed"} if protocols & {"sadp", "dahua", "xm"} else set[str]()
    if placed.posture.password is Password.NOT_ACTIVATED:
        says = bool(protocols & _SHOWS_ACTIVATION)
        conditions["not_activated"] = says
        hidden |= set() if says else {"not_activated"}
    return {finding for finding, holds in conditions.items() if holds}, hidden


def _ports(placed: Placed) -> tuple[set[str], set[str]]:
    posture, tcp, kind = placed.posture, placed.tcp, placed.kind
    conditions = {
        "telnet_open": posture.telnet is not Telnet.NONE,
        "telnet_no_password": posture.telnet is Telnet.SHELL,
        "ftp_open": posture.ftp,
        "ssh_open": posture.ssh is not Ssh.NONE,
        "ssh_weak_crypto": posture.ssh is Ssh.WEAK,
        "vendor_port_exposed": any(port in tcp for port in kind.vendor_ports),
        "vendor_service_open": any(port in tcp for port in kind.service_ports),
        "debug_port_open": any(service.startswith("says:") for service in tcp.values()),
    }
    return {finding for finding, holds in conditions.items() if holds}, set()


def _firmware(placed: Placed) -> tuple[set[str], set[str]]:
    firmware = placed.firmware
    if "firmware" not in identity_grades(placed):
        return set(), set(firmware.findings) | set(firmware.undecided)
    return set(firmware.findings), set(firmware.undecided)


def _keeps_default(placed: Placed) -> bool:
    return placed.posture.password is Password.DEFAULT and placed.kind.login.default is not None


def _with_default(placed: Placed) -> set[str]:
    """Return what the one guessed login shows: nothing where nobody may try it, or no page takes one."""
    login, manner = placed.kind.login, placed.posture.manner
    is_warned = placed.posture.lockout is Lockout.FEW_LEFT
    asks = login.scheme != "form" or bool(login.query) or any(route.action for route in _site(placed).routes)
    has_page = _has_web(placed) and manner not in UNREADABLE_WEB and asks
    has_door = has_page or (_has_onvif(placed) and "onvif" in _services(placed) and manner is not Manner.XML_BOMB)
    return {"default_credential"} if _keeps_default(placed) and not is_warned and has_door else set()


def _shared(placed: list[Placed]) -> dict[str, list[str]]:
    """Return for each finding about several devices what each device shares, empty for what it has of its own."""
    return {
        "tls_shared_key": [
            one.kind.id if one.posture.proof is Proof.SHARED_KEY and "web-tls" in _services(one) else ""
            for one in placed
        ],
        "ssh_shared_key": [one.kind.id if one.posture.ssh is Ssh.SHARED_KEY else "" for one in placed],
    }


def _words(posture: Posture) -> dict[str, Any]:
    return {name: getattr(posture, name) for name in posture.__slots__}


def tally(rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Return how many devices have each finding."""
    return dict(sorted(Counter(finding for row in rows for finding in row["findings"]).items()))
