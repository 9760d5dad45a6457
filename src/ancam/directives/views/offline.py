"""Workbooks for agencies without an account: issuing, taking back, what each row would do, applying."""

import io
import zipfile
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancam.accounts.models import Agency, Person
from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors, services
from ancam.directives.errors import DirectivesError, OfflineOutcomesMoved
from ancam.directives.models import OfflineReturn, OfflineWorkbook, ReturnState
from ancam.directives.offline_forms import (
    HolderForm,
    IssueFilters,
    IssueForm,
    OfflineFilters,
    OfflineTable,
    ReturnForm,
    state_in_words,
)
from ancam.directives.offline_rules import Verdict
from ancam.directives.services.offline import GOOD_FOR
from ancam.engines.tables.errors import TableRefused
from ancam.kit.file_names import RunnableName
from ancam.kit.whole_numbers import whole_number
from ancam.web import clock
from ancam.web.downloads import XLSX, download
from ancam.web.forms import blame, posted
from ancam.web.replies import Forbidden
from ancam.web.tables import kept_rows, list_reply
from ancam.web.uploads import uploaded_bytes

ZIP = "application/zip"


@require_safe
def offline_list(request: HttpRequest) -> HttpResponseBase:
    """List the workbooks that the person may see."""
    me = signed_in(request)
    visible = selectors.offline_workbooks(me)
    return list_reply(
        request,
        template="directives/offline_list.html",
        filters=OfflineFilters(request.GET, queryset=visible, request=request),
        table_class=OfflineTable,
        file_name="tep-ngoai-tuyen",
        context={"may_issue": bool(selectors.issuing_agencies(me)), "any": visible.exists()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def offline_issue(request: HttpRequest) -> HttpResponse:
    """Issue workbooks to agencies: one as it is, several in an archive."""
    me, holders = signed_in(request), selectors.issuing_agencies(signed_in(request))
    if not holders:
        raise Forbidden(act=_("phát tệp ngoại tuyến"), who=_("lãnh đạo, chuyên viên hoặc quản trị của nơi giữ văn bản"))
    choice = HolderForm(request.POST or request.GET or None, holders=holders)
    holder = choice.cleaned_data["holder"] if choice.is_bound and choice.is_valid() else holders[0]
    today = clock.today()
    agencies = selectors.fillable_agencies(holder, today)
    filters = IssueFilters(request.GET, queryset=agencies)
    found = kept_rows(filters)
    shown = list(found[: services.MOST_WORKBOOKS])
    form = IssueForm(posted(request), agencies=agencies, shown=shown, initial={"expires_on": today + GOOD_FOR})
    if form.is_valid():
        try:
            return _issued(holder, form.chosen(), form.cleaned_data["expires_on"], me)
        except DirectivesError as refused:
            blame(form, refused)
    context = {
        "form": form,
        "choice": HolderForm(holders=holders, initial={"holder": holder.pk}) if len(holders) > 1 else None,
        "holder": holder,
        "filters": filters,
        "any": agencies.exists(),
        "agencies": shown,
        "total": found.count(),
        "chosen": request.POST.getlist("agencies"),
        "most": services.MOST_WORKBOOKS,
    }
    status = 422 if form.is_bound or not filters.is_valid() else 200
    return render(request, "directives/offline_issue.html", context, status=status)


def _issued(holder: Agency, agencies: list[Agency], expires_on: Any, by: Person) -> HttpResponse:
    at = clock.now()
    made = services.issue_offline_to_many(holder=holder, agencies=agencies, expires_on=expires_on, by=by, at=at)
    if len(made) == 1:
        return download(made[0].content, _file_name(made[0].workbook), XLSX)
    stream = io.BytesIO()
    # Workbooks are packed already.
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for one in made:
            archive.writestr(_file_name(one.workbook), one.content)
    return download(stream.getvalue(), f"phieu-bao-cao-{clock.day_of(at):%Y%m%d}-{len(made)}-co-quan.zip", ZIP)


def _file_name(workbook: OfflineWorkbook) -> str:
    return f"phieu-bao-cao-{slugify(workbook.agency.search_key)[:80]}-{workbook.pk}.xlsx"


@require_safe
def offline_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a workbook: for whom, until when, what came back."""
    return _page(request, _seen(request, pk))


@require_POST
def offline_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take no more back of a workbook."""
    workbook = _seen(request, pk)
    services.revoke_offline(workbook=workbook, by=signed_in(request), at=clock.now())
    messages.success(request, _("Đã thu hồi. Tệp này không nhận lại được nữa."))
    return redirect("offline_workbook", workbook.pk)


@require_POST
def offline_receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a workbook back and show what it would do."""
    workbook = _seen(request, pk)
    form = ReturnForm(request.POST, request.FILES, request=request)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            returned = services.receive_offline(
                workbook=workbook,
                file_name=upload.name,
                data=uploaded_bytes(upload),
                signed_by=form.cleaned_data["signed_by"],
                by=signed_in(request),
                at=clock.now(),
            )
        except (DirectivesError, RunnableName) as refused:
            blame(form, refused)
        except TableRefused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("offline_return", returned.pk)
    return _page(request, workbook, form)


def _page(request: HttpRequest, workbook: OfflineWorkbook, form: ReturnForm | None = None) -> HttpResponse:
    me = signed_in(request)
    good = workbook.is_good_on(clock.today())
    context = {
        "workbook": workbook,
        "state": state_in_words(workbook),
        "returns": selectors.offline_returns(me).filter(workbook=workbook),
        "may_return": good and selectors.may_return_offline(me, workbook),
        "may_revoke": workbook.revoked_at is None and selectors.may_issue_offline(me, workbook.holder),
        "form": form or ReturnForm(request=request),
    }
    return render(request, "directives/offline_workbook.html", context, status=422 if form else 200)


@require_safe
def return_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what each row of a workbook would do, or that it is over."""
    return _return_page(request, _seen_return(request, pk))


@require_POST
def return_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Report what the person has seen; shown again when something else would happen by now."""
    returned = _seen_return(request, pk)
    numbers = [found for text in request.POST.getlist("over_newer") if (found := whole_number(text)) is not None]
    try:
        done = services.apply_offline(
            returned=returned,
            seen=request.POST.get("seen", ""),
            over_newer=numbers,
            by=signed_in(request),
            at=clock.now(),
        )
    except OfflineOutcomesMoved as refused:
        return _return_page(request, returned, str(refused))
    words = ngettext("Đã ghi %(n)d báo cáo.", "Đã ghi %(n)d báo cáo.", done.applied) % {"n": done.applied}
    messages.success(request, words)
    return redirect("offline_workbook", returned.workbook_id)


@require_POST
def return_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a workbook that was not applied."""
    returned = _seen_return(request, pk)
    services.leave_offline(returned=returned, by=signed_in(request), at=clock.now())
    messages.success(request, _("Đã bỏ tệp này; không báo cáo nào được ghi."))
    return redirect("offline_workbook", returned.workbook_id)


@require_safe
def return_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give back a workbook as it was sent."""
    returned = _seen_return(request, pk)
    content = selectors.offline_content(returned)
    if request.method == "GET":
        services.note_offline_read(returned=returned, by=signed_in(request), at=clock.now())
    return download(content, returned.file_name, XLSX)


def _return_page(request: HttpRequest, returned: OfflineReturn, refusal: str = "") -> HttpResponse:
    me, open_still = signed_in(request), returned.state == ReturnState.RECEIVED
    outcomes = services.outcomes_of(returned, clock.now()) if open_still else []
    counts = Counter(one.verdict.value for one in outcomes)
    may_return = open_still and selectors.may_return_offline(me, returned.workbook)
    context = {
        "returned": returned,
        "workbook": returned.workbook,
        "outcomes": [one for one in outcomes if one.verdict not in (Verdict.EMPTY, Verdict.SAME)],
        "counts": counts,
        "to_apply": counts[Verdict.NEW] + counts[Verdict.CONFLICT],
        "seen": services.outcomes_digest(outcomes),
        "is_open": open_still,
        "may_apply": may_return and returned.workbook.revoked_at is None,
        "may_leave": may_return,
        "refusal": refusal,
    }
    return render(request, "directives/offline_return.html", context, status=422 if refusal else 200)


def _seen(request: HttpRequest, pk: int) -> OfflineWorkbook:
    return get_object_or_404(selectors.offline_workbooks(signed_in(request)), pk=pk)


def _seen_return(request: HttpRequest, pk: int) -> OfflineReturn:
    return get_object_or_404(selectors.offline_returns(signed_in(request)), pk=pk)
