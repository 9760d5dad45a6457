"""A person's name and position: corrected by who administers them, the position also by themselves."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.errors import ParticularsChanged
from ancam.accounts.models import Person
from ancam.accounts.services.guards import locked_person, require_administrator_of_all
from ancam.audit.services import Action, Actor, record
from ancam.kit.folding import squeeze

CHANGE_PARTICULARS = Action("accounts.change_particulars", "Sửa họ tên, chức vụ")
CHANGE_OWN_POSITION = Action("accounts.change_own_position", "Tự sửa chức vụ")


@dataclass(frozen=True, slots=True)
class Particulars:
    """How a person is called, and what they are in their agency."""

    full_name: str
    position: str

    @classmethod
    def of(cls, person: Person) -> "Particulars":
        """Return what is kept of a person now."""
        return cls(person.full_name, person.position)

    @property
    def mark(self) -> str:
        """Return what a form carries to say over which values it was filled in."""
        return hashlib.sha256(f"{self.full_name}\n{self.position}".encode()).hexdigest()[:32]


@transaction.atomic
def change_particulars(*, person: Person, facts: Particulars, seen: str, by: Person, at: datetime) -> Person:
    """Correct a person's name and position; `seen` is the mark of the values that `by` had before them.

    Only who administers every agency of the person may: the name stands on the work of all of them. Does nothing when
    it is so already. Raises `Forbidden`, or `ParticularsChanged` when others wrote meanwhile.
    """
    person = locked_person(person)
    actor = require_administrator_of_all(by, person, _("sửa thông tin người dùng"))
    return _changed(person, facts, seen, actor, CHANGE_PARTICULARS, at)


@transaction.atomic
def change_own_position(*, person: Person, position: str, seen: str, at: datetime) -> Person:
    """Correct one's own position; an official's name is for their agency to say.

    Does nothing when it is so already. Raises `ParticularsChanged` when others wrote meanwhile.
    """
    person = locked_person(person)
    facts = Particulars(person.full_name, position)
    return _changed(person, facts, seen, person.as_actor(), CHANGE_OWN_POSITION, at)


def _changed(person: Person, facts: Particulars, seen: str, actor: Actor, action: Action, at: datetime) -> Person:
    """Keep the facts of a locked person with their line: what was and what is, of what differs alone."""
    held, wanted = Particulars.of(person), Particulars(squeeze(facts.full_name), squeeze(facts.position))
    if held == wanted:
        return person
    if held.mark != seen:
        raise ParticularsChanged(person=person.full_name)
    person.full_name, person.position = wanted.full_name, wanted.position
    person.save(update_fields=["full_name", "position", "search_key", "sort_key"])
    record(by=actor, action=action, subject=person.as_subject(), change=correction(held, wanted), at=at)
    return person


def correction(held: Particulars, wanted: Particulars) -> dict[str, Any]:
    """Return what the ledger keeps of a correction: what was and what is, of what differs alone."""
    before, after = asdict(held), asdict(wanted)
    differing = [name for name in after if after[name] != before[name]]
    return {"before": {name: before[name] for name in differing}, "after": {name: after[name] for name in differing}}
