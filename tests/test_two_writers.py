"""Several processes write at once: the ledger stays one chain without gaps, on both databases."""

import subprocess
import sys

import pytest

from postgresql_server import start_postgresql
from running_ancam import RunningAnCam

pytestmark = pytest.mark.network

WRITERS, LINES_EACH = 4, 25
PREPARE = "from ancam.cli.django_setup import *; set_up_django(); prepare_instance()"
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
