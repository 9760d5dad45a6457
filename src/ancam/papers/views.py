"""The list of issued papers, each paper's page, its file."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ancam.accounts.sign_in import signed_in
from ancam.audit.selectors import SHOWN_LINES, history_of
from ancam.kit.bounds import size_in_words
from ancam.papers import selectors
from ancam.papers.filters import PaperFilters
from ancam.papers.tables import PaperTable
from ancam.web.downloads import DOCX, download
from ancam.web.tables import list_reply


@require_safe
def paper_list(request: HttpRequest) -> HttpResponseBase:
    """List the papers that the person may see."""
    rows = selectors.papers(signed_in(request))
    return list_reply(
        request,
        template="papers/paper_list.html",
        filters=PaperFilters(request.GET, queryset=rows, request=request),
        table_class=PaperTable,
        file_name="van-ban-phat-hanh",
    )


@require_safe
def paper_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a paper: facts, digest, the ledger's head when it was issued, history."""
    papers = selectors.papers(signed_in(request)).select_related("issued_by")
    paper = get_object_or_404(papers, pk=pk)
    context = {
        "paper": paper,
        "size": size_in_words(paper.file_size_bytes),
        "history": history_of("papers.paper", paper.pk)[:SHOWN_LINES],
    }
    return render(request, "papers/paper.html", context)


@require_safe
def paper_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over the paper's file as it was issued."""
    paper = get_object_or_404(selectors.papers(signed_in(request)), pk=pk)
    return download(selectors.paper_content(paper), paper.file_name, DOCX)
