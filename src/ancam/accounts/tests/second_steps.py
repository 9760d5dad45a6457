"""A person's authenticator app, and the step after the password in which its code is asked for."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from ancam.accounts.models import Person
from ancam.accounts.one_time_codes import code_of, new_secret, step_at
from ancam.accounts.services import add_totp
from ancam.web import clock


def current_code(secret: str) -> str:
    """Return the code that an app shows now."""
    return code_of(secret, step_at(clock.now()))


def next_code(secret: str) -> str:
    """Return the code that comes next, which is taken too, so that a test need not wait after using one."""
    return code_of(secret, step_at(clock.now()) + 1)


def with_app(person: Person) -> tuple[str, list[str]]:
    """Give the person an app; return its secret and the recovery codes."""
    secret = new_secret()
    added = add_totp(person=person, secret=secret, code=current_code(secret), kept="", at=clock.now())
    return secret, added.recovery_codes


def answer(client: Client, code: str) -> Any:
    """Send a code in the second step."""
    return client.post(reverse("mfa_authenticate"), {"code": code}, REMOTE_ADDR="10.1.1.1")


def secret_on(page: Any) -> str:
    """Return the secret that a page shows for an app to be added."""
    found = re.search(r'totp-secret">(.*?)</p>', page.content.decode(), re.DOTALL)
    assert found
    return re.sub(r"\s", "", found.group(1))
