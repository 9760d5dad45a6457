"""The places themselves: provinces, districts and communes, the old ones with what they went to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from ancam.kit.places.spelling import blind, exact, words_of


class Level(Enum):
    """The three levels of local government; districts ended with 30/6/2025."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class Era(Enum):
    """Before or since the reorganisation of 01/7/2025."""

    FORMER = "former"
    PRESENT = "present"


# Kind of place in the file's letters, by level: what stands before its name.
_WORDS = {
    Level.COMMUNE: {"x": "Xã", "p": "Phường", "t": "Thị trấn", "k": "Đặc khu"},
    Level.DISTRICT: {"h": "Huyện", "q": "Quận", "x": "Thị xã", "p": "Thành phố"},
}
_PROVINCE_WORDS = {"tinh": "Tỉnh", "thanh_pho": "Thành phố"}


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A province, district or commune of one era.

    kind: the word before the name, `Xã`. code: the official one, unique within a level of an era; empty when none.
    inside: what it lies in. went_to: of an old commune or province, the places of today; several when divided.
    unsure: the source did not tell namesakes apart, so that each of `went_to` is only possible.
    came_from: of a place of today, the old communes or provinces of which it has the whole or a part.
    """

    era: Era
    level: Level
    kind: str
    name: str
    code: str
    inside: Place | None = None
    went_to: tuple[Place, ...] = ()
    unsure: bool = False
    came_from: list[Place] = field(default_factory=list)
    in_force_from: date | None = None
    confidence: str = "medium"
    source: str = ""

    @property
    def title(self) -> str:
        """Return kind and name, `Xã Vĩnh Linh`."""
        return f"{self.kind} {self.name}"

    @property
    def full_title(self) -> str:
        """Return the title with what it lies in, `Xã Vĩnh Thủy, huyện Vĩnh Linh, tỉnh Quảng Trị`."""
        return ", ".join([self.title, *(f"{place.kind.lower()} {place.name}" for place in self.around())])

    def around(self) -> Iterable[Place]:
        """Yield what it lies in, nearest first."""
        place = self.inside
        while place is not None:
            yield place
            place = place.inside

    def kept_its_name(self) -> bool:
        """Tell whether a place of today is one old place, whole and under the same name and kind."""
        only = self.came_from[0] if len(self.came_from) == 1 else None
        return only is not None and len(only.went_to) == 1 and only.title == self.title


class Gazetteer:
    """Every place of both eras, found by code or by the spelling of its name. Read-only once built."""

    def __init__(self) -> None:
        self.provinces: list[Place] = []
        self.former_provinces: dict[str, Place] = {}
        self._present: dict[str, Place] = {}
        self._former_communes: list[Place] = []
        self._communes_of: dict[Place, list[Place]] = defaultdict(list)
        self._named: dict[str, list[tuple[str, Place]]] = defaultdict(list)

    @classmethod
    def from_reference(cls, content: dict[str, Any]) -> Gazetteer:
        """Return the gazetteer of `reference("places")`, whose head explains the lines. About 0.3 s."""
        gazetteer = cls()
        former = {row["id"]: row for row in content["former_provinces"]}
        for row in content["provinces"]:
            gazetteer._read_province(row, former)
        return gazetteer

    def present(self, code: str) -> Place | None:
        """Return the commune or province of today with this code."""
        return self._present.get(code)

    def communes_in(self, place: Place) -> list[Place]:
        """Return the communes directly in a province of today or an old district, in the order of their codes."""
        return self._communes_of[place]

    def named(self, words: list[str]) -> list[Place]:
        """Return the places of this name, diacritics apart."""
        return [place for _, place in self._named.get(blind(words), ())]

    def spelled(self, words: list[str]) -> list[Place]:
        """Return the places whose name is spelled exactly so."""
        wanted = exact(words)
        return [place for spelling, place in self._named.get(blind(words), ()) if spelling == wanted]

    def former_communes(self) -> list[Place]:
        """Return every commune of before 01/7/2025."""
        return self._former_communes

    def _read_province(self, row: dict[str, Any], former: dict[str, dict[str, Any]]) -> None:
        facts = {"confidence": row["confidence"], "source": row["source"]}
        present = self._province(Era.PRESENT, row, in_force_from=row["in_force_from"], **facts)
        self.provinces.append(present)
        self._present[present.code] = present
        for code in row["formed_from"]:
            self.former_provinces[code] = self._province(Era.FORMER, former[code], went_to=(present,), **facts)
        for line in row["communes"].splitlines():
            code, kind, name = line.split(" ", 2)
            words = _WORDS[Level.COMMUNE][kind]
            facts["in_force_from"] = row["in_force_from"]
            place = Place(Era.PRESENT, Level.COMMUNE, words, name, code, present, **facts)
            self._present[code] = place
            self._communes_of[present].append(self._indexed(place))
        self._read_former(row["former"])

    def _read_former(self, lines: str) -> None:
        for block in f"\n{lines}".split("\n= ")[1:]:
            head, *rows = block.splitlines()
            province, code, kind, name = head.split(" ", 3)
            words = _WORDS[Level.DISTRICT][kind]
            within = self.former_provinces[province]
            district = self._indexed(Place(Era.FORMER, Level.DISTRICT, words, name, code, within))
            self._communes_of[district] = [self._former_commune(row, district) for row in rows]

    def _former_commune(self, row: str, district: Place) -> Place:
        sign = " > " if " > " in row else " ? "
        head, _, codes = row.partition(sign)
        went_to = tuple(self._present[code] for code in codes.split())
        if head == "-":  # an island district without communes: the district itself went
            return self._went(
                Place(Era.FORMER, Level.COMMUNE, district.kind, district.name, "", district.inside, went_to)
            )
        code, kind, name = head.split(" ", 2)
        words = _WORDS[Level.COMMUNE][kind]
        place = Place(Era.FORMER, Level.COMMUNE, words, name, code, district, went_to, unsure=sign == " ? ")
        self._former_communes.append(self._indexed(place))
        return self._went(place)

    def _province(self, era: Era, row: dict[str, Any], **facts: Any) -> Place:
        place = Place(era, Level.PROVINCE, _PROVINCE_WORDS[row["kind"]], row["name"], row["id"], **facts)
        for name in row.get("also", ()):
            self._index(name, place)
        return self._indexed(self._went(place))

    def _indexed(self, place: Place) -> Place:
        self._index(place.name, place)
        return place

    def _index(self, name: str, place: Place) -> None:
        words = words_of(name)
        self._named[blind(words)].append((exact(words), place))

    @staticmethod
    def _went(place: Place) -> Place:
        for present in place.went_to:
            present.came_from.append(place)
        return place
