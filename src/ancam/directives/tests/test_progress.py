import pytest

from ancam.audit.models import Entry
from ancam.directives.errors import (
    FieldRequired,
    FileRefused,
    OwnReport,
    PercentageRefused,
    TooManyFiles,
    WrongState,
)
from ancam.directives.models import AssignmentState, ProgressFile, ProgressReport
from ancam.directives.selectors import progress_file_content, progress_files
from ancam.directives.services import (
    Attachment,
    ProgressFacts,
    accept_progress,
    return_progress,
    submit_progress,
)
from ancam.directives.tests.factories import AT, make_assignment, make_tracked, officer_of
from ancam.engines.reading.errors import EmptyFile, StateSecret
from ancam.web.replies import Forbidden

DONE = ProgressFacts(100, "Đã phổ biến tới 42/42 cán bộ")
SECRET = "ỦY BAN NHÂN DÂN\nTỈNH ĐÔNG SƠN\n\nMẬT\n\nSố: 12/BC-UBND\n\n1. Nội dung\n".encode()


@pytest.fixture
def done(assignment, assignee):
    return submit_progress(assignment=assignment, facts=DONE, by=assignee, at=AT)


def test_a_part_of_the_work_is_in_progress(assignment, assignee):
    submit_progress(assignment=assignment, facts=ProgressFacts(40, "Đang làm"), by=assignee, at=AT)

    assignment.refresh_from_db()
    assert (assignment.state, assignment.percentage) == (AssignmentState.IN_PROGRESS, 40)


def test_the_whole_of_the_work_waits_for_an_answer(assignment, done):
    assignment.refresh_from_db()

    assert (assignment.state, assignment.submitted_at) == (AssignmentState.SUBMITTED, AT)
    assert Entry.objects.last().object_id == str(assignment.pk)


def test_attached_files_are_kept_by_their_digest(assignment, assignee, holder, outsider):
    files = [Attachment("ke-hoach.csv", b"a,b\n")]

    submit_progress(assignment=assignment, facts=DONE, files=files, by=assignee, at=AT)

    file = ProgressFile.objects.get()
    assert (file.name, file.media_type) == ("ke-hoach.csv", "text/csv")
    assert progress_file_content(file) == b"a,b\n"
    assert list(progress_files(holder)) == [file] == list(progress_files(assignee))
    assert not progress_files(outsider)


@pytest.mark.parametrize(
    ("facts", "files", "error"),
    [
        (ProgressFacts(101, "x"), [], PercentageRefused),
        (ProgressFacts(-1, "x"), [], PercentageRefused),
        (ProgressFacts(50, "  "), [], FieldRequired),
        (DONE, [Attachment("a.exe", b"MZ")], FileRefused),
        (DONE, [Attachment("a.pdf", b"")], EmptyFile),
        (DONE, [Attachment("a.csv", b"x")] * 11, TooManyFiles),
    ],
)
def test_bad_input_reports_nothing(assignment, assignee, facts, files, error):
    with pytest.raises(error):
        submit_progress(assignment=assignment, facts=facts, files=files, by=assignee, at=AT)

    assert not ProgressReport.objects.exists()


def test_a_secret_attachment_is_refused_and_only_the_refusal_is_recorded(assignment, assignee):
    with pytest.raises(StateSecret):
        files = [Attachment("bao-cao.txt", SECRET)]
        submit_progress(assignment=assignment, facts=DONE, files=files, by=assignee, at=AT)

    line = Entry.objects.last()
    assert (line.action, line.change, line.object_type) == ("directives.refuse_secret", {}, "accounts.agency")
    assert not ProgressReport.objects.exists()


def test_only_the_assigned_agency_reports(assignment, holder, outsider):
    for person in (holder, outsider):
        with pytest.raises(Forbidden):
            submit_progress(assignment=assignment, facts=DONE, by=person, at=AT)


def test_what_waits_is_not_reported_again(assignment, done, assignee):
    with pytest.raises(WrongState):
        submit_progress(assignment=assignment, facts=DONE, by=assignee, at=AT)


def test_the_holder_accepts(assignment, done, holder):
    answered = accept_progress(report=done, by=holder, at=AT)

    assignment.refresh_from_db()
    assert (assignment.state, answered.decided_by) == (AssignmentState.ACCEPTED, holder)
    assert Entry.objects.last().action == "directives.accept_progress"


def test_what_is_returned_says_why_and_can_be_reported_again(assignment, done, holder, assignee):
    return_progress(report=done, reason="Thiếu danh sách ký nhận", by=holder, at=AT)

    again = submit_progress(assignment=assignment, facts=DONE, by=assignee, at=AT)

    done.refresh_from_db()
    assert done.reason == "Thiếu danh sách ký nhận"
    with pytest.raises(WrongState):
        accept_progress(report=done, by=holder, at=AT)
    accept_progress(report=again, by=holder, at=AT)


def test_returning_needs_a_reason(done, holder):
    with pytest.raises(FieldRequired):
        return_progress(report=done, reason="", by=holder, at=AT)


def test_an_answer_is_given_once(done, holder):
    accept_progress(report=done, by=holder, at=AT)

    with pytest.raises(WrongState):
        return_progress(report=done, reason="Nhầm", by=holder, at=AT)


def test_only_the_holder_answers(done, assignee, outsider):
    for person in (assignee, outsider):
        with pytest.raises(Forbidden):
            accept_progress(report=done, by=person, at=AT)
        with pytest.raises(Forbidden):
            return_progress(report=done, reason="x", by=person, at=AT)


def test_nobody_accepts_their_own_report(province, holder):
    own = make_assignment(make_tracked(province, 1, by=holder).obligations.get(), province)
    report = submit_progress(assignment=own, facts=DONE, by=holder, at=AT)

    with pytest.raises(OwnReport):
        accept_progress(report=report, by=holder, at=AT)

    accept_progress(report=report, by=officer_of(province), at=AT)
