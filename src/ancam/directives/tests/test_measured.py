"""What is declared of a duty stands beside what is measured, and the difference is shown."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ancam.accounts.models import Agency
from ancam.accounts.tests.factories import make_agency
from ancam.directives.models import AssignmentState, DuePeriod, DutyKind, PeriodState
from ancam.directives.selectors import Declared, compared, declared_of
from ancam.directives.tests.factories import AT, make_assignment, make_confirmed, make_tracked
from ancam.directives.views import duties
from ancam.web.clock import day_of
from ancam.web.measures import Measure, Measures, measures

TODAY = day_of(AT)


@pytest.fixture
def registry():
    """A registry in which a room measures levels: one of four systems."""
    made = Measures()
    counted = Measure(1, 4, "hệ thống", lambda person: Agency.objects.none(), ("Hai hệ thống chưa khai số camera.",))
    made.register("classify", "papers", lambda agency, since, until, on: counted)
    return made


@pytest.fixture
def duty(province, commune, other_commune, holder):
    """A duty to find the level and to approve it; of its two agencies one is done."""
    document = make_tracked(province, 0, by=holder)
    made = make_confirmed(document, kind=DutyKind.CLASSIFY, also_kinds=["approve"])
    make_assignment(made, commune, state=PeriodState.ACCEPTED)
    make_assignment(made, other_commune)
    return made


@pytest.fixture
def beside(duty, province, holder):
    """What was declared beside what the rooms of a registry measure."""

    def made(registry, on=TODAY):
        declared = declared_of(DuePeriod.objects.filter(assignment__obligation=duty), on)
        return compared(duty, province, declared, person=holder, on=on, registry=registry)

    return made


def test_a_kind_that_a_room_measures_shows_the_difference(beside, registry):
    measured, declared_only = beside(registry)

    assert (measured.declared, measured.measured.percentage, measured.difference) == (Declared(1, 2), 25, 25)
    assert (declared_only.kind, declared_only.measured, declared_only.difference) == (DutyKind.APPROVE, None, None)


def test_nothing_to_measure_and_nothing_begun_are_no_hundred_percent(beside):
    registry = Measures()
    registry.register("classify", "papers", lambda *of: Measure(0, 0, "hệ thống", lambda person: Agency.objects.none()))

    nothing, _approve = beside(registry, date(2020, 1, 1))

    assert (nothing.declared.percentage, nothing.measured.percentage, nothing.difference) == (None, None, None)


def test_what_does_not_apply_is_not_counted_as_left_to_do(duty, beside, registry):
    duty.assignments.last().periods.update(state=PeriodState.NOT_APPLICABLE)

    measured, _approve = beside(registry)

    assert measured.declared == Declared(1, 1)


def test_the_duty_shows_that_it_is_declared_only_until_a_room_measures(office, duty):
    page = office.get(reverse("obligation", args=[duty.pk])).content.decode()

    assert "1/2 kỳ đã xác nhận (50%)" in page
    assert "Chưa có nguồn đo: chỉ theo khai báo" in page


def test_the_things_behind_a_measure_are_named_and_their_list_is_opened(office, monkeypatch, duty, province):
    for number in range(21):
        make_agency(province, f"Trạm {number:02}")
    counted = Measure(
        1, 4, "hệ thống", lambda person: Agency.objects.exclude(path=province.path).order_by("sort_key"), (), "/x/"
    )
    monkeypatch.setattr(measures, "_kinds", {})  # a registry of the test's own
    measures.register("classify", "papers", lambda *of: counted)

    page = office.get(reverse("obligation", args=[duty.pk])).content.decode()

    assert "Khai báo cao hơn 25 điểm %" in page
    assert "<li>Trạm 00</li>" in page
    assert "và 3 dòng khác" in page
    assert 'href="/x/"' in page
    assert "Đo từ ngày 09/11/2026" in page


def test_what_was_done_before_a_duty_moved_on_is_still_declared(office, duty, commune):
    assignment = duty.assignments.get(agency=commune)
    assignment.state = AssignmentState.TRANSFERRED
    assignment.save()

    page = office.get(reverse("obligation", args=[duty.pk])).content.decode()

    assert "1/2 kỳ đã xác nhận (50%)" in page


def test_a_duty_of_many_agencies_shows_the_first_and_leads_to_all(office, monkeypatch, duty):
    monkeypatch.setattr(duties, "MOST_LISTED", 1)

    page = office.get(reverse("obligation", args=[duty.pk])).content.decode()

    assert page.count('<article class="work-row') == 1
    assert "Hiện 1 trong 2 phân công" in page
    assert f"/nhiem-vu/?duty={duty.pk}" in page


def test_the_page_of_a_duty_costs_the_same_whatever_its_agencies(office, duty, province):
    address = reverse("obligation", args=[duty.pk])
    office.get(address)
    with CaptureQueriesContext(connection) as few:
        office.get(address)
    for number in range(12):
        make_assignment(duty, make_agency(province, f"Xã {number:02}"))

    with CaptureQueriesContext(connection) as many:
        office.get(address)

    assert len(many) == len(few)
