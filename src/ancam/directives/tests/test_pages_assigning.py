import pytest
from django.urls import reverse

from ancam.accounts.tests.factories import make_agency
from ancam.directives.models import Assignment, AssignmentState, Part, ScopeQuestion, Transfer
from ancam.directives.services import BelowFacts, ask_scope, give_below
from ancam.directives.tests.factories import AT, make_assignment, officer_of, signed_in


@pytest.fixture
def unit(commune):
    return make_agency(commune, "Phòng Kinh tế xã An Bình", kind="phong_kt_xa")


@pytest.fixture
def below(assignment, assignee, unit):
    facts = BelowFacts(words="Kiểm đếm camera tại trụ sở")
    [made] = give_below(assignment=assignment, agencies=[unit], facts=facts, by=assignee, at=AT)
    return made


def page_of(client, assignment):
    return client.get(reverse("assignment", args=[assignment.pk])).content.decode()


def test_a_duty_is_given_on_from_its_page(assignment, assignee, unit):
    client, address = signed_in(assignee), reverse("give_below", args=[assignment.pk])

    assert "Giao tiếp" in page_of(client, assignment)
    assert unit.name in client.get(address).content.decode()
    assert client.post(address, {"part": "lead"}).status_code == 422
    late = {"agencies": [unit.pk], "part": "lead", "due_on": "05/12/2026"}
    assert "muộn hơn hạn của cơ quan giao" in client.post(address, late).content.decode()
    assert client.post(address, {**late, "due_on": "25/11/2026"}).status_code == 302
    assert "25/11/2026" in page_of(client, assignment)
    assert "đã được giao" in client.get(address).content.decode()


def test_the_givers_page_shows_its_parts_and_the_units_page_who_gave_it(below, assignment, assignee, unit, commune):
    assert "Kiểm đếm camera tại trụ sở" in page_of(signed_in(assignee), assignment)

    body = page_of(signed_in(officer_of(unit)), below)

    assert f"<dd>{commune.name}, " in body
    assert "Là một phần của nhiệm vụ" in body
    assert "Thu hồi phân công" not in body


def test_without_agencies_below_the_page_says_so(assignment, assignee):
    body = signed_in(assignee).get(reverse("give_below", args=[assignment.pk])).content.decode()

    assert "chưa có đơn vị trực thuộc nào" in body


def test_taking_back_asks_about_the_parts(below, assignment, office):
    address = reverse("assignment_withdraw", args=[assignment.pk])

    refused = office.post(address, {"reason": "Nhầm"})
    assert refused.status_code == 422
    assert "đã giao tiếp 1 phần việc" in refused.content.decode()
    assert office.post(address, {"reason": "Nhầm", "children": "withdraw"}).status_code == 302
    assert not Assignment.objects.all().standing().exists()


def test_a_giver_takes_its_part_back_from_the_parts_page(below, assignment, assignee):
    reply = signed_in(assignee).post(reverse("assignment_withdraw", args=[below.pk]), {"reason": "Nhầm"})

    assert reply.url == reverse("assignment", args=[assignment.pk])


def test_a_duty_is_moved_from_its_page_and_its_history_shown(assignment, commune, other_commune, office, assignee):
    address = reverse("assignment_transfer", args=[assignment.pk])
    values = {"agency": other_commune.pk, "moved_on": "20/11/2026", "reason": "Theo Quyết định 15/QĐ-UBND"}

    assert address in page_of(office, assignment)
    assert other_commune.name in office.get(address).content.decode()
    assert office.post(address, {**values, "moved_on": "31/12/2026"}).status_code == 422
    assert office.post(address, values).status_code == 302
    after = Transfer.objects.get().after
    history = page_of(office, after)
    assert "Các cơ quan lần lượt thực hiện" in history
    assert "Theo Quyết định 15/QĐ-UBND" in history
    kept = signed_in(assignee).get(reverse("assignment", args=[assignment.pk]), follow=True)
    assert "Những lần chuyển giao" in kept.content.decode()


def test_a_question_is_asked_answered_and_found_on_the_first_page(assignment, assignee, office):
    agency, ask = signed_in(assignee), reverse("question_ask", args=[assignment.pk])

    assert agency.post(ask, {"text": ""}).status_code == 422
    assert agency.post(ask, {"text": "Có áp dụng cho camera thuê không?"}).status_code == 302
    question = ScopeQuestion.objects.get()
    home = office.get(reverse("home")).content.decode()
    assert "Có áp dụng cho camera thuê không?" in home
    answer = reverse("question_answer", args=[question.pk])
    assert office.post(answer, {"answer": ""}).status_code == 422
    assert office.post(answer, {"answer": "Có."}).status_code == 302
    assert "Có." in page_of(agency, assignment)


def test_an_answer_takes_the_duty_back(assignment, assignee, office):
    question = ask_scope(assignment=assignment, text="Có áp dụng không?", by=assignee, at=AT)

    office.post(reverse("question_answer", args=[question.pk]), {"answer": "Không.", "withdraws": "on"})

    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.WITHDRAWN


def test_an_answer_that_takes_the_duty_back_asks_what_becomes_of_its_parts(below, assignment, assignee, office):
    question = ask_scope(assignment=assignment, text="Có áp dụng không?", by=assignee, at=AT)
    address, sent = reverse("question_answer", args=[question.pk]), {"answer": "Không.", "withdraws": "on"}

    assert "Giữ lại, báo cáo thẳng nơi giao" in page_of(office, assignment)
    assert office.post(address, sent).status_code == 422
    assert office.post(address, {**sent, "children": "withdraw"}).status_code == 302

    below.refresh_from_db()
    assert below.state == AssignmentState.WITHDRAWN


def test_who_leads_sees_the_names_of_who_supports_and_nothing_more(assignment, other_commune, assignee):
    helping = make_assignment(assignment.obligation, other_commune, part=Part.SUPPORT, percentage=77)

    body = page_of(signed_in(assignee), assignment)

    assert other_commune.name in body
    assert "77%" not in body
    assert signed_in(assignee).get(reverse("assignment", args=[helping.pk])).status_code == 404


def test_the_duty_shows_who_leads_who_supports_and_who_got_a_part(below, assignment, other_commune, office, unit):
    make_assignment(assignment.obligation, other_commune, part=Part.SUPPORT)

    body = office.get(reverse("obligation", args=[assignment.obligation_id])).content.decode()

    work = body[body.index("work-title") :]
    order = [
        work.index(words) for words in ("Chủ trì", assignment.agency.name, unit.name, "Phối hợp", other_commune.name)
    ]
    assert order == sorted(order)


@pytest.mark.parametrize("name", ["give_below", "assignment_transfer", "question_ask"])
def test_pages_are_for_who_they_are_for(assignment, holder, assignee, outsider, name):
    address = reverse(name, args=[assignment.pk])
    wrong = assignee if name == "assignment_transfer" else holder

    assert signed_in(outsider).post(address, {}).status_code == 404
    assert signed_in(wrong).post(address, {"text": "x"}).status_code == 403
    if name == "question_ask":
        assert signed_in(assignee).get(address).status_code == 405


def test_a_question_of_others_is_not_found(assignment, assignee, outsider):
    question = ask_scope(assignment=assignment, text="Có áp dụng không?", by=assignee, at=AT)
    address = reverse("question_answer", args=[question.pk])

    assert signed_in(outsider).post(address, {"answer": "x"}).status_code == 404
    assert signed_in(assignee).post(address, {"answer": "x"}).status_code == 403


def test_the_duty_and_its_page_cost_the_same_however_many_parts(
    assignment, commune, assignee, office, django_assert_max_num_queries
):
    units = [make_agency(commune, f"Tổ {number}") for number in range(12)]
    give_below(assignment=assignment, agencies=units, facts=BelowFacts(), by=assignee, at=AT)

    with django_assert_max_num_queries(45):
        assert page_of(office, assignment).count("Tổ ") >= 12
    with django_assert_max_num_queries(30):
        office.get(reverse("obligation", args=[assignment.obligation_id]))
