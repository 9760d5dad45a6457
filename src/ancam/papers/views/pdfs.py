"""The PDF of a paper: asked for, handed over."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from ancam.accounts.sign_in import signed_in
from ancam.papers import selectors, services
from ancam.papers.models import PdfState
from ancam.papers.views.seen import seen_paper
from ancam.web import clock
from ancam.web.downloads import download

PDF = "application/pdf"


@require_safe
def paper_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over the PDF that was made of the paper's file."""
    paper = seen_paper(request, pk)
    copy = selectors.pdf_of(paper)
    if copy is None or copy.state != PdfState.MADE:
        raise Http404
    return download(selectors.kept_bytes(paper, copy.digest), f"{paper.base_name}.pdf", PDF)


@require_POST
def paper_pdf_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a job make the PDF."""
    services.ask_pdf(paper=seen_paper(request, pk), by=signed_in(request), at=clock.now())
    return redirect("paper", pk)
