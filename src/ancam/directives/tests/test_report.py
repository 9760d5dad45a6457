import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ancam.accounts.models import Role
from ancam.accounts.tests.factories import make_person
from ancam.directives.errors import FieldRequired, NotTracked, PeriodNotOver, TooLong
from ancam.directives.models import Assignment, DuePeriod
from ancam.directives.services import (
    ProgressFacts,
    ReportFacts,
    accept_progress,
    draft_progress_report,
    draft_report_paper,
    progress_report_values,
    redraft_report_paper,
    report_facts_of,
    submit_progress,
)
from ancam.directives.services.paper_heads import cited
from ancam.directives.tests.factories import (
    AT,
    ON,
    make_assignment,
    make_confirmed,
    make_document,
    make_period,
    make_tracked,
    officer_of,
)
from ancam.engines.drafting.errors import PeriodReversed
from ancam.papers.models import Paper, PaperState
from ancam.papers.selectors import is_outdated, paper_content
from ancam.papers.services import approve_paper, issue_paper, submit_paper
from ancam.web.replies import Forbidden

FACTS = ReportFacts(
    period_from=date(2026, 11, 1),
    period_to=date(2026, 11, 30),
    symbol="BC-UBND",
    signer_role="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
    signer_name="Lê Minh Khôi",
    difficulties="Thiếu kinh phí.\nThiếu người.",
)


@pytest.fixture
def document(province, commune, other_commune, holder, assignee):
    document = make_tracked(province, 2, by=holder)
    first, second = document.obligations.all()
    done = make_period(first, commune)
    make_assignment(second, other_commune, due_on=date(2026, 11, 10))
    report = submit_progress(period=done, facts=ProgressFacts(100, "Đã phổ biến 42/42"), by=assignee, at=AT)
    accept_progress(report=report, by=holder, at=AT)
    return document


def test_every_assignment_is_a_row_counted_once(document, province, holder):
    values = progress_report_values(document=document, agency=province, facts=FACTS, by=holder)

    assert [row.state for row in values.rows] == ["Hoàn thành", "Chưa thực hiện"]
    assert (values.figures.done_on_time, values.figures.overdue, values.figures.total) == (1, 1, 2)
    assert values.rows[0].result == "Đã phổ biến 42/42"
    assert values.difficulties == ("Thiếu kinh phí.", "Thiếu người.")


def test_the_report_tells_how_it_stood_at_the_end_of_the_period(document, province, holder):
    Assignment.objects.update(assigned_at=AT - timedelta(days=30))
    DuePeriod.objects.update(begins_on=ON - timedelta(days=30))
    earlier = ReportFacts(date(2026, 11, 1), date(2026, 11, 15), "BC-UBND")

    values = progress_report_values(document=document, agency=province, facts=earlier, by=holder)

    assert [row.state for row in values.rows] == ["Chưa thực hiện", "Chưa thực hiện"]
    assert [row.result for row in values.rows] == ["", ""]


def test_an_assigned_agency_reports_on_its_own_alone(document, commune, assignee):
    values = progress_report_values(document=document, agency=commune, facts=FACTS, by=assignee)

    assert [row.leads for row in values.rows] == [commune.name]


def test_the_draft_is_a_word_file_and_stores_nothing(document, province, holder):
    content = draft_progress_report(document=document, agency=province, facts=FACTS, by=holder)

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert "word/document.xml" in package.namelist()
    assert not Paper.objects.exists()


def drafted(document, agency, by, **changed):
    facts = replace(FACTS, **{"period_to": ON, **changed})
    return draft_report_paper(document=document, agency=agency, facts=facts, by=by, at=AT)


def words_in(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read("word/document.xml").decode()


def test_a_report_is_kept_as_a_draft_with_the_values_it_was_made_from(document, province, holder):
    paper = drafted(document, province, holder)

    assert (paper.state, paper.symbol, paper.not_before) == (PaperState.DRAFTED, "BC-UBND", ON)
    assert paper.inputs["figures"]["overdue"] == 1
    assert paper.inputs["period_to"] == "2026-11-20"
    assert report_facts_of(paper) == replace(FACTS, period_to=ON)


def test_the_issued_report_is_the_approved_one_with_its_number(document, province, holder):
    paper = submit_paper(paper=drafted(document, province, holder), by=holder, at=AT)
    leader = make_person(Role.LEADER, province)
    approve_paper(paper=paper, seen=paper.file_digest, by=leader, at=AT)

    issued = issue_paper(paper=paper, number=7, issued_on=ON, by=holder, at=AT)

    words = words_in(paper_content(issued))
    assert "07/BC" in words
    assert "DỰ THẢO" not in words


def test_a_report_says_when_its_figures_have_changed_and_is_made_anew(document, province, holder, other_commune):
    paper = drafted(document, province, holder)
    assert not is_outdated(paper, holder)
    report = submit_progress(
        period=DuePeriod.objects.get(assignment__agency=other_commune),
        facts=ProgressFacts(100, "Đã xong"),
        by=officer_of(other_commune),
        at=AT,
    )
    accept_progress(report=report, by=holder, at=AT)
    assert is_outdated(paper, holder)

    anew = redraft_report_paper(paper=paper, facts=report_facts_of(paper), by=holder, at=AT)

    assert anew.inputs["figures"]["overdue"] == 0
    assert not is_outdated(anew, holder)


def test_a_report_for_a_period_that_has_not_ended_is_not_laid_before_the_leader(document, province, holder):
    with pytest.raises(PeriodNotOver):
        drafted(document, province, holder, period_to=ON + timedelta(days=1))
    assert not Paper.objects.exists()


@pytest.mark.parametrize("missing", ["signer_role", "signer_name"])
def test_a_report_that_is_kept_names_its_signer(document, province, holder, missing):
    with pytest.raises(FieldRequired) as refusal:
        drafted(document, province, holder, **{missing: " "})

    assert refusal.value.field == missing


def test_a_day_that_a_person_decided_replaces_the_impossible_one_in_the_report(document, province, holder):
    document.obligations.update(
        deadline_text="chậm nhất ngày 31/02/2027", deadline_decided=True, last_day=date(2027, 2, 28)
    )
    DuePeriod.objects.update(due_on=date(2027, 2, 28))

    rows = progress_report_values(document=document, agency=province, facts=FACTS, by=holder).rows

    assert {row.deadline for row in rows} == {"chậm nhất ngày 28/02/2027"}


def test_a_day_that_was_extended_is_the_one_in_the_report(document, province, holder):
    document.obligations.update(deadline_text="trước ngày 01/12/2026", last_day=date(2026, 11, 30))
    DuePeriod.objects.update(due_on=date(2026, 12, 15))

    rows = progress_report_values(document=document, agency=province, facts=FACTS, by=holder).rows

    assert {(row.deadline, row.due_on) for row in rows} == {("chậm nhất ngày 15/12/2026", date(2026, 12, 15))}


def test_confirmed_duties_that_nobody_was_given_are_counted_for_the_holder(
    document, province, commune, holder, assignee
):
    make_confirmed(document)

    assert progress_report_values(document=document, agency=province, facts=FACTS, by=holder).unassigned == 1
    assert progress_report_values(document=document, agency=commune, facts=FACTS, by=assignee).unassigned == 0


@pytest.mark.parametrize("who", ["assignee", "outsider"])
def test_only_the_agency_itself_reports_in_its_name(request, document, province, who):
    with pytest.raises(Forbidden):
        draft_progress_report(document=document, agency=province, facts=FACTS, by=request.getfixturevalue(who))


def test_a_letter_under_review_is_not_reported_on(province, holder):
    with pytest.raises(NotTracked):
        draft_progress_report(document=make_document(province, holder), agency=province, facts=FACTS, by=holder)


def test_bad_values_make_no_report(document, province, holder):
    backwards = ReportFacts(date(2026, 11, 30), date(2026, 11, 1), "BC-UBND")
    long = ReportFacts(date(2026, 11, 1), date(2026, 11, 30), "BC-UBND", difficulties="a" * 4001)

    with pytest.raises(PeriodReversed):
        draft_progress_report(document=document, agency=province, facts=backwards, by=holder)
    with pytest.raises(TooLong):
        draft_progress_report(document=document, agency=province, facts=long, by=holder)


def test_a_letter_is_cited_as_offices_do(province, holder):
    document = make_document(province, holder, number="2146", subject="V/v bảo đảm an ninh mạng")

    assert cited(document) == (
        "Công văn số 2146/UBND-NC ngày 09/11/2026 của Ủy ban nhân dân tỉnh Đông Sơn về bảo đảm an ninh mạng"
    )
