"""The list of papers, each paper's page, its file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ancam.accounts.models import Person
from ancam.accounts.sign_in import signed_in
from ancam.audit.selectors import SHOWN_LINES, history_of
from ancam.kit.bounds import size_in_words
from ancam.kit.office import has_office
from ancam.papers import selectors
from ancam.papers.filters import PaperFilters
from ancam.papers.models import Paper, PaperState, PdfState
from ancam.papers.tables import PaperTable
from ancam.papers.views.seen import seen_paper
from ancam.papers.writers import writer_of
from ancam.web import clock
from ancam.web.downloads import DOCX, download
from ancam.web.jobs import jobs_are_running
from ancam.web.replies import job_state
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
    """Show a paper: how far it has come, what the person can do, files, digests, history.

    htmx asks for the PDF's state alone while a job makes it.
    """
    paper, me = seen_paper(request, pk), signed_in(request)
    if getattr(request, "htmx", False):
        return job_state(request, "papers/_pdf.html", pdf_context(paper, me), is_over=not is_waiting(paper))
    return render(request, "papers/paper.html", _context(paper, me))


@require_safe
def paper_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over the paper's file: the draft, or what was issued."""
    paper = seen_paper(request, pk)
    return download(selectors.paper_content(paper), paper.file_name, DOCX)


@require_safe
def paper_approved_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over the file that the leader approved, before number and day."""
    paper = seen_paper(request, pk)
    if not paper.approved_digest:
        raise Http404
    return download(selectors.kept_bytes(paper, paper.approved_digest), f"da-duyet-{paper.pk}.docx", DOCX)


def pdf_context(paper: Paper, me: Person) -> dict[str, Any]:
    """Return what the part of the page on the PDF needs."""
    copy = selectors.pdf_of(paper)
    return {
        "paper": paper,
        "pdf": copy,
        "pdf_size": size_in_words(copy.size_bytes) if copy and copy.size_bytes else "",
        "can_make_pdf": has_office(),
        "is_stuck": is_waiting(paper) and not jobs_are_running(clock.now()),
        "is_lost": copy is not None and is_waiting(paper) and copy.can_be_asked_again(clock.now()),
        "may_issue": me.has_perm("papers.issue", paper.agency),
    }


def is_waiting(paper: Paper) -> bool:
    """Tell whether a job is to make the paper's PDF."""
    copy = selectors.pdf_of(paper)
    return copy is not None and copy.state == PdfState.WAITING


def _context(paper: Paper, me: Person) -> dict[str, Any]:
    acts, writer = selectors.acts_on(paper, me), writer_of(paper.template)
    return {
        **pdf_context(paper, me),
        "acts": acts,
        "own_draft": me.has_perm("papers.decide", paper.agency)
        and paper.state == PaperState.SUBMITTED
        and "approve" not in acts,
        "template": writer.label if writer else paper.template,
        "edit_address": writer.edit_address(paper) if writer and "redraft" in acts else "",
        "outdated": selectors.is_outdated(paper, me),
        "in_one_step": paper.is_numbered and paper.approved_by_id is None,
        "supersedes": selectors.papers(me).filter(superseded_by=paper),
        "copies": selectors.signed_copies(me).filter(paper=paper),
        "size": size_in_words(paper.file_size_bytes),
        "history": history_of("papers.paper", paper.pk)[:SHOWN_LINES],
    }
