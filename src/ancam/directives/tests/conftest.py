"""A small province for this room's tests: a committee that holds letters, and two communes under it."""

import pytest
from django.test import Client

from ancam.accounts.models import Agency, Person
from ancam.accounts.tests.factories import make_agency, make_root
from ancam.directives.models import Assignment, Document, DuePeriod
from ancam.directives.tests.factories import (
    make_assignment,
    make_document,
    make_obligation,
    make_tracked,
    officer_of,
    signed_in,
)


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


@pytest.fixture
def office(holder) -> Client:
    """The browser of the officer who holds the letters."""
    return signed_in(holder)


@pytest.fixture
def in_review(province, holder) -> Document:
    """A letter under review with one proposed duty, whose words stand in it."""
    document = make_document(province, holder)
    make_obligation(document, "Phổ biến Chỉ thị số 23/CT-TTg")
    return document


@pytest.fixture
def assignment(province, commune, holder) -> Assignment:
    """The one duty of a tracked letter, given to the commune."""
    return make_assignment(make_tracked(province, 1, by=holder).obligations.get(), commune)


@pytest.fixture
def period(assignment) -> DuePeriod:
    """The one period of the commune's assignment."""
    period: DuePeriod = assignment.periods.get()
    return period
