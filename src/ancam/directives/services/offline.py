"""Workbooks for agencies without an account: issued and revoked, taken back, applied as reports."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from ancam.accounts.models import Agency, Person
from ancam.accounts.tokens import token_digest
from ancam.audit.services import Action, record
from ancam.directives.errors import (
    DirectivesError,
    FiguresChanged,
    NothingToFillIn,
    OfflineDayRefused,
    OfflineOutcomesMoved,
    OfflineRowMoved,
    OfflineRowRefused,
    OfflineTokenRefused,
    TooManyPairs,
    TooManyWorkbooks,
    WrongState,
)
from ancam.directives.figure_rules import Answer, as_typed, read_answer
from ancam.directives.models import (
    DuePeriod,
    OfflineReturn,
    OfflineWorkbook,
    ProgressReport,
    ReturnState,
)
from ancam.directives.offline_rules import Declared, ReadRow, Verdict, declared_in, kept_row, row_of
from ancam.directives.offline_sheets import (
    MOST_ROWS,
    PrintedPeriod,
    is_sealed,
    read_offline_workbook,
    write_offline_workbook,
)
from ancam.directives.selectors.figures import figures_asked
from ancam.directives.selectors.offline import fillable_periods, may_issue_offline, may_return_offline
from ancam.directives.services.guards import bounded, digest_of
from ancam.directives.services.progress import ProgressFacts, check_progress, submit_progress
from ancam.kit.errors import AnCamError
from ancam.kit.file_names import plain_name, require_plain_ending
from ancam.web.clock import day_of
from ancam.web.replies import Forbidden
from ancam.web.storage import store_file

ISSUE_OFFLINE = Action("directives.issue_offline", "Phát tệp ngoại tuyến")
REVOKE_OFFLINE = Action("directives.revoke_offline", "Thu hồi tệp ngoại tuyến")
RECEIVE_OFFLINE = Action("directives.receive_offline", "Nhận tệp ngoại tuyến gửi lại")
APPLY_OFFLINE = Action("directives.apply_offline", "Áp dụng tệp ngoại tuyến")
LEAVE_OFFLINE = Action("directives.leave_offline", "Bỏ tệp ngoại tuyến gửi lại")
_ASKED = ("assignment__obligation__figure_forms",)
"""What `figures_asked` reads for each row, fetched at once."""

GOOD_FOR, LONGEST_GOOD = timedelta(days=30), timedelta(days=366)
LONGEST_NAME = 200
MOST_WORKBOOKS = 100


@dataclass(frozen=True, slots=True)
class Issued:
    """A workbook that was issued, with its bytes: they are nowhere else, because the token stands in them."""

    workbook: OfflineWorkbook
    content: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a row: the verdict, what it declares, the report that stands, and why it is refused.

    answers: the texts of its figures by key, as they are shown.
    """

    row: ReadRow
    verdict: Verdict
    period: DuePeriod | None = None
    declared: Declared | None = None
    answers: Sequence[Answer] = ()
    latest: ProgressReport | None = None
    refusal: str = ""


@transaction.atomic
def issue_offline(*, holder: Agency, agency: Agency, expires_on: date, by: Person, at: datetime) -> Issued:
    """Make the workbook with the open periods that an agency answers for, of letters of one holder.

    Raises `Forbidden`, `OfflineDayRefused` for a last day that is past or more than a year off, `NothingToFillIn`.
    """
    if not may_issue_offline(by, holder):
        raise Forbidden(
            act=_("phát tệp ngoại tuyến"),
            who=_("lãnh đạo, chuyên viên hoặc quản trị của %(agency)s") % {"agency": holder.name},
        )
    if not day_of(at) <= expires_on <= day_of(at) + LONGEST_GOOD:
        raise OfflineDayRefused(field="expires_on")
    periods = list(fillable_periods(holder, agency, day_of(at)).prefetch_related("reports", *_ASKED))
    if not periods:
        raise NothingToFillIn(agency=agency.name)
    if len(periods) > MOST_ROWS:
        raise TooManyPairs(most=MOST_ROWS)
    printed = [PrintedPeriod(period, figures_asked(period.assignment.obligation)[1]) for period in periods]
    token = secrets.token_urlsafe(18)
    workbook = OfflineWorkbook.objects.create(
        agency=agency,
        holder=holder,
        token_digest=token_digest(token),
        rows={str(one.period.pk): _basis(one) for one in printed},
        issued_by=by,
        issued_at=at,
        expires_on=expires_on,
    )
    content = write_offline_workbook(workbook, token, printed)
    change = {"count": len(printed), "expires_on": expires_on.isoformat(), "file": hashlib.sha256(content).hexdigest()}
    record(by=by.as_actor(holder), action=ISSUE_OFFLINE, subject=workbook.as_subject(), change=change, at=at)
    return Issued(workbook, content)


@transaction.atomic
def issue_offline_to_many(
    *, holder: Agency, agencies: Sequence[Agency], expires_on: date, by: Person, at: datetime
) -> list[Issued]:
    """Make a workbook for each of these agencies, all of them or none; raises as for one, and `TooManyWorkbooks`.

    Some forty milliseconds each.
    """
    if len(agencies) > MOST_WORKBOOKS:
        raise TooManyWorkbooks(field="agencies", most=MOST_WORKBOOKS)
    return [issue_offline(holder=holder, agency=one, expires_on=expires_on, by=by, at=at) for one in agencies]


@transaction.atomic
def revoke_offline(*, workbook: OfflineWorkbook, by: Person, at: datetime) -> None:
    """Take no more back of a workbook. Raises `Forbidden`, `WrongState` when it was revoked before."""
    workbook = _locked(workbook)
    if not may_issue_offline(by, workbook.holder):
        raise Forbidden(act=_("thu hồi tệp ngoại tuyến"), who=_("lãnh đạo, chuyên viên hoặc quản trị của nơi phát"))
    if workbook.revoked_at is not None:
        raise WrongState(act=_("thu hồi"), state=_("đã thu hồi"))
    workbook.revoked_by, workbook.revoked_at = by, at
    workbook.save()
    record(by=by.as_actor(workbook.holder), action=REVOKE_OFFLINE, subject=workbook.as_subject(), at=at)


def receive_offline(
    *, workbook: OfflineWorkbook, file_name: str, data: bytes, signed_by: str, by: Person, at: datetime
) -> OfflineReturn:
    """Take a workbook back: keep its bytes and its rows; nothing is reported yet.

    Raises `Forbidden`, `FieldRequired` without who signed, `RunnableName`, a `TableRefused` for what is no workbook,
    has formulas or is past the bounds, `OfflineTokenRefused` for one of another agency, altered, revoked or too old.
    """
    actor = by.as_actor(_returner(by, workbook))
    signed_by = bounded(signed_by, field="signed_by", label=_("Người ký"), most=LONGEST_NAME, required=True)
    require_plain_ending(file_name)
    name = plain_name(file_name)
    with_figures = any(basis["asked"] for basis in workbook.rows.values())
    read = read_offline_workbook(data, name, with_figures=with_figures)
    with transaction.atomic():
        workbook = _locked(workbook)
        _require_token(workbook, read.tokens, at)
        stored = store_file([data])
        made = OfflineReturn.objects.create(
            workbook=workbook,
            file_name=name,
            file_digest=stored.digest,
            file_size_bytes=stored.size_bytes,
            signed_by=signed_by,
            rows=[kept_row(row) for row in read.rows],
            by=by,
            at=at,
        )
        change = {"file": stored.digest, "signed_by": signed_by, "count": len(read.rows)}
        record(by=actor, action=RECEIVE_OFFLINE, subject=workbook.as_subject(), change=change, at=at)
    return made


def outcomes_of(returned: OfflineReturn, at: datetime) -> list[Outcome]:
    """Return what would become of each row now. Some ten queries, however many rows."""
    workbook = returned.workbook
    rows = [row_of(kept) for kept in returned.rows]
    times = Counter(row.code for row in rows)
    open_ones = DuePeriod.objects.filter(pk__in=[row.period_key for row in rows if row.period_key is not None])
    related = ("agency", "answering_agency", "obligation__document__holder")
    open_ones = open_ones.select_related(*(f"assignment__{name}" for name in related))
    reports = Prefetch("reports", ProgressReport.objects.select_related("by"))
    found = {period.pk: period for period in open_ones.prefetch_related(reports, *_ASKED)}
    return [_outcome(workbook, row, found.get(row.period_key or 0), times[row.code] > 1, at) for row in rows]


def outcomes_digest(outcomes: Sequence[Outcome]) -> str:
    """Return the digest of what a person saw, to know whether it is still so."""
    return digest_of([(one.row.number, one.verdict.value, one.latest.pk if one.latest else 0) for one in outcomes])


@transaction.atomic
def apply_offline(
    *, returned: OfflineReturn, seen: str, over_newer: Collection[int] = (), by: Person, at: datetime
) -> OfflineReturn:
    """Report every new row, and of those with a newer report here the chosen ones; all of them or none.

    seen: the digest of the outcomes that the person saw. over_newer: numbers of rows. What came back in time may be
    applied later. Raises `Forbidden`, `WrongState`, `OfflineTokenRefused` when it was revoked since,
    `OfflineOutcomesMoved` when another thing would happen by now.
    """
    workbook = _locked(returned.workbook)
    actor = by.as_actor(_returner(by, workbook))
    returned = OfflineReturn.objects.select_for_update().get(pk=returned.pk)
    returned.workbook = workbook
    if returned.state != ReturnState.RECEIVED:
        raise WrongState(act=_("áp dụng tệp"), state=returned.get_state_display())
    if workbook.revoked_at is not None:
        raise OfflineTokenRefused(field="file", what=_("tệp đã bị thu hồi"))
    outcomes = outcomes_of(returned, at)
    if outcomes_digest(outcomes) != seen:
        raise OfflineOutcomesMoved()
    chosen = set(over_newer)
    taken = [
        one
        for one in outcomes
        if one.verdict == Verdict.NEW or (one.verdict == Verdict.CONFLICT and one.row.number in chosen)
    ]
    for one in taken:
        assert one.period is not None  # noqa: S101 - these verdicts have one
        submit_progress(period=one.period, facts=_facts(one), by=by, at=at, offline=returned)
    returned.state, returned.finished_at, returned.applied = ReturnState.APPLIED, at, len(taken)
    returned.save()
    counts = Counter(one.verdict.value for one in outcomes)
    change = {"file": returned.file_digest, "signed_by": returned.signed_by, "count": len(taken), "verdicts": counts}
    record(by=actor, action=APPLY_OFFLINE, subject=workbook.as_subject(), change=change, at=at)
    return returned


@transaction.atomic
def leave_offline(*, returned: OfflineReturn, by: Person, at: datetime) -> None:
    """Leave a workbook that was sent back and not applied; its bytes stay. Raises `Forbidden`, `WrongState`."""
    actor = by.as_actor(_returner(by, returned.workbook))
    returned = OfflineReturn.objects.select_for_update().get(pk=returned.pk)
    if returned.state != ReturnState.RECEIVED:
        raise WrongState(act=_("bỏ tệp"), state=returned.get_state_display())
    returned.state, returned.finished_at = ReturnState.LEFT, at
    returned.save()
    change = {"file": returned.file_digest}
    record(by=actor, action=LEAVE_OFFLINE, subject=returned.workbook.as_subject(), change=change, at=at)


def _basis(printed: PrintedPeriod) -> dict[str, int]:
    latest = printed.period.reports.first()
    return {"based_on": latest.pk if latest else 0, "asked": len(printed.figures)}


def _locked(workbook: OfflineWorkbook) -> OfflineWorkbook:
    rows = OfflineWorkbook.objects.select_for_update(of=("self",)).select_related("agency", "holder")
    current: OfflineWorkbook = rows.get(pk=workbook.pk)
    return current


def _returner(by: Person, workbook: OfflineWorkbook) -> Agency:
    """Return the agency for which the person hands a workbook in: the holder, else the agency that filled it in."""
    if not may_return_offline(by, workbook):
        raise Forbidden(act=_("nhận tệp gửi lại"), who=_("lãnh đạo hoặc chuyên viên của nơi phát hoặc nơi báo cáo"))
    holds = by.has_perm("directives.hold", workbook.holder)
    agency: Agency = workbook.holder if holds else workbook.agency
    return agency


def _require_token(workbook: OfflineWorkbook, tokens: Collection[str], at: datetime) -> None:
    """Raise `OfflineTokenRefused` unless the workbook's own token is there and still good.

    Rows copied in from another workbook bring its token along; each of them is refused by its seal.
    """
    digests = [token_digest(token) for token in tokens]
    if workbook.token_digest not in digests:
        other = OfflineWorkbook.objects.filter(token_digest__in=digests[:50]).exists()
        what = _("tệp này phát cho cơ quan khác hoặc lần phát khác") if other else _("mã tệp không còn nguyên")
        raise OfflineTokenRefused(field="file", what=what)
    if workbook.revoked_at is not None:
        raise OfflineTokenRefused(field="file", what=_("tệp đã bị thu hồi"))
    if not workbook.is_good_on(day_of(at)):
        day = {"day": f"{workbook.expires_on:%d/%m/%Y}"}
        raise OfflineTokenRefused(field="file", what=_("hạn nhận lại đã hết ngày %(day)s") % day)


def _outcome(
    workbook: OfflineWorkbook, row: ReadRow, period: DuePeriod | None, is_double: bool, at: datetime
) -> Outcome:
    """Return what becomes of a row: empty, refused with its reason, the same as stands, in conflict, or new."""
    if is_double or period is None or not _is_whole(workbook, row):
        return Outcome(row, Verdict.REFUSED, refusal=str(OfflineRowRefused(number=row.number)))
    if period.assignment.acting_agency_id != workbook.agency_id:
        return Outcome(row, Verdict.REFUSED, refusal=str(OfflineRowMoved(agency=workbook.agency.name)))
    if row.is_empty:
        return Outcome(row, Verdict.EMPTY, period)
    basis, latest = workbook.rows[str(period.pk)], period.reports.first()
    try:
        declared = declared_in(row)
        answers = [] if declared.not_applicable else _answers(period, row)
    except DirectivesError as refused:
        return Outcome(row, Verdict.REFUSED, period, latest=latest, refusal=str(refused))
    made = Outcome(row, Verdict.NEW, period, declared, answers, latest)
    if latest is not None and _says_the_same(latest, made):
        return Outcome(row, Verdict.SAME, period, declared, answers, latest)
    try:
        check_progress(period=period, facts=_facts(made), at=at)
    except AnCamError as refused:
        return Outcome(row, Verdict.REFUSED, period, declared, answers, latest, str(refused))
    if latest is not None and latest.pk != basis["based_on"]:
        return Outcome(row, Verdict.CONFLICT, period, declared, answers, latest)
    return made


def _is_whole(workbook: OfflineWorkbook, row: ReadRow) -> bool:
    """Tell whether a row and those of its figures are as they were issued."""
    issued = str(row.period_key) in workbook.rows
    figures = all(is_sealed(workbook, code, printed) for code, printed, _value in row.figures)
    codes = [code for code, _printed, _value in row.figures]
    return issued and is_sealed(workbook, row.code, row.printed) and figures and len(set(codes)) == len(codes)


def _answers(period: DuePeriod, row: ReadRow) -> list[Answer]:
    asked = figures_asked(period.assignment.obligation)[1]
    texts = {code.partition(".")[0].partition("-")[2]: value for code, _printed, value in row.figures if value}
    if set(texts) - {figure.key for figure in asked}:
        raise FiguresChanged()
    answers = [read_answer(figure, texts.get(figure.key, ""), typed=False) for figure in asked]
    return [answer for answer in answers if answer is not None]


def _says_the_same(latest: ProgressReport, made: Outcome) -> bool:
    declared = made.declared
    if declared is None:
        return False
    facts = (declared.percentage, declared.not_applicable, declared.done_on, declared.ground)
    same = facts == (latest.percentage, latest.not_applicable, latest.done_on, latest.ground)
    text = bounded(declared.text, field="text", label=_("Kết quả"), most=10**6)
    return same and text == latest.text and list(made.answers) == latest.answers


def _facts(one: Outcome) -> ProgressFacts:
    declared = one.declared
    assert declared is not None  # noqa: S101 - only of rows that were read
    with_text = {answer.key: as_typed(answer.value) for answer in one.answers}
    return ProgressFacts(
        percentage=declared.percentage,
        text=declared.text,
        not_applicable=declared.not_applicable,
        done_on=declared.done_on,
        ground=declared.ground,
        figures=with_text,
        based_on=one.latest.pk if one.latest else 0,
    )
