"""Letters: the list, receiving one, its page, what it says of itself, the file as received."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancam.accounts.models import Person
from ancam.accounts.sign_in import signed_in
from ancam.audit.selectors import SHOWN_LINES, history_of
from ancam.directives import selectors, services
from ancam.directives.cascade_reference import directive_title
from ancam.directives.errors import AlreadyReceived, DirectivesError, ParentRefused
from ancam.directives.filters import DocumentFilters, LetterPeriodFilters
from ancam.directives.forms import ParentForm, ParticularsForm, RegimeForm, UploadForm
from ancam.directives.models import Document, ReadingRun
from ancam.directives.tables import DocumentTable, LetterPeriodTable
from ancam.directives.views.seen import held_document, seen_document
from ancam.engines.reading.errors import ReadingRefused
from ancam.kit.file_names import RunnableName
from ancam.web import clock
from ancam.web.downloads import download
from ancam.web.forms import blame, posted
from ancam.web.replies import Forbidden
from ancam.web.tables import list_reply
from ancam.web.uploads import upload_refusal, uploaded_bytes


@require_safe
def document_list(request: HttpRequest) -> HttpResponseBase:
    """List the letters that the person may see."""
    me = signed_in(request)
    return list_reply(
        request,
        template="directives/document_list.html",
        filters=DocumentFilters(request.GET, queryset=selectors.documents(me), request=request),
        table_class=DocumentTable,
        file_name="van-ban",
        context={
            "may_receive": bool(selectors.holding_agencies(me)),
            "unread": selectors.unread_letters(me, clock.now()),
            "may_see_examples": selectors.may_see_examples(me),
            "none_at_all": selectors.first_document(me) is None,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def document_upload(request: HttpRequest) -> HttpResponse:
    """Receive a letter; a refusal stands beside the field, and a letter that is here already is offered."""
    me = signed_in(request)
    if not selectors.holding_agencies(me):
        raise Forbidden(act=_("tiếp nhận văn bản"), who=_("lãnh đạo hoặc chuyên viên của một cơ quan"))
    form = UploadForm(posted(request), request.FILES or None, person=me)
    existing: Document | None = None
    if "ban-rieng" in request.GET:
        form.offer_own_copy()
    if stopped := upload_refusal(request):
        form.errors["file"] = form.error_class([str(stopped)])
    elif request.method == "POST" and form.is_valid():
        try:
            return _received(request, form)
        except AlreadyReceived as here:
            existing = here.document
            if not here.same_holder:
                form.offer_own_copy()
        except (ReadingRefused, DirectivesError, RunnableName) as refused:
            form.add_error("file", str(refused))
    context = {"form": form, "existing": existing}
    status = 422 if request.method == "POST" else 200
    return render(request, "directives/document_upload.html", context, status=status)


def _received(request: HttpRequest, form: UploadForm) -> HttpResponse:
    upload: UploadedFile[Any] = form.cleaned_data["file"]
    received = services.receive_or_begin(
        file=services.ReceivedFile(upload.name or "", uploaded_bytes(upload)),
        agency=form.cleaned_data["agency"],
        keep_own_copy=form.cleaned_data["keep_own_copy"],
        by=signed_in(request),
        at=clock.now(),
    )
    if isinstance(received, ReadingRun):
        return redirect("reading_run", received.pk)
    count = received.obligations.count()
    words = _("Đã tiếp nhận %(title)s và đọc được %(count)d nhiệm vụ. Đề nghị rà soát trước khi giao.")
    messages.success(request, words % {"title": received.title, "count": count})
    return redirect("review", received.pk)


@require_safe
def document_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a letter: facts, counts by state that are links, its assignments, its text, its history."""
    me, today = signed_in(request), clock.today()
    document = seen_document(request, pk)
    whole = selectors.sees_whole(me, document)
    given = selectors.periods_of(document, me)
    context = {
        "document": document,
        "whole": whole,
        "may_hold": selectors.may_hold(me, document.holder),
        "may_issue": bool(selectors.reporting_agencies(me)),
        **parent_facts(document, me),
        "children": selectors.children_of(document, me),
        "counts": selectors.state_counts(given, today),
        "review": selectors.review_counts(document) if whole else None,
        "history": history_of("directives.document", document.pk)[:SHOWN_LINES] if whole else [],
    }
    return list_reply(
        request,
        template="directives/document.html",
        filters=LetterPeriodFilters(request.GET, queryset=given, request=request),
        table_class=LetterPeriodTable,
        file_name=f"phan-cong-{document.full_number.replace('/', '-') or document.pk}",
        context=context,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def document_particulars(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in or correct what the letter says of itself."""
    document = held_document(request, pk, _("sửa thông tin văn bản"))
    form = ParticularsForm(request.POST) if request.method == "POST" else _particulars_of(document)
    if form.is_bound and form.is_valid():
        try:
            services.set_particulars(document=document, particulars=form.facts(), by=signed_in(request), at=clock.now())
        except DirectivesError as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Đã lưu thông tin văn bản."))
            return redirect("document", document.pk)
    return _particulars_page(request, document, form=form)


@require_POST
def document_regime(request: HttpRequest, pk: int) -> HttpResponse:
    """Say under which regime the letter stands."""
    document = held_document(request, pk, _("chọn khung pháp lý"))
    form = RegimeForm(request.POST)
    if not form.is_valid():
        return _particulars_page(request, document, regime_form=form)
    regime = form.cleaned_data["regime"]
    services.set_regime(document=document, regime=regime, by=signed_in(request), at=clock.now())
    messages.success(request, _("Đã chọn khung pháp lý %(regime)s.") % {"regime": regime.title})
    return redirect("document", document.pk)


@require_POST
def document_parent(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which letter this one carries out."""
    me = signed_in(request)
    document = held_document(request, pk, _("chọn văn bản cấp trên"))
    form = ParentForm(request.POST, document=document, person=me)
    if form.is_valid():
        try:
            services.set_parent(document=document, by=me, at=clock.now(), **form.cleaned_data)
        except ParentRefused as refused:
            form.add_error("parent", str(refused))
        else:
            messages.success(request, _("Đã xác nhận văn bản cấp trên."))
            return redirect("document", document.pk)
    return _particulars_page(request, document, parent_form=form)


@require_safe
def document_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give back the letter exactly as it was received."""
    document = seen_document(request, pk)
    content = selectors.document_content(document)
    if request.method == "GET":
        services.note_letter_read(document=document, by=signed_in(request), at=clock.now())
    return download(content, document.file_name)


def parent_facts(document: Document, me: Person) -> dict[str, Any]:
    """Return what the letter carries out, as far as it may be seen, and what it seems to while nobody has said."""
    is_said = document.parent_id is not None or document.parent_directive or document.parent_confirmed_at is not None
    return {
        "parent": selectors.parent_of(document, me),
        "directive": directive_title() if document.parent_directive else "",
        "suggested": None if is_said else selectors.suggested_parent(document, me),
        "suggested_title": directive_title(),
    }


def _particulars_of(document: Document) -> ParticularsForm:
    names = ("number", "symbol", "kind", "issuer", "subject")
    known = document.signed_on if document.signed_precision == "day" else None
    return ParticularsForm(initial={**{name: getattr(document, name) for name in names}, "signed_on": known})


def _particulars_page(
    request: HttpRequest,
    document: Document,
    *,
    form: ParticularsForm | None = None,
    regime_form: RegimeForm | None = None,
    parent_form: ParentForm | None = None,
) -> HttpResponse:
    me = signed_in(request)
    parent = selectors.parent_of(document, me)
    context = {
        "document": document,
        "form": form or _particulars_of(document),
        "regime_form": regime_form or RegimeForm(initial={"regime": document.regime_id}),
        "parent_form": parent_form
        or ParentForm(
            initial={"parent": parent and parent.pk, "directive": document.parent_directive},
            document=document,
            person=me,
        ),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "directives/document_particulars.html", context, status=status)
