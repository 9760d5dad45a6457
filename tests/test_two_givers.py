"""The holder and an assigned agency give one agency the same duty at once: it has it once, on both databases."""

import subprocess
import sys

import pytest

from postgresql_server import start_postgresql
from running_ancam import RunningAnCam

pytestmark = pytest.mark.network

PREPARE = """
from ancam.cli.django_setup import *; set_up_django(); prepare_instance()
from ancam.accounts.tests.factories import make_agency, make_root
from ancam.directives.tests.factories import make_assignment, make_tracked, officer_of
root = make_root()
commune = make_agency(root, "Xã An Bình")
unit = make_agency(commune, "Phòng Kinh tế")
holder = officer_of(root)
officer_of(commune)
make_assignment(make_tracked(root, 1, by=holder).obligations.get(), commune)
"""
# One of two who give at once: says when it is about to, and how much it gave; the first commits when it is told to.
GIVES = """
from ancam.cli.django_setup import set_up_django; set_up_django()
from django.db import transaction
from ancam.accounts.models import Agency, Person
from ancam.directives.models import Assignment, Document, Part
from ancam.directives.services import BelowFacts, assign, give_below
from ancam.web import clock
document, unit = Document.objects.get(), Agency.objects.get(name="Phòng Kinh tế")
officer = lambda name: Person.objects.get(memberships__agency__name=name)
print("sees", flush=True)
with transaction.atomic():
    made = {act}
    print(len(made), flush=True)
    {wait}
"""
BY_HOLDER = (
    "assign(document=document, obligations=list(document.obligations.all()), agencies=[unit], part=Part.LEAD,"
    " by=document.uploaded_by, at=clock.now())"
)
BY_AGENCY = (
    "give_below(assignment=Assignment.objects.get(agency__name='Xã An Bình'), agencies=[unit], facts=BelowFacts(),"
    " by=officer('Xã An Bình'), at=clock.now())"
)
COUNT = """
from ancam.cli.django_setup import set_up_django; set_up_django()
from ancam.directives.models import Assignment
print(Assignment.objects.filter(agency__name="Phòng Kinh tế").count())
"""


@pytest.mark.slow
@pytest.mark.parametrize("acts", [(BY_HOLDER, BY_AGENCY), (BY_AGENCY, BY_HOLDER)])
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_two_who_give_one_agency_the_same_duty_at_once_give_it_once(database, acts, tmp_path):
    url = start_postgresql(tmp_path / "server") if database == "postgresql" else ""
    instance = RunningAnCam(tmp_path / "data", url)
    instance.python(PREPARE)

    first = giver(instance, acts[0], "input()")
    assert [first.stdout.readline() for _ in range(2)] == ["sees\n", "1\n"]
    second = giver(instance, acts[1], "")
    assert second.stdout.readline() == "sees\n"
    first.communicate("\n", timeout=120)
    heard = second.communicate(timeout=120)[0].strip()

    assert (first.returncode, second.returncode, heard) == (0, 0, "0")
    assert instance.python(COUNT).strip() == "1"


def giver(instance: RunningAnCam, act: str, wait: str) -> "subprocess.Popen[str]":
    code = GIVES.format(act=act, wait=wait)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, "-c", code], env=instance.environment, **pipes)
