"""The holder collects what others reported on a letter, and urges those with something left to do."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from ancam.accounts.models import Role
from ancam.accounts.tests.factories import make_person
from ancam.audit.models import Entry
from ancam.directives.errors import NothingLeft
from ancam.directives.models import DuePeriod, PeriodState
from ancam.directives.selectors import agencies_with_work_left
from ancam.directives.services import urge
from ancam.directives.tests.factories import AT, make_period, make_tracked, signed_in
from ancam.notifications.models import Notice
from ancam.web.replies import Forbidden

pytestmark = pytest.mark.usefixtures("on_that_day")


@pytest.fixture
def on_that_day():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def document(province, commune, other_commune, holder):
    """A letter with two duties: one commune has both left to do, the other has done its own; so has the holder one."""
    made = make_tracked(province, 2, by=holder)
    first, second = made.obligations.all()
    make_period(first, commune)
    make_period(second, commune, state=PeriodState.RETURNED, due_on=date(2027, 2, 1))
    make_period(first, other_commune, state=PeriodState.ACCEPTED)
    make_period(second, province)
    return made


def test_each_agency_with_work_left_is_urged_once_a_day(document, commune, holder, assignee, outsider):
    leader = make_person(Role.LEADER, commune)

    urged = urge(document=document, periods=DuePeriod.objects.all(), by=holder, at=AT)
    urge(document=document, periods=DuePeriod.objects.all(), by=holder, at=AT + timedelta(hours=1))
    urge(document=document, periods=DuePeriod.objects.all(), by=holder, at=AT + timedelta(days=1))

    assert ([agency.pk for agency in urged.agencies], urged.unheard) == ([commune.pk], set())
    told = Notice.objects.order_by("made_at", "person").values_list("person", "title")
    words = "Nơi giao việc đôn đốc 2 việc chưa xong"
    assert sorted(told) == sorted([(assignee.pk, words), (leader.pk, words)] * 2)
    line = Entry.objects.filter(action="directives.urge").first()
    assert (line.change["agencies"], line.change["periods"], line.change["names"]) == (1, 2, [commune.name])


def test_the_page_says_how_many_agencies_have_nobody_to_hear_it(office, document, commune):
    reply = office.post(reverse("urge", args=[document.pk]), follow=True).content.decode()

    assert "Đã đôn đốc 1 cơ quan." in reply
    assert "Trong đó 1 cơ quan chưa có người dùng hệ thống" in reply


def test_nobody_is_urged_when_nothing_is_left_and_the_holder_never(document, holder):
    DuePeriod.objects.exclude(assignment__agency=document.holder).update(state=PeriodState.SUBMITTED)

    with pytest.raises(NothingLeft):
        urge(document=document, periods=DuePeriod.objects.all(), by=holder, at=AT)

    assert not Notice.objects.exists()


def test_only_the_holder_urges(document, assignee):
    with pytest.raises(Forbidden):
        urge(document=document, periods=DuePeriod.objects.all(), by=assignee, at=AT)


def test_the_page_counts_what_is_filtered_and_urges_just_these(office, document, commune, other_commune):
    address = reverse("collected", args=[document.pk])

    page = office.get(address).content.decode()
    assert "Đôn đốc 1 cơ quan" in page and other_commune.name in page and "<strong>3</strong> kỳ" in page
    assert reverse("urge", args=[document.pk]) not in office.get(f"{address}?state=accepted").content.decode()
    assert office.post(f"{reverse('urge', args=[document.pk])}?state=accepted").status_code == 422
    reply = office.post(f"{reverse('urge', args=[document.pk])}?until=2026-12-31", follow=True)

    assert "Đã đôn đốc 1 cơ quan." in reply.content.decode()
    assert set(Notice.objects.values_list("title", flat=True)) <= {"Nơi giao việc đôn đốc 1 việc chưa xong"}


def test_a_day_that_is_none_is_refused_beside_its_field(office, document):
    assert office.get(f"{reverse('collected', args=[document.pk])}?since=31-02-2026").status_code == 422


def test_what_is_filtered_is_exported(office, document, commune, other_commune):
    sent = office.get(f"{reverse('collected', args=[document.pk])}?state=accepted&xuat=csv")

    text = b"".join(sent.streaming_content if sent.streaming else [sent.content]).decode()
    assert other_commune.name in text and commune.name not in text


def test_the_page_is_the_holders(document, assignee, outsider):
    assert signed_in(assignee).get(reverse("collected", args=[document.pk])).status_code == 403
    assert signed_in(assignee).post(reverse("urge", args=[document.pk])).status_code == 403


def test_agencies_with_work_left_are_counted_as_they_answer_today(document, other_commune, holder):
    confirmed = {"answering_agency": other_commune, "answering_confirmed_by": holder, "answering_confirmed_at": AT}
    left = DuePeriod.objects.exclude(assignment__agency=document.holder)
    period = left.filter(state=PeriodState.RETURNED).get()
    type(period.assignment).objects.filter(pk=period.assignment_id).update(**confirmed)

    assert agencies_with_work_left(left) == 2
