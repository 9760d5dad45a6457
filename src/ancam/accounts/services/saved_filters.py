"""A person's own filters: kept under a name, renamed, opened with the list, removed."""

from datetime import datetime

from django.db import transaction

from ancam.accounts.errors import FilterNameTaken, NothingToSave, TooManyFilters
from ancam.accounts.models import Person, SavedFilter
from ancam.accounts.models.saved_filter import LONGEST_QUERY
from ancam.accounts.services.guards import locked_person
from ancam.audit.services import Action, record
from ancam.kit.folding import squeeze

SAVE_FILTER = Action("accounts.save_filter", "Lưu bộ lọc")
CHANGE_FILTER = Action("accounts.change_filter", "Sửa bộ lọc đã lưu")
REMOVE_FILTER = Action("accounts.remove_filter", "Xóa bộ lọc đã lưu")
MOST_FILTERS = 30


@transaction.atomic
def save_filter(*, by: Person, page: str, name: str, query: str, is_default: bool, at: datetime) -> SavedFilter:
    """Keep the conditions of a list under a name, for oneself.

    Raises `NothingToSave` without conditions, or past 2,000 characters of them; `FilterNameTaken`; `TooManyFilters`
    past thirty of one list.
    """
    person = locked_person(by)
    if not query or len(query) > LONGEST_QUERY:
        raise NothingToSave(field="name")
    if person.saved_filters.filter(page=page).count() >= MOST_FILTERS:
        raise TooManyFilters(field="name", most=MOST_FILTERS)
    made = SavedFilter(person=person, page=page, query=query)
    return _written(made, name, is_default, SAVE_FILTER, at)


@transaction.atomic
def change_filter(*, saved: SavedFilter, name: str, is_default: bool, by: Person, at: datetime) -> SavedFilter:
    """Rename one's own filter, and say whether the list opens with it. Raises `FilterNameTaken`."""
    locked_person(by)
    return _written(SavedFilter.objects.get(pk=saved.pk, person=by), name, is_default, CHANGE_FILTER, at)


@transaction.atomic
def remove_filter(*, saved: SavedFilter, by: Person, at: datetime) -> None:
    """Remove one's own filter."""
    locked_person(by)
    current = SavedFilter.objects.get(pk=saved.pk, person=by)
    current.delete()
    record(by=by.as_actor(), action=REMOVE_FILTER, subject=by.as_subject(), change=_told(current), at=at)


def _written(saved: SavedFilter, name: str, is_default: bool, action: Action, at: datetime) -> SavedFilter:
    saved.name = squeeze(name)
    others = SavedFilter.objects.filter(person=saved.person, page=saved.page).exclude(pk=saved.pk)
    if others.filter(name=saved.name).exists():
        raise FilterNameTaken(field="name", name=saved.name)
    if is_default:
        others.update(is_default=False)
    saved.is_default = is_default
    saved.save()
    person: Person = saved.person
    record(by=person.as_actor(), action=action, subject=person.as_subject(), change=_told(saved), at=at)
    return saved


def _told(saved: SavedFilter) -> dict[str, str]:
    return {"saved_filter": saved.name}
