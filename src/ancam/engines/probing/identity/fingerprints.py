"""The signs of reference/fingerprints.yaml, compiled once: which of them a text bears."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache
from typing import Any

from ancam.reference import reference

CAMERAS = frozenset({"camera", "recorder", "generic"})
# Those first that are taken for a camera most easily.
OTHERS = ("nas", "printer", "router", "phone", "tv", "media-server", "computer", "web")


class Weight(IntEnum):
    """How much a sign says: one strong proves a maker, or two of medium weight from different sources."""

    WEAK = 1
    MEDIUM = 2
    STRONG = 3


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One platform or one kind of other device. vendor is empty when its signs do not tell the maker."""

    id: str
    vendor: str
    brands: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of a fingerprint; `value` in small letters unless it is a pattern."""

    fingerprint: Fingerprint
    type: str
    match: str
    value: str
    weight: Weight


def fingerprints() -> tuple[Fingerprint, ...]:
    """Return every fingerprint, in the order of the data."""
    return tuple(fingerprint for fingerprint, _ in _items())


def signs_in(kind: str, text: str) -> Iterator[Sign]:
    """Yield the signs of one type that a text bears."""
    exact, tests = _compiled().get(kind, ({}, ()))
    folded = text.casefold()
    yield from exact.get(folded, ())
    for is_borne, sign in tests:
        if is_borne(folded, text):
            yield sign


@cache
def distinct_signs() -> frozenset[Sign]:
    """Return the signs of recorders that no camera of the same maker bears."""
    of_cameras = {(s.fingerprint.vendor, s.type, s.value) for s in _signs() if s.fingerprint.kind == "camera"}
    return frozenset(
        s
        for s in _signs()
        if s.fingerprint.kind == "recorder" and (s.fingerprint.vendor, s.type, s.value) not in of_cameras
    )


_Test = Callable[[str, str], object]


@cache
def _items() -> tuple[tuple[Fingerprint, dict[str, Any]], ...]:
    return tuple(
        (Fingerprint(item["id"], item["vendor"], tuple(item["brands"]), item["kind"]), item)
        for item in reference("fingerprints")["fingerprints"]
    )


@cache
def _signs() -> tuple[Sign, ...]:
    written = [
        Sign(
            fingerprint,
            row["type"],
            row["match"],
            row["value"] if row["match"] == "pattern" else row["value"].casefold(),
            Weight[row["weight"].upper()],
        )
        for fingerprint, item in _items()
        for row in item["signs"]
    ]
    written += _signs_of_brands()
    return (*written, *_names_in_scopes(written))


def _names_in_scopes(written: Iterable[Sign]) -> Iterator[Sign]:
    """Yield each maker's name of ONVIF as it stands in a scope, where by custom makers write it.

    A name of the owner's choice there is no maker's, and no brand's either.
    """
    for sign in written:
        if sign.type == "onvif_manufacturer":
            value = rf"^onvif://www\.onvif\.org/name/{re.escape(sign.value)}(?![^\W_])"
            yield replace(sign, type="onvif_scope", match="pattern", value=value)


def _signs_of_brands() -> Iterator[Sign]:
    """Yield what a brand's name as ONVIF manufacturer says of the platform: little when it uses several makers'."""
    for brand in reference("maker-services")["brands"]:
        weight = Weight.WEAK if brand["confidence"] == "low" else Weight.MEDIUM
        for platform in brand["platforms"]:
            of_maker = [one for one in fingerprints() if one.vendor == platform]
            fingerprint = next((one for one in of_maker if brand["brand"] in one.brands), of_maker[0])
            yield Sign(fingerprint, "onvif_manufacturer", "prefix", brand["brand"].casefold(), weight)


@cache
def _compiled() -> dict[str, tuple[dict[str, list[Sign]], list[tuple[_Test, Sign]]]]:
    compiled: dict[str, tuple[dict[str, list[Sign]], list[tuple[_Test, Sign]]]] = {}
    for sign in _signs():
        exact, tests = compiled.setdefault(sign.type, ({}, []))
        if sign.match == "exact":
            exact.setdefault(sign.value, []).append(sign)
        else:
            tests.append((_test(sign.match, sign.value), sign))
    return compiled


def _test(match: str, value: str) -> _Test:
    if match == "pattern":
        pattern = re.compile(value, re.IGNORECASE)
        return lambda folded, text: pattern.search(text)
    if match == "prefix":
        return lambda folded, text: folded.startswith(value)
    return lambda folded, text: value in folded
