"""An assigned agency asks who gave it a duty whether it is meant for it; the answer may take the duty back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Person
from ancam.audit.services import Action, record
from ancam.directives.errors import QuestionRefused, WrongState
from ancam.directives.models import Assignment, ScopeQuestion
from ancam.directives.services.assigning import (
    ChildrenFate,
    locked_assignment,
    require_standing,
    withdraw_assignment,
)
from ancam.directives.services.guards import bounded, require_giver, require_reporter, shortened
from ancam.directives.services.telling import tell_answered_question, tell_waiting_question

ASK_SCOPE = Action("directives.ask_scope", "Hỏi về phạm vi nhiệm vụ")
ANSWER_SCOPE = Action("directives.answer_scope", "Trả lời về phạm vi nhiệm vụ")
MOST_QUESTIONS = 20
MOST_CHARACTERS = 2_000


@transaction.atomic
def ask_scope(*, assignment: Assignment, text: str, by: Person, at: datetime) -> ScopeQuestion:
    """Ask who gave the assignment about its scope, one question after the other.

    Raises `Forbidden`, `WrongState`, `FieldRequired`, `TooLong`, `QuestionRefused` while one waits or past the bound.
    """
    assignment = locked_assignment(assignment)
    require_reporter(by, assignment, _("hỏi về phạm vi nhiệm vụ"))
    require_standing(assignment, _("hỏi"))
    words = bounded(text, field="text", label=_("Câu hỏi"), most=MOST_CHARACTERS, required=True)
    if assignment.questions.filter(answered_at=None).exists():
        raise QuestionRefused(field="text", what=_("đang có một câu hỏi chờ trả lời"))
    if assignment.questions.count() >= MOST_QUESTIONS:
        values = {"most": MOST_QUESTIONS}
        raise QuestionRefused(field="text", what=_("mỗi phân công có nhiều nhất %(most)d câu hỏi") % values)
    made: ScopeQuestion = assignment.questions.create(text=words, asked_by=by, asked_at=at)
    change = {"question": words, "label": shortened(words)}
    actor = by.as_actor(assignment.acting_agency)
    record(by=actor, action=ASK_SCOPE, subject=assignment.as_subject(), change=change, at=at)
    tell_waiting_question(made, at)
    return made


@transaction.atomic
def answer_scope(
    *,
    question: ScopeQuestion,
    answer: str,
    withdraws: bool = False,
    children: ChildrenFate | None = None,
    by: Person,
    at: datetime,
) -> ScopeQuestion:
    """Answer a question, by who gave the assignment; with `withdraws` the duty is taken back for that reason.

    Raises `Forbidden`, `WrongState` for one that was answered, `FieldRequired`, `TooLong`; with `withdraws` also as
    `withdraw_assignment` does, and then nothing is answered.
    """
    assignment = locked_assignment(question.assignment)
    require_giver(by, assignment, _("trả lời câu hỏi về phạm vi"))
    require_standing(assignment, _("trả lời"))
    current: ScopeQuestion = ScopeQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if current.answered_at is not None:
        raise WrongState(act=_("trả lời"), state=_("đã trả lời"))
    words = bounded(answer, field="answer", label=_("Câu trả lời"), most=MOST_CHARACTERS, required=True)
    current.answer, current.answered_by, current.answered_at = words, by, at
    current.save()
    change = {"question": current.text, "answer": words, "label": shortened(words)}
    actor = by.as_actor(assignment.giver)
    record(by=actor, action=ANSWER_SCOPE, subject=assignment.as_subject(), change=change, at=at)
    tell_answered_question(current, at)
    if withdraws:
        withdraw_assignment(assignment=assignment, reason=words, children=children, by=by, at=at)
    return current
