"""What a page asks for by its address: found among what the person may see, or 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ancam.accounts.sign_in import signed_in
from ancam.papers import selectors
from ancam.papers.models import Paper
from ancam.papers.services.guards import require_act

_PEOPLE = ("drafted_by", "submitted_by", "approved_by", "issued_by", "ended_by", "superseded_by")


def seen_paper(request: HttpRequest, pk: int) -> Paper:
    """Return a paper that the person may see, with who did what to it."""
    visible = selectors.papers(signed_in(request)).select_related("agency", "pdf_copy", *_PEOPLE)
    return get_object_or_404(visible.defer("superseded_by__inputs"), pk=pk)


def paper_for(request: HttpRequest, pk: int, act: str) -> Paper:
    """Return a paper on which the person may do this act now: 404 unseen, 403 or 422 otherwise."""
    paper = seen_paper(request, pk)
    require_act(paper, act, signed_in(request))
    return paper
