"""The filters that a person keeps for a list."""

from django.db.models import QuerySet

from ancam.accounts.models import Person, SavedFilter


def saved_filters(person: Person, page: str = "") -> QuerySet[SavedFilter]:
    """Return the person's own filters, by name: of one list, or of all."""
    own = SavedFilter.objects.all().visible_to(person)
    return own.filter(page=page) if page else own.order_by("page", "name", "pk")


def default_query(person: Person, page: str) -> str:
    """Return the conditions with which the person has a list open, empty for none. One query."""
    return saved_filters(person, page).filter(is_default=True).values_list("query", flat=True).first() or ""
