"""What `ancam assess` is refused, and what it survives: bad papers and files, a full disk, a clock set back."""

import resource
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from ancam.engines.probing.lab.placing import place
from ancam.engines.probing.lab.tests.asking import an_address, running
from ancam.engines.probing.permission.authorisation import read_authorisation
from ancam.engines.probing.permission.signatures import sign
from ancam.engines.probing.permission.trust import Trust, change_trust
from ancam.engines.probing.tests.authorisations import Signer, signer
from assessing import QUICK, Assessor, Run, at, authorisation
from waiting import wait_until

pytestmark = pytest.mark.network

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
UNIT, ASSESSORS = "Sở Văn hóa tỉnh Đông Sơn", "Trung tâm Giám sát Đông Sơn"
OWNER = signer(1, "Lương Thị Mai", "owner", UNIT)
ASSESSOR = signer(2, "Phan Quốc Huy", "assessor", ASSESSORS)
STRANGER = signer(3, "Đỗ Văn Lạ", "owner", UNIT)


def period(begins: datetime, ends: datetime) -> dict[str, Any]:
    return {"valid": {"from": at(begins), "to": at(ends)}}


def other_hours() -> dict[str, Any]:
    """Hours of the day that are over or to come, in Việt Nam."""
    hour = (datetime.now(UTC) + timedelta(hours=7 + 3)).hour
    return {"valid": {"from": at(NOW - DAY), "to": at(NOW + DAY), "daily": [f"{hour:02d}:00-{hour:02d}:30"]}}


@pytest.mark.parametrize(
    ("changes", "words", "ground"),
    [
        (period(NOW - 2 * DAY, NOW - DAY), [], "hết hiệu lực"),
        (period(NOW + DAY, NOW + 2 * DAY), [], "chưa có hiệu lực"),
        (other_hours(), [], "ngoài giờ"),
        ({}, ["127.9.9.9"], "không nằm trong mục allow"),
        ({}, ["camera.example"], "không tra tên máy"),
        ({}, ["127.1"], "không phải địa chỉ IP"),
        ({}, ["169.254.169.254"], "siêu dữ liệu của đám mây"),
        ({}, ["224.0.0.251"], "địa chỉ nhóm"),
        ({"allow": ["10.77.0.0/24"]}, [], "--unsigned chỉ dành cho địa chỉ loopback"),
        ({"allow": ["127.7.7.0/24", "113.160.10.1"]}, [], "--unsigned chỉ dành cho địa chỉ loopback"),
        ({"allow": []}, [], "không có địa chỉ nào"),
        ({"allow": ["127.7.7.7"], "deny": ["127.7.0.0/16"]}, [], "không có địa chỉ nào"),
        ({"checks": ["discovery", "owner_credential"]}, [], "ANCAM_OWNER_PASSWORD chưa có mật khẩu"),
        ({"checks": ["discovery", "exploit"]}, [], "mục checks"),
        ({"allow": ["camera.example"]}, [], "mục allow"),
        ({}, ["--from-scan", "AUTH.yaml"], "không phải kết quả quét của nmap hay masscan"),
        ({}, ["--from-scan", "không-có.xml"], "Không đọc được tệp không-có.xml"),
        ({}, ["--authorization", "không-có.yaml"], "Không đọc được tệp không-có.yaml"),
        ({}, ["--authorization", "."], "Không đọc được tệp ."),
        ({}, ["--authorization", "broken.yaml"], "Không đọc được"),
        ({}, ["--resume"], "không có đợt kiểm tra nào"),
        ({}, ["--out", "AUTH.yaml/x"], "Không ghi được vào thư mục AUTH.yaml/x"),
        ({}, ["--out", "."], "đã có dữ liệu"),
        ({}, ["--state", "AUTH.yaml/x"], "Không ghi được vào thư mục AUTH.yaml/x"),
    ],
)
def test_what_may_not_begin_is_refused_in_one_sentence(tmp_path, changes, words, ground):
    (tmp_path / "broken.yaml").write_bytes(b"\xff\xfe: [")
    assessor = Assessor(tmp_path, {**authorisation(an_address()), **changes})

    assert ground in assessor.refused(*words)
    assert not (assessor.out / "events.jsonl").exists()


def test_a_machine_without_ipv6_is_not_sent_to_ipv6(tmp_path):
    without = Assessor(tmp_path, authorisation("::1"), through=("unshare", "--user", "--map-root-user", "--net"))

    assert "không hỏi được địa chỉ IPv6" in without.refused()


def signed(assessor: Assessor, *signers: Signer) -> None:
    """Let these sign the assessor's authorisation, the laboratory's being set aside."""
    assessor.options = ()
    assessor.write(signatures=[])
    read = read_authorisation(assessor.file.read_bytes())
    made = [sign(read, one.key, by=one.side) for one in signers]
    assessor.write(signatures=[{"key": one.key, "by": one.by, "value": one.value} for one in made])


def enrolled(assessor: Assessor, trust: Trust) -> Path:
    """Enrol these keys, and no others."""
    file = assessor.folder / "data" / "trust.yaml"
    change_trust(file, lambda _: trust)
    return file


TRUSTED = Trust(keys=(OWNER.enrolled, ASSESSOR.enrolled))


def test_what_both_sides_signed_is_carried_out_and_named_in_the_manifest(tmp_path):
    device = place(an_address(), "hikvision-camera")
    assessor = Assessor(tmp_path, authorisation(device.ip, limits={**QUICK, "per_host_per_s": 40}))
    signed(assessor, OWNER, ASSESSOR)
    file = enrolled(assessor, TRUSTED)
    with running(device) as laboratory:
        run = assessor.finishes()

    assert (run.manifest["is_unsigned"], run.manifest["keys"]) == (False, [OWNER.enrolled.id, ASSESSOR.enrolled.id])
    assert run.manifest["trust"]["file"] == str(file)
    assert laboratory.harm[device.ip].most_in_a_second <= 40
    assert laboratory.harm[device.ip].most_at_once <= 2


def altered(assessor: Assessor) -> None:
    assessor.write(allow=["127.0.0.0/24"])


def revoked(assessor: Assessor) -> None:
    enrolled(assessor, TRUSTED.without_key(OWNER.enrolled.id, at=NOW, by="Trần Văn Quản"))


def readable_by_all(assessor: Assessor) -> None:
    enrolled(assessor, TRUSTED).chmod(0o644)


def without_trust(assessor: Assessor) -> None:
    (assessor.folder / "data" / "trust.yaml").unlink()


@pytest.mark.parametrize(
    ("signers", "then", "ground"),
    [
        ([], None, "chưa có chữ ký"),
        ([OWNER], None, "chưa có chữ ký của bên kiểm tra"),
        ([ASSESSOR], None, "chưa có chữ ký của bên chủ quản"),
        ([OWNER, ASSESSOR, OWNER], None, "ghi hai lần"),
        ([STRANGER, ASSESSOR], None, "khóa chưa được đăng ký"),
        ([OWNER, ASSESSOR], altered, "nội dung tệp khác nội dung đã ký"),
        ([OWNER, ASSESSOR], revoked, "đã bị thu hồi"),
        ([OWNER, ASSESSOR], readable_by_all, "chmod 600"),
        ([OWNER, ASSESSOR], without_trust, "Không có tệp khóa tin cậy"),
    ],
)
def test_what_is_not_signed_by_both_as_it_stands_is_refused(tmp_path, signers, then, ground):
    assessor = Assessor(tmp_path, authorisation(an_address()))
    signed(assessor, *signers)
    enrolled(assessor, TRUSTED)
    if then:
        then(assessor)

    assert ground in assessor.refused()
    assert not assessor.out.exists()


def test_more_than_may_be_signed_is_refused_though_it_was(tmp_path):
    for number, (changes, ground) in enumerate(
        [
            (period(NOW - DAY, NOW + 40 * DAY), "quá 31 ngày"),
            ({"allow": ["127.0.0.0/15"]}, "131.072 địa chỉ"),
            ({"allow": ["169.254.169.254", "224.0.0.0/24", "198.18.0.1"]}, "không có địa chỉ nào"),
            ({"allow": ["113.160.10.0/28"]}, "không có địa chỉ nào"),
        ]
    ):
        assessor = Assessor(tmp_path / str(number), {**authorisation(an_address()), **changes})
        signed(assessor, OWNER, ASSESSOR)
        enrolled(assessor, TRUSTED)
        assert ground in assessor.refused()


def test_a_clock_that_was_set_back_opens_nothing(tmp_path):
    device = place(an_address(), "printer")
    assessor = Assessor(tmp_path, authorisation(device.ip))
    assessor.state.mkdir(parents=True)
    latest = assessor.state / "latest-time"
    latest.write_text(at(datetime.now(UTC) + timedelta(hours=1)))

    assert "trước thời điểm đã ghi nhận" in assessor.refused()
    assert not assessor.out.exists()

    latest.write_text(at(datetime.now(UTC) + timedelta(minutes=2)))
    with running(device):
        assessor.finishes()
    assert datetime.fromisoformat(latest.read_text()) <= datetime.now(UTC)


@pytest.fixture(scope="module")
def stopped(tmp_path_factory) -> tuple[Assessor, list[Any]]:
    """A run over a camera and a host that takes its time, killed when the camera was finished; to make copies of."""
    placed = [place(an_address(), "hikvision-camera"), place(an_address(), "dribbling-host")]
    limits = {**QUICK, "per_host_s": 4}
    content = authorisation(*(one.ip for one in placed), limits=limits)
    assessor = Assessor(tmp_path_factory.mktemp("stopped") / "desk", content)
    with running(*placed):
        process = assessor.start()
        hosts = assessor.out / "hosts.jsonl"
        assert wait_until(lambda: hosts.exists() and b"\n" in hosts.read_bytes())
        process.kill()
        process.communicate()
    assert len(hosts.read_bytes().splitlines()) == 1
    return assessor, placed


def copied(stopped: tuple[Assessor, list[Any]], folder: Path) -> Assessor:
    shutil.copytree(stopped[0].folder, folder / "desk")
    return Assessor(folder / "desk", stopped[0].content)


def overwritten(file: str, line: int, change: Callable[[bytes], bytes], assessor: Assessor) -> None:
    lines = (assessor.out / file).read_bytes().splitlines(keepends=True)
    lines[line] = change(lines[line])
    (assessor.out / file).write_bytes(b"".join(lines))


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (
            partial(overwritten, "events.jsonl", 3, lambda line: line.replace(b'"port":', b'"port":1')),
            "events.jsonl, dòng 5",
        ),
        (partial(overwritten, "events.jsonl", 6, lambda line: b""), "events.jsonl, dòng 7"),
        (partial(overwritten, "events.jsonl", 2, lambda line: b"\x00\xff\n"), "events.jsonl, dòng 3"),
        (partial(overwritten, "hosts.jsonl", 0, lambda line: b"{}\n"), "hosts.jsonl, dòng 1"),
        (partial(overwritten, "hosts.jsonl", 0, lambda line: line[:40] + b"\n"), "hosts.jsonl, dòng 1"),
        (partial(overwritten, "manifest.json", 0, lambda line: b"["), "manifest.json"),
        (lambda assessor: (assessor.out / "manifest.json").write_text("[]"), "manifest.json"),
        (lambda assessor: (assessor.out / "manifest.json").unlink(), "không có đợt kiểm tra nào"),
        (lambda assessor: assessor.write(deny=["127.3.3.3"]), "văn bản cho phép đã khác"),
        (lambda assessor: (assessor.state / "guessed-logins.jsonl").write_text("{}\n"), "dòng 1"),
    ],
)
def test_a_run_that_does_not_hold_together_is_not_gone_on_with(tmp_path, stopped, damage, told):
    assessor = copied(stopped, tmp_path)
    damage(assessor)
    before = {path: path.read_bytes() for path in assessor.out.iterdir()}

    assert told in assessor.refused("--resume")
    assert {path: path.read_bytes() for path in assessor.out.iterdir()} == before


def test_other_targets_are_another_run(tmp_path, stopped):
    assessor = copied(stopped, tmp_path)

    assert "mục tiêu đã khác" in assessor.refused("--resume", stopped[1][0].ip)
    assert "đã có dữ liệu" in assessor.refused()


def test_what_was_torn_by_a_kill_is_mended(tmp_path, stopped):
    assessor = copied(stopped, tmp_path)
    for name in ("events.jsonl", "hosts.jsonl"):
        with (assessor.out / name).open("ab") as file:
            file.write(b'{"n": 5, "ip": "127')
    with running(*stopped[1]):
        run = assessor.finishes("--resume")

    assert [row["ip"] for row in run.rows] == [one.ip for one in stopped[1]]
    assert run.rows[0]["complete"]


def test_a_second_process_keeps_away_from_a_run(tmp_path):
    device = place(an_address(), "hikvision-camera")
    assessor = Assessor(tmp_path, authorisation(device.ip, limits={**QUICK, "per_host_per_s": 30}))
    with running(device):
        process = assessor.start()
        assert wait_until(lambda: (assessor.out / "events.jsonl").exists())
        second = assessor.ended("--resume")
        new = assessor.ended()
        _, told = process.communicate(timeout=60)

    assert (second.returncode, second.stderr.count("\n")) == (2, 1)
    assert "Một tiến trình khác đang làm việc" in second.stderr
    assert new.returncode == 2 and "đã có dữ liệu" in new.stderr
    assert (process.returncode, told) == (0, "")
    Run(assessor.out).check()


@pytest.mark.parametrize(
    ("most_bytes", "codes"),
    [(0, {2}), (5_000, {3}), *(pytest.param(size, {2, 3}, marks=pytest.mark.slow) for size in (700, 20_000))],
)
def test_a_disk_that_fills_up_ends_the_run_and_loses_nothing(tmp_path, most_bytes, codes):
    placed = [place(an_address(), kind, mark=mark) for mark, kind in enumerate(("hikvision-camera", "dahua-camera"))]
    assessor = Assessor(tmp_path, authorisation(*(one.ip for one in placed)))
    with running(*placed):
        ended = assessor.ended(preexec_fn=partial(_limit_files, most_bytes))
        if (assessor.out / "manifest.json").exists():
            run = assessor.finishes("--resume")
        else:
            shutil.rmtree(assessor.out, ignore_errors=True)
            run = assessor.finishes()

    assert ended.returncode in codes
    assert ended.stdout == "" and ended.stderr.count("\n") == 1, ended.stderr[-2_000:]
    assert "Không ghi được" in ended.stderr
    assert [row["ip"] for row in run.rows] == [one.ip for one in placed]
    assert all(row["complete"] for row in run.rows)


def _limit_files(most_bytes: int) -> None:
    """Let no file of this process grow beyond so many bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))


def test_an_authorisation_is_no_program(tmp_path):
    """What is not plain data is refused as it stands."""
    assessor = Assessor(tmp_path, authorisation(an_address()))
    text = yaml.safe_dump(assessor.content)
    for hostile in (
        f"{text}x: !!python/object/apply:os.system [touch made]\n",
        f"a: &a [x]\nb: *a\n{text}",
        "x" * 2_000_000,
    ):
        assessor.file.write_text(hostile)
        assessor.refused()
    assert not (tmp_path / "made").exists()
