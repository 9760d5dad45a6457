"""The conditions of a list that a person keeps under a name."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models.person import Person

LONGEST_QUERY = 2000


class SavedFilterQuerySet(VisibleQuerySet):
    """Saved filters that can be limited to what a person may see."""

    def visible_to(self, person: "Person") -> Self:
        """Return the person's own: nobody else reads or uses them."""
        return self.filter(person=person)


class SavedFilter(models.Model):
    """Conditions that a person keeps. `page` is the name of a saved list; `query` the part of an address behind `?`.

    What it finds is asked anew each time, of what the person may see then.
    """

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="saved_filters")
    page = models.CharField(max_length=30)
    name = models.CharField("Tên bộ lọc", max_length=80)
    query = models.CharField(max_length=LONGEST_QUERY)
    is_default = models.BooleanField("Mở cùng danh sách", default=False)

    objects = models.Manager.from_queryset(SavedFilterQuerySet)()

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "page", "name"],
                name="accounts_saved_filter_name_once",
                violation_error_message="Đã có bộ lọc mang tên này.",
            ),
            models.UniqueConstraint(
                fields=["person", "page"],
                condition=Q(is_default=True),
                name="accounts_saved_filter_one_default",
                violation_error_message="Mỗi danh sách chỉ có một bộ lọc mở cùng.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
