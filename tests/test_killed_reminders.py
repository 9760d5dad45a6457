"""A week of reminders in a process that is killed again and again: nothing is missing and nothing comes twice."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from email.message import EmailMessage
from pathlib import Path

import pytest

from postgresql_server import start_postgresql
from running_ancam import RunningAnCam
from smtp_sink import SmtpSink, smtp_sink

pytestmark = [pytest.mark.slow, pytest.mark.network]

WORKER = Path(__file__).with_name("week_of_reminders.py")
KILLS, WORKERS = 10, 3
COMMUNES = 6
# From Friday 20/11 to the end of Friday 27/11/2026; Tuesday 24/11 is a holiday.
FRIDAY = ["1:before-30", "2:before-1", "3:late-1"]
MONDAY = ["1:before-7", "2:day", "3:late-2", "4:before-30"]
LAST_DAY = ["1:before-1"]
WEEK = [*FRIDAY, *MONDAY, *LAST_DAY]
MARKED_AS_SENT = '"notifications_mail" SET "sent_at"'
FILL = f"""
from ancam.cli.django_setup import *; set_up_django()
from django.conf import settings; settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from datetime import date, datetime, UTC
from ancam.accounts.models import Delegation, Membership, Role
from ancam.accounts.tests.factories import make_agency, make_person, make_root
from ancam.directives.tests.factories import make_period, make_tracked
from ancam.notifications.models import Preference
root = make_root()
given = datetime(2026, 10, 1, 2, tzinfo=UTC)
days = [date(2026, 11, 30), date(2026, 11, 23), date(2026, 11, 9), date(2026, 12, 24)]
duties = [make_tracked(root).obligations.get() for _ in days]
for number in range({COMMUNES}):
    commune = make_agency(root)
    officer = make_person(Role.OFFICER, commune, email=f"officer{{number}}@dongson.example")
    make_person(Role.LEADER, commune, email=f"leader{{number}}@dongson.example")
    for duty, due_on in zip(duties, days):
        make_period(duty, commune, due_on=due_on, begins_on=given.date(), assigned_at=given)
    if number == 0:
        deputy = make_person(Role.READER, commune, email="deputy@dongson.example")
        Delegation.objects.create(giver=officer, stand_in=deputy, agency=commune, role=Role.OFFICER, made_at=given,
                                  begins_on=date(2026, 11, 23), ends_on=date(2026, 11, 25))
    if number == 1:
        for kind, channel in (("reminder", "at_once"), ("late", "none")):
            Preference.objects.create(person=officer, kind=kind, channel=channel)
    if number == 2:
        officer.language = "en"; officer.save()
        Preference.objects.create(person=officer, kind="reminder", channel="weekly")
"""
AT_ONCE = """
from ancam.cli.django_setup import *; set_up_django()
from datetime import datetime
from ancam.directives.tests.to_the_end import remind
from ancam.notifications import outbox
from ancam.web.clock import VIETNAM
at = datetime(2026, 11, 23, 8, tzinfo=VIETNAM)
print("ready", flush=True); input()
remind(at=at)
while outbox.make_mails(at): pass
while outbox.send_waiting(at): pass
"""
TOLD = """
from ancam.cli.django_setup import *; set_up_django()
import json
from ancam.notifications.models import Mail, Notice
due = ["2026-11-30", "2026-11-23", "2026-11-09", "2026-12-24"]
def named(key):
    _period, _pk, day, stage = key.split(":")
    return f"{due.index(day) + 1}:{stage}"
rows = Notice.objects.values_list("person__email", "key", "made_at")
print(json.dumps({"told": [(email, named(key), f"{at:%m-%d}") for email, key, at in rows],
                  "unsent": Mail.objects.filter(sent_at=None).count()}))
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Path:
    """The data of an instance whose communes have work to do."""
    made = RunningAnCam(tmp_path_factory.mktemp("filled") / "data")
    made.prepare()
    made.python(FILL)
    return made.data_folder


@pytest.fixture
def sink(tmp_path):
    with smtp_sink(tmp_path) as running:
        yield running


def instance_of(data: Path, sink: SmtpSink, database_url: str = "") -> RunningAnCam:
    settings = {"ANCAM_EMAIL_URL": sink.url(), "SSL_CERT_FILE": str(sink.certificate)}
    return RunningAnCam(data, database_url, settings=settings)


def run(instance: RunningAnCam, *acts: int, words: str = "") -> dict[str, int]:
    """Run through the week, killed after so many acts each time; return how often that was, and the last one's acts."""
    command = [sys.executable, str(WORKER), words, *map(str, acts)]
    done = subprocess.run(command, env=instance.environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def mails(sink: SmtpSink) -> list[EmailMessage]:
    """Return the mails that came, each once: what comes again under its Message-ID says the same."""
    by_id: dict[str, EmailMessage] = {}
    for message in sink.messages:
        first = by_id.setdefault(message["Message-ID"], message)
        assert (first["To"], first["Subject"], first.get_content()) == (
            message["To"],
            message["Subject"],
            message.get_content(),
        )
    return list(by_id.values())


def check_week(instance: RunningAnCam, sink: SmtpSink) -> None:
    """Fail unless each person was told, and sent, exactly what the week brings."""
    found = json.loads(instance.python(TOLD))
    told = Counter((email.partition("@")[0], what) for email, what, _day in found["told"])
    wanted = Counter((f"{role}{n}", what) for role in ("officer", "leader") for n in range(COMMUNES) for what in WEEK)
    wanted += Counter((f"leader{n}", "3:escalated") for n in range(COMMUNES))
    wanted += Counter(("deputy", what) for what in MONDAY)
    assert told == wanted
    assert {day for _email, _what, day in found["told"]} == {"11-19", "11-22", "11-26"}  # midnight, in UTC

    digests = {
        "AnCam: 3 thông báo ngày 20/11/2026",
        "AnCam: 4 thông báo ngày 23/11/2026",
        "AnCam: Còn 3 ngày, hạn 30/11/2026",
    }
    sent = sorted((message["To"].partition("@")[0], message["Subject"].strip()) for message in mails(sink))
    usual = [(f"{who}{n}", one) for who in ("officer", "leader") for n in range(COMMUNES) for one in digests]
    special = [pair for pair in usual if pair[0] not in ("officer0", "officer1", "officer2")]
    special += [(f"leader{n}", "AnCam: Quá hạn 14 ngày (hạn 09/11/2026)") for n in range(COMMUNES)]
    # Whose deputy is told from the 23rd to the 25th; who wants reminders at once and nothing of what is late; and who
    # reads English and wants reminders each week.
    special += [("deputy", "AnCam: 4 thông báo ngày 23/11/2026")]
    special += [("officer0", "AnCam: 3 thông báo ngày 20/11/2026"), ("officer0", "AnCam: Còn 3 ngày, hạn 30/11/2026")]
    special += [("officer1", "AnCam: 2 thông báo ngày 20/11/2026"), ("officer1", "AnCam: 3 thông báo ngày 23/11/2026")]
    special += [("officer1", "AnCam: Còn 3 ngày, hạn 30/11/2026")]
    assert [pair for pair in sent if pair[0] != "officer2"] == sorted(special)
    assert len([pair for pair in sent if pair[0] == "officer2"]) == 3
    assert found["unsent"] == 0


@pytest.fixture(scope="module")
def acts(tmp_path_factory, filled) -> int:
    """How many acts the week takes when nothing is killed; that week is checked too."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with smtp_sink(folder) as sink:
        instance = instance_of(Path(shutil.copytree(filled, folder / "data")), sink)
        ended = run(instance)
        check_week(instance, sink)
    assert ended["kills"] == 0 and len(sink.messages) == len(mails(sink))
    return ended["acts"]


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_killed_at_ten_points_of_a_week_nothing_is_missing_and_nothing_comes_twice(
    database, tmp_path, filled, acts, sink
):
    if database == "postgresql":
        instance = instance_of(tmp_path / "data", sink, start_postgresql(tmp_path / "server"))
        instance.prepare()
        instance.python(FILL)
    else:
        instance = instance_of(Path(shutil.copytree(filled, tmp_path / "data")), sink)
    seed = int(os.environ.get("ANCAM_TEST_SEED") or random.randrange(1_000_000))
    points = sorted(random.Random(seed).sample(range(1, acts), KILLS))
    print(f"ANCAM_TEST_SEED={seed}: killed at {points} of {acts} acts")

    ended = run(instance, *(point - before for before, point in zip([0, *points], points, strict=False)))

    assert ended["kills"] == KILLS
    check_week(instance, sink)
    assert len(sink.messages) - len(mails(sink)) <= KILLS


def test_a_mail_that_the_server_took_before_the_kill_comes_again_under_its_message_id(tmp_path, filled, sink):
    instance = instance_of(Path(shutil.copytree(filled, tmp_path / "data")), sink)

    ended = run(instance, 1, 2, 3, words=MARKED_AS_SENT)

    check_week(instance, sink)
    assert (ended["kills"], len(sink.messages) - len(mails(sink))) == (3, 3)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_several_workers_at_once_send_each_mail_once(database, tmp_path, filled, sink):
    if database == "postgresql":
        instance = instance_of(tmp_path / "data", sink, start_postgresql(tmp_path / "server"))
        instance.prepare()
        instance.python(FILL)
    else:
        instance = instance_of(Path(shutil.copytree(filled, tmp_path / "data")), sink)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    workers = [
        subprocess.Popen([sys.executable, "-c", AT_ONCE], env=instance.environment, **pipes) for _ in range(WORKERS)
    ]
    assert [worker.stdout.readline() for worker in workers] == ["ready\n"] * WORKERS

    for worker in workers:
        worker.stdin.write("\n")
        worker.stdin.flush()
    for worker in workers:
        worker.communicate(timeout=120)

    assert [worker.returncode for worker in workers] == [0] * WORKERS
    found = json.loads(instance.python(TOLD))
    told = Counter(email.partition("@")[0] for email, what, _day in found["told"] if what in MONDAY)
    wanted = {f"{role}{n}": len(MONDAY) for role in ("officer", "leader") for n in range(COMMUNES)}
    assert told == Counter(wanted | {"deputy": len(MONDAY)})
    sent = [message["To"].partition("@")[0] for message in sink.messages]
    assert len(sent) == len(mails(sink)) and found["unsent"] == 0
    assert set(sent) == set(told) - {"officer0"}  # the deputy stands in for that one
