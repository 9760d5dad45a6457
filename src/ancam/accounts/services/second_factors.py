"""Second factors: an authenticator app, passkeys, recovery codes. Each change leaves its line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts import selectors
from ancam.accounts.errors import (
    AppAdded,
    CodeRefused,
    KeyNameTaken,
    NoSecondFactor,
    NothingToClear,
    SecondFactorNeeded,
    TooManyKeys,
)
from ancam.accounts.lockout import forget_codes
from ancam.accounts.models import Person
from ancam.accounts.one_time_codes import step_of
from ancam.accounts.sealed import SECOND_FACTORS
from ancam.accounts.selectors.security import APP, CODES, KEY
from ancam.accounts.services.devices import end_devices
from ancam.accounts.services.guards import locked_person, require_administrator_of_all
from ancam.audit.services import Action, record

ADD_APP = Action("accounts.add_totp", "Thêm ứng dụng tạo mã")
REMOVE_APP = Action("accounts.remove_totp", "Gỡ ứng dụng tạo mã")
ADD_PASSKEY = Action("accounts.add_passkey", "Thêm khóa truy cập")
RENAME_PASSKEY = Action("accounts.rename_passkey", "Đổi tên khóa truy cập")
REMOVE_PASSKEY = Action("accounts.remove_passkey", "Gỡ khóa truy cập")
RENEW_CODES = Action("accounts.renew_recovery_codes", "Tạo lại mã dự phòng")
USE_RECOVERY_CODE = Action("accounts.use_recovery_code", "Đăng nhập bằng mã dự phòng")
CLEAR_SECOND_FACTORS = Action("accounts.clear_second_factors", "Gỡ xác thực hai lớp của người dùng")

MOST_PASSKEYS = 10


@dataclass(frozen=True, slots=True)
class Added:
    """What was added; the recovery codes that were made with it, empty when the person had some."""

    authenticator: Authenticator
    recovery_codes: list[str]


@transaction.atomic
def add_totp(*, person: Person, secret: str, code: str, kept: str, at: datetime) -> Added:
    """Let the person sign in with the app that shows this code of this secret.

    The first factor ends their sessions but `kept`: those began with less. Raises `AppAdded` when they have one, or
    `CodeRefused`.
    """
    person = locked_person(person)
    if Authenticator.objects.filter(user=person, type=APP).exists():
        raise AppAdded()
    step = step_of(secret, code, at=at)
    if step is None:
        raise CodeRefused(field="code")
    change = _sessions_ended_by_first(person, kept)
    app = TOTP.activate(person, secret).instance
    _keep_step(app, step, at)
    codes = first_recovery_codes(person)
    change["recovery_codes"] = len(codes)
    record(by=person.as_actor(), action=ADD_APP, subject=person.as_subject(), change=change, at=at)
    return Added(app, codes)


@transaction.atomic
def remove_totp(*, person: Person, at: datetime) -> None:
    """Take the app away; recovery codes go with the last factor. Does nothing without an app.

    Raises `SecondFactorNeeded`.
    """
    person = locked_person(person)
    app = Authenticator.objects.filter(user=person, type=APP).first()
    if app is not None:
        remove_factor(person, app)
        record(by=person.as_actor(), action=REMOVE_APP, subject=person.as_subject(), at=at)


@transaction.atomic
def add_passkey(*, person: Person, name: str, credential: dict[str, Any], kept: str, at: datetime) -> Added:
    """Let the person sign in with a key that has proved itself.

    The first factor ends their sessions but `kept`: those began with less. Raises `KeyNameTaken` or `TooManyKeys`.
    """
    person = locked_person(person)
    if Authenticator.objects.filter(user=person, type=KEY).count() >= MOST_PASSKEYS:
        raise TooManyKeys(most=MOST_PASSKEYS)
    _require_free_name(person, name)
    change = _sessions_ended_by_first(person, kept)
    key = WebAuthn.add(person, name, credential).instance
    codes = first_recovery_codes(person)
    change |= {"passkey": name, "recovery_codes": len(codes)}
    record(by=person.as_actor(), action=ADD_PASSKEY, subject=person.as_subject(), change=change, at=at)
    return Added(key, codes)


@transaction.atomic
def rename_passkey(*, key: Authenticator, name: str, at: datetime) -> None:
    """Call a key otherwise. Raises `KeyNameTaken`. Does nothing when it bears that name."""
    person = locked_person(key.user)
    before = key.data["name"]
    if before == name:
        return
    _require_free_name(person, name)
    key.data["name"] = name
    key.save(update_fields=["data"])
    change = {"before": before, "after": name}
    record(by=person.as_actor(), action=RENAME_PASSKEY, subject=person.as_subject(), change=change, at=at)


@transaction.atomic
def remove_passkey(*, key: Authenticator, at: datetime) -> None:
    """Take a key away; recovery codes go with the last factor. Raises `SecondFactorNeeded`."""
    person = locked_person(key.user)
    change = {"passkey": key.data["name"]}
    remove_factor(person, key)
    record(by=person.as_actor(), action=REMOVE_PASSKEY, subject=person.as_subject(), change=change, at=at)


@transaction.atomic
def renew_recovery_codes(*, person: Person, at: datetime) -> list[str]:
    """Return new recovery codes; those from before stop working. Raises `NoSecondFactor` when nothing could be lost."""
    person = locked_person(person)
    if not selectors.second_factors(person).exists():
        raise NoSecondFactor()
    Authenticator.objects.filter(user=person, type=CODES).delete()
    record(by=person.as_actor(), action=RENEW_CODES, subject=person.as_subject(), at=at)
    return first_recovery_codes(person)


@transaction.atomic
def accept_code(*, person: Person, code: str, at: datetime) -> Authenticator:
    """Return the app or the recovery codes that this code came from, and use it up. Raises `CodeRefused`."""
    person = locked_person(person)
    found = {one.type: one for one in Authenticator.objects.filter(user=person, type__in=[APP, CODES])}
    app, codes = found.get(APP), found.get(CODES)
    if app is not None:
        step = step_of(SECOND_FACTORS.unseal(app.data["secret"]), code, at=at, after=app.data.get("last_step", 0))
        if step is not None:
            _keep_step(app, step, at)
            return app
    if codes is not None and RecoveryCodes(codes).validate_code(code):
        left = len(RecoveryCodes(Authenticator.objects.get(pk=codes.pk)).get_unused_codes())
        change = {"codes_left": left}
        record(by=person.as_actor(), action=USE_RECOVERY_CODE, subject=person.as_subject(), change=change, at=at)
        return codes
    raise CodeRefused(field="code")


@transaction.atomic
def clear_second_factors(*, person: Person, by: Person, at: datetime) -> None:
    """Take away every second factor of someone who lost theirs; the next sign-in needs the password alone.

    Only who administers every agency of the person may. Raises `Forbidden`, or `NothingToClear`.
    """
    person = locked_person(person)
    actor = require_administrator_of_all(by, person, _("gỡ xác thực hai lớp"))
    factors = selectors.second_factors(person).count()
    if not factors:
        raise NothingToClear(person=person.full_name)
    Authenticator.objects.filter(user=person).delete()
    forget_codes(person)
    change = {"factors_removed": factors}
    record(by=actor, action=CLEAR_SECOND_FACTORS, subject=person.as_subject(*person.agencies), change=change, at=at)


def remove_factor(person: Person, factor: Authenticator) -> None:
    """Delete a second factor, and with the last one the recovery codes; the last that a role demands stays."""
    others = selectors.second_factors(person).exclude(pk=factor.pk).exists()
    if not others and selectors.second_factor_demanded(person):
        raise SecondFactorNeeded()
    factor.delete()
    if not others:
        Authenticator.objects.filter(user=person, type=CODES).delete()


def _sessions_ended_by_first(person: Person, kept: str) -> dict[str, Any]:
    """End the person's sessions but `kept` when they have no second factor yet; return what the line tells of it."""
    if selectors.second_factors(person).exists():
        return {}
    ended = end_devices(person.devices.exclude(session_key=kept))
    return {"sessions_ended": ended} if ended else {}


def _require_free_name(person: Person, name: str) -> None:
    if Authenticator.objects.filter(user=person, type=KEY, data__name=name).exists():
        raise KeyNameTaken(field="name", name=name)


def _keep_step(app: Authenticator, step: int, at: datetime) -> None:
    """Remember the step of the code just taken: it and those before it are not taken again, by any process."""
    app.data["last_step"] = step
    app.last_used_at = at
    app.save(update_fields=["data", "last_used_at"])


def first_recovery_codes(person: Person) -> list[str]:
    """Return recovery codes made for someone who has none; an empty list when there are some."""
    if Authenticator.objects.filter(user=person, type=CODES).exists():
        return []
    codes: list[str] = RecoveryCodes.activate(person).get_unused_codes()
    return codes
