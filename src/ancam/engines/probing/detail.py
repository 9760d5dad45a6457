"""What is said of a device: who it is, on what evidence, and what is wrong with it."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How far a statement about a device can be relied on."""

    A = "A"  # read with the owner's account
    B = "B"  # a documented answer of the device: ONVIF, an information call, a discovery reply
    C = "C"  # a banner, a realm, a title, an icon
    D = "D"  # a port, a prefix of the hardware address, a name


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement about a device: `field` is one of vendor, platform, brand, model, firmware, serial, mac, kind."""

    field: str
    value: str
    grade: Grade
    origin: str  # "sadp", "onvif", "isapi", "http", "rtsp", "tls", "oui", "port", … (`from` in the contract)
    excerpt: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a device is, as far as its answers prove; empty where they do not.

    vendor: who makes the platform, whose name reference data uses ("Hikvision"). brand: what is on the box, when the
    device says so and it differs. platform: id of the fingerprint that holds. kind: camera, recorder, printer, router,
    nas, phone, computer, media-server, web, trap or unknown. Cameras and recorders count as cameras.
    """

    is_camera: bool
    kind: str
    vendor: str
    brand: str
    platform: str
    model: str
    firmware: str
    serial: str
    mac: str
    evidence: tuple[Evidence, ...]

    def grade_of(self, field: str) -> Grade | None:
        """Return the best grade of what was said of a field, None when nothing was."""
        return min((one.grade for one in self.evidence if one.field == field), default=None)


class Verdict(StrEnum):
    """The three answers of a check."""

    FAIL = "fail"
    SUPPORTS_PASS = "supports_pass"  # noqa: S105 - a verdict, not a password
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True, slots=True)
class Detail:
    """One check's answer about one device.

    finding: its id when the condition the check looks for was seen, else empty (a check that supports a pass).
    evidence: what was seen, one line, without secrets. layer: "product", or "deployment" for how it is used.
    """

    check: str
    finding: str
    verdict: Verdict
    evidence: str
    confidence: float
    layer: str
    severity: str = ""
    requirements: tuple[str, ...] = ()
    advisories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """What one published advisory says of a device at its version.

    verdict: `fail` when the maker's own advisory names this build, `inconclusive` when the version lies in a range,
    `supports_pass` when it lies outside. confidence: from 0 to 1.
    """

    id: str
    verdict: Verdict
    confidence: float
    source: str


@dataclass(frozen=True, slots=True)
class NotAssessable:
    """A check that gave no answer, and why: a short word such as "silent", "locked", "not-authorised"."""

    check: str
    why: str
