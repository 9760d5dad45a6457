"""Which agency a cell means: by code, by full name, or by names from above, `Sở A › Phòng B`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ancam.accounts.agency_rules import kept_code
from ancam.accounts.bulk.columns import PARENT_SIGN
from ancam.kit.folding import sort_key, squeeze

_SIGN = re.compile(rf"\s*[{PARENT_SIGN}>]\s*")


@dataclass(frozen=True, slots=True)
class KnownAgency:
    """An agency as it stands in the tree. `path` begins with the path of everything above it."""

    id: int
    path: str
    name: str
    kind: str
    tier: str
    place: str = ""
    symbol: str = ""
    code: str = ""
    begins_on: date | None = None
    ends_on: date | None = None
    name_key: str = ""


class Tree:
    """The known agencies, found by id, code and name; only what the person sees is found by name or by reference."""

    def __init__(
        self, known: Iterable[KnownAgency], *, seen: Sequence[str], administered: Sequence[str], today: date
    ) -> None:
        """Index the agencies; `seen` and `administered` are the paths at and below which the person does so."""
        self.today = today
        self.by_id: dict[int, KnownAgency] = {agency.id: agency for agency in known}
        by_path = {agency.path: agency.id for agency in self.by_id.values()}
        self._step = step = min(map(len, by_path), default=1)
        self.parent_of = {one.id: by_path.get(one.path[:-step]) for one in self.by_id.values()}
        self.by_code = {kept_code(agency.code): agency.id for agency in self.by_id.values() if agency.code}
        self.seen, self.administered = tuple(seen), tuple(administered)
        self.named: Mapping[str, list[int]] = defaultdict(list)
        self._meant: dict[str, list[int]] = {}
        self._references: dict[int, str] = {}
        self.children_named: Mapping[tuple[int | None, str], list[int]] = defaultdict(list)
        for agency in self.by_id.values():
            self.children_named[self.parent_of[agency.id], agency.name_key].append(agency.id)
            if self.sees(agency.id):
                self.named[agency.name_key].append(agency.id)

    def sees(self, id: int) -> bool:
        """Tell whether the person sees an agency."""
        return self.by_id[id].path.startswith(self.seen)

    def administers(self, id: int) -> bool:
        """Tell whether the person administers an agency."""
        return self.by_id[id].path.startswith(self.administered)

    def is_within(self, id: int, places: Iterable[int]) -> bool:
        """Tell whether an agency is one of these places, or lies under one."""
        return self.by_id[id].path.startswith(tuple(self.by_id[place].path for place in places))

    def has_ended(self, id: int) -> bool:
        """Tell whether an agency has ended by today."""
        ends_on = self.by_id[id].ends_on
        return ends_on is not None and ends_on < self.today

    def levels_under(self, id: int) -> int:
        """Return how many levels hang from an agency; none from one that is not in the tree yet."""
        if id not in self.by_id:
            return 0
        path = self.by_id[id].path
        deepest = max(len(one.path) for one in self.by_id.values() if one.path.startswith(path))
        return (deepest - len(path)) // self._step

    def meant(self, text: str) -> list[int]:
        """Return the agencies that the person sees and that a cell can mean; one, when it is clear."""
        if text not in self._meant:
            self._meant[text] = self._found(text)
        return self._meant[text]

    def _found(self, text: str) -> list[int]:
        by_code = self.by_code.get(kept_code(text))
        if by_code is not None and self.sees(by_code):
            return [by_code]
        names = split_names(text)
        return [id for id in self.named.get(names[-1], []) if self._hangs_so(id, names[:-1])]

    def reference(self, id: int) -> str:
        """Return the shortest text by which this agency is meant and no other: code, name, or names from above."""
        if id not in self._references:
            self._references[id] = self._shortest(id)
        return self._references[id]

    def _shortest(self, id: int) -> str:
        agency = self.by_id[id]
        if agency.code and self.meant(agency.code) == [id]:
            return agency.code
        text, above = agency.name, self.parent_of[id]
        while self.meant(text) != [id] and above is not None:
            text, above = f"{self.by_id[above].name} {PARENT_SIGN} {text}", self.parent_of[above]
        return text

    def _hangs_so(self, id: int, names: Sequence[str]) -> bool:
        """Tell whether these are the names of the agencies above, from the nearest upwards."""
        above = self.parent_of[id]
        for name in reversed(names):
            if above is None or self.by_id[above].name_key != name:
                return False
            above = self.parent_of[above]
        return True


def split_names(text: str) -> list[str]:
    """Return the keys of the names in a reference, from above downwards."""
    return [_key(name) for name in _SIGN.split(squeeze(text))]


# The same names stand in thousands of rows.
_key = lru_cache(maxsize=20_000)(sort_key)
