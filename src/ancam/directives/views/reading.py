"""A letter while a job reads it: how far it is, what came of it, stopping it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors, services
from ancam.directives.models import ReadingRun, ReadingState
from ancam.web import clock
from ancam.web.jobs import jobs_are_running
from ancam.web.replies import job_state


@require_safe
def reading_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a letter is read; htmx asks for the state alone while a job has it."""
    run, me, now = _seen_run(request, pk), signed_in(request), clock.now()
    is_running = run.state == ReadingState.RUNNING
    context = {
        "run": run,
        "is_running": is_running,
        "page": min(run.pages_done + 1, run.pages),
        "left": selectors.seconds_left(run, now),
        "spent": selectors.seconds_spent(run, now),
        "is_stuck": is_running and not jobs_are_running(now),
        "may_hold": selectors.may_hold(me, run.agency),
        "count": run.document.obligations.count() if run.document and run.state == ReadingState.DONE else 0,
        "existing": run.state == ReadingState.REFUSED and selectors.existing_letter(run, me),
    }
    if getattr(request, "htmx", False):
        return job_state(request, "directives/_reading_run.html", context, is_over=not is_running)
    return render(request, "directives/reading_run.html", context)


@require_POST
def reading_run_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop reading; the file is thrown away."""
    run = _seen_run(request, pk)
    services.stop_reading_run(run=run, by=signed_in(request), at=clock.now())
    messages.success(request, _("Đã dừng đọc. Tệp đã được xóa khỏi máy chủ; muốn đọc lại, đề nghị tải lên lại."))
    return redirect("reading_run", run.pk)


def _seen_run(request: HttpRequest, pk: int) -> ReadingRun:
    return get_object_or_404(selectors.reading_runs(signed_in(request)), pk=pk)
