"""An instance is backed up and brought back: whole, on either database, and never over another unasked."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from running_ancam import DEMO_PASSWORD, RunningAnCam

pytestmark = pytest.mark.network

PASSPHRASE = "mười con mèo trèo cây cau"


@pytest.fixture(scope="module")
def kept(tmp_path_factory, province) -> dict[str, object]:
    """A copy of the invented province, its backup, its head."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "passphrase").write_text(PASSPHRASE + "\n")
    source = province.copy(folder / "source")
    made = source.command("backup", str(folder / "one.age"), "--passphrase-file", str(folder / "passphrase"))
    assert made.returncode == 0, made.stderr
    head = source.command("audit", "verify").stdout.strip()
    return {"source": source, "file": folder / "one.age", "passphrase": folder / "passphrase", "head": head}


def restore(instance: RunningAnCam, kept, *words: str, file: Path | None = None) -> subprocess.CompletedProcess[str]:
    secret = ("--passphrase-file", str(kept["passphrase"]))
    return instance.command("restore", str(file or kept["file"]), *secret, *words)


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


FRESH = {"secret.key", "encryption.key", "files", "holding", "instance.lock"}
"""What is in a data folder after any command."""


def test_an_instance_comes_back_whole_in_a_new_folder(tmp_path, kept):
    target = RunningAnCam(tmp_path / "data")

    restored = restore(target, kept, "--json")

    assert restored.returncode == 0, restored.stderr
    assert json.loads(restored.stdout)["ledger_head"] == kept["head"]
    assert target.command("audit", "verify", "--head", kept["head"]).stdout.strip() == kept["head"]
    source = kept["source"].data_folder
    assert (target.data_folder / "secret.key").read_text() == (source / "secret.key").read_text()
    keys = (target.data_folder / "encryption.key").read_text().split()
    assert keys[0] == (source / "encryption.key").read_text()
    stored = {path.name for path in (source / "files").rglob("*") if path.is_file()}
    assert {path.name for path in (target.data_folder / "files").rglob("*") if path.is_file()} == stored
    assert names_in(target.data_folder) == FRESH | {"ancam.sqlite3"}


def test_the_ledger_still_refuses_change_after_a_restore(tmp_path, kept):
    target = RunningAnCam(tmp_path / "data")
    restore(target, kept)

    answer = target.python(
        "from ancam.cli.django_setup import set_up_django; set_up_django()\n"
        "from ancam.audit.models import Entry\n"
        "try: Entry.objects.filter(number=2).update(action='x')\n"
        "except Exception as refused: print(refused)"
    )

    assert "append-only" in answer


AS_AN_OLDER_VERSION = """
import sys
from ancam.cli.django_setup import set_up_django; set_up_django()
from datetime import timedelta
from ancam.accounts.models import OneTimeLink, Person
from ancam.keeping import contents
from ancam.web import clock
link = {{"digest": "0" * 64, "expires_at": clock.now() + timedelta(days=3)}}
OneTimeLink.objects.update_or_create(person=Person.objects.first(), defaults=link)
contents.LEFT_OUT.pop("accounts.onetimelink", None)
from ancam.cli.main import main
sys.exit(main(["backup", "{file}", "--passphrase-file", "{passphrase}"]))
"""
COUNT_WAYS_IN = """
from ancam.cli.django_setup import set_up_django; set_up_django()
from django.apps import apps
for label in ("accounts.OneTimeLink", "accounts.PasswordReset", "accounts.Device", "sessions.Session"):
    print(apps.get_model(label).objects.count())
"""


@pytest.mark.slow
def test_no_link_and_no_session_opens_again_after_a_restore_also_from_an_older_backup(tmp_path, kept):
    source, older = kept["source"], tmp_path / "older.age"
    source.python(AS_AN_OLDER_VERSION.format(file=older, passphrase=kept["passphrase"]))
    made = source.command("backup", str(tmp_path / "now.age"), "--passphrase-file", str(kept["passphrase"]), "--json")

    for file in (tmp_path / "now.age", older):
        target = RunningAnCam(tmp_path / file.stem)
        assert restore(target, kept, file=file).returncode == 0
        assert target.python(COUNT_WAYS_IN).split() == ["0", "0", "0", "0"]
        assert target.command("audit", "verify").stdout.strip() == kept["head"]
    assert "accounts.onetimelink" not in json.loads(made.stdout)["rows"]


@pytest.mark.slow
def test_the_backup_goes_through_a_pipe(tmp_path, kept):
    secret = ["--passphrase-file", str(kept["passphrase"])]
    target = RunningAnCam(tmp_path / "data")
    command = [sys.executable, "-m", "ancam"]

    with subprocess.Popen(
        [*command, "backup", "-", *secret],
        env=kept["source"].environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as giving:
        taking = subprocess.run(
            [*command, "restore", "-", *secret], env=target.environment, stdin=giving.stdout, capture_output=True
        )
        giving.communicate()

    assert (giving.returncode, taking.returncode) == (0, 0), taking.stderr
    assert target.command("audit", "verify").stdout.strip() == kept["head"]


@pytest.mark.slow
def test_an_instance_in_use_is_not_touched_unless_it_is_to_be_replaced(tmp_path, kept):
    target = RunningAnCam(tmp_path / "data", demo_password=DEMO_PASSWORD)
    target.fill()  # another province than the one kept
    before = target.command("audit", "verify").stdout

    refused = restore(target, kept)
    unchanged = target.command("audit", "verify").stdout
    replaced = restore(target, kept, "--replace", "--json")

    assert refused.returncode == 2
    assert "đã có dữ liệu" in refused.stderr
    assert unchanged == before
    assert replaced.returncode == 0, replaced.stderr
    assert target.command("audit", "verify").stdout.strip() == kept["head"]
    aside = target.data_folder / (json.loads(replaced.stdout)["set_aside"] + ".sqlite3")
    old = RunningAnCam(target.data_folder, f"sqlite://{aside}")
    assert old.command("audit", "verify").stdout == before


@pytest.mark.slow
def test_nothing_is_restored_under_a_running_instance(tmp_path, kept, province):
    with province.copy(tmp_path / "data") as running:
        refused = restore(running, kept, "--replace")
        backed_up = running.command(
            "backup", str(tmp_path / "while-running.age"), "--passphrase-file", str(kept["passphrase"])
        )

    assert refused.returncode == 2
    assert "đang chạy" in refused.stderr
    assert backed_up.returncode == 0, backed_up.stderr


def test_a_wrong_passphrase_restores_nothing(tmp_path, kept):
    (tmp_path / "other").write_text("không phải mật khẩu này")
    target = RunningAnCam(tmp_path / "data")

    refused = target.command("restore", str(kept["file"]), "--passphrase-file", str(tmp_path / "other"))

    assert refused.returncode == 2
    assert "Mật khẩu không mở được" in refused.stderr
    assert names_in(target.data_folder) == FRESH


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["cut", "flipped", "lengthened", "empty"])
def test_a_damaged_backup_restores_nothing(tmp_path, kept, damage):
    data = bytearray(kept["file"].read_bytes())
    if damage == "flipped":
        data[len(data) // 3] ^= 1
    data = {"cut": data[: len(data) // 2], "lengthened": data + b"x", "empty": b""}.get(damage, data)
    (tmp_path / "damaged.age").write_bytes(data)
    target = RunningAnCam(tmp_path / "data")

    checked = restore(target, kept, "--check", file=tmp_path / "damaged.age")
    refused = restore(target, kept, file=tmp_path / "damaged.age")

    assert (checked.returncode, refused.returncode) == (2, 2)
    assert "sao lưu" in refused.stderr and "Traceback" not in refused.stderr
    assert names_in(target.data_folder) == FRESH
    assert not any((target.data_folder / "files").iterdir())


@pytest.mark.slow
def test_a_damaged_file_in_the_store_is_named_and_no_half_backup_stays(tmp_path, kept):
    source = RunningAnCam(tmp_path / "data")
    restore(source, kept)
    stored = next(path for path in (source.data_folder / "files").rglob("*") if path.is_file())
    stored.write_bytes(b"other")

    refused = source.command("backup", str(tmp_path / "out.age"), "--passphrase-file", str(kept["passphrase"]))

    assert refused.returncode == 2
    assert stored.name in refused.stderr
    assert names_in(tmp_path) == {"data"}


def test_a_backup_overwrites_nothing_and_wants_a_real_passphrase(tmp_path, kept):
    (tmp_path / "short").write_text("ngắn")
    source, words = kept["source"], ("--passphrase-file", str(kept["passphrase"]))

    over = source.command("backup", str(kept["file"]), *words)
    short = source.command("backup", str(tmp_path / "x.age"), "--passphrase-file", str(tmp_path / "short"))
    none = source.command("backup", str(tmp_path / "x.age"))
    nowhere = source.command("backup", str(tmp_path / "no" / "x.age"), *words)

    assert [over.returncode, short.returncode, none.returncode, nowhere.returncode] == [2, 2, 2, 2]
    assert "không ghi đè" in over.stderr
    assert "12 ký tự" in short.stderr
    assert "ANCAM_BACKUP_PASSPHRASE_FILE" in none.stderr
    assert "No such file" in nowhere.stderr
    assert names_in(tmp_path) == {"short"}


def test_a_full_disk_stops_a_restore_without_a_trace(tmp_path, kept):
    target = RunningAnCam(tmp_path / "data")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))"
    words = ["restore", str(kept["file"]), "--passphrase-file", str(kept["passphrase"])]
    code = f"{limit}\nimport signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    code += f"import sys\nfrom ancam.cli.main import main\nsys.exit(main({words!r}))"

    # Whoever counts branches would write too, and complain of the same disk.
    environment = {name: value for name, value in target.environment.items() if not name.startswith("COV")}
    refused = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)

    assert refused.returncode == 2, refused.stderr
    assert "Traceback" not in refused.stderr
    assert names_in(target.data_folder) == FRESH


@pytest.mark.slow
def test_a_backup_without_keys_says_so(tmp_path, kept):
    target = RunningAnCam(tmp_path / "data")
    words = ("--passphrase-file", str(kept["passphrase"]))
    kept["source"].command("backup", str(tmp_path / "no-key.age"), "--without-key", *words)

    restored = restore(target, kept, file=tmp_path / "no-key.age")

    assert restored.returncode == 0, restored.stderr
    assert "không kèm khóa" in restored.stdout
    source_key = (kept["source"].data_folder / "encryption.key").read_text()
    assert source_key not in (target.data_folder / "encryption.key").read_text()
