"""Several processes write at once: the ledger stays one chain without gaps, on both databases."""

import subprocess
import sys
from itertools import chain

import pytest

from postgresql_server import new_database, start_postgresql
from running_ancam import RunningAnCam

pytestmark = pytest.mark.network

WRITERS, LINES_EACH = 4, 25
PREPARE = "from ancam.cli.django_setup import *; set_up_django(); prepare_instance()"
ROUNDS = 10
ASK = f"""
from ancam.cli.django_setup import set_up_django; set_up_django()
from django.contrib.auth.hashers import PBKDF2PasswordHasher
PBKDF2PasswordHasher.iterations = 1  # the passwords of those who are made here open nothing
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


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> str:
    """A server with a database `ready`, to make copies of."""
    folder = tmp_path_factory.mktemp("server")
    url = start_postgresql(folder / "server")
    RunningAnCam(folder / "data", new_database(url, "ready")).prepare()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def instance(request, tmp_path, prepared) -> RunningAnCam:
    """An instance that is ready and empty, over each database."""
    if request.param == "sqlite":
        return prepared.copy(tmp_path / "data")
    return RunningAnCam(tmp_path / "data", new_database(request.getfixturevalue("server"), tmp_path.name, "ready"))


def test_lines_written_at_once_make_one_chain(instance):
    command = [sys.executable, "-c", WRITE]
    writers = [subprocess.Popen(command, env=instance.environment) for _ in range(WRITERS)]
    codes = [writer.wait(60) for writer in writers]

    verified = instance.command("audit", "verify")
    assert codes == [0] * WRITERS
    assert verified.stdout.startswith(f"{2 + WRITERS * LINES_EACH}:")


PROVINCE = """
from ancam.cli.django_setup import set_up_django; set_up_django()
from ancam.accounts.models import Agency, Membership, Person, Role, Tier
facts = {"kind": "ubnd_xa", "tier": Tier.COMMUNE, "place": "Đông Sơn", "symbol": ""}
Membership.objects.all().delete(); Person.objects.all().delete(); Agency.objects.all().delete()
root = Agency.objects.add_root({**facts, "name": "Tỉnh Đông Sơn"})
for name in ("Cơ quan A", "Cơ quan B"):
    root.refresh_from_db()
    Agency.objects.add_child(root, {**facts, "name": name})
Agency.objects.add_child(Agency.objects.get(name="Cơ quan A"), {**facts, "name": "Đơn vị X"})
for email in ("mot@dongson.example", "hai@dongson.example"):
    person = Person(email=email, full_name=email, password="đã đặt")
    person.save()
    for role in (Role.ADMINISTRATOR, Role.READER):
        Membership.objects.create(person=person, agency=root, role=role)
"""
# One of two who act at once: says when its act is done, and commits when it is told to.
ACTS = """
from ancam.cli.django_setup import set_up_django; set_up_django()
from django.db import transaction
from ancam.accounts.errors import LastAdministrator
from ancam.accounts.models import Agency, Membership, Person, Role
from ancam.accounts.services import AgencyFacts, add_agency, move_agency, remove_role, stop_account
from ancam.web import clock
from ancam.web.replies import Forbidden
named = lambda name: Agency.objects.get(name=name)
first, second = Person.objects.order_by("pk")
of_first = Membership.objects.select_related("agency", "person").get(person=first, role=Role.ADMINISTRATOR)
child = AgencyFacts("Đơn vị con", "ubnd_xa", "commune", "Đông Sơn")
print("sees", flush=True)
try:
    with transaction.atomic():
        {act}
        print("acted", flush=True)
        {wait}
except (Forbidden, LastAdministrator):
    print("refused", flush=True)
"""
ADD = "add_agency(parent=named('Đơn vị X'), facts=child, by=first, at=clock.now())"
MOVE = "move_agency(agency=named('Đơn vị X'), parent=named('Cơ quan B'), by=first, at=clock.now())"
STOP = "stop_account(person=second, by=first, at=clock.now())"
REMOVE = "remove_role(membership=of_first, by=second, at=clock.now())"


@pytest.mark.slow
def test_two_who_act_at_once_leave_a_whole_tree_and_an_administrator(instance):
    moved, kept = "2 ([], [], [], [], []) Cơ quan B", "1 ([], [], [], [], []) Cơ quan A"
    for acts in [(ADD, MOVE), (MOVE, ADD)]:
        assert at_once(instance, *acts) == ("acted", moved)
    for acts in [(STOP, REMOVE), (REMOVE, STOP)]:
        assert at_once(instance, *acts) == ("refused", kept)


def at_once(instance: RunningAnCam, first: str, second: str) -> tuple[str, str]:
    """Return what the second heard who acted before the first had committed, and how the province stands then."""
    instance.python(PROVINCE)
    holder = actor(instance, first, "input()")
    assert [holder.stdout.readline() for _ in range(2)] == ["sees\n", "acted\n"]
    other = actor(instance, second, "")
    assert other.stdout.readline() == "sees\n"
    holder.communicate("\n", timeout=60)
    heard = other.communicate(timeout=60)[0].strip()
    assert holder.returncode == 0
    told = instance.python("""
from ancam.cli.django_setup import set_up_django; set_up_django()
from ancam.accounts.models import Agency, Membership, Role
left = Membership.objects.filter(role=Role.ADMINISTRATOR, person__is_active=True).count()
print(left, Agency.find_problems(), Agency.objects.get(name="Đơn vị X").parent.name)
""")
    return heard, told.strip()


def actor(instance: RunningAnCam, act: str, wait: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ACTS.format(act=act, wait=wait)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=instance.environment, stdin=pipe, stdout=pipe, text=True)


def test_of_two_who_confirm_one_address_at_once_one_has_it_and_the_other_is_told(instance):
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


APPROVED_PAPERS = f"""
{PREPARE}
from ancam.accounts.models import Role
from ancam.accounts.tests.factories import make_person, make_root
from ancam.papers.tests.factories import make_approved
from ancam.web import clock
root = make_root()
officer, leader = make_person(Role.OFFICER, root), make_person(Role.LEADER, root)
for _ in range({WRITERS}):
    print(make_approved(root, officer, leader, on=clock.today()).pk)
"""
ISSUE = """
import sys
from ancam.cli.django_setup import set_up_django; set_up_django()
from ancam.papers.errors import NumberTaken
from ancam.papers.models import Paper
from ancam.papers.services import issue_paper
from ancam.papers.tests import factories
from ancam.web import clock
paper = Paper.objects.get(pk=sys.argv[1])
for number in (7, 8, 9, 10):
    try:
        issue_paper(paper=paper, number=number, issued_on=clock.today(), by=paper.drafted_by, at=clock.now())
    except NumberTaken:
        continue
    print(number)
    break
"""


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_papers_issued_at_once_take_each_number_once(database, tmp_path):
    url = start_postgresql(tmp_path / "server") if database == "postgresql" else ""
    instance = RunningAnCam(tmp_path / "data", url)
    papers = instance.python(APPROVED_PAPERS).split()

    command = [sys.executable, "-c", ISSUE]
    writers = [
        subprocess.Popen([*command, paper], env=instance.environment, stdout=subprocess.PIPE, text=True)
        for paper in papers
    ]
    numbers = [writer.communicate(timeout=60)[0].strip() for writer in writers]

    assert sorted(numbers, key=int) == ["7", "8", "9", "10"]
