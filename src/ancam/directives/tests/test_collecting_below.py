"""Who gave a duty on gathers what came back, sees who is missing and reminds them; and answers for the whole."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from ancam.accounts.models import Tier
from ancam.accounts.tests.factories import make_agency
from ancam.audit.models import Entry
from ancam.directives.collected_words import collected_words
from ancam.directives.errors import NothingLeft
from ancam.directives.models import DuePeriod, PeriodState
from ancam.directives.selectors import Results, results_below
from ancam.directives.services import (
    BelowFacts,
    ProgressFacts,
    accept_progress,
    give_below,
    submit_progress,
    urge_below,
    withdraw_assignment,
)
from ancam.directives.settled import settled
from ancam.directives.tests.factories import AT, officer_of, signed_in
from ancam.notifications.models import Notice
from ancam.web.replies import Forbidden

pytestmark = pytest.mark.usefixtures("on_that_day")
LATER = AT + timedelta(hours=1)


@pytest.fixture
def on_that_day():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def units(commune):
    return [make_agency(commune, f"Đơn vị {name}", tier=Tier.COMMUNE, kind="phong_kt_xa") for name in ("Một", "Hai")]


@pytest.fixture
def parts(assignment, assignee, units):
    return give_below(assignment=assignment, agencies=units, facts=BelowFacts(), by=assignee, at=AT)


@pytest.fixture
def done(parts, units, assignee):
    """The first unit's part, accepted."""
    facts = ProgressFacts(100, "Đã kiểm đếm\n12 camera")
    sent = submit_progress(period=parts[0].periods.get(), facts=facts, by=officer_of(units[0]), at=AT)
    return accept_progress(report=sent, by=assignee, at=AT)


def test_the_report_upward_begins_with_what_was_accepted_and_who_is_missing(period, done, assignee):
    page = signed_in(assignee).get(reverse("period", args=[period.pk]))

    text = page.context["progress_form"]["text"].value()
    assert text.splitlines() == [
        "Kết quả của các đơn vị đã được xác nhận:",
        "- Đơn vị Một: Đã kiểm đếm 12 camera",
        "Chưa xong: Đơn vị Hai.",
    ]


def test_once_reported_upward_the_words_are_not_brought_again(period, done, assignee):
    submit_progress(period=period, facts=ProgressFacts(50, "Được một nửa"), by=assignee, at=AT)

    page = signed_in(assignee).get(reverse("period", args=[period.pk]))

    assert not page.context["progress_form"]["text"].value()


def test_where_nothing_was_given_on_or_accepted_the_words_are_ones_own(period, assignee, units):
    without = collected_words(results_below(period))
    give_below(assignment=period.assignment, agencies=units, facts=BelowFacts(), by=assignee, at=AT)

    assert (without, collected_words(results_below(period))) == ("", "")


def test_a_part_taken_back_is_neither_a_result_nor_missing(period, parts, done, assignee):
    withdraw_assignment(assignment=parts[1], reason="Giao nhầm", by=assignee, at=AT)

    assert results_below(period) == Results([("Đơn vị Một", "Đã kiểm đếm\n12 camera")], [])


def test_more_than_a_report_holds_is_counted():
    results = Results([(f"Xã {n}", "x" * 400) for n in range(20)], [f"Xã {n}" for n in range(20, 35)])

    words = collected_words(results)

    assert len(words) < 4_000
    assert words.splitlines()[-2:] == [
        "- và 12 đơn vị khác.",
        "Chưa xong: Xã 20; Xã 21; Xã 22; Xã 23; Xã 24; Xã 25; Xã 26; Xã 27; Xã 28; Xã 29 và 5 đơn vị khác.",
    ]


def test_with_one_click_those_who_are_missing_are_reminded_once_a_day(assignment, done, assignee, units):
    worker, other = officer_of(units[1]), officer_of(units[0])
    office, address = signed_in(assignee), reverse("urge_below", args=[assignment.pk])
    assert address in office.get(reverse("assignment", args=[assignment.pk])).content.decode()

    reply = office.post(address, follow=True).content.decode()
    office.post(address)

    assert "Đã đôn đốc 1 cơ quan." in reply
    told = Notice.objects.filter(title__startswith="Nơi giao việc đôn đốc")
    assert [(one.person, one.title) for one in told] == [(worker, "Nơi giao việc đôn đốc 1 việc chưa xong")]
    assert signed_in(worker).get(told.get().address).status_code == 200
    assert not told.filter(person=other).exists()
    line = Entry.objects.filter(action="directives.urge").first()
    assert (line.object_type, line.change["names"]) == ("directives.assignment", ["Đơn vị Hai"])


def test_a_reminder_of_a_part_that_was_taken_back_is_not_mailed(assignment, parts, assignee, units):
    worker = officer_of(units[1])
    urge_below(assignment=assignment, by=assignee, at=AT)
    keys = list(Notice.objects.filter(person=worker, key__startswith="urged-part:").values_list("key", flat=True))
    before = settled(worker, keys)

    withdraw_assignment(assignment=parts[1], reason="Giao nhầm", by=assignee, at=AT)

    assert (len(keys), before, settled(worker, keys)) == (1, set(), set(keys))


def test_nobody_is_reminded_when_all_have_sent(assignment, parts, assignee):
    DuePeriod.objects.filter(assignment__in=parts).update(state=PeriodState.SUBMITTED)

    with pytest.raises(NothingLeft):
        urge_below(assignment=assignment, by=assignee, at=AT)
    page = signed_in(assignee).get(reverse("assignment", args=[assignment.pk])).content.decode()

    assert reverse("urge_below", args=[assignment.pk]) not in page


def test_only_who_gave_it_on_reminds(assignment, parts, holder, outsider, units):
    for person in (holder, officer_of(units[0])):
        with pytest.raises(Forbidden):
            urge_below(assignment=assignment, by=person, at=AT)

    address = reverse("urge_below", args=[assignment.pk])
    assert signed_in(outsider).post(address).status_code == 404
    assert signed_in(holder).post(address).status_code == 403
    assert signed_in(holder).get(address).status_code == 405
