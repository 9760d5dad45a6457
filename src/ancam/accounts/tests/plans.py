"""A reorganisation as it is planned: Sở Thông tin và Truyền thông between the police and Sở Khoa học và Công nghệ."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from ancam.accounts.models import Agency, Person, Reorganisation, Tier
from ancam.accounts.services import (
    AgencyFacts,
    ReorganisationFacts,
    Settlement,
    add_predecessor,
    add_successor,
    propose_reorganisation,
    schedule_reorganisation,
    settle_predecessor,
)
from ancam.accounts.tests.factories import make_agency
from ancam.web import clock

# A new department of the same name, that is made for a reorganisation.
NEW = AgencyFacts("Sở Khoa học và Công nghệ", "so_khcn", "province", "Đông Sơn", "SKHCN")
TODAY = clock.today()
PAST, FUTURE = date(2025, 3, 1), TODAY + timedelta(days=30)


@dataclass
class Plan:
    """A draft with one that ends and two that receive."""

    reorganisation: Reorganisation
    old: Agency
    police: Agency
    science: Agency
    by: Person

    def settle(self, **changed: Any) -> None:
        """Let security go to the police, the rest to science, unless said otherwise."""
        settlement = Settlement(
            ends=True,
            keeper=self.science,
            functions={"an_ninh_mang": self.police, "cntt_vien_thong": self.science},
        )
        settle_predecessor(
            reorganisation=self.reorganisation,
            agency=self.old,
            settlement=replace(settlement, **changed),
            by=self.by,
            at=clock.now(),
        )

    def schedule(self) -> Reorganisation:
        """Put it on the calendar; one whose day has come is applied at once."""
        return schedule_reorganisation(reorganisation=self.reorganisation, by=self.by, at=clock.now())


def make_department(root: Agency, name: str, kind: str) -> Agency:
    """Return a new department of the province."""
    return make_agency(root, name, tier=Tier.PROVINCE, kind=kind)


def make_plan(root: Agency, by: Person, *, effective_on: date = PAST) -> Plan:
    """Return a draft in which nothing is settled yet."""
    old = make_department(root, "Sở Thông tin và Truyền thông", "so_tttt")
    police = make_department(root, "Công an tỉnh", "cong_an_tinh")
    science = make_department(root, "Sở Khoa học và Công nghệ", "so_khcn")
    facts = ReorganisationFacts("Sắp xếp các sở", effective_on, "15/NQ-HĐND", date(2025, 2, 20))
    at = clock.now()
    made = propose_reorganisation(owner=root, facts=facts, by=by, at=at)
    add_predecessor(reorganisation=made, agency=old, by=by, at=at)
    for agency in (police, science):
        add_successor(reorganisation=made, agency=agency, by=by, at=at)
    return Plan(made, old, police, science, by)


def refreshed(agency: Agency) -> Agency:
    """Return the agency as it stands now."""
    return Agency.objects.get(pk=agency.pk)
