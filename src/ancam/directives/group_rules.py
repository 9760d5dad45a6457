"""Which agencies a letter means by a name such as “các sở, ban, ngành”, and by which groups work can be given at once.

A guess for a person to confirm; pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, Protocol, TypeVar

from ancam.kit.folding import fold

GATHERED = {
    "so_ban_nganh": ("province", "so_"),
    "phong_xa": ("commune", "phong_"),
}
"""Names for several kinds at once: those of a tier whose kind begins so.

Source: agencies.yaml so_ban_nganh, phong_xa
"""

EVERYONE = frozenset({"don_vi_co_camera", "thu_truong_don_vi"})
"""Names for everyone whom the giver directs. Source: agencies.yaml don_vi_co_camera, thu_truong_don_vi"""

NOT_DIRECTED = frozenset({"enterprise", "central", "central_local", "regional"})
"""Tiers that a committee does not direct, so that “các cơ quan, đơn vị” leaves them out.

Source: agencies.yaml cq_tw_nganh_doc
"""


class Known(Protocol):
    """What the rules ask of an agency."""

    @property
    def pk(self) -> Any: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def tier(self) -> str: ...
    @property
    def depth(self) -> int: ...


K = TypeVar("K", bound=Known)


class Why(Enum):
    """Why a group is suggested."""

    NAMED = "named"
    OF_KIND = "of_kind"
    SUCCEEDED = "succeeded"
    USUAL = "usual"


@dataclass(frozen=True, slots=True)
class Group(Generic[K]):
    """Agencies that can be given work at once. code: `all`, `so_ban_nganh`, a kind, `tier.commune`, `agency.7`."""

    code: str
    agencies: tuple[K, ...]


@dataclass(frozen=True, slots=True)
class Suggested(Generic[K]):
    """A group that a letter means, the words by which, and why they are taken to mean it."""

    group: Group[K]
    text: str
    why: Why


class Directory(Generic[K]):
    """The agencies to which work can be given, found by what letters call them."""

    def __init__(self, agencies: Iterable[K], successors: Mapping[str, Sequence[str]]) -> None:
        """`successors`: for each kind of agency the kinds that received its work."""
        self.agencies = tuple(agencies)
        self._successors = successors
        self._by_kind: dict[str, list[K]] = defaultdict(list)
        self._by_tier: dict[str, list[K]] = defaultdict(list)
        self._by_name: dict[str, K] = {}
        for agency in self.agencies:
            self._by_kind[agency.kind].append(agency)
            self._by_tier[agency.tier].append(agency)
            self._by_name.setdefault(_spelled_out(agency.name), agency)

    def groups(self) -> list[Group[K]]:
        """Return the groups of several agencies by which work can be given: all, gathered kinds, kinds, then tiers."""
        found = [self._everyone(), *(self._gathered(name) for name in GATHERED)]
        found += [Group(kind, tuple(agencies)) for kind, agencies in self._by_kind.items()]
        found += [
            Group(f"tier.{tier}", tuple(agencies))
            for tier, agencies in self._by_tier.items()
            if len({agency.kind for agency in agencies}) > 1
        ]
        return [group for group in found if len(group.agencies) > 1]

    def suggested(self, text: str, kind: str | None) -> list[Suggested[K]]:
        """Return the groups meant by a body as a letter names it, of a kind as it was read; none when nobody is."""
        if (named := self._by_name.get(_spelled_out(text))) is not None:
            return [Suggested(_only(named), text, Why.NAMED)]
        return [
            Suggested(group, text, Why.OF_KIND if of == kind else Why.SUCCEEDED)
            for of in self._with_successors(kind)
            if (group := self._of_kind(of)).agencies
        ]

    def usual(self, kinds: Iterable[str]) -> list[Suggested[K]]:
        """Return the groups of these kinds, to which a duty usually goes when its letter names nobody."""
        found = (self._of_kind(kind) for kind in kinds)
        return [Suggested(group, "", Why.USUAL) for group in found if group.agencies]

    def _of_kind(self, kind: str) -> Group[K]:
        if kind in EVERYONE:
            return self._everyone()
        if kind in GATHERED:
            return self._gathered(kind)
        agencies = self._by_kind.get(kind, [])
        return _only(agencies[0]) if len(agencies) == 1 else Group(kind, tuple(agencies))

    def _everyone(self) -> Group[K]:
        top = min((agency.depth for agency in self.agencies), default=0)
        below = (one for one in self.agencies if one.depth == top + 1 and one.tier not in NOT_DIRECTED)
        return Group("all", tuple(below))

    def _gathered(self, name: str) -> Group[K]:
        tier, beginning = GATHERED[name]
        found = (agency for agency in self._by_tier.get(tier, []) if agency.kind.startswith(beginning))
        return Group(name, tuple(found))

    def _with_successors(self, kind: str | None) -> list[str]:
        """Return a kind, then those that succeeded it, however often it was reorganised."""
        found: list[str] = []
        left = [kind] if kind else []
        while left:
            one = left.pop(0)
            if one not in found:
                found.append(one)
                left += self._successors.get(one, ())
        return found


def _only(agency: K) -> Group[K]:
    return Group(f"agency.{agency.pk}", (agency,))


def _spelled_out(name: str) -> str:
    return fold(name).replace("ubnd ", "uy ban nhan dan ")
