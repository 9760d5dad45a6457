"""The tree of agencies: its list, each agency's page, adding and correcting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancam.accounts import selectors, services
from ancam.accounts.errors import AccountsError
from ancam.accounts.filters import AgencyFilters
from ancam.accounts.forms import AgencyForm, AgencyMoveForm
from ancam.accounts.models import Agency
from ancam.accounts.sign_in import signed_in
from ancam.accounts.tables import AgencyTable
from ancam.accounts.workbooks import agencies_workbook
from ancam.audit.selectors import SHOWN_LINES
from ancam.web import clock
from ancam.web.downloads import XLSX, download
from ancam.web.forms import blame, posted
from ancam.web.tables import list_reply

SHOWN_PEOPLE = 50
"""How many roles an agency's page shows; the list of people has them all."""


@require_safe
def agency_list(request: HttpRequest) -> HttpResponseBase:
    """List the agencies that the person may see."""
    me = signed_in(request)
    rows = selectors.agencies(me).annotate(people=selectors.people_count())
    filters = AgencyFilters(request.GET, queryset=rows, request=request)
    if request.GET.get("xuat") == "xlsx" and filters.is_valid():
        return download(agencies_workbook(me, filters.qs), "co-quan.xlsx", XLSX)
    return list_reply(
        request,
        template="accounts/agency_list.html",
        filters=filters,
        table_class=AgencyTable,
        file_name="co-quan",
        context={
            "workbook": True,
            "top": selectors.administered_agencies(me).first(),
            "merged": _merged(request.GET.get("words", "")),
        },
    )


def _merged(text: str) -> dict[str, str]:
    """Return, for words that name old communes, their names and where they went; empty otherwise."""
    old = selectors.merged_names(text) if text else ()
    names = {"old": old, "now": selectors.places_of(old)}
    return {key: "; ".join(place.full_title for place in places) for key, places in names.items() if places}


@require_safe
def agency_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an agency: facts, people, what is under it, history."""
    me, today = signed_in(request), clock.today()
    agency = get_object_or_404(selectors.agencies(me), pk=pk)
    successions = selectors.successions_of(agency, me)
    memberships = selectors.memberships_at(agency)
    context = {
        "agency": agency,
        "kind": selectors.kind_names().get(agency.kind, agency.kind),
        "above": selectors.agencies(me).filter(path=agency.path[: -Agency.steplen]).first(),
        "children": selectors.agencies(me).filter(agency.subtree(), depth=agency.depth + 1),
        "memberships": memberships[:SHOWN_PEOPLE],
        "more_people": max(memberships.count() - SHOWN_PEOPLE, 0),
        "may_administer": me.has_perm("accounts.administer", agency),
        "may_move": not agency.is_root() and me.has_perm("accounts.reclassify", agency),
        "state": agency.state_on(today),
        "successions": successions,
        "openable": selectors.openable(
            me, [party for one in successions for party in (one.predecessor, one.successor)]
        ),
        "function_names": selectors.function_names(),
        "has_ended": agency.has_ended_on(today),
        "history": selectors.visible_history(me, agency.as_subject())[:SHOWN_LINES],
    }
    return render(request, "accounts/agency.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agency_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an agency under this one."""
    parent = _administered(request, pk, _("thêm cơ quan"))
    form = AgencyForm(posted(request))
    if form.is_valid():
        try:
            made = services.add_agency(parent=parent, facts=form.facts(), by=signed_in(request), at=clock.now())
        except AccountsError as refused:
            blame(form, refused, otherwise="name")
        else:
            messages.success(request, _("Đã thêm %(name)s.") % {"name": made.name})
            return redirect("agency", made.pk)
    return _form_page(request, form, {"on": parent})


@require_http_methods(["GET", "HEAD", "POST"])
def agency_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is known of an agency."""
    agency = _administered(request, pk, _("sửa cơ quan"))
    may_reclassify = signed_in(request).has_perm("accounts.reclassify", agency)
    form = AgencyForm(posted(request), agency=agency, may_reclassify=may_reclassify)
    if form.is_valid():
        try:
            services.change_agency(agency=agency, facts=form.facts(), by=signed_in(request), at=clock.now())
        except AccountsError as refused:
            blame(form, refused, otherwise="name")
        else:
            messages.success(request, _("Đã lưu thay đổi."))
            return redirect("agency", agency.pk)
    return _form_page(request, form, {"on": agency, "agency": agency})


@require_http_methods(["GET", "HEAD", "POST"])
def agency_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an agency hang from another, after saying what that changes."""
    me = signed_in(request)
    agency = _administered(request, pk, _("chuyển cơ quan"))
    above = agency.parent
    services.require_administrator_above(me, agency, above, _("chuyển cơ quan"))
    form = AgencyMoveForm(posted(request), by=me, today=clock.today())
    if form.is_valid():
        parent = form.cleaned_data["parent"]
        try:
            services.move_agency(agency=agency, parent=parent, by=me, at=clock.now())
        except AccountsError as refused:
            form.add_error("parent", str(refused))
        else:
            said = {"name": agency.name, "parent": parent.name}
            messages.success(request, _("%(name)s nay trực thuộc %(parent)s.") % said)
            return redirect("agency", agency.pk)
    context = {"form": form, "agency": agency, "above": above}
    return render(request, "accounts/agency_move.html", context, status=422 if form.is_bound else 200)


def _form_page(request: HttpRequest, form: AgencyForm, context: dict[str, Agency]) -> HttpResponse:
    values = {**context, "form": form, "places": selectors.province_names()}
    return render(request, "accounts/agency_form.html", values, status=422 if form.is_bound else 200)


def _administered(request: HttpRequest, pk: int, act: str) -> Agency:
    """Return an agency that the person sees and administers: 404 when not seen, 403 when not administered."""
    me = signed_in(request)
    agency: Agency = get_object_or_404(selectors.agencies(me), pk=pk)
    services.require_administrator(me, agency, act)
    return agency
