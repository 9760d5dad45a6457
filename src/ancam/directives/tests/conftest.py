"""A small province for this room's tests: a committee that holds letters, and two communes under it."""

import pytest

from ancam.accounts.models import Agency, Person
from ancam.accounts.tests.factories import make_agency, make_root
from ancam.directives.tests.factories import officer_of


@pytest.fixture
def province(db) -> Agency:
    return make_root()


@pytest.fixture
def commune(province) -> Agency:
    return make_agency(province, "Ủy ban nhân dân xã An Bình")


@pytest.fixture
def other_commune(province) -> Agency:
    return make_agency(province, "Ủy ban nhân dân xã Bàu Sen")


@pytest.fixture
def holder(province) -> Person:
    """An officer of the agency that holds the letters."""
    return officer_of(province)


@pytest.fixture
def assignee(commune) -> Person:
    """An officer of the commune that is given work."""
    return officer_of(commune)


@pytest.fixture
def outsider(other_commune) -> Person:
    """An officer of a commune that has nothing to do with it."""
    return officer_of(other_commune)
