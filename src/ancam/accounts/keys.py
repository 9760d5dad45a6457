"""Passkeys: the exchange between a browser and the server, whose challenge waits in the session for its own purpose."""

import json
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, TypeVar

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from ancam.accounts.errors import KeyRefused
from ancam.accounts.models import Person

# What the library raises on an answer that is not one: it takes apart bytes that anyone may send.
NOT_AN_ANSWER = (ValidationError, ValueError, TypeError, KeyError, IndexError, AttributeError, struct.error)

Answer = dict[str, Any]
Result = TypeVar("Result")


class Purpose(StrEnum):
    """What a challenge is for. Its answer is good for nothing else: not each asks the device to check its holder."""

    ADD = "key_to_add"
    SIGN_IN = "key_to_sign_in"
    CONFIRM = "key_to_confirm"


def options_to_add(person: Person) -> str:
    """Return, as JSON, what the browser needs to make a key that signs in by itself."""
    return _asked(Purpose.ADD, auth.begin_registration(person, passwordless=True))


def options_to_sign_in() -> str:
    """Return, as JSON, what the browser needs to sign in whoever shows their key and is checked by its device."""
    return _asked(Purpose.SIGN_IN, auth.begin_authentication())


def options_to_confirm(person: Person) -> str:
    """Return, as JSON, what the browser needs to use a key of this person beside their password."""
    return _asked(Purpose.CONFIRM, auth.begin_authentication(person))


def require_new_key(answer: Answer) -> None:
    """Raise `KeyRefused` unless the answer proves a new key whose holder the device has checked."""

    def check() -> bool:
        auth.parse_registration_response(answer)
        return bool(auth.complete_registration(answer).is_user_verified())

    with _challenge_of(Purpose.ADD):
        if not _understood(check):
            raise KeyRefused()


def holder_named_in(answer: Answer) -> Person:
    """Return whose key the answer says it is: a claim, until `key_signing_in` has checked it. Raises `KeyRefused`."""
    holder: Person = _understood(lambda: auth.extract_user_from_response(answer))
    return holder


def key_signing_in(person: Person, answer: Answer) -> Authenticator:
    """Return the person's key that signed the challenge alone. Raises `KeyRefused`, also when nobody was checked."""

    def check() -> tuple[bool, Authenticator]:
        seen = auth.parse_authentication_response(answer).response.authenticator_data
        return seen.is_user_verified(), auth.complete_authentication(person, answer)

    with _challenge_of(Purpose.SIGN_IN):
        is_checked, key = _understood(check)
    if not is_checked:
        raise KeyRefused()
    return key


def key_confirming(person: Person, answer: Answer) -> Authenticator:
    """Return the person's key that signed the challenge beside their password. Raises `KeyRefused`."""

    def check() -> Authenticator:
        auth.parse_authentication_response(answer)
        return auth.complete_authentication(person, answer)

    with _challenge_of(Purpose.CONFIRM):
        return _understood(check)


def _asked(purpose: Purpose, options: Any) -> str:
    """Return the options as JSON, their challenge laid by for its purpose: the library keeps one for all."""
    context.request.session[purpose.value] = auth.get_state()
    auth.clear_state()
    return json.dumps(options, default=dict)


@contextmanager
def _challenge_of(purpose: Purpose) -> Iterator[None]:
    """Give the library the challenge of this purpose, which is used up by one answer, right or wrong."""
    auth.set_state(context.request.session.pop(purpose.value, None))
    try:
        yield
    finally:
        auth.clear_state()


def _understood(read: Callable[[], Result]) -> Result:
    try:
        return read()
    except NOT_AN_ANSWER as exc:
        raise KeyRefused() from exc
