"""Several processes write at once: the ledger stays one chain without gaps, on both databases."""

import subprocess
import sys
from itertools import chain

import pytest

from postgresql_server import start_postgresql
from running_ancam import RunningAnCam

pytestmark = pytest.mark.network

WRITERS, LINES_EACH = 4, 25
PREPARE = "from ancam.cli.django_setup import *; set_up_django(); prepare_instance()"
ROUNDS = 10
ASK = f"""
{PREPARE}
from ancam.accounts.models import Role
from ancam.accounts.services import ask_email_change
from ancam.accounts.tests.factories import make_agency, make_person, make_root
from ancam.web import clock
root = make_root()
administrator = make_person(Role.ADMINISTRATOR, root)
for number in range({ROUNDS}):
    for person in (make_person(Role.READER, root), make_person(Role.READER, root)):
        email = f"moi{{number}}@dongson.example"
        token = ask_email_change(person=person, new_email=email, by=administrator, by_mail=False, at=clock.now())
        print(person.pk, token)
"""
CONFIRM = """
import sys
from ancam.cli.django_setup import set_up_django; set_up_django()
from ancam.accounts.errors import AddressTaken
from ancam.accounts.models import Person
from ancam.accounts.services import confirm_email_change
from ancam.web import clock
for pk, token in zip(sys.argv[1::2], sys.argv[2::2]):
    try:
        confirm_email_change(token=token, by=Person.objects.get(pk=pk), kept="", at=clock.now())
        print("changed")
    except AddressTaken:
        print("taken")
"""
WRITE = f"""
from ancam.cli.django_setup import set_up_django; set_up_django()
from django.db import transaction
from ancam.audit.services import SYSTEM, Action, Subject, record
from ancam.web import clock
for number in range({LINES_EACH}):
    with transaction.atomic():
        subject = Subject("tests.line", str(number), "dòng")
        record(by=SYSTEM, action=Action("tests.write", "Ghi thử"), subject=subject, at=clock.now())
"""


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_lines_written_at_once_make_one_chain(database, tmp_path):
    url = start_postgresql(tmp_path / "server") if database == "postgresql" else ""
    instance = RunningAnCam(tmp_path / "data", url)
    instance.python(PREPARE)

    command = [sys.executable, "-c", WRITE]
    writers = [subprocess.Popen(command, env=instance.environment) for _ in range(WRITERS)]
    codes = [writer.wait(60) for writer in writers]

    verified = instance.command("audit", "verify")
    assert codes == [0] * WRITERS
    assert verified.stdout.startswith(f"{2 + WRITERS * LINES_EACH}:")


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_of_two_who_confirm_one_address_at_once_one_has_it_and_the_other_is_told(database, tmp_path):
    url = start_postgresql(tmp_path / "server") if database == "postgresql" else ""
    instance = RunningAnCam(tmp_path / "data", url)
    asked = [line.split() for line in instance.python(ASK).splitlines()]

    both = [
        subprocess.Popen(
            [sys.executable, "-c", CONFIRM, *chain.from_iterable(asked[first::2])],
            env=instance.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for first in (0, 1)
    ]
    said = [one.communicate(timeout=60)[0].split() for one in both]

    assert [sorted(pair) for pair in zip(*said, strict=True)] == [["changed", "taken"]] * ROUNDS
