"""Which published advisories touch a device, by its maker, its model, its firmware and what it shows of itself.

A match is "possible" at most, whatever the range says: makers patch backwards, other brands number anew. "Affected" is
said only of the very build that the maker's own advisory names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from ancam.engines.firmware.models import Fit, ModelList, comparable_model, read_models
from ancam.engines.firmware.versions import BUILT, Version, any_holds, day_built, holds, read_version
from ancam.reference import reference

MOST_SIGNS = 64
LONGEST_SIGN = 1_024


class Certainty(StrEnum):
    """How surely an advisory touches a device."""

    AFFECTED = "affected"
    POSSIBLE = "possible"


class Ground(StrEnum):
    """What a match rests on."""

    BUILD_NAMED = "build-named-by-maker"
    VERSION_IN_RANGE = "version-in-range"
    EVERY_VERSION = "every-version"
    MODEL_LISTED = "model-listed"
    MODEL_UNKNOWN = "model-unknown"
    MODELS_IN_WORDS = "models-in-words"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Match:
    """One advisory that touches a device.

    confidence: 0 to 1. fixed_in: the builds that close it, in words, empty when not known. severity: CVSS base score,
    None when not known. is_exploited: the advisory is in the catalogue of exploited ones; False when that is not known.
    """

    id: str
    certainty: Certainty
    confidence: float
    grounds: tuple[Ground, ...]
    fixed_in: str
    source: str
    severity: float | None
    is_exploited: bool


_WEIGHT = MappingProxyType({"high": 0.9, "medium": 0.7, "low": 0.4})
_BY_MODEL = MappingProxyType(
    {
        Fit.LISTED: (Ground.MODEL_LISTED, 1.0),
        Fit.UNKNOWN: (Ground.MODEL_UNKNOWN, 0.6),
        Fit.IN_WORDS: (Ground.MODELS_IN_WORDS, 0.7),
    }
)
_BY_SIGN = 0.7


@dataclass(frozen=True, slots=True)
class _Range:
    """Models and the versions of them; every constraint must hold. No constraints: a machine cannot compare.

    built_until: when the last version of the range was built, where the range says it.
    """

    models: ModelList
    constraints: tuple[tuple[str, Version], ...]
    has_all_versions: bool
    built_until: Version | None

    def holds(self, versions: tuple[Version, ...]) -> bool:
        return bool(self.constraints) and all(any_holds(versions, order, bound) for order, bound in self.constraints)

    def is_of_another_time(self, versions: tuple[Version, ...]) -> bool:
        """Tell whether a version was built after the last one of the range, whatever its number says.

        Numbers of two platforms mean nothing to each other, and a model that is not listed may be of another one.
        """
        last = self.built_until
        return last is not None and any(holds(version, "<=", last) is False for version in versions)

    def names(self, versions: tuple[Version, ...]) -> bool:
        return [order for order, _ in self.constraints] == ["="] and self.constraints[0][1] in versions


@dataclass(frozen=True, slots=True)
class _Advisory:
    id: str
    scheme: str
    ranges: tuple[_Range, ...]
    signs: tuple[str, ...]
    is_by_maker: bool
    weight: float
    fixed_in: str
    source: str
    severity: float | None
    is_exploited: bool

    def match(self, certainty: Certainty, share: float, *grounds: Ground) -> Match:
        confidence = round(self.weight * share, 3)
        return Match(
            self.id, certainty, confidence, grounds, self.fixed_in, self.source, self.severity, self.is_exploited
        )


@dataclass(frozen=True, slots=True)
class _Maker:
    """A maker's own advisories, and those of brands on its platform, which touch only models that they list."""

    scheme: str
    naming: tuple[str, ...]
    own: tuple[_Advisory, ...]
    guests: tuple[_Advisory, ...]


_NOBODY = _Maker("", (), (), ())


class Advisories:
    """Published advisories, read once and looked up by maker."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        """Read the content of `camera-advisories.yaml`, or of a file like it."""
        of_vendor: dict[str, list[_Advisory]] = {vendor["name"]: [] for vendor in content["vendors"]}
        for item in content["advisories"]:
            of_vendor[item["vendor"]].append(_advisory(item))
        guests: dict[str, list[_Advisory]] = {name: [] for name in of_vendor}
        for vendor in content["vendors"]:
            if "platform" in vendor:
                guests[vendor["platform"]] += of_vendor[vendor["name"]]
        self._makers: dict[str, _Maker] = {}
        for vendor in content["vendors"]:
            name = vendor["name"]
            naming = tuple(head.upper() for head in vendor.get("naming", ()))
            maker = _Maker(vendor["scheme"], naming, tuple(of_vendor[name]), tuple(guests[name]))
            for known_as in (name, *vendor.get("also", ())):
                self._makers[_folded(known_as)] = maker

    def touching(self, vendor: str, model: str, firmware: str, *, signs: Iterable[str] = ()) -> tuple[Match, ...]:
        """Return the advisories that touch a device, the surest first.

        vendor: who makes the platform, not the brand on the box. model and firmware: as the device says them, empty
        when not known. signs: what it shows of itself (Server header, realm, title, path).
        """
        maker = self._makers.get(_folded(vendor), _NOBODY)
        seen = [sign[:LONGEST_SIGN].casefold() for sign, _ in zip(signs, range(MOST_SIGNS), strict=False)]
        asked = comparable_model(model)
        is_own_name = not maker.naming or asked.startswith(maker.naming)
        versions: dict[str, tuple[Version, ...]] = {}
        found: list[Match] = []
        for advisories, is_guest in ((maker.own, False), (maker.guests, True)):
            for advisory in advisories:
                if advisory.scheme not in versions:
                    versions[advisory.scheme] = read_version(advisory.scheme, firmware)
                matches = _matches(advisory, asked, versions[advisory.scheme], is_own_name, is_guest)
                if not is_guest and any(sign in shown for sign in advisory.signs for shown in seen):
                    matches.append(advisory.match(Certainty.POSSIBLE, _BY_SIGN, Ground.SIGN))
                if matches:
                    found.append(max(matches, key=_surety))
        return tuple(sorted(found, key=lambda match: (*(-part for part in _surety(match)), match.id)))

    def is_unreadable(self, vendor: str, firmware: str) -> bool:
        """Return whether a firmware text does not fit how its maker numbers; False when that is not known."""
        maker = self._makers.get(_folded(vendor), _NOBODY)
        schemes = {maker.scheme, *(advisory.scheme for advisory in maker.own)}
        return maker is not _NOBODY and bool(firmware.strip()) and not any(read_version(s, firmware) for s in schemes)

    def day_built(self, vendor: str, firmware: str) -> date | None:
        """Return the day a firmware says it was built, None when it says none."""
        return day_built(self._makers.get(_folded(vendor), _NOBODY).scheme, firmware)


def _surety(match: Match) -> tuple[bool, float]:
    return match.certainty is Certainty.AFFECTED, match.confidence


def _matches(
    advisory: _Advisory, model: str, versions: tuple[Version, ...], is_own_name: bool, is_guest: bool
) -> list[Match]:
    """Return how each range of an advisory touches a model at a version.

    A model under another brand's name could be any model of the platform, so it counts as unknown.
    """
    matches: list[Match] = []
    for range_ in advisory.ranges:
        in_range = range_.holds(versions)
        if not in_range and not range_.has_all_versions:
            continue
        fit = range_.models.fit(model)
        if fit in (Fit.NOT_LISTED, Fit.IN_WORDS) and not is_own_name:
            fit = Fit.UNKNOWN
        if fit is Fit.NOT_LISTED:
            continue
        if fit is not Fit.LISTED and (is_guest or not in_range or range_.is_of_another_time(versions)):
            continue
        ground, share = _BY_MODEL[fit]
        if in_range and advisory.is_by_maker and fit is Fit.LISTED and range_.names(versions):
            matches.append(advisory.match(Certainty.AFFECTED, share, Ground.BUILD_NAMED, ground))
        else:
            by_version = Ground.VERSION_IN_RANGE if in_range else Ground.EVERY_VERSION
            matches.append(advisory.match(Certainty.POSSIBLE, share, by_version, ground))
    return matches


def _advisory(item: Mapping[str, Any]) -> _Advisory:
    return _Advisory(
        id=item["id"],
        scheme=item["scheme"],
        ranges=tuple(_range(row, item["scheme"]) for row in item["ranges"]),
        signs=tuple(sign.casefold() for sign in item.get("signs", ())),
        is_by_maker=item.get("by_maker", False),
        weight=_WEIGHT[item["confidence"]],
        fixed_in=item["fixed_in"] or "",
        source=item["source"],
        severity=item["severity"],
        is_exploited=bool(item["kev"]),
    )


def _range(row: Mapping[str, Any], scheme: str) -> _Range:
    """Read a range; one with a bound that its scheme cannot read is left to a person, as if it had none."""
    bounds = [(limit["op"], read_version(scheme, limit["version"])) for limit in row["constraints"]]
    is_comparable = row["comparable"] and all(versions for _, versions in bounds)
    models = read_models(row.get("models", ""), has_all=row.get("all_models", False), is_open=bool(row.get("families")))
    constraints = tuple((order, versions[0]) for order, versions in bounds) if is_comparable else ()
    ends = [version for order, versions in bounds if order in ("<", "<=") for version in versions]
    built_until = next((version for version in ends if version.branch == BUILT), None)
    return _Range(models, constraints, row.get("all_versions", False), built_until)


def _folded(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


@cache
def _published() -> Advisories:
    return Advisories(reference("camera-advisories"))


def advisories_for(vendor: str, model: str, firmware: str, *, signs: Iterable[str] = ()) -> tuple[Match, ...]:
    """Return the advisories of `camera-advisories.yaml` that touch a device; see `Advisories.touching`."""
    return _published().touching(vendor, model, firmware, signs=signs)


def unreadable_version(vendor: str, firmware: str) -> bool:
    """Return whether a firmware text does not fit how its maker numbers; False when that is not known."""
    return _published().is_unreadable(vendor, firmware)


def build_date(vendor: str, firmware: str) -> date | None:
    """Return the day a firmware says it was built, None when it says none; a month counts from its first day."""
    return _published().day_built(vendor, firmware)
