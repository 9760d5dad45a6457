"""The progress report of a letter: the period, a draft to read, the paper that goes to the leader."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ancam.accounts.models import Agency, Person
from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors, services
from ancam.directives.errors import DirectivesError
from ancam.directives.forms import ReportForm
from ancam.directives.models import Document, DocumentState
from ancam.directives.views.seen import seen_document
from ancam.engines.drafting.errors import ReportRefused
from ancam.papers.errors import PapersError
from ancam.papers.models import Paper
from ancam.papers.selectors import papers
from ancam.web import clock
from ancam.web.downloads import DOCX, download
from ancam.web.forms import blame, posted
from ancam.web.replies import Forbidden


@require_http_methods(["GET", "HEAD", "POST"])
def document_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a report of a letter for a period: a draft to read, or the paper that is laid before the leader.

    With `paper` in the address, that paper's draft is made anew.
    """
    me = signed_in(request)
    document = seen_document(request, pk)
    paper = _redrafted(request, document, me)
    agencies = [paper.agency] if paper else selectors.reporting_agencies(me)
    if not agencies:
        raise Forbidden(act=_("lập báo cáo"), who=_("lãnh đạo hoặc chuyên viên của một cơ quan"))
    begins = _as_drafted(paper) if paper else _beginning(document, agencies, clock.today())
    form = ReportForm(posted(request), agencies=agencies, initial=begins)
    if form.is_valid():
        try:
            return _made(request, document, form, paper)
        except (DirectivesError, ReportRefused, PapersError) as refused:
            blame(form, refused)
    context = {
        "document": document,
        "paper": paper,
        "form": form,
        "tracked": document.state == DocumentState.TRACKED,
        "unassigned": selectors.unassigned_count(document) if selectors.may_hold(me, document.holder) else 0,
    }
    return render(request, "directives/document_report.html", context, status=422 if form.is_bound else 200)


def _made(request: HttpRequest, document: Document, form: ReportForm, paper: Paper | None) -> HttpResponse:
    """Return the draft to read, or the way to the paper that holds it."""
    me, agency, facts = signed_in(request), form.cleaned_data["agency"], form.facts()
    if "save" not in request.POST:
        content = services.draft_progress_report(document=document, agency=agency, facts=facts, by=me)
        return download(content, f"du-thao-bao-cao-{document.pk}.docx", DOCX)
    if paper:
        kept = services.redraft_report_paper(paper=paper, facts=facts, by=me, at=clock.now())
        messages.success(request, _("Đã lập lại dự thảo."))
    else:
        kept = services.draft_report_paper(document=document, agency=agency, facts=facts, by=me, at=clock.now())
        messages.success(request, _("Đã lưu dự thảo báo cáo. Bước tiếp theo: trình lãnh đạo duyệt."))
    return redirect("paper", kept.pk)


def _redrafted(request: HttpRequest, document: Document, me: Person) -> Paper | None:
    """Return the paper of this letter that the address names, None without one; 404 for any other."""
    named = request.GET.get("paper", "")
    if not named:
        return None
    if not (named.isascii() and named.isdecimal() and len(named) < 19):
        raise Http404
    paper: Paper = get_object_or_404(papers(me).defer(None), pk=int(named))
    if paper.inputs.get("document") != document.pk:
        raise Http404
    return paper


def _as_drafted(paper: Paper) -> dict[str, Any]:
    """Return what the form begins with when a paper is drafted anew: what was entered before."""
    return {"agency": paper.agency_id, **asdict(services.report_facts_of(paper))}


def _beginning(document: Document, agencies: list[Agency], today: date) -> dict[str, Any]:
    """Return what a report of this month begins with; the holder reports when the person acts for it."""
    agency = next((one for one in agencies if one.pk == document.holder_id), agencies[0])
    return {
        "agency": agency.pk,
        "period_from": today.replace(day=1),
        "period_to": today,
        "symbol": f"BC-{agency.symbol}" if agency.symbol else "BC",
        "addressees": "" if document.issuer == agency.name else document.issuer,
    }
