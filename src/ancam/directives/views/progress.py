"""Reporting how far the work of a period is. What is not taken is lost to nobody: words and files wait in the form."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors, services
from ancam.directives.errors import DirectivesError, FiguresChanged, ReportedMeanwhile
from ancam.directives.forms import ProgressForm
from ancam.directives.models import DuePeriod
from ancam.directives.views.seen import seen_period
from ancam.directives.views.work import period_reply
from ancam.engines.reading.errors import ReadingRefused
from ancam.kit.file_names import RunnableName
from ancam.web import clock
from ancam.web.forms import blame
from ancam.web.uploads import upload_refusal, uploaded_bytes

_FILE_REFUSALS = (DirectivesError, ReadingRefused, RunnableName)


@require_POST
def progress_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Report how far the work of a period is; when another report came meanwhile, show both and ask."""
    period, me = seen_period(request, pk), signed_in(request)
    services.require_reporter(me, period.assignment, _("báo cáo tiến độ"))
    version, figures = selectors.figures_asked(period.assignment.obligation)
    form = ProgressForm(request.POST, request.FILES, figures=figures)
    if stopped := upload_refusal(request):
        form.errors["attachments"] = form.error_class([str(stopped)])
        return period_reply(request, period, progress_form=form)
    _require_present_figures(form, version)
    files = _files(request, period, form)
    if form.is_valid():
        try:
            services.submit_progress(period=period, facts=form.facts(), files=files, by=me, at=clock.now())
        except ReportedMeanwhile as refused:
            form.add_error(None, str(refused))
            period = seen_period(request, pk)
            return _both(request, period, form, files)
        except ReadingRefused as refused:
            form.add_error("attachments", str(refused))
            files = []  # a second look at what was refused would leave a second line in the ledger
        except (DirectivesError, RunnableName) as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Đã gửi báo cáo tới %(agency)s.") % {"agency": period.assignment.giver.name})
            return redirect("period", period.pk)
    return period_reply(request, period, progress_form=form, held=_held(request, period, form, files))


def _require_present_figures(form: ProgressForm, version: int) -> None:
    """Say above the form that other figures are asked by now, before what is missing among them."""
    form.is_valid()
    if form.cleaned_data.get("figures_version") not in (None, version):
        form.add_error(None, str(FiguresChanged()))
        _say(form, "figures_version", version)


def _files(request: HttpRequest, period: DuePeriod, form: ProgressForm) -> list[services.Attachment]:
    """Return the files that wait since the last try, and those that came now; the form was looked at before."""
    waiting = services.held_attachments(
        period=period, tickets=request.POST.getlist("held")[: services.MOST_FILES], by=signed_in(request)
    )
    uploads = form.cleaned_data.get("attachments", [])
    return [*waiting, *(services.Attachment(file.name or "", uploaded_bytes(file)) for file in uploads)]


def _held(
    request: HttpRequest, period: DuePeriod, form: ProgressForm, files: list[services.Attachment]
) -> list[services.HeldFile]:
    """Keep the files for the next try; one that would be refused is not kept, and the form says why."""
    try:
        return services.hold_attachments(period=period, files=files, by=signed_in(request), at=clock.now())
    except _FILE_REFUSALS as refused:
        if "attachments" not in form.errors:
            form.add_error("attachments", str(refused))
        return []


def _both(
    request: HttpRequest, period: DuePeriod, form: ProgressForm, files: list[services.Attachment]
) -> HttpResponse:
    """Return the page with the report that came and the one that was not sent; sent again, it follows that one."""
    latest = selectors.reports_of(period).first()
    _say(form, "based_on", latest.pk if latest else 0)
    held = _held(request, period, form, files)
    answer = period_reply(request, period, progress_form=form, held=held, meanwhile=latest)
    answer.status_code = 409
    return answer


def _say(form: ProgressForm, name: str, value: Any) -> None:
    """Put another value into a hidden field of a form that was sent."""
    data = cast(QueryDict, form.data).copy()
    data[name] = str(value)
    form.data = data
