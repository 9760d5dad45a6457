"""What a person says of one obligation: it is so, it is otherwise, it is none, one is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ancam.accounts.models import Person
from ancam.audit.services import Action
from ancam.directives.due_rules import MONTHS_OF, day_in_words
from ancam.directives.errors import DateMissing, DateWaits, WrongState
from ancam.directives.example_words import reading_of
from ancam.directives.models import (
    Cadence,
    Correction,
    CorrectionKind,
    Document,
    DutyKind,
    ExampleField,
    Obligation,
    ObligationState,
    Operator,
    Origin,
)
from ancam.directives.rules import DATED, DEADLINE_DOUBTS, is_certain, last_day, waits_for_a_date
from ancam.directives.services.due import reschedule
from ancam.directives.services.examples import FIELD_OF_COLUMN, judge
from ancam.directives.services.guards import (
    MAX_LINE,
    MAX_TEXT,
    bounded,
    bounded_names,
    locked_document,
    locked_obligation,
    record_on,
    require_holder,
    require_in_review,
    require_plausible,
    save_changed,
)
from ancam.reference.working_days import public_calendar

CONFIRM_OBLIGATION = Action("directives.confirm_obligation", "Xác nhận nhiệm vụ")
CONFIRM_CERTAIN = Action("directives.confirm_all_certain", "Xác nhận các nhiệm vụ chắc chắn")
CONFIRM_FIELD = Action("directives.confirm_field", "Xác nhận một trường của nhiệm vụ")
EDIT_OBLIGATION = Action("directives.edit_obligation", "Sửa nhiệm vụ")
DROP_OBLIGATION = Action("directives.drop_obligation", "Bỏ nhiệm vụ")
RESTORE_OBLIGATION = Action("directives.restore_obligation", "Khôi phục nhiệm vụ")
ADD_OBLIGATION = Action("directives.add_obligation", "Bổ sung nhiệm vụ")

_FIELDS = (
    "clause",
    "action",
    "kind",
    "leads",
    "supports",
    "deadline_operator",
    "deadline_on",
    "deadline_text",
    "cadence",
    "condition",
    "report_to",
)
_TIMING = frozenset({"deadline_operator", "deadline_on", "deadline_text", "cadence"})


@dataclass(frozen=True, slots=True)
class ObligationFacts:
    """What a person enters of an obligation. `deadline_on` is the day named, before or up to which it is due."""

    action: str
    clause: str = ""
    kind: DutyKind = DutyKind.OTHER
    leads: Sequence[str] = ()
    supports: Sequence[str] = ()
    deadline_operator: Operator = Operator.NONE
    deadline_on: date | None = None
    deadline_text: str = ""
    cadence: Cadence = Cadence.NONE
    condition: str = ""
    report_to: Sequence[str] = ()


@transaction.atomic
def confirm_obligation(*, obligation: Obligation, version: int | None = None, by: Person, at: datetime) -> Obligation:
    """Stand behind an obligation as it is, and so behind each doubted field. Confirming twice changes nothing.

    Raises `Forbidden`, `ChangedMeanwhile`, `WrongState` for a dropped one, `DateWaits` for a day that does not exist.
    """
    obligation = locked_obligation(obligation, version)
    require_holder(by, obligation.document.holder, _("xác nhận nhiệm vụ"))
    if obligation.state == ObligationState.CONFIRMED:
        return obligation
    _settle_all(obligation, by, at)
    _confirm(obligation, by, at)
    _record(obligation, CONFIRM_OBLIGATION, by, at)
    return obligation


@transaction.atomic
def confirm_field(
    *, obligation: Obligation, field: ExampleField, version: int | None = None, by: Person, at: datetime
) -> Obligation:
    """Stand behind one field as it was read: its doubts are settled, and it is kept as an example.

    Raises `Forbidden`, `ChangedMeanwhile`, `WrongState` for a dropped one, `DateWaits` for a day that does not exist.
    """
    obligation = locked_obligation(obligation, version)
    require_holder(by, obligation.document.holder, _("xác nhận nhiệm vụ"))
    if obligation.state == ObligationState.DROPPED:
        raise WrongState(act=_("xác nhận"), state=obligation.get_state_display())
    if field == ExampleField.DEADLINE:
        _require_date(obligation)
    value = reading_of(obligation)
    judge(obligation, [field], value, by, at)
    save_changed(obligation)
    _record(obligation, CONFIRM_FIELD, by, at, {"field": field.value, "value": value[field]})
    return obligation


@transaction.atomic
def confirm_all_certain(*, document: Document, by: Person, at: datetime) -> int:
    """Stand behind every proposed obligation that was read surely and has nothing to look at; return how many.

    Raises `Forbidden`, `NotInReview`.
    """
    document = locked_document(document)
    require_holder(by, document.holder, _("xác nhận nhiệm vụ"))
    require_in_review(document)
    proposed = document.obligations.select_for_update(of=("self",)).filter(state=ObligationState.PROPOSED)
    certain = [one for one in proposed if _is_certain(one)]
    for obligation in certain:
        _confirm(obligation, by, at)
    codes = [obligation.code for obligation in certain]
    change = {"confirmed": codes, "label": f"{len(codes)} nhiệm vụ"}
    if certain:
        record_on(document, CONFIRM_CERTAIN, by=by, at=at, change=change)
    return len(certain)


@transaction.atomic
def edit_obligation(
    *, obligation: Obligation, facts: ObligationFacts, version: int, confirm: bool = False, by: Person, at: datetime
) -> Obligation:
    """Correct an obligation, and confirm it when asked; each field that changes is kept as a correction and an example.

    The deadline entered settles doubts about the one read, and open periods get its last day.
    Raises `Forbidden`, `ChangedMeanwhile`, `WrongState`, `DateMissing`, `TooLong`, `FieldRequired`.
    """
    obligation = locked_obligation(obligation, version)
    require_holder(by, obligation.document.holder, _("sửa nhiệm vụ"))
    if obligation.state == ObligationState.DROPPED:
        raise WrongState(act=_("sửa"), state=obligation.get_state_display())
    before, read = _values(obligation), reading_of(obligation)
    _apply(obligation, facts)
    after = _values(obligation)
    changed = [name for name in _FIELDS if before[name] != after[name]]
    judge(obligation, [FIELD_OF_COLUMN[name] for name in changed], read, by, at)
    Correction.objects.bulk_create(
        Correction(
            obligation=obligation,
            what=CorrectionKind.EDIT,
            field=name,
            before=before[name],
            after=after[name],
            by=by,
            at=at,
        )
        for name in changed
    )
    if confirm and obligation.state == ObligationState.PROPOSED:
        _settle_all(obligation, by, at)
        _confirm(obligation, by, at)
    else:
        save_changed(obligation)
    if not _TIMING.isdisjoint(changed):
        reschedule(obligation, by, at)
    change = {"before": {n: before[n] for n in changed}, "after": {n: after[n] for n in changed}, "confirm": confirm}
    _record(obligation, EDIT_OBLIGATION, by, at, change)
    return obligation


@transaction.atomic
def correct_field(
    *, obligation: Obligation, field: ExampleField, facts: ObligationFacts, version: int, by: Person, at: datetime
) -> Obligation:
    """Correct one field; saved as it stood, it is confirmed.

    Raises what `edit_obligation` and `confirm_field` raise.
    """
    done = edit_obligation(obligation=obligation, facts=facts, version=version, by=by, at=at)
    if any(doubt["field"] == field for doubt in done.open_doubts):
        return confirm_field(obligation=done, field=field, by=by, at=at)
    return done


@transaction.atomic
def drop_obligation(*, obligation: Obligation, version: int | None = None, by: Person, at: datetime) -> Obligation:
    """Say that this is no obligation; it can be restored. Raises `Forbidden`, `NotInReview`."""
    obligation = _structural(obligation, version, by, _("bỏ nhiệm vụ"))
    before = obligation.state
    _to_state(obligation, ObligationState.DROPPED)
    _correct(obligation, CorrectionKind.DROP, by, at, before=before, after=ObligationState.DROPPED.value)
    _record(obligation, DROP_OBLIGATION, by, at)
    return obligation


@transaction.atomic
def restore_obligation(*, obligation: Obligation, version: int | None = None, by: Person, at: datetime) -> Obligation:
    """Propose a dropped obligation again. Raises `Forbidden`, `NotInReview`, `WrongState`."""
    obligation = _structural(obligation, version, by, _("khôi phục nhiệm vụ"))
    if obligation.state != ObligationState.DROPPED:
        raise WrongState(act=_("khôi phục"), state=obligation.get_state_display())
    _to_state(obligation, ObligationState.PROPOSED)
    _correct(obligation, CorrectionKind.RESTORE, by, at, before=ObligationState.DROPPED.value, after=obligation.state)
    _record(obligation, RESTORE_OBLIGATION, by, at)
    return obligation


@transaction.atomic
def add_obligation(*, document: Document, facts: ObligationFacts, by: Person, at: datetime) -> Obligation:
    """Add what the reader missed, at the end and confirmed by the person who writes it.

    Raises `Forbidden`, `DateMissing`, `TooLong`, `FieldRequired`.
    """
    document = locked_document(document)
    require_holder(by, document.holder, _("bổ sung nhiệm vụ"))
    last = document.obligations.aggregate(last=Max("position"))["last"] or 0
    obligation = Obligation(document=document, position=last + 1, code=f"+/{last + 1}", origin=Origin.ADDED)
    _apply(obligation, facts)
    obligation.state, obligation.confirmed_by, obligation.confirmed_at = ObligationState.CONFIRMED, by, at
    obligation.save()
    _correct(obligation, CorrectionKind.ADD, by, at, after=_values(obligation))
    _record(obligation, ADD_OBLIGATION, by, at, _values(obligation))
    return obligation


def _structural(obligation: Obligation, version: int | None, by: Person, act: str) -> Obligation:
    """Lock an obligation for a change of structure, which only a letter under review takes."""
    obligation = locked_obligation(obligation, version)
    require_holder(by, obligation.document.holder, act)
    require_in_review(obligation.document)
    return obligation


def _to_state(obligation: Obligation, state: ObligationState) -> None:
    obligation.state = state
    obligation.confirmed_by = obligation.confirmed_at = None
    save_changed(obligation)


def _confirm(obligation: Obligation, by: Person, at: datetime) -> None:
    if obligation.state != ObligationState.PROPOSED:
        raise WrongState(act=_("xác nhận"), state=obligation.get_state_display())
    _require_date(obligation)
    obligation.state, obligation.confirmed_by, obligation.confirmed_at = ObligationState.CONFIRMED, by, at
    save_changed(obligation)
    _correct(obligation, CorrectionKind.CONFIRM, by, at)


def _require_date(obligation: Obligation) -> None:
    if waits_for_a_date(obligation.anomaly_codes, decided=obligation.deadline_decided):
        raise DateWaits(raw=obligation.deadline_raw or obligation.deadline_text)


def _settle_all(obligation: Obligation, by: Person, at: datetime) -> None:
    """Judge as right whatever is still doubted of an obligation that a person confirms as a whole."""
    fields = [ExampleField(doubt["field"]) for doubt in obligation.open_doubts]
    judge(obligation, fields, reading_of(obligation), by, at)


def _is_certain(obligation: Obligation) -> bool:
    """Tell whether it may be confirmed with others: read surely, or each doubt judged, and nothing to look at."""
    codes = frozenset(anomaly["code"] for anomaly in obligation.open_anomalies)
    confidence = 1.0 if obligation.is_doubted_no_more else obligation.confidence
    return is_certain(confidence, codes, decided=obligation.deadline_decided)


def _apply(obligation: Obligation, facts: ObligationFacts) -> None:
    """Set an obligation's columns from what a person entered."""
    obligation.action = bounded(
        facts.action, field="action", label=_("Nội dung nhiệm vụ"), most=MAX_TEXT, required=True
    )
    obligation.clause = bounded(facts.clause, field="clause", label=_("Điều khoản"), most=40)
    obligation.condition = bounded(facts.condition, field="condition", label=_("Điều kiện"), most=MAX_TEXT)
    obligation.kind, obligation.cadence = facts.kind, facts.cadence
    obligation.leads = _named(facts.leads, obligation.leads, "leads", _("Cơ quan chủ trì"))
    obligation.supports = _named(facts.supports, obligation.supports, "supports", _("Cơ quan phối hợp"))
    obligation.report_to = bounded_names(facts.report_to, field="report_to", label=_("Nơi nhận báo cáo"))
    _apply_deadline(obligation, facts)


def _apply_deadline(obligation: Obligation, facts: ObligationFacts) -> None:
    months = MONTHS_OF.get(facts.cadence)
    within = months and day_in_words(facts.deadline_text, facts.deadline_operator, months)
    if facts.deadline_operator in DATED and facts.deadline_on is None and not within:
        raise DateMissing(field="deadline_on")
    require_plausible(facts.deadline_on, field="deadline_on")
    text = bounded(facts.deadline_text, field="deadline_text", label=_("Thời hạn theo văn bản"), most=MAX_LINE)
    on = facts.deadline_on if facts.deadline_operator in DATED else None
    same = (facts.deadline_operator, on) == (obligation.deadline_operator, obligation.deadline_on)
    obligation.deadline_text = text
    if same and not waits_for_a_date(obligation.anomaly_codes, decided=False):
        return
    obligation.deadline_operator, obligation.deadline_on, obligation.deadline_decided = (
        facts.deadline_operator,
        on,
        True,
    )
    obligation.last_day = last_day(facts.deadline_operator, on)
    kept = [anomaly for anomaly in obligation.anomalies if anomaly["code"] not in DEADLINE_DOUBTS]
    obligation.anomalies = kept + rest_day_anomaly(obligation.last_day) + _past_day_anomaly(obligation)


def _past_day_anomaly(obligation: Obligation) -> list[dict[str, Any]]:
    """Return the flag for a last day before the letter's own date, in a list, empty when it is not."""
    day, signed_on = obligation.last_day, obligation.document.signed_on
    if day is None or signed_on is None or day >= signed_on:
        return []
    message = f"{day:%d/%m/%Y} trước ngày của văn bản ({obligation.document.signed_in_words})"
    return [{"code": "past_deadline", "message": message, "spans": []}]


def rest_day_anomaly(day: date | None) -> list[dict[str, Any]]:
    """Return the flag for a last day on which offices do not work, in a list, empty when they do."""
    calendar = public_calendar()
    if day is None or calendar.is_working_day(day):
        return []
    before = calendar.previous_working_day(day)
    doubt = f" ({words})" if (words := calendar.doubt(day)) else ""
    message = f"{day:%d/%m/%Y} là ngày nghỉ{doubt}; ngày làm việc liền trước là {before:%d/%m/%Y}"
    return [{"code": "deadline_on_rest_day", "message": message, "spans": []}]


def _named(names: Sequence[str], known: list[dict[str, Any]], field: str, label: str) -> list[dict[str, Any]]:
    """Return the bodies by name; one that stood there before keeps the kind that was read."""
    kinds = {actor["text"]: actor["kind"] for actor in known}
    return [{"text": name, "kind": kinds.get(name)} for name in bounded_names(names, field=field, label=label)]


def _values(obligation: Obligation) -> dict[str, Any]:
    values = {name: getattr(obligation, name) for name in _FIELDS}
    values["leads"], values["supports"] = obligation.lead_names, obligation.support_names
    values["kind"], values["cadence"] = str(obligation.kind), str(obligation.cadence)
    values["deadline_operator"] = str(obligation.deadline_operator)
    values["deadline_on"] = obligation.deadline_on.isoformat() if obligation.deadline_on else None
    return values


def _correct(
    obligation: Obligation, what: CorrectionKind, by: Person, at: datetime, *, before: Any = None, after: Any = None
) -> None:
    Correction.objects.create(obligation=obligation, what=what, before=before, after=after, by=by, at=at)


def _record(
    obligation: Obligation, action: Action, by: Person, at: datetime, change: dict[str, Any] | None = None
) -> None:
    whole = {"obligation": obligation.pk, "label": obligation.label, **(change or {})}
    record_on(obligation.document, action, by=by, at=at, change=whole)
