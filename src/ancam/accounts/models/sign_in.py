"""Where people are signed in, how they reset a forgotten password, and as whom another house knows them."""

from django.db import models

from ancam.accounts.models.person import Person


class Device(models.Model):
    """A browser in which a person is signed in; it goes with its session."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    agent = models.CharField(max_length=300, blank=True)
    address = models.GenericIPAddressField(null=True)
    signed_in_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person} · {self.signed_in_at:%d/%m/%Y}"


class PasswordReset(models.Model):
    """A link sent by mail to who forgot their password. Only the digest of its token is kept."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="password_reset")
    digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person} · {self.expires_at:%d/%m/%Y}"


class ExternalIdentity(models.Model):
    """As whom the provider of single sign-on knows a person: its name for itself, and its lasting id for them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="external_identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    bound_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="accounts_external_identity_once"),
            models.UniqueConstraint(fields=["issuer", "person"], name="accounts_external_identity_one_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.issuer}"
