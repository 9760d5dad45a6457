"""What a maker's documents say may be read from its devices, typed; see reference/maker-services.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ancam.reference import reference

ANY_MAKER = ""  # the vendor under which stands what may be asked of any camera


@dataclass(frozen=True, slots=True)
class DocumentedRead:
    """One documented read. path begins with "/" and carries its query.

    method: GET, HEAD, DESCRIBE or POST. scheme_of_auth: "digest", "basic" or empty when none is documented.
    call, body, content_type: of a POST read, named as in post_reads of device-checks; else empty.
    """

    path: str
    method: str
    scheme_of_auth: str = ""
    call: str = ""
    body: bytes = b""
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class OwnerRead:
    """One setting that is read with the owner's account.

    setting: "automatic_update", "p2p", "ddns", "log" or "ip_filter". switches: the fields that say whether it is on, by
    the end of their dotted names. accept: the form of answer to ask for, empty for any. confidence: high, medium, low.
    """

    path: str
    method: str
    scheme_of_auth: str
    setting: str
    switches: tuple[str, ...]
    accept: str
    confidence: str


@dataclass(frozen=True, slots=True)
class DefaultLogin:
    """The one login a maker published for devices as they leave the factory."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MakerServices:
    """The documented reads of one maker's platform, those most worth asking first in each kind."""

    vendor: str
    info: tuple[DocumentedRead, ...] = ()
    config: tuple[DocumentedRead, ...] = ()
    snapshot: tuple[DocumentedRead, ...] = ()
    rtsp: tuple[DocumentedRead, ...] = ()
    stream: tuple[DocumentedRead, ...] = ()
    backup: tuple[DocumentedRead, ...] = ()
    recordings: tuple[DocumentedRead, ...] = ()
    login_state: tuple[DocumentedRead, ...] = ()
    activation: tuple[DocumentedRead, ...] = ()
    owner_reads: tuple[OwnerRead, ...] = ()
    default_login: DefaultLogin | None = None
    confidence: str = "low"


def services_of(vendor: str) -> MakerServices:
    """Return what is documented for a maker; for one that is not in the data, what may be asked of any camera."""
    makers = _makers()
    return makers.get(vendor.casefold(), makers[ANY_MAKER])


@cache
def _makers() -> dict[str, MakerServices]:
    return {item["vendor"].casefold(): _maker(item) for item in reference("maker-services")["makers"]}


def _maker(item: Mapping[str, Any]) -> MakerServices:
    login, services = item["default_login"], dict(item["services"])
    owner_reads = services.pop("owner_reads", ())
    return MakerServices(
        vendor=item["vendor"],
        **{kind: tuple(_read(row) for row in rows) for kind, rows in services.items()},
        owner_reads=tuple(_owner_read(row) for row in owner_reads),
        default_login=DefaultLogin(login["username"], login["password"]) if login else None,
        confidence=item["confidence"],
    )


def _read(row: Mapping[str, str]) -> DocumentedRead:
    return DocumentedRead(**{key: value.encode() if key == "body" else value for key, value in row.items()})  # type: ignore[arg-type]


def _owner_read(row: Mapping[str, Any]) -> OwnerRead:
    return OwnerRead(
        path=row["path"],
        method=row["method"],
        scheme_of_auth=row["scheme_of_auth"],
        setting=row["setting"],
        switches=tuple(row["switches"]),
        accept=row.get("accept", ""),
        confidence=row["confidence"],
    )
