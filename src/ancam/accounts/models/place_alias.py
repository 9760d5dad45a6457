"""Local names of places, which no list of the state holds."""

from typing import Any

from django.db import models

from ancam.audit.services import Subject
from ancam.kit.folding import squeeze
from ancam.kit.places import blind_key


class PlaceAlias(models.Model):
    """What people here call a place of today, for everyone on this instance: `thị trấn cũ`, an abbreviation.

    `place_code` is the place's code in `reference/places.yaml`; `key` the name without diacritics, once. Who wrote it
    down stands in the ledger alone: not everyone may see that person.
    """

    name = models.CharField("Tên gọi", max_length=120)
    key = models.CharField(max_length=240, unique=True, editable=False)
    place_code = models.CharField("Mã đơn vị hành chính", max_length=5)
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = "tên gọi địa phương"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save in NFC with the key by which it is found."""
        self.name = squeeze(self.name)
        self.key = blind_key(self.name)
        super().save(*args, **kwargs)

    def as_subject(self) -> Subject:
        """Return the local name as the ledger names it."""
        return Subject("accounts.place_alias", str(self.pk), self.name)
