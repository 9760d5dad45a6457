"""When duties are due: schedules, events, more time, and what was done before the system was there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors, services
from ancam.directives.due_forms import (
    DocumentChoice,
    DoneBeforeForm,
    EventForm,
    ExtensionAnswerForm,
    ExtensionForm,
    ScheduleForm,
    schedule_as_entered,
    schedule_in_words,
)
from ancam.directives.errors import ChangedMeanwhile, DirectivesError
from ancam.directives.filters import CollectedFilters, visible_documents
from ancam.directives.models import WORKING
from ancam.directives.views.seen import held_document, held_obligation, seen_extension, seen_period
from ancam.directives.views.work import period_reply
from ancam.web import clock
from ancam.web.forms import blame, posted
from ancam.web.pickers import hits_reply
from ancam.web.tables import kept_rows

MOST_SHOWN = 200
"""How many periods are offered one by one; more are narrowed by the filter, or entered together."""


@require_http_methods(["GET", "HEAD", "POST"])
def schedule_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how often a duty returns and by which days."""
    obligation = held_obligation(request, pk, _("đặt lịch hạn"))
    later = selectors.possible_later(obligation.document, signed_in(request))
    form = ScheduleForm(posted(request), initial=schedule_as_entered(obligation), later_documents=later)
    newer = False
    if form.is_valid():
        try:
            services.set_schedule(
                obligation=obligation,
                facts=form.facts(),
                version=form.cleaned_data["version"],
                by=signed_in(request),
                at=clock.now(),
            )
        except ChangedMeanwhile as refused:
            blame(form, refused)
            obligation = held_obligation(request, pk, _("đặt lịch hạn"))
            form.data = {**request.POST.dict(), "version": str(obligation.version)}
            newer = True
        except DirectivesError as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Đã đặt lịch hạn; các kỳ chưa làm đã theo lịch mới."))
            return redirect("obligation", obligation.pk)
    context = {
        "form": form,
        "obligation": obligation,
        "document": obligation.document,
        "letter_says": obligation.deadline_text,
        "stands": schedule_in_words(obligation) if newer else "",
    }
    return render(request, "directives/schedule.html", context, status=422 if form.is_bound else 200)


@require_safe
def pick_document(request: HttpRequest) -> HttpResponse:
    """Find letters by the words of their number, subject or issuer, for a choice among many."""
    return hits_reply(request, DocumentChoice(queryset=visible_documents(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def event_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the event came from which a duty's deadline runs."""
    obligation = held_obligation(request, pk, _("ghi sự kiện bắt đầu thời hạn"))
    given = selectors.assignments(signed_in(request)).standing().filter(obligation=obligation)  # type: ignore[attr-defined]
    initial = {"days": obligation.relative_days, "working_days": obligation.relative_working_days}
    form = EventForm(posted(request), assignments=given, initial=initial)
    if form.is_valid():
        try:
            services.record_event(
                obligation=obligation,
                facts=form.facts(),
                assignment=form.cleaned_data["assignment"],
                by=signed_in(request),
                at=clock.now(),
            )
        except DirectivesError as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Đã ghi sự kiện và tính ngày đến hạn."))
            return redirect("obligation", obligation.pk)
    context = {
        "form": form,
        "obligation": obligation,
        "document": obligation.document,
        "letter_says": obligation.relative_text,
    }
    return render(request, "directives/event.html", context, status=422 if form.is_bound else 200)


@require_POST
def extension_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for more time for a period."""
    period = seen_period(request, pk)
    form = ExtensionForm(request.POST)
    if form.is_valid():
        try:
            services.ask_extension(period=period, **form.cleaned_data, by=signed_in(request), at=clock.now())
        except DirectivesError as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Đã gửi đề nghị gia hạn."))
            return redirect("period", period.pk)
    return period_reply(request, period, extension_form=form)


@require_POST
def extension_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant more time, or refuse it, by the button that was pressed."""
    extension = seen_extension(request, pk)
    me, at = signed_in(request), clock.now()
    form = ExtensionAnswerForm(request.POST)
    grants = "grant" in request.POST
    if form.is_valid() and grants and form.cleaned_data["granted_to"] is None:
        form.add_error("granted_to", _("Chưa ghi ngày."))
    if form.is_valid():
        answer = form.cleaned_data["answer"]
        try:
            if grants:
                day = form.cleaned_data["granted_to"]
                services.grant_extension(extension=extension, granted_to=day, answer=answer, by=me, at=at)
            else:
                services.refuse_extension(extension=extension, answer=answer, by=me, at=at)
        except DirectivesError as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Đã gia hạn.") if grants else _("Đã trả lời không đồng ý gia hạn."))
            return redirect("period", extension.period_id)
    return period_reply(request, seen_period(request, extension.period_id), answer_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def done_before(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what was done before the system was there."""
    document = held_document(request, pk, _("ghi đã hoàn thành trước đây"))
    open_ones = selectors.periods_of(document, signed_in(request))
    open_ones = open_ones.filter(state__in=WORKING, assignment__parent=None)
    filters = CollectedFilters(request.GET, queryset=open_ones, request=request)
    found = kept_rows(filters)
    form = DoneBeforeForm(posted(request), periods=open_ones)
    if form.is_valid():
        try:
            made = services.enter_done_before(
                document=document,
                periods=found if form.cleaned_data["whole"] else form.cleaned_data["periods"],
                facts=form.facts(),
                by=signed_in(request),
                at=clock.now(),
            )
        except DirectivesError as refused:
            blame(form, refused)
        else:
            words = ngettext("Đã ghi hoàn thành %(n)d việc.", "Đã ghi hoàn thành %(n)d việc.", len(made))
            messages.success(request, words % {"n": len(made)})
            return redirect("document", document.pk)
    context = {
        "form": form,
        "document": document,
        "filters": filters,
        "total": found.count(),
        "periods": found[:MOST_SHOWN],
        "chosen": request.POST.getlist("periods"),
        "today": clock.today(),
    }
    stands = not form.is_bound and filters.is_valid()
    return render(request, "directives/done_before.html", context, status=200 if stands else 422)
