"""Members one after another in a gzipped tar, written and read in one pass. Pure values and streams.

Only what this room writes is read: plain files, names of its own, sizes within bounds. Links, devices, long names and
every extension of tar are refused, which is why its plain blocks are read here and not by a general reader.
"""

import gzip
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from ancam.keeping.errors import BackupDamaged

BLOCK = tarfile.BLOCKSIZE
PIECE = 256 * 1024
MOST_MEMBER_BYTES = 2**33 - 1
"""What a plain tar header can say, and more than an upload may be."""


class ByteSink(Protocol):
    """What an archive is written to."""

    def write(self, data: bytes, /) -> int: ...
    def flush(self) -> None: ...


class ByteSource(Protocol):
    """What an archive is read from."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the archive: its name, its size, and its bytes, which are to be read before the next member."""

    name: str
    size_bytes: int
    pieces: Iterator[bytes]


class ArchiveWriter:
    """Add members, then `close`. The sink beneath stays open."""

    def __init__(self, sink: ByteSink) -> None:
        # Most stored files are compressed already, and rows shrink well at any level.
        self._gzip = gzip.GzipFile(fileobj=sink, mode="wb", compresslevel=3, mtime=0)

    def add(self, name: str, size_bytes: int, pieces: Iterable[bytes]) -> None:
        """Add a member; `pieces` must give exactly `size_bytes`."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = size_bytes, 0o600
        self._gzip.write(info.tobuf(tarfile.USTAR_FORMAT))
        written = 0
        for piece in pieces:
            written += len(piece)
            self._gzip.write(piece)
        if written != size_bytes:
            raise ValueError(f"{name}: {written} bytes instead of {size_bytes}")
        self._gzip.write(bytes(-size_bytes % BLOCK))

    def close(self) -> None:
        """Write the end of the archive."""
        self._gzip.write(bytes(2 * BLOCK))
        self._gzip.close()


def read_members(source: ByteSource) -> Iterator[Member]:
    """Yield the members in the order they were written, and see that nothing follows the last.

    Raises `BackupDamaged`. Memory holds one piece at a time.
    """
    stream = _Unzipped(source)
    while (block := stream.exactly(BLOCK)) != bytes(BLOCK):
        info = _plain_file(block)
        yield Member(info.name, info.size, _pieces(stream, info.size))
        stream.exactly(-info.size % BLOCK)
    if stream.exactly(BLOCK) != bytes(BLOCK) or stream.upto(1):
        raise BackupDamaged(reason="có dữ liệu thừa sau phần cuối")
    if source.read(1):
        raise BackupDamaged(reason="có dữ liệu thừa sau phần cuối")


def _plain_file(block: bytes) -> tarfile.TarInfo:
    try:
        info = tarfile.TarInfo.frombuf(block, "ascii", "strict")
    except (tarfile.HeaderError, ValueError) as exc:
        raise BackupDamaged(reason="cấu trúc bên trong không đọc được") from exc
    if info.type != tarfile.REGTYPE or not 0 <= info.size <= MOST_MEMBER_BYTES:
        raise BackupDamaged(reason="bên trong có thứ không phải tệp thường hoặc có cỡ ngoài giới hạn")
    return info


def _pieces(stream: "_Unzipped", size_bytes: int) -> Iterator[bytes]:
    left = size_bytes
    while left:
        piece = stream.exactly(min(PIECE, left))
        left -= len(piece)
        yield piece


class _Unzipped:
    """The unpacked stream, with its damages told as ours."""

    def __init__(self, source: ByteSource) -> None:
        self._gzip = gzip.GzipFile(fileobj=source, mode="rb")  # type: ignore[call-overload] # needs read only

    def upto(self, size: int) -> bytes:
        data = bytearray()
        try:
            while len(data) < size and (piece := self._gzip.read(size - len(data))):
                data += piece
        except (EOFError, zlib.error, gzip.BadGzipFile) as exc:
            raise BackupDamaged(reason="nội dung nén không mở được") from exc
        return bytes(data)

    def exactly(self, size: int) -> bytes:
        data = self.upto(size)
        if len(data) != size:
            raise BackupDamaged(reason="tệp kết thúc giữa chừng")
        return data
