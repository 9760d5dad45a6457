"""More time is asked for with a reason, and granted or refused by another of the holder."""

from datetime import date

import pytest

from ancam.audit.selectors import history_of
from ancam.directives.errors import ExtensionRefused, FieldRequired, OwnRequest, WrongState
from ancam.directives.models import Extension
from ancam.directives.services import (
    ProgressFacts,
    ask_extension,
    grant_extension,
    refuse_extension,
    submit_progress,
    withdraw_assignment,
)
from ancam.directives.tests.factories import AT, make_period, make_tracked, officer_of
from ancam.web.replies import Forbidden

LAST, LATER, LATEST = date(2026, 11, 30), date(2026, 12, 15), date(2026, 12, 31)
WHY = "Chờ kết quả kiểm đếm của các thôn"


@pytest.fixture
def asked(period, assignee) -> Extension:
    return ask_extension(period=period, wanted_to=LATEST, reason=WHY, by=assignee, at=AT)


def test_a_granted_day_becomes_the_last_and_the_one_before_is_kept(period, asked, holder):
    grant_extension(extension=asked, granted_to=LATER, answer="Không quá 15/12", by=holder, at=AT)

    period.refresh_from_db()
    asked.refresh_from_db()
    assert (period.due_on, period.due_on_before) == (LATER, LAST)
    assert (asked.granted_to, asked.decided_by, asked.answer) == (LATER, holder, "Không quá 15/12")
    actions = [line.action for line in history_of("directives.assignment", period.assignment_id)]
    assert actions[:2] == ["directives.grant_extension", "directives.ask_extension"]


def test_a_refused_request_leaves_the_day_and_says_why(period, asked, holder):
    with pytest.raises(FieldRequired):
        refuse_extension(extension=asked, answer=" ", by=holder, at=AT)
    refuse_extension(extension=asked, answer="Đã gia hạn một lần", by=holder, at=AT)

    period.refresh_from_db()
    assert (period.due_on, asked.period.extensions.get().answer) == (LAST, "Đã gia hạn một lần")


def test_a_request_is_answered_once_and_one_waits_at_a_time(period, asked, holder, assignee):
    with pytest.raises(ExtensionRefused, match="đang có một đề nghị"):
        ask_extension(period=period, wanted_to=LATEST, reason=WHY, by=assignee, at=AT)
    grant_extension(extension=asked, granted_to=LATER, by=holder, at=AT)

    with pytest.raises(WrongState):
        refuse_extension(extension=asked, answer="Nhầm", by=holder, at=AT)
    ask_extension(period=period, wanted_to=LATEST, reason=WHY, by=assignee, at=AT)
    assert period.extensions.count() == 2


@pytest.mark.parametrize("day", [LAST, date(2026, 11, 1)])
def test_a_day_that_is_not_later_is_no_extension(period, assignee, day):
    with pytest.raises(ExtensionRefused):
        ask_extension(period=period, wanted_to=day, reason=WHY, by=assignee, at=AT)


def test_a_day_that_is_past_is_not_granted(period, asked, holder):
    with pytest.raises(ExtensionRefused, match="đã qua"):
        grant_extension(extension=asked, granted_to=LATER, by=holder, at=AT.replace(year=2027))


def test_what_has_no_last_day_is_not_extended(province, commune, holder, assignee):
    undated = make_period(make_tracked(province, 1, by=holder).obligations.get(), commune, due_on=None)

    with pytest.raises(ExtensionRefused, match="không có ngày"):
        ask_extension(period=undated, wanted_to=LATEST, reason=WHY, by=assignee, at=AT)


def test_what_was_reported_done_or_taken_back_is_not_extended(period, assignment, assignee, holder, asked):
    submit_progress(period=period, facts=ProgressFacts(100, "Xong"), by=assignee, at=AT)
    with pytest.raises(WrongState):
        grant_extension(extension=asked, granted_to=LATER, by=holder, at=AT)

    withdraw_assignment(assignment=assignment, reason="Giao nhầm", by=holder, at=AT)
    with pytest.raises(WrongState, match="Đã thu hồi"):
        grant_extension(extension=asked, granted_to=LATER, by=holder, at=AT)


def test_only_the_agency_asks_and_only_the_holder_answers(period, asked, holder, assignee, outsider):
    for person in (holder, outsider):
        with pytest.raises(Forbidden):
            ask_extension(period=period, wanted_to=LATEST, reason=WHY, by=person, at=AT)
    for person in (assignee, outsider):
        with pytest.raises(Forbidden):
            grant_extension(extension=asked, granted_to=LATER, by=person, at=AT)
        with pytest.raises(Forbidden):
            refuse_extension(extension=asked, answer="Không", by=person, at=AT)


def test_nobody_grants_what_they_asked_for(province, holder):
    own = make_period(make_tracked(province, 1, by=holder).obligations.get(), province)
    asked = ask_extension(period=own, wanted_to=LATEST, reason=WHY, by=holder, at=AT)

    with pytest.raises(OwnRequest):
        grant_extension(extension=asked, granted_to=LATER, by=holder, at=AT)
    grant_extension(extension=asked, granted_to=LATER, by=officer_of(province), at=AT)
