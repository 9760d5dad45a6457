"""What a device was asked and what it answered, as values: the ground on which it is identified and judged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class PortState(StrEnum):
    """What a TCP port did. Silence is no answer and never a sign of safety."""

    OPEN = "open"
    CLOSED = "closed"
    SILENT = "silent"


class Ask(StrEnum):
    """Why a request was sent; answers are judged by what was asked, never by a path they may name."""

    HOME = "home"  # the first page, and where it leads on the same host
    INFO = "info"  # the maker's documented information path, without credentials
    CONFIG = "config"  # the maker's documented configuration path, without credentials
    BACKUP = "backup"  # HEAD of a documented backup or log name
    SNAPSHOT = "snapshot"  # a documented snapshot path: HEAD, or at most 16 bytes
    STREAM = "stream"  # a documented stream path; RTSP DESCRIBE or HTTP headers
    NO_SUCH_PATH = "no-such-path"  # a path no device has, to see how it refuses
    RECORDINGS = "recordings"  # a documented index of recordings
    LISTING = "listing"  # a folder that might list its files
    LOGIN_STATE = "login-state"  # the login's challenge or limits; no login is sent
    ACTIVATION = "activation"  # whether the device has been activated
    DESCRIPTION = "description"  # the UPnP description
    SCRIPT = "script"  # a script or style sheet the first page links to
    FAVICON = "favicon"
    OPTIONS = "options"  # RTSP OPTIONS
    OWNER_READ = "owner-read"  # the same kinds of reads with the owner's account
    SETTING = "setting"  # a documented setting, asked without credentials for its challenge
    OWNER_SETTING = "owner-setting"  # the same setting with the owner's account
    LOGIN = "login"  # the one guessed login


class Headed:
    """An answer with headers: (name in small letters, value) in the order they came."""

    __slots__ = ()
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str:
        """Return the first value of a header, empty when there is none."""
        return next((value for key, value in self.headers if key == name), "")

    def every(self, name: str) -> list[str]:
        """Return all values of a header."""
        return [value for key, value in self.headers if key == name]


@dataclass(frozen=True, slots=True)
class HttpAnswer(Headed):
    """One answer over HTTP or HTTPS.

    body: at most what the ask needs: for a snapshot at most 16 bytes, of a setting nothing, since passwords may stand
    beside it. is_cut: the device had more to say than was read.
    """

    ask: Ask
    port: int
    is_tls: bool
    method: str
    path: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class RtspAnswer(Headed):
    """One answer over RTSP. `status` 0: the connection ended without a status line."""

    ask: Ask
    port: int
    is_tls: bool
    method: str
    path: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


class SoapKind(StrEnum):
    """What came back for an ONVIF call."""

    RESPONSE = "response"  # the call's own response
    NOT_AUTHORISED = "not-authorised"  # 401, or a fault that says so
    FAULT = "fault"
    OTHER = "other"  # not SOAP, or broken


@dataclass(frozen=True, slots=True)
class OnvifAnswer:
    """One answer to an ONVIF call. `values`: local names of leaf elements → text, the first of each name.

    password_as_text: the owner's password was sent as it is (PasswordText), to see whether the device takes it so.
    """

    port: int
    is_tls: bool
    path: str
    call: str
    status: int
    kind: SoapKind
    values: Mapping[str, str] = field(default_factory=dict)
    with_credentials: bool = False
    password_as_text: bool = False


@dataclass(frozen=True, slots=True)
class Certificate:
    """What an X.509 certificate says. Names are RFC 4514 strings; `key_bits` 0 when the key is of a fixed size."""

    subject: str
    issuer: str
    common_name: str
    alternative_names: tuple[str, ...]
    not_before: datetime
    not_after: datetime
    key_type: str  # "rsa", "ec", "ed25519", "dsa", "other"
    key_bits: int
    signature_hash: str  # "sha256", "md5", …; empty when the scheme has none of its own
    is_self_signed: bool
    sha256: str  # of the whole certificate
    key_sha256: str  # of its public key (SubjectPublicKeyInfo)


@dataclass(frozen=True, slots=True)
class TlsFacts:
    """What was seen of TLS on one port. None: it could not be found out.

    highest: "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3". accepts_legacy: below 1.2 is accepted too.
    """

    port: int
    highest: str
    cipher: str
    certificate: Certificate | None
    accepts_legacy: bool | None = None
    accepts_weak_cipher: bool | None = None
    has_forward_secrecy: bool | None = None


@dataclass(frozen=True, slots=True)
class SshFacts:
    """An SSH server's identification and offers; host_key_sha256 empty when it was not learnt."""

    port: int
    version: str
    key_exchanges: tuple[str, ...] = ()
    host_key_types: tuple[str, ...] = ()
    ciphers: tuple[str, ...] = ()
    host_key_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Banner:
    """What a port said first, without being asked anything. `service`: "telnet", "ftp", "adb" or "unknown"."""

    port: int
    service: str
    text: str


@dataclass(frozen=True, slots=True)
class DiscoveryAnswer:
    """What a device said of itself to one discovery datagram.

    protocol: "ws-discovery", "sadp", "dahua", "xm", "ssdp", "mdns", "ubiquiti", "tapo". `values` hold the protocol's
    own field names in small letters; several of one name are joined with a line feed. source: what sent the answer,
    which is always the address that was asked.
    """

    protocol: str
    port: int
    values: Mapping[str, str]

    def value(self, name: str) -> str:
        """Return a field, empty when it was not said."""
        return self.values.get(name, "")


class LoginResult(StrEnum):
    """How a login ended."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    LOCKED = "locked"
    FEW_LEFT = "few-left"  # not sent: the device says that few attempts remain
    ALREADY_SPENT = "already-spent"  # not sent: the one guessed login of this device was used before
    PUBLIC_ADDRESS = "public-address"  # not sent: never on a public address
    UNANSWERED = "unanswered"
    NOT_OFFERED = "not-offered"  # not sent: nothing asked for an account


@dataclass(frozen=True, slots=True)
class LoginAttempt:
    """The guessed login, or one with the owner's account; never the password itself."""

    check: str
    is_guess: bool
    result: LoginResult
    username: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class SettingAnswer:
    """What became of one documented setting that was asked for with the owner's account.

    setting, confidence: as the reference data has them. switches: each field that says whether it is on; empty when the
    answer said nothing of it, or was none. What else the answer held is not kept.
    """

    setting: str
    path: str
    status: int
    switches: tuple[bool, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What a device's clock said beside ours: `offset_s` above zero when the device is ahead."""

    source: str  # "onvif", "http"
    offset_s: float
    uncertainty_s: float


@dataclass(slots=True)
class HostFacts:
    """Everything that was seen of one address in one run; filled as answers come."""

    ip: str
    tcp: dict[int, PortState] = field(default_factory=dict)
    discovered: list[DiscoveryAnswer] = field(default_factory=list)
    http: list[HttpAnswer] = field(default_factory=list)
    rtsp: list[RtspAnswer] = field(default_factory=list)
    onvif: list[OnvifAnswer] = field(default_factory=list)
    tls: list[TlsFacts] = field(default_factory=list)
    ssh: list[SshFacts] = field(default_factory=list)
    banners: list[Banner] = field(default_factory=list)
    logins: list[LoginAttempt] = field(default_factory=list)
    settings: list[SettingAnswer] = field(default_factory=list)
    clocks: list[ClockReading] = field(default_factory=list)
    answered_in_s: float | None = None  # the quickest answer to the first look
    is_trap: bool = False  # open on more ports than any device has
    cut_short: str = ""  # why the look ended before everything was asked; empty when it did not
    unasked: dict[str, str] = field(default_factory=dict)  # check id → why it could not be carried out

    @property
    def open_ports(self) -> list[int]:
        """The open TCP ports, ascending."""
        return sorted(port for port, state in self.tcp.items() if state is PortState.OPEN)

    @property
    def answered_udp(self) -> list[int]:
        """The UDP ports that answered, ascending."""
        return sorted({answer.port for answer in self.discovered})

    def answers(self, ask: Ask) -> Iterator[HttpAnswer]:
        """Yield the HTTP answers to one kind of question."""
        return (answer for answer in self.http if answer.ask is ask)
