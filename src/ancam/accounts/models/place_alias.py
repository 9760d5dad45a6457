"""Local names of places, which no list of the state holds."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from ancam.accounts.models.agency import Agency
from ancam.accounts.models.person import Person
from ancam.audit.services import Subject
from ancam.kit.folding import squeeze
from ancam.kit.places import blind_key


class PlaceAliasQuerySet(models.QuerySet["PlaceAlias"]):
    """Local names, limited to those that a person may read."""

    def holding_for(self, person: Person) -> Self:
        """Return those that hold for the person: of the person's agencies and of every agency above these."""
        paths = {agency.path for agency in person.agencies_as()}
        above = {path[:end] for path in paths for end in range(Agency.steplen, len(path) + 1, Agency.steplen)}
        return self.filter(agency__path__in=above)

    def visible_to(self, person: Person) -> Self:
        """Return those that hold for the person, and those of agencies below."""
        return self.filter(Q(pk__in=self.holding_for(person).values("pk")) | person.scope("agency__path"))


class PlaceAlias(models.Model):
    """What people of an agency and of what is under it call a place of today: `thị trấn cũ`, an abbreviation.

    It holds there alone; one written for the root holds everywhere.

    `place_code` is the place's code in `reference/places.yaml`; `key` the name without diacritics, once. Who wrote it
    down stands in the ledger alone: not everyone may see that person.
    """

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", verbose_name="Cơ quan")
    name = models.CharField("Tên gọi", max_length=120)
    key = models.CharField(max_length=240, editable=False)
    place_code = models.CharField("Mã đơn vị hành chính", max_length=5)
    added_at = models.DateTimeField()

    objects = PlaceAliasQuerySet.as_manager()

    class Meta:
        verbose_name = "tên gọi địa phương"
        ordering = ["key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "agency"],
                name="accounts_place_alias_once",
                violation_error_message="Cơ quan này đã ghi tên gọi đó.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save in NFC with the key by which it is found."""
        self.name = squeeze(self.name)
        self.key = blind_key(self.name)
        super().save(*args, **kwargs)

    def as_subject(self) -> Subject:
        """Return the local name as the ledger names it."""
        return Subject("accounts.place_alias", str(self.pk), self.name, (str(self.agency_id),))
