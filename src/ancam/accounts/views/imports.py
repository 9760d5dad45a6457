"""Lists by file: choosing it, what each row would do, applying or leaving it; templates and refused rows."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancam.accounts import selectors, services
from ancam.accounts.errors import NothingToApply, PartialNotConfirmed, RowsForgotten
from ancam.accounts.import_forms import (
    ApplyForm,
    ImportFilters,
    ImportForm,
    ImportRowFilters,
    ImportRowTable,
    ImportTable,
)
from ancam.accounts.models import ImportBatch, ImportKind, ImportState, Person
from ancam.accounts.sign_in import signed_in
from ancam.accounts.views.people import require_administrator
from ancam.accounts.workbooks import refused_workbook, template_workbook
from ancam.engines.tables.errors import TableRefused
from ancam.kit.file_names import RunnableName
from ancam.web import clock
from ancam.web.downloads import XLSX, download
from ancam.web.jobs import jobs_are_running
from ancam.web.replies import job_state
from ancam.web.tables import filters_in_words, list_reply
from ancam.web.uploads import uploaded_bytes

_TEMPLATES = {ImportKind.AGENCIES: "mau-co-quan.xlsx", ImportKind.PEOPLE: "mau-nguoi-dung.xlsx"}


@require_safe
def import_list(request: HttpRequest) -> HttpResponseBase:
    """List the files that came."""
    me = _overseer(request)
    return list_reply(
        request,
        template="accounts/import_list.html",
        filters=ImportFilters(request.GET, queryset=selectors.imports(me), request=request),
        table_class=ImportTable,
        file_name="lan-nhap",
        context={"may_send": me.has_perm("accounts.administer_any")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def import_add(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a file and show what it would do."""
    me, of = _administrator(request), ImportKind(kind)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ImportForm(*sent, request=request)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        facts = {"kind": of, "file_name": upload.name, "data": uploaded_bytes(upload)}
        try:
            batch = services.receive_import(**facts, by=me, at=clock.now())
        except (TableRefused, RunnableName) as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("import", batch.pk)
    context = {"form": form, "kind": of.value}
    return render(request, "accounts/import_add.html", context, status=422 if form.is_bound else 200)


@require_safe
def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out the empty list to fill in."""
    _administrator(request)
    return download(template_workbook(ImportKind(kind)), _TEMPLATES[ImportKind(kind)], XLSX)


@require_safe
def import_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show what each row would do, or did; htmx asks for the state alone while a job has it."""
    batch = _seen(request, pk)
    if getattr(request, "htmx", False):
        return job_state(request, "accounts/_import_waiting.html", _waiting(batch), is_over=not batch.is_waiting)
    return _page(request, batch, ApplyForm(refused=batch.refused))


@require_POST
def import_apply(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Have the good rows written."""
    batch = _seen(request, pk)
    form = ApplyForm(request.POST, refused=batch.refused)
    agreed = form.is_valid() and bool(form.cleaned_data.get("without_refused"))
    try:
        done = services.apply_import(batch=batch, by=signed_in(request), without_refused=agreed, at=clock.now())
    except (PartialNotConfirmed, NothingToApply) as refused:
        form.add_error("without_refused" if "without_refused" in form.fields else None, str(refused))
        answer = _page(request, batch, form)
        answer.status_code = 422
        return answer
    if done.state == ImportState.APPLIED:
        messages.success(request, _("Đã áp dụng danh sách."))
    return redirect("import", batch.pk)


@require_POST
def import_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the list; its rows are removed."""
    batch = _seen(request, pk)
    services.leave_import(batch=batch, by=signed_in(request), at=clock.now())
    messages.success(request, _("Đã bỏ lần nhập này. Các dòng của tệp không còn được giữ."))
    return redirect("imports")


@require_safe
def import_refused(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the refused rows with their reasons, to be mended and sent again."""
    batch = _seen(request, pk)
    if not selectors.import_rows(batch).exists():
        raise RowsForgotten(file=batch.file_name)
    if request.method == "GET":
        services.note_import_export(batch=batch, by=signed_in(request), filters=_("Bị từ chối"), at=clock.now())
    return download(refused_workbook(batch), f"bi-tu-choi-{batch.pk}.xlsx", XLSX)


def _page(request: HttpRequest, batch: ImportBatch, form: ApplyForm) -> HttpResponseBase:
    me, rows = signed_in(request), selectors.import_rows(batch)
    filters = ImportRowFilters(request.GET, queryset=rows, request=request)
    if request.method == "GET" and request.GET.get("xuat") and filters.is_valid():
        services.note_import_export(batch=batch, by=me, filters=filters_in_words(filters.form), at=clock.now())
    context = {**_waiting(batch), "form": form, "is_mine": batch.by_id == me.pk, "has_rows": rows.exists()}
    return list_reply(
        request,
        template="accounts/import.html",
        filters=filters,
        table_class=ImportRowTable,
        file_name=f"kiem-tra-{batch.pk}",
        context=context,
    )


def _waiting(batch: ImportBatch) -> dict[str, Any]:
    is_stuck = batch.is_waiting and not jobs_are_running(clock.now())
    return {"batch": batch, "is_stuck": is_stuck}


def _seen(request: HttpRequest, pk: int) -> ImportBatch:
    """Return an import that the person may see: 404 when not seen, 403 for who oversees nothing any more."""
    batch = get_object_or_404(selectors.imports(signed_in(request)), pk=pk)
    _overseer(request)
    return batch


def _overseer(request: HttpRequest) -> Person:
    me = signed_in(request)
    services.require_overseer(me, _("xem danh sách từ tệp"))
    return me


def _administrator(request: HttpRequest) -> Person:
    return require_administrator(request, _("nhập danh sách từ tệp"))
