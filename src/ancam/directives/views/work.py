"""The assignments, progress and its answer."""

from collections.abc import Sequence
from itertools import chain

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ancam.accounts.sign_in import signed_in
from ancam.audit.selectors import SHOWN_LINES, history_of
from ancam.directives import selectors, services
from ancam.directives.collected_words import collected_words
from ancam.directives.due_forms import ExtensionAnswerForm, ExtensionForm
from ancam.directives.errors import DirectivesError, NotAnswering
from ancam.directives.following_filters import FollowingFilters
from ancam.directives.forms import AnsweringForm, ProgressForm, ReasonForm
from ancam.directives.giving_forms import AnswerForm, ChildrenForm, QuestionForm
from ancam.directives.models import FINISHED, WORKING, Assignment, AssignmentState, DuePeriod, ProgressReport
from ancam.directives.rules import may_follow
from ancam.directives.tables import PeriodTable
from ancam.directives.views.matrix import workbook_reply
from ancam.directives.views.own_filter import opens_with_own_filter
from ancam.directives.views.seen import current_period_of, seen_assignment, seen_period, seen_report
from ancam.web import clock
from ancam.web.downloads import download
from ancam.web.forms import blame
from ancam.web.tables import list_reply


@require_safe
@opens_with_own_filter
def assignment_list(request: HttpRequest) -> HttpResponseBase:
    """List the periods of the assignments that the person may see."""
    me, today = signed_in(request), clock.today()
    visible = selectors.due_periods(me)
    filters = FollowingFilters(request.GET, queryset=visible, request=request)
    if request.GET.get("xuat") == "xlsx" and filters.is_valid():
        return workbook_reply(request, filters)
    return list_reply(
        request,
        template="directives/assignment_list.html",
        filters=filters,
        table_class=PeriodTable,
        file_name="nhiem-vu",
        context={"counts": selectors.state_counts(visible, today), "workbook": True},
    )


@require_safe
def assignment_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an assignment by the period to work on now."""
    assignment = seen_assignment(request, pk)
    if assignment.state == AssignmentState.TRANSFERRED and not assignment.periods.exists():
        return redirect("obligation", assignment.obligation_id)  # nothing of it stayed here
    return period_reply(request, current_period_of(request, assignment))


@require_safe
def period_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a period of an assignment: what, by when, how far, and what the person can do next."""
    return period_reply(request, seen_period(request, pk))


@require_POST
def progress_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree that the work is done."""
    report = seen_report(request, pk)
    services.accept_progress(report=report, by=signed_in(request), at=clock.now())
    messages.success(request, _("Đã xác nhận hoàn thành."))
    return redirect("period", report.period_id)


@require_POST
def progress_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a report back with a reason."""
    report = seen_report(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            services.return_progress(
                report=report, reason=form.cleaned_data["reason"], by=signed_in(request), at=clock.now()
            )
        except DirectivesError as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Đã trả lại báo cáo, kèm lý do."))
            return redirect("period", report.period_id)
    return period_reply(request, seen_period(request, report.period_id), return_form=form)


@require_POST
def assignment_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an assignment back."""
    assignment = seen_assignment(request, pk)
    form = ChildrenForm(request.POST, has_children=services.has_unfinished_children(assignment, clock.today()))
    if form.is_valid():
        try:
            services.withdraw_assignment(
                assignment=assignment,
                reason=form.cleaned_data["reason"],
                children=form.fate(),
                by=signed_in(request),
                at=clock.now(),
            )
        except DirectivesError as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Đã thu hồi phân công của %(agency)s.") % {"agency": assignment.agency.name})
            return redirect("assignment", assignment.parent_id) if assignment.parent_id else _to_document(assignment)
    return period_reply(request, current_period_of(request, assignment), withdraw_form=form)


def _to_document(assignment: Assignment) -> HttpResponse:
    return redirect("document", assignment.obligation.document_id)


@require_POST
def assignment_answering(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm who answers today for an assignment whose agency was reorganised."""
    assignment = seen_assignment(request, pk)
    services.require_giver(signed_in(request), assignment, _("xác nhận cơ quan nay trả lời"))
    today, document = clock.today(), assignment.obligation.document
    moved = selectors.answering_now([assignment], today)
    form = AnsweringForm(request.POST, offered=[*chain(*selectors.confirmable_agencies(document, moved, today))])
    if not form.is_valid():
        raise NotAnswering(agency=_("cơ quan đã chọn"), named=assignment.agency.name)
    chosen = form.cleaned_data["agency"]
    services.confirm_answering(assignment=assignment, agency=chosen, by=signed_in(request), at=clock.now())
    messages.success(request, _("Đã xác nhận %(agency)s nay trả lời.") % {"agency": chosen.name})
    return redirect("obligation", assignment.obligation_id)


@require_safe
def progress_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give back a file that was attached to a report."""
    me = signed_in(request)
    file = get_object_or_404(selectors.progress_files(me), pk=pk)
    content = selectors.progress_file_content(file)
    if request.method == "GET":
        services.note_evidence_read(file=file, by=me, at=clock.now())
    return download(content, file.name)


def period_reply(
    request: HttpRequest,
    period: DuePeriod,
    *,
    progress_form: ProgressForm | None = None,
    return_form: ReasonForm | None = None,
    withdraw_form: ChildrenForm | None = None,
    question_form: QuestionForm | None = None,
    scope_answer_form: AnswerForm | None = None,
    extension_form: ExtensionForm | None = None,
    answer_form: ExtensionAnswerForm | None = None,
    held: Sequence[services.HeldFile] = (),
    meanwhile: ProgressReport | None = None,
) -> HttpResponse:
    """Return the page of a period, with the forms that were refused; 422 when one was.

    held: files of a report that was refused. meanwhile: the report that came before it, to be shown beside it.
    """
    me, today, assignment = signed_in(request), clock.today(), period.assignment
    waiting = selectors.waiting_report(period)
    gives = selectors.may_hold(me, assignment.giver)
    answers = bool(waiting and gives and selectors.may_answer_report(me, waiting))
    reports = selectors.may_report(me, assignment.acting_agency)
    stands = assignment.state == AssignmentState.STANDING
    may_send = reports and stands and may_follow(period.state, "submitted")
    begun = period.begins_on <= today
    others = selectors.every_period(me).filter(assignment=assignment).order_by("-begins_on", "code")
    unfinished = stands and not services.is_over(assignment, today)
    children = selectors.children_of_assignment(assignment, me)
    has_open = gives and stands and bool(children) and services.has_unfinished_children(assignment, today)
    extensions = list(selectors.extensions_of(period))
    asked = next((one for one in extensions if not one.decision), None)
    context = {
        "period": period,
        "since": selectors.measured_from(assignment.obligation.document),
        "compared": selectors.compared(
            assignment.obligation,
            assignment.acting_agency,
            selectors.declared_of(others, today),
            person=me,
            on=today,
        ),
        "others": others,
        "assignment": assignment,
        "obligation": assignment.obligation,
        "document": assignment.obligation.document,
        "reports": selectors.reports_of(period).exclude(pk__in=[waiting.pk] if waiting and answers else []),
        "waiting": waiting,
        "returned": selectors.returned_report(period),
        "may_answer": answers,
        "is_own": bool(waiting and gives and not answers),
        "may_report": may_send and begun,
        "not_begun": may_send and not begun,
        "held": held,
        "meanwhile": meanwhile,
        "may_withdraw": gives and unfinished,
        "may_urge_below": reports and any(one.state in WORKING for part in children for one in part.periods.all()),
        "may_give_below": reports and unfinished and selectors.has_agencies_below(assignment, today),
        "may_transfer": gives and stands,
        "finished": period.state in FINISHED,
        "extensions": extensions,
        "may_ask": reports and stands and period.due_on is not None and period.state in WORKING,
        "may_answer_extension": bool(
            asked and gives and selectors.may_answer_what(me, asked.asked_by_id, asked.asked_at)
        ),
        "may_grant": stands and period.state in WORKING,
        "extension_form": extension_form or ExtensionForm(auto_id="id_extension_%s"),
        "answer_form": answer_form or ExtensionAnswerForm(auto_id="id_answer_%s"),
        "open_extension": extension_form is not None,
        "open_rarer": progress_form is not None and progress_form.says_more(),
        "progress_form": progress_form or (_progress_form(period) if may_send else None),
        "return_form": return_form or ReasonForm(auto_id="id_return_%s"),
        "withdraw_form": withdraw_form or ChildrenForm(has_children=has_open, auto_id="id_withdraw_%s"),
        "children": children,
        "others_given": selectors.others_given(assignment),
        "holders": selectors.holders_of(assignment),
        "questions": selectors.questions_of(assignment),
        "may_ask_scope": reports and stands,
        "may_answer_scope": gives and stands,
        "question_form": question_form or QuestionForm(auto_id="id_question_%s"),
        "scope_answer_form": scope_answer_form or AnswerForm(has_children=has_open, auto_id="id_scope_answer_%s"),
        "open_question": question_form is not None,
        "open_return": return_form is not None,
        "open_withdraw": withdraw_form is not None,
        "history": history_of("directives.assignment", assignment.pk)[:SHOWN_LINES],
        "today": today,
        "answering": selectors.answering_now([assignment], today),
    }
    sent = (progress_form, return_form, withdraw_form, question_form, scope_answer_form, extension_form, answer_form)
    refused = any(form is not None for form in sent)
    return render(request, "directives/period.html", context, status=422 if refused else 200)


def _progress_form(period: DuePeriod) -> ProgressForm:
    version, figures = selectors.figures_asked(period.assignment.obligation)
    latest = period.reports.first()
    collected = "" if latest else collected_words(selectors.results_below(period))
    return ProgressForm.of(latest, period.percentage, version, figures, collected)
