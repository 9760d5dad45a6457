"""`ancam reseal` changes the key of a real instance: counted, done, killed, done again, told by `ancam check`."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from running_ancam import RunningAnCam

STARTED = "from ancam.cli.django_setup import *; set_up_django()"
PLACES = "from ancam.web.secrets import sealed_places; print([(p.table().__name__, p.column) for p in sealed_places()])"
EVERY_MODULE = """
import pkgutil, importlib, ancam
for found in pkgutil.walk_packages(ancam.__path__, "ancam."):
    if ".tests" not in found.name and not found.name.endswith(("__main__", "site.wsgi")):
        importlib.import_module(found.name)
"""
FILL = f"""{STARTED}
from allauth.mfa.models import Authenticator
from ancam.accounts.models import Person
from ancam.accounts.sealed import SECOND_FACTORS
person = Person.objects.create(full_name="Trịnh Bảo Long", email="long@dongson.example")
Authenticator.objects.bulk_create(
    Authenticator(user=person, type=f"t{{n}}", data={{"secret": SECOND_FACTORS.seal(str(n))}}) for n in range(%d)
)
"""
KILLED = f"""{STARTED}
import os
from ancam.keeping.resealing import reseal_secrets
from ancam.web import clock
reseal_secrets(at=clock.now(), told=lambda done: done < 1_000 or os.kill(os.getpid(), 9))
"""
OPENED = f"""{STARTED}
from allauth.mfa.models import Authenticator
from ancam.accounts.sealed import SECOND_FACTORS
rows = Authenticator.objects.order_by("pk")
print(sum(SECOND_FACTORS.unseal(row.data["secret"]) == row.type[1:] for row in rows))
"""


@pytest.fixture(scope="module")
def sealed(tmp_path_factory, prepared) -> RunningAnCam:
    """An instance with 1,200 secrets and one key, kept in the data folder."""
    made = prepared.copy(tmp_path_factory.mktemp("sealed") / "data")
    made.python(FILL % 1_200)
    return made


@pytest.fixture
def instance(tmp_path, sealed) -> RunningAnCam:
    """A copy of it."""
    return sealed.copy(tmp_path / "data")


def put_new_key_first(instance: RunningAnCam) -> Path:
    """Do what the operator's guide says: the new key on the first line, the old one after it."""
    kept = instance.data_folder / "encryption.key"
    kept.write_text(f"{'n' * 48}\n{kept.read_text()}\n")
    return kept


def test_every_place_is_known_as_soon_as_the_rooms_have_started(tmp_path):
    """A command loads no views; a place that only they declared would be forgotten, and its secrets lost."""
    instance = RunningAnCam(tmp_path / "data")

    assert instance.python(f"{STARTED}\n{PLACES}") == instance.python(f"{STARTED}\n{EVERY_MODULE}\n{PLACES}")


def test_a_new_key_takes_over_and_the_old_one_goes(instance):
    kept = put_new_key_first(instance)

    counted = instance.command("reseal", "--dry-run")
    done = instance.command("reseal")
    kept.write_text("n" * 48)

    assert "khóa thứ 2: 1200" in counted.stdout and counted.returncode == 0
    assert done.returncode == 0 and "khóa thứ 1 (mới nhất): 1200" in done.stdout
    assert "Các khóa sau khóa thứ nhất bỏ được." in done.stdout
    assert instance.python(OPENED) == "1200\n"


def test_the_check_says_what_waits_for_the_new_key_and_the_command_to_run(instance):
    before = finding(instance)
    put_new_key_first(instance)
    waiting = finding(instance)
    instance.command("reseal", "--quiet")

    assert (before["verdict"], finding(instance)["verdict"]) == ("good", "good")
    assert (waiting["verdict"], waiting["line"]) == ("note", "ancam reseal")
    assert waiting["told"].startswith("1200 trên 1200 bí mật còn dùng khóa cũ")


def test_a_lost_key_is_told_by_the_check_and_by_the_command(instance):
    (instance.data_folder / "encryption.key").write_text("n" * 48)

    done = instance.command("reseal", "--json")

    assert done.returncode == 1
    assert json.loads(done.stdout) == {"by_key": [0], "closed": 1200, "older": 0, "total": 1200}
    assert "1200 bí mật không khóa nào mở được" in done.stderr
    assert (finding(instance)["verdict"], finding(instance)["line"][:20]) == ("fault", "ANCAM_ENCRYPTION_KEY")


def test_killed_halfway_every_secret_opens_and_the_command_is_run_again(instance):
    put_new_key_first(instance)

    killed = subprocess.run([sys.executable, "-c", KILLED], env=instance.environment, timeout=60, check=False)
    halfway = json.loads(instance.command("reseal", "--dry-run", "--json").stdout)["by_key"]
    opened_halfway = instance.python(OPENED)
    done = instance.command("reseal", "--json")

    assert (killed.returncode, halfway, opened_halfway) == (-signal.SIGKILL, [1000, 200], "1200\n")
    assert (done.returncode, json.loads(done.stdout)["by_key"]) == (0, [1200, 0])
    assert instance.command("audit", "verify").returncode == 0


def finding(instance: RunningAnCam) -> dict[str, str]:
    told = json.loads(instance.command("check", "--json").stdout)["checks"]
    return next(found for found in told if found["name"] == "bí mật đã mã hóa")
