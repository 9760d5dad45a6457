"""`ancam authorize` as its people use it: an administrator, an owner and an assessor at their own terminals."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml

from ancam.engines.probing.permission.authorisation import read_authorisation
from ancam.engines.probing.permission.windows import VIETNAM

PASSPHRASE = "con-mèo-trèo-cây-cau"
UNIT, ASSESSORS = "Sở Văn hóa tỉnh Đông Sơn", "Trung tâm Giám sát Đông Sơn"
BY = ("--by", "Trần Văn Quản")


@dataclass
class Desk:
    """A folder of files with its own data folder."""

    folder: Path
    data: Path

    def ancam(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ANCAM_")}
        ours = {"ANCAM_DATA": str(self.data), "ANCAM_KEY_PASSPHRASE": PASSPHRASE}
        whole = [sys.executable, "-m", "ancam", "authorize", *words]
        return subprocess.run(
            whole,
            cwd=self.folder,
            env={**kept, **ours, **settings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def done(self, *words: str, **settings: str) -> str:
        ended = self.ancam(*words, **settings)
        assert (ended.returncode, ended.stderr) == (0, "")
        return ended.stdout

    def refused(self, *words: str, **settings: str) -> str:
        ended = self.ancam(*words, **settings)
        assert ended.returncode == 2
        assert ended.stderr.count("\n") == 1
        return ended.stderr

    def written(self, *more: str) -> None:
        """Write a complete AUTH.yaml that begins today."""
        (self.folder / "AUTH.yaml").unlink(missing_ok=True)
        now = datetime.now(VIETNAM)
        paper = ["--number", "27/QĐ-VHĐS", "--issued-on", "2026-11-02", "--issuer", UNIT, "--signer", "Lương Thị Mai"]
        sides = ["--signer-role", "Giám đốc", "--owner", UNIT, "--assessor", ASSESSORS, "--person", "Phan Quốc Huy"]
        days = ["--from", f"{now:%Y-%m-%d}", "--to", f"{now + timedelta(days=7):%Y-%m-%d}"]
        self.done("new", *paper, *sides, "--contact", "giamsat@dongson.example", *days, *more)

    def ids(self) -> list[str]:
        return [line.split()[0] for line in self.done("keys", "list").splitlines() if not line.startswith(" ")]


@pytest.fixture(scope="module")
def enrolled(tmp_path_factory) -> Desk:
    """A desk with a key of each side, both enrolled, to make copies of."""
    folder = tmp_path_factory.mktemp("enrolled") / "desk"
    folder.mkdir()
    desk = Desk(folder, folder / "data")
    for name, side, person, unit in (
        ("chu", "owner", "Lương Thị Mai", UNIT),
        ("kiemtra", "assessor", "Phan Quốc Huy", ASSESSORS),
    ):
        desk.done("keys", "new", f"{name}.key")
        desk.done("keys", "enroll", f"{name}.key.pub", "--as", side, "--person", person, "--unit", unit, *BY)
    return desk


@pytest.fixture
def desk(tmp_path, enrolled) -> Desk:
    """A copy of it."""
    shutil.copytree(enrolled.folder, tmp_path / "desk")
    return Desk(tmp_path / "desk", tmp_path / "desk" / "data")


def test_an_authorisation_is_written_signed_by_both_and_in_force(desk):
    desk.written("--allow", "10.77.64.0/22", "--deny", "10.77.64.9", "--system", "Camera bảo tàng")

    owner = desk.done("sign", "--as", "owner", "--key", "chu.key", "AUTH.yaml")
    alone = desk.refused("show", "AUTH.yaml")
    assessor = desk.done("sign", "--as", "assessor", "--key", "kiemtra.key", "AUTH.yaml")
    shown = desk.done("show", "AUTH.yaml")

    for told in (owner, assessor, shown):
        assert "Được kiểm tra: 1.023 địa chỉ\n  10.77.64.0/22 (1.024 địa chỉ)\n  trừ 10.77.64.9\n" in told
        assert "(7 ngày)" in told
    assert "Ký thay mặt bên chủ quản, có giá trị đến 00:00 ngày" in owner
    assert "chưa có chữ ký của bên kiểm tra" in alone
    assert f"Chữ ký của bên chủ quản: Lương Thị Mai, {UNIT}" in shown
    assert shown.splitlines()[-1].startswith("Đang có hiệu lực, liên tục đến 00:00 ngày")


def test_signing_keeps_the_comments_and_everything_else(desk):
    desk.written("--allow", "10.77.64.0/22")
    file = desk.folder / "AUTH.yaml"
    file.chmod(0o640)
    before = file.read_text()

    desk.done("sign", "--as", "owner", "--key", "chu.key", "AUTH.yaml")
    file.write_text(f"{file.read_text()}# ghi chú sau cùng\n")
    desk.done("sign", "--as", "assessor", "--key", "kiemtra.key", "AUTH.yaml")

    assert file.read_text().startswith(before.replace("signatures: []\n", ""))
    assert file.read_text().endswith("# ghi chú sau cùng\n")
    assert file.stat().st_mode & 0o777 == 0o640
    assert desk.done("show", "AUTH.yaml")


def test_a_file_in_another_layout_is_signed_too(desk):
    desk.written("--allow", "10.77.64.0/22")
    file = desk.folder / "AUTH.yaml"
    content = yaml.safe_load(file.read_text())
    del content["signatures"]

    for text in (yaml.safe_dump(content, default_flow_style=True, allow_unicode=True), yaml.safe_dump(content)):
        file.write_text(text)
        desk.done("sign", "--as", "owner", "--key", "chu.key", "AUTH.yaml")
        desk.done("sign", "--as", "assessor", "--key", "kiemtra.key", "AUTH.yaml")
        assert desk.done("show", "AUTH.yaml")


def test_what_was_altered_after_signing_is_not_in_force(desk):
    desk.written("--allow", "10.77.64.0/22")
    file = desk.folder / "AUTH.yaml"
    desk.done("sign", "--as", "owner", "--key", "chu.key", "AUTH.yaml")
    desk.done("sign", "--as", "assessor", "--key", "kiemtra.key", "AUTH.yaml")

    file.write_text(file.read_text().replace("10.77.64.0/22", "10.77.64.0/21"))

    assert "nội dung tệp khác nội dung đã ký" in desk.refused("show", "AUTH.yaml")


def test_a_revoked_key_takes_back_what_it_signed(desk):
    desk.written("--allow", "10.77.64.0/22")
    desk.done("sign", "--as", "owner", "--key", "chu.key", "AUTH.yaml")
    desk.done("sign", "--as", "assessor", "--key", "kiemtra.key", "AUTH.yaml")
    key = desk.ids()[0]

    told = desk.done("keys", "revoke", key, *BY)

    assert f"Đã thu hồi khóa {key}" in told
    assert "đã bị thu hồi" in desk.refused("show", "AUTH.yaml")
    assert "do Trần Văn Quản" in desk.done("keys", "list") and "ĐÃ THU HỒI" in desk.done("keys", "list")
    assert "Không có khóa" in desk.refused("keys", "revoke", key, *BY)
    again = desk.refused("keys", "enroll", "chu.key.pub", "--as", "owner", "--person", "Ai", "--unit", UNIT, *BY)
    assert "đã được đăng ký" in again


@pytest.mark.parametrize(
    ("options", "ground"),
    [
        (["--allow", "10.0.0.0/15"], "131.072 địa chỉ"),
        (["--allow", "10.77.64.0/22", "--to", "2037-01-01"], "quá 31 ngày"),
        (["--allow", "224.0.0.0/24"], "địa chỉ nhóm"),
        (["--allow", "169.254.169.254"], "siêu dữ liệu"),
        ([], "không có địa chỉ nào"),
        (["--allow", "10.77.64.0/22", "--number", ""], "document.number"),
        (["--allow", "10.77.64.0/22", "--from", "2026-01-01", "--to", "2026-01-08"], "hết hiệu lực"),
    ],
)
def test_what_could_never_hold_is_not_signed(desk, options, ground):
    desk.written(*options)
    before = (desk.folder / "AUTH.yaml").read_bytes()

    assert ground in desk.refused("sign", "--as", "owner", "--key", "chu.key", "AUTH.yaml")
    assert (desk.folder / "AUTH.yaml").read_bytes() == before


def test_what_does_not_read_is_not_signed(desk):
    (desk.folder / "AUTH.yaml").write_text("schema: ancam/authorization/1\nallow: &a [x]\n")

    assert "dòng 2" in desk.refused("sign", "--as", "owner", "--key", "chu.key", "AUTH.yaml")
    assert "không-có.yaml" in desk.refused("sign", "--as", "owner", "--key", "chu.key", "không-có.yaml")


def test_a_side_signs_once_and_with_its_own_key(desk):
    desk.written("--allow", "10.77.64.0/22")
    desk.done("sign", "--as", "owner", "--key", "chu.key", "AUTH.yaml")

    assert "hơn một chữ ký" in desk.refused("sign", "--as", "owner", "--key", "chu.key", "AUTH.yaml")
    desk.done("sign", "--as", "assessor", "--key", "kiemtra.key", "AUTH.yaml")
    content = (desk.folder / "AUTH.yaml").read_text()
    (desk.folder / "AUTH.yaml").write_text(content.replace("by: owner", "by: x").replace("by: assessor", "by: owner"))
    assert "mục signatures[1].by" in desk.refused("show", "AUTH.yaml")


def test_a_key_opens_with_its_passphrase_alone(desk):
    desk.written("--allow", "10.77.64.0/22")
    sign = ("sign", "--as", "owner", "--key", "chu.key", "AUTH.yaml")
    (desk.folder / "nhầm.key").write_text("không phải khóa")
    (desk.folder / "mật khẩu").write_text(f"{PASSPHRASE}\n")

    assert "Mật khẩu không mở được khóa" in desk.refused(*sign, ANCAM_KEY_PASSPHRASE="sai-hẳn-mật-khẩu")
    assert "ANCAM_KEY_PASSPHRASE_FILE" in desk.refused(*sign, ANCAM_KEY_PASSPHRASE="")
    assert "Không dùng được tệp khóa" in desk.refused("sign", "--as", "owner", "--key", "nhầm.key", "AUTH.yaml")
    assert "chu.key.khác" in desk.refused("sign", "--as", "owner", "--key", "chu.key.khác", "AUTH.yaml")
    assert desk.done(*sign, "--passphrase-file", "mật khẩu", ANCAM_KEY_PASSPHRASE="")


def test_a_private_key_is_sealed_for_its_signer_alone_and_never_overwritten(desk):
    kept = desk.folder / "chu.key"

    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.read_bytes().startswith(b"age-encryption.org/v1\n") and b"PRIVATE" not in kept.read_bytes()
    assert "Đã có tệp" in desk.refused("keys", "new", "chu.key")
    assert "ít nhất 12 ký tự" in desk.refused("keys", "new", "ngắn.key", ANCAM_KEY_PASSPHRASE="ngắn")
    assert not (desk.folder / "ngắn.key").exists()


def test_enrolment_says_whose_key_it_is_which_side_when_and_by_whom(desk):
    told = desk.done("keys", "list").splitlines()

    assert told[0].endswith(f"bên chủ quản: Lương Thị Mai, {UNIT}")
    assert told[1].startswith("  đăng ký lúc ") and told[1].endswith(", do Trần Văn Quản")
    assert told[2].endswith(f"bên kiểm tra: Phan Quốc Huy, {ASSESSORS}")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["enroll", "chu.key.pub", "--as", "owner", "--person", "A", "--unit", "B"], "--by"),
        (["enroll", "chu.key.pub", "--as", "owner", "--person", "A", *BY], "--unit"),
        (["enroll", "chu.key.pub", "--as", "owner", "--unit", "B", *BY], "--person"),
        (["enroll", "chu.key.pub", "--person", "A", "--unit", "B", *BY], "--as"),
        (["enroll", "--as", "owner", "--person", "A", "--unit", "B", *BY], "TỆP"),
        (["enroll", "chu.key", "--as", "owner", "--person", "A", "--unit", "B", *BY], "dạng PEM"),
        (["enroll", "--public-prefix", "tên", "--unit", "B", *BY], "không phải dải CIDR"),
        (["enroll", "--public-prefix", "10.0.0.0/8", "--unit", "B", *BY], "không thuộc Internet"),
        (["revoke", *BY], "MÃ"),
        (["revoke", "--public-prefix", "113.160.10.0/24", *BY], "--unit"),
        (["revoke", "--public-prefix", "113.160.10.0/24", "--unit", "B", *BY], "không đăng ký"),
    ],
)
def test_an_enrolment_that_is_not_whole_is_refused(desk, words, told):
    before = (desk.data / "trust.yaml").read_bytes()

    assert told in desk.refused("keys", *words)
    assert (desk.data / "trust.yaml").read_bytes() == before


def test_public_addresses_count_once_they_are_enrolled_for_the_owner(desk):
    desk.written("--allow", "113.160.10.0/28")
    desk.done("sign", "--as", "owner", "--key", "chu.key", "AUTH.yaml")
    desk.done("sign", "--as", "assessor", "--key", "kiemtra.key", "AUTH.yaml")
    prefix = ("--public-prefix", "113.160.10.0/24", "--unit", UNIT, *BY)

    not_yet = desk.ancam("show", "AUTH.yaml")
    desk.done("keys", "enroll", *prefix)
    since = desk.done("show", "AUTH.yaml")
    listed = desk.done("keys", "list")
    desk.done("keys", "revoke", *prefix)

    assert "16 địa chỉ trong các dải trên không được kiểm tra" in not_yet.stdout
    assert not_yet.returncode == 2 and "không có địa chỉ nào được kiểm tra" in not_yet.stderr
    assert "Được kiểm tra: 16 địa chỉ" in since
    assert f"113.160.10.0/24  {UNIT}\n" in listed
    assert "113.160.10.0/24" not in desk.done("keys", "list")


def test_a_trust_file_that_is_missing_or_open_to_others_is_told(desk):
    desk.written("--allow", "10.77.64.0/22")
    (desk.data / "trust.yaml").chmod(0o644)

    assert "chmod 600" in desk.refused("show", "AUTH.yaml")
    assert "chmod 600" in desk.refused("keys", "list")
    assert "Không có tệp khóa tin cậy" in desk.refused("keys", "list", "--trust", "không-có.yaml")


def test_an_empty_form_reads_back_and_permits_nothing(tmp_path):
    desk = Desk(tmp_path, tmp_path / "data")

    told = desk.done("new")

    found = read_authorisation((tmp_path / "AUTH.yaml").read_bytes())
    assert "ancam authorize show AUTH.yaml" in told
    assert (found.allow, found.modes) == ((), {"discovery", "readonly"})
    assert (found.valid_to - found.valid_from).days == 7
    assert "Đã có tệp AUTH.yaml" in desk.refused("new")


def test_every_option_of_the_form_is_read_back(tmp_path):
    desk = Desk(tmp_path, tmp_path / "data")
    hostile = 'Sở "X": {a: [b, #c]} \\n'

    desk.done(
        *("new", "a.yaml", "--owner", hostile, "--system", hostile, "--system", "B", "--account", "kiemtra"),
        *("--daily", "22:00-05:00", "--check", "owner_credential", "--allow", "10.77.64.1", "--allow", "fd77::/120"),
        *("--from", "2026-11-20T08:00", "--to", "2026-11-21T08:00Z"),
    )

    found = read_authorisation((tmp_path / "a.yaml").read_bytes())
    assert (found.owner.unit, found.owner.systems) == (hostile, (hostile, "B"))
    assert found.modes == {"owner_credential"} and len(found.allow) == 2
    assert found.owner_account is not None and found.owner_account.password_env == "ANCAM_OWNER_PASSWORD"
    assert (found.valid_to - found.valid_from) == timedelta(hours=31)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--allow", "camera.example"], "mục allow"),
        (["--daily", "8h-17h"], "mục valid.daily"),
        (["--issued-on", "02/11/2026"], "mục document.issued_on"),
        (["--from", "20/11/2026"], "--from"),
        (["--from", "2026-11-20", "--to", "2026-11-19"], "mục valid.to"),
        (["--owner", "x\ny"], "U+000A"),
    ],
)
def test_a_form_that_would_not_read_back_is_not_written(tmp_path, words, told):
    assert told in Desk(tmp_path, tmp_path / "data").refused("new", *words)
    assert not list(tmp_path.glob("*.yaml"))


def test_what_a_laboratory_may_do_is_shown_without_signatures(tmp_path):
    desk = Desk(tmp_path, tmp_path / "data")
    now = datetime.now(VIETNAM)
    desk.done("new", "--allow", "127.77.0.0/22", "--from", f"{now:%Y-%m-%d}", "--to", "2099-01-01")

    assert "Đang có hiệu lực" in desk.done("show", "--unsigned", "AUTH.yaml")
    assert "khóa tin cậy" in desk.ancam("show", "AUTH.yaml").stderr


def test_the_command_speaks_english_too(desk):
    desk.written("--allow", "10.77.64.0/22", "--account", "kiemtra")

    told = desk.done("sign", "--as", "owner", "--key", "chu.key", "AUTH.yaml", ANCAM_LANG="en")

    assert "Signing for the owner's side, good until" in told
    assert "May be assessed: 1,024 addresses" in told


def test_help_names_the_acts(tmp_path):
    told = Desk(tmp_path, tmp_path / "data").done("--help")

    assert all(act in told for act in ("new", "sign", "show", "keys"))
    assert "Cách dùng: ancam authorize keys" in Desk(tmp_path, tmp_path / "data").done("keys", "--help")
