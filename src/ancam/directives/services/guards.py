"""What every door of this room asks first: the role, the state, the bounds; and the rows, locked."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from ancam.accounts.models import Agency, Person
from ancam.audit.services import Action, record
from ancam.directives.errors import ChangedMeanwhile, DayImplausible, FieldRequired, NotInReview, NotTracked, TooLong
from ancam.directives.models import Assignment, Document, DocumentState, Obligation
from ancam.kit.folding import squeeze
from ancam.web.replies import Forbidden

MAX_TEXT = 4_000
MAX_LINE = 300
MAX_NAMES = 40
MAX_LABEL = 240
FIRST_YEAR, LAST_YEAR = 1990, 2100


def require_holder(person: Person, agency: Agency, act: str) -> None:
    """Raise `Forbidden` unless the person is leader or officer of exactly the agency that holds the letter."""
    if not person.has_perm("directives.hold", agency):
        raise Forbidden(
            act=act, who=_("lãnh đạo hoặc chuyên viên của %(agency)s, nơi giữ văn bản") % {"agency": agency.name}
        )


def require_giver(person: Person, assignment: Assignment, act: str) -> None:
    """Raise `Forbidden` unless the person is leader or officer of exactly the agency that gave the assignment.

    That is the holder of the letter; of a part that an agency gave on, that agency. It answers what is reported, asked
    and wanted of it, and takes it back.
    """
    giver = assignment.giver
    if not person.has_perm("directives.hold", giver):
        raise Forbidden(
            act=act, who=_("lãnh đạo hoặc chuyên viên của %(agency)s, nơi giao việc") % {"agency": giver.name}
        )


def require_reporter(person: Person, assignment: Assignment, act: str) -> None:
    """Raise `Forbidden` unless the person is leader or officer of the agency that answers for the assignment today."""
    acting = assignment.acting_agency
    if not person.has_perm("directives.report", acting):
        raise Forbidden(act=act, who=_("lãnh đạo hoặc chuyên viên của %(agency)s") % {"agency": acting.name})


def locked_document(document: Document) -> Document:
    """Return the document as it stands now, locked until the transaction ends."""
    rows = Document.objects.select_for_update(of=("self",)).select_related("holder", "regime")
    current: Document = rows.get(pk=document.pk)
    return current


def require_in_review(document: Document) -> None:
    """Raise `NotInReview` when the letter's review is finished."""
    if document.state != DocumentState.IN_REVIEW:
        raise NotInReview(title=document.title)


def require_tracked(document: Document) -> None:
    """Raise `NotTracked` while the letter's duties are still in review."""
    if document.state != DocumentState.TRACKED:
        raise NotTracked(title=document.title)


def locked_obligation(obligation: Obligation, version: int | None) -> Obligation:
    """Return the obligation as it stands now, locked; raise `ChangedMeanwhile` when its version is another.

    The document's row is locked first, by everyone who changes the structure of its obligations.
    """
    document = locked_document(obligation.document)
    current: Obligation = Obligation.objects.select_for_update(of=("self",)).get(pk=obligation.pk)
    current.document = document
    if version is not None and current.version != version:
        raise ChangedMeanwhile(label=current.label)
    return current


def save_changed(obligation: Obligation) -> None:
    """Save an obligation that was locked, with its next version."""
    obligation.version += 1
    obligation.save()


def record_on(
    document: Document, action: Action, *, by: Person, at: datetime, change: Mapping[str, Any] | None = None
) -> None:
    """Add the ledger's line to the letter: one history holds all that was done to it and to its obligations."""
    record(by=by.as_actor(document.holder), action=action, subject=document.as_subject(), change=change, at=at)


def make_room(document: Document, after: int, count: int) -> None:
    """Move the obligations behind a position, so that `count` new ones fit there."""
    Obligation.objects.filter(document=document, position__gt=after).update(position=F("position") + count)


def bounded(text: str, *, field: str, label: str, most: int, required: bool = False) -> str:
    """Return the text squeezed line by line; raise `TooLong`, or `FieldRequired` when it must not be empty."""
    lines = [squeeze(line) for line in text.splitlines()]
    clean = "\n".join(line for line in lines if line)
    if len(clean) > most:
        raise TooLong(field=field, label=label, most=most)
    if required and not clean:
        raise FieldRequired(field=field, label=label[0].lower() + label[1:])
    return clean


def require_plausible(day: date | None, *, field: str) -> None:
    """Raise `DayImplausible` for a day outside the years of computers in offices, most often a slip of the keyboard."""
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DayImplausible(field=field, first=FIRST_YEAR, last=LAST_YEAR)


def digest_of(values: Any) -> str:
    """Return the SHA-256 of plain JSON values, by which a list too long for a line of the ledger is known again."""
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def shortened(words: str) -> str:
    """Return words short enough for a line of the history, with a sign where they were cut."""
    return words if len(words) <= MAX_LABEL else f"{words[: MAX_LABEL - 1]}…"


def bounded_names(names: Sequence[str], *, field: str, label: str) -> list[str]:
    """Return the names squeezed, without empty ones and repeats; raise `TooLong` past the bounds."""
    clean = list(dict.fromkeys(bounded(name, field=field, label=label, most=MAX_LINE) for name in names))
    clean = [name for name in clean if name]
    if len(clean) > MAX_NAMES:
        raise TooLong(field=field, label=label, most=MAX_NAMES * MAX_LINE)
    return clean
