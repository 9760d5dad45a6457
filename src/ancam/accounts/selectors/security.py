"""How a person signs in: their second factors."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.db.models import QuerySet

from ancam.accounts import rules
from ancam.accounts.models import Person

APP, CODES, KEY = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES, Authenticator.Type.WEBAUTHN


@dataclass(frozen=True, slots=True)
class Passkey:
    """A key as its owner knows it."""

    pk: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Security:
    """What protects an account. `codes_left` is None without recovery codes."""

    app_added_at: datetime | None
    app_used_at: datetime | None
    passkeys: list[Passkey]
    codes_left: int | None
    is_demanded: bool

    @property
    def has_second_factor(self) -> bool:
        """Tell whether a password alone does not open the account."""
        return self.app_added_at is not None or bool(self.passkeys)


def security_of(person: Person) -> Security:
    """Return what protects the person's account. One query beside their roles."""
    found = list(Authenticator.objects.filter(user=person).order_by("pk"))
    app = next((one for one in found if one.type == APP), None)
    codes = next((one for one in found if one.type == CODES), None)
    return Security(
        app_added_at=app.created_at if app else None,
        app_used_at=app.last_used_at if app else None,
        passkeys=[Passkey(k.pk, k.wrap().name, k.created_at, k.last_used_at) for k in found if k.type == KEY],
        codes_left=len(RecoveryCodes(codes).get_unused_codes()) if codes else None,
        is_demanded=second_factor_demanded(person),
    )


def second_factors(person: Person) -> QuerySet[Authenticator]:
    """Return what the person can sign in with beside the password; recovery codes only stand in for these."""
    factors: QuerySet[Authenticator] = Authenticator.objects.filter(user=person, type__in=[APP, KEY])
    return factors


def passkeys(person: Person) -> QuerySet[Authenticator]:
    """Return the person's own keys."""
    keys: QuerySet[Authenticator] = Authenticator.objects.filter(user=person, type=KEY)
    return keys


def second_factor_demanded(person: Person) -> bool:
    """Tell whether a role that counts for the person today demands a second factor."""
    roles = (membership.role for membership in person.current_memberships)
    return rules.must_have_second_factor(roles, settings.SECOND_FACTOR_ROLES)


def lacks_second_factor(person: Person) -> bool:
    """Tell whether the person must set up a second factor before anything else. At most one query beside the roles."""
    return second_factor_demanded(person) and not second_factors(person).exists()
