"""The register of outgoing papers: its lines, numbers given elsewhere."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ancam.accounts.rules import LEADER, OFFICER
from ancam.accounts.sign_in import signed_in
from ancam.papers import selectors, services
from ancam.papers.errors import PapersError
from ancam.papers.filters import RegisterFilters
from ancam.papers.forms import HoldForm
from ancam.papers.services.guards import require_issuer
from ancam.papers.tables import RegisterTable
from ancam.web import clock
from ancam.web.forms import blame, posted
from ancam.web.replies import Forbidden
from ancam.web.tables import list_reply


@require_safe
def register(request: HttpRequest) -> HttpResponseBase:
    """List the numbers of the registers that the person may see."""
    me = signed_in(request)
    return list_reply(
        request,
        template="papers/register.html",
        filters=RegisterFilters(request.GET, queryset=selectors.register_entries(me), request=request),
        table_class=RegisterTable,
        file_name="so-van-ban-di",
        context={"may_hold": bool(me.agencies_as((LEADER, OFFICER)))},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def register_hold(request: HttpRequest) -> HttpResponse:
    """Enter numbers that were given outside the platform."""
    me, today = signed_in(request), clock.today()
    agencies = me.agencies_as((LEADER, OFFICER))
    if not agencies:
        raise Forbidden(act=_("ghi sổ văn bản đi"), who=_("lãnh đạo hoặc chuyên viên của một cơ quan"))
    form = HoldForm(posted(request), agencies=agencies, initial={"agency": agencies[0].pk, "year": today.year})
    if form.is_valid():
        facts = {**form.cleaned_data, "last": form.cleaned_data["last"] or form.cleaned_data["first"]}
        try:
            count = services.hold_numbers(**facts, by=me, at=clock.now())
        except PapersError as refused:
            blame(form, refused)
        else:
            messages.success(request, ngettext("Đã ghi %(n)d số.", "Đã ghi %(n)d số.", count) % {"n": count})
            return redirect("register")
    return render(request, "papers/register_hold.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def register_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a number that was entered by hand, and take it out of the register."""
    me = signed_in(request)
    entry = get_object_or_404(selectors.register_entries(me), pk=pk)
    if request.method == "POST":
        services.release_number(entry=entry, by=me, at=clock.now())
        messages.success(request, _("Đã bỏ ghi số %(number)s.") % {"number": entry.full_number})
        return redirect("register")
    require_issuer(me, entry.agency, _("ghi sổ văn bản đi"))
    return render(request, "papers/register_release.html", {"entry": entry})
