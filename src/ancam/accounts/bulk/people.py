"""What each row of a list of people means: someone new, further roles, a correction, nothing, or a refusal."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ancam.accounts.bulk.cells import Cells, day_text
from ancam.accounts.bulk.columns import heading_of
from ancam.accounts.bulk.errors import (
    AgencyAmbiguous,
    AgencyUnknown,
    EmailElsewhere,
    EmailRefused,
    NotAdministered,
    RoleOutside,
    RoleUnknown,
    RowRefused,
    SharedPerson,
    TakesNoMore,
    TwiceInFile,
)
from ancam.accounts.bulk.outcomes import Change, Outcome, Verdict
from ancam.accounts.bulk.references import Tree
from ancam.engines.tables.model import Row
from ancam.kit.folding import fold, squeeze

_LIMITS = {"full_name": 120, "position": 120, "agency": 800}
_BETWEEN_ROLES = re.compile(r"[;,\n]+")
_BETWEEN_LINES = re.compile(r"[;\n]+")
_ROLE_AT = re.compile(r"([^–—:-]+?)\s*[–—:-]\s*(.+)")


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Someone who is there already, with their roles as (agency, role)."""

    id: int
    email: str
    full_name: str
    position: str
    roles: frozenset[tuple[int, str]]


class Roles:
    """The roles by id with the words for them, and further words that files use."""

    def __init__(self, names: Mapping[str, str], synonyms: Mapping[str, str]) -> None:
        self.names = names
        self._meant = {fold(words): id for words, id in synonyms.items()}
        self._meant |= {fold(name): id for id, name in names.items()} | {id: id for id in names}

    def meant(self, text: str) -> str:
        """Return the id of the role that a text means; empty when it means none."""
        return self._meant.get(fold(text), "")


@dataclass(slots=True)
class PersonDraft:
    """A row while it is being understood: whom it speaks of, what it sets, the roles that it gives."""

    row: Row
    email: str
    full_name: str
    known: KnownPerson | None
    position: str = ""
    roles: list[tuple[int, str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    refusals: list[RowRefused] = field(default_factory=list)


def check_people_rows(
    rows: Sequence[Row], known: Mapping[str, KnownPerson], tree: Tree, roles: Roles, is_email: Callable[[str], bool]
) -> tuple[list[Outcome], list[PersonDraft]]:
    """Return what becomes of each row, in the file's order, and the drafts of the rows to be written.

    A person is known by e-mail. Roles are added, never taken; an empty cell leaves what is. Whoever is seen through
    one agency only keeps name and position until someone changes them who administers all of theirs.
    """
    drafts = [_read(row, known, tree, roles, is_email) for row in rows]
    by_email: dict[str, list[PersonDraft]] = defaultdict(list)
    for draft in drafts:
        by_email[draft.email].append(draft)
    for draft in drafts:
        same = by_email[draft.email]
        if draft.email and len(same) > 1:
            draft.refusals.append(TwiceInFile(row=next(one.row.number for one in same if one is not draft)))
    outcomes = [_outcome(draft) for draft in drafts]
    return outcomes, [draft for draft, outcome in zip(drafts, outcomes, strict=True) if outcome.writes]


def row_email(row: Row) -> str:
    """Return the e-mail of a row as it is kept."""
    return squeeze(row.cells.get("email", "")).lower()


def _read(
    row: Row, known: Mapping[str, KnownPerson], tree: Tree, roles: Roles, is_email: Callable[[str], bool]
) -> PersonDraft:
    cells, email = Cells(row.cells), row_email(row)
    draft = PersonDraft(row, email, cells.line("full_name", _LIMITS["full_name"]), known.get(email))
    draft.position = cells.line("position", _LIMITS["position"])
    cells.require(email=email)
    if email and not is_email(email):
        cells.refusals.append(EmailRefused(text=email[:254]))
    if draft.known is None:
        cells.require(full_name=draft.full_name, agency=cells.raw("agency"), role=cells.raw("role"))
    draft.refusals = cells.refusals
    if draft.known and not _seen(draft.known, tree):
        draft.refusals.append(EmailElsewhere(email=email))
    else:
        _read_roles(draft, cells, tree, roles)
        _compare(draft, tree, roles)
    return draft


def _read_roles(draft: PersonDraft, cells: Cells, tree: Tree, roles: Roles) -> None:
    """Fill in the roles: those at the agency of the row, and those that name an agency of their own."""
    place = cells.line("agency", _LIMITS["agency"])
    words = [word for part in _BETWEEN_ROLES.split(cells.raw("role")) if (word := squeeze(part))]
    if words and not place and draft.known:
        cells.require(agency=place)
    wanted = [(word, place, "agency") for word in words] if place else []
    for line in filter(str.strip, _BETWEEN_LINES.split(cells.raw("other_roles"))):
        found = _ROLE_AT.fullmatch(squeeze(line))
        wanted.append((found[1], found[2], "other_roles") if found else (squeeze(line), "", "other_roles"))
    for word, reference, column in wanted:
        given = _role_at(draft, word, reference, column, tree, roles)
        if given and given not in draft.roles:
            draft.roles.append(given)
    if place and not words:
        _agency(draft, place, "agency", tree)


def _role_at(
    draft: PersonDraft, word: str, reference: str, column: str, tree: Tree, roles: Roles
) -> tuple[int, str] | None:
    role = roles.meant(word)
    if not role:
        _refuse(draft, RoleUnknown(text=word[:80]))
    agency = _agency(draft, reference, column, tree)
    return (agency, role) if role and agency is not None else None


def _agency(draft: PersonDraft, reference: str, column: str, tree: Tree) -> int | None:
    found = tree.meant(reference)
    if len(found) == 1:
        return found[0]
    refused = AgencyAmbiguous if found else AgencyUnknown
    _refuse(draft, refused(heading=heading_of(column), text=reference))
    return None


def _compare(draft: PersonDraft, tree: Tree, roles: Roles) -> None:
    """Keep of what the row says only what is not so already, and refuse what the person may not do."""
    known = draft.known
    held = known.roles if known else frozenset()
    draft.roles = [given for given in draft.roles if given not in held]
    for agency, _role in draft.roles:
        if not tree.administers(agency):
            _refuse(draft, NotAdministered(agency=tree.by_id[agency].name))
        elif tree.has_ended(agency):
            ended = tree.by_id[agency]
            _refuse(draft, TakesNoMore(agency=ended.name, ended_on=day_text(ended.ends_on)))
        elif known and not tree.is_within(agency, [place for place, _role in held]):
            _refuse(draft, RoleOutside(person=known.full_name, agency=tree.by_id[agency].name))
    if known is None:
        return
    for name in ("full_name", "position"):
        before, after = getattr(known, name), getattr(draft, name)
        if after and after != before:
            draft.changes.append(Change(name, before, after))
    if draft.changes and not (known.roles and all(tree.administers(agency) for agency, _role in known.roles)):
        draft.refusals.append(SharedPerson(person=known.full_name))
    if draft.roles:
        given = "; ".join(f"{roles.names[role]} – {tree.by_id[agency].name}" for agency, role in draft.roles)
        draft.changes.append(Change("role", "", given))


def _seen(person: KnownPerson, tree: Tree) -> bool:
    return any(tree.sees(agency) for agency, _role in person.roles)


def _refuse(draft: PersonDraft, refusal: RowRefused) -> None:
    """Add a refusal, once."""
    if not any(type(one) is type(refusal) and one.values == refusal.values for one in draft.refusals):
        draft.refusals.append(refusal)


def _outcome(draft: PersonDraft) -> Outcome:
    number, label = draft.row.number, draft.full_name or draft.email
    if draft.refusals:
        return Outcome(number, label, Verdict.REFUSED, refusals=tuple(draft.refusals))
    meant = (draft.known.id if draft.known else 0, *draft.roles)
    if draft.known is None:
        return Outcome(number, label, Verdict.NEW, meant=meant)
    verdict = Verdict.CHANGED if draft.changes else Verdict.SAME
    return Outcome(number, label, verdict, changes=tuple(draft.changes), meant=meant)
