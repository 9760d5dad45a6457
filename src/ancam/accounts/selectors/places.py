"""Places: what a written name stands for today, and the visible agencies there."""

from dataclasses import dataclass
from functools import cache

from django.db.models import Q, QuerySet

from ancam.accounts.models import Agency, Person, PlaceAlias
from ancam.accounts.selectors.agencies import agencies, root_agency
from ancam.kit.places import Answer, Era, Gazetteer, Level, Place, Reason, Verdict, blind_key, resolve
from ancam.reference import reference

MOST_PLACES = 40


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a name stands for, and the local name that said so, if one did."""

    answer: Answer
    alias: PlaceAlias | None = None


@cache
def gazetteer() -> Gazetteer:
    """Return the places of the country, read at the first question of a process: about 0.4 s."""
    return Gazetteer.from_reference(reference("places"))


def look_up(text: str, person: Person) -> Lookup:
    """Return what a written name of a place stands for today.

    Where no list of the state has it, a local name that holds for the person answers, that of the nearest agency
    first: a name of the state never stands for something else here. One query at most.
    """
    answer = resolve(text, gazetteer())
    if answer.verdict is not Verdict.UNKNOWN:
        return Lookup(answer)
    holding = PlaceAlias.objects.holding_for(person).filter(key=blind_key(text[:200]))
    for alias in holding.order_by("-agency__depth", "agency__path"):
        if place := gazetteer().present(alias.place_code):
            return Lookup(Answer(Verdict.PRESENT, Reason.OF_TODAY, (place,), (place,)), alias)
    return Lookup(answer)


def place_aliases(person: Person) -> QuerySet[PlaceAlias]:
    """Return the local names that the person may read, in the order of their letters, with their agencies."""
    return PlaceAlias.objects.visible_to(person).select_related("agency")


def naming_agencies(person: Person) -> list[Agency]:
    """Return the agencies for which the person may write down local names, each once. No query."""
    return [agency for agency in person.agencies_as() if person.has_perm("accounts.name_places", agency)]


def is_at(agency: Agency, place: Place) -> bool:
    """Tell whether an agency that `agencies_in_places` returned is at this place. No query."""
    ends = (blind_key(place.title), blind_key(f"{place.title} {place.name}"))
    return agency.search_key.endswith(ends) and (place.name in agency.name or place.name in agency.place)


def place_of(alias: PlaceAlias) -> Place | None:
    """Return the place of today that a local name stands for; None when the list no longer has its code."""
    return gazetteer().present(alias.place_code)


def agencies_in_places(person: Person, places: tuple[Place, ...]) -> QuerySet[Agency]:
    """Return the visible agencies at these places; none when the places are more than 40. One query, or two."""
    return agencies(person).filter(at_places(places)).order_by("sort_key", "path")


def merged_names(text: str) -> tuple[Place, ...]:
    """Return the old communes that a text names, in the instance's province when that is known. One query.

    Empty when it names none, or none that a commune of another name received.
    """
    answer = resolve(text, gazetteer())
    old = (place for place in answer.meant if place.era is Era.FORMER and place.level is Level.COMMUNE)
    moved = [place for place in old if any(today.name != place.name for today in place.went_to)]
    home = _home_province() if moved else None
    kept = [place for place in moved if home in (None, place.went_to[0].inside)]
    return tuple(kept) if len(kept) <= MOST_PLACES else ()


def places_of(old: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the places of today that received these old communes, each once."""
    return tuple(dict.fromkeys(today for place in old for today in place.went_to))


def at_places(places: tuple[Place, ...]) -> Q:
    """Return the condition that an agency's name and place end with one of these communes of today.

    Provinces are left out: every agency of an instance is there.
    """
    condition = Q(pk__in=[])
    communes = [place for place in places if place.level is Level.COMMUNE]
    for place in communes if len(communes) <= MOST_PLACES else ():
        title, name = blind_key(place.title), blind_key(place.name)
        ends = Q(search_key__endswith=title) | Q(search_key__endswith=f"{title} {name}")
        condition |= ends & (Q(name__contains=place.name) | Q(place__contains=place.name))
    return condition


def _home_province() -> Place | None:
    """Return the province of this instance, when its root's place names one."""
    root = root_agency()
    named = resolve(root.place, gazetteer()).places if root else ()
    return next((place for place in named if place.level is Level.PROVINCE), None)
