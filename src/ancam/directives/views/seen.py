"""What a page asks for by its address: found among what the person may see, or 404."""

from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ancam.accounts.models import Agency
from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors
from ancam.directives.models import (
    Assignment,
    Document,
    DuePeriod,
    Extension,
    Obligation,
    ProgressReport,
    ScopeQuestion,
)
from ancam.web.replies import Forbidden


def seen_document(request: HttpRequest, pk: int) -> Document:
    """Return a letter that the person may see."""
    visible = Document.objects.all().visible_to(signed_in(request))
    return cast(Document, get_object_or_404(visible.select_related("holder", "regime", "uploaded_by"), pk=pk))


def whole_document(request: HttpRequest, pk: int, act: str) -> Document:
    """Return a letter of which the person sees every duty: 404 unseen, 403 otherwise."""
    document = seen_document(request, pk)
    if not selectors.sees_whole(signed_in(request), document):
        raise Forbidden(act=act, who=_("cơ quan giữ văn bản và cơ quan cấp trên"))
    return document


def held_document(request: HttpRequest, pk: int, act: str) -> Document:
    """Return a letter that the person sees and whose holder the person acts for: 404 unseen, 403 otherwise."""
    document = seen_document(request, pk)
    if not selectors.may_hold(signed_in(request), document.holder):
        raise _not_held(document.holder, act)
    return document


def seen_obligation(request: HttpRequest, pk: int) -> Obligation:
    """Return an obligation that the person may see, with its letter."""
    visible = Obligation.objects.all().visible_to(signed_in(request))
    return cast(Obligation, get_object_or_404(visible.select_related("document__holder", "confirmed_by"), pk=pk))


def held_obligation(request: HttpRequest, pk: int, act: str) -> Obligation:
    """Return an obligation of a letter whose holder the person acts for: 404 unseen, 403 otherwise."""
    obligation = seen_obligation(request, pk)
    if not selectors.may_hold(signed_in(request), obligation.document.holder):
        raise _not_held(obligation.document.holder, act)
    return obligation


def seen_assignment(request: HttpRequest, pk: int) -> Assignment:
    """Return an assignment that the person may see, with its obligation, letter and agency."""
    return get_object_or_404(selectors.assignments(signed_in(request)), pk=pk)


def seen_period(request: HttpRequest, pk: int) -> DuePeriod:
    """Return a period that the person may see, with its assignment, obligation, letter and agencies."""
    return get_object_or_404(selectors.every_period(signed_in(request)), pk=pk)


def current_period_of(request: HttpRequest, assignment: Assignment) -> DuePeriod:
    """Return the period of a seen assignment to work on now; 404 while none has begun."""
    period = selectors.current_period(selectors.every_period(signed_in(request)).filter(assignment=assignment))
    if period is None:
        raise Http404
    return period


def seen_report(request: HttpRequest, pk: int) -> ProgressReport:
    """Return a report on an assignment that the person may see."""
    visible = DuePeriod.objects.all().visible_to(signed_in(request)).order_by().values("pk")
    reports = ProgressReport.objects.filter(period__in=visible).select_related("period__assignment", "by")
    return get_object_or_404(reports, pk=pk)


def seen_extension(request: HttpRequest, pk: int) -> Extension:
    """Return a request for more time for a period that the person may see."""
    visible = DuePeriod.objects.all().visible_to(signed_in(request)).order_by().values("pk")
    asked = Extension.objects.filter(period__in=visible).select_related("period__assignment", "asked_by")
    return get_object_or_404(asked, pk=pk)


def seen_question(request: HttpRequest, pk: int) -> ScopeQuestion:
    """Return a question on an assignment that the person may see."""
    visible = ScopeQuestion.objects.all().visible_to(signed_in(request))
    found: ScopeQuestion = get_object_or_404(visible.select_related("assignment"), pk=pk)
    return found


def _not_held(holder: Agency, act: str) -> Forbidden:
    who = _("lãnh đạo hoặc chuyên viên của %(agency)s, nơi giữ văn bản") % {"agency": holder.name}
    return Forbidden(act=act, who=who)
