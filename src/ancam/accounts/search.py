"""What the search in the top bar finds in this room."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ancam.accounts import selectors
from ancam.accounts.filters import agencies_named
from ancam.accounts.models import Agency, Person
from ancam.web.search import Hit, Section
from ancam.web.tables import every_word


def _agencies(person: Person, text: str) -> Any:
    return selectors.agencies(person).filter(agencies_named(text)).order_by("depth", "sort_key", "path")


def _people(person: Person, text: str) -> Any:
    return selectors.people(person).filter(every_word("search_key", text))


def _agency(agency: Agency) -> Hit:
    kind = selectors.kind_names().get(agency.kind, agency.kind)
    return Hit(agency.name, reverse("agency", args=[agency.pk]), f"{kind} · {agency.place}")


def _person(person: Any) -> Hit:
    roles = "; ".join(f"{role.get_role_display()} – {role.agency.name}" for role in person.visible_roles)
    notes = [note for note in (person.position, roles or person.email) if note]
    return Hit(person.full_name, reverse("person", args=[person.pk]), " · ".join(notes))


AGENCIES = Section(
    name="agencies",
    label=_("Cơ quan"),
    icon="building",
    place=10,
    rows=_agencies,
    hit=_agency,
    all_url=lambda text: f"{reverse('agencies')}?{urlencode({'words': text})}",
)
PEOPLE = Section(
    name="people",
    label=_("Người dùng"),
    icon="users",
    place=20,
    rows=_people,
    hit=_person,
    all_url=lambda text: f"{reverse('people')}?{urlencode({'words': text})}",
    open_to=lambda person: person.has_perm("accounts.administer_any"),
)
