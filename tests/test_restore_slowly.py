"""What takes long to prove of a restore: across databases, killed at every step, from older versions."""

import io
import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ancam.keeping.age import SealedReader, SealedWriter
from ancam.keeping.archive import ArchiveWriter, read_members
from postgresql_server import database_url, start_postgresql
from running_ancam import DEMO_PASSWORD, RunningAnCam
from test_backup_restore import PASSPHRASE, kept, restore

__all__ = ["kept"]
pytestmark = [pytest.mark.network, pytest.mark.slow]

HERE = Path(__file__).resolve().parent
BEFORE_AGENCY_PERIODS = "baba57d45a250d7c9eeb104bc5793ebe1bb8506d"
"""The last state of the product before agencies had periods: its data are what an upgrade must carry on."""
BEFORE_DUE_PERIODS = "a796823595a1ffbe938485b8624ef7dbdd6989b6"
"""The last state of the product before duties had due periods: its backup is what a restore must bring forward."""


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> str:
    url = start_postgresql(tmp_path_factory.mktemp("server"))
    names = [f"ancam{number}" for number in range(5)]
    code = f"""
import psycopg
with psycopg.connect({url!r}, autocommit=True) as connection:
    for name in {names!r}: connection.execute("CREATE DATABASE " + name)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    return url


def uncounted(instance: RunningAnCam) -> dict[str, str]:
    """Return the environment without the counting of branches, whose own acts on the disk are not the restore's."""
    return {name: value for name, value in instance.environment.items() if not name.startswith("COV")}


def program(instance: RunningAnCam, *words: object) -> str:
    environment = {**instance.environment, "PYTHONPATH": f"{HERE}:{HERE.parent / 'src'}"}
    command = [sys.executable, *(str(word) for word in words)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def head_of(instance: RunningAnCam) -> str:
    verified = instance.command("audit", "verify")
    assert verified.returncode == 0, verified.stderr
    return verified.stdout.strip()


@pytest.mark.parametrize("direction", ["sqlite to postgresql", "postgresql to sqlite"])
def test_the_other_database_shows_the_same_pages_and_the_same_head(direction, tmp_path, server, kept):
    urls = ["", database_url(server, "ancam0")] if direction == "sqlite to postgresql" else [
        database_url(server, "ancam1"), ""
    ]  # fmt: skip
    source, target = RunningAnCam(tmp_path / "source", urls[0]), RunningAnCam(tmp_path / "target", urls[1])
    world, file = tmp_path / "world.json", tmp_path / "one.age"
    program(source, HERE / "restored_pages.py", "world", world)
    made = source.command("backup", str(file), "--passphrase-file", str(kept["passphrase"]))
    assert made.returncode == 0, made.stderr

    restored = restore(target, kept, file=file)

    assert restored.returncode == 0, restored.stderr
    assert head_of(target) == head_of(source)
    before, after = (json.loads(program(one, HERE / "restored_pages.py", "pages", world)) for one in (source, target))
    assert len(before) > 40
    assert {address for address in before if before[address] != after[address]} == set()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_numbers_once_given_are_not_given_again(database, tmp_path, server, kept):
    url = database_url(server, "ancam2") if database == "postgresql" else ""
    target = RunningAnCam(tmp_path / "data", url)
    assert restore(target, kept).returncode == 0

    answer = target.python("""
from ancam.cli.django_setup import set_up_django; set_up_django()
from ancam.accounts.models import Person
last = Person.objects.order_by("-pk").first().pk
print(Person.objects.create(email="moi@dongson.example", full_name="Người mới").pk - last)
""")

    assert answer.strip() == "1"


@pytest.fixture(scope="module")
def old(tmp_path_factory) -> RunningAnCam:
    """Another invented province, to be replaced."""
    instance = RunningAnCam(tmp_path_factory.mktemp("old") / "data", demo_password=DEMO_PASSWORD)
    instance.fill()
    return instance


def test_a_restore_killed_before_any_of_its_steps_leaves_the_old_whole_or_the_new_whole(tmp_path, old, kept):
    file, instance = tmp_path / "one.age", RunningAnCam(tmp_path / "data")
    file.write_bytes(remade(kept["file"].read_bytes()))  # the passphrase is not what is tried here
    words = ["restore", "--replace", "--quiet", str(file), "--passphrase-file", str(kept["passphrase"])]
    # -B: to keep what was compiled would be an act on the disk too, and not the restore's.
    killing = [sys.executable, "-B", str(HERE / "killed_at.py"), str(old.data_folder), *words]

    killed = subprocess.run(killing, env=uncounted(instance), capture_output=True, text=True, check=False)

    assert killed.returncode == 0, killed.stderr
    *steps, last = [json.loads(line) for line in killed.stdout.splitlines()]
    assert {step["code"] for step in steps} == {-signal.SIGKILL}, killed.stderr
    assert last == {"code": 0, "head": kept["head"]}, killed.stderr
    seen = [step["head"] for step in steps]
    assert set(seen) == {head_of(old), kept["head"]}, killed.stderr
    assert seen == sorted(seen, key=lambda head: head == kept["head"]), "never the old again after the new"
    assert restore(instance, kept, "--replace").returncode == 0
    assert not list(instance.data_folder.glob("*restoring*"))


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_restore_killed_at_any_moment_leaves_the_old_whole_or_the_new_whole(database, tmp_path, server, old, kept):
    url = database_url(server, "ancam3") if database == "postgresql" else ""
    instance = RunningAnCam(tmp_path / "data", url, demo_password=DEMO_PASSWORD)
    if database == "sqlite":
        shutil.copytree(old.data_folder, instance.data_folder)
    else:
        instance.fill()
    heads = {head_of(instance), kept["head"]}
    words = ["restore", "--replace", str(kept["file"]), "--passphrase-file", str(kept["passphrase"])]
    command = [sys.executable, "-m", "ancam", *words]
    began = time.monotonic()
    assert restore(RunningAnCam(tmp_path / "timed"), kept).returncode == 0
    lasts_s = time.monotonic() - began

    for moment in range(1, 10):
        process = subprocess.Popen(command, env=instance.environment, stderr=subprocess.PIPE)
        try:
            process.communicate(timeout=lasts_s * moment / 8)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()

        assert head_of_the_whole(instance) in heads, moment


def head_of_the_whole(instance: RunningAnCam) -> str:
    return program(instance, HERE / "whole_instance.py").strip()


def test_a_backup_of_an_older_version_is_loaded_as_it_was_and_brought_forward(tmp_path, kept):
    then = {"PYTHONPATH": str(source_at(BEFORE_DUE_PERIODS, tmp_path / "then"))}
    source = RunningAnCam(tmp_path / "source", demo_password=DEMO_PASSWORD, settings=then)
    source.fill()
    older, head = tmp_path / "older.age", head_of(source)
    made = source.command("backup", str(older), "--passphrase-file", str(kept["passphrase"]))
    assert made.returncode == 0, made.stderr
    target = RunningAnCam(tmp_path / "data")

    restored = restore(target, kept, file=older)

    assert restored.returncode == 0, restored.stderr
    assert head_of(target) == head
    answer = target.python("""
from ancam.cli.django_setup import set_up_django; set_up_django()
from ancam.accounts.models import Agency
from ancam.directives.models import Assignment, DuePeriod
print(Agency.find_problems(), Assignment.objects.count() == DuePeriod.objects.values("assignment").distinct().count())
""")
    assert answer.strip() == "([], [], [], [], []) True"


def test_a_backup_of_a_newer_version_is_refused(tmp_path, kept):
    newer = tmp_path / "newer.age"
    newer.write_bytes(remade(kept["file"].read_bytes(), lambda head: head["migrations"].append(["accounts", "0999_x"])))
    target = RunningAnCam(tmp_path / "data")

    refused = restore(target, kept, file=newer)

    assert refused.returncode == 2
    assert "accounts.0999_x" in refused.stderr
    assert not (target.data_folder / "ancam.sqlite3").exists()


def members_of(data: bytes):
    return read_members(SealedReader(io.BytesIO(data), PASSPHRASE))


def remade(data: bytes, change=lambda head: None) -> bytes:
    """Return the backup sealed anew at little cost, with its head changed."""
    sink = io.BytesIO()
    sealed = SealedWriter(sink, PASSPHRASE, work_factor=2)
    archive = ArchiveWriter(sealed)
    for member in members_of(data):
        content = b"".join(member.pieces)
        if member.name == "head.json":
            head = json.loads(content)
            change(head)
            content = json.dumps(head).encode()
        archive.add(member.name, len(content), [content])
    archive.close()
    sealed.close()
    return sink.getvalue()


def source_at(commit: str, folder: Path) -> Path:
    """Return the source of the product as it was at a commit, laid out in a folder."""
    archived = subprocess.run(["git", "archive", commit, "src"], cwd=HERE.parent, capture_output=True, check=False)
    if archived.returncode:
        pytest.skip("git: this checkout has no history to take the earlier version from")
    folder.mkdir()
    subprocess.run(["tar", "-x", "-C", str(folder)], input=archived.stdout, check=True)
    return folder / "src"


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_data_of_the_earlier_version_are_carried_on(database, tmp_path, server, kept):
    url = database_url(server, "ancam4") if database == "postgresql" else ""
    then = {"PYTHONPATH": str(source_at(BEFORE_AGENCY_PERIODS, tmp_path / "then"))}
    earlier = RunningAnCam(tmp_path / "data", url, demo_password=DEMO_PASSWORD, settings=then)
    earlier.fill()
    kept_head = head_of(earlier)
    instance = RunningAnCam(tmp_path / "data", url, demo_password=DEMO_PASSWORD)
    assert instance.command("audit", "verify").returncode == 2, "the earlier data must need an upgrade"

    instance.prepare()

    assert instance.command("audit", "verify", "--head", kept_head).returncode == 0
    head_of_the_whole(instance)
    answer = instance.python("""
from ancam.cli.django_setup import set_up_django; set_up_django()
from django.test import Client
from ancam.accounts.models import Person, Role
person = Person.objects.filter(memberships__role=Role.ADMINISTRATOR).first()
client = Client(SERVER_NAME="localhost")
client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
from django.urls import reverse
print({name: client.get(reverse(name)).status_code for name in ("home", "agencies", "people", "documents", "papers")})
""")
    assert set(eval(answer).values()) == {200}  # noqa: S307 - what our own line above has printed
    made = instance.command("backup", str(tmp_path / "x.age"), "--passphrase-file", str(kept["passphrase"]))
    assert made.returncode == 0, made.stderr
