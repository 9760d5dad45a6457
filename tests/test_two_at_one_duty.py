"""Two people act on one duty at once: who waited for the other acts on what then stands, on both databases."""

import subprocess
import sys

import pytest

from postgresql_server import start_postgresql
from running_ancam import RunningAnCam
from waiting import wait_until

pytestmark = [pytest.mark.network, pytest.mark.slow]

PREPARE = """
from ancam.cli.django_setup import *; set_up_django(); prepare_instance()
from ancam.accounts.tests.factories import make_agency, make_root
from ancam.directives.tests.factories import make_assignment, make_tracked, officer_of
root = make_root()
commune, other = make_agency(root, "Xã An Bình"), make_agency(root, "Xã Bàu Sen")
officer_of(commune)
make_assignment(make_tracked(root, 1, by=officer_of(root)).obligations.get(), commune)
"""
# One of two who act at once: says when it has seen the duty and what came of its act; the first commits when told to.
ACTS = """
from ancam.cli.django_setup import set_up_django; set_up_django()
from datetime import date
from django.db import transaction
from ancam.accounts.models import Agency, Person
from ancam.directives.due_rules import DueDay
from ancam.directives.models import Document, DuePeriod
from ancam.directives.services import ProgressFacts, ScheduleFacts, set_schedule, submit_progress
from ancam.web import clock
from ancam.web.replies import Forbidden
period = DuePeriod.objects.select_related("assignment__agency", "assignment__answering_agency").get()
duty, holder = period.assignment.obligation, Document.objects.get().uploaded_by
officer = Person.objects.get(memberships__agency__name="Xã An Bình")
def reports():
    submit_progress(period=period, facts=ProgressFacts(100, "Xong"), by=officer, at=clock.now())
def moves():
    days = (DueDay("by", date(2027, 1, 31)),)
    set_schedule(obligation=duty, facts=ScheduleFacts(due_days=days, ground="Công văn 9"), by=holder, at=clock.now())
def answers():
    given = period.assignment
    given.answering_agency = Agency.objects.get(name="Xã Bàu Sen")
    given.answering_confirmed_by, given.answering_confirmed_at = holder, clock.now()
    given.save()
print("sees", flush=True)
try:
    with transaction.atomic():
        {act}()
        print("done", flush=True)
        {wait}
except Forbidden:
    print("forbidden", flush=True)
"""
BLOCKED = """
from ancam.cli.django_setup import set_up_django; set_up_django()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
    print(cursor.fetchone()[0])
"""
STANDS = """
from ancam.cli.django_setup import set_up_django; set_up_django()
from ancam.directives.models import DuePeriod
period = DuePeriod.objects.get()
print(period.state, period.due_on, period.reports.count())
"""


@pytest.mark.parametrize(
    ("first", "second", "heard", "stands"),
    [
        ("answers", "reports", "forbidden", "not_started 2026-11-30 0"),
        ("reports", "moves", "done", "submitted 2026-11-30 1"),
        ("moves", "reports", "done", "submitted 2027-01-31 1"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_who_waited_acts_on_what_then_stands(database, first, second, heard, stands, tmp_path):
    url = start_postgresql(tmp_path / "server") if database == "postgresql" else ""
    instance = RunningAnCam(tmp_path / "data", url)
    instance.python(PREPARE)

    holds = actor(instance, first, "input()")
    assert [holds.stdout.readline() for _ in range(2)] == ["sees\n", "done\n"]
    waits = actor(instance, second, "")
    assert waits.stdout.readline() == "sees\n"
    assert database == "sqlite" or wait_until(lambda: instance.python(BLOCKED).strip() != "0")
    holds.communicate("\n", timeout=120)

    assert waits.communicate(timeout=120)[0].strip() == heard
    assert (holds.returncode, waits.returncode) == (0, 0)
    assert instance.python(STANDS).strip() == stands


def actor(instance: RunningAnCam, act: str, wait: str) -> "subprocess.Popen[str]":
    code = ACTS.format(act=act, wait=wait)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, "-c", code], env=instance.environment, **pipes)
