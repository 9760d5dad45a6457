"""Letters and their obligations, as far as a person may see them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from ancam.accounts.models import Person
from ancam.directives.cascade_reference import directive_code, directive_number
from ancam.directives.errors import FileMissing
from ancam.directives.models import (
    Assignment,
    AssignmentState,
    Correction,
    DatePrecision,
    Document,
    DutyEvent,
    Obligation,
    ObligationState,
    PeriodState,
)
from ancam.directives.models.assignment import given_within
from ancam.engines.reading.agencies import plain
from ancam.web.storage import stored_bytes

_OFFICES = frozenset({"chu", "tich", "giam", "doc"})
"""Words of who signs: a letter of `Chủ tịch UBND tỉnh` is one of `UBND tỉnh Đông Sơn`."""

MOST_NAMED = 50
"""How many of the letters that a letter names are looked for."""


def documents(person: Person) -> QuerySet[Document]:
    """Return the letters the person may see, newest first, with how many obligations wait and were confirmed.

    Counts are of what the person may see: for a letter held elsewhere, of the person's own assignments.
    """
    found = Document.objects.all().visible_to(person).select_related("holder", "regime").defer("text", "clauses")
    mine = person.scope("holder__path") | given_within(person, "obligations__assignments__")
    standing = mine & Q(obligations__assignments__state=AssignmentState.STANDING)
    accepted = standing & Q(obligations__assignments__periods__state=PeriodState.ACCEPTED)
    counted: QuerySet[Document] = found.annotate(
        given=Count("obligations__assignments__periods", filter=standing, distinct=True),
        done=Count("obligations__assignments__periods", filter=accepted, distinct=True),
    )
    return counted


def first_document(person: Person) -> Document | None:
    """Return any letter the person may see, to know whether there is one."""
    return Document.objects.all().visible_to(person).defer("text", "clauses").first()


def sees_whole(person: Person, document: Document) -> bool:
    """Tell whether the letter is held within the person's agencies, so that all of it may be seen. No query."""
    return any(document.holder.path.startswith(m.agency.path) for m in person.current_memberships)


def obligations_of(document: Document, person: Person) -> QuerySet[Obligation]:
    """Return the letter's obligations that the person may see, in the letter's order."""
    found = Obligation.objects.all().visible_to(person).filter(document=document)
    return found.select_related("confirmed_by").order_by("position", "pk")


def review_counts(document: Document) -> dict[str, int]:
    """Return how many obligations are proposed, confirmed, dropped, and how many stand in `total`. One query."""
    by_state = {state.value: Count("pk", filter=Q(state=state)) for state in ObligationState}
    counts = document.obligations.aggregate(**by_state)
    return {**counts, "total": counts["proposed"] + counts["confirmed"]}


def anomalies_of(document: Document, obligations: list[Obligation]) -> list[dict[str, Any]]:
    """Return what a person must look at: of the letter first, then of each obligation that waits, in order.

    Each with its `obligation`, None for the letter, and whether it stands `beside` a field of it as a doubt.
    """
    found: list[dict[str, Any]] = [{**anomaly, "obligation": None} for anomaly in document.anomalies]
    for one in obligations:
        if one.state == ObligationState.PROPOSED:
            reasons = {doubt["reason"] for doubt in one.open_doubts}
            found += [
                {**anomaly, "obligation": one, "beside": anomaly["message"] in reasons}
                for anomaly in one.open_anomalies
            ]
    return found


def parent_of(document: Document, person: Person) -> Document | None:
    """Return the letter that this one carries out, when the person may see it."""
    if document.parent_id is None:
        return None
    return Document.objects.all().visible_to(person).filter(pk=document.parent_id).first()


@dataclass(frozen=True, slots=True)
class Parent:
    """What a letter carries out: a letter, or a directive of the reference data by its code."""

    document: Document | None = None
    directive: str = ""


def suggested_parent(document: Document, person: Person) -> Parent | None:
    """Return what a letter seems to carry out, by the numbers it names; None when nothing here fits.

    Of visible letters that bear such a number, and the day and the issuer it is cited with, the one signed last is the
    nearest above; of two alike none is. Failing that, the directive of the reference data. One query.
    """
    named = Q(pk__in=[])
    for full_number in document.implements[:MOST_NAMED]:
        number, _, symbol = full_number.partition("/")
        named |= Q(number=number, symbol=symbol)
    found = Document.objects.all().visible_to(person).filter(named).exclude(pk=document.pk).defer("text", "clauses")
    cited = [one for one in found[:MOST_NAMED] if is_cited(one, document.legal_basis)]
    newest = max((one.signed_on for one in cited if one.signed_on), default=None)
    nearest = [one for one in cited if one.signed_on == newest]
    if cited:
        return Parent(document=nearest[0]) if len(nearest) == 1 else None
    return Parent(directive=directive_code()) if directive_number() in document.implements else None


def is_cited(document: Document, legal_basis: list[dict[str, Any]]) -> bool:
    """Tell whether a letter can be the one that is cited by its number: neither its day nor its issuer is another."""
    bases = [basis for basis in legal_basis if basis["number"] == document.full_number]
    return not bases or any(_fits(document, basis) for basis in bases)


def _fits(document: Document, basis: dict[str, Any]) -> bool:
    is_of_day = document.signed_precision != DatePrecision.DAY or basis["date"] in (
        None,
        document.signed_on and document.signed_on.isoformat(),
    )
    issuer, cited = (set(plain(name).split()) - _OFFICES for name in (document.issuer, basis["issuer"] or ""))
    return is_of_day and (not issuer or issuer <= cited or cited <= issuer)


def children_of(document: Document, person: Person) -> QuerySet[Document]:
    """Return the visible letters that carry out this one."""
    return (
        Document.objects.all()
        .visible_to(person)
        .filter(parent=document)
        .select_related("holder")
        .defer("text", "clauses")
    )


def possible_parents(document: Document, person: Person) -> QuerySet[Document]:
    """Return the visible letters that this one might carry out: all but itself, oldest date first."""
    found = Document.objects.all().visible_to(person).exclude(pk=document.pk).exclude(parent=document)
    return found.defer("text", "clauses").order_by(F("signed_on").asc(nulls_last=True), "pk")


def later_document_of(obligation: Obligation, person: Person) -> Document | None:
    """Return the letter by which the duty's days were moved, when there is one the person may see. One query."""
    schedule = getattr(obligation, "schedule", None)
    if schedule is None or schedule.later_document_id is None:
        return None
    found = Document.objects.all().visible_to(person).filter(pk=schedule.later_document_id)
    return found.defer("text", "clauses").first()


def events_of(obligation: Obligation, person: Person) -> QuerySet[DutyEvent]:
    """Return the events recorded for the duty, newest first: common ones, and those of assignments the person sees."""
    seen = Assignment.objects.all().visible_to(person).order_by().values("pk")
    found = obligation.events.filter(Q(assignment=None) | Q(assignment__in=seen))
    return found.select_related("assignment__agency", "assignment__answering_agency", "recorded_by")


def possible_later(document: Document, person: Person) -> QuerySet[Document]:
    """Return the visible letters that may have moved this one's days: those not signed before it, oldest first."""
    found = Document.objects.all().visible_to(person).exclude(pk=document.pk)
    if document.signed_on is not None:
        found = found.filter(Q(signed_on=None) | Q(signed_on__gte=document.signed_on))
    return found.defer("text", "clauses").order_by(F("signed_on").asc(nulls_last=True), "pk")


def document_content(document: Document) -> bytes:
    """Return the letter as received; raise `FileMissing` when the store's bytes are gone or differ."""
    return stored_content(document.file_digest, document.file_name)


def stored_content(digest: str, name: str) -> bytes:
    """Return a stored file's bytes after checking them against their digest; raise `FileMissing`."""
    try:
        return stored_bytes(digest)
    except FileNotFoundError as exc:
        raise FileMissing(name=name) from exc


def corrections_of(obligation: Obligation) -> QuerySet[Correction]:
    """Return what people corrected in an obligation, newest first; for those who see the whole letter."""
    return obligation.corrections.select_related("by").order_by("-pk")
