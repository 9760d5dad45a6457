"""Reading a backup in one pass: every figure and digest is checked, and each thing handed to a receiver."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Protocol

from ancam.audit.rules import GENESIS, seal
from ancam.engines.probing.errors import ProbingRefused
from ancam.engines.probing.permission.trust import parse_trust
from ancam.engines.probing.recording.logins import LEDGER as GUESSED_LOGINS
from ancam.engines.probing.recording.logins import MOST_LEDGER_BYTES, count_lines
from ancam.keeping.age import SealedReader
from ancam.keeping.archive import Member, read_members
from ancam.keeping.contents import (
    FILE,
    FORMATS,
    GUESSES,
    HEAD,
    KEY,
    MANIFEST,
    MOST_HEAD_BYTES,
    MOST_PART_BYTES,
    ROWS,
    TRUST,
    Head,
    Manifest,
    Summary,
)
from ancam.keeping.errors import BackupDamaged, NewerBackup
from ancam.keeping.rows import rows_in

Told = Callable[[int], None]
LEDGER = "audit.entry"


class Receiver(Protocol):
    """What is done with the parts of a backup, in the order in which they come."""

    def begin(self, head: Head) -> None:
        """Take the head."""

    def rows(self, label: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Take some rows of a table."""

    def file(self, digest: str, pieces: Iterator[bytes]) -> None:
        """Take a stored file; `pieces` must be read to the end, and raises when they have another digest."""

    def key(self, name: str, value: str) -> None:
        """Take a key."""

    def trust(self, data: bytes) -> None:
        """Take the file of enrolled keys, which reads."""

    def guesses(self, ledger: bytes) -> None:
        """Take the whole lines of the ledger of guessed logins, which all read."""


class Checking:
    """Keep nothing: the reading alone proves the backup whole."""

    def begin(self, head: Head) -> None:
        pass

    def rows(self, label: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        pass

    def file(self, digest: str, pieces: Iterator[bytes]) -> None:
        for _ in pieces:
            pass

    def key(self, name: str, value: str) -> None:
        pass

    def trust(self, data: bytes) -> None:
        pass

    def guesses(self, ledger: bytes) -> None:
        pass


def read_backup(source: BinaryIO, passphrase: str, receiver: Receiver, *, told: Told) -> Summary:
    """Hand the parts of a backup to the receiver and return its figures, once all of it has proved whole.

    What was handed over before an error is not to be kept. Raises `NotABackup`, `WrongPassphrase`, `NewerBackup` and
    `BackupDamaged`: also when the ledger's chain does not hold or does not end at the head that was recorded.
    """
    members = read_members(SealedReader(source, passphrase))
    head = Head.from_json(_content(_next(members, HEAD), MOST_HEAD_BYTES))
    if head.format not in FORMATS:
        raise NewerBackup(version=head.version, unknown=f"dạng {head.format}")
    receiver.begin(head)
    parts = _Parts(head, receiver, told)
    for member in members:
        if member.name == MANIFEST:
            manifest = Manifest.from_json(_content(member, MOST_HEAD_BYTES), head.format)
            break
        parts.take(member)
    else:
        raise BackupDamaged(reason="thiếu phần kê cuối tệp")
    if next(members, None) is not None:
        raise BackupDamaged(reason="có dữ liệu thừa sau phần cuối")
    parts.require_all(manifest)
    return Summary(head, manifest)


@dataclass
class _Parts:
    """What has been read so far, in figures that the manifest must repeat."""

    head: Head
    receiver: Receiver
    told: Told
    counts: dict[str, int] = field(default_factory=dict)
    digests: dict[str, Any] = field(default_factory=dict)
    part: tuple[str, int] = ("", 0)
    last_file: str = ""
    files: int = 0
    files_bytes: int = 0
    names: Any = field(default_factory=hashlib.sha256)
    keys: list[str] = field(default_factory=list)
    trusted_keys: int = 0
    trust_digest: str = ""
    lines: int = 0
    lines_digest: str = ""
    chain: "_Chain" = field(default_factory=lambda: _Chain())
    done: int = 0

    def take(self, member: Member) -> None:
        if match := ROWS.fullmatch(member.name):
            self._rows(member, match[1], int(match[2]))
        elif match := FILE.fullmatch(member.name):
            self._file(member, match[2])
        elif match := KEY.fullmatch(member.name):
            self._key(member, match[1])
        elif member.name == TRUST and not self.trust_digest:
            self._trust(member)
        elif member.name == GUESSES and not self.lines_digest:
            self._guesses(member)
        else:
            raise BackupDamaged(reason="bên trong có tệp lạ")
        self.told(self.done)

    def _rows(self, member: Member, label: str, number: int) -> None:
        columns = self.head.columns.get(label)
        expected = self.part[1] + 1 if self.part[0] == label else 1
        if columns is None or number != expected or (number == 1 and label in self.counts) or self.last_file:
            raise BackupDamaged(reason=f"bảng {label} không đúng chỗ")
        part = _content(member, MOST_PART_BYTES)
        rows = rows_in(part, columns)
        if label == LEDGER:
            self.chain.add(dict(zip(columns, row, strict=True)) for row in rows)
        self.receiver.rows(label, columns, rows)
        self.part = (label, number)
        self.counts[label] = self.counts.get(label, 0) + len(rows)
        self.digests.setdefault(label, hashlib.sha256()).update(part)
        self.done += len(part)

    def _file(self, member: Member, digest: str) -> None:
        if digest <= self.last_file or self.keys:
            raise BackupDamaged(reason="tệp lưu trữ không đúng chỗ")
        self.receiver.file(digest, _checked(member, digest))
        self.last_file = digest
        self.files += 1
        self.files_bytes += member.size_bytes
        self.names.update(f"{digest}\n".encode())
        self.done += member.size_bytes

    def _key(self, member: Member, name: str) -> None:
        content = _content(member, MOST_HEAD_BYTES)
        self.receiver.key(name, content.decode("utf-8", errors="replace"))
        self.keys.append(hashlib.sha256(content).hexdigest())

    def _trust(self, member: Member) -> None:
        data = _content(member, MOST_HEAD_BYTES)
        with _read_as_kept(TRUST):
            self.trusted_keys = len(parse_trust(data).counting)
        self.receiver.trust(data)
        self.trust_digest = hashlib.sha256(data).hexdigest()

    def _guesses(self, member: Member) -> None:
        data = _content(member, MOST_LEDGER_BYTES)
        with _read_as_kept(GUESSES):
            self.lines = count_lines(data, GUESSED_LOGINS)
        self.receiver.guesses(data)
        self.lines_digest = hashlib.sha256(data).hexdigest()
        self.done += len(data)

    def require_all(self, manifest: Manifest) -> None:
        """Raise `BackupDamaged` unless what was read is what was written."""
        empty = hashlib.sha256().hexdigest()
        read = Manifest(
            rows={label: self.counts.get(label, 0) for label in self.head.columns},
            digests={label: self.digests[label].hexdigest() if label in self.digests else empty
                     for label in self.head.columns},
            files=self.files,
            files_bytes=self.files_bytes,
            files_digest=self.names.hexdigest(),
            keys=self.keys,
            trusted_keys=self.trusted_keys,
            trust_digest=self.trust_digest,
            guesses=self.lines,
            guesses_digest=self.lines_digest,
        )  # fmt: skip
        if read != manifest or bool(manifest.keys) != self.head.has_keys:
            raise BackupDamaged(reason="nội dung không khớp phần kê cuối tệp")
        if self.chain.head != self.head.ledger_head:
            raise BackupDamaged(reason=f"sổ nhật ký bên trong không dẫn đến mốc {self.head.ledger_head}")


class _Chain:
    """The ledger's chain, followed line by line."""

    def __init__(self) -> None:
        self.number, self.digest = 0, GENESIS

    @property
    def head(self) -> str:
        return f"{self.number}:{self.digest}"

    def add(self, lines: Iterator[Mapping[str, Any]]) -> None:
        for line in lines:
            follows = line.get("number") == self.number + 1 and line.get("previous_digest") == self.digest
            if not follows or seal(line) != line["digest"]:
                raise BackupDamaged(reason=f"sổ nhật ký bên trong đứt từ dòng {self.number + 1}")
            self.number, self.digest = self.number + 1, line["digest"]


@contextmanager
def _read_as_kept(name: str) -> Iterator[None]:
    try:
        yield
    except ProbingRefused as exc:
        raise BackupDamaged(reason=f"{name} bên trong không đọc được") from exc


def _next(members: Iterator[Member], name: str) -> Member:
    member = next(members, None)
    if member is None or member.name != name:
        raise BackupDamaged(reason="thiếu phần mô tả đầu tệp")
    return member


def _content(member: Member, most_bytes: int) -> bytes:
    if member.size_bytes > most_bytes:
        raise BackupDamaged(reason="một phần bên trong có cỡ ngoài giới hạn")
    return b"".join(member.pieces)


def _checked(member: Member, expected: str) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for piece in member.pieces:
        digest.update(piece)
        yield piece
    if digest.hexdigest() != expected:
        raise BackupDamaged(reason=f"tệp {expected[:12]}… bên trong không còn đúng nội dung")
