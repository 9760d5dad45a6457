"""Small makers of agencies and people, for the tests of every room."""

from itertools import count

from ancam.accounts.models import Agency, Membership, Person, Role, Tier
from ancam.accounts.services import first_administrator_link
from ancam.audit.services import begin_instance
from ancam.web import clock

PASSWORD = "con-mèo-trèo-cây-cau"
# What a form sends of an agency that does not exist yet.
NEW_AGENCY = {"name": "Sở Y tế tỉnh Đông Sơn", "kind": "so_yte", "place": "Đông Sơn", "symbol": "SYT"}
_numbers = count(1)


def make_root(name: str = "Ủy ban nhân dân tỉnh Đông Sơn") -> Agency:
    """Return the root agency of an instance that has begun: the ledger holds its first line."""
    begin_instance(at=clock.now())
    facts = {"name": name, "kind": "ubnd_tinh", "tier": Tier.PROVINCE, "place": "Đông Sơn", "symbol": "UBND"}
    root: Agency = Agency.objects.add_root(facts)
    return root


def make_agency(parent: Agency, name: str = "", *, tier: Tier = Tier.COMMUNE, kind: str = "ubnd_xa") -> Agency:
    """Return a new agency under `parent`; without a name it gets one of its own."""
    parent.refresh_from_db()
    name = name or f"Ủy ban nhân dân xã Số {next(_numbers)}"
    facts = {"name": name, "kind": kind, "tier": tier, "place": name.rpartition("nhân dân ")[2], "symbol": "UBND"}
    agency: Agency = Agency.objects.add_child(parent, facts)
    return agency


def make_person(role: Role | None, agency: Agency | None, *, name: str = "", email: str = "") -> Person:
    """Return someone who holds `role` at `agency` and signs in with `PASSWORD`; no role when it is None."""
    number = next(_numbers)
    person = Person(full_name=name or f"Nguyễn Văn Số {number}", email=email or f"so{number}@dongson.example")
    person.set_password(PASSWORD)
    person.save()
    if role is not None:
        Membership.objects.create(person=person, agency=agency, role=role)
    return person


def make_first_link() -> str:
    """Return the token of the first administrator's link on an instance that has just begun."""
    begin_instance(at=clock.now())
    token = first_administrator_link(at=clock.now())
    assert token is not None
    return token
