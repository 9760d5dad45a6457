"""Days, doubts and states in the words of an office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.apps import apps
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from ancam.directives.models import (
    CLOSING,
    Assignment,
    AssignmentState,
    Cadence,
    DuePeriod,
    DutyKind,
    Obligation,
    ObligationState,
    Operator,
    PeriodState,
)
from ancam.directives.rules import CERTAIN_FROM, DUE_SOON_DAYS, day_perhaps_meant, waits_for_a_date
from ancam.directives.selectors import current_period
from ancam.directives.sign_words import state_in_words

register = template.Library()

WEEKDAYS = (
    _lazy("thứ Hai"),
    _lazy("thứ Ba"),
    _lazy("thứ Tư"),
    _lazy("thứ Năm"),
    _lazy("thứ Sáu"),
    _lazy("thứ Bảy"),
    _lazy("Chủ nhật"),
)

STATE_SIGNS = {
    PeriodState.NOT_STARTED: ("circle", "muted"),
    PeriodState.IN_PROGRESS: ("progress", "working"),
    PeriodState.SUBMITTED: ("clock-check", "waiting"),
    PeriodState.ACCEPTED: ("circle-check", "done"),
    PeriodState.NOT_APPLICABLE: ("circle-minus", "muted"),
    PeriodState.RETURNED: ("arrow-back-up", "returned"),
}


@register.filter
def with_weekday(day: date | None) -> str:
    """Return `thứ Hai, 30/11/2026`, empty for no day."""
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}" if day else ""


@register.filter
def called(obligation: Obligation) -> str:
    """Return what the obligation is called, in the reader's language; the ledger keeps its `label`."""
    if obligation.clause == CLOSING:
        return _("Nhiệm vụ ở đoạn kết")
    if obligation.clause:
        return _("Nhiệm vụ %(clause)s") % {"clause": obligation.clause}
    return _("Nhiệm vụ thứ %(position)s") % {"position": obligation.position}


@register.filter
def clause_or_name(obligation: Obligation) -> str:
    """Return `1.b`, or what an obligation without a clause is called."""
    return obligation.clause or called(obligation)


@register.filter
def standing_at(obligation: Obligation) -> str:
    """Return where the obligation stands in its letter, in the reader's language; empty when it was added."""
    if obligation.clause == CLOSING:
        return _("đoạn kết")
    return _("điểm %(clause)s") % {"clause": obligation.clause} if obligation.clause else ""


@register.simple_tag
def time_left(due_on: date | None, today: date) -> str:
    """Return how far a last day is in words, marked by a sign when it is near or past."""
    if due_on is None:
        return ""
    left = (due_on - today).days
    if left < 0:
        words = ngettext("quá hạn %(n)d ngày", "quá hạn %(n)d ngày", -left) % {"n": -left}
        return format_html(
            '<span class="due due-late"><i class="ti ti-alert-triangle" aria-hidden="true"></i>{}</span>', words
        )
    words = _("hạn hôm nay") if left == 0 else ngettext("còn %(n)d ngày", "còn %(n)d ngày", left) % {"n": left}
    return format_html('<span class="due{}">{}</span>', " due-soon" if left <= DUE_SOON_DAYS else "", words)


@register.simple_tag
def state_of_period(period: DuePeriod, today: date) -> str:
    """Return the state as declared, with its sign; open work past its last day says so first."""
    words, overdue = state_in_words(period, today)
    icon, tone = ("alert-triangle", "late") if overdue else STATE_SIGNS[PeriodState(period.state)]
    return format_html(
        '<span class="state state-{}" title="{}"><i class="ti ti-{}" aria-hidden="true"></i>{}</span>',
        tone,
        _("%(state)s (theo khai báo)") % {"state": words},
        icon,
        words,
    )


@register.simple_tag
def done_bar(percentage: int) -> str:
    """Return a bar and the number beside it."""
    return format_html(
        '<span class="done-bar"><progress max="100" value="{}" aria-label="{}"></progress> {}%</span>',
        percentage,
        _("Tỷ lệ hoàn thành"),
        percentage,
    )


@register.filter
def is_doubtful(obligation: Obligation) -> bool:
    """Tell whether the reader was unsure of an obligation that no person has confirmed."""
    unsure = obligation.confidence < CERTAIN_FROM and not obligation.is_doubted_no_more
    return obligation.state == "proposed" and unsure


OF_THE_READING = frozenset({"table_damaged", "ocr_noise", "no_subject"})
"""Anomalies of how the words were read, not of what they ask."""
SHOWN_WORDS = 18
"""So many words of the letter stand beside a doubt; the whole of them is marked in the letter."""


@register.filter
def doubts_about(obligation: Obligation, field: str) -> list[dict[str, str]]:
    """Return the open doubts about a field, with the words of the letter each rests on; none once it is confirmed."""
    if obligation.state != ObligationState.PROPOSED:
        return []
    text = obligation.document.text
    return [
        {
            "reason": doubt["reason"],
            "words": Truncator(" … ".join(text[start:end] for start, end in doubt["spans"])).words(SHOWN_WORDS),
        }
        for doubt in obligation.open_doubts
        if doubt["field"] == field
    ]


@register.filter
def has_doubts(obligation: Obligation, field: str) -> bool:
    """Tell whether the reader doubted a field of an obligation that waits, settled or not."""
    waits = obligation.state == ObligationState.PROPOSED
    return waits and any(doubt["field"] == field for doubt in obligation.doubts)


@register.filter
def is_judged(obligation: Obligation, field: str) -> bool:
    """Tell whether a person has settled every doubt about a field of an obligation that waits."""
    return has_doubts(obligation, field) and not doubts_about(obligation, field)


@register.filter
def notes_of(obligation: Obligation) -> list[dict[str, Any]]:
    """Return what must be looked at and does not stand beside a field already; of how it was read, until it is said."""
    if obligation.state == ObligationState.PROPOSED:
        beside = {doubt["reason"] for doubt in obligation.doubts}
        return [anomaly for anomaly in obligation.anomalies if anomaly["message"] not in beside]
    still = obligation.open_anomalies
    return [anomaly for anomaly in obligation.anomalies if anomaly in still or anomaly["code"] not in OF_THE_READING]


@register.filter
def is_nothing(obligation: Obligation, field: str) -> bool:
    """Tell whether nothing was read of a field: no body, no deadline."""
    if field == "deadline":
        return not (obligation.deadline_text or obligation.relative_text or obligation.last_day)
    return field in {"leads", "supports"} and not getattr(obligation, field)


@register.filter
def waits_for_day(obligation: Obligation) -> bool:
    """Tell whether the letter names a day that does not exist and nobody has said yet which is meant."""
    return waits_for_a_date(obligation.anomaly_codes, decided=obligation.deadline_decided)


@dataclass(frozen=True, slots=True)
class OfferedDeadline:
    """A deadline that a person may take with one click."""

    operator: str
    on: date
    text: str


@register.filter
def deadlines_to_offer(obligation: Obligation, codes: dict[str, Obligation]) -> list[OfferedDeadline]:
    """Return the day that an impossible one may mean, or the deadlines of other duties that a doubt points at.

    codes: the duties of the letter by their codes.
    """
    if waits_for_day(obligation):
        day = day_perhaps_meant(obligation.deadline_raw)
        return [OfferedDeadline(obligation.deadline_operator, day, obligation.deadline_text)] if day else []
    if obligation.deadline_on or obligation.relative_text:
        return []
    text = obligation.document.text
    doubted = [text[a:b] for doubt in obligation.open_doubts if doubt["field"] == "deadline" for a, b in doubt["spans"]]
    found = [
        OfferedDeadline(other.deadline_operator, other.deadline_on, other.deadline_text)
        for other in codes.values()
        if other.clause == obligation.clause and other.deadline_on and other.deadline_text in doubted
    ]
    return list(dict.fromkeys(found))


@register.filter
def names_of_kinds(kinds: Iterable[str]) -> list[tuple[str, str]]:
    """Return kinds of duty with what they are called."""
    return [(kind, str(DutyKind(kind).label)) for kind in kinds if kind in DutyKind.values]


@register.filter
def time_in_words(seconds: int) -> str:
    """Return how long a work still takes, as nobody would say more exactly: under a minute, or whole minutes."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return _("Còn chưa đến một phút.")
    return ngettext("Còn khoảng %(n)d phút.", "Còn khoảng %(n)d phút.", minutes) % {"n": minutes}


@register.filter
def spent_in_words(seconds: int) -> str:
    """Return for how long a work has run, in seconds up to two minutes, then in minutes."""
    if seconds < 120:
        return ngettext("Đã chạy %(n)d giây.", "Đã chạy %(n)d giây.", seconds) % {"n": seconds}
    minutes = seconds // 60
    return ngettext("Đã chạy %(n)d phút.", "Đã chạy %(n)d phút.", minutes) % {"n": minutes}


@register.filter
def in_percent(share: float) -> int:
    """Return a share of one as a whole percentage."""
    return round(share * 100)


@register.filter
def get_item(mapping: dict[Any, Any], key: Any) -> Any:
    """Return a mapping's value, None when it has none."""
    return mapping.get(key)


@register.filter
def standing(assignments: Iterable[Assignment]) -> list[Assignment]:
    """Return the assignments that were not taken back."""
    return [assignment for assignment in assignments if assignment.state == AssignmentState.STANDING]


@register.filter
def current(assignment: Assignment) -> DuePeriod | None:
    """Return the period of an assignment to work on now; its periods were fetched with it."""
    return current_period(assignment.periods.all())


@register.filter
def as_words(value: Any) -> str:
    """Return a corrected value as a person reads it: a list joined, a code by its name, a day as offices write it."""
    if isinstance(value, list):
        return "; ".join(str(item) for item in value) or "–"
    if not value:
        return "–"
    names = {**dict(DutyKind.choices), **dict(Operator.choices), **dict(Cadence.choices)}
    if value in names:
        return str(names[value])
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return str(value)


TIES = {"same_task": _lazy("Cùng việc với"), "conflict": _lazy("Mâu thuẫn với"), "depends_on": _lazy("Làm sau")}


@register.filter
def ties(obligation: Obligation, codes: dict[str, Obligation]) -> list[dict[str, Any]]:
    """Return the other duties of the letter to which the reader tied this one, with how."""
    known = [(link, codes.get(link["id"])) for link in obligation.links]
    return [{"words": TIES[link["type"]], "other": other} for link, other in known if other and link["type"] in TIES]


@register.filter
def room_name(room: str) -> str:
    """Return what a room is called on screens."""
    return str(apps.get_app_config(room).verbose_name)
