"""A mail brings no reminder of what is done and nothing that waits no more, or is not its reader's to see."""

from datetime import date

from ancam.accounts.models import Membership
from ancam.directives.models import DuePeriod, Part
from ancam.directives.services import (
    ProgressFacts,
    accept_progress,
    answer_scope,
    ask_extension,
    ask_scope,
    assign,
    grant_extension,
    refuse_extension,
    submit_progress,
    urge,
)
from ancam.directives.settled import settled
from ancam.directives.tests.factories import AT, make_tracked
from ancam.directives.tests.test_reminding import on
from ancam.directives.tests.to_the_end import remind
from ancam.notifications.models import Notice


def keys_of(person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("key", flat=True))


def to_mail(person) -> list[str]:
    """Return the keys of what a person was told that a mail would bring still."""
    keys = keys_of(person)
    late = settled(person, keys)
    return [key for key in keys if key not in late]


def test_of_several_reminders_that_wait_the_latest_is_mailed_and_the_leaders_besides(period, assignee):
    for day in (on(11, 23), on(11, 27)):
        remind(at=day)

    assert [key.rpartition(":")[2] for key in to_mail(assignee)] == ["before-1"]


def test_what_is_done_or_has_another_last_day_reminds_nobody_by_mail(period, assignee, holder):
    remind(at=on(11, 23))
    [before] = keys_of(assignee)
    asked = ask_extension(period=period, wanted_to=date(2026, 12, 31), reason="Chờ kiểm đếm", by=assignee, at=AT)
    assert settled(assignee, [before]) == set()

    grant_extension(extension=asked, granted_to=date(2026, 12, 31), by=holder, at=AT)
    assert settled(assignee, [before]) == {before}
    remind(at=on(12, 1))
    [_granted, after] = to_mail(assignee)
    submit_progress(period=period, facts=ProgressFacts(100, "Xong"), by=assignee, at=on(12, 1))

    assert settled(assignee, [after]) == {after}


def test_who_works_elsewhere_is_mailed_nothing_of_the_agency_they_left(
    province, commune, other_commune, holder, assignee
):
    document = make_tracked(province, 2, by=holder)
    assign(
        document=document,
        obligations=list(document.obligations.all()),
        agencies=[commune],
        part=Part.LEAD,
        by=holder,
        at=AT,
    )
    remind(at=on(11, 23))
    urge(document=document, periods=DuePeriod.objects.all(), by=holder, at=AT)
    assert to_mail(assignee) == keys_of(assignee)

    Membership.objects.filter(person=assignee).update(agency=other_commune)
    assignee = type(assignee).objects.get(pk=assignee.pk)

    assert (len(keys_of(assignee)) > 1, to_mail(assignee)) == (True, [])


def test_what_was_answered_meanwhile_does_not_wait_any_more(period, assignment, holder, assignee):
    report = submit_progress(period=period, facts=ProgressFacts(60, "Đang làm"), by=assignee, at=AT)
    asked = ask_extension(period=period, wanted_to=date(2026, 12, 31), reason="Chờ kiểm đếm", by=assignee, at=AT)
    question = ask_scope(assignment=assignment, text="Có tính camera lớp học không?", by=assignee, at=AT)
    assert to_mail(holder) == keys_of(holder) == [f"waiting-extension:{asked.pk}", f"waiting-question:{question.pk}"]
    refuse_extension(extension=asked, answer="Đã gia hạn một lần", by=holder, at=AT)
    answer_scope(question=question, answer="Có.", by=holder, at=AT)
    report = submit_progress(period=period, facts=ProgressFacts(100, "Đã xong"), by=assignee, at=AT)
    assert to_mail(holder) == [f"waiting-report:{report.pk}"]

    accept_progress(report=report, by=holder, at=AT)

    assert to_mail(holder) == []
    assert len(to_mail(assignee)) == 3


def test_however_much_waits_each_kind_costs_one_query(
    province, commune, holder, assignee, django_assert_max_num_queries
):
    document = make_tracked(province, 12, by=holder)
    for duty in document.obligations.all():
        assign(document=document, obligations=[duty], agencies=[commune], part=Part.LEAD, by=holder, at=AT)
    remind(at=on(11, 23))
    keys, reader = keys_of(assignee), type(assignee).objects.get(pk=assignee.pk)

    with django_assert_max_num_queries(4):  # two for the roles
        settled(reader, keys)
