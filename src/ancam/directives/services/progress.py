"""An agency reports how far it is; who gave the work accepts or returns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Person
from ancam.audit.services import Action, record
from ancam.directives.errors import (
    DoneDayRefused,
    FiguresChanged,
    FileDisguised,
    FileRefused,
    OfflineRowMoved,
    OwnReport,
    PercentageRefused,
    PeriodNotBegun,
    ReportedMeanwhile,
    TooManyFiles,
    WrongState,
)
from ancam.directives.figure_rules import kept_answer, read_answer
from ancam.directives.models import (
    Assignment,
    Decision,
    DuePeriod,
    OfflineReturn,
    PeriodState,
    ProgressFile,
    ProgressReport,
)
from ancam.directives.rules import state_answered, state_reported
from ancam.directives.selectors.figures import figures_asked
from ancam.directives.selectors.offline import may_return_offline
from ancam.directives.selectors.people import may_answer_report
from ancam.directives.services.assigning import locked_period, require_next
from ancam.directives.services.guards import (
    MAX_LINE,
    MAX_TEXT,
    bounded,
    require_giver,
    require_plausible,
    require_reporter,
)
from ancam.directives.services.receiving import REFUSE_SECRET
from ancam.directives.services.telling import tell_answered_report, tell_waiting_report
from ancam.engines.reading.errors import EmptyFile, StateSecret, WrongType
from ancam.engines.reading.stamps import check_enclosure
from ancam.kit.file_names import ending_of, plain_name, require_plain_ending
from ancam.web.clock import VIETNAM, day_of
from ancam.web.replies import Forbidden
from ancam.web.storage import store_file

SUBMIT_PROGRESS = Action("directives.submit_progress", "Báo cáo tiến độ")
ACCEPT_PROGRESS = Action("directives.accept_progress", "Xác nhận hoàn thành")
RETURN_PROGRESS = Action("directives.return_progress", "Trả lại báo cáo")

MOST_FILES = 10
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file sent with a report: its name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ProgressFacts:
    """What an agency declares: how far, 0 to 100, and in words; or that the duty does not apply to it, and why.

    done_on: an earlier day on which it was done; `ground` names the document that proves it.
    figures: the texts answered, by the key of the figure, and the version of the form that asked for them; without a
    version the form of the moment is meant.
    based_on: the latest report that the person saw, 0 for none; without it whatever came meanwhile is passed over.
    """

    percentage: int
    text: str
    not_applicable: bool = False
    done_on: date | None = None
    ground: str = ""
    figures: Mapping[str, str] = field(default_factory=dict)
    figures_version: int | None = None
    based_on: int | None = None


@dataclass(frozen=True, slots=True)
class CheckedProgress:
    """What a report will say, after every check that its own words and the period's state allow."""

    percentage: int
    text: str
    ground: str
    figures: list[dict[str, str]]
    state: PeriodState


def submit_progress(
    *,
    period: DuePeriod,
    facts: ProgressFacts,
    files: Sequence[Attachment] = (),
    by: Person,
    at: datetime,
    offline: OfflineReturn | None = None,
) -> ProgressReport:
    """Report on a period of an assignment; what is done, or does not apply, waits for the answer of who gave it.

    offline: the workbook in which an agency without an account reported, and which the holder may hand in for it.
    Raises `Forbidden`, `OfflineRowMoved` when another agency answers by now than such a workbook was issued for,
    `ReportedMeanwhile`, `TooManyFiles`, `FileRefused`, what `check_progress` raises, a
    `ReadingRefused` for an attachment that is empty, damaged, locked or unsafe, `StateSecret` for one stamped secret
    (the ledger records only that a refusal happened).
    """
    _require_sender(by, period.assignment, offline)
    check_files(period.assignment, files, by, at)
    with transaction.atomic():
        period = locked_period(period)
        acting = period.assignment.acting_agency
        _require_sender(by, period.assignment, offline)  # who answers today may have been confirmed meanwhile
        _require_latest(period, facts.based_on)
        checked = check_progress(period=period, facts=facts, at=at)
        report = ProgressReport.objects.create(
            period=period,
            percentage=checked.percentage,
            text=checked.text,
            not_applicable=facts.not_applicable,
            done_on=facts.done_on,
            ground=checked.ground,
            figures=checked.figures,
            offline=offline,
            by=by,
            at=at,
        )
        kept = ProgressFile.objects.bulk_create(_stored(report, file) for file in files)
        change: dict[str, Any] = {"before": period.state, "after": checked.state.value}
        change["percentage"] = checked.percentage
        period.state, period.percentage = checked.state, checked.percentage
        if checked.state == PeriodState.SUBMITTED:
            period.done_on = facts.done_on or day_of(at)
        period.save()
        change["files"] = [file.digest for file in kept]
        if offline is not None:
            change |= {"signed_by": offline.signed_by, "file": offline.file_digest}
        record(by=by.as_actor(acting), action=SUBMIT_PROGRESS, subject=period.as_subject(), change=change, at=at)
        if checked.state == PeriodState.SUBMITTED:
            tell_waiting_report(report, at)
    return report


def check_progress(*, period: DuePeriod, facts: ProgressFacts, at: datetime) -> CheckedProgress:
    """Return what a report on a period would say as things stand. Two queries; changes nothing.

    Raises `WrongState`, `PeriodNotBegun`, `PercentageRefused`, `DoneDayRefused`, `FieldRequired`, `TooLong`,
    `FiguresChanged`, `FigureRefused`.
    """
    percentage = 0 if facts.not_applicable else facts.percentage
    if not 0 <= percentage <= 100:
        raise PercentageRefused(field="percentage")
    ground = _checked_ground(period, facts, at)
    text = bounded(facts.text, field="text", label=_("Kết quả"), most=MAX_TEXT, required=True)
    require_begun(period, at)
    state = PeriodState(state_reported(percentage, not_applicable=facts.not_applicable))
    require_next(period, state, _("báo cáo"))
    return CheckedProgress(percentage, text, ground, _answers(period, facts), state)


@transaction.atomic
def accept_progress(*, report: ProgressReport, by: Person, at: datetime) -> ProgressReport:
    """Agree that the work is done, on what the agency declares.

    Raises `Forbidden`, `OwnReport`, `WrongState` when this is not the report that waits.
    """
    return _answer(report, Decision.ACCEPTED, "", ACCEPT_PROGRESS, by, at)


@transaction.atomic
def return_progress(*, report: ProgressReport, reason: str, by: Person, at: datetime) -> ProgressReport:
    """Send the report back with a reason. Raises as `accept_progress` does, and `FieldRequired` without a reason."""
    why = bounded(reason, field="reason", label=_("Lý do trả lại"), most=MAX_TEXT, required=True)
    return _answer(report, Decision.RETURNED, why, RETURN_PROGRESS, by, at)


def _require_sender(by: Person, assignment: Assignment, offline: OfflineReturn | None) -> None:
    """Raise `Forbidden` unless the person reports for the agency, or hands in its workbook for the holder.

    A workbook of another agency than the one that answers raises `OfflineRowMoved`.
    """
    if offline is None:
        require_reporter(by, assignment, _("báo cáo tiến độ"))
    elif not may_return_offline(by, offline.workbook):
        raise Forbidden(act=_("nhận tệp gửi lại"), who=_("lãnh đạo hoặc chuyên viên của nơi phát hoặc nơi báo cáo"))
    elif assignment.acting_agency_id != offline.workbook.agency_id:
        raise OfflineRowMoved(agency=offline.workbook.agency.name)


def _checked_ground(period: DuePeriod, facts: ProgressFacts, at: datetime) -> str:
    """Return the document that proves an earlier day, squeezed; empty when no such day is given."""
    if facts.done_on is None:
        return ""
    if facts.percentage != 100 or facts.not_applicable:
        raise DoneDayRefused(field="done_on", what=_("chỉ ghi ngày hoàn thành khi tỷ lệ là 100%"))
    require_done_day(period, facts.done_on, at)
    return bounded(facts.ground, field="ground", label=_("Căn cứ"), most=MAX_LINE, required=True)


def require_done_day(period: DuePeriod, day: date, at: datetime) -> None:
    """Raise `DoneDayRefused` for a day to come or before the letter, `DayImplausible` far from any."""
    require_plausible(day, field="done_on")
    signed_on = period.assignment.obligation.document.signed_on
    if day > day_of(at):
        raise DoneDayRefused(field="done_on", what=_("ngày hoàn thành chưa tới"))
    if signed_on is not None and day < signed_on:
        raise DoneDayRefused(
            field="done_on",
            what=_("ngày hoàn thành trước ngày của văn bản (%(day)s)") % {"day": f"{signed_on:%d/%m/%Y}"},
        )


def _require_latest(period: DuePeriod, based_on: int | None) -> None:
    """Raise `ReportedMeanwhile` when another report came than the latest one that the person saw."""
    latest = period.reports.select_related("by").first() if based_on is not None else None
    if latest is not None and latest.pk != based_on:
        at = latest.at.astimezone(VIETNAM)
        raise ReportedMeanwhile(by=latest.by.full_name, at=f"{at:%H:%M %d/%m/%Y}")


def require_begun(period: DuePeriod, at: datetime) -> None:
    """Raise `PeriodNotBegun` before the period's first day."""
    if day_of(at) < period.begins_on:
        raise PeriodNotBegun(begins_on=period.begins_on)


def _answers(period: DuePeriod, facts: ProgressFacts) -> list[dict[str, str]]:
    """Return the answers to the figures asked as they are kept; a duty that does not apply has none."""
    version, asked = figures_asked(period.assignment.obligation)
    if facts.figures_version not in (None, version):
        raise FiguresChanged()
    if facts.not_applicable:
        return []
    answers = [read_answer(figure, facts.figures.get(figure.key, "")) for figure in asked]
    return [kept_answer(answer) for answer in answers if answer is not None]


def _answer(
    report: ProgressReport, decision: Decision, reason: str, action: Action, by: Person, at: datetime
) -> ProgressReport:
    period = locked_period(report.period)
    require_giver(by, period.assignment, _("trả lời báo cáo"))
    if not may_answer_report(by, report):
        raise OwnReport()
    state = PeriodState(state_answered(decision.value, not_applicable=report.not_applicable))
    require_next(period, state, str(decision.label).lower())
    latest = period.reports.first()
    if latest is None or latest.pk != report.pk:
        raise WrongState(act=str(decision.label).lower(), state=_("đã có báo cáo mới hơn"))
    latest.decision, latest.reason, latest.decided_by, latest.decided_at = decision, reason, by, at
    latest.save()
    change = {"before": period.state, "after": state.value, "reason": reason}
    period.state = state
    period.save()
    record(by=by.as_actor(period.assignment.giver), action=action, subject=period.as_subject(), change=change, at=at)
    tell_answered_report(latest, at)
    return latest


def check_files(assignment: Assignment, files: Sequence[Attachment], by: Person, at: datetime) -> None:
    """Look into the attachments of a report on an assignment; raises as `submit_progress` does."""
    if len(files) > MOST_FILES:
        raise TooManyFiles(field="attachments", most=MOST_FILES)
    for file in files:
        suffix = f".{ending_of(file.name)}"
        if suffix not in MEDIA_TYPES:
            accepted = ", ".join(MEDIA_TYPES)
            raise FileRefused(field="attachments", name=file.name, accepted=accepted)
        require_plain_ending(file.name, field="attachments")
        if not file.content:
            raise EmptyFile(name=file.name)
        _refuse_secret(assignment, file, by, at)


def _refuse_secret(assignment: Assignment, file: Attachment, by: Person, at: datetime) -> None:
    """Look into an attachment for a secrecy stamp; what cannot be looked into is not kept either."""
    try:
        check_enclosure(file.content, file.name)
    except StateSecret:
        agency = assignment.acting_agency
        with transaction.atomic():
            record(by=by.as_actor(agency), action=REFUSE_SECRET, subject=agency.as_subject(), at=at)
        raise
    except WrongType as exc:
        raise FileDisguised(field="attachments", name=file.name, promised=exc.promised, found=exc.found) from exc


def _stored(report: ProgressReport, file: Attachment) -> ProgressFile:
    stored = store_file([file.content])
    media_type = MEDIA_TYPES[f".{ending_of(file.name)}"]
    return ProgressFile(
        report=report,
        name=plain_name(file.name),
        digest=stored.digest,
        size_bytes=stored.size_bytes,
        media_type=media_type,
    )
