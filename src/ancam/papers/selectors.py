"""The door for reading issued papers."""

from collections.abc import Iterator

from django.db.models import QuerySet

from ancam.accounts.models import Person
from ancam.papers.errors import FileMissing
from ancam.papers.models import Paper
from ancam.web.storage import stored_bytes


def papers(person: Person) -> QuerySet[Paper]:
    """Return the papers that the person may see, newest first, with their agencies."""
    return Paper.objects.all().visible_to(person).select_related("agency")


def kept_heads() -> Iterator[tuple[str, str]]:
    """Yield the number of every issued paper and the ledger's head that it carries, for a check of the ledger.

    Not limited to anyone's papers: the check names a paper only when the ledger lost the head that stands on it.
    """
    for paper in Paper.objects.only("number", "symbol", "issued_on", "ledger_head").order_by("pk").iterator(2000):
        yield f"{paper.full_number} ngày {paper.issued_on:%d/%m/%Y}", paper.ledger_head


def paper_content(paper: Paper) -> bytes:
    """Return the paper's file; raise `FileMissing` when the store's bytes are gone or differ from the digest."""
    try:
        return stored_bytes(paper.file_digest)
    except FileNotFoundError as exc:
        raise FileMissing(full_number=paper.full_number) from exc
