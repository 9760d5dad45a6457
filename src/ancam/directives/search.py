"""What the search in the top bar finds in this room."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from ancam.accounts.models import Person
from ancam.directives import selectors
from ancam.directives.models import Document, DuePeriod
from ancam.web.search import Hit, Section
from ancam.web.tables import every_word

SHOWN_CHARACTERS = 140


def _documents(person: Person, text: str) -> Any:
    visible = Document.objects.all().visible_to(person).filter(every_word("search_key", text))
    return visible.select_related("holder").defer("text", "clauses")


def _document(document: Document) -> Hit:
    return Hit(document.title, reverse("document", args=[document.pk]), document.subject)


def _period(period: DuePeriod) -> Hit:
    assignment, obligation = period.assignment, period.assignment.obligation
    title = Truncator(obligation.action).chars(SHOWN_CHARACTERS)
    note = " · ".join(part for part in (assignment.agency.name, period.label, obligation.document.title) if part)
    return Hit(title, reverse("period", args=[period.pk]), note)


DOCUMENTS = Section(
    name="documents",
    label=_("Văn bản"),
    icon="file-text",
    place=30,
    rows=_documents,
    hit=_document,
    all_url=lambda text: f"{reverse('documents')}?{urlencode({'words': text})}",
)
DUTIES = Section(
    name="duties",
    label=_("Nhiệm vụ"),
    icon="list-check",
    place=40,
    rows=selectors.due_periods,
    hit=_period,
    all_url=lambda text: f"{reverse('assignments')}?{urlencode({'words': text})}",
)
