"""The base of every queryset that reaches a person."""

from typing import Any, Self

from django.db import models


class VisibleQuerySet(models.QuerySet[Any]):
    """A queryset that knows which of its rows a person may see.

    Each room's querysets answer `visible_to`; selectors start from it. There is no default: a model that forgot
    would show everything.
    """

    def visible_to(self, person: Any) -> Self:
        """Return the rows that this person may see, filtered in SQL. `person` is a room's `Person`, above this one."""
        raise NotImplementedError(f"{type(self).__name__} must say who sees its rows")
