"""What a letter's duties became in the letters that carry it out, as far as a person may see both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from ancam.accounts.models import Person
from ancam.directives.cascade_reference import cascade_field, directive_code, directive_duties
from ancam.directives.cascade_rules import Above, Body, Comparison, Duty, Issuer, Key, compare
from ancam.directives.models import Document, DutyKind, Obligation, ObligationState
from ancam.directives.selectors.documents import obligations_of, sees_whole
from ancam.engines.reading.agencies import kind_of
from ancam.kit.folding import fold

MOST_CHILDREN = 120
"""How many letters below are compared at once."""


@dataclass(frozen=True, slots=True)
class DutyAbove:
    """A duty of the letter above; `obligation` is None for a directive of the reference data."""

    duty: Duty
    obligation: Obligation | None

    @property
    def kind(self) -> str:
        """Return what it asks for, in words."""
        return str(DutyKind(self.duty.kind).label)


@dataclass(frozen=True, slots=True)
class LetterBelow:
    """A letter below with its duties by key, and what it made of those above."""

    document: Document
    obligations: dict[Key, Obligation]
    comparison: Comparison

    @property
    def added(self) -> list[Obligation]:
        """Return its duties that match none above."""
        return [self.obligations[duty.key] for duty in self.comparison.added]

    @property
    def name(self) -> str:
        """Return the letter as a column names it: who issued it, and its number."""
        return f"{self.document.issuer or self.document.holder.name} · {self.document.short_title}"


@dataclass(frozen=True, slots=True)
class Cascade:
    """A letter's duties over the letters that carry it out.

    left_out: letters below past the bound. tells_added: false when only part of the letter above may be seen, so that
    what is new below cannot be told.
    """

    duties: tuple[DutyAbove, ...]
    letters: tuple[LetterBelow, ...]
    left_out: int
    tells_added: bool


def cascade_of(document: Document, person: Person) -> Cascade:
    """Return what became of a letter's duties that the person may see.

    Of the letters below those count that the person sees whole; dropped duties do not. Three queries beyond the
    person's roles, whatever the number of letters.
    """
    above = [DutyAbove(duty_of(one), one) for one in obligations_of(document, person) if _counts(one)]
    return _cascade(above, letters_below(person).filter(parent=document), sees_whole(person, document))


def directive_cascade(person: Person) -> Cascade:
    """Return what became of the duties of the reference data's directive, as above."""
    above = [DutyAbove(duty, None) for duty in directive_duties()]
    return _cascade(above, letters_below(person).filter(parent_directive=directive_code()), tells_added=True)


def letters_below(person: Person) -> QuerySet[Document]:
    """Return the letters that the person sees whole, so that what is not seen in them is not in them."""
    held: QuerySet[Document] = Document.objects.all().visible_to(person).held_by(person)
    return held.select_related("holder").defer("text", "clauses").order_by("holder__sort_key", "received_at", "pk")


def _cascade(above: Sequence[DutyAbove], below: QuerySet[Document], tells_added: bool) -> Cascade:
    documents = list(below[:MOST_CHILDREN])
    left_out = below.count() - MOST_CHILDREN if len(documents) == MOST_CHILDREN else 0
    given: dict[int, list[Obligation]] = {document.pk: [] for document in documents}
    duties = Obligation.objects.filter(document__in=documents).exclude(state=ObligationState.DROPPED)
    for one in duties.order_by("document", "position", "pk"):
        given[one.document_id].append(one)
    ready = Above(one.duty for one in above)
    letters = tuple(_compared(document, given[document.pk], ready) for document in documents)
    return Cascade(tuple(above), letters, max(left_out, 0), tells_added)


def _compared(document: Document, obligations: list[Obligation], above: Above) -> LetterBelow:
    duties = [duty_of(one) for one in obligations]
    for one in obligations:
        one.document = document
    comparison = compare(above, duties, issuer_of(document, duties), cascade_field())
    return LetterBelow(document, {one.pk: one for one in obligations}, comparison)


def _counts(obligation: Obligation) -> bool:
    return obligation.state != ObligationState.DROPPED


def duty_of(obligation: Obligation) -> Duty:
    """Return an obligation as it is compared."""
    return Duty(
        key=obligation.pk,
        clause=obligation.clause or str(obligation.pk),
        kind=obligation.kind,
        action=obligation.action,
        leads=_bodies(obligation.leads),
        supports=_bodies(obligation.supports),
        also_kinds=tuple(obligation.also_kinds),
        last_day=obligation.last_day,
        due_words=obligation.relative_text or obligation.deadline_text,
        condition=obligation.condition,
    )


def _bodies(actors: Iterable[dict[str, str | None]]) -> tuple[Body, ...]:
    return tuple(Body(actor["text"] or "", actor["kind"]) for actor in actors)


def issuer_of(document: Document, duties: Iterable[Duty]) -> Issuer:
    """Return who issued a letter: the holder when it bears its name or none, else as the name says."""
    holder, words = document.holder, cascade_field()
    named = {kind_of(line) for line in document.addressees}
    named |= {body.kind for duty in duties for body in (*duty.leads, *duty.supports)}
    known = frozenset(kind for kind in named if kind is not None)
    is_own = not document.issuer or fold(document.issuer) == fold(holder.name)
    kind = None if is_own else kind_of(document.issuer)
    if kind is None:
        return Issuer(holder.kind or None, holder.tier, document.signed_on, known)
    return Issuer(kind, words.tiers[kind], document.signed_on, known)
