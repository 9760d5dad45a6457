"""The name on the box, as the device tells it: it may be another than the platform's maker."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ancam.engines.probing.detail import Evidence, Grade
from ancam.engines.probing.facts import HostFacts
from ancam.engines.probing.identity.clues import EXCERPT_LIMIT, Clue
from ancam.engines.probing.identity.fingerprints import CAMERAS, fingerprints
from ancam.engines.probing.wire.text import clean
from ancam.reference import reference

# What makers write where a name belongs when the device is sold without one.
_NO_NAME = re.compile(
    "onvif(?:camera)?|h26[45]|ipc|ip(?:nc|cam|camera|cmodel|cbo)|[ndx]vr|nvt|general|private|oem|default|manufacturer|"
    "none|na|null|unknown|test|vendor|company|device|(?:network|web)?cam(?:era)?|hisilicon|hipcam|videoserver|"
    "networkvideotransmitter"
)
_NAME_IN_SCOPE = "onvif://www.onvif.org/name/"


@dataclass(frozen=True, slots=True)
class Brand:
    """A known brand. platforms: the makers whose platforms it uses, its own included; models: how its models begin."""

    name: str
    platforms: tuple[str, ...]
    models: tuple[str, ...]


def brand_evidence(facts: HostFacts, vendor: str, clues: list[Clue], readings: Iterable[Evidence]) -> list[Evidence]:
    """Return what says which brand a device bears; a name that is the platform maker's own is none.

    vendor: the platform's maker, empty when it is not proven.
    """
    found: dict[tuple[str, str], Evidence] = {}
    for name, grade, origin, excerpt in _named(facts, vendor, clues, readings):
        if vendor and _is_own_name(name, vendor):
            continue
        found.setdefault((name, origin), Evidence("brand", name, grade, origin, clean(excerpt, EXCERPT_LIMIT)))
    return list(found.values())


def platforms_of_brands(facts: HostFacts, clues: list[Clue]) -> list[str]:
    """Return the makers whose platforms the brands named by a device use, those met most often first."""
    names = {one.value for one in brand_evidence(facts, "", clues, ())}
    return list(dict.fromkeys(vendor for brand in _brands() if brand.name in names for vendor in brand.platforms))


def _is_own_name(name: str, vendor: str) -> bool:
    own = {brand for one in fingerprints() if vendor in one.brands and one.vendor == vendor for brand in one.brands}
    return name in own or _folded(vendor) in _folded(name) or _folded(name) in _folded(vendor)


def _folded(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


_Named = tuple[str, Grade, str, str]


def _named(facts: HostFacts, vendor: str, clues: list[Clue], readings: Iterable[Evidence]) -> Iterator[_Named]:
    for clue in clues:
        if clue.type == "onvif_manufacturer":
            yield from _stated(clue.text, clue.grade, "onvif", clue.excerpt)
        elif clue.type == "onvif_scope" and clue.text.startswith(_NAME_IN_SCOPE):
            yield from _known(clue.text.removeprefix(_NAME_IN_SCOPE), vendor, clue)
        elif clue.type in ("http_title", "http_realm", "rtsp_realm", "mdns", "ssdp_manufacturer"):
            yield from _known(clue.text, vendor, clue)
        elif clue.type == "tls_name":
            for part in re.split(r",?\b(?:CN|O|OU)=", clue.text):
                yield from _known(part, vendor, clue)
    for answer in facts.discovered:
        if answer.protocol == "xm":
            name = answer.value("hostname")
            yield from _known(name, vendor, Clue("xm", f"hostname: {name}", Grade.B))
        elif answer.protocol in ("dahua", "sadp"):
            for name in ("vendor", "manufacturer", "oeminfo"):
                text = answer.value(name)
                yield from _stated(text, Grade.B, answer.protocol, f"{name}: {text}")
    for one in readings:
        if one.field == "model" and vendor:
            yield from _by_model(one, vendor)


def _stated(text: str, grade: Grade, origin: str, excerpt: str) -> Iterator[_Named]:
    """Yield the name that stands where a maker's name belongs: a known brand's spelling, else the words as they are."""
    name = clean(text, 40)
    if re.match(r"[^\W\d_]{2}", name) and not _NO_NAME.fullmatch(_folded(name)):
        ends = [name, name.partition(" ")[2]]  # "TP-Link VIGI": the house, then the brand
        known = [brand.name for end in ends for brand in _beginning(end)]
        yield from ((one, grade, origin, excerpt) for one in known or ends[:1])


def _known(text: str, vendor: str, clue: Clue) -> Iterator[_Named]:
    """Yield a brand that a text begins with, when it is known to use the proven maker's platform."""
    for brand in _beginning(text):
        if not vendor or vendor in brand.platforms:
            yield brand.name, clue.grade, clue.origin, clue.excerpt


def _by_model(model: Evidence, vendor: str) -> Iterator[_Named]:
    for brand in _brands():
        if vendor in brand.platforms and brand.models and model.value.upper().startswith(brand.models):
            yield brand.name, model.grade, model.origin, model.excerpt


def _beginning(text: str) -> list[Brand]:
    """Return the brands with whose name, as whole words, a text begins."""
    pattern, named = _names()
    found = pattern.match(text)
    return named[found[1].casefold()] if found else []


@cache
def _names() -> tuple[re.Pattern[str], dict[str, list[Brand]]]:
    named: dict[str, list[Brand]] = {}
    for brand in _brands():
        named.setdefault(brand.name.casefold(), []).append(brand)
    longest_first = sorted(named, key=len, reverse=True)
    return re.compile(rf"\s*({'|'.join(map(re.escape, longest_first))})(?![^\W_])", re.IGNORECASE), named


@cache
def _brands() -> tuple[Brand, ...]:
    written = [
        Brand(item["brand"], tuple(item["platforms"]), tuple(model.upper() for model in item["models"]))
        for item in reference("maker-services")["brands"]
    ]
    names = {brand.name for brand in written}
    own = [
        Brand(name, (one.vendor,), ())
        for one in fingerprints()
        if one.kind in CAMERAS and one.vendor
        for name in one.brands
        if name not in names
    ]
    return tuple(dict.fromkeys([*written, *own]))
