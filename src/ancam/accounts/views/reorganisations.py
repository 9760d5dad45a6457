"""Reorganisations: the list, the guided pages of a draft, its preview, and what becomes of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancam.accounts import selectors, services
from ancam.accounts.errors import AccountsError, ReorganisationClosed
from ancam.accounts.models import Predecessor, Reorganisation
from ancam.accounts.reorganisation_forms import (
    NewSuccessorForm,
    ReorganisationFilters,
    ReorganisationForm,
    SettlementForm,
    predecessor_form,
    successor_form,
)
from ancam.accounts.sign_in import signed_in
from ancam.accounts.tables import ReorganisationTable
from ancam.audit.selectors import SHOWN_LINES
from ancam.web import clock
from ancam.web.forms import blame, posted
from ancam.web.replies import Forbidden
from ancam.web.tables import list_reply


@require_safe
def reorganisation_list(request: HttpRequest) -> HttpResponseBase:
    """List the reorganisations that the person may see."""
    me = signed_in(request)
    rows = selectors.reorganisations(me)
    return list_reply(
        request,
        template="accounts/reorganisation_list.html",
        filters=ReorganisationFilters(request.GET, queryset=rows, request=request),
        table_class=ReorganisationTable,
        file_name="to-chuc-lai",
        context={"may_propose": selectors.reorganisable_owners(me).exists()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reorganisation_add(request: HttpRequest) -> HttpResponse:
    """Begin a draft."""
    me = signed_in(request)
    if not selectors.reorganisable_owners(me).exists():
        raise Forbidden(act=_("lập việc tổ chức lại"), who=_("quản trị của cơ quan có đơn vị trực thuộc"))
    form = ReorganisationForm(posted(request), by=me)
    if form.is_valid():
        try:
            made = services.propose_reorganisation(owner=form.led_by(), facts=form.facts(), by=me, at=clock.now())
        except AccountsError as refused:
            blame(form, refused, otherwise="title")
        else:
            return redirect("reorganisation", made.pk)
    return _facts_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def reorganisation_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a draft's name, day and decision."""
    me, current = signed_in(request), _led(request, pk, _("sửa việc tổ chức lại"))
    form = ReorganisationForm(posted(request), by=me, reorganisation=current)
    if form.is_valid():
        try:
            services.edit_reorganisation(reorganisation=current, facts=form.facts(), by=me, at=clock.now())
        except AccountsError as refused:
            blame(form, refused, otherwise="title")
        else:
            return redirect("reorganisation", current.pk)
    return _facts_page(request, form, current)


@require_safe
def reorganisation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a reorganisation: what is planned, what is missing, what it touches, and what can be done next."""
    current = get_object_or_404(selectors.reorganisations(signed_in(request)), pk=pk)
    return _page(request, current)


@require_POST
def predecessor_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an agency hand something on."""
    current = _led(request, pk, _("sửa việc tổ chức lại"))
    return _add_party(request, current, services.add_predecessor, predecessor_form, "predecessors")


@require_POST
def successor_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an agency of the tree receive."""
    current = _led(request, pk, _("sửa việc tổ chức lại"))
    return _add_party(request, current, services.add_successor, successor_form, "successors")


@require_http_methods(["GET", "HEAD", "POST"])
def successor_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an agency that begins with the reorganisation."""
    me, current = signed_in(request), _led(request, pk, _("sửa việc tổ chức lại"))
    form = NewSuccessorForm(posted(request), reorganisation=current)
    if form.is_valid():
        parent = form.cleaned_data["parent"]
        try:
            services.add_new_successor(reorganisation=current, parent=parent, facts=form.facts(), by=me, at=clock.now())
        except AccountsError as refused:
            blame(form, refused, otherwise="name")
        else:
            return redirect("reorganisation", current.pk)
    context = {"form": form, "reorganisation": current, "places": selectors.province_names()}
    return render(request, "accounts/successor_new.html", context, status=422 if form.is_bound else 200)


@require_POST
def predecessor_remove(request: HttpRequest, pk: int, agency_pk: int) -> HttpResponse:
    """Leave an agency out of those that hand on."""
    current = _led(request, pk, _("sửa việc tổ chức lại"))
    row = get_object_or_404(current.predecessors.select_related("agency"), agency=agency_pk)
    services.remove_predecessor(reorganisation=current, agency=row.agency, by=signed_in(request), at=clock.now())
    return redirect("reorganisation", current.pk)


@require_POST
def successor_remove(request: HttpRequest, pk: int, agency_pk: int) -> HttpResponse:
    """Leave an agency out of those that receive."""
    current = _led(request, pk, _("sửa việc tổ chức lại"))
    row = get_object_or_404(current.successors.select_related("agency"), agency=agency_pk)
    services.remove_successor(reorganisation=current, agency=row.agency, by=signed_in(request), at=clock.now())
    return redirect("reorganisation", current.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def predecessor_settle(request: HttpRequest, pk: int, agency_pk: int) -> HttpResponse:
    """Say what goes where from one agency."""
    me, current = signed_in(request), _led(request, pk, _("sửa việc tổ chức lại"))
    rows = Predecessor.objects.select_related("agency", "reorganisation__owner")
    row = get_object_or_404(rows, reorganisation=current, agency=agency_pk)
    form = SettlementForm(posted(request), row=row)
    if form.is_valid():
        try:
            settlement = form.settlement()
            services.settle_predecessor(
                reorganisation=current, agency=row.agency, settlement=settlement, by=me, at=clock.now()
            )
        except AccountsError as refused:
            blame(form, refused, otherwise="keeper")
        else:
            messages.success(request, _("Đã ghi phần chuyển của %(agency)s.") % {"agency": row.agency.name})
            return redirect("reorganisation", current.pk)
    context = {"form": form, "row": row, "reorganisation": current}
    return render(request, "accounts/predecessor_settle.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def reorganisation_schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what will change, for whom, and whether it can be undone; then put it on the calendar or apply it."""
    me, current = signed_in(request), _led(request, pk, _("thực hiện việc tổ chức lại"))
    today = clock.today()
    refusal = ""
    if request.method == "POST":
        try:
            done = services.schedule_reorganisation(reorganisation=current, by=me, at=clock.now())
        except AccountsError as refused:
            refusal = str(refused)
        else:
            words = {"title": done.title, "day": f"{done.effective_on:%d/%m/%Y}"}
            if done.effective_on > today:
                messages.success(request, _("Đã lên lịch “%(title)s”, có hiệu lực từ ngày %(day)s.") % words)
            else:
                messages.success(request, _("Đã thực hiện “%(title)s”, có hiệu lực từ ngày %(day)s.") % words)
            return redirect("reorganisation", current.pk)
    context = {
        "reorganisation": current,
        "missing": missing_in_words(current),
        "preview": selectors.preview(current, me, today),
        "function_names": selectors.function_names(),
        "at_once": current.effective_on <= today,
        "refusal": refusal,
    }
    return render(request, "accounts/reorganisation_schedule.html", context, status=422 if refusal else 200)


@require_POST
def reorganisation_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a scheduled reorganisation back into a draft."""
    current = _led(request, pk, _("sửa việc tổ chức lại"))
    services.reopen_reorganisation(reorganisation=current, by=signed_in(request), at=clock.now())
    messages.success(request, _("Đã đưa về đang soạn."))
    return redirect("reorganisation", current.pk)


@require_POST
def reorganisation_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a reorganisation before its day."""
    current = _led(request, pk, _("hủy việc tổ chức lại"))
    services.undo_reorganisation(reorganisation=current, by=signed_in(request), at=clock.now())
    messages.success(request, _("Đã hủy việc tổ chức lại; cây cơ quan vẫn như cũ."))
    return redirect("reorganisation", current.pk)


def missing_in_words(reorganisation: Reorganisation) -> list[str]:
    """Return what keeps the plan from being applied, a sentence each."""
    words = {
        "no_predecessor": _("Chưa chọn cơ quan chuyển."),
        "no_successor": _("Chưa chọn cơ quan nhận."),
        "hands_nothing": _("%(agency)s chưa ghi chuyển gì, về đâu."),
        "no_keeper": _("%(agency)s chưa có cơ quan giữ hồ sơ."),
        "goes_on": _("%(agency)s tiếp tục hoạt động nên chỉ chuyển được từng chức năng."),
        "receives_nothing": _("%(agency)s chưa nhận gì; đề nghị ghi phần nhận hoặc bỏ khỏi bên nhận."),
    }
    return [words[code] % {"agency": agency} for code, agency in selectors.missing_points(reorganisation)]


def _led(request: HttpRequest, pk: int, act: str) -> Reorganisation:
    """Return a reorganisation that the person leads: 404 when not seen, 403 when not led."""
    me = signed_in(request)
    current: Reorganisation = get_object_or_404(selectors.reorganisations(me), pk=pk)
    if not me.has_perm("accounts.administer", current.owner):
        raise Forbidden(act=act, who=_("quản trị của cơ quan chủ trì"))
    return current


def _add_party(
    request: HttpRequest,
    current: Reorganisation,
    add: Callable[..., object],
    make_form: Callable[..., Any],
    side: str,
) -> HttpResponse:
    form = make_form(current, request.POST)
    if form.is_valid():
        try:
            add(reorganisation=current, agency=form.cleaned_data["agency"], by=signed_in(request), at=clock.now())
        except ReorganisationClosed:
            raise  # the page of what is closed has no form beside which to say it
        except AccountsError as refused:
            form.add_error("agency", str(refused))
        else:
            return redirect("reorganisation", current.pk)
    return _page(request, current, **{f"{side}_form": form})


def _facts_page(request: HttpRequest, form: ReorganisationForm, current: Reorganisation | None) -> HttpResponse:
    context = {"form": form, "reorganisation": current}
    return render(request, "accounts/reorganisation_form.html", context, status=422 if form.is_bound else 200)


def _page(
    request: HttpRequest, current: Reorganisation, *, predecessors_form: Any = None, successors_form: Any = None
) -> HttpResponse:
    me, today = signed_in(request), clock.today()
    leads = me.has_perm("accounts.administer", current.owner)
    edits = leads and current.is_draft
    context = {
        "reorganisation": current,
        "edits": edits,
        "may_undo": leads and current.may_be_undone_on(today),
        "missing": missing_in_words(current) if current.is_draft else [],
        "preview": selectors.preview(current, me, today),
        "successors": current.successors.select_related("agency"),
        "function_names": selectors.function_names(),
        "predecessors_form": predecessors_form or (predecessor_form(current) if edits else None),
        "successors_form": successors_form or (successor_form(current) if edits else None),
        "history": selectors.visible_history(me, current.as_subject())[:SHOWN_LINES],
    }
    refused = predecessors_form is not None or successors_form is not None
    return render(request, "accounts/reorganisation.html", context, status=422 if refused else 200)
