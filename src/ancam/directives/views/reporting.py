"""The progress report of a letter: the period, a draft to read, the issued paper."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ancam.accounts.models import Agency
from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors, services
from ancam.directives.errors import DirectivesError
from ancam.directives.forms import ReportForm
from ancam.directives.models import Document, DocumentState
from ancam.directives.views.seen import seen_document
from ancam.engines.drafting.errors import ReportRefused
from ancam.papers.errors import NumberTaken
from ancam.web import clock
from ancam.web.downloads import DOCX, download
from ancam.web.forms import blame, posted
from ancam.web.replies import Forbidden


@require_http_methods(["GET", "HEAD", "POST"])
def document_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a report of a letter for a period: a draft to read, or the paper with its number and date."""
    me = signed_in(request)
    document = seen_document(request, pk)
    agencies = selectors.reporting_agencies(me)
    if not agencies:
        raise Forbidden(act=_("lập báo cáo"), who=_("lãnh đạo hoặc chuyên viên của một cơ quan"))
    form = ReportForm(posted(request), agencies=agencies, initial=_beginning(document, agencies, clock.today()))
    if form.is_valid():
        try:
            answer = _made(request, document, form)
        except NumberTaken as taken:
            form.add_error("number", str(taken))
        except (DirectivesError, ReportRefused) as refused:
            blame(form, refused)
        else:
            if answer is not None:
                return answer
    context = {
        "document": document,
        "form": form,
        "tracked": document.state == DocumentState.TRACKED,
        "unassigned": selectors.unassigned_count(document) if selectors.may_hold(me, document.holder) else 0,
    }
    return render(request, "directives/document_report.html", context, status=422 if form.is_bound else 200)


def _made(request: HttpRequest, document: Document, form: ReportForm) -> HttpResponse | None:
    """Return the draft or the way to the paper; None when what issuing needs is missing."""
    me, agency = signed_in(request), form.cleaned_data["agency"]
    if "issue" not in request.POST:
        content = services.draft_progress_report(document=document, agency=agency, facts=form.facts(), by=me)
        return download(content, f"du-thao-bao-cao-{document.pk}.docx", DOCX)
    if not form.require_number():
        return None
    paper = services.issue_progress_report(
        document=document,
        agency=agency,
        facts=form.facts(),
        number=form.cleaned_data["number"],
        issued_on=form.cleaned_data["issued_on"],
        by=me,
        at=clock.now(),
    )
    messages.success(request, _("Đã phát hành báo cáo %(number)s.") % {"number": paper.full_number})
    return redirect("paper", paper.pk)


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
