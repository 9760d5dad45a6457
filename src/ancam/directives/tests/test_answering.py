"""Who answers today for what was given to an agency that was reorganised since: shown, confirmed, then theirs."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ancam.accounts.models import Agency, Person, Role, Tier
from ancam.accounts.services import (
    ReorganisationFacts,
    Settlement,
    add_predecessor,
    add_successor,
    propose_reorganisation,
    schedule_reorganisation,
    settle_predecessor,
)
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.audit.models import Entry
from ancam.directives.errors import NotAnswering, WrongState
from ancam.directives.models import (
    Assignment,
    AssignmentState,
    Document,
    DocumentState,
    DuePeriod,
    DutyKind,
    Obligation,
    Part,
    PeriodState,
)
from ancam.directives.selectors import answering_now, assignments, documents, home, reports_of
from ancam.directives.services import (
    ProgressFacts,
    ReportFacts,
    accept_progress,
    confirm_answering,
    progress_report_values,
    submit_progress,
    withdraw_assignment,
)
from ancam.directives.tests.factories import (
    AT,
    ON,
    make_assignment,
    make_confirmed,
    make_document,
    officer_of,
    signed_in,
)
from ancam.web import clock
from ancam.web.holdings import held_by
from ancam.web.replies import Forbidden

IN_2023 = datetime(2023, 2, 10, 3, 0, tzinfo=UTC)
PERIOD = ReportFacts(date(2026, 11, 1), ON, "BC-X")


@dataclass
class Divided:
    old: Agency
    police: Agency
    science: Agency
    by: Person
    holder: Person
    document: Document

    def given(self, kind: DutyKind, agency: Agency | None = None) -> Assignment:
        obligation = make_confirmed(self.document, kind=kind)
        return make_assignment(obligation, agency or self.old, assigned_at=IN_2023)


@pytest.fixture
def divided(province: Agency) -> Divided:
    """Sở TT&TT held work of 2023 and was divided in 2025: security to the police, technology to science."""
    names = {"so_tttt": "Sở Thông tin và Truyền thông", "cong_an_tinh": "Công an tỉnh", "so_khcn": "Sở KH và CN"}
    old, police, science = (make_agency(province, name, tier=Tier.PROVINCE, kind=kind) for kind, name in names.items())
    by, holder = make_person(Role.ADMINISTRATOR, province), officer_of(province)
    document = make_document(province, holder, signed_on=date(2023, 2, 1), state=DocumentState.TRACKED)
    return Divided(old, police, science, by, holder, document)


def divide(world: Divided, **settled) -> None:
    at = clock.now()
    facts = ReorganisationFacts("Sắp xếp các sở năm 2025", date(2025, 3, 1), "15/NQ-HĐND")
    made = propose_reorganisation(owner=Agency.objects.get(depth=1), facts=facts, by=world.by, at=at)
    add_predecessor(reorganisation=made, agency=world.old, by=world.by, at=at)
    for agency in (world.police, world.science):
        add_successor(reorganisation=made, agency=agency, by=world.by, at=at)
    functions = {"an_ninh_mang": world.police, "cntt_vien_thong": world.science}
    settlement = Settlement(ends=True, keeper=world.science, functions=functions, **settled)
    settle_predecessor(reorganisation=made, agency=world.old, settlement=settlement, by=world.by, at=at)
    schedule_reorganisation(reorganisation=made, by=world.by, at=at)


def confirm(assignment: Assignment, agency: Agency, by: Person) -> Assignment:
    return confirm_answering(assignment=assignment, agency=agency, by=by, at=AT)


def page_of(obligation: Obligation, person: Person) -> str:
    return signed_in(person).get(reverse("obligation", args=[obligation.pk])).content.decode()


def test_a_duty_of_2023_shows_who_answers_today_and_why(divided):
    security = divided.given(DutyKind.APPROVE)
    divide(divided)

    page = page_of(security.obligation, divided.holder)

    assert "Nay ai trả lời" in page
    assert "nay do Công an tỉnh trả lời theo việc tổ chức lại" in page
    assert "An ninh mạng, an toàn thông tin mạng" in page
    assert "15/NQ-HĐND" in page


def test_a_duty_of_no_single_function_shows_the_candidates(divided):
    general = divided.given(DutyKind.OTHER)
    divide(divided)

    page = page_of(general.obligation, divided.holder)

    assert "không có một cơ quan kế thừa duy nhất" in page
    assert [agency.name for agency in answering_now([general], ON)[0].candidates] == ["Công an tỉnh", "Sở KH và CN"]


def test_who_is_confirmed_sees_the_duty_reports_on_it_and_is_answered(divided):
    security = divided.given(DutyKind.APPROVE)
    divide(divided)
    officer = officer_of(divided.police)
    unseen = assignments(officer).count()

    confirmed = confirm(security, divided.police, divided.holder)

    assert unseen == 0
    assert list(assignments(officer)) == [confirmed]
    assert documents(officer).get().given == 1
    period = confirmed.periods.get()
    assert list(home(officer, ON).overdue) + list(home(officer, ON).next) + list(home(officer, ON).later) == [period]
    report = submit_progress(period=period, facts=ProgressFacts(100, "Đã thẩm định xong."), by=officer, at=AT)
    assert list(reports_of(period)) == [report]
    assert Entry.objects.last().agency_name == "Công an tỉnh"
    accept_progress(report=report, by=divided.holder, at=AT)
    assert DuePeriod.objects.get().state == PeriodState.ACCEPTED


def test_the_report_of_who_is_confirmed_names_both_and_that_of_the_keeper_leaves_it_out(divided):
    security, network = divided.given(DutyKind.APPROVE), divided.given(DutyKind.TELECOM_CHECK)
    divide(divided)
    confirm(security, divided.police, divided.holder)
    confirm(network, divided.science, divided.holder)

    def rows(agency: Agency) -> list[str]:
        by = officer_of(agency)
        return [
            row.leads
            for row in progress_report_values(document=divided.document, agency=agency, facts=PERIOD, by=by).rows
        ]

    assert rows(divided.police) == ["Sở Thông tin và Truyền thông (nay: Công an tỉnh)"]
    assert rows(divided.science) == ["Sở Thông tin và Truyền thông (nay: Sở KH và CN)"]


def test_the_confirmation_is_in_the_ledger_with_its_grounds_and_is_made_once(divided):
    security = divided.given(DutyKind.APPROVE)
    divide(divided)

    confirm(security, divided.police, divided.holder)
    lines = Entry.objects.count()
    confirm(security, divided.police, divided.holder)

    line = Entry.objects.last()
    assert Entry.objects.count() == lines
    assert line.action == "directives.confirm_answering"
    assert line.change["after"] == {"answering_agency": "Công an tỉnh"}
    assert line.change["grounds"] == ["Sắp xếp các sở năm 2025"]
    assert f"{divided.holder.full_name} xác nhận ngày 20/11/2026" in page_of(security.obligation, divided.holder)


def test_until_it_is_confirmed_the_keeper_carries_it(divided):
    divided.given(DutyKind.APPROVE)
    divide(divided)
    keeper, security = officer_of(divided.science), Assignment.objects.select_related("agency").get()

    lists = home(keeper, ON)
    carried = [*lists.overdue, *lists.next, *lists.later]
    submit_progress(period=security.periods.get(), facts=ProgressFacts(40, "Đang bàn giao hồ sơ."), by=keeper, at=AT)
    confirm(security, divided.police, divided.holder)

    assert carried == [security.periods.get()]
    with pytest.raises(Forbidden):
        submit_progress(period=DuePeriod.objects.get(), facts=ProgressFacts(50, "Vẫn bàn giao."), by=keeper, at=AT)


def test_who_keeps_the_records_of_an_ended_holder_acts_on_its_letters(divided):
    letter = make_document(divided.old, officer_of(divided.old), state=DocumentState.TRACKED)
    duty = make_assignment(make_confirmed(letter), divided.old)
    divide(divided)
    keeper, outsider = officer_of(divided.science), officer_of(divided.police)

    withdrawn = withdraw_assignment(assignment=duty, reason="Cơ quan đã kết thúc.", by=keeper, at=AT)

    assert withdrawn.state == AssignmentState.WITHDRAWN
    with pytest.raises(Forbidden):
        withdraw_assignment(assignment=duty, reason="Không phải của tôi.", by=outsider, at=AT)
    rows = progress_report_values(document=letter, agency=divided.science, facts=PERIOD, by=keeper).rows
    assert rows == ()


def test_only_who_the_rule_names_is_confirmed(divided, province):
    security = divided.given(DutyKind.APPROVE)
    other = make_agency(province)
    standing = divided.given(DutyKind.APPROVE, other)
    divide(divided)

    for assignment, agency in ((security, divided.science), (security, other), (standing, divided.police)):
        with pytest.raises(NotAnswering):
            confirm(assignment, agency, divided.holder)
    with pytest.raises(Forbidden):
        confirm(security, divided.police, officer_of(divided.police))
    withdraw_assignment(assignment=security, reason="Giao lại.", by=divided.holder, at=AT)
    with pytest.raises(WrongState):
        confirm(security, divided.police, divided.holder)


def test_where_the_rule_knows_nobody_any_agency_that_can_be_given_work_is_confirmed(divided):
    duty = divided.given(DutyKind.APPROVE)
    Agency.objects.filter(pk=divided.old.pk).update(ends_on=date(2025, 2, 28))

    page = page_of(duty.obligation, divided.holder)
    confirmed = confirm(duty, divided.police, divided.holder)

    assert "chưa ghi cơ quan kế thừa" in page
    assert confirmed.answering_agency == divided.police


def test_the_page_confirms_with_one_button_and_refuses_what_is_not_offered(divided):
    security = divided.given(DutyKind.APPROVE)
    divide(divided)
    address = reverse("assignment_answering", args=[security.pk])
    client = signed_in(divided.holder)

    refused = client.post(address, {"agency": divided.science.pk})
    nothing = client.post(address, {})
    done = client.post(address, {"agency": divided.police.pk})

    assert [refused.status_code, nothing.status_code] == [422, 422]
    assert done["Location"] == reverse("obligation", args=[security.obligation_id])
    assert client.get(address).status_code == 405
    assert "nay: Công an tỉnh" in signed_in(divided.holder).get(reverse("assignments")).content.decode()
    assert "nay do Công an tỉnh trả lời" in client.get(reverse("assignment", args=[security.pk])).content.decode()


def test_who_may_not_confirm_and_who_does_not_see(divided, commune):
    security = divided.given(DutyKind.APPROVE)
    divide(divided)
    address = reverse("assignment_answering", args=[security.pk])

    keeper = signed_in(officer_of(divided.science)).post(address, {"agency": divided.police.pk})
    outsider = signed_in(officer_of(commune)).post(address, {"agency": divided.police.pk})

    assert (keeper.status_code, outsider.status_code) == (403, 404)


def test_what_a_reorganisation_touches_is_counted_for_its_preview(divided):
    divided.given(DutyKind.APPROVE)
    make_document(divided.old, officer_of(divided.old))

    found = held_by(divided.by, Agency.objects.filter(pk=divided.old.pk).order_by().values("pk"))

    assert [held.count for held in found] == [1, 1, 0]
    assert found[0].hits[0].note == "Sở Thông tin và Truyền thông"


def test_a_page_of_many_assignments_asks_as_often_as_one_of_few(divided, django_assert_max_num_queries):
    given = [divided.given(DutyKind.APPROVE) for _ in range(30)]
    divide(divided)
    rows = list(assignments(divided.holder).filter(pk__in=[one.pk for one in given]))

    with django_assert_max_num_queries(4):
        assert len(answering_now(rows, ON)) == 30


def test_a_confirmation_has_its_person_and_its_moment(divided):
    security = divided.given(DutyKind.APPROVE)

    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=security.pk).update(answering_agency=divided.police)


def test_support_is_named_too_and_the_day_of_naming_is_the_earlier_one(divided):
    duty = make_assignment(make_confirmed(divided.document), divided.old, part=Part.SUPPORT)

    assert duty.given_on == date(2023, 2, 1)
    duty.obligation.document.signed_on = ON + timedelta(days=1)
    assert duty.given_on == ON


def test_the_page_of_a_duty_of_many_moved_agencies_asks_as_often_as_that_of_few(divided, province):
    duty = divided.given(DutyKind.APPROVE).obligation
    divide(divided)
    client = signed_in(divided.holder)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("obligation", args=[duty.pk]))
        assert page.content.decode().count("<option") >= 2 * (duty.assignments.count() - 1)
        return len(queries)

    def ended(count: int) -> None:
        for _ in range(count):
            agency = make_agency(province)
            Agency.objects.filter(pk=agency.pk).update(ends_on=date(2025, 6, 30))
            make_assignment(duty, agency, assigned_at=IN_2023)

    ended(2)
    few = asked()
    ended(6)

    assert asked() <= few
