"""What the search in the top bar finds in this room."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ancam.accounts.models import Person
from ancam.papers import selectors
from ancam.papers.models import Paper
from ancam.web.search import Hit, Section
from ancam.web.tables import every_word


def _papers(person: Person, text: str) -> Any:
    return selectors.papers(person).filter(every_word("search_key", text))


def _paper(paper: Paper) -> Hit:
    return Hit(str(paper), reverse("paper", args=[paper.pk]), f"{paper.title} · {paper.agency.name}")


PAPERS = Section(
    name="papers",
    label=_("Văn bản phát hành"),
    icon="file-certificate",
    place=50,
    rows=_papers,
    hit=_paper,
    all_url=lambda text: f"{reverse('papers')}?{urlencode({'words': text})}",
)
