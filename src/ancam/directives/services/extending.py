"""An agency asks for more time; who gave the work grants it, to the day asked or another, or refuses."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Person
from ancam.audit.services import Action, record
from ancam.directives.errors import ExtensionRefused, OwnRequest, WrongState
from ancam.directives.models import WORKING, DuePeriod, Extension, ExtensionDecision, PeriodState
from ancam.directives.selectors.people import may_answer_what
from ancam.directives.services.assigning import locked_period, require_standing
from ancam.directives.services.guards import MAX_TEXT, bounded, require_giver, require_plausible, require_reporter
from ancam.directives.services.telling import tell_answered_extension, tell_waiting_extension
from ancam.web.clock import day_of

ASK_EXTENSION = Action("directives.ask_extension", "Đề nghị gia hạn")
GRANT_EXTENSION = Action("directives.grant_extension", "Đồng ý gia hạn")
REFUSE_EXTENSION = Action("directives.refuse_extension", "Không đồng ý gia hạn")


@transaction.atomic
def ask_extension(*, period: DuePeriod, wanted_to: date, reason: str, by: Person, at: datetime) -> Extension:
    """Ask for more time for a period, for as long as something is left to do; also when its last day is past.

    Raises `Forbidden`, `WrongState`, `ExtensionRefused` without a last day, for a day that is not later than it or not
    to come, or while another request waits; `FieldRequired`, `TooLong`, `DayImplausible`.
    """
    period = locked_period(period)
    require_reporter(by, period.assignment, _("đề nghị gia hạn"))
    why = bounded(reason, field="reason", label=_("Lý do"), most=MAX_TEXT, required=True)
    _require_open(period, _("đề nghị gia hạn"))
    due_on = _require_later(period, wanted_to, at, field="wanted_to")
    if period.extensions.filter(decision="").exists():
        raise ExtensionRefused(field="wanted_to", what=_("đang có một đề nghị chờ trả lời"))
    made: Extension = period.extensions.create(due_on=due_on, wanted_to=wanted_to, reason=why, asked_by=by, asked_at=at)
    change = {"due_on": str(due_on), "wanted_to": str(wanted_to), "reason": why}
    actor = by.as_actor(period.assignment.acting_agency)
    record(by=actor, action=ASK_EXTENSION, subject=period.as_subject(), change=change, at=at)
    tell_waiting_extension(made, at)
    return made


@transaction.atomic
def grant_extension(*, extension: Extension, granted_to: date, answer: str = "", by: Person, at: datetime) -> Extension:
    """Move the period's last day, to the day asked for or another later one; the day it had is kept.

    Raises `Forbidden`, `OwnRequest`, `WrongState`, `ExtensionRefused`, `TooLong`.
    """
    extension, period = _locked(extension, by, _("đồng ý gia hạn"))
    _require_open(period, _("đồng ý gia hạn"))
    _require_later(period, granted_to, at, field="granted_to")
    words = bounded(answer, field="answer", label=_("Ý kiến trả lời"), most=MAX_TEXT)
    change = {"before": str(period.due_on), "after": str(granted_to), "answer": words}
    period.due_on_before = period.due_on_before or period.due_on
    period.due_on = granted_to
    period.save()
    return _answered(extension, period, ExtensionDecision.GRANTED, granted_to, words, change, by, at)


@transaction.atomic
def refuse_extension(*, extension: Extension, answer: str, by: Person, at: datetime) -> Extension:
    """Leave the last day as it is, with a reason. Raises as `grant_extension` does, and `FieldRequired`."""
    extension, period = _locked(extension, by, _("không đồng ý gia hạn"))
    words = bounded(answer, field="answer", label=_("Lý do"), most=MAX_TEXT, required=True)
    return _answered(extension, period, ExtensionDecision.REFUSED, None, words, {"answer": words}, by, at)


def _locked(extension: Extension, by: Person, act: str) -> tuple[Extension, DuePeriod]:
    period = locked_period(extension.period)
    require_giver(by, period.assignment, act)
    current: Extension = Extension.objects.select_for_update().get(pk=extension.pk)
    if current.decision:
        raise WrongState(act=act, state=current.get_decision_display())
    if not may_answer_what(by, current.asked_by_id, current.asked_at):
        raise OwnRequest()
    return current, period


def _answered(
    extension: Extension,
    period: DuePeriod,
    decision: ExtensionDecision,
    granted_to: date | None,
    words: str,
    change: dict[str, str],
    by: Person,
    at: datetime,
) -> Extension:
    extension.decision, extension.granted_to, extension.answer = decision, granted_to, words
    extension.decided_by, extension.decided_at = by, at
    extension.save()
    action = GRANT_EXTENSION if decision == ExtensionDecision.GRANTED else REFUSE_EXTENSION
    actor = by.as_actor(period.assignment.giver)
    record(by=actor, action=action, subject=period.as_subject(), change=change, at=at)
    tell_answered_extension(extension, at)
    return extension


def _require_open(period: DuePeriod, act: str) -> None:
    require_standing(period.assignment, act)
    if period.state not in WORKING:
        raise WrongState(act=act, state=PeriodState(period.state).label)


def _require_later(period: DuePeriod, day: date, at: datetime, *, field: str) -> date:
    """Return the last day that the period has; raise `ExtensionRefused` unless the other is later and not past."""
    require_plausible(day, field=field)
    if period.due_on is None:
        raise ExtensionRefused(field=field, what=_("kỳ này không có ngày đến hạn"))
    if day <= period.due_on:
        raise ExtensionRefused(field=field, what=_("ngày mới phải sau hạn hiện tại"))
    if day < day_of(at):
        raise ExtensionRefused(field=field, what=_("ngày mới đã qua"))
    return period.due_on
