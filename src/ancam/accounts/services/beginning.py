"""The beginning of an instance: its root agency and its first administrator."""

from datetime import datetime

from django.db import transaction

from ancam.accounts.errors import AlreadyBegun
from ancam.accounts.models import Agency, Membership, Person, Role
from ancam.accounts.services.agencies import AgencyFacts, agency_columns
from ancam.accounts.services.links import open_link
from ancam.accounts.services.people import PersonFacts, make_person
from ancam.audit.services import Action, record

REGISTER_INSTANCE = Action("accounts.register_instance", "Đăng ký cơ quan vận hành hệ thống")


def register_instance(
    *, token: str, agency: AgencyFacts, administrator: PersonFacts, password: str, at: datetime
) -> Person:
    """Make the root agency and its administrator, and use up the link.

    Raises `LinkRefused` for a token that is unknown or too old, `AlreadyBegun` when an administrator exists.
    """
    with transaction.atomic():
        link = open_link(token, at)
        if link.person is not None or Person.objects.exists():
            raise AlreadyBegun()
        root = Agency.objects.add_root(agency_columns(agency))
        person = make_person(administrator, password)
        Membership.objects.create(person=person, agency=root, role=Role.ADMINISTRATOR)
        link.delete()
        change = {"agency": root.name, "kind": root.kind, "place": root.place}
        record(by=person.as_actor(root), action=REGISTER_INSTANCE, subject=root.as_subject(), change=change, at=at)
    return person
