"""Who hears of what was done to duties and their papers: who is given work, is to answer, was answered, is urged."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from ancam.accounts.models import Agency, Delegation, Membership, Person
from ancam.accounts.rules import FOLLOWING, LEADER
from ancam.directives.models import (
    Assignment,
    Decision,
    Document,
    DuePeriod,
    Extension,
    GivingRun,
    ProgressReport,
    ReadingRun,
    ReadingState,
    RunState,
    ScopeQuestion,
)
from ancam.directives.models.extension import ExtensionDecision
from ancam.notifications.models import NoticeKind
from ancam.notifications.services import Told, tell
from ancam.papers.models import Paper
from ancam.papers.selectors import acts_on
from ancam.web.clock import day_of

Followers = Mapping[tuple[str, str], Mapping[Person, bool]]
"""By path of an agency and role: who follows its duties, and whether another stands in for them meanwhile."""

MOST_PATHS = 200
"""Of more agencies than this everybody's roles are fetched: a shorter query than one that names them all."""


def followers_on(on: date, paths: Collection[str] | None = None) -> Followers:
    """Return who holds each role of following on a day, with those who stand in for them.

    At the agencies of these paths, or at every one. Two queries.
    """
    found: dict[tuple[str, str], dict[Person, bool]] = defaultdict(dict)
    standing = Delegation.objects.all().live_on(on).filter(role__in=FOLLOWING, stand_in__is_active=True)
    held = Membership.objects.filter(role__in=FOLLOWING, person__is_active=True)
    if paths is not None:
        standing, held = standing.filter(agency__path__in=paths), held.filter(agency__path__in=paths)
    delegations = list(standing.select_related("stand_in", "agency").order_by("pk"))
    away = {(one.giver_id, one.agency_id, one.role) for one in delegations}
    for one in held.select_related("person", "agency").order_by("pk"):
        found[one.agency.path, one.role][one.person] = (one.person_id, one.agency_id, one.role) in away
    for delegation in delegations:
        found[delegation.agency.path, delegation.role][delegation.stand_in] = False
    return found


def acting_paths(agency: Agency, on: date) -> list[str]:
    """Return where those work who act for an agency: there, or where its records are kept since it ended. No query."""
    return [agency.path, agency.path[: -agency.steplen]] if agency.has_ended_on(on) else [agency.path]


def to_each(
    told: Told, paths: Collection[str], roles: Collection[str], followers: Followers
) -> Iterator[tuple[Person, Told]]:
    """Give a thing to everybody who holds one of the roles at one of the paths, each once."""
    found: dict[Person, bool] = {}
    for path in paths:
        for role in roles:
            for person, is_away in followers.get((path, role), {}).items():
                found[person] = is_away and found.get(person, True)
    yield from ((person, replace(told, in_list_only=is_away)) for person, is_away in found.items())


def tell_given(document: Document, made: Sequence[Assignment], by: Person, at: datetime) -> None:
    """Tell the people of each agency what one act gave it of a letter: one notice however many duties.

    Two queries and what `tell` costs.
    """
    by_agency: dict[Agency, list[Assignment]] = defaultdict(list)
    for one in made:
        by_agency[one.acting_agency].append(one)
    _tell_agencies({agency: _given(document, ones) for agency, ones in by_agency.items()}, by, at)


def _given(document: Document, ones: list[Assignment]) -> Told:
    first = ones[0]
    page = reverse("assignment", args=[first.pk]) if len(ones) == 1 else reverse("document", args=[document.pk])

    def words() -> tuple[str, str]:
        count = ngettext("Được giao %(n)d nhiệm vụ", "Được giao %(n)d nhiệm vụ", len(ones)) % {"n": len(ones)}
        return count, joined(document.title, first.task)

    return Told(f"given:{first.pk}:{len(ones)}", NoticeKind.ASSIGNED, page, words)


def tell_run_ended(run: GivingRun, at: datetime) -> None:
    """Tell who began a large giving that it is done, or was refused and stopped."""
    if not run.by.is_active:
        return

    def words() -> tuple[str, str]:
        if run.state == RunState.DONE:
            values = {"n": run.made}
            title = ngettext("Đã giao xong %(n)d phân công", "Đã giao xong %(n)d phân công", run.made) % values
        else:
            title = _("Việc giao hàng loạt đã dừng")
        return title, joined(run.document.title, run.refusal)

    page = reverse("giving_run", args=[run.pk])
    tell([(run.by, Told(f"giving-run:{run.pk}", NoticeKind.ANSWERED, page, words))], at)


def tell_read(run: ReadingRun, at: datetime) -> None:
    """Tell who sent a letter that a job read that it is done, or why it was not."""
    if not run.by.is_active:
        return

    def words() -> tuple[str, str]:
        if run.state == ReadingState.DONE and run.document:
            return _("Đã đọc xong văn bản tải lên, đề nghị rà soát"), joined(run.document.title, run.document.subject)
        return _("Văn bản tải lên không đọc được"), joined(run.file_name, run.refusal)

    page = reverse("reading_run", args=[run.pk])
    tell([(run.by, Told(f"reading-run:{run.pk}", NoticeKind.ANSWERED, page, words))], at)


def tell_urged(document: Document, left: Mapping[Agency, int], by: Person, at: datetime) -> set[Agency]:
    """Tell the people of each agency that the letter's holder urges it, with how many periods are left to do.

    Once a day for a letter. Returns the agencies that have nobody to hear it. Two queries and what `tell` costs.
    """
    page, text = reverse("document", args=[document.pk]), joined(document.title, document.subject)
    return _tell_urged(f"urged:{document.pk}", page, text, left, by, at)


def tell_urged_below(assignment: Assignment, left: Mapping[Agency, int], by: Person, at: datetime) -> set[Agency]:
    """Tell the people of each agency that who gave a duty on to it urges it. Returns and costs as `tell_urged`.

    Once a day for an assignment that was given on.
    """
    duty = assignment.obligation
    page = reverse("obligation", args=[duty.pk])
    return _tell_urged(f"urged-part:{assignment.pk}", page, duty.document.title, left, by, at)


def _tell_urged(key: str, page: str, text: str, left: Mapping[Agency, int], by: Person, at: datetime) -> set[Agency]:
    day = day_of(at)

    def urged(agency: Agency, n: int) -> Told:
        def words() -> tuple[str, str]:
            title = ngettext(
                "Nơi giao việc đôn đốc %(n)d việc chưa xong", "Nơi giao việc đôn đốc %(n)d việc chưa xong", n
            )
            return title % {"n": n}, text

        return Told(f"{key}:{agency.pk}:{day}", NoticeKind.REMINDER, page, words)

    return _tell_agencies({agency: urged(agency, n) for agency, n in left.items()}, by, at)


def tell_waiting_report(report: ProgressReport, at: datetime) -> None:
    """Tell the people who gave the duty that a report of completion waits for their answer."""
    _tell_giver(f"waiting-report:{report.pk}", report.period, gettext_noop("Báo cáo chờ xác nhận"), report.by, at)


def tell_waiting_extension(extension: Extension, at: datetime) -> None:
    """Tell the people who gave the duty that an agency asks for more time."""
    _tell_giver(
        f"waiting-extension:{extension.pk}", extension.period, gettext_noop("Đề nghị gia hạn"), extension.asked_by, at
    )


def tell_answered_report(report: ProgressReport, at: datetime) -> None:
    """Tell who reported how it was answered."""
    returned = report.decision == Decision.RETURNED

    def words() -> tuple[str, str]:
        title = _("Báo cáo bị trả lại") if returned else _("Báo cáo đã được xác nhận")
        return title, joined(report.reason, _about(report.period))

    page = reverse("period", args=[report.period_id])
    told = Told(f"answered-report:{report.pk}", NoticeKind.ANSWERED, page, words)
    _tell_asker(told, report.period.assignment, report.by, report.decided_by, at)


def tell_answered_extension(extension: Extension, at: datetime) -> None:
    """Tell who asked for more time how it was answered."""
    day = extension.granted_to

    def words() -> tuple[str, str]:
        text = joined(extension.answer, _about(extension.period))
        if extension.decision == ExtensionDecision.GRANTED and day is not None:
            return _("Được gia hạn đến %(day)s") % {"day": f"{day:%d/%m/%Y}"}, text
        return _("Không được gia hạn"), text

    page = reverse("period", args=[extension.period_id])
    told = Told(f"answered-extension:{extension.pk}", NoticeKind.ANSWERED, page, words)
    _tell_asker(told, extension.period.assignment, extension.asked_by, extension.decided_by, at)


def _tell_agencies(told: Mapping[Agency, Told], by: Person | None, at: datetime) -> set[Agency]:
    """Tell each agency's people its thing, but who did it; return the agencies that have nobody to hear it."""
    on, unheard = day_of(at), set(told)
    paths = {path for agency in told for path in acting_paths(agency, on)}
    followers = followers_on(on, paths if len(paths) <= MOST_PATHS else None)

    def each() -> Iterator[tuple[Person, Told]]:
        for agency, one in told.items():
            for person, mine in to_each(one, acting_paths(agency, on), FOLLOWING, followers):
                unheard.discard(agency)
                if person != by:
                    yield person, mine

    tell(each(), at)
    return unheard


def tell_waiting_question(question: ScopeQuestion, at: datetime) -> None:
    """Tell the people who gave the duty that its scope is asked about."""
    assignment, page = question.assignment, reverse("assignment", args=[question.assignment_id])
    told = Told(
        f"waiting-question:{question.pk}",
        NoticeKind.WAITING,
        page,
        lambda: (_("Câu hỏi về phạm vi nhiệm vụ"), joined(assignment.named_agency, question.text)),
    )
    _tell_agencies({assignment.giver: told}, question.asked_by, at)


def tell_answered_question(question: ScopeQuestion, at: datetime) -> None:
    """Tell who asked about the scope of a duty what the answer is."""
    told = Told(
        f"answered-question:{question.pk}",
        NoticeKind.ANSWERED,
        reverse("assignment", args=[question.assignment_id]),
        lambda: (_("Đã có trả lời về phạm vi nhiệm vụ"), question.answer),
    )
    _tell_asker(told, question.assignment, question.asked_by, question.answered_by, at)


def _tell_asker(told: Told, assignment: Assignment, asker: Person, by: Person | None, at: datetime) -> None:
    """Tell who asked; where that is not theirs to see any more, those who follow the agency's duties in their place."""
    if asker.is_active and Assignment.objects.all().visible_to(asker).filter(pk=assignment.pk).exists():
        tell([(asker, told)], at)
    else:
        _tell_agencies({assignment.acting_agency: told}, by, at)


def tell_waiting_paper(paper: Paper, at: datetime) -> None:
    """Tell the leaders who may approve it that a paper was laid before them: each time, for it may be another draft.

    Not who laid it there. Two queries, a few for each leader, and what `tell` costs.
    """
    paths, page = acting_paths(paper.agency, day_of(at)), reverse("paper", args=[paper.pk])
    told = Told(
        f"waiting-paper:{paper.pk}:{at:%Y%m%d%H%M%S%f}",
        NoticeKind.WAITING,
        page,
        lambda: (_("Văn bản chờ duyệt"), joined(paper.agency.name, paper.title)),
    )
    leaders = to_each(told, paths, [LEADER], followers_on(day_of(at), paths))
    others = (pair for pair in leaders if pair[0].pk != paper.submitted_by_id)
    tell([(person, one) for person, one in others if "approve" in acts_on(paper, person)], at)


def _tell_giver(key: str, period: DuePeriod, title: str, by: Person, at: datetime) -> None:
    assignment, page = period.assignment, reverse("period", args=[period.pk])
    told = Told(key, NoticeKind.WAITING, page, lambda: (_(title), joined(assignment.named_agency, _about(period))))
    _tell_agencies({assignment.giver: told}, by, at)


def _about(period: DuePeriod) -> str:
    assignment = period.assignment
    return joined(assignment.obligation.document.title, period.label, assignment.task)


def joined(*parts: str) -> str:
    """Return the text of a notice: what it is about, part by part."""
    return " · ".join(part for part in parts if part)
