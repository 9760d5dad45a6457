"""What the assessor cannot do without comes back too: no device is guessed at again, no revoked key counts again."""

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ancam.engines.probing.facts import LoginResult
from ancam.engines.probing.permission.signatures import raw_public
from ancam.engines.probing.permission.trust import EnrolledKey, change_trust, key_id, read_trust
from ancam.engines.probing.recording.logins import DeviceIdentity, GuessedLogins
from ancam.keeping.age import SealedReader, SealedWriter
from ancam.keeping.archive import ArchiveWriter, read_members
from ancam.keeping.errors import BackupDamaged
from ancam.keeping.reading import Checking, read_backup
from running_ancam import RunningAnCam

pytestmark = pytest.mark.network

PASSPHRASE = "chín con trâu qua sông rộng"
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
TRUST, LEDGER = "trust.yaml", "assess/guessed-logins.jsonl"


def key(seed: int) -> EnrolledKey:
    public = raw_public(Ed25519PrivateKey.from_private_bytes(bytes([seed] * 32)).public_key())
    return EnrolledKey(key_id(public), public, "owner", "Sở Văn hóa tỉnh Đông Sơn", f"Người {seed}", NOON, "Quản trị")


def enrol(instance: RunningAnCam, *seeds: int) -> None:
    for seed in seeds:
        change_trust(instance.data_folder / TRUST, lambda trust, seed=seed: trust.with_key(key(seed)))


def revoke(instance: RunningAnCam, seed: int) -> None:
    change_trust(instance.data_folder / TRUST, lambda trust: trust.without_key(key(seed).id, at=NOON, by="Quản trị"))


def guessed(instance: RunningAnCam, number: int) -> bool:
    """Take the one guess of a device, and tell whether it had been made before."""
    guesses = GuessedLogins(instance.data_folder / "assess", lambda: NOON)
    device = DeviceIdentity(f"S{number}", "", "", f"10.77.64.{number}")
    if guesses.spend(device, "CHK-CRED-01"):
        return True
    guesses.learn(device, LoginResult.REFUSED)
    return False


@dataclass
class Kept:
    """An instance of an assessor, its backup, and what the command told of it."""

    source: RunningAnCam
    file: Path
    figures: str

    def act(self, instance: RunningAnCam, word: str, *words: str, file: Path | None = None, refused=False) -> str:
        """Run `ancam backup` or `ancam restore`; return what it tells."""
        secret = ("--passphrase-file", str(self.file.with_name("passphrase")))
        done = instance.command(word, str(file or self.file), *secret, *words)
        assert done.returncode == (2 if refused else 0), done.stderr
        return done.stderr if refused else done.stdout


@pytest.fixture(scope="module")
def kept(tmp_path_factory, prepared) -> Kept:
    """Two keys, one of them revoked; two devices that were guessed at, and a line that was being written."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "passphrase").write_text(PASSPHRASE)
    kept = Kept(prepared.copy(folder / "source"), folder / "one.age", "")
    enrol(kept.source, 1, 2)
    revoke(kept.source, 2)
    guessed(kept.source, 1)
    guessed(kept.source, 2)
    with (kept.source.data_folder / LEDGER).open("ab") as file:
        file.write(b'{"at": "2026-11-')
    kept.figures = kept.act(kept.source, "backup", "--without-key")
    # The passphrase is not what is tried here.
    kept.file.write_bytes(remade(kept.file.read_bytes(), lambda name, content: content))
    return kept


def test_on_a_new_machine_no_guess_is_made_again_and_the_keys_are_what_they_were(tmp_path, kept):
    target = RunningAnCam(tmp_path / "target")

    checked = kept.act(target, "restore", "--check")
    told = kept.act(target, "restore")

    for figures in (kept.figures, checked, told):
        assert "1 khóa có hiệu lực" in figures and "sổ đăng nhập đã thử: 4 dòng" in figures
    assert "phải thu hồi lại" in told and "phải thu hồi lại" not in checked
    trust, ledger = target.data_folder / TRUST, target.data_folder / LEDGER
    assert trust.read_bytes() == (kept.source.data_folder / TRUST).read_bytes()
    assert read_trust(trust).counting == {key(1).id}
    assert ledger.read_bytes() == whole_ledger(kept.source)
    assert [file.stat().st_mode & 0o777 for file in (trust, ledger)] == [0o600, 0o600]
    assert [guessed(target, number) for number in (1, 2, 3)] == [True, True, False]


def test_guesses_and_revocations_since_the_backup_outlast_a_restore(tmp_path, kept):
    target = kept.source.copy(tmp_path / "target")
    guessed(target, 3)
    enrol(target, 3)
    revoke(target, 1)
    trust, ledger = ((target.data_folder / name).read_bytes() for name in (TRUST, LEDGER))

    told = kept.act(target, "restore")

    assert ((target.data_folder / TRUST).read_bytes(), (target.data_folder / LEDGER).read_bytes()) == (trust, ledger)
    assert "trust.yaml đang có được giữ" in told and "thêm vào sổ" not in told
    assert f"cần thì đăng ký lại: {key(1).id}" in told


def test_another_machines_guesses_and_revocations_are_joined_to_those_of_this_one(tmp_path, prepared, kept):
    target = prepared.copy(tmp_path / "target")
    enrol(target, 2)
    guessed(target, 4)
    own = (target.data_folder / LEDGER).read_bytes()

    told = json.loads(kept.act(target, "restore", "--json"))
    again = kept.act(target, "restore")

    assert (told["trusted_keys"], told["guesses"], told["guesses_added"]) == (1, 4, 4)
    assert told["trust"] == {
        "is_new": False,
        "revoked": [key(2).id],
        "left_out": [key(1).id],
        "left_out_prefixes": [],
    }
    assert "thu hồi theo" not in again and "thêm vào sổ" not in again
    assert (target.data_folder / LEDGER).read_bytes() == own + whole_ledger(kept.source)
    assert read_trust(target.data_folder / TRUST).counting == set()
    assert all(guessed(target, number) for number in (1, 2, 4))


@pytest.mark.slow
def test_what_the_assessor_would_not_believe_is_not_called_a_backup(tmp_path, kept):
    source = kept.source.copy(tmp_path / "source")
    (source.data_folder / TRUST).chmod(0o644)
    exposed = kept.act(source, "backup", file=tmp_path / "one.age", refused=True)
    (source.data_folder / TRUST).chmod(0o600)
    (source.data_folder / LEDGER).write_bytes(whole_ledger(source) + b"{}\n")
    unreadable = kept.act(source, "backup", file=tmp_path / "one.age", refused=True)

    assert "quyền 0644" in exposed
    assert "dòng 5" in unreadable
    assert not (tmp_path / "one.age").exists()


@pytest.mark.slow
def test_a_trust_file_open_to_others_stops_a_restore_and_nothing_has_changed(tmp_path, kept):
    target = RunningAnCam(tmp_path / "target")
    enrol(target, 5)
    (target.data_folder / TRUST).chmod(0o666)
    before = (target.data_folder / TRUST).read_bytes()

    assert "quyền 0666" in kept.act(target, "restore", refused=True)

    assert (target.data_folder / TRUST).read_bytes() == before
    assert not (target.data_folder / "ancam.sqlite3").exists()
    assert not (target.data_folder / "assess").exists()


@pytest.mark.slow
def test_a_restore_that_cannot_write_the_ledger_enrols_nobody(tmp_path, kept):
    target = RunningAnCam(tmp_path / "target")
    (target.data_folder / LEDGER).mkdir(parents=True)

    assert LEDGER in kept.act(target, "restore", refused=True)

    assert not (target.data_folder / TRUST).exists()
    assert not (target.data_folder / "ancam.sqlite3").exists()


def test_a_backup_from_before_is_restored_as_before(tmp_path, kept):
    (tmp_path / "older.age").write_bytes(remade(kept.file.read_bytes(), as_format_1))
    target = RunningAnCam(tmp_path / "target")
    enrol(target, 5)
    guessed(target, 5)

    told = json.loads(kept.act(target, "restore", "--json", file=tmp_path / "older.age"))

    assert (told["trusted_keys"], told["guesses"], told["trust"], told["guesses_added"]) == (0, 0, None, 0)
    assert (target.data_folder / "ancam.sqlite3").exists()
    assert read_trust(target.data_folder / TRUST).counting == {key(5).id}
    assert guessed(target, 5)


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: None if name == LEDGER else data,
        lambda name, data: None if name == TRUST else data,
        lambda name, data: data + data.splitlines(keepends=True)[0] if name == LEDGER else data,
        lambda name, data: data + b"{}\n" if name == LEDGER else data,
        lambda name, data: data[:-1] if name == LEDGER else data,
        lambda name, data: data + b"#\n" if name == TRUST else data,
        lambda name, data: data.replace(b"ancam/trust/1", b"ancam/trust/x") if name == TRUST else data,
        lambda name, data: [data, data] if name == TRUST else data,
        lambda name, data: [data, data] if name == LEDGER else data,
        lambda name, data: data.replace(b'"format": 2', b'"format": 1') if name == "head.json" else data,
    ],
    ids=["no ledger", "no trust", "a line more", "no guess", "no end", "changed", "no trust file", "trust twice",
         "ledger twice", "called older"],
)  # fmt: skip
def test_parts_that_are_not_what_was_written_are_found(kept, change):
    altered = remade(kept.file.read_bytes(), change)

    with pytest.raises(BackupDamaged):
        read_backup(io.BytesIO(altered), PASSPHRASE, Checking(), told=lambda done: None)


def whole_ledger(instance: RunningAnCam) -> bytes:
    return (instance.data_folder / LEDGER).read_bytes().rpartition(b"\n")[0] + b"\n"


def remade(data: bytes, change) -> bytes:
    """Return a backup sealed anew, each member as `change` returns it; None leaves it out."""
    sink = io.BytesIO()
    sealed = SealedWriter(sink, PASSPHRASE, work_factor=2)
    archive = ArchiveWriter(sealed)
    for member in read_members(SealedReader(io.BytesIO(data), PASSPHRASE)):
        content = change(member.name, b"".join(member.pieces))
        for one in content if isinstance(content, list) else [content]:
            if one is not None:
                archive.add(member.name, len(one), [one])
    archive.close()
    sealed.close()
    return sink.getvalue()


def as_format_1(name: str, content: bytes) -> bytes | None:
    """Return the member as it was before backups held what the assessor keeps."""
    if name in (TRUST, LEDGER):
        return None
    values = json.loads(content) if name in ("head.json", "manifest.json") else None
    if values is None:
        return content
    values = {**values, "format": 1} if name == "head.json" else {
        entry: value for entry, value in values.items() if not entry.startswith(("trust", "guesses"))
    }  # fmt: skip
    return json.dumps(values).encode()
