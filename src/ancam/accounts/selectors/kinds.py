"""Kinds of agency and names of provinces, as the reference lists them."""

from dataclasses import dataclass
from functools import cache

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
    single = [kind for kind in today if not kind["group"] or "one_of_them" in kind]
    return [
        AgencyKind(kind["id"], kind.get("one_of_them") or kind["name"], kind["tier"])
        for kind in [*single, *content["other_kinds"]]
    ]


@cache
def kind_names() -> dict[str, str]:
    """Return the words for each kind of agency, ended ones too, by the kind's id."""
    content = reference("agencies")
    kinds = [*content["agencies"], *content["other_kinds"]]
    return {kind["id"]: kind.get("one_of_them") or kind["name"] for kind in kinds}


def province_names() -> list[str]:
    """Return the names of the provinces and cities of today."""
    return [province["name"] for province in reference("agencies")["provinces"]]
