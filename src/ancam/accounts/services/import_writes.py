"""Rows of a list that were checked, written set by set. Inside the transaction that checked them.

Each gives back the lines of the ledger: those that the same acts, done one by one on pages, would have left.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from django.contrib.auth.hashers import make_password

from ancam.accounts.bulk.agency_drafts import Draft
from ancam.accounts.bulk.paths import planned_paths
from ancam.accounts.bulk.people import KnownPerson, PersonDraft
from ancam.accounts.bulk.references import KnownAgency, Tree
from ancam.accounts.models import Agency, Membership, OneTimeLink, Person
from ancam.accounts.services.agencies import ADD_AGENCY, CHANGE_AGENCY, MOVE_AGENCY, AgencyFacts, in_words
from ancam.accounts.services.particulars import CHANGE_PARTICULARS, Particulars, correction
from ancam.accounts.services.people import ADD_PERSON, ADD_ROLE
from ancam.audit.services import Act, Actor, Subject

_AT_ONCE = 500
_AGENCY_COLUMNS = tuple(field.name for field in fields(AgencyFacts))


def write_agencies(drafts: Sequence[Draft], tree: Tree, by: Person) -> list[Act]:
    """Add, change and move the agencies of the drafts, with the paths of everything below what moves.

    Return the acts, in the order of the rows.
    """
    placed = [(draft.node, draft.parent) for draft in drafts if draft.parent is not None]
    present = {id: agency.path for id, agency in tree.by_id.items()}
    length: int = Agency.steplen
    paths = planned_paths(present, placed, length=length, step=Agency._int2str, number=Agency._str2int)
    final = present | paths
    children = Counter(path[:-length] for path in final.values())
    made = [_made(draft, paths[draft.node], children) for draft in drafts if draft.is_new]
    values = {draft.node: draft.values for draft in drafts if not draft.is_new}
    was = Counter(path[:-length] for path in present.values())
    counted = {id for id, path in final.items() if id > 0 and children[path] != was[present[id]]}
    touched = Agency.objects.in_bulk([*({*values, *counted} | {id for id in paths if id > 0})], field_name="pk")
    for id, agency in touched.items():
        for name, value in values.get(id, {}).items():
            setattr(agency, name, value)
        agency.fill_keys()
        agency.path, agency.depth = final[id], len(final[id]) // length
        agency.numchild = children[final[id]]
    columns = {name for row in values.values() for name in row}
    columns |= {"path", "depth", "numchild", "search_key", "sort_key"}
    Agency.objects.bulk_update(touched.values(), sorted(columns), batch_size=100)
    Agency.objects.bulk_create(made, batch_size=_AT_ONCE)
    new = {draft.node: agency.pk for draft, agency in zip((one for one in drafts if one.is_new), made, strict=True)}
    return list(_AgencyActs(drafts, tree, by, new).all())


class _AgencyActs:
    """What was done to agencies, in the words of `add_agency`, `change_agency` and `move_agency`."""

    def __init__(self, drafts: Sequence[Draft], tree: Tree, by: Person, new: Mapping[int, int]) -> None:
        """`new` are the ids that the agencies of new rows have got, by node."""
        self._drafts, self._tree, self._new = drafts, tree, new
        self._by_node = {draft.node: draft for draft in drafts}
        self._actors = _Actors(by)

    def all(self) -> Iterator[Act]:
        """Yield the acts in the order of the rows."""
        for draft in self._drafts:
            old = self._tree.by_id.get(draft.node)
            if old is not None:
                yield from self._changed(draft, old)
            elif draft.parent is not None:
                yield self._added(draft, draft.parent)

    def _added(self, draft: Draft, parent: int) -> Act:
        change = {"parent": self._name(parent), **in_words(draft.values)}
        subject = Subject("accounts.agency", str(self._new[draft.node]), draft.values["name"])
        return Act(self._actor(parent), ADD_AGENCY, subject, change)

    def _changed(self, draft: Draft, old: KnownAgency) -> Iterator[Act]:
        subject = Subject("accounts.agency", str(old.id), self._name(old.id))
        above = self._tree.parent_of[old.id]
        if draft.parent is not None and above is not None:
            change = {
                "before": {"parent": self._tree.by_id[above].name},
                "after": {"parent": self._name(draft.parent)},
            }
            yield Act(self._actor(draft.parent), MOVE_AGENCY, subject, change)
        if draft.values:
            before = {name: getattr(old, name) for name in _AGENCY_COLUMNS}
            change = {"before": in_words(before), "after": in_words(before | draft.values)}
            from_above = above is not None and not {"kind", "tier"}.isdisjoint(draft.values)
            yield Act(self._actor(above if from_above and above else old.id), CHANGE_AGENCY, subject, change)

    def _name(self, node: int) -> str:
        """Return the name by which an agency is called after the list."""
        draft = self._by_node.get(node)
        return str((draft.values.get("name") if draft else None) or self._tree.by_id[node].name)

    def _actor(self, node: int) -> Actor:
        """Return the person as administrator over an agency; over a new one, as over what it comes to hang from."""
        while node < 0 and (parent := self._by_node[node].parent) is not None:
            node = parent
        return self._actors.over(self._tree.by_id[node].path)


class _Actors:
    """The person as the ledger names them over each agency: as administrator of the nearest at or above it."""

    def __init__(self, by: Person) -> None:
        self._by = by
        self._known: dict[str, Actor] = {}

    def over(self, path: str) -> Actor:
        """Return the actor over the agency of a path."""
        if path not in self._known:
            self._known[path] = self._by.as_actor(self._by.administering_path(path))
        return self._known[path]


def _made(draft: Draft, path: str, children: Counter[str]) -> Agency:
    depth = len(path) // Agency.steplen
    agency = Agency(**draft.values, path=path, depth=depth, numchild=children[path])
    agency.fill_keys()
    return agency


def write_people(drafts: Sequence[PersonDraft], tree: Tree, by: Person) -> list[Act]:
    """Add the people of the drafts without a password, correct those who are there, and give the roles.

    Who gets a further role loses a link handed out before it, as in `add_role`. Return the acts, in the order of the
    rows.
    """
    known = [draft.known.id for draft in drafts if draft.known]
    _lock_people(known)
    made = {draft.email: _person(draft) for draft in drafts if draft.known is None}
    Person.objects.bulk_create(made.values(), batch_size=_AT_ONCE)
    ids = {draft.email: draft.known.id if draft.known else made[draft.email].pk for draft in drafts}
    Membership.objects.bulk_create(
        [
            Membership(person_id=ids[draft.email], agency_id=agency, role=role)
            for draft in drafts
            for agency, role in draft.roles
        ],
        batch_size=_AT_ONCE,
    )
    _correct([draft for draft in drafts if draft.known])
    withdrawn = _withdraw_links([draft.known.id for draft in drafts if draft.known and draft.roles])
    actors = _Actors(by)
    return [act for draft in drafts for act in _person_acts(draft, ids[draft.email], withdrawn, tree, actors)]


def _lock_people(known: Sequence[int]) -> None:
    """Hold back links and roles that someone gives beside the list."""
    for first in range(0, len(known), _AT_ONCE):
        group = Person.objects.filter(pk__in=known[first : first + _AT_ONCE])
        list(group.select_for_update().order_by("pk").values_list("pk", flat=True))


def _withdraw_links(people: Sequence[int]) -> set[int]:
    """Remove the links of these people; return who had one."""
    held: set[int] = set()
    for first in range(0, len(people), _AT_ONCE):
        links = OneTimeLink.objects.filter(person__in=people[first : first + _AT_ONCE])
        held.update(links.values_list("person_id", flat=True))
        links.delete()
    return held


def _person_acts(draft: PersonDraft, id: int, withdrawn: set[int], tree: Tree, actors: _Actors) -> Iterator[Act]:
    """Yield what was done to a person, in the words of `change_particulars`, `add_person`, `add_role`."""
    subject = Subject("accounts.person", str(id), draft.full_name or (draft.known.full_name if draft.known else ""))
    if draft.known:
        yield from _correction(draft, draft.known, subject, tree, actors)
    for number, (agency, role) in enumerate(draft.roles):
        first = number == 0
        change: dict[str, Any] = {"agency": tree.by_id[agency].name, "role": role}
        if draft.known is None and first:
            change |= {"position": draft.position} if draft.position else {}
        else:
            change["link_withdrawn"] = first and id in withdrawn
        action = ADD_PERSON if draft.known is None and first else ADD_ROLE
        yield Act(actors.over(tree.by_id[agency].path), action, subject, change)


def _correction(draft: PersonDraft, known: KnownPerson, subject: Subject, tree: Tree, actors: _Actors) -> Iterator[Act]:
    held = Particulars(known.full_name, known.position)
    wanted = Particulars(draft.full_name or held.full_name, draft.position or held.position)
    if wanted != held:
        agency = min(agency for agency, _role in known.roles)
        yield Act(actors.over(tree.by_id[agency].path), CHANGE_PARTICULARS, subject, correction(held, wanted))


def _person(draft: PersonDraft) -> Person:
    person = Person(email=draft.email, full_name=draft.full_name, position=draft.position)
    person.password = make_password(None)
    person.fill_keys()
    return person


def _correct(drafts: Sequence[PersonDraft]) -> None:
    by_id = {draft.known.id: draft for draft in drafts if draft.known}
    people = Person.objects.in_bulk(list(by_id))
    for id, person in people.items():
        person.full_name = by_id[id].full_name or person.full_name
        person.position = by_id[id].position or person.position
        person.fill_keys()
    columns = ["full_name", "position", "search_key", "sort_key"]
    Person.objects.bulk_update(people.values(), columns, batch_size=100)
