"""Data of earlier versions, brought up to this one: nothing is lost, on both databases."""

import json

import pytest

from postgresql_server import start_postgresql
from running_ancam import RunningAnCam

pytestmark = [pytest.mark.network, pytest.mark.slow]

ASSIGNED_BEFORE_PERIODS = """
import json
from ancam.cli.django_setup import *; set_up_django(); prepare_instance()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from ancam.accounts.models import Role
from ancam.accounts.tests.factories import make_agency, make_person, make_root
from ancam.directives.models import DuePeriod
from ancam.directives.tests.factories import AT, make_confirmed, make_tracked

province = make_root()
commune, officer = make_agency(province), make_person(Role.OFFICER, province)
document = make_tracked(province, 3, by=officer)
duties = [*document.obligations.all(), make_confirmed(document, cadence="monthly")]

call_command("migrate", "directives", "0002", verbosity=0)
before = MigrationLoader(connection).project_state(("directives", "0002_answering_agency"))
assignments, reports = (before.apps.get_model("directives", name).objects for name in ("Assignment", "ProgressReport"))
for duty, state, decision in zip(
    duties, ("accepted", "returned", "withdrawn", "not_started"), ("accepted", "returned", "", None), strict=True
):
    made = assignments.create(
        obligation_id=duty.pk, agency_id=commune.pk, assigned_by_id=officer.pk, assigned_at=AT, state=state,
        percentage=40, due_on=None if decision is None else duty.last_day,
    )
    if decision is not None:
        answered = {"decision": decision, "reason": "Thiếu", "decided_at": AT if decision else None}
        reports.create(assignment=made, percentage=100, text="Xong", by_id=officer.pk, at=AT, **answered)

call_command("migrate", verbosity=0)
print(json.dumps([
    [one.assignment.state, one.state, one.code, str(one.due_on), one.percentage, one.reports.count()]
    for one in DuePeriod.objects.order_by("assignment")
]))
"""


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_each_assignment_becomes_its_first_period(database, tmp_path):
    url = start_postgresql(tmp_path / "server") if database == "postgresql" else ""

    printed = RunningAnCam(tmp_path / "data", url).python(ASSIGNED_BEFORE_PERIODS)

    assert json.loads(printed) == [
        ["standing", "accepted", "1", "2026-11-30", 40, 1],
        ["standing", "returned", "1", "2026-11-30", 40, 1],
        ["withdrawn", "submitted", "1", "2026-11-30", 40, 1],
        ["standing", "not_started", "2026-11", "2026-11-30", 40, 0],
    ]


ISSUED_IN_ONE_STEP = """
import json
from datetime import UTC, date, datetime
from ancam.cli.django_setup import *; set_up_django(); prepare_instance()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from ancam.accounts.models import Role
from ancam.accounts.tests.factories import make_agency, make_person, make_root
from ancam.papers.models import Paper

province = make_root()
commune, officer = make_agency(province), make_person(Role.OFFICER, province)
call_command("migrate", "papers", "0001", verbosity=0)
before = MigrationLoader(connection).project_state(("papers", "0001_begin"))
ISSUED = ((province, 7, date(2026, 11, 20)), (commune, 7, date(2026, 3, 1)), (province, 7, date(2025, 1, 2)))
for agency, number, day in ISSUED:
    before.apps.get_model("papers", "Paper").objects.create(
        agency_id=agency.pk, template="progress-report/1", title="Báo cáo", number=number, symbol="BC-UBND",
        issued_on=day,
        inputs={"kỳ": 1}, file_digest="a" * 64, file_size_bytes=9, ledger_head="3:" + "b" * 64,
        issued_by_id=officer.pk, issued_at=datetime(2026, 11, 20, 2, tzinfo=UTC), search_key="07/bc-ubnd bao cao",
    )

call_command("migrate", verbosity=0)
print(json.dumps([
    [one.state, str(one), one.drafted_by_id == officer.pk, one.drafted_at == one.issued_at]
    + [one.approved_by_id, one.inputs]
    + [one.register_entry.year, one.register_entry.number, one.register_entry.agency_id == one.agency_id]
    for one in Paper.objects.order_by("pk")
]))
"""


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_papers_issued_in_one_step_keep_all_and_stand_in_the_register(database, tmp_path):
    url = start_postgresql(tmp_path / "server") if database == "postgresql" else ""

    printed = RunningAnCam(tmp_path / "data", url).python(ISSUED_IN_ONE_STEP)

    issued = ["issued", True, True, None, {"kỳ": 1}, 7, True]
    assert [[*line[:1], *line[2:6], *line[7:]] for line in json.loads(printed)] == [issued] * 3
    assert [(line[1], line[6]) for line in json.loads(printed)] == [
        ("07/BC-UBND ngày 20/11/2026", 2026),
        ("07/BC-UBND ngày 01/03/2026", 2026),
        ("07/BC-UBND ngày 02/01/2025", 2025),
    ]
