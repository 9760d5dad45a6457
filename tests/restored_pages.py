"""Run as a program over an instance: fill it with the cast's world, or print what its administrator reads.

`world FILE` makes the world and writes down the addresses of every page; `pages FILE` prints each page's digest by
address, without what differs from one visit to the next.
"""

import hashlib
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import time_machine

from ancam.cli.django_setup import prepare_instance, set_up_django

# What tells about processes that run, not about the instance.
NOT_COMPARED = {"/healthz"}


def fill(file: Path) -> None:
    """Make the world and write down its administrator and its addresses."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    from cast import make_world
    from test_whose_eyes import addresses

    PBKDF2PasswordHasher.iterations = 1  # nobody signs in with these passwords
    world = make_world()
    written = {"administrator": world.people["administrator"].pk, "addresses": addresses(world)}
    file.write_text(json.dumps(written))


def pages(file: Path) -> dict[str, str]:
    """Return, for each address, its answer's code and the digest of what was read."""
    from django.test import Client

    from ancam.accounts.models import Person

    written = json.loads(file.read_text())
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    person = Person.objects.get(pk=written["administrator"])
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    compared = [address for address in written["addresses"] if address not in NOT_COMPARED]
    return {address: _answer(client.get(address)) for address in compared}


def _answer(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"', b"", body)
    body = re.sub(rb"&quot;X-CSRFToken&quot;: &quot;\w+&quot;", b"", body)
    return f"{response.status_code} {hashlib.sha256(body).hexdigest()}"


if __name__ == "__main__":
    set_up_django()
    if sys.argv[1] == "world":
        prepare_instance()
        fill(Path(sys.argv[2]))
    else:
        # One instant for both visits: a page tells when its reader last came in.
        with time_machine.travel(datetime(2026, 12, 1, 8, tzinfo=UTC), tick=False):
            print(json.dumps(pages(Path(sys.argv[2]))))
