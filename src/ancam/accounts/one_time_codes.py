"""Codes that an authenticator app shows (RFC 6238): six digits, a new one every 30 seconds."""

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

STEP_S = 30
# A phone's clock is seldom right to the second: the code before and the one after are taken too (RFC 6238, 5.2).
STEPS_ASIDE = 1


def new_secret() -> str:
    """Return a fresh secret of 160 bits, in the base 32 that apps take."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def step_at(at: datetime) -> int:
    """Return the number of the 30-second step that holds this instant."""
    return int(at.timestamp()) // STEP_S


def code_of(secret: str, step: int) -> str:
    """Return the six digits of a step. Source: RFC 4226, 5.3, with SHA-1 as every app computes it."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    place = digest[-1] & 0x0F
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFF_FFFF
    return f"{number % 1_000_000:06}"


def step_of(secret: str, code: str, *, at: datetime, after: int = 0) -> int | None:
    """Return the step that this code belongs to, among those near `at` and later than `after`; None when there is none.

    Whoever keeps the step and passes it as `after` next time takes no code twice.
    """
    now = step_at(at)
    for step in range(max(now - STEPS_ASIDE, after + 1), now + STEPS_ASIDE + 1):
        if hmac.compare_digest(code_of(secret, step).encode(), code.encode()):
            return step
    return None


def app_address(secret: str, *, issuer: str, name: str) -> str:
    """Return the otpauth: address that an app reads from a picture."""
    return f"otpauth://totp/{quote(f'{issuer}:{name}')}?secret={secret}&issuer={quote(issuer)}"
