"""Letters that a job reads, as far as a person may see them."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from ancam.accounts.models import Person
from ancam.directives.models import Document, ReadingRun, ReadingState

SHOWN_FOR = timedelta(days=2)
MOST_SHOWN = 20


def reading_runs(person: Person) -> QuerySet[ReadingRun]:
    """Return the readings the person may see, the newest first."""
    found: QuerySet[ReadingRun] = ReadingRun.objects.all().visible_to(person)
    return found.select_related("agency", "by", "document__holder").defer("document__text", "document__clauses")


def unread_letters(person: Person, at: datetime) -> QuerySet[ReadingRun]:
    """Return the readings under way, and the person's own that were refused in the last two days."""
    refused = Q(state=ReadingState.REFUSED, by=person, ended_at__gt=at - SHOWN_FOR)
    return reading_runs(person).filter(Q(state=ReadingState.RUNNING) | refused)[:MOST_SHOWN]


def seconds_left(run: ReadingRun, at: datetime) -> int | None:
    """Return about how many seconds the recognition still takes, by the pages done; None before the first."""
    if run.taken_up_at is None or not run.pages_done:
        return None
    spent = (at - run.taken_up_at).total_seconds()
    return round(spent / run.pages_done * (run.pages - run.pages_done))


def seconds_spent(run: ReadingRun, at: datetime) -> int | None:
    """Return for how many seconds a worker has been at it; None before one is."""
    return None if run.taken_up_at is None else max(0, round((at - run.taken_up_at).total_seconds()))


def existing_letter(run: ReadingRun, person: Person) -> Document | None:
    """Return the letter for whose sake a reading was refused, when the person may see it."""
    found = Document.objects.all().visible_to(person).filter(pk=run.document_id)
    return found.select_related("holder").defer("text", "clauses").first()
