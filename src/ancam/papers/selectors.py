"""The door for reading papers, registers and what was attached."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

from django.db.models import QuerySet

from ancam.accounts.models import Agency, Person
from ancam.accounts.rules import LEADER, OFFICER
from ancam.accounts.selectors import bound_to
from ancam.kit.errors import AnCamError
from ancam.papers.errors import FileMissing
from ancam.papers.models import NUMBERED, Paper, PaperState, PdfCopy, RegisterEntry, SignedCopy
from ancam.papers.register_rules import gaps, next_number
from ancam.papers.rules import may_decide, open_acts
from ancam.papers.services.guards import is_another
from ancam.papers.services.register import lines_of
from ancam.papers.writers import writer_of
from ancam.web.clock import day_of
from ancam.web.storage import stored_bytes

MOST_WAITING = 100
MOST_GAPS = 20
MOST_SYMBOLS = 200
MOST_SUCCESSORS = 200


def papers(person: Person) -> QuerySet[Paper]:
    """Return the papers that the person may see, those without a number first, then the newest, with their agencies."""
    return Paper.objects.all().visible_to(person).select_related("agency").defer("inputs")


def acts_on(paper: Paper, person: Person) -> frozenset[str]:
    """Return what the person may do with the paper now, by the names of `rules.ACTS`. One query."""
    return open_acts(
        paper.state,
        issues=person.has_perm("papers.issue", paper.agency),
        decides=person.has_perm("papers.decide", paper.agency),
        is_another=is_another(person, paper),
    )


def to_decide(person: Person) -> list[Paper]:
    """Return those of the 100 oldest submitted papers that wait for this leader, the oldest first.

    One query, and one for each day of drafting: who may not decide by four eyes is not shown what is their own.
    """
    waiting = Paper.objects.filter(Paper.objects.all().of_own(person, (LEADER,)), state=PaperState.SUBMITTED)
    found = waiting.select_related("agency", "drafted_by").defer("inputs").order_by("submitted_at", "pk")
    bound = cache(partial(bound_to, person))
    return [
        paper
        for paper in found[:MOST_WAITING]
        if may_decide(drafter_id=paper.drafted_by_id, person_id=person.pk, bound_to=bound(day_of(paper.drafted_at)))
    ]


def to_carry_on(person: Person) -> QuerySet[Paper]:
    """Return what waits for who drafts and issues at the person's agencies: returned, or approved without a number."""
    mine = Paper.objects.all().of_own(person, (LEADER, OFFICER))
    found = Paper.objects.filter(mine, state__in=[PaperState.RETURNED, PaperState.APPROVED])
    return found.select_related("agency").defer("inputs").order_by("drafted_at", "pk")


def waiting_papers(person: Person) -> list[Paper]:
    """Return the papers that wait for a next step of this person: to decide first, then to carry on.

    Two queries, and one for each day on which a paper to decide was drafted.
    """
    return [*to_decide(person), *to_carry_on(person)[:MOST_WAITING]]


def is_outdated(paper: Paper, person: Person) -> bool:
    """Tell whether the values of a paper without a number would be others if it were drafted today.

    Only for who may draft it; false when nobody can tell. It costs what making the values costs.
    """
    writer = writer_of(paper.template)
    if writer is None or paper.is_numbered or paper.state == PaperState.DISCARDED:
        return False
    if not person.has_perm("papers.issue", paper.agency):
        return False
    try:
        return bool(writer.renew(paper, person) != paper.inputs)
    except AnCamError:
        return False


def successors_of(paper: Paper, person: Person) -> QuerySet[Paper]:
    """Return the issued papers of the same agency that may take this one's place: the 200 newest, newest first."""
    found = papers(person).filter(agency=paper.agency_id, state=PaperState.ISSUED).exclude(pk=paper.pk)
    # Cut inside, because a form looks its choice up among these.
    return papers(person).filter(pk__in=found.values("pk")[:MOST_SUCCESSORS])


def symbols(person: Person) -> list[str]:
    """Return the symbols of the papers that the person may see, 200 at most. One query."""
    found = Paper.objects.all().visible_to(person).order_by("symbol").values_list("symbol", flat=True).distinct()
    return list(found[:MOST_SYMBOLS])


def years(person: Person) -> list[int]:
    """Return the years of the papers that the person may see, the latest first. One query."""
    issued = Paper.objects.all().visible_to(person).filter(issued_on__isnull=False).order_by()
    return [day.year for day in issued.dates("issued_on", "year", order="DESC")]


@dataclass(frozen=True, slots=True)
class RegisterStanding:
    """How far a register has got: the number to give next, and the runs of numbers that nobody has taken."""

    next_number: int
    gaps: tuple[tuple[int, int], ...]


def register_standing(agency: Agency, symbol: str, year: int) -> RegisterStanding:
    """Return how far the agency's register of a symbol and year has got. One query."""
    lines = lines_of(agency, symbol, year)
    return RegisterStanding(next_number(lines), tuple(gaps(lines))[-MOST_GAPS:])


def register_entries(person: Person) -> QuerySet[RegisterEntry]:
    """Return the lines of the registers that the person may see, the newest year first."""
    found = RegisterEntry.objects.all().visible_to(person).select_related("agency", "paper", "entered_by")
    return found.defer("paper__inputs")


def signed_copies(person: Person) -> QuerySet[SignedCopy]:
    """Return the attached copies of the papers that the person may see."""
    visible = Paper.objects.all().visible_to(person).order_by().values("pk")
    found = SignedCopy.objects.filter(paper__in=visible).select_related("paper", "attached_by")
    return found.defer("paper__inputs")


def kept_heads() -> Iterator[tuple[str, str]]:
    """Yield the number of every issued paper and the ledger's head that it carries, for a check of the ledger.

    Not limited to anyone's papers: the check names a paper only when the ledger lost the head that stands on it.
    """
    issued = Paper.objects.filter(state__in=NUMBERED).only("number", "symbol", "issued_on", "ledger_head")
    for paper in issued.order_by("pk").iterator(2000):
        yield f"{paper.full_number} ngày {paper.issued_on:%d/%m/%Y}", paper.ledger_head


def pdf_of(paper: Paper) -> PdfCopy | None:
    """Return the PDF of the paper's file, made or on its way; None when nobody asked for one."""
    copy: PdfCopy | None = getattr(paper, "pdf_copy", None)
    return copy


def paper_content(paper: Paper) -> bytes:
    """Return the paper's file; raise `FileMissing` when the store's bytes are gone or differ from the digest."""
    return kept_bytes(paper, paper.file_digest)


def kept_bytes(paper: Paper, digest: str) -> bytes:
    """Return a file kept with the paper; raise `FileMissing` when its bytes are gone or differ from the digest."""
    try:
        return stored_bytes(digest)
    except FileNotFoundError as exc:
        raise FileMissing(full_number=paper.full_number) from exc
