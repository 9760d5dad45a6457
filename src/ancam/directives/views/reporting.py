"""The progress report of a letter: the period, a draft to read, the paper that goes to the leader."""

from dataclasses import asdict
from datetime import date, timedelta
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
from ancam.directives.letter_forms import LetterPaperForm
from ancam.directives.models import Document, DocumentState
from ancam.directives.views.seen import held_document, seen_document
from ancam.engines.drafting.errors import PaperRefused
from ancam.kit.whole_numbers import whole_number
from ancam.papers.errors import PapersError
from ancam.papers.models import Paper
from ancam.papers.selectors import papers
from ancam.web import clock
from ancam.web.downloads import DOCX, XLSX, download
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
        except (DirectivesError, PaperRefused, PapersError) as refused:
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
    if "workbook" in request.POST:
        content = services.progress_workbook(document=document, agency=agency, facts=facts, by=me)
        return download(content, f"bao-cao-{document.pk}.xlsx", XLSX)
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


@require_http_methods(["GET", "HEAD", "POST"])
def document_letter(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Make an official paper on a letter's duties: a draft to read, or the paper that is laid before the leader.

    With `paper` in the address, that paper's draft is made anew.
    """
    chosen = services.LETTER_KINDS.get(kind)
    if chosen is None:
        raise Http404
    me, document = signed_in(request), held_document(request, pk, _("lập văn bản về nhiệm vụ"))
    paper = _redrafted(request, document, me)
    if paper is not None and paper.template != chosen.template:
        raise Http404
    initial = asdict(services.letter_facts_of(paper)) if paper else _letter_begins(document, chosen, clock.today())
    form = LetterPaperForm(posted(request), kind=chosen, initial=initial)
    if form.is_valid():
        try:
            return _letter_made(request, document, chosen, form, paper)
        except (DirectivesError, PaperRefused, PapersError) as refused:
            blame(form, refused)
    context = {
        "document": document,
        "kind": chosen,
        "paper": paper,
        "form": form,
        "tracked": document.state == DocumentState.TRACKED,
    }
    return render(request, "directives/document_letter.html", context, status=422 if form.is_bound else 200)


def _letter_made(
    request: HttpRequest, document: Document, kind: services.LetterKind, form: LetterPaperForm, paper: Paper | None
) -> HttpResponse:
    """Return the draft to read, or the way to the paper that holds it."""
    me, facts, at = signed_in(request), form.facts(), clock.now()
    if "save" not in request.POST:
        content = services.letter_preview(kind=kind, document=document, facts=facts, by=me, at=at)
        return download(content, f"du-thao-{kind.name}-{document.pk}.docx", DOCX)
    if paper:
        kept = services.redraft_letter_paper(paper=paper, facts=facts, by=me, at=at)
        messages.success(request, _("Đã lập lại dự thảo."))
    else:
        kept = services.draft_letter_paper(kind=kind, document=document, facts=facts, by=me, at=at)
        messages.success(request, _("Đã lưu dự thảo. Bước tiếp theo: trình lãnh đạo duyệt."))
    return redirect("paper", kept.pk)


def _letter_begins(document: Document, kind: services.LetterKind, today: date) -> dict[str, Any]:
    """Return what the form begins with: the stretch since the letter, a week for who is late."""
    holder = document.holder
    return {
        "symbol": "-".join(part for part in (kind.begins, holder.symbol) if part),
        "period_from": document.signed_on or today.replace(month=1, day=1),
        "period_to": today,
        "finish_by": today + timedelta(days=7),
        "report_to": holder.name,
        "addressees": document.issuer if kind.begins and document.issuer != holder.name else "",
    }


def _redrafted(request: HttpRequest, document: Document, me: Person) -> Paper | None:
    """Return the paper of this letter that the address names, None without one; 404 for any other."""
    named = request.GET.get("paper", "")
    if not named:
        return None
    paper: Paper = get_object_or_404(papers(me).defer(None), pk=whole_number(named))
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
