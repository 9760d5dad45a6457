"""Labelled examples, as far as a person administers the agencies whose letters they are of."""

from django.db.models import QuerySet

from ancam.accounts.models import Person
from ancam.accounts.rules import ADMINISTRATOR
from ancam.directives.models import ReadingExample


def reading_examples(person: Person) -> QuerySet[ReadingExample]:
    """Return the examples the person may see, the newest first, each with its duty and letter."""
    found: QuerySet[ReadingExample] = ReadingExample.objects.all().visible_to(person)
    return found.select_related("obligation__document").defer(
        "obligation__document__text", "obligation__document__clauses"
    )


def may_see_examples(person: Person) -> bool:
    """Tell whether the person administers some agency. No query."""
    return bool(person.agencies_as((ADMINISTRATOR,)))
