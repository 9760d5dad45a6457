"""Giving out work: choosing, looking at what it would do, doing it; giving it on, and moving it to another agency."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors, services
from ancam.directives.errors import DirectivesError, GivingChanged
from ancam.directives.giving_forms import MOST_LISTED, AnswerForm, GiveBelowForm, GivingForm, QuestionForm, TransferForm
from ancam.directives.models import Document, DocumentState, GivingRun
from ancam.directives.services import Planned
from ancam.directives.views.seen import current_period_of, held_document, seen_assignment, seen_question
from ancam.directives.views.work import period_reply
from ancam.web import clock
from ancam.web.forms import blame, posted
from ancam.web.jobs import jobs_are_running
from ancam.web.replies import job_state


@require_http_methods(["GET", "HEAD", "POST"])
def document_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose duties and agencies, look at what giving would do, then give."""
    document = held_document(request, pk, _("giao nhiệm vụ"))
    form = GivingForm(posted(request), document=document, on=clock.today())
    if request.method != "POST" or {"find", "back"} & request.POST.keys():
        return _choose(request, document, form, 200)
    if not form.is_valid():
        return _choose(request, document, form, 422)
    wanted = form.wanted()
    if not wanted:
        form.add_error("agencies", _("Không còn cơ quan nào: văn bản không gợi ý ai, hoặc đã bỏ ra hết."))
        return _choose(request, document, form, 422)
    plan = services.plan_giving(wanted=wanted, at=clock.now())
    if "give" not in request.POST or not any(row.new for row in plan):
        return _preview(request, document, form, plan, None)
    if request.POST.get("seen") != services.digest_of_plan(plan):
        return _preview(request, document, form, plan, GivingChanged())
    return _given(request, document, form)


def _given(request: HttpRequest, document: Document, form: GivingForm) -> HttpResponse:
    me, wanted = signed_in(request), form.wanted()
    if sum(len(row.agencies) for row in wanted) > services.MOST_PAIRS:
        run = services.begin_giving_run(document=document, wanted=wanted, by=me, at=clock.now())
        return redirect("giving_run", run.pk)
    made = services.give(document=document, wanted=wanted, by=me, at=clock.now())
    messages.success(request, _("Đã giao %(count)d phân công.") % {"count": len(made)})
    return redirect("document_assign", document.pk)


def _choose(request: HttpRequest, document: Document, form: GivingForm, status: int) -> HttpResponse:
    listed = form.listed
    context = {
        "document": document,
        "form": form,
        "errors": form.errors if status != 200 else {},
        "is_tracked": document.state == DocumentState.TRACKED,
        "obligations": form.duties,
        "suggestions": selectors.suggestions(form.duties, form.directory),
        "groups": form.groups_offered,
        "agencies": listed[:MOST_LISTED],
        "is_cut": len(listed) > MOST_LISTED,
        "chosen": form.chosen,
    }
    return render(request, "directives/document_assign.html", context, status=status)


def _preview(
    request: HttpRequest, document: Document, form: GivingForm, plan: list[Planned], refused: GivingChanged | None
) -> HttpResponse:
    names = dict.fromkeys(agency for row in plan for agency in row.new)
    count = sum(len(row.new) for row in plan)
    context = {
        "document": document,
        "form": form,
        "plan": plan,
        "refused": refused and refused.explain(),
        "seen": services.digest_of_plan(plan),
        "count": count,
        "opened": sum(row.opened for row in plan),
        "standing": sum(len(row.standing) for row in plan),
        "agencies": list(names)[:MOST_LISTED],
        "agency_count": len(names),
        "is_cut": len(names) > MOST_LISTED,
        "by_job": sum(len(row.new) + len(row.standing) for row in plan) > services.MOST_PAIRS,
        "chosen": form.chosen,
        "without": form.reachable.filter(pk__in=form.cleaned_data["without"])[:MOST_LISTED],
    }
    return render(request, "directives/document_giving.html", context, status=422 if refused else 200)


@require_safe
def giving_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a large giving is; htmx asks for the state alone while a job has it."""
    run = _seen_run(request, pk)
    is_running = run.state == "running"
    context = {
        "run": run,
        "document": run.document,
        "is_stuck": is_running and not jobs_are_running(clock.now()),
        "may_stop": is_running and selectors.may_hold(signed_in(request), run.document.holder),
    }
    if getattr(request, "htmx", False):
        return job_state(request, "directives/_giving_run.html", context, is_over=not is_running)
    return render(request, "directives/giving_run.html", context)


@require_POST
def giving_run_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a large giving; what was given stands."""
    run = _seen_run(request, pk)
    services.stop_giving_run(run=run, by=signed_in(request), at=clock.now())
    messages.success(request, _("Đã dừng. Những phân công đã giao vẫn giữ nguyên."))
    return redirect("giving_run", run.pk)


def _seen_run(request: HttpRequest, pk: int) -> GivingRun:
    visible = GivingRun.objects.all().visible_to(signed_in(request))
    shown = visible.select_related("document__holder", "by").defer("rows", "document__text", "document__clauses")
    found: GivingRun = get_object_or_404(shown, pk=pk)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def give_below(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a duty, or a part of it, on to agencies below."""
    assignment, me, today = seen_assignment(request, pk), signed_in(request), clock.today()
    services.require_reporter(me, assignment, _("giao tiếp nhiệm vụ"))
    below = selectors.agencies_below(assignment.acting_agency, today)
    form = GiveBelowForm(posted(request), agencies=below, returns=services.returns(assignment))
    if form.is_valid():
        chosen = list(form.cleaned_data["agencies"])
        try:
            made = services.give_below(
                assignment=assignment, agencies=chosen, facts=form.facts(), by=me, at=clock.now()
            )
        except DirectivesError as refused:
            blame(form, refused)
        else:
            words = ngettext("Đã giao tiếp cho %(n)d đơn vị.", "Đã giao tiếp cho %(n)d đơn vị.", len(made))
            messages.success(request, words % {"n": len(made)} if made else _("Các đơn vị này đã được giao từ trước."))
            return redirect("assignment", assignment.pk)
    context = {
        "form": form,
        "assignment": assignment,
        "obligation": assignment.obligation,
        "document": assignment.obligation.document,
        "agencies": below,
        "given": set(selectors.agencies_having(assignment.obligation)),
        "latest": services.latest_day_below(assignment),
        "chosen": request.POST.getlist("agencies"),
    }
    return render(request, "directives/give_below.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Move what is left of an assignment to another agency."""
    assignment, me, today = seen_assignment(request, pk), signed_in(request), clock.today()
    services.require_giver(me, assignment, _("chuyển giao nhiệm vụ"))
    form = TransferForm(
        posted(request),
        receivers=services.receivers(assignment, today),
        has_children=services.has_unfinished_children(assignment, today),
        initial={"moved_on": today},
    )
    if form.is_valid():
        try:
            after = services.transfer_assignment(
                assignment=assignment,
                agency=form.cleaned_data["agency"],
                moved_on=form.cleaned_data["moved_on"],
                reason=form.cleaned_data["reason"],
                children=form.fate(),
                by=me,
                at=clock.now(),
            )
        except DirectivesError as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Đã chuyển giao nhiệm vụ cho %(agency)s.") % {"agency": after.agency.name})
            return redirect("obligation", assignment.obligation_id)
    context = {
        "form": form,
        "assignment": assignment,
        "obligation": assignment.obligation,
        "document": assignment.obligation.document,
    }
    return render(request, "directives/assignment_transfer.html", context, status=422 if form.is_bound else 200)


@require_POST
def question_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask who gave the assignment about its scope."""
    assignment = seen_assignment(request, pk)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            services.ask_scope(
                assignment=assignment, text=form.cleaned_data["text"], by=signed_in(request), at=clock.now()
            )
        except DirectivesError as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Đã gửi câu hỏi tới %(agency)s.") % {"agency": assignment.giver.name})
            return redirect("assignment", assignment.pk)
    return period_reply(request, current_period_of(request, assignment), question_form=form)


@require_POST
def question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question on scope; with a tick, take the duty back for it."""
    question = seen_question(request, pk)
    form = AnswerForm(request.POST, has_children=services.has_unfinished_children(question.assignment, clock.today()))
    if form.is_valid():
        try:
            services.answer_scope(
                question=question,
                answer=form.cleaned_data["answer"],
                withdraws=form.cleaned_data["withdraws"],
                children=form.fate(),
                by=signed_in(request),
                at=clock.now(),
            )
        except DirectivesError as refused:
            blame(form, refused)
        else:
            withdrawn = form.cleaned_data["withdraws"]
            messages.success(request, _("Đã trả lời và thu hồi phân công.") if withdrawn else _("Đã trả lời câu hỏi."))
            return redirect("assignment", question.assignment_id)
    assignment = seen_assignment(request, question.assignment_id)
    return period_reply(request, current_period_of(request, assignment), scope_answer_form=form)
