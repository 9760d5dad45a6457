"""The way of a paper: drafted, laid before a leader, answered by another; withdrawn or replaced after it was issued."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ancam.accounts.models import Agency, Delegation, Person, Role
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import make_person
from ancam.audit.models import Entry
from ancam.papers import selectors
from ancam.papers.errors import ChangedMeanwhile, FieldRequired, NotASuccessor, OwnDraft, TooLong, WrongState
from ancam.papers.models import Paper, PaperState
from ancam.papers.selectors import acts_on, is_outdated, paper_content, papers, to_carry_on, to_decide
from ancam.papers.services import (
    approve_paper,
    discard_paper,
    redraft_paper,
    return_paper,
    submit_paper,
    supersede_paper,
    take_back_paper,
    withdraw_paper,
)
from ancam.papers.tests.factories import (
    ON,
    at_noon,
    facts,
    make_approved,
    make_draft,
    make_issued,
    make_submitted,
    written,
)
from ancam.web import clock
from ancam.web.replies import Forbidden

AT = at_noon(ON)


def test_a_draft_goes_to_the_leader_and_is_approved_as_seen(
    commune: Agency, commune_officer: Person, commune_leader: Person
) -> None:
    paper = make_submitted(commune, commune_officer)

    approved = approve_paper(paper=paper, seen=paper.file_digest, by=commune_leader, at=AT)

    assert (approved.state, approved.approved_by, approved.approved_at) == (PaperState.APPROVED, commune_leader, AT)
    assert approved.approved_digest == paper.file_digest
    assert [line.action for line in Entry.objects.filter(object_type="papers.paper").order_by("number")] == [
        "papers.draft_paper",
        "papers.submit_paper",
        "papers.approve_paper",
    ]


def test_a_leader_does_not_approve_a_draft_of_their_own(commune: Agency, commune_leader: Person) -> None:
    paper = make_submitted(commune, commune_leader)

    with pytest.raises(OwnDraft):
        approve_paper(paper=paper, seen=paper.file_digest, by=commune_leader, at=AT)
    another = make_person(Role.LEADER, commune)
    assert approve_paper(paper=paper, seen=paper.file_digest, by=another, at=AT).approved_by == another


def test_who_stands_in_for_the_drafter_does_not_approve(commune: Agency, commune_leader: Person) -> None:
    stand_in = make_person(Role.READER, commune)
    paper = make_submitted(commune, commune_leader, on=clock.today())
    Delegation.objects.create(
        giver=commune_leader,
        stand_in=stand_in,
        agency=commune,
        role=Role.LEADER,
        begins_on=clock.today(),
        ends_on=clock.today(),
        made_at=clock.now(),
    )

    with pytest.raises(OwnDraft):
        approve_paper(paper=paper, seen=paper.file_digest, by=stand_in, at=clock.now())
    assert to_decide(stand_in) == []


def test_the_database_too_refuses_two_hands_of_one_person(commune: Agency, commune_leader: Person) -> None:
    paper = make_submitted(commune, commune_leader)

    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(state=PaperState.APPROVED, approved_by=commune_leader)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR, Role.READER])
def test_only_a_leader_of_the_agency_decides(
    commune: Agency, commune_officer: Person, leader: Person, role: Role
) -> None:
    paper = make_submitted(commune, commune_officer)

    for by in (make_person(role, commune), leader):
        with pytest.raises(Forbidden):
            approve_paper(paper=paper, seen=paper.file_digest, by=by, at=AT)
        with pytest.raises(Forbidden):
            return_paper(paper=paper, reason="Sửa lại", by=by, at=AT)


def test_a_draft_made_anew_meanwhile_is_not_approved_unseen(
    commune: Agency, commune_officer: Person, commune_leader: Person
) -> None:
    paper = make_submitted(commune, commune_officer)
    seen = paper.file_digest
    take_back_paper(paper=paper, by=commune_officer, at=AT)
    redraft_paper(paper=paper, facts=facts(inputs={"kỳ": 2}), by=commune_officer, at=AT)
    submit_paper(paper=paper, by=commune_officer, at=AT)

    with pytest.raises(ChangedMeanwhile):
        approve_paper(paper=paper, seen=seen, by=commune_leader, at=AT)


def test_a_returned_draft_carries_the_reason_and_can_be_made_anew(
    commune: Agency, commune_officer: Person, commune_leader: Person
) -> None:
    paper = make_submitted(commune, commune_officer)

    returned = return_paper(paper=paper, reason=" Thiếu  kiến nghị ", by=commune_leader, at=AT)
    assert (returned.state, returned.reason) == (PaperState.RETURNED, "Thiếu kiến nghị")
    assert list(to_carry_on(commune_officer)) == [paper]

    anew = redraft_paper(paper=returned, facts=facts(inputs={"kỳ": 2}), by=commune_officer, at=AT)
    assert (anew.state, anew.reason) == (PaperState.DRAFTED, "")
    assert paper_content(anew) == written({"kỳ": 2}, None, None)


def test_an_act_that_needs_no_values_neither_reads_nor_writes_them(
    commune: Agency, commune_officer: Person, commune_leader: Person
) -> None:
    paper = make_draft(commune, commune_officer)

    with CaptureQueriesContext(connection) as asked:
        submit_paper(paper=paper, by=commune_officer, at=AT)
        return_paper(paper=paper, reason="Thiếu kiến nghị", by=commune_leader, at=AT)
    redraft_paper(paper=paper, facts=facts(inputs={"kỳ": 2}), by=commune_officer, at=AT)

    assert not [query["sql"] for query in asked.captured_queries if '"inputs"' in query["sql"]]
    assert Paper.objects.get().inputs == {"kỳ": 2}


def test_lists_and_pages_read_no_values(commune_leader: Person, paper: Paper) -> None:
    successor = make_issued(paper.agency, paper.issued_by, commune_leader, number=8)
    supersede_paper(paper=paper, successor=successor, by=commune_leader, at=AT)
    client = signed_in_as(commune_leader)

    for address in (reverse("register"), reverse("papers"), reverse("paper", args=[paper.pk])):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert not [query["sql"] for query in asked.captured_queries if '"inputs"' in query["sql"]]


@pytest.mark.parametrize(("reason", "refusal"), [("  ", FieldRequired), ("a" * 2001, TooLong)])
def test_a_return_needs_a_reason_of_some_length(
    commune: Agency, commune_officer: Person, commune_leader: Person, reason: str, refusal: type[Exception]
) -> None:
    paper = make_submitted(commune, commune_officer)

    with pytest.raises(refusal):
        return_paper(paper=paper, reason=reason, by=commune_leader, at=AT)


def test_drafting_anew_takes_an_approval_away(commune: Agency, commune_officer: Person, commune_leader: Person) -> None:
    paper = make_approved(commune, commune_officer, commune_leader)

    anew = redraft_paper(paper=paper, facts=facts(inputs={"kỳ": 2}), by=commune_officer, at=AT)

    assert (anew.state, anew.approved_by, anew.approved_digest) == (PaperState.DRAFTED, None, "")


def test_an_approved_paper_without_a_number_can_still_be_returned(
    commune: Agency, commune_officer: Person, commune_leader: Person
) -> None:
    paper = make_approved(commune, commune_officer, commune_leader)

    returned = return_paper(paper=paper, reason="Nhầm kỳ", by=commune_leader, at=AT)

    assert (returned.state, returned.approved_by, returned.approved_digest) == (PaperState.RETURNED, None, "")


def test_a_draft_is_given_up_and_stays_in_the_list(commune: Agency, commune_officer: Person) -> None:
    paper = discard_paper(paper=make_draft(commune, commune_officer), by=commune_officer, at=AT)

    assert paper.state == PaperState.DISCARDED
    assert list(papers(commune_officer)) == [paper]
    with pytest.raises(WrongState):
        submit_paper(paper=paper, by=commune_officer, at=AT)


def test_giving_up_an_approved_paper_takes_the_approval_away_and_its_file(
    commune: Agency, commune_officer: Person, commune_leader: Person
) -> None:
    paper = make_approved(commune, commune_officer, commune_leader)
    client, file = signed_in_as(commune_officer), reverse("paper_approved_file", args=[paper.pk])
    assert client.get(file).status_code == 200

    given_up = discard_paper(paper=paper, by=commune_officer, at=AT)

    assert (given_up.approved_by, given_up.approved_at, given_up.approved_digest) == (None, None, "")
    assert client.get(file).status_code == 404


def test_a_paper_says_when_its_values_would_be_others_today(
    commune: Agency, commune_officer: Person, commune_leader: Person, leader: Person
) -> None:
    stale = make_approved(commune, commune_officer, commune_leader, inputs={"told": "then"})
    fresh = make_draft(commune, commune_officer)
    issued = make_issued(commune, commune_officer, commune_leader, inputs={"told": "then"})

    assert is_outdated(stale, commune_officer)
    assert not is_outdated(stale, leader)
    assert not is_outdated(fresh, commune_officer)
    assert not is_outdated(issued, commune_officer)


def test_what_waits_is_told_to_whom_it_waits_for(
    commune: Agency, commune_officer: Person, commune_leader: Person, leader: Person
) -> None:
    paper = make_submitted(commune, commune_officer)

    assert to_decide(commune_leader) == [paper]
    assert to_decide(commune_officer) == []
    assert to_decide(leader) == []
    approve_paper(paper=paper, seen=paper.file_digest, by=commune_leader, at=AT)
    assert to_decide(commune_leader) == []
    assert list(to_carry_on(commune_officer)) == [paper]


def test_what_waits_is_asked_once_and_bonds_once_for_each_day(
    commune: Agency, commune_officer: Person, commune_leader: Person, django_assert_num_queries: Any
) -> None:
    found = [make_submitted(commune, commune_officer, on=on) for on in (ON, ON, ON + timedelta(days=1))]
    _ = commune_leader.current_memberships, commune_leader.stood_in_for

    with django_assert_num_queries(3):
        assert to_decide(commune_leader) == found


def test_drafts_are_the_agencys_own_until_they_have_a_number(
    commune: Agency, commune_officer: Person, root: Agency, leader: Person, outsider: Person, commune_leader: Person
) -> None:
    draft = make_draft(commune, commune_officer)
    issued = make_issued(commune, commune_officer, commune_leader)

    assert set(papers(commune_officer)) == {draft, issued}
    assert set(papers(leader)) == {issued}
    assert set(papers(make_person(Role.AUDITOR, root))) == {draft, issued}
    assert set(papers(outsider)) == set()


def test_an_issued_paper_is_withdrawn_with_a_reason_and_keeps_its_number(paper: Paper, commune_leader: Person) -> None:
    with pytest.raises(Forbidden):
        withdraw_paper(paper=paper, reason="Sai số liệu", by=paper.issued_by, at=AT)

    withdrawn = withdraw_paper(paper=paper, reason="Sai số liệu", by=commune_leader, at=AT)

    assert (withdrawn.state, withdrawn.reason, withdrawn.number) == (PaperState.WITHDRAWN, "Sai số liệu", 7)
    assert acts_on(withdrawn, commune_leader) == frozenset()


def test_an_issued_paper_is_replaced_by_another_of_the_same_agency(
    commune: Agency, paper: Paper, commune_leader: Person, root: Agency, officer: Person, leader: Person
) -> None:
    successor = make_issued(commune, paper.issued_by, commune_leader, number=8)

    for other in (paper, make_issued(root, officer, leader), make_draft(commune, paper.issued_by)):
        with pytest.raises(NotASuccessor):
            supersede_paper(paper=paper, successor=other, by=commune_leader, at=AT)
    replaced = supersede_paper(paper=paper, successor=successor, reason="Đính chính", by=commune_leader, at=AT)

    assert (replaced.state, replaced.superseded_by) == (PaperState.SUPERSEDED, successor)
    assert Entry.objects.last().change["superseded_by"] == "08/BC-UBND"


def test_the_newest_papers_are_offered_in_the_place_of_one(
    commune: Agency, paper: Paper, commune_leader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "MOST_SUCCESSORS", 2)
    later = [make_issued(commune, paper.issued_by, commune_leader, number=number) for number in (8, 9, 10)]

    assert list(selectors.successors_of(paper, commune_leader)) == later[:0:-1]
    with pytest.raises(Paper.DoesNotExist):
        selectors.successors_of(paper, commune_leader).get(pk=later[0].pk)


def test_a_paper_withdrawn_while_the_page_was_open_takes_nobodys_place(
    commune: Agency, paper: Paper, commune_leader: Person
) -> None:
    seen = make_issued(commune, paper.issued_by, commune_leader, number=8)
    withdraw_paper(paper=Paper.objects.get(pk=seen.pk), reason="Nhầm", by=commune_leader, at=AT)

    with pytest.raises(NotASuccessor):
        supersede_paper(paper=paper, successor=seen, by=commune_leader, at=AT)


def test_two_papers_do_not_take_each_others_place(commune: Agency, paper: Paper, commune_leader: Person) -> None:
    seen = make_issued(commune, paper.issued_by, commune_leader, number=8)
    supersede_paper(paper=Paper.objects.get(pk=seen.pk), successor=paper, by=commune_leader, at=AT)

    with pytest.raises(NotASuccessor):
        supersede_paper(paper=paper, successor=seen, by=commune_leader, at=AT)


def test_what_a_person_may_do_follows_state_and_role(
    commune: Agency, commune_officer: Person, commune_leader: Person, leader: Person
) -> None:
    paper = make_submitted(commune, commune_officer)

    assert acts_on(paper, commune_officer) == {"take_back"}
    assert acts_on(paper, commune_leader) == {"take_back", "approve", "return"}
    assert acts_on(paper, leader) == frozenset()


def test_a_day_of_drafting_before_a_delegation_binds_nobody(commune: Agency, commune_leader: Person) -> None:
    paper = make_submitted(commune, commune_leader, on=ON - timedelta(days=400))

    assert to_decide(make_person(Role.LEADER, commune)) == [paper]
