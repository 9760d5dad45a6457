"""The review of a letter: its words on the left, its duties on the right."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from ancam.accounts.models import Person
from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors, services
from ancam.directives.duties_workbook import duties_workbook
from ancam.directives.errors import DirectivesError
from ancam.directives.forms import FieldForm, ObligationForm
from ancam.directives.letter import Marked, segments
from ancam.directives.models import Document, DocumentState, Obligation, ObligationState
from ancam.directives.templatetags.directives import called
from ancam.directives.views.seen import held_document, whole_document
from ancam.kit.whole_numbers import is_key
from ancam.web import clock
from ancam.web.downloads import XLSX, stream_download
from ancam.web.forms import blame, posted


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the letter beside its duties; who may not correct them reads them."""
    document = whole_document(request, pk, _("mở trang rà soát"))
    return render(request, "directives/review.html", review_context(document, signed_in(request)))


@require_safe
def review_workbook(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the letter's duties as they stand, with what is still unsure."""
    document = whole_document(request, pk, _("tải danh mục nhiệm vụ"))
    name = document.full_number.replace("/", "-").replace("…", "") or document.pk
    duties = selectors.obligations_of(document, signed_in(request))
    return stream_download(duties_workbook(duties), f"nhiem-vu-{name}.xlsx", XLSX)


def review_context(document: Document, me: Person) -> dict[str, Any]:
    """Return what the page shows."""
    rows = list(selectors.obligations_of(document, me))
    for row in rows:
        row.document = document
    standing = [row for row in rows if row.state != ObligationState.DROPPED]
    marked = [Marked(None, anomaly["spans"]) for anomaly in document.anomalies]
    for row in standing:
        marked.append(Marked(row.pk, row.spans))
        if row.state == ObligationState.PROPOSED:
            marked += [Marked(row.pk, doubt["spans"], f"{row.pk}-{doubt['field']}") for doubt in row.open_doubts]
    return {
        **_around(document, rows, me),
        "obligations": standing,
        "dropped": [row for row in rows if row.state == ObligationState.DROPPED],
        "segments": segments(document.text, marked),
    }


def _around(document: Document, rows: list[Obligation], me: Person) -> dict[str, Any]:
    """Return what stands around the duties: the bar, the points to look at, what the person may do."""
    return {
        "document": document,
        "anomalies": selectors.anomalies_of(document, rows),
        "counts": selectors.review_counts(document),
        "may_hold": selectors.may_hold(me, document.holder),
        "in_review": document.state == DocumentState.IN_REVIEW,
        "codes": {row.code: row for row in rows if row.state != ObligationState.DROPPED},
    }


def duty_reply(
    request: HttpRequest, obligation: Obligation, *, field: str = "", form: FieldForm | None = None, status: int = 200
) -> HttpResponse:
    """Return the changed card with the bar and the list of anomalies, or go back to the page without htmx.

    field, form: which field of the card stands open, and its form.
    """
    if not getattr(request, "htmx", False):
        return redirect(f"{_address(obligation.document)}#nv-{obligation.pk}")
    me, document = signed_in(request), obligation.document
    around = _around(document, list(selectors.obligations_of(document, me)), me)
    context = {**around, "obligation": obligation, "beside": True, "open_field": field, "field_form": form}
    return render(request, "directives/_duty_changed.html", context, status=status)


def to_review(request: HttpRequest, document: Document, key: int) -> HttpResponse:
    """Go to the whole page, at this duty."""
    address = f"{_address(document)}?nv={key}#nv-{key}"
    return HttpResponseClientRedirect(address) if getattr(request, "htmx", False) else redirect(address)


@require_POST
def review_certain(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm everything that was read surely."""
    document = held_document(request, pk, _("xác nhận nhiệm vụ"))
    count = services.confirm_all_certain(document=document, by=signed_in(request), at=clock.now())
    words = (
        _("Đã xác nhận %(count)d nhiệm vụ chắc chắn.") if count else _("Không còn nhiệm vụ nào chắc chắn để xác nhận.")
    )
    messages.success(request, words % {"count": count} if count else words)
    return redirect("review", document.pk)


@require_POST
def review_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to track the letter."""
    document = held_document(request, pk, _("hoàn tất rà soát"))
    try:
        services.finish_review(document=document, by=signed_in(request), at=clock.now())
    except DirectivesError as refused:
        return _refused(request, document, refused)
    messages.success(request, _("Đã hoàn tất rà soát. Việc tiếp theo: giao nhiệm vụ cho các cơ quan."))
    return redirect("document_assign", document.pk)


@require_POST
def review_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge the duties that were ticked."""
    document = held_document(request, pk, _("gộp nhiệm vụ"))
    chosen = [key for key in request.POST.getlist("obligations")[:100] if is_key(key)]
    rows = list(document.obligations.filter(pk__in=chosen))
    try:
        merged = services.merge_obligations(document=document, obligations=rows, by=signed_in(request), at=clock.now())
    except DirectivesError as refused:
        return _refused(request, document, refused)
    messages.success(request, _("Đã gộp %(count)d nhiệm vụ.") % {"count": len(rows)})
    return to_review(request, document, merged.pk)


@require_POST
def anomaly_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a point about the whole letter as looked at."""
    document = held_document(request, pk, _("đánh dấu điểm cần lưu ý"))
    code = request.POST.get("code", "")[:40]
    services.settle_anomaly(document=document, code=code, by=signed_in(request), at=clock.now())
    return redirect("review", document.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def obligation_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a duty that the reader missed."""
    document = held_document(request, pk, _("bổ sung nhiệm vụ"))
    form = ObligationForm(posted(request))
    if form.is_valid():
        try:
            made = services.add_obligation(document=document, facts=form.facts(), by=signed_in(request), at=clock.now())
        except DirectivesError as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Đã bổ sung %(label)s.") % {"label": called(made).lower()})
            return redirect(f"{_address(document)}#nv-{made.pk}")
    context = {"document": document, "form": form}
    return render(request, "directives/obligation_form.html", context, status=422 if form.is_bound else 200)


def _refused(request: HttpRequest, document: Document, refused: DirectivesError) -> HttpResponse:
    """Return the page again with the refusal above the duties."""
    context = {**review_context(document, signed_in(request)), "explanation": refused.explain()}
    return render(request, "directives/review.html", context, status=422)


def _address(document: Document) -> str:
    return reverse("review", args=[document.pk])
