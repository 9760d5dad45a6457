"""`ancam check` tells a sound instance from one with a fault, and names the line to add. Real files, servers, mail."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ancam.cli.checks.machine import tools
from own_certificate import make_certificate
from running_ancam import RunningAnCam
from smtp_sink import smtp_sink

FINISH_THE_CHECK = """
from datetime import timedelta
from ancam.cli.django_setup import set_up_django; set_up_django()
from ancam.audit.jobs import check_ledger
from ancam.web import clock, jobs
check_ledger(); jobs.beat("a worker", clock.now() + timedelta(hours=1))
"""


@pytest.fixture(scope="module")
def sound(tmp_path_factory, prepared) -> RunningAnCam:
    """An instance whose ledger was checked and whose worker has just been heard of."""
    made = prepared.copy(tmp_path_factory.mktemp("sound") / "data")
    made.python(FINISH_THE_CHECK)
    return made


@pytest.fixture
def instance(tmp_path, sound) -> RunningAnCam:
    """A copy of it, to put out of order."""
    return sound.copy(tmp_path / "data")


def checked(instance: RunningAnCam, *words: str, **settings: str) -> tuple[int, dict[str, dict[str, str]]]:
    """Return the exit code and what was found, by name; the last of a name counts."""
    command = [sys.executable, "-m", "ancam", "check", "--json", *words]
    environment = {**instance.environment, **settings}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout, done.stderr
    answer = json.loads(done.stdout)
    assert answer["ok"] == (done.returncode == 0)
    return done.returncode, {found["name"]: found for found in answer["checks"]}


def test_a_sound_instance_has_no_fault(instance):
    code, found = checked(instance)

    assert code == 0
    assert [found[name]["verdict"] for name in ("cơ sở dữ liệu", "việc nền", "sổ nhật ký", "quyền của tệp")] == [
        "good"
    ] * 4


def test_people_read_signs_and_the_line_to_add(instance):
    told = instance.command("check").stdout

    assert "✓ cơ sở dữ liệu: SQLite" in told
    assert "    → ANCAM_EMAIL_URL=smtp://" in told
    assert told.splitlines()[-1].startswith("0 lỗi, ")


def test_a_wrong_setting_is_named_with_its_line(instance):
    code, found = checked(instance, ANCAM_PORT="80a")

    assert code == 1
    assert found["thiết lập"]["line"] == "ANCAM_PORT=8000" and "80a" in found["thiết lập"]["told"]


def test_an_unprepared_database_is_a_fault(tmp_path):
    code, found = checked(RunningAnCam(tmp_path / "new"))

    assert code == 1
    assert (found["cơ sở dữ liệu"]["verdict"], found["cơ sở dữ liệu"]["line"]) == ("fault", "ancam run")


def test_a_database_that_does_not_answer_is_a_fault_and_its_password_is_not_told(instance):
    code, found = checked(instance, ANCAM_DATABASE_URL="postgresql://ancam:bi-mat-day@127.0.0.1:1/ancam")

    assert code == 1
    assert found["cơ sở dữ liệu"]["verdict"] == "fault"
    assert "bi-mat-day" not in json.dumps(found)


@pytest.mark.parametrize(("name", "mode"), [("secret.key", 0o644), ("files", 0o755), ("ancam.sqlite3", 0o640)])
def test_what_others_may_open_is_a_fault(instance, name, mode):
    path = instance.data_folder / name
    path.chmod(mode)

    code, found = checked(instance)

    assert code == 1
    assert found["quyền của tệp"]["line"] == f"chmod {'700' if path.is_dir() else '600'} {path}"


def test_a_broken_ledger_and_an_absent_worker_are_faults(instance):
    instance.python("""
from ancam.cli.django_setup import set_up_django; set_up_django()
from ancam.audit.models import CheckState, LedgerCheck
from ancam.web import jobs
LedgerCheck.objects.update(state=CheckState.BROKEN); jobs.sign_off("a worker")
""")

    code, found = checked(instance)

    assert code == 1
    assert found["sổ nhật ký"]["verdict"] == found["việc nền"]["verdict"] == "fault"


def test_mails_that_wait_too_long_are_told(instance):
    settings = {"ANCAM_EMAIL_URL": "smtp://localhost:1"}
    _, before = checked(instance, **settings)
    instance.python("""
from datetime import timedelta
from ancam.cli.django_setup import set_up_django; set_up_django()
from ancam.accounts.models import Person
from ancam.notifications.models import Mail
from ancam.web import clock
person = Person.objects.create(full_name="Lê An", email="an@dongson.example")
Mail.objects.create(person=person, code="daily:1", made_at=clock.now() - timedelta(days=20))
""")

    _, found = checked(instance, **settings)

    assert before["thư thông báo"]["verdict"] == "good"
    assert (found["thư thông báo"]["verdict"], found["thư thông báo"]["told"]) == (
        "note",
        "1 thư chưa gửi được sau một ngày",
    )


def test_a_clock_behind_the_ledger_is_a_fault(instance):
    instance.python("""
from datetime import timedelta
from ancam.cli.django_setup import set_up_django; set_up_django()
from django.db import transaction
from ancam.audit.services import Action, Subject, SYSTEM, record
from ancam.web import clock
later = clock.now() + timedelta(hours=1)
with transaction.atomic():
    record(by=SYSTEM, action=Action("t.t", "Thử"), subject=Subject("t.t", "1", "Thử"), at=later)
""")

    code, found = checked(instance)

    assert code == 1 and found["đồng hồ"]["verdict"] == "fault"


def test_passwords_in_the_clear_over_the_network_are_a_fault(instance):
    code, found = checked(instance, ANCAM_HOST="0.0.0.0")  # noqa: S104 - nothing listens
    assert (code, found["địa chỉ"]["verdict"]) == (1, "fault")

    code, found = checked(instance, ANCAM_HOST="0.0.0.0", ANCAM_BEHIND_TLS="1", ANCAM_ALLOWED_HOSTS="ancam.example")  # noqa: S104
    assert (code, found["địa chỉ"]["verdict"]) == (0, "good")
    assert "tên miền" not in found


def test_links_in_mails_must_lead_to_where_browsers_are_let_in(instance):
    mail = "smtp://127.0.0.1:1"

    _, found = checked(instance)
    assert (found["địa chỉ trong thư"]["verdict"], found["địa chỉ trong thư"]["told"]) == (
        "good",
        "http://127.0.0.1:8000",
    )
    _, found = checked(instance, ANCAM_EMAIL_URL=mail)
    assert found["địa chỉ trong thư"]["line"].startswith("ANCAM_PUBLIC_URL=")
    _, found = checked(instance, ANCAM_PUBLIC_URL="https://ancam.example")
    assert found["địa chỉ trong thư"]["line"] == "ANCAM_ALLOWED_HOSTS=ancam.example"
    _, found = checked(instance, ANCAM_PUBLIC_URL="https://ancam.example", ANCAM_ALLOWED_HOSTS="cu.example")
    assert found["địa chỉ trong thư"]["line"] == "ANCAM_ALLOWED_HOSTS=cu.example,ancam.example"
    _, found = checked(instance, ANCAM_EMAIL_URL=mail, ANCAM_ALLOWED_HOSTS="ancam.example")
    assert found["địa chỉ trong thư"]["verdict"] == "good"


@pytest.mark.parametrize(("days", "verdict"), [(90, "good"), (10, "note"), (-1, "fault")])
def test_a_certificate_is_told_by_how_long_it_lasts(instance, tmp_path, days, verdict):
    certificate, key = make_certificate(tmp_path / "tls", "localhost", days=days)

    _, found = checked(instance, ANCAM_TLS_CERT=str(certificate), ANCAM_TLS_KEY=str(key))

    assert found["chứng thư TLS"]["verdict"] == verdict


def test_a_certificate_of_another_key_and_one_that_is_none_are_faults(instance, tmp_path):
    certificate, _ = make_certificate(tmp_path / "one", "localhost")
    _, key = make_certificate(tmp_path / "other", "localhost")
    (tmp_path / "not.pem").write_text("không phải chứng thư")

    for cert in (certificate, tmp_path / "not.pem"):
        _, found = checked(instance, ANCAM_TLS_CERT=str(cert), ANCAM_TLS_KEY=str(key))
        assert found["chứng thư TLS"]["verdict"] == "fault"


def test_a_root_of_trust_that_is_no_certificate_is_named(instance, tmp_path):
    folder = tmp_path / "roots"
    folder.mkdir()
    settings = {"ANCAM_SIGNATURE_ROOTS": str(folder)}

    _, found = checked(instance, **settings)
    assert found["chứng thư gốc"]["verdict"] == "note"
    make_certificate(folder, "localhost")[1].unlink()
    _, found = checked(instance, **settings)
    assert found["chứng thư gốc"]["verdict"] == "good"
    (folder / "hong.der").write_text("không phải chứng thư")
    code, found = checked(instance, **settings)
    assert (code, found["chứng thư gốc"]["verdict"]) == (1, "fault")
    assert "hong.der" in found["chứng thư gốc"]["told"]


def test_mail_is_tried_without_sending_and_sent_when_asked(instance, tmp_path):
    with smtp_sink(tmp_path / "mail") as sink:
        settings = {"ANCAM_EMAIL_URL": sink.url(), "SSL_CERT_FILE": str(sink.certificate)}

        code, found = checked(instance, **settings)
        assert (code, found["thư điện tử"]["verdict"], len(sink.messages)) == (0, "good", 0)

        checked(instance, "--mail-to", "an@dongson.example", **settings)
        assert [message["To"] for message in sink.messages] == ["an@dongson.example"]


def test_a_mail_password_that_mail_cannot_carry_is_told(instance, tmp_path):
    with smtp_sink(tmp_path / "mail") as sink:
        settings = {"ANCAM_EMAIL_URL": sink.url("mật-khẩu"), "SSL_CERT_FILE": str(sink.certificate)}

        _, found = checked(instance, **settings)

    assert found["thư điện tử"]["verdict"] == "fault" and "ASCII" in found["thư điện tử"]["told"]


def test_a_wrong_mail_password_and_an_absent_mail_server_are_faults(instance, tmp_path):
    with smtp_sink(tmp_path / "mail") as sink:
        settings = {"ANCAM_EMAIL_URL": sink.url("sai-mat-khau"), "SSL_CERT_FILE": str(sink.certificate)}
        _, wrong = checked(instance, **settings)
    _, away = checked(instance, ANCAM_EMAIL_URL="smtp://ancam:sai-mat-khau@127.0.0.1:1")

    for found in (wrong, away):
        assert found["thư điện tử"]["verdict"] == "fault"
        assert "sai-mat-khau" not in json.dumps(found)


def test_missing_tools_are_named_with_the_line_that_installs_them(instance, tmp_path):
    (tmp_path / "bin").mkdir()

    code, found = checked(instance, PATH=str(tmp_path / "bin"))

    assert code == 0
    assert found["tesseract"]["line"] == "sudo apt install tesseract-ocr tesseract-ocr-vie"


def test_the_folder_of_another_account_is_a_fault(instance):
    if os.getuid() != 0:
        pytest.skip("root: only it can give a file away")
    os.chown(instance.data_folder / "secret.key", 12345, -1)

    _, found = checked(instance)

    assert found["quyền của tệp"]["line"] == f"sudo chown {os.getuid()} {Path(instance.data_folder) / 'secret.key'}"


@pytest.mark.parametrize(
    ("program", "told", "line"),
    [
        ("", "không có bản PDF", "sudo apt install libreoffice-writer-nogui fonts-liberation2"),
        ("libreoffice", "tạo bản PDF của văn bản phát hành", ""),
    ],
)
def test_without_libreoffice_it_says_what_papers_lack_under_either_of_its_names(
    tmp_path, monkeypatch, program, told, line
):
    monkeypatch.setenv("PATH", str(tmp_path))
    if program:
        (tmp_path / program).touch(mode=0o700)

    office = next(tools())

    assert told in office.told and office.line == line
