"""The archive inside the seal: only plain files, within bounds, and nothing after the end."""

import gzip
import io
import tarfile

import pytest

from ancam.keeping.archive import ArchiveWriter, read_members
from ancam.keeping.errors import BackupDamaged


def archive(*members: tuple[str, bytes]) -> bytes:
    sink = io.BytesIO()
    writer = ArchiveWriter(sink)
    for name, content in members:
        writer.add(name, len(content), [content])
    writer.close()
    return sink.getvalue()


def contents(data: bytes) -> list[tuple[str, bytes]]:
    return [(member.name, b"".join(member.pieces)) for member in read_members(io.BytesIO(data))]


def hostile(**header: object) -> bytes:
    info = tarfile.TarInfo("rows/a.b/00000001.jsonl")
    for name, value in header.items():
        setattr(info, name, value)
    return gzip.compress(info.tobuf(tarfile.GNU_FORMAT) + bytes(1024))


def test_members_come_back_in_order_and_other_programs_read_them_too():
    members = [
        ("head.json", b"{}"),
        ("rows/a.b/00000001.jsonl", b"[1]\n" * 1000),
        ("empty", b""),
        ("block", b"x" * 512),
    ]

    data = archive(*members)

    assert contents(data) == members
    with tarfile.open(fileobj=io.BytesIO(data)) as other:
        assert other.getnames() == [name for name, _ in members]


@pytest.mark.parametrize(
    "header",
    [
        {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"},
        {"type": tarfile.LNKTYPE, "linkname": "../secret.key"},
        {"type": tarfile.DIRTYPE},
        {"type": tarfile.CHRTYPE},
        {"type": tarfile.XHDTYPE, "size": 2**40},
        {"type": tarfile.GNUTYPE_LONGNAME, "size": 2**40},
        {"size": 2**60},
    ],
)
def test_what_is_no_plain_file_of_a_plain_size_is_refused(header):
    with pytest.raises(BackupDamaged):
        contents(hostile(**header))


def test_a_declared_size_that_never_comes_is_refused_without_being_kept_room_for():
    with pytest.raises(BackupDamaged):
        contents(hostile(size=2**33 - 1))


@pytest.mark.parametrize("cut", [1, 8, 20, 60])
def test_an_archive_cut_off_is_refused(cut):
    data = archive(("head.json", b"{}" * 400))

    with pytest.raises(BackupDamaged):
        contents(data[:-cut])


@pytest.mark.parametrize("extra", [b"x", gzip.compress(b"x", mtime=0)])
def test_what_follows_the_end_is_refused(extra):
    with pytest.raises(BackupDamaged):
        contents(archive(("head.json", b"{}")) + extra)


def test_a_member_must_have_the_size_it_declared():
    writer = ArchiveWriter(io.BytesIO())

    with pytest.raises(ValueError, match="3 bytes instead of 4"):
        writer.add("x", 4, [b"abc"])
