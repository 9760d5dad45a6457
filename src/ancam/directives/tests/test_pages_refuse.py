import pytest
from django.urls import reverse

from ancam.accounts.models import Role
from ancam.accounts.tests.factories import make_person
from ancam.directives.services import ProgressFacts, submit_progress
from ancam.directives.tests.factories import AT, make_document, make_obligation, officer_of, signed_in

HELD = ["document_particulars", "document_assign", "obligation_add"]
HELD_POSTS = ["document_regime", "document_parent", "review_certain", "review_merge", "review_finish", "anomaly_settle"]
DUTY_POSTS = ["obligation_confirm", "obligation_edit", "obligation_split", "obligation_drop", "obligation_restore"]


@pytest.mark.parametrize("name", [*HELD, *HELD_POSTS])
def test_acts_on_a_letter_are_for_its_holder(name, in_review, province, outsider):
    address = reverse(name, args=[in_review.pk])

    assert signed_in(outsider).post(address).status_code == 404
    assert signed_in(make_person(Role.READER, province)).post(address).status_code == 403


@pytest.mark.parametrize("name", DUTY_POSTS)
def test_acts_on_a_duty_are_for_its_holder(name, in_review, province, outsider):
    address = reverse(name, args=[in_review.obligations.get().pk])

    assert signed_in(outsider).post(address).status_code == 404
    assert signed_in(make_person(Role.READER, province)).post(address).status_code == 403


@pytest.mark.parametrize("name", ["progress_submit", "assignment_withdraw"])
def test_acts_on_an_assignment_are_for_its_own_side(name, assignment, period, commune, outsider):
    address = reverse(name, args=[period.pk if name == "progress_submit" else assignment.pk])
    values = {"percentage": "10", "text": "x", "reason": "x"}

    assert signed_in(outsider).post(address, values).status_code == 404
    assert signed_in(make_person(Role.READER, commune)).post(address, values).status_code == 403


@pytest.mark.parametrize("name", ["progress_accept", "progress_return"])
def test_the_agency_does_not_answer_itself(name, period, assignee, outsider):
    report = submit_progress(period=period, facts=ProgressFacts(100, "Xong"), by=assignee, at=AT)
    address = reverse(name, args=[report.pk])

    assert signed_in(outsider).post(address, {"reason": "x"}).status_code == 404
    assert signed_in(assignee).post(address, {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("name", [*HELD_POSTS, "progress_accept", "progress_submit", "obligation_drop"])
def test_what_changes_something_is_never_a_link(name, office, in_review):
    assert office.get(reverse(name, args=[in_review.pk])).status_code == 405


def test_an_assigned_agency_reads_the_letter_but_not_the_review(assignee, assignment):
    client, pk = signed_in(assignee), assignment.obligation.document_id

    assert client.get(reverse("document", args=[pk])).status_code == 200
    assert client.get(reverse("review", args=[pk])).status_code == 403


def test_no_page_carries_style_or_script_in_itself(office, in_review, assignment):
    document = assignment.obligation.document_id
    names = [("home", []), ("documents", []), ("assignments", []), ("review", [in_review.pk]), ("document", [document])]

    for name, args in [*names, ("document_assign", [document]), ("assignment", [assignment.pk])]:
        body = office.get(reverse(name, args=args)).content.decode()
        assert " style=" not in body, name
        assert "hx-on" not in body, name
        assert "<script>" not in body, name


def test_the_review_costs_the_same_whatever_its_length(province, holder, django_assert_max_num_queries):
    document = make_document(province, holder)
    for _ in range(30):
        make_obligation(document)
    client = signed_in(officer_of(province))

    with django_assert_max_num_queries(14):
        client.get(reverse("review", args=[document.pk]))
