import pytest

from ancam.accounts.tests.factories import make_agency
from ancam.audit.models import Entry
from ancam.directives import selectors
from ancam.directives.errors import FieldRequired, QuestionRefused, TooLong, WrongState
from ancam.directives.models import AssignmentState, ScopeQuestion
from ancam.directives.services import BelowFacts, answer_scope, ask_scope, give_below, withdraw_assignment
from ancam.directives.tests.factories import AT, ON, officer_of
from ancam.web.replies import Forbidden

ASKED = "Nhiệm vụ này có áp dụng cho camera do Công an lắp không?"


@pytest.fixture
def question(assignment, assignee):
    return ask_scope(assignment=assignment, text=ASKED, by=assignee, at=AT)


def test_a_question_waits_for_who_gave_the_duty(question, holder, assignee, outsider):
    assert list(selectors.waiting_questions(holder, ON)) == [question]
    assert not selectors.waiting_questions(assignee, ON).exists()
    assert not selectors.waiting_questions(outsider, ON).exists()


def test_an_answer_ends_the_waiting_and_both_stand_in_the_ledger(question, holder):
    answer_scope(question=question, answer="Có, cả camera thuê.", by=holder, at=AT)

    assert not selectors.waiting_questions(holder, ON).exists()
    lines = Entry.objects.filter(action__in=["directives.ask_scope", "directives.answer_scope"]).order_by("number")
    assert [line.change["question"] for line in lines] == [ASKED, ASKED]
    assert lines[1].change["answer"] == "Có, cả camera thuê."


def test_an_answer_may_take_the_duty_back_for_its_reason(question, assignment, holder):
    answer_scope(question=question, answer="Không áp dụng với xã.", withdraws=True, by=holder, at=AT)

    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.WITHDRAWN
    assert Entry.objects.get(action="directives.withdraw_assignment").change["reason"] == "Không áp dụng với xã."


def test_one_question_is_asked_after_the_other(question, assignment, assignee, holder):
    with pytest.raises(QuestionRefused):
        ask_scope(assignment=assignment, text="Còn camera cho thuê?", by=assignee, at=AT)

    answer_scope(question=question, answer="Có.", by=holder, at=AT)
    ask_scope(assignment=assignment, text="Còn camera cho thuê?", by=assignee, at=AT)

    assert [one.text for one in selectors.questions_of(assignment)] == [ASKED, "Còn camera cho thuê?"]


def test_questions_are_bounded_in_number_and_length(question, assignment, assignee, holder, monkeypatch):
    answer_scope(question=question, answer="Có.", by=holder, at=AT)
    with pytest.raises(TooLong):
        ask_scope(assignment=assignment, text="x" * 2_001, by=assignee, at=AT)
    with pytest.raises(FieldRequired):
        ask_scope(assignment=assignment, text=" ", by=assignee, at=AT)

    monkeypatch.setattr("ancam.directives.services.asking.MOST_QUESTIONS", 1)
    with pytest.raises(QuestionRefused):
        ask_scope(assignment=assignment, text="Nữa?", by=assignee, at=AT)


def test_only_the_assigned_agency_asks_and_only_the_giver_answers(question, assignment, holder, assignee, outsider):
    for person in (holder, outsider):
        with pytest.raises(Forbidden):
            ask_scope(assignment=assignment, text=ASKED, by=person, at=AT)
    for person in (assignee, outsider):
        with pytest.raises(Forbidden):
            answer_scope(question=question, answer="Có.", by=person, at=AT)


def test_a_question_of_a_unit_goes_to_the_agency_that_gave_it_the_part(assignment, commune, assignee, holder):
    unit = make_agency(commune, "Phòng Kinh tế")
    [part] = give_below(assignment=assignment, agencies=[unit], facts=BelowFacts(), by=assignee, at=AT)

    asked = ask_scope(assignment=part, text=ASKED, by=officer_of(unit), at=AT)

    assert list(selectors.waiting_questions(assignee, ON)) == [asked]
    assert not selectors.waiting_questions(holder, ON).exists()
    with pytest.raises(Forbidden):
        answer_scope(question=asked, answer="Có.", by=holder, at=AT)


def test_nothing_is_answered_twice_nor_after_the_duty_was_taken_back(question, assignment, holder):
    answer_scope(question=question, answer="Có.", by=holder, at=AT)
    with pytest.raises(WrongState):
        answer_scope(question=question, answer="Không.", by=holder, at=AT)


def test_a_question_on_what_was_taken_back_waits_for_nobody(question, assignment, holder):
    withdraw_assignment(assignment=assignment, reason="Nhầm", by=holder, at=AT)

    assert not selectors.waiting_questions(holder, ON).exists()
    with pytest.raises(WrongState):
        answer_scope(question=question, answer="Có.", by=holder, at=AT)
    assert ScopeQuestion.objects.get().answer == ""
