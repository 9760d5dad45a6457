"""Who follows an agency's duties is reminded once at each stage; a leader hears of what is two weeks late."""

from datetime import datetime, timedelta

import pytest

from ancam.accounts.models import Agency, Membership, Role
from ancam.accounts.services import DelegationFacts, delegate
from ancam.accounts.tests.factories import make_person
from ancam.directives.models import Assignment
from ancam.directives.services import (
    ProgressFacts,
    ask_extension,
    grant_extension,
    remind_some,
    reminding,
    submit_progress,
    withdraw_assignment,
)
from ancam.directives.tests.factories import AT, ON, make_period, make_tracked
from ancam.directives.tests.to_the_end import remind
from ancam.notifications.models import Channel, Notice, NoticeKind
from ancam.web.clock import VIETNAM

# The fixture's period is due on Monday 30/11/2026 and was given on Friday 20/11.


def on(month: int, day: int, hour: int = 8) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


def stages(person) -> list[str]:
    reminders = Notice.objects.filter(person=person, key__startswith="period:")
    keys = reminders.order_by("made_at", "pk").values_list("key", flat=True)
    return [key.rpartition(":")[2] for key in keys]


@pytest.fixture
def leader(commune):
    return make_person(Role.LEADER, commune)


def test_each_stage_is_told_once_however_often_the_job_runs(period, assignee):
    day = on(11, 20)
    while day < on(12, 22):
        for _ in range(2):
            remind(at=day)
        day += timedelta(hours=12)

    assert stages(assignee) == ["before-7", "before-1", "day", "late-1", "late-2", "late-3"]


def test_the_leader_hears_after_two_weeks_and_the_officer_does_not_hear_that(period, assignee, leader):
    for day in range(1, 32):
        remind(at=on(12, day))

    assert [key for key in stages(leader) if key == "escalated"] == ["escalated"]
    assert Notice.objects.get(kind=NoticeKind.ESCALATION).made_at == on(12, 14)
    assert "escalated" not in stages(assignee)


def test_days_of_rest_are_quiet(period, assignee):
    remind(at=on(11, 22))
    remind(at=on(11, 24))  # a public holiday from 2026 on

    assert stages(assignee) == []


def test_who_stands_in_is_told_too_while_they_do(period, commune, assignee):
    deputy = make_person(Role.READER, commune)
    facts = DelegationFacts(deputy, ON, ON + timedelta(days=5))
    delegate(membership=assignee.memberships.get(), facts=facts, by=assignee, at=AT)

    remind(at=on(11, 23))
    remind(at=on(11, 30))

    assert (stages(deputy), stages(assignee)) == (["before-7"], ["before-7", "day"])


def test_who_is_away_reads_in_the_system_what_who_stands_in_is_sent(period, commune, assignee):
    deputy = make_person(Role.READER, commune)
    facts = DelegationFacts(deputy, ON, ON + timedelta(days=5))
    delegate(membership=assignee.memberships.get(), facts=facts, by=assignee, at=AT)

    remind(at=on(11, 23))

    channels = dict(Notice.objects.values_list("person", "channel"))
    assert channels == {assignee.pk: Channel.NONE, deputy.pk: Channel.DAILY}


def test_who_is_away_in_one_role_is_sent_what_they_hear_in_another(period, commune, assignee):
    Membership.objects.create(person=assignee, agency=commune, role=Role.LEADER)
    facts = DelegationFacts(make_person(Role.READER, commune), ON, ON + timedelta(days=5))
    delegate(membership=assignee.memberships.get(role=Role.OFFICER), facts=facts, by=assignee, at=AT)

    remind(at=on(11, 23))

    assert Notice.objects.get(person=assignee).channel == Channel.DAILY


def test_whoever_keeps_the_records_of_an_agency_that_ended_hears_what_it_had_to_do(period, commune, assignee, holder):
    Agency.objects.filter(pk=commune.pk).update(ends_on=on(11, 22).date())
    commune.refresh_from_db()

    remind(at=on(11, 23))

    assert (stages(holder), stages(assignee)) == (["before-7"], ["before-7"])


def test_what_is_done_or_taken_back_reminds_nobody(period, assignment, assignee, holder):
    submit_progress(period=period, facts=ProgressFacts(100, "Xong"), by=assignee, at=AT)
    remind(at=on(11, 23))
    assert stages(assignee) == []

    withdraw_assignment(assignment=assignment, reason="Giao nhầm", by=holder, at=AT)
    remind(at=on(12, 1))
    assert stages(assignee) == []


def test_more_time_begins_the_reminders_anew(period, assignee, holder):
    remind(at=on(11, 30))
    asked = ask_extension(period=period, wanted_to=on(12, 31).date(), reason="Chờ kiểm đếm", by=assignee, at=on(11, 30))
    grant_extension(extension=asked, granted_to=on(12, 31).date(), by=holder, at=on(11, 30))

    for day in range(1, 32):
        remind(at=on(12, day))

    assert stages(assignee) == ["day", "before-30", "before-7", "before-1", "day"]


def test_a_reminder_says_how_long_is_left_and_leads_to_the_period(period, assignee):
    remind(at=on(11, 27))

    notice = Notice.objects.get(person=assignee)
    assert notice.title == "Còn 3 ngày, hạn 30/11/2026"
    assert notice.address == f"/ky-han/{period.pk}/"
    assert "Ủy ban nhân dân xã An Bình" in notice.text


def test_who_was_given_a_part_is_reminded_of_the_part(period, assignee):
    Assignment.objects.update(words="Rà soát camera của trường học")

    remind(at=on(11, 27))

    assert "Rà soát camera của trường học" in Notice.objects.get(person=assignee).text


def test_a_last_day_that_was_missed_is_told_among_what_is_late(period, assignee):
    remind(at=on(12, 2))

    assert (stages(assignee), Notice.objects.get().kind) == (["day"], NoticeKind.LATE)


def test_many_periods_cost_as_many_queries_as_few(period, commune, django_assert_max_num_queries):
    for duty in make_tracked(period.assignment.obligation.document.holder, 30).obligations.all():
        make_period(duty, commune)

    with django_assert_max_num_queries(10):
        remind(at=on(11, 23))


def test_a_job_looks_at_some_periods_and_leaves_the_rest_to_the_next(period, commune, assignee, monkeypatch):
    for duty in make_tracked(period.assignment.obligation.document.holder, 4).obligations.all():
        make_period(duty, commune)
    monkeypatch.setattr(reminding, "AT_ONCE", 2)

    after, counts = 0, []
    while after is not None:
        after = remind_some(at=on(11, 23), after=after)
        counts.append(len(stages(assignee)))

    assert counts == [2, 4, 5]
