"""The ledger's page: who reads which lines, narrowed, taken away, checked."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ancam.accounts import selectors
from ancam.accounts.models import Role, Tier
from ancam.accounts.services import PersonFacts, add_person, add_role, move_agency, restart_account, stop_account
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.audit.exports import check_export
from ancam.audit.jobs import check_ledger
from ancam.audit.models import Entry, LedgerCheck
from ancam.audit.selectors import SHOWN_LINES, ledger_head
from ancam.audit.services import Action, Subject, record
from ancam.web import clock

ACT = Action("tests.write_line", "Ghi thử")


@pytest.fixture
def auditor(commune):
    return make_person(Role.AUDITOR, commune, name="Ngô Gia Phước")


@pytest.fixture
def lines(officer, outsider, administrator):
    """One line for each of the two communes and one for the province."""
    for person, name in ((officer, "Việc An Bình"), (outsider, "Việc Bàu Sen"), (administrator, "Việc của tỉnh")):
        record(by=person.as_actor(), action=ACT, subject=Subject("accounts.agency", "99", name), at=clock.now())


def page(person, url="ledger", /, **query):
    return signed_in_as(person).get(reverse(url), query)


def test_an_auditor_reads_what_was_done_for_their_agency_alone(auditor, lines):
    body = page(auditor).content.decode()

    assert "Việc An Bình" in body
    assert "Việc Bàu Sen" not in body and "Việc của tỉnh" not in body


def test_where_an_auditor_only_reads_the_ledger_stays_closed(auditor, other_commune, lines):
    auditor.memberships.create(agency=other_commune, role=Role.READER)

    body = page(auditor).content.decode()

    assert "Việc An Bình" in body
    assert "Việc Bàu Sen" not in body


def test_at_the_root_every_line_is_read_those_of_the_system_too(administrator, lines):
    body = page(administrator).content.decode()

    assert all(words in body for words in ("Việc An Bình", "Việc Bàu Sen", "Việc của tỉnh", "Khởi tạo hệ thống"))


def test_an_officer_reads_their_own_acts_and_not_the_ledger(officer, lines):
    body = page(officer, "own_acts").content.decode()

    assert page(officer).status_code == 403
    assert "Việc An Bình" in body and "Việc Bàu Sen" not in body


def test_a_line_of_another_agency_is_not_found(auditor, lines):
    other = Entry.objects.get(object_name="Việc Bàu Sen")
    own = Entry.objects.get(object_name="Việc An Bình")

    assert signed_in_as(auditor).get(reverse("ledger_line", args=[other.number])).status_code == 404
    body = signed_in_as(auditor).get(reverse("ledger_line", args=[own.number])).content.decode()
    assert own.digest in body and own.previous_digest in body


def test_a_line_about_a_person_leads_to_their_page_for_who_may_open_it(administrator, auditor, officer):
    entry = record(by=officer.as_actor(), action=ACT, subject=officer.as_subject(), at=clock.now())
    address = reverse("ledger_line", args=[entry.number])

    assert reverse("person", args=[officer.pk]) in signed_in_as(administrator).get(address).content.decode()
    assert reverse("person", args=[officer.pk]) not in signed_in_as(auditor).get(address).content.decode()


@pytest.mark.parametrize("query", [{"kind": "accounts.agency"}, {"person": "ly thi"}, {"since": "01/01/2020"}, {}])
def test_filters_keep_the_line_they_mean(administrator, lines, query):
    assert "Việc An Bình" in page(administrator, **query).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "accounts.person"},
        {"person": "khong ai"},
        {"until": "01/01/2020"},
        {"kind": "accounts.agency", "thing": "1"},
    ],
)
def test_filters_leave_out_what_they_do_not_mean(administrator, lines, query):
    assert "Việc An Bình" not in page(administrator, **query).content.decode()


def test_an_auditor_reads_what_was_done_to_their_agency_from_above(auditor, officer, commune, administrator):
    add_role(person=officer, agency=commune, role=Role.ADMINISTRATOR, by=administrator, at=clock.now())
    line = Entry.objects.get(action="accounts.add_role")

    assert "Giao vai trò" in page(auditor).content.decode()
    assert "Giao vai trò" in page(auditor, agency=commune.pk).content.decode()
    assert signed_in_as(auditor).get(reverse("ledger_line", args=[line.number])).status_code == 200
    assert line in selectors.visible_history(auditor, officer.as_subject())


def test_what_is_done_to_a_shared_person_elsewhere_stays_there(auditor, officer, other_commune, administrator):
    add_role(person=officer, agency=other_commune, role=Role.READER, by=administrator, at=clock.now())
    line = Entry.objects.get(action="accounts.add_role")

    assert line not in selectors.ledger_lines(auditor)
    assert line not in selectors.visible_history(auditor, officer.as_subject())


def test_the_page_asks_as_often_with_many_lines_as_with_one(auditor, officer, commune, administrator):
    def asked() -> int:
        client = signed_in_as(auditor)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("ledger"))
        return len(queries)

    stop_account(person=officer, by=administrator, at=clock.now())
    once = asked()
    for _ in range(6):
        restart_account(person=officer, by=administrator, at=clock.now())
        stop_account(person=officer, by=administrator, at=clock.now())

    assert asked() == once


def test_the_auditors_of_both_parents_read_of_a_move(auditor, commune, other_commune, administrator):
    unit = make_agency(commune, "Trạm Y tế An Bình", tier=Tier.INTERNAL, kind="tt_thuoc_so")
    move_agency(agency=unit, parent=other_commune, by=administrator, at=clock.now())

    line = Entry.objects.get(action="accounts.move_agency")
    assert line in selectors.ledger_lines(auditor)
    assert line in selectors.ledger_lines(make_person(Role.AUDITOR, other_commune))


def test_an_agency_is_meant_with_what_is_under_it(administrator, commune, root, lines):
    below = page(administrator, agency=commune.pk).content.decode()

    assert "Việc An Bình" in below and "Việc của tỉnh" not in below
    assert "Việc của tỉnh" in page(administrator, agency=root.pk).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "x"},
        {"since": "31/02/2026"},
        {"since": "02/01/2026", "until": "01/01/2026"},
        {"thing": "5"},
        {"person": "a " * 30},
    ],
)
def test_what_cannot_be_meant_is_refused_beside_its_field(administrator, lines, query):
    answer = page(administrator, **query)

    assert answer.status_code == 422
    assert "is-invalid" in answer.content.decode()


def test_pages_go_by_number_in_both_directions(administrator):
    for number in range(2 * SHOWN_LINES):
        subject = Subject("accounts.agency", "9", f"Lần {number}.")
        record(by=administrator.as_actor(), action=ACT, subject=subject, at=clock.now())

    first = page(administrator)
    second = page(administrator, truoc=first.context["page"].older)
    back = page(administrator, sau=second.context["page"].newer)

    assert [e.number for e in back.context["page"].lines] == [e.number for e in first.context["page"].lines]
    assert second.context["page"].lines[0].number == first.context["page"].lines[-1].number - 1
    assert page(administrator, truoc="x").status_code == page(administrator, truoc="9" * 19).status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_lines(auditor, officer, lines, django_assert_max_num_queries):
    for number in range(60):
        subject = Subject("accounts.agency", "9", f"Lần {number}.")
        record(by=officer.as_actor(), action=ACT, subject=subject, at=clock.now())
    client = signed_in_as(auditor)

    with django_assert_max_num_queries(10):
        client.get(reverse("ledger"))


def test_an_export_proves_itself_and_is_written_down_first(administrator, lines):
    head = ledger_head()

    body = b"".join(page(administrator, xuat="jsonl").streaming_content).decode()

    found = check_export(body.rstrip("\n").split("\n"), name="so.jsonl")
    assert found.is_whole and found.head == head
    line = Entry.objects.last()
    assert (line.action, line.change["head"]) == ("accounts.export_ledger", head)


def test_an_export_holds_exactly_what_is_filtered(auditor, lines):
    body = b"".join(page(auditor, xuat="jsonl").streaming_content).decode().split("\n")
    sheet = b"".join(page(auditor, xuat="csv").streaming_content).decode()

    assert [json.loads(row)["object_name"] for row in body[1:-2]] == ["Việc An Bình"]
    assert "Việc An Bình" in sheet and "Việc Bàu Sen" not in sheet


def test_looking_for_the_headers_alone_exports_nothing(administrator, lines):
    before = Entry.objects.count()

    signed_in_as(administrator).head(reverse("ledger"), {"xuat": "csv"})

    assert Entry.objects.count() == before


def test_a_check_is_asked_for_with_a_kept_head(auditor, lines):
    answer = signed_in_as(auditor).post(reverse("ledger_checks"), {"kept_head": ledger_head()}, follow=True)

    check = LedgerCheck.objects.get()
    assert check.kept_head and check.actor_name == auditor.full_name
    assert "Đang kiểm tra" in answer.content.decode()


def test_a_check_is_asked_for_with_an_export_that_was_kept(administrator, lines):
    body = b"".join(page(administrator, xuat="jsonl").streaming_content)

    signed_in_as(administrator).post(reverse("ledger_checks"), {"export": SimpleUploadedFile("so.jsonl", body)})

    last = json.loads(body.decode().rstrip("\n").split("\n")[-1])["last"]
    assert LedgerCheck.objects.get().kept_head == last


@pytest.mark.parametrize(
    "sent",
    [
        {"kept_head": "4:abc"},
        {"export": SimpleUploadedFile("so.jsonl", b"{}")},
        {"export": SimpleUploadedFile("so.jsonl", b"\xff")},
        {"export": SimpleUploadedFile("so.jsonl", b"")},
    ],
)
def test_what_is_no_head_and_no_export_is_refused(auditor, lines, sent):
    answer = signed_in_as(auditor).post(reverse("ledger_checks"), sent)

    assert answer.status_code == 422
    assert not LedgerCheck.objects.exists()


def test_an_officer_asks_for_no_check_and_another_agencys_is_not_found(officer, auditor, outsider, lines):
    signed_in_as(outsider).post(reverse("ledger_checks"))
    check = LedgerCheck.objects.get()

    assert signed_in_as(officer).post(reverse("ledger_checks")).status_code == 403
    assert signed_in_as(auditor).get(reverse("ledger_check", args=[check.pk])).status_code == 404


def test_taking_the_list_of_people_away_and_opening_a_person_leave_lines(administrator, officer):
    client = signed_in_as(administrator)

    b"".join(client.get(reverse("people"), {"xuat": "csv"}).streaming_content)
    client.get(reverse("person", args=[officer.pk]))
    client.get(reverse("person", args=[officer.pk]))
    client.get(reverse("person", args=[administrator.pk]))

    acts = [entry.action for entry in Entry.objects.exclude(action="audit.begin_instance")]
    assert acts == ["accounts.export_people", "accounts.read_person"]


def test_a_things_page_leads_to_its_lines(administrator, commune):
    add_person(
        facts=PersonFacts("Trần Mới", "moi@dongson.example"),
        agency=commune,
        role=Role.OFFICER,
        by=administrator,
        at=clock.now(),
    )
    person = Entry.objects.last().object_id

    body = signed_in_as(administrator).get(reverse("person", args=[person])).content.decode()

    assert f"kind=accounts.person&amp;thing={person}" in body


def test_at_the_root_one_reads_the_checks_of_everyone_and_the_daily_ones(administrator, auditor, lines):
    signed_in_as(auditor).post(reverse("ledger_checks"))
    check_ledger()
    client = signed_in_as(administrator)

    answers = [client.get(reverse("ledger_check", args=[check.pk])) for check in LedgerCheck.objects.all()]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert "Sổ nguyên vẹn" in answers[0].content.decode()
    assert "Kiểm tra hằng ngày" in client.get(reverse("ledger_checks")).content.decode()
