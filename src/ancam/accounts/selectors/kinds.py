"""Kinds of agency and names of provinces, as the reference lists them."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from ancam.reference import reference


@dataclass(frozen=True, slots=True)
class AgencyKind:
    """A kind of agency: its id in the reference, its Vietnamese name, the tier it stands in."""

    id: str
    name: str
    tier: str


def agency_kinds() -> list[AgencyKind]:
    """Return the kinds that an agency of today can have, as the reference lists them.

    Left out: names of several bodies at once, roles, and kinds that reorganisation has ended.
    """
    content = reference("agencies")
    today = [kind for kind in content["agencies"] if not kind.get("successors")]
    return [_named(kind) for kind in [*_single(today), *content["other_kinds"]]]


def ended_kinds() -> list[AgencyKind]:
    """Return the kinds that reorganisation has ended, for agencies that are kept because letters name them."""
    return [_named(kind) for kind in _single(reference("agencies")["agencies"]) if kind.get("successors")]


def _single(kinds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [kind for kind in kinds if not kind["group"] or "one_of_them" in kind]


def _named(kind: dict[str, Any]) -> AgencyKind:
    return AgencyKind(kind["id"], kind.get("one_of_them") or kind["name"], kind["tier"])


@cache
def kind_names() -> dict[str, str]:
    """Return the words for each kind of agency, ended ones too, by the kind's id."""
    content = reference("agencies")
    kinds = [*content["agencies"], *content["other_kinds"]]
    return {kind["id"]: kind.get("one_of_them") or kind["name"] for kind in kinds}


def province_names() -> list[str]:
    """Return the names of the provinces and cities of today."""
    return [province["name"] for province in reference("agencies")["provinces"]]
