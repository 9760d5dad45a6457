"""The door for reading issued papers."""

from django.db.models import QuerySet

from ancam.accounts.models import Person
from ancam.papers.errors import FileMissing
from ancam.papers.models import Paper
from ancam.web.storage import stored_bytes


def papers(person: Person) -> QuerySet[Paper]:
    """Return the papers that the person may see, newest first, with their agencies."""
    return Paper.objects.all().visible_to(person).select_related("agency")


def paper_content(paper: Paper) -> bytes:
    """Return the paper's file; raise `FileMissing` when the store's bytes are gone or differ from the digest."""
    try:
        return stored_bytes(paper.file_digest)
    except FileNotFoundError as exc:
        raise FileMissing(full_number=paper.full_number) from exc
