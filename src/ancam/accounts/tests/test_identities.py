"""An administrator unbinds someone from single sign-on."""

import pytest
from django.test import Client
from django.urls import reverse

from ancam.accounts.errors import NothingToUnbind
from ancam.accounts.models import Agency, ExternalIdentity, Membership, Person, Role
from ancam.accounts.services import clear_identities
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.pages import english_on
from ancam.audit.models import Entry
from ancam.web import clock
from ancam.web.replies import Forbidden

ISSUERS = ["https://mot.example", "https://saml.example"]


@pytest.fixture
def bound(officer: Person) -> Person:
    """An officer who is known to two providers."""
    for issuer in ISSUERS:
        ExternalIdentity.objects.create(person=officer, issuer=issuer, subject="can-bo-7", bound_at=clock.now())
    return officer


def test_an_administrator_unbinds_someone_and_their_sessions_end(as_administrator: Client, bound: Person) -> None:
    theirs = signed_in_as(bound)
    address = reverse("identities_clear", args=[bound.pk])

    assert address in as_administrator.get(reverse("person", args=[bound.pk])).content.decode()
    page = as_administrator.get(address)
    done = as_administrator.post(address, follow=True)

    assert all(issuer in page.content.decode() for issuer in ISSUERS)
    assert english_on(page) == []
    assert "Đã bỏ gắn tài khoản đăng nhập một lần của người dùng." in done.content.decode()
    assert address not in done.content.decode()
    assert not ExternalIdentity.objects.exists()
    assert theirs.get(reverse("profile")).status_code == 302
    line = Entry.objects.get(action="accounts.clear_identities")
    assert (line.object_id, line.change) == (str(bound.pk), {"issuers": ISSUERS, "sessions_ended": 1})
    assert ISSUERS[0] in as_administrator.get(reverse("ledger_line", args=[line.number])).content.decode()


def test_only_who_administers_every_agency_unbinds(
    as_outsider: Client,
    commune_administrator: Person,
    outsider: Person,
    other_commune: Agency,
    bound: Person,
) -> None:
    Membership.objects.create(person=bound, agency=other_commune, role=Role.READER)
    address = reverse("identities_clear", args=[bound.pk])

    assert signed_in_as(bound).post(address).status_code == 403
    assert signed_in_as(commune_administrator).post(address).status_code == 403
    with pytest.raises(Forbidden):
        clear_identities(person=bound, by=outsider, at=clock.now())
    assert ExternalIdentity.objects.count() == 2


def test_nobody_elsewhere_learns_of_it(as_outsider: Client, bound: Person) -> None:
    address = reverse("identities_clear", args=[bound.pk])

    assert (as_outsider.get(address).status_code, as_outsider.post(address).status_code) == (404, 404)
    assert ExternalIdentity.objects.count() == 2


def test_there_may_be_nothing_to_unbind(as_administrator: Client, administrator: Person, officer: Person) -> None:
    page = as_administrator.get(reverse("identities_clear", args=[officer.pk]))

    assert page.status_code == 422
    assert "chưa gắn tài khoản đăng nhập một lần nào" in page.content.decode()
    assert as_administrator.put(reverse("identities_clear", args=[officer.pk])).status_code == 405
    with pytest.raises(NothingToUnbind):
        clear_identities(person=officer, by=administrator, at=clock.now())
