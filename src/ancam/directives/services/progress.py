"""An agency reports how far it is; the holder accepts or returns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Person
from ancam.audit.services import Action, record
from ancam.directives.errors import FileDisguised, FileRefused, OwnReport, PercentageRefused, TooManyFiles, WrongState
from ancam.directives.models import Assignment, Decision, DuePeriod, PeriodState, ProgressFile, ProgressReport
from ancam.directives.rules import state_reported
from ancam.directives.selectors.people import may_answer_report
from ancam.directives.services.assigning import locked_period, require_next
from ancam.directives.services.guards import MAX_TEXT, bounded, require_holder
from ancam.engines.reading.errors import EmptyFile, StateSecret, WrongType
from ancam.engines.reading.stamps import check_enclosure
from ancam.kit.file_names import ending_of, plain_name, require_plain_ending
from ancam.web.replies import Forbidden
from ancam.web.storage import store_file

SUBMIT_PROGRESS = Action("directives.submit_progress", "Báo cáo tiến độ")
ACCEPT_PROGRESS = Action("directives.accept_progress", "Xác nhận hoàn thành")
RETURN_PROGRESS = Action("directives.return_progress", "Trả lại báo cáo")
REFUSE_ATTACHMENT = Action("directives.refuse_secret", "Từ chối tệp đóng dấu độ mật")

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
    """What an agency declares: how far, 0 to 100, and in words."""

    percentage: int
    text: str


def submit_progress(
    *, period: DuePeriod, facts: ProgressFacts, files: Sequence[Attachment] = (), by: Person, at: datetime
) -> ProgressReport:
    """Report on a period of an assignment; at 100 % it waits for the holder's answer.

    Raises `Forbidden`, `WrongState`, `PercentageRefused`, `FieldRequired`, `TooLong`, `TooManyFiles`, `FileRefused`,
    a `ReadingRefused` for an attachment that is empty, damaged, locked or unsafe, `StateSecret` for one stamped secret
    (the ledger records only that a refusal happened).
    """
    require_reporter(by, period.assignment)
    if not 0 <= facts.percentage <= 100:
        raise PercentageRefused(field="percentage")
    text = bounded(facts.text, field="text", label=_("Kết quả"), most=MAX_TEXT, required=True)
    _check_files(period.assignment, files, by, at)
    with transaction.atomic():
        period = locked_period(period)
        acting = period.assignment.acting_agency
        require_reporter(by, period.assignment)  # who answers today may have been confirmed meanwhile
        state = PeriodState(state_reported(facts.percentage))
        require_next(period, state, _("báo cáo"))
        report = ProgressReport.objects.create(period=period, percentage=facts.percentage, text=text, by=by, at=at)
        kept = ProgressFile.objects.bulk_create(_stored(report, file) for file in files)
        change = {"before": period.state, "after": state.value, "percentage": facts.percentage}
        period.state, period.percentage = state, facts.percentage
        if state == PeriodState.SUBMITTED:
            period.submitted_at = at
        period.save()
        change["files"] = [file.digest for file in kept]
        record(by=by.as_actor(acting), action=SUBMIT_PROGRESS, subject=period.as_subject(), change=change, at=at)
    return report


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


def require_reporter(by: Person, assignment: Assignment) -> None:
    """Raise `Forbidden` unless the person is leader or officer of the agency that answers for the assignment today."""
    acting = assignment.acting_agency
    if not by.has_perm("directives.report", acting):
        raise Forbidden(
            act=_("báo cáo tiến độ"), who=_("lãnh đạo hoặc chuyên viên của %(agency)s") % {"agency": acting.name}
        )


def _answer(
    report: ProgressReport, decision: Decision, reason: str, action: Action, by: Person, at: datetime
) -> ProgressReport:
    period = locked_period(report.period)
    holder = period.assignment.obligation.document.holder
    require_holder(by, holder, _("trả lời báo cáo"))
    if not may_answer_report(by, report):
        raise OwnReport()
    require_next(period, PeriodState(decision.value), str(decision.label).lower())
    latest = period.reports.first()
    if latest is None or latest.pk != report.pk:
        raise WrongState(act=str(decision.label).lower(), state=_("đã có báo cáo mới hơn"))
    latest.decision, latest.reason, latest.decided_by, latest.decided_at = decision, reason, by, at
    latest.save()
    change = {"before": period.state, "after": decision.value, "reason": reason}
    period.state = PeriodState(decision.value)
    period.save()
    record(by=by.as_actor(holder), action=action, subject=period.as_subject(), change=change, at=at)
    return latest


def _check_files(assignment: Assignment, files: Sequence[Attachment], by: Person, at: datetime) -> None:
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
            record(by=by.as_actor(agency), action=REFUSE_ATTACHMENT, subject=agency.as_subject(), at=at)
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
