"""What is declared of a duty stands beside what is measured, and the difference is shown."""

from datetime import date

import pytest
from django.urls import reverse

from ancam.accounts.models import Agency
from ancam.directives.models import DutyKind, PeriodState
from ancam.directives.selectors import Declared, compared
from ancam.directives.tests.factories import AT, make_assignment, make_confirmed, make_tracked
from ancam.web.clock import day_of
from ancam.web.measures import Measure, Measures

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


def periods(duty):
    return [period for one in duty.assignments.all() for period in one.periods.all()]


def test_a_kind_that_a_room_measures_shows_the_difference(duty, province, registry):
    measured, declared_only = compared(duty, province, periods(duty), TODAY, registry)

    assert (measured.declared, measured.measured.percentage, measured.difference) == (Declared(1, 2), 25, 25)
    assert (declared_only.kind, declared_only.measured, declared_only.difference) == (DutyKind.APPROVE, None, None)


def test_nothing_to_measure_and_nothing_begun_are_no_hundred_percent(duty, province):
    registry = Measures()
    registry.register("classify", "papers", lambda *of: Measure(0, 0, "hệ thống", lambda person: Agency.objects.none()))

    nothing, _approve = compared(duty, province, [], date(2020, 1, 1), registry)

    assert (nothing.declared.percentage, nothing.measured.percentage, nothing.difference) == (None, None, None)


def test_what_does_not_apply_is_not_counted_as_left_to_do(duty, province, registry):
    duty.assignments.last().periods.update(state=PeriodState.NOT_APPLICABLE)

    measured, _approve = compared(duty, province, periods(duty), TODAY, registry)

    assert measured.declared == Declared(1, 1)


def test_the_duty_shows_that_it_is_declared_only_until_a_room_measures(office, duty):
    page = office.get(reverse("obligation", args=[duty.pk])).content.decode()

    assert "1/2 kỳ đã xác nhận (50%)" in page
    assert "Chưa có nguồn đo: chỉ theo khai báo" in page
