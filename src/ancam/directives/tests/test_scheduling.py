"""A person says when a duty is due: its interval, its days, and the event from which it runs."""

from datetime import date, timedelta

import pytest

from ancam.accounts.tests.factories import make_agency
from ancam.audit.models import Entry
from ancam.directives.due_rules import DueDay
from ancam.directives.errors import ChangedMeanwhile, DirectivesError, EventRefused, FieldRequired, ScheduleRefused
from ancam.directives.models import Cadence, DuePeriod, DueSchedule, DutyEvent, Operator, Part
from ancam.directives.services import (
    EventFacts,
    ProgressFacts,
    ScheduleFacts,
    ask_extension,
    assign,
    record_event,
    set_schedule,
    submit_progress,
)
from ancam.directives.tests.factories import AT, make_confirmed, make_document, make_tracked
from ancam.directives.tests.to_the_end import open_due_periods
from ancam.web.replies import Forbidden

UNDATED = {"deadline_operator": Operator.NONE, "deadline_on": None, "last_day": None, "deadline_text": ""}
BEFORE_22_MARCH, BEFORE_20_SEPTEMBER = DueDay("before", month=3, day=22), DueDay("before", month=9, day=20)


@pytest.fixture
def duty(province, commune, other_commune, holder):
    """A duty that returns "periodically" without saying how often, given to two communes on 20/11/2026."""
    document = make_tracked(province, 0, by=holder)
    made = make_confirmed(document, cadence=Cadence.PERIODIC, **UNDATED)
    assign(document=document, obligations=[made], agencies=[commune, other_commune], part=Part.LEAD, by=holder, at=AT)
    return made


def due_days(duty) -> dict[str, date | None]:
    return dict(duty.assignments.first().periods.values_list("code", "due_on"))


def test_a_periodic_duty_has_one_undated_period_until_a_person_says_how_often(duty, holder):
    before = due_days(duty)

    set_schedule(obligation=duty, facts=ScheduleFacts(every_months=6), by=holder, at=AT)

    assert (before, due_days(duty)) == ({"1": None}, {"2026-H2": date(2026, 12, 31)})
    line = Entry.objects.filter(action="directives.set_schedule").get()
    assert line.change["after"]["every_months"] == 6


def test_a_schedule_may_begin_before_the_duty_was_given_and_end(duty, holder):
    facts = ScheduleFacts(12, date(2025, 4, 1), date(2026, 12, 31), (BEFORE_22_MARCH, BEFORE_20_SEPTEMBER))

    set_schedule(obligation=duty, facts=facts, by=holder, at=AT)
    open_due_periods(at=AT + timedelta(days=800))

    assert due_days(duty) == {
        "2025.2": date(2025, 9, 19),
        "2026.1": date(2026, 3, 21),
        "2026.2": date(2026, 9, 19),
    }


def test_a_later_letter_moves_what_is_left_to_do_and_leaves_what_was_reported(
    province, commune, other_commune, holder, assignee
):
    document = make_tracked(province, 0, by=holder)
    duty = make_confirmed(document)
    agencies = [commune, other_commune]
    done, open_one = assign(document=document, obligations=[duty], agencies=agencies, part=Part.LEAD, by=holder, at=AT)
    submit_progress(period=done.periods.get(), facts=ProgressFacts(100, "Đã xong"), by=assignee, at=AT)
    later = make_document(province, by=holder, signed_on=date(2026, 11, 19), number="9", symbol="CT-TTg")
    facts = ScheduleFacts(due_days=(DueDay("by", date(2027, 1, 31)),), later_document=later)

    set_schedule(obligation=duty, facts=facts, by=holder, at=AT)

    assert (done.periods.get().due_on, open_one.periods.get().due_on) == (date(2026, 11, 30), date(2027, 1, 31))
    assert Entry.objects.get(action="directives.set_schedule").change["after"]["later_document"] == later.title


def test_days_other_than_the_letters_need_a_later_letter_or_another_ground(commune, assignee, other_commune, outsider):
    duty = make_confirmed(make_tracked(commune, 0, by=assignee))
    earlier = make_document(commune, by=assignee, signed_on=date(2022, 12, 26), number="8", symbol="CT-TTg")
    unseen = make_document(other_commune, by=outsider, number="7", symbol="CT-TTg")
    days = (DueDay("by", date(2027, 1, 31)),)

    set_schedule(
        obligation=duty, facts=ScheduleFacts(due_days=(DueDay("before", duty.deadline_on),)), by=assignee, at=AT
    )
    with pytest.raises(FieldRequired):
        set_schedule(obligation=duty, facts=ScheduleFacts(due_days=days, ground=" "), by=assignee, at=AT)
    for wrong in (earlier, unseen, duty.document):
        with pytest.raises(ScheduleRefused):
            set_schedule(obligation=duty, facts=ScheduleFacts(due_days=days, later_document=wrong), by=assignee, at=AT)

    assert DueSchedule.objects.get().due_days == [{"operator": "before", "on": "2026-12-01"}]


def test_several_deadlines_of_a_duty_that_is_due_once_are_followed_apart(duty, holder):
    days = (DueDay("before", date(2026, 12, 1)), DueDay("by", date(2027, 6, 30)))

    set_schedule(obligation=duty, facts=ScheduleFacts(due_days=days), by=holder, at=AT)

    assert due_days(duty) == {"1.1": date(2026, 11, 30), "1.2": date(2027, 6, 30)}


def test_a_period_for_which_more_time_was_asked_stays_when_the_schedule_changes(duty, assignee, holder):
    facts = ScheduleFacts(due_days=(DueDay("by", date(2026, 12, 10)), DueDay("by", date(2027, 6, 30))))
    set_schedule(obligation=duty, facts=facts, by=holder, at=AT)
    asked = duty.assignments.first().periods.get(code="1.2")
    ask_extension(period=asked, wanted_to=date(2027, 7, 31), reason="Chờ kiểm đếm", by=assignee, at=AT)

    set_schedule(obligation=duty, facts=ScheduleFacts(every_months=1), by=holder, at=AT)

    assert due_days(duty) == {"1.2": date(2027, 6, 30), "2026-11": date(2026, 11, 30)}


def test_a_deadline_runs_from_its_event_once_that_is_recorded(duty, holder):
    facts = EventFacts(date(2026, 11, 18), 5, working_days=True, ground="Quyết định 12/QĐ-UBND")

    record_event(obligation=duty, facts=facts, by=holder, at=AT)

    # 24/11 is a holiday from 2026 on; the 21st and 22nd are a weekend.
    assert due_days(duty) == {"1": date(2026, 11, 26)}


def test_an_event_of_one_agency_moves_its_day_alone(duty, holder):
    own, other = duty.assignments.all()
    common = EventFacts(date(2026, 11, 18), 30, working_days=False, ground="Quyết định 12/QĐ-UBND")
    of_one = EventFacts(date(2026, 11, 20), 15, working_days=False, ground="Giấy tiếp nhận hồ sơ số 3")

    record_event(obligation=duty, facts=common, by=holder, at=AT)
    record_event(obligation=duty, assignment=own, facts=of_one, by=holder, at=AT)

    assert (own.periods.get().due_on, other.periods.get().due_on) == (date(2026, 12, 5), date(2026, 12, 18))


@pytest.mark.parametrize(
    "facts",
    [
        ScheduleFacts(every_months=0),
        ScheduleFacts(every_months=61),
        ScheduleFacts(every_months=1, begins_on=date(2026, 2, 1), ends_on=date(2026, 1, 1)),
        ScheduleFacts(every_months=1, due_days=(DueDay("before", date(2026, 12, 1)),)),
        ScheduleFacts(every_months=1, due_days=(DueDay("by", month=14, day=1),)),
        ScheduleFacts(every_months=1, due_days=(DueDay("none", month=1, day=1),)),
        ScheduleFacts(due_days=(DueDay("by", month=1, day=1),)),
        ScheduleFacts(due_days=(DueDay("by", date(2026, 11, 8)),)),
        ScheduleFacts(every_months=1, due_days=(DueDay("by", month=1, day=1),) * 13),
    ],
)
def test_a_schedule_that_cannot_be_followed_changes_nothing(duty, holder, facts):
    with pytest.raises(ScheduleRefused):
        set_schedule(obligation=duty, facts=facts, by=holder, at=AT)

    assert not DueSchedule.objects.exists()


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (EventFacts(date(2026, 11, 21), 5, working_days=False, ground="QĐ 12"), EventRefused),
        (EventFacts(date(2026, 11, 18), 4_000, working_days=False, ground="QĐ 12"), EventRefused),
        (EventFacts(date(2026, 11, 18), 5, working_days=False, ground=" "), FieldRequired),
        (EventFacts(date(1026, 11, 18), 5, working_days=False, ground="QĐ 12"), DirectivesError),
    ],
)
def test_an_event_that_has_not_come_or_is_not_known_by_a_document_is_refused(duty, holder, facts, refusal):
    with pytest.raises(refusal):
        record_event(obligation=duty, facts=facts, by=holder, at=AT)

    assert not DutyEvent.objects.exists()


def test_only_the_holder_says_when_a_duty_is_due(duty, assignee):
    event = EventFacts(date(2026, 11, 18), 5, working_days=False, ground="QĐ 12")

    with pytest.raises(Forbidden):
        set_schedule(obligation=duty, facts=ScheduleFacts(every_months=6), by=assignee, at=AT)
    with pytest.raises(Forbidden):
        record_event(obligation=duty, facts=event, by=assignee, at=AT)


def test_a_schedule_said_after_an_event_counts_and_an_event_after_a_schedule(duty, holder):
    event = EventFacts(date(2026, 11, 18), 30, working_days=False, ground="Quyết định 12/QĐ-UBND")
    once = ScheduleFacts(due_days=(DueDay("by", date(2026, 12, 31)),))
    later = AT + timedelta(hours=1)

    record_event(obligation=duty, facts=event, by=holder, at=AT)
    set_schedule(obligation=duty, facts=once, by=holder, at=later)
    assert due_days(duty) == {"1": date(2026, 12, 31)}

    record_event(obligation=duty, facts=event, by=holder, at=later + timedelta(hours=1))
    assert due_days(duty) == {"1": date(2026, 12, 18)}


def test_a_duty_that_returns_does_not_wait_for_an_event(duty, holder):
    set_schedule(obligation=duty, facts=ScheduleFacts(every_months=1), by=holder, at=AT)
    event = EventFacts(date(2026, 11, 18), 30, working_days=False, ground="Quyết định 12/QĐ-UBND")

    with pytest.raises(EventRefused):
        record_event(obligation=duty, facts=event, by=holder, at=AT + timedelta(hours=1))

    assert due_days(duty) == {"2026-11": date(2026, 11, 30)}


def test_a_schedule_that_opens_more_periods_than_anyone_makes_up_for_is_refused(duty, holder):
    facts = ScheduleFacts(every_months=1, begins_on=date(1990, 1, 1))

    with pytest.raises(ScheduleRefused) as refused:
        set_schedule(obligation=duty, facts=facts, by=holder, at=AT)

    assert refused.value.values["field"] == "begins_on"


def test_two_people_do_not_set_one_schedule_over_each_other(duty, holder):
    seen = duty.version
    set_schedule(obligation=duty, facts=ScheduleFacts(every_months=6), version=seen, by=holder, at=AT)

    with pytest.raises(ChangedMeanwhile):
        set_schedule(obligation=duty, facts=ScheduleFacts(every_months=3), version=seen, by=holder, at=AT)

    assert DueSchedule.objects.get().every_months == 6


def test_moving_the_days_of_many_agencies_costs_the_queries_of_one(
    duty, province, holder, django_assert_max_num_queries
):
    many = [make_agency(province, f"Xã {number}") for number in range(40)]
    assign(document=duty.document, obligations=[duty], agencies=many, part=Part.LEAD, by=holder, at=AT)

    with django_assert_max_num_queries(35):
        set_schedule(
            obligation=duty, facts=ScheduleFacts(due_days=(DueDay("by", date(2026, 12, 31)),)), by=holder, at=AT
        )

    assert set(DuePeriod.objects.values_list("due_on", flat=True)) == {date(2026, 12, 31)}
    assert Entry.objects.filter(action="directives.move_due_day").count() == 42
