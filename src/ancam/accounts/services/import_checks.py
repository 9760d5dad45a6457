"""What the rows of a list mean against the tree and the people of this moment."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation

from ancam.accounts import selectors
from ancam.accounts.bulk.agencies import Kinds, check_agency_rows
from ancam.accounts.bulk.agency_drafts import Draft
from ancam.accounts.bulk.outcomes import Outcome
from ancam.accounts.bulk.people import KnownPerson, PersonDraft, Roles, check_people_rows, row_email
from ancam.accounts.bulk.references import Tree
from ancam.accounts.models import ImportBatch, ImportKind, Membership, Person, Role, Tier
from ancam.engines.tables.model import Row

# Values of one query.
_AT_ONCE = 500
_ROLE_SYNONYMS = {
    "quản trị viên": Role.ADMINISTRATOR,
    "quản trị hệ thống": Role.ADMINISTRATOR,
    "cán bộ": Role.OFFICER,
    "công chức": Role.OFFICER,
    "thẩm định": Role.APPRAISER,
    "kiểm tra": Role.AUDITOR,
    "chỉ xem": Role.READER,
    "đọc": Role.READER,
}


def check_rows(batch: ImportBatch, by: Person) -> tuple[list[Outcome], list[Draft] | list[PersonDraft], Tree]:
    """Return what becomes of each row, the drafts of the rows to be written, and the tree they were checked against.

    One query for the tree, one for the rows, and two for each 500 people.
    """
    rows = [Row(number, cells) for number, cells in batch.rows.order_by("number").values_list("number", "cells")]
    tree = selectors.tree_for(by)
    if batch.kind == ImportKind.AGENCIES:
        return *check_agency_rows(rows, tree, kinds_in_words()), tree
    known = _people_with({row_email(row) for row in rows})
    return *check_people_rows(rows, known, tree, roles_in_words(), _is_email), tree


def kinds_in_words() -> Kinds:
    """Return the kinds of agency and the tiers, in Vietnamese whatever the reader's language."""
    today = selectors.agency_kinds()
    with translation.override("vi"):
        tiers = {str(tier): str(words) for tier, words in Tier.choices}
    return Kinds(selectors.kind_names(), {kind.id: kind.tier for kind in today}, tiers, [kind.id for kind in today])


def roles_in_words() -> Roles:
    """Return the roles, in Vietnamese whatever the reader's language."""
    with translation.override("vi"):
        names = {str(role): str(words) for role, words in Role.choices}
    return Roles(names, {words: str(role) for words, role in _ROLE_SYNONYMS.items()})


def _people_with(emails: Iterable[str]) -> dict[str, KnownPerson]:
    found: dict[str, KnownPerson] = {}
    for group in _in_groups(sorted(emails)):
        people: list[tuple[Any, ...]] = list(
            Person.objects.filter(email__in=group).values_list("pk", "email", "full_name", "position")
        )
        roles: dict[int, set[tuple[int, str]]] = {person[0]: set() for person in people}
        held = Membership.objects.filter(person__email__in=group).values_list("person_id", "agency_id", "role")
        for person, agency, role in held:
            roles[person].add((agency, role))
        found |= {email: KnownPerson(pk, email, name, at, frozenset(roles[pk])) for pk, email, name, at in people}
    return found


def _in_groups(emails: list[str]) -> Iterator[list[str]]:
    for first in range(0, len(emails), _AT_ONCE):
        yield emails[first : first + _AT_ONCE]


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254
