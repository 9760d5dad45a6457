"""Which conditions of the checks hold of a placed device, by the definitions of the checks and its set-up alone."""

from ancam.engines.probing.lab.devices import Site
from ancam.engines.probing.lab.given_away import (
    has_onvif,
    has_web,
    identity_grades,
    is_guarding,
    open_routes,
    services,
    site,
)
from ancam.engines.probing.lab.placing import Placed
from ancam.engines.probing.lab.postures import (
    UNREADABLE_WEB,
    Ftp,
    Lockout,
    Manner,
    Onvif,
    Password,
    Proof,
    Snmp,
    Ssh,
    Stream,
    Telnet,
    Tls,
    Web,
)

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
    "audio_undeclared",
    "auto_update_disabled",
}
# Setting: its finding, and whether that holds when it is on.
_SETTINGS = {
    "p2p": ("p2p_enabled", True),
    "ddns": ("ddns_enabled", True),
    "log": ("logging_disabled", False),
    "ip_filter": ("ip_filter_unused", False),
}
_OF_ONVIF = {"ntp_not_configured", "onvif_plaintext_password"}
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


def findings_of(placed: Placed) -> tuple[set[str], set[str]]:
    """Return what holds of a device, and what is left open."""
    found, hidden = set[str](), set[str](_ALWAYS_UNDECIDED)
    for part in (_web, _tls, _rtsp, _onvif, _discovery, _ports, _firmware):
        holds, open_ = part(placed)
        found |= holds
        hidden |= open_
    if placed.posture.manner in UNREADABLE_WEB and has_web(placed):
        hidden |= found & _WEB_FINDINGS
        found -= _WEB_FINDINGS
    found -= set(placed.kind.undecided)
    hidden |= _open_to_a_guess(placed) - found_by_the_guess(placed)
    undecided = set(placed.kind.undecided)
    return found - undecided, (hidden - found) | undecided


def _web(placed: Placed) -> tuple[set[str], set[str]]:
    kind, posture, pages = placed.kind, placed.posture, site(placed)
    found, hidden = set[str](), {"firmware_version_disclosed"}
    serves_plain = "web" in services(placed) and posture.web is not Web.REDIRECT
    if serves_plain or "onvif" in services(placed):
        found.add("http_cleartext")
    if "web" in services(placed) and not any(service.endswith("-tls") for service in services(placed)):
        found.add("tls_missing")
    if kind.login.scheme == "basic" and serves_plain and is_guarding(placed):
        found.add("http_basic_auth")
    if kind.login.scheme == "digest" and is_guarding(placed) and kind.login.algorithms == ("MD5",):
        found.add("http_digest_md5")
    if kind.onvif.refuses == "401" or any(route.setting for route in pages.routes):
        hidden.add("http_digest_md5")
    found |= {finding for route in open_routes(placed) for finding in route.shows}
    found |= {"web_server_obsolete"} if pages.obsolete else set()
    if posture.manner is Manner.HEAD_DIFFERS:
        hidden.add("backup_file_open")
    # Where no plain page is, a description that is named there cannot be read.
    unseen = set() if "web" in services(placed) else {"upnp_info_disclosed"}
    if posture.manner is Manner.XML_BOMB:
        unseen |= {finding for route in pages.routes if "xml" in route.type for finding in route.shows}
    if posture.manner is Manner.REDIRECTS_AWAY:
        unseen |= {finding for route in pages.routes if route.target == "/" for finding in route.shows}
        unseen |= {"tls_missing", "security_headers_missing"}
    if has_web(placed):
        missing, doubtful = _headers(pages)
        found |= missing
        hidden |= doubtful
    if any(protocol == "ssdp" for protocol in kind.udp.values()) and not serves_plain:
        unseen.add("upnp_info_disclosed")  # the description stands behind a certificate that nobody can check
    if kind.drops_rest:
        unseen.add("tls_missing")  # a port that is silent proves nothing
    is_dated = pages.dated and has_web(placed)
    if abs(posture.clock_off_s) > 60 and (is_dated or has_onvif(placed)):
        found.add("clock_skew")
    return found - unseen, hidden | unseen


def _headers(pages: Site) -> tuple[set[str], set[str]]:
    """Return what the headers of a site's pages lack, and what is only partly so."""
    found, hidden = set[str](), set[str]()
    names = {name.lower() for name, _ in pages.headers}
    guards = {"x-frame-options", "content-security-policy", "x-content-type-options", "strict-transport-security"}
    (hidden if names & guards else found).add("security_headers_missing")
    cookies = [value for route in pages.routes for name, value in route.headers if name.lower() == "set-cookie"]
    if any(not all(flag in cookie.lower() for flag in ("httponly", "secure", "samesite")) for cookie in cookies):
        found.add("cookie_flags_missing")
    return found, hidden


def _tls(placed: Placed) -> tuple[set[str], set[str]]:
    if not any(service.endswith("-tls") for service in services(placed)):
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
    stream, rtsp = placed.posture.stream, placed.kind.rtsp
    if "rtsp" not in services(placed):
        return set(), set()
    is_guarded = stream is not Stream.OPEN
    conditions = {
        "rtsp_no_auth": not is_guarded,
        "rtsp_basic_auth": is_guarded and (stream is Stream.BASIC or rtsp.schemes == ("basic",)),
        "rtsp_unencrypted": "rtsp-tls" not in services(placed),
        "rtsp_info_disclosed": rtsp.discloses == "server" or (rtsp.discloses == "realm" and is_guarded),
    }
    hidden = {"rtsp_info_disclosed"} if rtsp.discloses and not is_guarded else set[str]()
    if not _knows_stream(placed):
        hidden |= {"rtsp_no_auth", "rtsp_basic_auth"}
    return {finding for finding, holds in conditions.items() if holds} - hidden, hidden


def _knows_stream(placed: Placed) -> bool:
    """Return whether a stream's path can be known: documented by a maker, or told by ONVIF to anybody."""
    is_misled = placed.posture.manner in (Manner.XML_BOMB, Manner.NAMES_ELSEWHERE)
    is_told = has_onvif(placed) and placed.posture.onvif is not Onvif.GUARDED and not is_misled
    return bool(placed.kind.vendor) or is_told


def _onvif(placed: Placed) -> tuple[set[str], set[str]]:
    posture = placed.posture
    is_web_alone = "onvif" not in services(placed)
    if not has_onvif(placed) or posture.onvif is Onvif.GUARDED:
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
        "vendor_discovery_exposed": "ubiquiti" in protocols,
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
        "ftp_open": posture.ftp is not Ftp.NONE,
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


def found_with_owners_account(placed: Placed) -> tuple[set[str], set[str]]:
    """Return what the owner's account shows of a device, and what it leaves open.

    The services of ONVIF tell of a time server abroad and take a password as text, as far as they want an account.
    """
    told = {route.setting for route in site(placed).routes if route.setting and route.status == 200}
    found, hidden = set[str](), set[str]()
    for setting, (finding, when_on) in _SETTINGS.items():
        if setting not in told:
            hidden.add(finding)
        elif (setting in placed.posture.settings) is when_on:
            found.add(finding)
    if has_onvif(placed):
        found |= _OF_ONVIF if _has_plain_onvif(placed) else {"ntp_not_configured"}
    if not _takes_owner(placed):
        return set(), hidden | found
    unsure = {finding for finding, _ in _SETTINGS.values()} if placed.posture.config_open else set[str]()
    if placed.posture.onvif is Onvif.OPEN:
        unsure |= _OF_ONVIF
    return found - unsure, hidden | (found & unsure)


def _has_plain_onvif(placed: Placed) -> bool:
    return "onvif" in services(placed) or ("web" in services(placed) and placed.posture.web is not Web.REDIRECT)


def _takes_owner(placed: Placed) -> bool:
    """Return whether the owner's account can be tried and its answers read: it is set up, and nothing hinders."""
    posture = placed.posture
    is_set_up = posture.password is not Password.NOT_ACTIVATED and posture.lockout is not Lockout.FEW_LEFT
    return is_set_up and posture.manner not in {*UNREADABLE_WEB, Manner.XML_BOMB}


def keeps_default(placed: Placed) -> bool:
    """Return whether the maker's documented login still opens it."""
    return placed.posture.password is Password.DEFAULT and placed.kind.login.default is not None


def _open_to_a_guess(placed: Placed) -> set[str]:
    """Return all that some guess would show."""
    conditions = {
        "default_credential": keeps_default(placed),
        "ftp_anonymous": placed.posture.ftp is Ftp.ANONYMOUS,
        "snmp_public_community": placed.posture.snmp is Snmp.PUBLIC,
    }
    return {finding for finding, holds in conditions.items() if holds}


def found_by_the_guess(placed: Placed) -> set[str]:
    """Return what the one guessed login shows, as far as it is sure what it goes to: the check's first comes first.

    Where a maker documents a login, whether it is offered anywhere is the assessor's to see, and the others are left
    open. Nothing where nobody may guess.
    """
    posture = placed.posture
    if posture.lockout is Lockout.FEW_LEFT:
        return set()
    if placed.kind.login.default is not None:
        return _found_by_default_login(placed)
    if posture.manner in UNREADABLE_WEB:  # they take the time that is meant for the guess
        return set()
    seen = {"ftp_anonymous"} if posture.ftp is not Ftp.NONE else {"snmp_public_community"}
    return seen & _open_to_a_guess(placed)


def _found_by_default_login(placed: Placed) -> set[str]:
    """Return nothing where no page takes a login, and where pages that anybody may read prove none."""
    login, manner = placed.kind.login, placed.posture.manner
    proves_nothing = placed.posture.config_open
    proves_nothing = proves_nothing or "default_credential" in placed.kind.undecided
    asks = login.scheme != "form" or bool(login.query) or any(route.action for route in site(placed).routes)
    has_page = has_web(placed) and manner not in UNREADABLE_WEB and asks
    has_door = has_page or (has_onvif(placed) and "onvif" in services(placed) and manner is not Manner.XML_BOMB)
    return {"default_credential"} if keeps_default(placed) and not proves_nothing and has_door else set()
