"""How a device was set up by whoever installed it: each field changes what is true of it."""

from dataclasses import dataclass
from enum import StrEnum


class Password(StrEnum):
    """The state of the administrator's password."""

    SET = "set"
    DEFAULT = "default"  # the maker's documented default still opens it
    NOT_ACTIVATED = "not-activated"  # nobody has set one yet, nothing logs in


class Lockout(StrEnum):
    """What happens to wrong logins."""

    NONE = "none"
    AFTER_FIVE = "after-five"  # 30 minutes, for the owner too
    FEW_LEFT = "few-left"  # as AFTER_FIVE, with one attempt left already


class Stream(StrEnum):
    """Who may see the RTSP stream."""

    DIGEST = "digest"
    BASIC = "basic"
    OPEN = "open"
    WRONG_PATH_OPEN = "wrong-path-open"  # 200 for paths that no stream has; the documented one asks for a login


class Onvif(StrEnum):
    """Who may ask ONVIF's protected calls."""

    GUARDED = "guarded"
    OPEN = "open"
    MEDIA_OPEN = "media-open"  # profiles and stream addresses alone


class Web(StrEnum):
    """How the web pages are reached."""

    HTTP = "http"
    HTTPS = "https"
    REDIRECT = "redirect"  # HTTP answers with a redirect to HTTPS, whatever is asked
    BOTH = "both"


class Tls(StrEnum):
    """Which versions and ciphers TLS accepts."""

    MODERN = "modern"  # 1.2 and 1.3
    TOLERANT = "tolerant"  # 1.0 to 1.2
    LEGACY = "legacy"  # 1.0 and 1.1
    WEAK_CIPHER = "weak-cipher"  # 1.2, suites without encryption too
    NO_FORWARD_SECRECY = "no-forward-secrecy"  # 1.2, RSA key transport alone


class Proof(StrEnum):
    """What certificate TLS shows."""

    LAB_CA = "lab-ca"
    SELF_SIGNED = "self-signed"
    EXPIRED = "expired"
    NOT_YET = "not-yet"
    WEAK_RSA = "weak-rsa"  # RSA of 1,024 bits
    SHA1 = "sha1"
    SHARED_KEY = "shared-key"  # the same key on every device of the kind
    DEFAULT_NAME = "default-name"


class Ssh(StrEnum):
    """What SSH there is."""

    NONE = "none"
    OWN_KEY = "own-key"
    SHARED_KEY = "shared-key"
    WEAK = "weak"


class Telnet(StrEnum):
    """What telnet there is."""

    NONE = "none"
    LOGIN = "login"
    SHELL = "shell"  # a prompt without a login


class Ftp(StrEnum):
    """What FTP there is."""

    NONE = "none"
    LOGIN = "login"
    ANONYMOUS = "anonymous"  # whoever says "anonymous" is let in, with any password


class Snmp(StrEnum):
    """Who may read by SNMP v2c."""

    NONE = "none"
    OWN_COMMUNITY = "own-community"  # silent to everybody else
    PUBLIC = "public"


class Manner(StrEnum):
    """How the device behaves on the wire, beyond what it says."""

    PLAIN = "plain"
    HEAD_DIFFERS = "head-differs"  # HEAD is refused where GET is answered, and answered where GET is refused
    REDIRECTS_AWAY = "redirects-away"  # the first page leads to another host
    NAMES_ELSEWHERE = "names-elsewhere"  # service, stream and picture addresses of other hosts
    HUGE_HEAD = "huge-head"  # 10 MB of header lines on every page
    ENDLESS = "endless"  # a page that never ends
    XML_BOMB = "xml-bomb"  # every XML answer carries nested entities
    DRIBBLE = "dribble"  # one byte every 3 s on every page
    ONE_REQUEST = "one-request"  # closes after the first request of a connection
    FRAGILE = "fragile"  # hangs for good above 6 connections at once
    MUTE = "mute"  # accepts and never says a word
    RESETS = "resets"  # accepts and resets


# Manners under which nothing that stands on a web page can be learnt within anyone's patience.
UNREADABLE_WEB = {Manner.HUGE_HEAD, Manner.ENDLESS, Manner.DRIBBLE, Manner.MUTE, Manner.RESETS}


# What only an account reads: of each, whether it is on.
SETTINGS = ("p2p", "ddns", "log", "ip_filter")


@dataclass(frozen=True, slots=True)
class Posture:
    """One device's set-up.

    clock_off_s: how far its clock is ahead, in seconds (below zero: behind). settings: those of SETTINGS that are on.
    """

    password: Password = Password.SET
    lockout: Lockout = Lockout.NONE
    stream: Stream = Stream.DIGEST
    onvif: Onvif = Onvif.GUARDED
    web: Web = Web.HTTP
    tls: Tls = Tls.MODERN
    proof: Proof = Proof.SELF_SIGNED
    ssh: Ssh = Ssh.NONE
    telnet: Telnet = Telnet.NONE
    ftp: Ftp = Ftp.NONE
    snmp: Snmp = Snmp.NONE
    snapshot_open: bool = False
    mjpeg_open: bool = False
    config_open: bool = False
    backup_open: bool = False
    recordings_open: bool = False
    old_firmware: bool = False
    clock_off_s: int = 0
    settings: tuple[str, ...] = ()
    manner: Manner = Manner.PLAIN
