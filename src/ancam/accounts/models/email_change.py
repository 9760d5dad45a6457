"""A change of the e-mail with which a person signs in, until the new address answers."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from ancam.accounts.models.person import Person


class EmailChangeQuerySet(models.QuerySet["EmailChange"]):
    """Changes of e-mail, some of which wait."""

    def waiting(self, at: datetime) -> Self:
        """Return those that can still be confirmed."""
        return self.filter(confirmed_at=None, expires_at__gt=at)


class EmailChange(models.Model):
    """A new e-mail that waits to be confirmed. Only the digest of its token is kept.

    It stays for a while after it is confirmed, so that the old address is told however late its mail goes out.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="email_changes")
    asked_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    old_email = models.EmailField()
    new_email = models.EmailField()
    digest = models.CharField(max_length=64, unique=True)
    by_mail = models.BooleanField()
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    old_told_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    objects = EmailChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(confirmed_at=None), name="accounts_email_change_one_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.asked_at:%d/%m/%Y}"
