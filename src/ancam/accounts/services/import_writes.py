"""Rows of a list that were checked, written set by set. Inside the transaction that checked them."""

from collections import Counter
from collections.abc import Sequence

from django.contrib.auth.hashers import make_password

from ancam.accounts.bulk.agencies import Draft
from ancam.accounts.bulk.paths import planned_paths
from ancam.accounts.bulk.people import PersonDraft
from ancam.accounts.bulk.references import Tree
from ancam.accounts.models import Agency, Membership, OneTimeLink, Person

_AT_ONCE = 500


def write_agencies(drafts: Sequence[Draft], tree: Tree) -> None:
    """Add, change and move the agencies of the drafts, with the paths of everything below what moves."""
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
    columns = {name for row in values.values() for name in row} | {
        "path",
        "depth",
        "numchild",
        "search_key",
        "sort_key",
    }
    Agency.objects.bulk_update(touched.values(), sorted(columns), batch_size=100)
    Agency.objects.bulk_create(made, batch_size=_AT_ONCE)


def _made(draft: Draft, path: str, children: Counter[str]) -> Agency:
    depth = len(path) // Agency.steplen
    agency = Agency(**draft.values, path=path, depth=depth, numchild=children[path])
    agency.fill_keys()
    return agency


def write_people(drafts: Sequence[PersonDraft]) -> None:
    """Add the people of the drafts without a password, correct those who are there, and give the roles.

    Who gets a further role loses a link handed out before it, as in `add_role`.
    """
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
    further = [draft.known.id for draft in drafts if draft.known and draft.roles]
    for first in range(0, len(further), _AT_ONCE):
        OneTimeLink.objects.filter(person__in=further[first : first + _AT_ONCE]).delete()


def _person(draft: PersonDraft) -> Person:
    person = Person(email=draft.email, full_name=draft.full_name, position=draft.position)
    person.password = make_password(None)
    person.fill_keys()
    return person


def _correct(drafts: Sequence[PersonDraft]) -> None:
    named = {draft.known.id: draft for draft in drafts if draft.known and draft.full_name}
    people = Person.objects.in_bulk(list({draft.known.id for draft in drafts if draft.known}))
    for id, person in people.items():
        draft = named.get(id)
        if draft:
            person.full_name = draft.full_name
    for draft in drafts:
        if draft.known and draft.position:
            people[draft.known.id].position = draft.position
    for person in people.values():
        person.fill_keys()
    columns = ["full_name", "position", "search_key", "sort_key"]
    Person.objects.bulk_update(people.values(), columns, batch_size=100)
