"""Who a device is: signs weighed, cameras told from what is taken for them, the best-graded statements chosen."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import IntEnum

from ancam.engines.probing.detail import Evidence, Grade, Identity
from ancam.engines.probing.facts import Ask, HostFacts, SoapKind
from ancam.engines.probing.identity.brands import brand_evidence, platforms_of_brands
from ancam.engines.probing.identity.clues import Clue, clues_of
from ancam.engines.probing.identity.fingerprints import (
    CAMERAS,
    OTHERS,
    Fingerprint,
    Sign,
    Weight,
    distinct_signs,
    fingerprints,
    signs_in,
)
from ancam.engines.probing.identity.readings import is_recorder_name, readings

EVIDENCE_LIMIT = 60
_MEDIA_CALLS = frozenset({"GetProfiles", "GetStreamUri", "GetSnapshotUri"})
# What speaks of the platform itself; the name in ONVIF may be a brand's.
_OF_PLATFORM = frozenset(
    {"sadp", "dahua", "xm", "tapo", "ubiquiti", "path", "rtsp", "server", "realm", "telnet", "ftp"}
)
# What only a camera says, as against pages, icons, certificates, prefixes and ports that anything may have.
_OF_CAMERAS = _OF_PLATFORM | {"onvif", "ssdp", "mdns", "snmp"}
_SEARCHES = frozenset({"sadp", "dahua", "ubiquiti"})
_ONVIF_FINGERPRINT = "onvif-generic"


class Proof(IntEnum):
    """How well it is proven that a host is a camera. At SOME, what is proven to be another device is that device."""

    NONE = 0
    SOME = 1
    FULL = 2


@dataclass(frozen=True, slots=True)
class _Match:
    sign: Sign
    clue: Clue


@dataclass(slots=True)
class _Standing:
    """What speaks for one maker, or for one kind of other device: sources by weight."""

    matches: list[_Match] = field(default_factory=list)

    def sources(self, weight: Weight) -> set[str]:
        """Return the sources of the signs of at least a weight."""
        return {one.clue.source for one in self.matches if one.sign.weight >= weight}

    @property
    def is_proven(self) -> bool:
        """Whether one strong sign or two of medium weight from different sources were seen."""
        return bool(self.sources(Weight.STRONG)) or len(self.sources(Weight.MEDIUM)) >= 2

    @property
    def rank(self) -> tuple[bool, bool, int, int, int, int]:
        """How well it stands beside others: makers before platforms of many makers, then what is the platform's own."""
        strong = self.sources(Weight.STRONG)
        is_of_one_maker = any(one.sign.fingerprint.kind != "generic" for one in self.matches)
        medium, weak = self.sources(Weight.MEDIUM), self.sources(Weight.WEAK)
        return (self.is_proven, is_of_one_maker, len(strong & _OF_PLATFORM), len(strong), len(medium), len(weak))


def identify(facts: HostFacts) -> Identity:
    """Return who a host is. Pages, icons and open ports alone never make a camera; costs well under 2 ms."""
    if facts.is_trap:
        return _someone("trap", [Evidence("kind", "trap", Grade.D, "port", "open on more ports than any device has")])
    clues = clues_of(facts)
    said = readings(facts, clues)
    matches = _matches(clues, said)
    makers = _standings(matches)
    vendor, standing = makers[0] if makers and makers[0][1].is_proven else ("", _Standing())
    other = _other_device(matches)
    proof = _camera_proof(facts, matches, vendor)
    if proof is Proof.NONE or (other and _outweighs(other, proof, vendor, matches, facts)):
        return _not_a_camera(facts, other, matches, said)
    brands = brand_evidence(facts, vendor, clues, said)
    kind = "recorder" if _is_recorder(standing, said) else "camera"
    platform = _platform(standing, vendor, _best(brands, "brand"), kind)
    grounds = [*_vendor_evidence(makers), *_kind_evidence(kind, matches, said)]
    named = [replace(one, field="platform", value=platform) for one in grounds[:1] if platform]
    evidence = [*grounds, *named, *brands, *said]
    return Identity(
        is_camera=True,
        kind=kind,
        vendor=vendor,
        brand=_best(evidence, "brand"),
        platform=platform,
        model=_best(evidence, "model"),
        firmware=_best(evidence, "firmware"),
        serial=_best(evidence, "serial"),
        mac=_best(evidence, "mac"),
        evidence=_ordered(evidence),
    )


def likely_platforms(facts: HostFacts) -> list[str]:
    """Return the makers a host may be of, the likeliest first, from hints too: whose documented paths are worth asking.

    Empty when nothing speaks for any, or when it is known to be something else than a camera.
    """
    clues = clues_of(facts)
    matches = _matches(clues, readings(facts, clues))
    makers = _standings(matches)
    if facts.is_trap or (_other_device(matches) and not (makers and makers[0][1].sources(Weight.MEDIUM) & _OF_CAMERAS)):
        return []
    return list(dict.fromkeys([name for name, _ in makers] + platforms_of_brands(facts, clues)))


def _standings(matches: Iterable[_Match]) -> list[tuple[str, _Standing]]:
    """Return what speaks for each maker of cameras, the best standing first."""
    found: defaultdict[str, _Standing] = defaultdict(_Standing)
    for one in matches:
        if one.sign.fingerprint.kind in CAMERAS and one.sign.fingerprint.vendor:
            found[one.sign.fingerprint.vendor].matches.append(one)
    return sorted(found.items(), key=lambda pair: pair[1].rank, reverse=True)


def _matches(clues: list[Clue], said: Iterable[Evidence]) -> list[_Match]:
    """Return the signs that the clues bear, and those of the hardware addresses that the device named."""
    addresses = sorted({one.value for one in said if one.field == "mac"})
    prefixes = [Clue("oui", address, Grade.D) for address in addresses]
    return [_Match(sign, clue) for clue in (*clues, *prefixes) for sign in signs_in(clue.type, clue.text)]


def _other_device(matches: Iterable[_Match]) -> Fingerprint | None:
    """Return the proven other device; of several, the one that is taken for a camera most easily."""
    found: defaultdict[Fingerprint, _Standing] = defaultdict(_Standing)
    for one in matches:
        if one.sign.fingerprint.kind in OTHERS:
            found[one.sign.fingerprint].matches.append(one)
    proven = [fingerprint for fingerprint, standing in found.items() if standing.is_proven]
    return min(proven, key=lambda one: OTHERS.index(one.kind), default=None)


def _camera_proof(facts: HostFacts, matches: list[_Match], vendor: str) -> Proof:
    """Return how well it is proven that a host is a camera; `vendor` is the proven maker, or empty."""
    of_vendor = [one for one in matches if vendor and one.sign.fingerprint.vendor == vendor and _speaks_of_camera(one)]
    is_strong = any(one.sign.weight is Weight.STRONG for one in of_vendor)
    if is_strong or _names_onvif_video(matches) or _is_onvif_video(facts):
        return Proof.FULL
    streams = any(answer.status for answer in facts.rtsp) and not _streams_as_software(matches)
    by_vendor = vendor and (streams or any(one.sign.weight is Weight.MEDIUM for one in of_vendor))
    by_hints = streams and any(
        standing.sources(Weight.MEDIUM) and len(standing.sources(Weight.WEAK)) >= 2
        for _, standing in _standings(matches)
    )
    return Proof.SOME if by_vendor or by_hints else Proof.NONE


def _outweighs(other: Fingerprint, proof: Proof, vendor: str, matches: list[_Match], facts: HostFacts) -> bool:
    """Return whether a host is the other device that it is proven to be, although it may look like a camera."""
    if proof is Proof.SOME:
        return other.kind != "media-server"  # cameras stream with the same software
    # A maker's switches answer its search as its cameras do, and have no stream.
    is_by_search = any(one.sign.fingerprint is other and one.clue.type in _SEARCHES for one in matches)
    return other.vendor == vendor and is_by_search and not facts.rtsp and not _names_onvif_video(matches)


def _names_onvif_video(matches: Iterable[_Match]) -> bool:
    return any(one.sign.fingerprint.id == _ONVIF_FINGERPRINT and one.sign.weight is Weight.STRONG for one in matches)


def _speaks_of_camera(match: _Match) -> bool:
    return match.sign.fingerprint.kind in CAMERAS and match.clue.source in _OF_CAMERAS


def _streams_as_software(matches: Iterable[_Match]) -> bool:
    return any(one.sign.fingerprint.kind == "media-server" and one.clue.source in ("rtsp", "server") for one in matches)


def _is_onvif_video(facts: HostFacts) -> bool:
    """Return whether the device service answered in SOAP, and a media service or RTSP is there too."""
    responses = [one for one in facts.onvif if one.kind is SoapKind.RESPONSE]
    has_media = any(one.call in _MEDIA_CALLS or one.values.get("media.xaddr") for one in responses)
    return bool(responses) and (has_media or any(answer.status for answer in facts.rtsp))


def _is_recorder(standing: _Standing, said: Iterable[Evidence]) -> bool:
    signs = [one.sign for one in standing.matches if one.sign.weight >= Weight.MEDIUM]
    by_sign = any(sign in distinct_signs() for sign in signs)
    return by_sign or any(one.field == "kind" or (one.field == "model" and is_recorder_name(one.value)) for one in said)


def _platform(standing: _Standing, vendor: str, brand: str, kind: str) -> str:
    """Return the id of the fingerprint that holds: the brand's own, else the maker's for this kind."""
    of_maker = [one for one in fingerprints() if one.vendor == vendor and one.kind in CAMERAS]
    if not vendor:
        return _ONVIF_FINGERPRINT
    counts: defaultdict[str, int] = defaultdict(int)
    for match in standing.matches:
        counts[match.sign.fingerprint.id] += int(match.sign.weight) if _is_own(match.sign.fingerprint) else 0
    best = max(of_maker, key=lambda one: (one.kind == kind, counts[one.id]))
    return next((one.id for one in of_maker if brand and brand in one.brands), best.id)


def _is_own(fingerprint: Fingerprint) -> bool:
    """Return whether a fingerprint is the maker's own rather than one of brands on its platform."""
    return not fingerprint.brands or fingerprint.vendor in fingerprint.brands


def _vendor_evidence(makers: list[tuple[str, _Standing]]) -> list[Evidence]:
    """Return what was seen of the likeliest maker, proven or not, what says most first."""
    found: dict[str, Evidence] = {}
    for name, standing in makers[:1]:
        for one in sorted(standing.matches, key=lambda match: (-match.sign.weight, match.clue.grade)):
            clue = one.clue
            found.setdefault(clue.excerpt, Evidence("vendor", name, clue.grade, clue.origin, clue.excerpt))
    return list(found.values())[:12]


def _kind_evidence(kind: str, matches: Iterable[_Match], said: Iterable[Evidence]) -> list[Evidence]:
    if any(one.field == "kind" for one in said):
        return []
    clues = [one.clue for one in matches if one.sign.weight is Weight.STRONG and _speaks_of_camera(one)]
    return [Evidence("kind", kind, clue.grade, clue.origin, clue.excerpt) for clue in clues[:1]]


def _not_a_camera(
    facts: HostFacts, other: Fingerprint | None, matches: list[_Match], said: Iterable[Evidence]
) -> Identity:
    """Return what else a host is; what pages and banners claim of models is not kept."""
    evidence = [one for one in said if one.grade <= Grade.B and one.field in ("model", "firmware", "serial", "mac")]
    if other is None:
        return _someone("web" if _serves_pages(facts) else "unknown", evidence)
    clue = next(one.clue for one in matches if one.sign.fingerprint == other)
    evidence.append(Evidence("kind", other.kind, clue.grade, clue.origin, clue.excerpt))
    return _someone(other.kind, evidence, other.vendor)


def _serves_pages(facts: HostFacts) -> bool:
    return any(200 <= one.status < 400 for one in facts.answers(Ask.HOME))


def _someone(kind: str, evidence: list[Evidence], vendor: str = "") -> Identity:
    model, firmware, serial, mac = (_best(evidence, name) for name in ("model", "firmware", "serial", "mac"))
    return Identity(False, kind, vendor, "", "", model, firmware, serial, mac, _ordered(evidence))


def _best(evidence: Iterable[Evidence], name: str) -> str:
    """Return the value of a field: of the best grade, then told by most sources, then told first.

    A version with its build is told by those too who leave the build out.
    """
    found = [one for one in evidence if one.field == name]
    grade = min((one.grade for one in found), default=None)
    told = list(dict.fromkeys(one.value for one in found if one.grade == grade))
    fullest = [value for value in told if not any(_extends(longer, value) for longer in told)]
    return max(fullest, key=lambda value: _tellers(found, value), default="")


def _tellers(found: Iterable[Evidence], value: str) -> int:
    return len({one.origin for one in found if one.value == value or _extends(value, one.value)})


def _extends(version: str, shorter: str) -> bool:
    return version.startswith((f"{shorter} build ", f"{shorter}, Build Date "))


def _ordered(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    unique = dict.fromkeys(evidence)
    return tuple(sorted(unique, key=lambda one: one.grade)[:EVIDENCE_LIMIT])
