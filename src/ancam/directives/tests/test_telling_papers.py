"""Leaders hear that a paper waits for their approval: those who may give it, each time one is laid before them."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from ancam.accounts.models import Delegation, Role
from ancam.accounts.tests.factories import make_person
from ancam.directives.services.telling import tell_waiting_paper
from ancam.directives.settled import settled
from ancam.notifications.models import Channel, Notice, NoticeKind
from ancam.notifications.outbox import make_mails, send_waiting
from ancam.papers import hearing
from ancam.papers.services import return_paper, submit_paper, take_back_paper
from ancam.papers.tests.factories import at_noon, make_draft, make_submitted
from ancam.web.clock import day_of

MONDAY = date(2026, 11, 23)
AT = at_noon(MONDAY)


@pytest.fixture(autouse=True)
def on_that_day(settings, tmp_path):
    settings.STORE_FOLDER = tmp_path / "files"
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def leader(commune):
    return make_person(Role.LEADER, commune, name="Đặng Văn Lượng")


def stand_in_for(giver, stand_in, agency):
    return Delegation.objects.create(
        giver=giver,
        stand_in=stand_in,
        agency=agency,
        role=Role.LEADER,
        begins_on=day_of(AT),
        ends_on=day_of(AT),
        made_at=AT,
    )


def told(person) -> list[tuple[str, str, str]]:
    found = Notice.objects.filter(person=person, kind=NoticeKind.WAITING).order_by("pk")
    return list(found.values_list("title", "address", "channel"))


def test_the_leader_of_the_agency_hears_and_nobody_else(commune, assignee, holder, leader, outsider):
    above = make_person(Role.LEADER, commune.parent)

    paper = make_submitted(commune, assignee, on=MONDAY)

    assert told(leader) == [("Văn bản chờ duyệt", reverse("paper", args=[paper.pk]), "daily")]
    assert Notice.objects.get().text == f"{commune.name} · {paper.title}"
    assert not any(map(told, (assignee, holder, above, outsider)))


def test_a_leader_does_not_hear_of_a_draft_that_another_must_approve(commune, leader):
    other = make_person(Role.LEADER, commune)

    make_submitted(commune, leader, on=MONDAY)

    assert told(leader) == []
    assert len(told(other)) == 1


def test_who_lays_it_before_the_leaders_does_not_hear_of_it(commune, assignee, leader):
    paper = make_draft(commune, assignee, on=MONDAY)

    submit_paper(paper=paper, by=leader, at=AT)

    assert told(leader) == []


def test_who_stands_in_hears_by_mail_and_who_is_away_reads_it_in_the_list(commune, assignee, leader):
    stand_in = make_person(Role.READER, commune)
    stand_in_for(leader, stand_in, commune)

    make_submitted(commune, assignee, on=MONDAY)

    assert [channel for *_, channel in told(leader)] == [Channel.NONE]
    assert [channel for *_, channel in told(stand_in)] == [Channel.DAILY]


def test_who_stands_in_for_the_drafter_does_not_hear_as_they_may_not_approve(commune, leader):
    stand_in, other = make_person(Role.READER, commune), make_person(Role.LEADER, commune)
    stand_in_for(leader, stand_in, commune)

    make_submitted(commune, leader, on=MONDAY)

    assert told(stand_in) == []
    assert len(told(other)) == 1


def test_leaders_hear_each_time_it_is_laid_before_them(commune, assignee, leader):
    paper = make_submitted(commune, assignee, on=MONDAY)
    return_paper(paper=paper, reason="Thiếu kiến nghị", by=leader, at=AT)
    again = AT + timedelta(hours=1)
    submit_paper(paper=paper, by=assignee, at=again)
    take_back_paper(paper=paper, by=assignee, at=again)

    assert len(told(leader)) == 2


def test_the_next_digest_carries_it_to_the_page_where_it_is_approved(commune, assignee, leader, settings):
    settings.SENDS_MAIL = True
    paper = make_submitted(commune, assignee, on=MONDAY)

    make_mails(AT)
    send_waiting(AT)

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([leader.email], "AnCam: Văn bản chờ duyệt")
    assert reverse("paper", args=[paper.pk]) in sent.body and paper.title in sent.body


def test_the_records_of_an_agency_that_ended_are_its_parents_matter(commune, province, assignee, leader):
    above = make_person(Role.LEADER, province)
    paper = make_draft(commune, assignee, on=MONDAY)
    commune.ends_on = MONDAY - timedelta(days=1)
    commune.save()
    drafter_above = make_person(Role.OFFICER, province)

    submit_paper(paper=paper, by=drafter_above, at=AT)

    assert len(told(above)) == 1


def test_one_room_tells_of_papers():
    with pytest.raises(ImproperlyConfigured):
        hearing.register(tell_waiting_paper)


def test_a_paper_taken_back_before_the_mail_is_made_is_not_mailed(commune, assignee, leader):
    paper = make_submitted(commune, assignee, on=MONDAY)
    [key] = Notice.objects.filter(person=leader).values_list("key", flat=True)
    waiting = settled(leader, [key])

    take_back_paper(paper=paper, by=assignee, at=AT)

    assert waiting == set()
    assert settled(leader, [key]) == {key}
