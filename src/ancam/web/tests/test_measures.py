"""A kind of obligation is measured by one room, and by evidence it can show."""

from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from ancam.accounts.models import Agency
from ancam.web.measures import Measure, Measures

DAYS = {"since": date(2026, 1, 1), "until": date(2026, 12, 31), "on": date(2026, 11, 20)}


def counted(numerator: int, denominator: int) -> Measure:
    return Measure(numerator, denominator, "hệ thống", lambda person: Agency.objects.none())


@pytest.fixture
def registry() -> Measures:
    """A registry of the test's own."""
    return Measures()


def test_until_a_room_registers_a_kind_it_is_declared_only(registry):
    assert registry.measured_by("classify") == ""
    assert registry.measure("classify", None, **DAYS) is None


def test_a_room_measures_its_kind_from_evidence(registry):
    asked = []
    registry.register("classify", "dossiers", lambda *of: asked.append(of) or counted(3, 4))

    found = registry.measure("classify", "UBND xã An Bình", **DAYS)

    assert (registry.measured_by("classify"), found.percentage) == ("dossiers", 75)
    assert asked == [("UBND xã An Bình", *DAYS.values())]


def test_a_second_room_for_one_kind_stops_the_start(registry):
    registry.register("classify", "dossiers", lambda *of: counted(0, 0))

    with pytest.raises(ImproperlyConfigured, match="dossiers"):
        registry.register("classify", "controls", lambda *of: counted(0, 0))
