"""What other agencies reported on a letter, with who is missing; who was given work is urged with one click."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors, services
from ancam.directives.filters import CollectedFilters
from ancam.directives.models import Document
from ancam.directives.tables import LetterPeriodTable
from ancam.directives.views.seen import held_document, seen_assignment
from ancam.web import clock
from ancam.web.tables import kept_rows, list_reply


@require_safe
def collected(request: HttpRequest, pk: int) -> HttpResponseBase:
    """List the periods of the agencies below, with what is accepted, what waits and who is missing."""
    document = held_document(request, pk, _("tổng hợp kết quả của cấp dưới"))
    filters = _filters(request, document)
    found = kept_rows(filters)
    context = {
        "document": document,
        "counts": selectors.state_counts(found, clock.today()),
        "missing": selectors.agencies_with_work_left(found),
        "kinds": services.LETTER_KINDS.values(),
        "query": request.GET.urlencode(),
    }
    return list_reply(
        request,
        template="directives/collected.html",
        filters=filters,
        table_class=LetterPeriodTable,
        file_name=f"tong-hop-{document.pk}",
        context=context,
    )


@require_POST
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    """Urge every agency with something left to do among what is filtered."""
    document = held_document(request, pk, _("đôn đốc"))
    filters = _filters(request, document)
    found = kept_rows(filters)
    urged = services.urge(document=document, periods=found, by=signed_in(request), at=clock.now())
    _say(request, urged)
    return redirect(f"{reverse('collected', args=[document.pk])}?{request.GET.urlencode()}")


@require_POST
def urge_below(request: HttpRequest, pk: int) -> HttpResponse:
    """Urge every agency with something left to do of what the assignment's agency gave on."""
    assignment = seen_assignment(request, pk)
    _say(request, services.urge_below(assignment=assignment, by=signed_in(request), at=clock.now()))
    return redirect("assignment", assignment.pk)


def _say(request: HttpRequest, urged: services.Urged) -> None:
    count = len(urged.agencies)
    messages.success(request, ngettext("Đã đôn đốc %(n)d cơ quan.", "Đã đôn đốc %(n)d cơ quan.", count) % {"n": count})
    if unheard := len(urged.unheard):
        words = ngettext(
            "Trong đó %(n)d cơ quan chưa có người dùng hệ thống nên không nhận được. Đề nghị lập công văn đôn đốc.",
            "Trong đó %(n)d cơ quan chưa có người dùng hệ thống nên không nhận được. Đề nghị lập công văn đôn đốc.",
            unheard,
        )
        messages.warning(request, words % {"n": unheard})


def _filters(request: HttpRequest, document: Document) -> CollectedFilters:
    periods = selectors.periods_of_others(document, signed_in(request))
    return CollectedFilters(request.GET, queryset=periods, request=request)
