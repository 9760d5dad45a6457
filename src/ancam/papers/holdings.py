"""What this room keeps for agencies: their papers, issued or on the way."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ancam.accounts.models import Person
from ancam.papers.models import Paper
from ancam.papers.selectors import papers
from ancam.web.holdings import Holding
from ancam.web.search import Hit


def _papers(person: Person, agencies: Any) -> Any:
    return papers(person).filter(agency__in=agencies)


def _paper(paper: Paper) -> Hit:
    return Hit(paper.title, reverse("paper", args=[paper.pk]), paper.agency.name)


PAPERS = Holding("papers", _("Văn bản phát hành"), 30, _papers, _paper)
