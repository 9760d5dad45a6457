"""Leaving and handing over: the list, planning it with a preview, withdrawing it, taking someone back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancam.accounts import selectors, services
from ancam.accounts.departure_forms import DepartureFilters, DepartureForm
from ancam.accounts.errors import AccountsError
from ancam.accounts.forms import RoleForm
from ancam.accounts.models import Departure
from ancam.accounts.sign_in import signed_in
from ancam.accounts.tables import DepartureTable
from ancam.accounts.views.people import link_reply, require_administrator, seen_person
from ancam.audit.selectors import SHOWN_LINES
from ancam.web import clock
from ancam.web.forms import blame, posted
from ancam.web.tables import list_reply


@require_safe
def departure_list(request: HttpRequest) -> HttpResponseBase:
    """List who leaves and has left the administrator's agencies."""
    me = require_administrator(request, _("xem người rời cơ quan"))
    return list_reply(
        request,
        template="accounts/departure_list.html",
        filters=DepartureFilters(request.GET, queryset=selectors.departures(me), request=request),
        table_class=DepartureTable,
        file_name="nguoi-roi-co-quan",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def departure_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask when a person leaves and who takes over; show what that touches; on confirmation, write it down."""
    person = seen_person(request, pk, _("cho rời cơ quan"))
    me, today = signed_in(request), clock.today()
    roles = selectors.leavable_memberships(person, me)
    form = DepartureForm(posted(request), roles=roles, today=today)
    context = {"person": person, "form": form, "is_self": person.pk == me.pk}
    if "correct" in request.POST:
        return render(request, "accounts/departure_add.html", context)
    if form.is_valid():
        handovers = form.handovers()
        if "confirmed" not in request.POST:
            leaving = selectors.leaving(person, handovers.items(), me, today)
            return render(request, "accounts/departure_preview.html", {**context, "leaving": leaving, "today": today})
        try:
            made = services.plan_departure(
                person=person, facts=form.facts(), handovers=handovers, by=me, at=clock.now()
            )
        except AccountsError as refused:
            blame(form, refused)
        else:
            messages.success(request, _said(made))
            return redirect("departure", made.pk)
    return render(request, "accounts/departure_add.html", context, status=422 if form.is_bound else 200)


@require_safe
def departure_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a departure: what ends when, who takes over, and what can be done with it."""
    return _page(request, _seen(request, pk))


@require_POST
def departure_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the person stay."""
    departure = _seen(request, pk)
    services.withdraw_departure(departure=departure, by=signed_in(request), at=clock.now())
    messages.success(request, _("Đã rút lại. Người này giữ nguyên vai trò."))
    return redirect("departure", departure.pk)


@never_cache
@require_POST
def departure_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role to someone who left; the answer shows their one-time link, once."""
    departure = _seen(request, pk)
    me = require_administrator(request, _("nhận lại người đã rời"))
    form = RoleForm(request.POST, by=me)
    if form.is_valid():
        agency, role = form.cleaned_data["agency"], form.chosen_role()
        try:
            token = services.take_back(departure=departure, agency=agency, role=role, by=me, at=clock.now())
        except AccountsError as refused:
            form.add_error("agency", str(refused))
        else:
            return link_reply(request, departure.person, token, is_new=True)
    return _page(request, departure, form)


def _seen(request: HttpRequest, pk: int) -> Departure:
    departure: Departure = get_object_or_404(selectors.departures(signed_in(request)), pk=pk)
    return departure


def _page(request: HttpRequest, departure: Departure, form: RoleForm | None = None) -> HttpResponse:
    me = signed_in(request)
    administers = [me.has_perm("accounts.administer", handover.agency) for handover in departure.handovers.all()]
    has_left = departure.carried_out_at is not None and not departure.person.memberships.exists()
    context = {
        "departure": departure,
        "may_withdraw": departure.is_planned and all(administers),
        "form": form or RoleForm(by=me) if has_left and any(administers) else None,
        "sees_person": selectors.people(me).filter(pk=departure.person_id).exists(),
        "history": selectors.visible_history(me, departure.as_subject())[:SHOWN_LINES],
    }
    return render(request, "accounts/departure.html", context, status=422 if form else 200)


def _said(made: Departure) -> str:
    said = {"person": made.person.full_name, "day": f"{made.last_day:%d/%m/%Y}"}
    if made.is_planned:
        return _("Đã ghi: vai trò của %(person)s kết thúc khi hết ngày %(day)s.") % said
    return _("Vai trò của %(person)s đã kết thúc.") % said
