"""The file that says what may be assessed, read into values: ancam/authorization/1."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any

from ancam.engines.probing.errors import FieldMissing, FieldRefused
from ancam.engines.probing.permission.addresses import Network
from ancam.engines.probing.permission.ceilings import Limits
from ancam.engines.probing.permission.fields import Fields
from ancam.engines.probing.permission.strict_yaml import read_strictly

SCHEMA = "ancam/authorization/1"
NAME = "văn bản cho phép"
SIDES = ("owner", "assessor")
MODES = ("discovery", "readonly", "owner_credential", "default_credential", "passive")
MOST_RANGES = 65_536
MOST_WINDOWS = 24
MOST_SIGNATURES = 8
_BEYOND_ANY_LIMIT = 1_000_000_000
_TOP = (
    "schema",
    "document",
    "owner",
    "assessor",
    "valid",
    "allow",
    "deny",
    "checks",
    "credentials",
    "limits",
    "signatures",
)
_LIMITS = ("connections_per_s", "per_host_connections", "per_host_per_s", "per_host_bytes", "per_host_s")
_WINDOW = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))")
# A file must not be able to send any other secret of the environment to a device.
_PASSWORD_VARIABLE = re.compile(r"ANCAM_OWNER_[A-Z0-9_]{1,60}")

Window = tuple[time, time]


@dataclass(frozen=True, slots=True)
class Document:
    """The paper that permits it. Texts may be empty in a file that nobody signs."""

    number: str
    issued_on: date | None
    issuer: str
    signer: str
    signer_role: str


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose network it is."""

    unit: str
    systems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessor:
    """Who assesses; `contact` stands in every User-Agent, so that a device's keeper knows whom to call."""

    unit: str
    person: str
    contact: str


@dataclass(frozen=True, slots=True)
class OwnerAccount:
    """The account that the owner lends; the password is in the named variable of the environment, never in the file."""

    username: str
    password_env: str


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: the id of its key, for which side, and the value in base64."""

    key: str
    by: str
    value: str


@dataclass(frozen=True, slots=True)
class Authorisation:
    """What the file says, before anybody asked whether it holds.

    valid_from, valid_to: aware, in UTC; the end itself is no longer valid. daily: from and to in Asia/Ho_Chi_Minh, the
    same minute twice for the whole day; empty when every hour is allowed. modes: of `reference/device-checks.yaml`.
    signed: the bytes that signatures cover. digest: their SHA-256.
    """

    document: Document
    owner: Owner
    assessor: Assessor
    valid_from: datetime
    valid_to: datetime
    daily: tuple[Window, ...]
    allow: tuple[Network, ...]
    deny: tuple[Network, ...]
    modes: frozenset[str]
    owner_account: OwnerAccount | None
    limits: Limits
    signatures: tuple[Signature, ...]
    signed: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of what is signed, in hexadecimal: the name of this authorisation in records."""
        return sha256(self.signed).hexdigest()

    def require_complete(self) -> None:
        """Raise `FieldMissing` for the first field that a file must fill in before anybody may sign it."""
        for path, value in (
            ("document.number", self.document.number),
            ("document.issued_on", self.document.issued_on),
            ("document.issuer", self.document.issuer),
            ("document.signer", self.document.signer),
            ("document.signer_role", self.document.signer_role),
            ("owner.unit", self.owner.unit),
            ("assessor.unit", self.assessor.unit),
            ("assessor.person", self.assessor.person),
            ("assessor.contact", self.assessor.contact),
        ):
            if not (value.strip() if isinstance(value, str) else value):
                raise FieldMissing(name=NAME, field=path)


def read_authorisation(data: bytes) -> Authorisation:
    """Return what an authorisation says. Raises `DocumentRefused`, which names the line or the field."""
    content = read_strictly(data, NAME)
    top = Fields(content, NAME, "", _TOP)
    if (schema := top.required("schema")) != SCHEMA:
        raise top.refused("schema", schema, SCHEMA)
    valid = top.section("valid", ("from", "to", "daily"))
    valid_from, valid_to = valid.instant("from"), valid.instant("to")
    if valid_from >= valid_to:
        raise valid.refused("to", content["valid"]["to"], "thời điểm sau valid.from")
    top.required("allow")
    return Authorisation(
        document=_document(top),
        owner=_owner(top),
        assessor=_assessor(top),
        valid_from=valid_from,
        valid_to=valid_to,
        daily=tuple(_window(valid, said) for said in valid.texts("daily", most=MOST_WINDOWS)),
        allow=top.networks("allow", most=MOST_RANGES),
        deny=top.networks("deny", most=MOST_RANGES),
        modes=_modes(top),
        owner_account=_owner_account(top),
        limits=_limits(top),
        signatures=_signatures(top),
        signed=signed_bytes(content),
    )


def signed_bytes(content: Mapping[str, Any]) -> bytes:
    """Return what signatures cover: the content without `signatures` as JSON in UTF-8, keys sorted, no spaces.

    Dates and times are the text that stands in the file, as `read_strictly` leaves them.
    """
    rest = {name: value for name, value in content.items() if name != "signatures"}
    return json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _document(top: Fields) -> Document:
    paper = top.section("document", ("number", "issued_on", "issuer", "signer", "signer_role"))
    return Document(
        number=paper.text("number"),
        issued_on=paper.day("issued_on"),
        issuer=paper.text("issuer"),
        signer=paper.text("signer"),
        signer_role=paper.text("signer_role"),
    )


def _owner(top: Fields) -> Owner:
    owner = top.section("owner", ("unit", "systems"))
    return Owner(unit=owner.text("unit"), systems=tuple(owner.texts("systems", most=100)))


def _assessor(top: Fields) -> Assessor:
    assessor = top.section("assessor", ("unit", "person", "contact"))
    return Assessor(assessor.text("unit"), assessor.text("person"), assessor.text("contact"))


def _window(valid: Fields, said: str) -> Window:
    found = _WINDOW.fullmatch(said)
    parts = [part for part in found.groups() if part] if found else []
    start, end = parts[:2], parts[2:]
    if not found or start == end:
        raise valid.refused("daily", said, "khung giờ như 08:00-17:30 hoặc 22:00-05:00")
    return time(int(start[0]), int(start[1])), time(int(end[0]) % 24, int(end[1]))


def _modes(top: Fields) -> frozenset[str]:
    top.required("checks")
    modes = top.texts("checks", most=len(MODES))
    for mode in modes:
        if mode not in MODES:
            raise top.refused("checks", mode, ", ".join(MODES))
    return frozenset(modes)


def _owner_account(top: Fields) -> OwnerAccount | None:
    credentials = top.section("credentials", ("owner",))
    if not credentials.has("owner"):
        return None
    owner = credentials.section("owner", ("username", "password_env"))
    variable = owner.needed_text("password_env")
    if not _PASSWORD_VARIABLE.fullmatch(variable):
        accepted = "tên biến môi trường mở đầu bằng ANCAM_OWNER_, ví dụ ANCAM_OWNER_PASSWORD"
        raise owner.refused("password_env", variable, accepted)
    return OwnerAccount(owner.needed_text("username"), variable)


def _limits(top: Fields) -> Limits:
    limits = top.section("limits", _LIMITS)
    usual = Limits()
    return Limits(**{name: limits.whole_number(name, getattr(usual, name), most=_BEYOND_ANY_LIMIT) for name in _LIMITS})


def _signatures(top: Fields) -> tuple[Signature, ...]:
    found = []
    for entry in top.sections("signatures", ("key", "by", "value"), most=MOST_SIGNATURES):
        by = entry.needed_text("by")
        if by not in SIDES:
            raise entry.refused("by", by, ", ".join(SIDES))
        found.append(Signature(entry.needed_text("key"), by, entry.needed_text("value")))
    keys = [signature.key for signature in found]
    if len(set(keys)) < len(keys):
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise FieldRefused(
            name=NAME, field="signatures", found=f"khóa {repeated} ghi hai lần", accepted="hai khóa khác nhau"
        )
    return tuple(found)
