"""Passkeys: the exchange between a browser and the server, whose challenge waits in the session."""

import json
import struct
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from ancam.accounts.errors import KeyRefused
from ancam.accounts.models import Person

# What the library raises on an answer that is not one: it takes apart bytes that anyone may send.
NOT_AN_ANSWER = (ValidationError, ValueError, TypeError, KeyError, IndexError, AttributeError, struct.error)

Answer = dict[str, Any]
Result = TypeVar("Result")


def options_to_add(person: Person) -> str:
    """Return, as JSON, what the browser needs to make a key that signs in by itself."""
    return _as_json(auth.begin_registration(person, passwordless=True))


def options_to_use(person: Person | None) -> str:
    """Return, as JSON, what the browser needs to use a key of this person, or of whoever shows theirs."""
    return _as_json(auth.begin_authentication(person))


def require_new_key(answer: Answer) -> None:
    """Raise `KeyRefused` unless the answer proves a new key whose holder the device has checked."""

    def check() -> bool:
        auth.parse_registration_response(answer)
        return bool(auth.complete_registration(answer).is_user_verified())

    if not _understood(check):
        raise KeyRefused()


def holder_named_in(answer: Answer) -> Person:
    """Return whose key the answer says it is: a claim, until `key_used` has checked it. Raises `KeyRefused`."""
    holder: Person = _understood(lambda: auth.extract_user_from_response(answer))
    return holder


def key_used(person: Person, answer: Answer) -> Authenticator:
    """Return the person's key that signed the challenge. Raises `KeyRefused`."""

    def check() -> Authenticator:
        auth.parse_authentication_response(answer)
        return auth.complete_authentication(person, answer)

    return _understood(check)


def _understood(read: Callable[[], Result]) -> Result:
    try:
        return read()
    except NOT_AN_ANSWER as exc:
        raise KeyRefused() from exc


def _as_json(options: Any) -> str:
    return json.dumps(options, default=dict)
