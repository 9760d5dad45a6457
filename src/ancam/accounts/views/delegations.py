"""Standing in for someone: the list, giving it, ending it early."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancam.accounts import selectors, services
from ancam.accounts.delegation_forms import DelegationFilters, DelegationForm
from ancam.accounts.errors import AccountsError
from ancam.accounts.sign_in import signed_in
from ancam.accounts.tables import DelegationTable
from ancam.web import clock
from ancam.web.forms import blame, posted
from ancam.web.tables import list_reply


@require_safe
def delegation_list(request: HttpRequest) -> HttpResponseBase:
    """List the delegations that the person gave, received or administers."""
    rows = selectors.delegations(signed_in(request))
    return list_reply(
        request,
        template="accounts/delegation_list.html",
        filters=DelegationFilters(request.GET, queryset=rows, request=request),
        table_class=DelegationTable,
        file_name="uy-quyen",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def delegation_add(request: HttpRequest) -> HttpResponse:
    """Let someone stand in, from a day to a day."""
    me = signed_in(request)
    form = DelegationForm(posted(request), by=me, today=clock.today())
    if form.is_valid():
        chosen = form.cleaned_data["membership"]
        try:
            made = services.delegate(membership=chosen, facts=form.facts(), by=me, at=clock.now())
        except AccountsError as refused:
            blame(form, refused, otherwise="membership")
        else:
            said = {"person": made.stand_in.full_name, "until": f"{made.ends_on:%d/%m/%Y}"}
            messages.success(request, _("Đã ủy quyền cho %(person)s đến hết ngày %(until)s.") % said)
            return redirect("delegations")
    return render(request, "accounts/delegation_add.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def delegation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation before its last day, after saying what that changes."""
    me = signed_in(request)
    delegation = get_object_or_404(selectors.delegations(me), pk=pk)
    if request.method == "POST":
        services.end_delegation(delegation=delegation, by=me, at=clock.now())
        messages.success(request, _("Đã chấm dứt ủy quyền."))
        return redirect("delegations")
    context = {"delegation": delegation, "may_end": delegation.may_be_ended_on(clock.today())}
    return render(request, "accounts/delegation_end.html", context)
